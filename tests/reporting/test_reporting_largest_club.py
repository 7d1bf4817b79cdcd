"""A page of 3,000 athletes stays within its bound: what is laid out at first, and its bytes.

Drawing the charts of 3,000 athletes takes long and tells nothing here: 250 are drawn, and stand
twelve times each in the real template, under keys, codes and names of their own.
"""

import re
import shutil
from dataclasses import replace

import pytest
from playwright.sync_api import sync_playwright

from reporting.athlete.view import athlete_views
from reporting.weekly import page as weekly_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
DRAWN, TIMES = 250, 12
MOST_LAID_OUT = 5_000
"""Elements with a box. About 2,500 are the rows and closed cards of the first 60 athletes; most of
the others name the one in eight who is not scored."""
MOST_BYTES = 300_000
"""Outside what is only text until somebody asks for it."""
LAID_OUT = "[...document.querySelectorAll('body *')].filter(e => e.getClientRects().length).length"


@pytest.fixture(scope="module")
def html(make_context):
    context = make_context(athletes=DRAWN, weeks=8)
    drawn = athlete_views(context)
    views = [replace(one, name=f"{one.name} {time}") for time in range(TIMES) for one in drawn]
    ordered = sorted(views, key=lambda one: not one.chances)
    many = [replace(one, key=f"a{at}", code=f"a{at:012d}") for at, one in enumerate(ordered, 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weekly_page, "athlete_views", lambda _: many)
        return weekly_page.render_page(context)


@pytest.fixture(scope="module")
def page(html, tmp_path_factory):
    file = tmp_path_factory.mktemp("largest") / "forecast.html"
    file.write_text(html, encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        opened.goto(file.as_uri())
        yield opened
        browser.close()


def test_everybody_is_in_the_file_and_few_bytes_are_of_the_first_view(html):
    athletes = DRAWN * TIMES
    assert html.count('<details class="card athlete') == athletes
    first = re.sub(r"<noscript.*?</noscript>", "", html, flags=re.DOTALL)
    assert len(first.encode()) < MOST_BYTES


def test_little_is_laid_out_before_somebody_asks(page):
    assert page.evaluate("document.querySelectorAll('details.athlete .body').length") == 0
    assert 0 < page.evaluate(LAID_OUT) < MOST_LAID_OUT


def test_the_last_athlete_opens_by_link(page):
    last = f"a{DRAWN * TIMES}"
    assert page.locator(f"#{last}").count() == 0
    page.evaluate(f"location.hash = '{last}'")
    page.wait_for_function(f"document.getElementById('{last}')?.open")
    assert page.locator("details.athlete .body").count() == 1
