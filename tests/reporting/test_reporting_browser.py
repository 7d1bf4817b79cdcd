"""The pages in a real browser: what they log, ask for and do, by mouse, by keyboard, on paper."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from common.language import speaking
from forecasting.scoring.spreadsheet import safe_csv
from reporting.context import Memory
from reporting.pages.monitor import render_monitor
from reporting.weekly.page import render_page
from tests.reporting.contrast import CONTRAST
from tests.reporting.test_reporting_monitor import report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.test","click")',
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE athletes; --",
)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true; })"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser):
    """Open files in pages of their own; nothing may be logged, thrown or asked of the network."""
    opened, said, asked = [], [], []

    def go(path, width=1280, height=900, today=None, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        page = context.new_page()
        if today:
            page.clock.set_fixed_time(today)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        opened.append((context, path.as_uri()))
        return page

    yield go
    for context, _ in opened:
        context.close()
    assert said == []
    # The page itself is all that may be asked for.
    assert set(asked) <= {uri for _, uri in opened}


@pytest.fixture(scope="module")
def path(context, tmp_path_factory):
    return written(tmp_path_factory.mktemp("page") / "forecast.html", render_page(context))


@pytest.fixture(scope="module")
def monitor_path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("monitor")
    return written(folder / "monitor.html", render_monitor(report(dataset="club")))


def written(file, text):
    file.write_text(text, encoding="utf-8")
    return file


def chances(page):
    return page.eval_on_selector_all(
        "#ranking tbody tr", "rows => rows.map(r => Number(r.dataset.p1))"
    )


def test_the_page_is_silent_when_everything_is_opened(visit, path):
    page = visit(path)
    page.evaluate(OPEN_ALL)
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("script[src], link[href^=http], img").count() == 0


def test_hostile_names_run_nothing_on_page_and_in_csv(visit, make_context, tmp_path):
    plain = make_context(athletes=len(HOSTILE))
    names = dict(zip(plain.scores["athlete"].unique(), HOSTILE, strict=True))
    context = make_context(
        athletes=len(HOSTILE), display_names=names, title=HOSTILE[0], names=names
    )
    page = visit(written(tmp_path / "hostile.html", render_page(context)))
    page.evaluate(OPEN_ALL)
    shown = page.locator("details.athlete h3").all_inner_texts()
    assert all(any(one.startswith(name) for one in shown) for name in HOSTILE)
    assert page.title().startswith(HOSTILE[0])
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    cells = safe_csv(plain.scores.assign(athlete=plain.scores["athlete"].map(names)))
    assert "\n=HYPERLINK" not in cells.replace('"', "")
    assert "'=HYPERLINK" in cells


# A small and a usual phone, a tablet and a desk.
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(visit, path, monitor_path, width):
    for file in (path, monitor_path):
        page = visit(file, width=width, is_mobile=width < 600)
        page.evaluate(OPEN_ALL)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        wide = page.evaluate(
            """Array.from(document.querySelectorAll('main *'))
            .filter(e => !e.closest('.scroll, svg, .hide') && e.getBoundingClientRect().width > 0
                         && e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.tagName + '.' + e.className)"""
        )
        assert wide == []


@pytest.mark.parametrize(
    ("today", "is_over"), [("2024-12-01T12:00:00", False), ("2024-12-02T12:00:00", True)]
)
def test_a_page_says_that_it_is_over_from_the_day_after_its_last(
    visit, make_context, tmp_path, today, is_over
):
    context = make_context(athletes=3, simulated=False)
    page = visit(written(tmp_path / "page.html", render_page(context)), today=today)
    assert page.locator("#over").is_visible() == is_over
    if is_over:
        assert "its last day was Sun 1 Dec 2024" in page.locator("#over").inner_text()


UNREAD = [
    {"sentence": f"list {at}.csv: not read: nobody knows its columns; answer the question",
     "brief": f"list {at}.csv: not read", "athletes": []}
    for at in range(5)
]  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 740)])
def test_whom_to_look_at_begins_on_the_first_screen_below_what_was_not_read(
    visit, make_context, tmp_path, width, height
):
    verdict = {"verdict": "fine", "until": "2024-11-24", "sentence": "nothing stands out"}
    context = make_context(
        athletes=12,
        simulated=False,
        evidence_only=True,
        not_read=UNREAD,
        memory=Memory(verdict=verdict),
    )
    file = written(tmp_path / "page.html", render_page(context))
    page = visit(file, width=width, height=height, today="2024-11-25T08:00:00")
    unread = page.locator(".notread > ul > li")
    assert unread.count() == 3
    assert page.locator(".notread .more > ul > li").count() == 2
    flag = page.locator(".first ol li").first.bounding_box()
    assert unread.last.bounding_box()["y"] < flag["y"] < height
    check = page.locator('header a[href="#check"]')
    assert check.inner_text() == "fine"
    assert check.bounding_box()["y"] < height
    if width > 900:
        beside = page.locator(".available").bounding_box()
        assert beside["y"] < height
        assert page.locator(".first ol li").nth(1).bounding_box()["y"] < height


def test_what_to_do_about_what_was_not_read_is_one_click_away(visit, make_context, tmp_path):
    context = make_context(athletes=3, not_read=UNREAD)
    page = visit(written(tmp_path / "page.html", render_page(context)))
    answer = page.get_by_text("answer the question").first
    assert not answer.is_visible()
    page.get_by_text("list 0.csv: not read", exact=True).click()
    assert answer.is_visible()


def test_fingers_hit_what_they_aim_at(visit, path):
    """WCAG 2.2: targets measure 24 px at least, links inside sentences aside."""
    page = visit(path, width=390, height=844, is_mobile=True, has_touch=True)
    small = page.evaluate(
        """Array.from(document.querySelectorAll('button, input, select, summary, tbody th a'))
        .map(e => [e.textContent.trim() || e.id, e.getBoundingClientRect().height])
        .filter(([, height]) => height > 0 && height < 24)"""
    )
    assert small == []


def test_headings_sort_both_ways_and_say_so(visit, path):
    page = visit(path)
    heading = page.get_by_role("button", name="Chance of knee injury")
    heading.click()
    down = chances(page)
    assert down == sorted(down, reverse=True)
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Chance of knee")
    heading.click()
    assert chances(page) == down[::-1]
    assert page.locator("[aria-sort]").count() == 1
    page.get_by_role("button", name="Athlete", exact=True).click()
    names = page.locator("#ranking tbody th a").all_inner_texts()
    assert names == sorted(names)


def test_filters_narrow_table_and_sections_together(visit, path, context):
    page = visit(path)
    leading = context.scores.query("outcome == 'any'")
    raised = int((leading["band"] == "raised").sum())
    page.locator("#band").select_option("raised")
    assert page.locator("#ranking tbody tr:visible").count() == raised
    assert page.locator("#shown").inner_text() == f"{raised} athletes"
    page.locator("#find").fill("no such name")
    assert page.locator("#ranking tbody tr:visible").count() == 0
    assert page.locator("#nobody").is_visible()
    page.locator("#find").fill("")
    page.locator("#band").select_option("")
    page.locator("#squad").select_option("Road")
    teams = leading.loc[leading["probability"].notna(), "team"]
    assert page.locator("#ranking tbody tr:visible").count() == (teams == "Road").sum()
    hidden = page.locator("details.athlete[hidden]").count()
    assert hidden == (teams != "Road").sum()


def test_an_athlete_opens_from_the_table_and_leads_back(visit, path):
    page = visit(path)
    first = page.locator("#ranking tbody th a").first
    name = first.inner_text()
    first.click()
    opened = page.locator("details.athlete[open]")
    assert opened.locator("h3").inner_text().startswith(name)
    for words in ("What moves the forecast", "Associated with a higher", "Last record"):
        assert opened.get_by_text(words).first.is_visible()
    opened.get_by_role("link", name="Back to the team").click()
    assert page.url.endswith("#team")


def test_the_keyboard_alone_is_enough(visit, path):
    page = visit(path)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the team table"
    page.keyboard.press("Enter")
    tab_until(page, "Find")
    page.keyboard.type("a")
    tab_until(page, "Chance of any injury")
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Chance of any")
    tab_until(page, page.locator("#ranking tbody tr:visible th a").first.inner_text())
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 2
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")
    assert page.locator("details.athlete[open]").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("details.athlete[open]").count() == 0


def focused(page):
    return page.evaluate(
        "(e => (e.labels && e.labels.length ? e.labels[0] : e).innerText.trim())"
        "(document.activeElement)"
    )


def tab_until(page, name, most=40):
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page).split("\n")[0].startswith(name):
            return
    pytest.fail(f"{name} was not reached by the tab key")


def test_everything_has_a_name_for_a_screen_reader(visit, path, monitor_path):
    for file in (path, monitor_path):
        page = visit(file)
        page.evaluate(OPEN_ALL)
        nameless = page.evaluate(
            """Array.from(document.querySelectorAll('svg[role=img], [role=region]'))
            .filter(e => !(e.getAttribute('aria-label') ||
                (e.getAttribute('aria-labelledby') || '').split(' ').filter(Boolean)
                    .every(id => document.getElementById(id)?.textContent.trim())))
            .length
            + Array.from(document.querySelectorAll('input, select'))
                .filter(e => !e.labels.length).length
            + Array.from(document.querySelectorAll('a, button, summary'))
                .filter(e => !e.textContent.trim()).length
            + Array.from(document.querySelectorAll('svg:not([role=img]):not([aria-hidden=true])'))
                .length"""
        )
        assert nameless == 0
        assert page.evaluate("document.documentElement.lang") == "en"
        ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), e => e.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [390, 1280])
def test_every_text_on_screen_keeps_contrast_aa(visit, path, monitor_path, width):
    for file in (path, monitor_path):
        page = visit(file, width=width)
        page.evaluate(OPEN_ALL)
        counted, poor = page.evaluate(CONTRAST)
        assert counted > 50
        assert poor == []


def test_print_leaves_closed_athletes_and_controls_out(visit, path):
    # A4 at 96 dots an inch.
    page = visit(path, width=794)
    page.evaluate("document.getElementById('a2').open = true")
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert page.locator("#ranking").is_visible()
    assert page.locator("details.athlete:visible").count() == 1
    right = page.locator("#ranking").bounding_box()
    assert right["x"] + right["width"] <= 794
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("code", ["de", "es"])
def test_nothing_runs_off_the_paper_in_languages_of_longer_words(
    visit, make_context, tmp_path, code
):
    """A4 less the page's margins of 14 mm is 688 pixels wide."""
    with speaking(code):
        html = render_page(make_context(athletes=6, language=code))
    page = visit(written(tmp_path / "page.html", html), width=688)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.athlete:visible").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
