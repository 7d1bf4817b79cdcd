"""An athlete's own page holds nobody else; the summary for a chat holds no name unless asked."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from common.language import speaking
from forecasting.planning.outlook import LineOf, Outlook
from forecasting.status.open_injuries import open_note
from reporting.athlete.own_page import only, render_own_page
from reporting.athlete.view import athlete_views
from reporting.planning.own_words import own_ahead
from reporting.weekly.first_screen import first_screen
from reporting.weekly.summary_text import summary_text

WEEK_LINE = LineOf(52.0, 40.0, 66.5, "crosses")


@pytest.fixture(scope="module")
def athletes(context):
    return list(context.scores["athlete"].unique())


def test_no_other_athletes_name_or_code_stands_in_it(context, athletes):
    for athlete in (athletes[0], athletes[-1]):
        html = render_own_page(context, athlete)
        assert context.name_of(athlete) in html
        others = [one for one in athletes if one != athlete]
        assert not [one for one in others if one in html]
        assert not [one for one in others if context.name_of(one) in html]


def test_no_other_athletes_number_moves_it(context, athletes, make_context):
    """The page stays the same, byte for byte, whatever the others' chances are."""
    one = athletes[0]
    scores = context.scores.copy()
    others = scores["athlete"] != one
    # A median or a rank on the page would tell about team mates.
    scores.loc[others, "probability"] = scores.loc[others, "probability"] * 0.5
    changed = make_context(scores=scores)
    assert render_own_page(changed, one) == render_own_page(context, one)


def test_it_asks_the_network_for_nothing_and_runs_no_script(context, athletes):
    html = render_own_page(context, athletes[0])
    assert "<script" not in html
    assert "default-src &#39;none&#39;" in html
    assert not re.search(r'(src|href)="(?!data:|#)', html)


def test_who_has_no_forecast_is_told_why(context):
    injured = context.scores.query("status == 'injured'")["athlete"].iloc[0]
    html = render_own_page(context, injured)
    assert "No forecast this week" in html
    assert "Injured since Mon 4 Nov 2024 (knee)" in html
    assert "Tell your coach as soon as you train in full again." in html


def test_the_coachs_question_is_not_put_to_the_athlete(context):
    injured = context.scores.query("status == 'injured'")["athlete"].iloc[0]
    note = open_note(pd.Timestamp("2024-11-04"), "knee", pd.NaT)
    mine = context.scores["athlete"] == injured
    scores = context.scores.assign(status_note=context.scores["status_note"].mask(mine, note))
    html = render_own_page(replace(context, scores=scores), injured)
    assert "has no return date and no run is logged since. Tell your coach" in html
    assert "enter the return date" not in html


def test_hostile_names_stay_texts(make_context):
    bad = "<script>alert(1)</script>"
    plain = make_context(athletes=3)
    one = plain.scores["athlete"].iloc[0]
    html = render_own_page(make_context(athletes=3, names={one: bad}), one)
    assert bad not in html
    assert "&lt;script&gt;" in html


def test_the_summary_names_nobody_unless_asked(context, athletes):
    text = summary_text(context)
    names = [context.name_of(athlete) for athlete in athletes]
    assert not [name for name in names if name in text]
    assert "Running as usual: 22" in text
    assert "Injured: 2" in text
    named = summary_text(context, with_names=True)
    listed = named.count("\n- ")
    assert sum(name in named for name in names) == listed > 0
    # What is the same of several is said once, with their number.
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(lines) == len(set(lines))
    assert sum(int(re.match(r"- (\d+(?= x ))?", line)[1] or 1) for line in lines) == listed


@pytest.mark.parametrize("code", ["de", "es"])
def test_it_speaks_the_language(context, athletes, code):
    with speaking(code):
        assert render_own_page(context, athletes[0])


def test_only_a_return_of_the_past_week_is_news(make_context):
    plain = make_context(athletes=4)
    who = plain.scores.query("status == @plain.scores['status'].iloc[0]")["athlete"].iloc[0]

    def news(days):
        mine = plain.scores["athlete"] == who
        since = plain.scores["back_since"].where(~mine, plain.as_of - pd.Timedelta(days=days))
        note = plain.scores["back_note"].where(~mine, "back, says the list")
        scores = plain.scores.assign(back_since=since, back_note=note)
        context = make_context(athletes=4, scores=scores)
        return [words for _, words in first_screen(context, athlete_views(context)).changes]

    assert "back, says the list" in news(6)
    assert "back, says the list" not in news(7)


def ahead(athlete, run_line, week_line=WEEK_LINE, **changes):
    """The week ahead of one athlete: a plan of 40 km, its longest run 18 km on Sunday."""
    given = {
        "athlete": athlete, "source": "plan", "risk": 0.02, "low": 0.01, "high": 0.04,
        "risk_without": 0.02, "risk_usual": None, "band": "raised", "km": 40.0,
        "longest_km": 18.0, "longest_on": pd.Timestamp("2024-12-01"), "days": (),
        "run_line": run_line, "week_line": week_line, "reference_km": 14.0, "last_week_km": 38.0,
        # 38 km x 1.1.
        "ten_percent_km": 41.8, "others": (), "warnings": (),
    }  # fmt: skip
    return Outlook(**{**given, **changes})


def test_the_next_weeks_line_stands_on_it_with_its_range_and_nobody_elses(make_context):
    plain = make_context(athletes=3)
    one, other = plain.scores.loc[plain.scores["probability"].notna(), "athlete"].unique()[:2]
    lines = {
        one: ahead(one, LineOf(21.4, 17.3, 27.9, "crosses")),
        other: ahead(other, LineOf(91.7, 83.1, 97.2, "crosses")),
    }
    context = make_context(athletes=3, outlooks=lines)
    html = render_own_page(context, one)
    assert "The week as planned has 40.0 km." in html
    assert "Longest run: up to 21.4 km before the forecast is high" in html
    assert "from 17.3 to 27.9 km (90 % range)" in html
    assert "Whole week: up to 52.0 km before the forecast is high" in html
    # The other athlete's line.
    assert "91.7 km" not in html
    assert "97.2 km" not in html
    assert set(only(context, one).outlooks) == {one}
    with speaking("de"):
        assert "zwischen 17,3 und 27,9 km" in render_own_page(context, one)
    with speaking("es"):
        assert "de 17,3 a 27,9 km" in render_own_page(context, one)


def test_what_cannot_be_told_of_the_next_week_is_no_number():
    none = LineOf(None, None, None, "unknown")
    assert own_ahead(None) == ()
    (said,) = own_ahead(ahead("a", none, none, source="none", risk=None))
    assert "it cannot be said how far you may run" in said
    told = own_ahead(ahead("a", none, none, source="usual"))
    assert sum("your records do not show how" in line for line in told) == 2
    always = own_ahead(ahead("a", LineOf(None, None, None, "always")))
    assert "Longest run: the forecast is high at any length." in always
    never = own_ahead(ahead("a", LineOf(28.0, 24.5, 28.0, "never")))
    assert "stays below high" in never[1]
    assert "as low as 24.5 km" in never[1]
