"""Earlier forecasts on the page: change, own usual, history, what was done, advice."""

from dataclasses import replace
from html import unescape

import numpy as np
import pandas as pd
import pytest

from common.language import speaking
from reporting.athlete.past import NOTHING, past_view
from reporting.charts.forecasts import forecast_chart
from reporting.context import Memory
from reporting.languages.messages import verdict_words
from reporting.weekly.page import render_page

DAY = pd.Timestamp("2024-11-17")


def row(change=0.004, ratio=1.6, usual=0.02, weeks=5):
    return {"change": change, "previous_as_of": DAY, "ratio_to_usual": ratio, "usual": usual,
            "usual_weeks": weeks}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    # 0.04 points would be shown as 0.0 with an arrow.
    [(0.004, "\u25b2 +0.4 points"), (-0.03, "\u25bc \u22123.0 points"), (0.0004, "no change")],
)
def test_a_change_has_arrow_sign_unit_and_day(change, words):
    view = past_view(row(change))
    assert (view.change_words, view.change_since) == (words, "since 17 Nov")
    assert view.usual == "2.0 %, median of 5 weeks"


def test_what_is_not_known_is_not_told():
    assert past_view(None) == NOTHING
    assert past_view(row(np.nan, np.nan, np.nan, 0)) == NOTHING


def forecasts(*events):
    days = pd.date_range("2024-10-06", periods=len(events), freq="7D")
    return [
        {"as_of": day, "probability": 0.02 + 0.01 * at, "event": event}
        for at, (day, event) in enumerate(zip(days, events, strict=True))
    ]


def test_the_chart_tells_what_followed():
    drawn = forecast_chart("k", "<b>", forecasts(0.0, 1.0, 0.0, np.nan), 0.02)
    assert "Followed by a new injury: 3.0 % on Sun 13 Oct 2024." in drawn
    assert "Latest: 5.0 % on Sun 27 Oct 2024." in drawn
    # A diamond for the week that an injury followed; the week with an open horizon has no mark.
    assert drawn.count("l7 8l-7 8l-7-8z") == 1
    assert drawn.count("h0") == 2
    assert "<b>" not in drawn


def test_one_forecast_is_no_history():
    assert forecast_chart("k", "a", forecasts(0.0), 0.02) == ""


def test_the_page_tells_range_change_usual_device_return_actions_and_advice(context):
    page = unescape(render_page(context))
    for words in (
        "To own usual", "since 17 Nov", "this athlete's own usual", "New device (stryd) since",
        "day 20 since onset; of those who are not back by now, half are back by week 9",
        "What was done",
        "Mon 18 Nov 2024: long run cut to 16 km", "What can be tried", "Frandsen 2025",
        "Last check of the forecasts", "Fine on Sun 24 Nov 2024: 14 injuries in 12 weeks",
        "how uncertain the model is",
    ):  # fmt: skip
        assert words in page, words


def test_the_first_week_has_no_empty_columns(make_context):
    page = render_page(make_context(memory=Memory()))
    for words in ("To own usual", "What was done", "Last check", "Forecasts of any injury by week"):
        assert words not in page


def test_what_was_done_cannot_run(make_context, context):
    done = context.memory.actions.assign(did="<script>alert(1)</script>")
    spoilt = replace(context.memory, actions=done)
    assert "<script>alert" not in render_page(make_context(memory=spoilt))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Fine on Sun 24 Nov 2024: nothing stands out"),
        ("de", "In Ordnung am So 24. Nov 2024"),
    ],
)
def test_the_last_check_says_no_sentence_of_another_language(language, words):
    verdict = {"verdict": "fine", "until": "2024-11-24", "sentence": "nothing stands out",
               "language": "en"}  # fmt: skip
    with speaking(language):
        assert verdict_words(verdict) == words


def test_what_became_of_the_last_list_stands_on_the_first_screen_by_the_names_of_the_page(
    make_context,
):
    plain = make_context()
    code = str(plain.scores["athlete"].iloc[0])
    hurt = {"athlete": code, "onset": "2024-11-20", "rank": 2, "probability": 0.061,
            "band": "high", "status": "running"}  # fmt: skip
    late = [
        {"athlete": code, "reported": "2024-11-24", "onset": "2024-11-02", "rank": None,
         "list_day": "2024-11-03", "scored": 20, "status": "silent"}
    ] * 5  # fmt: skip
    last = {
        "as_of": "2024-11-17",
        "through": "2024-11-24",
        "scored": 20,
        "flagged": 4,
        "flagged_hurt": 1,
        "flagged_healthy": 3,
        "flagged_unknown": 0,
        "hurt": [hurt],
    }
    verdict = {"verdict": "fine", "until": "2024-11-24", "sentence": "nothing stands out",
               "last_list": last, "late_reports": late}  # fmt: skip
    named = make_context(memory=Memory(verdict=verdict), display_names={code: "Ann <b>"})
    first = unescape(render_page(named).split('id="team"')[0])
    check = first[first.index('id="check"') :]
    assert "List of Sun 17 Nov 2024, seen to Sun 24 Nov 2024: 1 new injury." in check
    assert "Ann <b>, hurt on Wed 20 Nov 2024: rank 2 of 20, 6.1 %, high." in check
    assert "4 stood in the bands high or very high: 1 got hurt, 3 stayed healthy." in check
    assert "2 more in monitor.html." in check
    assert code not in check
