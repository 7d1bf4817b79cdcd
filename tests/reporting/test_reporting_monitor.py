import re

import pytest

from reporting.pages.monitor import MEANINGS, list_lines, render_monitor


def report(**changes):
    group = {
        "outcome": "any", "group": "all", "forecasts": 1593, "events": 35, "expected": 48.5,
        "oe": 0.72, "oe_low": 0.5, "oe_high": 1.0, "intercept": None, "slope": 0.93,
        "slope_se": 0.19, "brier": 0.02, "brier_skill": 0.01,
    }  # fmt: skip
    drift = {"feature": "distance_7d_km", "athletes": 30, "psi": 0.31, "psi_limit": 0.25,
             "ks": 0.4, "q_value": 0.002, "drifted": True}  # fmt: skip
    lost = {"feature": "sleep_h_7d", "missing_before": 0.1, "missing_now": 0.5, "q_value": 0.001,
            "drifted": True}  # fmt: skip
    given = {
        "dataset": "<b>club", "simulated": False, "until": "2024-11-24", "weeks": 8, "hindcasts": 1,
        "horizon_days": 7, "verdict": "fine", "sentence": "any: 35 new injuries", "findings": [],
        "outcomes": [group], "evidence": {"any": 12.3}, "silent": [], "new_devices": [],
        "last_list": {
            "as_of": "2024-11-17", "through": "2024-11-24", "scored": 20, "flagged": 4,
            "flagged_hurt": 1, "flagged_healthy": 3, "flagged_unknown": 0,
            "hurt": [
                {"athlete": "<i>ann", "onset": "2024-11-20", "rank": 2, "probability": 0.061,
                 "band": "high", "status": "running"},
                {"athlete": "bob", "onset": "2024-11-21", "rank": None, "probability": None,
                 "band": None, "status": "newcomer"},
            ],
        },
        "value_drift": [drift], "missing_drift": [lost],
    }  # fmt: skip
    return given | changes


def test_the_numbers_stand_on_the_page():
    page = render_monitor(report())
    for words in ("35", "48.5", "0.72 (0.50 to 1.00)", "too few", "0.93 (SE 0.19)",
                  "any injury 12.3",
                  "running distance in the past 7 days", "0.31",
                  "hours of sleep in the past 7 days", "50 %", "Sun 24 Nov 2024"):  # fmt: skip
        assert words in page, words
    assert "<b>club" not in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", page)


@pytest.mark.parametrize("verdict", MEANINGS)
def test_every_verdict_says_what_to_do(verdict):
    assert MEANINGS[verdict].split(":")[0] in render_monitor(report(verdict=verdict))


def test_the_first_week_says_what_is_missing():
    page = render_monitor(report(outcomes=[], value_drift=[], missing_drift=[], evidence={}))
    assert "No forecast is 7 days old yet" in page
    assert "Four weeks with ten athletes are needed" in page


def test_what_became_of_the_last_list_comes_first():
    page = render_monitor(report())
    assert page.index("What became of the last list") < page.index('id="verdict"')
    for words in (
        "List of Sun 17 Nov 2024, seen to Sun 24 Nov 2024: 2 new injuries.",
        "&lt;i&gt;ann",
        "Wed 20 Nov 2024",
        "6.1 %",
        "no number: newcomer",
        "4 stood in the bands high or very high: 1 got hurt, 3 stayed healthy",
    ):
        assert words in page, words
    assert list_lines(report()["last_list"])[1] == (
        "<i>ann, hurt on Wed 20 Nov 2024: rank 2 of 20, 6.1 %, high"
    )


def test_before_a_list_can_be_judged_the_page_says_so():
    assert "No list can be judged yet" in render_monitor(report(last_list=None))
