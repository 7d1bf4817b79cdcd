"""The way back on the pages: a curve from today on, where the athlete stands, and no date."""

import re

import pytest

from reporting.athlete.own_page import render_own_page
from reporting.athlete.view import athlete_views
from reporting.athlete.way_back import way_back
from reporting.charts.way_back import way_back_chart
from reporting.weekly.page import render_page


@pytest.fixture(scope="module")
def injured(context):
    return context.scores.query("status == 'injured'")["athlete"].iloc[0]


def card_of(html, key):
    return re.search(
        rf'<details class="card athlete[^"]*" id="{key}">.*?\n</details>', html, re.DOTALL
    )[0]


def test_the_card_of_an_injured_athlete_has_curve_sentences_and_figure(context, injured):
    view = next(view for view in athlete_views(context) if view.code == injured)
    card = card_of(render_page(context), view.key)
    assert f"Way back of {view.name}" in card
    assert f'data-athlete="{injured}" data-figure="half_by_days" data-value="61"' in card
    for words in (
        "half are back by week 9, 6 weeks from now, and one in four takes longer than 16 weeks",
        "known returns of this club",
        "Stage, as the training log shows it: walk-run",
    ):
        assert words in card
    # The distribution is told once: the lead holds the injury alone.
    lead = re.search(r'<p class="lead">(.*?)</p>', card)[1]
    assert lead == "Injured since Mon 4 Nov 2024 (knee): not scored."


def test_who_is_not_injured_has_no_way_back(context):
    running = next(view for view in athlete_views(context) if view.chances)
    assert running.way_back is None
    assert "Way back of" not in card_of(render_page(context), running.key)


def test_the_first_screen_names_the_stage(context):
    screen = render_page(context).split('id="team"')[0]
    assert screen.count("(walk-run)") == len(context.way_back)


def test_an_athletes_own_page_counts_nobody_elses_returns(context, injured):
    html = render_own_page(context, injured)
    assert "Your way back" in html
    assert "half are back by week 9" in html
    assert "known returns" not in html


def test_the_curve_starts_today_and_ends_where_nearly_all_are_back(context, injured):
    """With 46 to 626 across and 30 to 148 down, day 20 is at the left foot and day 202 at 96 %."""
    chart = str(way_back_chart("k", "<b>", context.way_back[injured]))
    line = re.search(r'class="course" d="M([^"]*)"', chart)[1].split("L")
    assert line[0] == "46 148"
    assert line[-1] == "626 34.7"
    assert len(line) == 5
    assert "&lt;b&gt;" in chart
    # Weeks 3 to 28 after the onset, every fourth.
    weeks = [int(one) for one in re.findall(r'class="m">(\d+)<', chart)]
    assert weeks == [3, 7, 11, 15, 19, 23, 27]


def test_nothing_logged_has_no_stage(context, injured):
    told = way_back("k", "Ada", {**context.way_back[injured], "stage": None})
    assert told.stage == ""
