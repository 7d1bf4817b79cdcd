"""Recovery formulas worked by hand."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from tests.features.timelines import features_on, roster, run, table


def wellness(on, **columns):
    return table("a", on, **columns)


def test_the_latest_answer_holds_for_seven_days():
    answers = wellness([0, 2], mood=[0.25, 0.75])
    assert features_on(8, wellness=answers)["mood_latest"] == 0.75
    assert np.isnan(features_on(9, wellness=answers)["mood_latest"])


@pytest.mark.parametrize(("answers", "expected"), [(2, np.nan), (3, 0.5), (4, 0.5)])
def test_a_week_needs_three_answers(answers, expected):
    got = features_on(6, wellness=wellness(range(answers), sleep_quality=0.5))
    assert got["sleep_quality_7d"] == pytest.approx(expected, nan_ok=True)


def test_an_answer_about_a_week_counts_for_its_week():
    weekly = wellness([6, 13, 20, 27], sleep_quality=[0.2, 0.4, 0.6, 0.8], answered_for_days=7.0)
    got = features_on(27, wellness=weekly)
    assert got["sleep_quality_7d"] == pytest.approx(0.8)
    assert got["sleep_quality_28d"] == pytest.approx(0.5)
    # Two days later it is still the only week that is told.
    assert features_on(29, wellness=weekly)["sleep_quality_7d"] == pytest.approx(0.8)
    assert np.isnan(features_on(34, wellness=weekly)["sleep_quality_7d"])


def test_what_a_watch_measures_on_the_day_of_a_weekly_form_counts_as_one_day():
    nights = wellness(range(7), hrv_rmssd_ms=[40.0, 40, 40, 40, 40, 40, 75])
    weekly = nights.assign(
        sleep_quality=[np.nan] * 6 + [0.4], answered_for_days=[np.nan] * 6 + [7.0]
    )
    got = features_on(6, wellness=weekly)
    assert got["hrv_7d"] == pytest.approx(features_on(6, wellness=nights)["hrv_7d"])
    assert got["sleep_quality_7d"] == pytest.approx(0.4)


def test_answers_about_days_are_weighed_alike_beside_answers_about_weeks():
    daily = {"sleep_quality": [0.1, 0.3, 0.7], "fatigue": [0.9, 0.2, 0.3]}
    alone = features_on(6, wellness=wellness([2, 3, 5], **daily))
    mixed = wellness([2, 3, 5], **daily, answered_for_days=[np.nan, 1.0, 1.0])
    other = table("b", [6], sleep_quality=[0.5], answered_for_days=7.0)
    both = pd.concat([roster(7), roster(7, "b")], ignore_index=True)
    beside = features_on(6, athletes=both, wellness=pd.concat([mixed, other], ignore_index=True))
    for name in ("sleep_quality_7d", "fatigue_7d", "sleep_quality_deviation"):
        assert alone[name] == beside[name] or np.isnan([alone[name], beside[name]]).all()
    assert alone["sleep_quality_7d"] == pytest.approx(1.1 / 3)


def test_sleep_of_a_month_and_as_a_rule():
    answers = wellness(range(40), sleep_quality=[*[0.2] * 12, *[0.8] * 28])
    got = features_on(39, wellness=answers)
    assert got["sleep_quality_28d"] == pytest.approx(0.8)
    assert got["sleep_quality_own"] == pytest.approx((12 * 0.2 + 28 * 0.8) / 40)
    early = features_on(26, wellness=answers)  # 27 answers
    assert np.isnan(early["sleep_quality_own"])
    assert early["sleep_quality_28d"] == pytest.approx((12 * 0.2 + 15 * 0.8) / 27)


def test_the_share_of_answers_is_a_parameter():
    settings = FeatureSettings(answered_share=1 / 7)
    got = features_on(6, wellness=wellness([0], sleep_quality=0.5), settings=settings)
    assert got["sleep_quality_7d"] == 0.5


def test_deviation_is_against_the_days_before_this_week():
    past = [6.0, 8.0] * 14
    answers = wellness(range(35), sleep_h=[*past, *[5.0] * 7])
    got = features_on(34, wellness=answers)
    assert got["sleep_h_7d"] == 5
    assert got["sleep_h_deviation"] == pytest.approx((5 - 7) / np.std(past, ddof=1))


@pytest.mark.parametrize("past", [[6.0, 8.0] * 13 + [6.0], [7.0] * 28])
def test_no_deviation_from_a_short_or_a_constant_past(past):
    on = [*range(28 - len(past), 28), *range(28, 35)]
    got = features_on(34, wellness=wellness(on, sleep_h=[*past, *[5.0] * 7]))
    assert np.isnan(got["sleep_h_deviation"])
    assert got["sleep_h_7d"] == 5


def test_pain_of_a_week_and_a_month():
    rows = table(
        "a", [1, 21, 21, 24, 26], region=["knee", "foot", "knee", "hip", "knee"],
        pain_0_10=[8.0, 3, 2, 0, 4], when="after",
    )  # fmt: skip
    got = features_on(27, pain=rows)
    assert got["pain_max_7d"] == 4
    assert got["pain_mean_7d"] == pytest.approx((3 + 0 + 4) / 3)
    assert got["knee_pain_max_7d"] == 4
    assert got["pain_days_28d"] == 3
    assert got["pain_answered_28d"] == pytest.approx(4 / 28)


def test_nothing_asked_is_not_no_pain():
    got = features_on(27, sessions=[run(on) for on in range(28)])
    for name in ("pain_max_7d", "pain_mean_7d", "knee_pain_max_7d", "pain_days_28d"):
        assert np.isnan(got[name]), name
    assert got["pain_answered_28d"] == 0
    assert got["wellness_answered_28d"] == 0
    assert np.isnan(got["wellness_silence_days"])


def test_silence_of_the_questionnaire():
    got = features_on(27, wellness=wellness([3, 20], mood=0.5))
    assert got["wellness_silence_days"] == 7
    assert got["wellness_answered_28d"] == pytest.approx(2 / 28)


def test_effort_per_kilometre_leaves_out_unrated_runs():
    before = [run(on, 10, 60, 5) for on in range(0, 21, 3)]
    week = [run(on, 10, 60, 8) for on in range(21, 26)]
    got = features_on(27, sessions=[*before, *week, run(26, 30, 180, np.nan)])
    assert got["effort_per_km_7d"] == pytest.approx(48)
    assert got["effort_change"] == pytest.approx(8 / 5)
