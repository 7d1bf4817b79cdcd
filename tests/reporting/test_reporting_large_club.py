"""A page of hundreds: little is laid out until somebody asks, and nothing needs a script."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

from reporting.weekly.page import DRAWN_AT_ONCE, ROWS_AT_ONCE, render_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
ATHLETES = ROWS_AT_ONCE + 60
MOST_ELEMENTS = 4_200


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def path(make_context, tmp_path_factory):
    file = tmp_path_factory.mktemp("large") / "forecast.html"
    file.write_text(render_page(make_context(athletes=ATHLETES)), encoding="utf-8")
    return file


def opened(browser, path, **options):
    page = browser.new_context(viewport={"width": 1280, "height": 900}, **options).new_page()
    page.goto(path.as_uri())
    return page


def count(page, selector):
    return page.evaluate(f"document.querySelectorAll({selector!r}).length")


def test_cards_are_empty_until_they_are_opened(browser, path):
    page = opened(browser, path)
    assert ATHLETES > DRAWN_AT_ONCE
    assert count(page, "details.athlete .body") == 0
    assert count(page, "#ranking tbody tr") == ROWS_AT_ONCE
    assert count(page, "details.athlete") == ROWS_AT_ONCE
    # A row of the table holds about 30 elements and a closed card 11; an open card would add
    # some hundred.
    assert count(page, "*") < MOST_ELEMENTS
    page.locator("#ranking tbody th a").first.click()
    card = page.locator("details.athlete[open]")
    card.get_by_text("What moves the forecast").first.wait_for()
    assert count(page, "details.athlete .body") == 1
    page.context.close()


def test_an_athlete_beyond_the_first_rows_opens_by_link(browser, path):
    page = opened(browser, path)
    key = f"a{ROWS_AT_ONCE + 20}"
    assert count(page, f"#{key}") == 0
    page.evaluate(f"location.hash = '{key}'")
    page.wait_for_function(f"document.getElementById('{key}')?.open")
    assert count(page, f"#{key} .body") == 1
    page.context.close()


def test_more_rows_come_when_asked_for_and_the_search_finds_everybody(browser, path):
    page = opened(browser, path)
    scored = int(page.locator("#shown").inner_text().split()[0])
    assert count(page, "#ranking tbody tr") == ROWS_AT_ONCE < scored
    for shown in range(2 * ROWS_AT_ONCE, scored + ROWS_AT_ONCE, ROWS_AT_ONCE):
        page.locator("#more").click()
        assert count(page, "#ranking tbody tr") == min(shown, scored)
    assert page.locator("#more").is_hidden()
    page.locator("#find").fill("Ada")
    found = page.locator("#ranking tbody tr:visible th a").all_inner_texts()
    assert found
    assert all("Ada" in name for name in found)
    page.context.close()


def test_without_a_script_everything_can_be_read(browser, path):
    page = opened(browser, path, java_script_enabled=False)
    assert page.locator("details.athlete").count() == ATHLETES
    assert page.locator("details.athlete .body").count() == ATHLETES
    page.context.close()
