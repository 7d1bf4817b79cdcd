"""The one lever of an athlete's week, on hand-made seasons."""

from pathlib import Path

import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from forecasting.reasons.side_differences import best_trials, side_differences
from forecasting.reasons.strength_norms import NORMS
from forecasting.reasons.what_to_do import what_to_do
from forecasting.status.load_history import load_history
from forecasting.status.running_weeks import days_without_rest, every_week_km, usual_long_run

ROOT = Path(__file__).parents[2]
SUNDAY = pd.Timestamp("2025-11-23")


def season(weeks, changes=None):
    """Days of running: `weeks` weekly plans (km by weekday, Monday first), the last one latest."""
    start = SUNDAY - pd.Timedelta(days=7 * len(weeks) - 1)
    km = [float(one) for week in weeks for one in week]
    days = pd.date_range(start, SUNDAY)
    table = pd.DataFrame({"athlete": "a", "local_date": days, "distance_km": km, "sport": "run"})
    table = table[table["distance_km"] > 0]
    logged = pd.DataFrame({"athlete": "a", "date": days})
    return load_history(table, logged, SUNDAY, FeatureSettings()).to_dict("records")


USUAL = [0, 8, 0, 8, 0, 0, 15]


def test_nothing_speaks_look_and_ask():
    lever = what_to_do(season([USUAL] * 12), [], [], SUNDAY)
    assert (lever.kind, lever.text) == ("ask", "Nothing to change: look and ask.")


def test_in_the_first_weeks_after_an_injury_the_careful_line_stands_where_nothing_else_speaks():
    back = "Back from an injury."
    lever = what_to_do(season([USUAL] * 12), [], [], SUNDAY, back)
    assert (lever.kind, lever.text) == ("after_injury", back)
    jump = season([*[USUAL] * 11, [0, 8, 0, 8, 0, 0, 18]])
    assert what_to_do(jump, [], [], SUNDAY, back).kind == "longest_run"


def test_after_a_jump_the_limit_is_a_tenth_above_the_run_before_it():
    lever = what_to_do(season([*[USUAL] * 11, [0, 8, 0, 8, 0, 0, 18]]), [], [], SUNDAY)
    assert lever.kind == "longest_run"
    assert lever.figures == {"limit_km": 16.5, "before_spike_km": 15.0}
    assert "to 16.5 km at most" in lever.text


def test_the_limit_is_never_below_what_the_athlete_does_every_week():
    """Ran 15 km every week; a spike over a short month before cannot ask for less."""
    days = season([*[USUAL] * 8, [0, 8, 0, 8, 0, 0, 18]])
    shorter = [{**d, "reference_30d_km": 9.0} if d["is_spike"] else d for d in days]
    assert what_to_do(shorter, [], [], SUNDAY).figures["limit_km"] == every_week_km(days, SUNDAY)


def test_after_a_race_no_limit_is_counted_from_it():
    lever = what_to_do(season([*[USUAL] * 11, [0, 5, 0, 0, 0, 0, 42.2]]), [], [], SUNDAY)
    assert lever.kind == "after_race"
    assert "42.2 km of 23 Nov" in lever.text
    assert "at most" not in lever.text


def test_a_marathon_is_a_race_also_after_long_runs_of_35_km():
    """Less than half above the usual long run; the limit would have been 38.5 km."""
    weeks = [*[[0, 12, 0, 12, 0, 0, 33]] * 10, [0, 12, 0, 12, 0, 0, 35], [0, 8, 0, 5, 0, 0, 42.4]]
    lever = what_to_do(season(weeks), [], [], SUNDAY)
    assert lever.kind == "after_race"
    assert "an easy week, no long run" in lever.text


def test_who_runs_a_marathon_every_week_has_no_race():
    assert what_to_do(season([[0, 12, 0, 12, 0, 0, 43]] * 12), [], [], SUNDAY).kind == "ask"


def test_after_a_break_no_limit_is_counted_from_the_first_runs():
    rest = [0] * 7
    lever = what_to_do(
        season([*[USUAL] * 8, rest, rest, rest, [0, 3, 0, 0, 5, 0, 0]]), [], [], SUNDAY
    )
    assert lever.kind == "after_break"
    assert "23 days without a run" in lever.text


def test_a_streak_asks_for_a_rest_day_before_the_long_run():
    days = season([*[USUAL] * 10, [5, 8, 5, 8, 5, 5, 15]])
    assert days_without_rest(days, SUNDAY) == 8
    lever = what_to_do(days, [], [], SUNDAY)
    assert lever.text == "Take a rest day before Sunday, after 8 days of running without one."


def test_kilometres_of_a_sheet_are_no_days_in_a_row():
    days = [{**d, "longest_run_km": float("nan")} for d in season([[8] * 7] * 6)]
    assert days_without_rest(days, SUNDAY) == 0


def test_a_risen_week_goes_back_to_the_usual():
    lever = what_to_do(season([*[USUAL] * 11, [0, 15, 0, 15, 0, 0, 15]]), [], [], SUNDAY)
    assert lever.kind == "week"
    assert lever.text == "Back to about the usual week of 31 km: the past one had 45 km."


def test_two_km_more_are_no_risen_week_however_small_the_usual_one_is():
    days = season([*[[0, 3, 0, 0, 0, 0, 4]] * 11, [0, 4, 0, 0, 0, 3, 4]])
    assert what_to_do(days, [], [], SUNDAY).kind == "ask"


def test_a_complaint_comes_before_everything():
    days = season([*[USUAL] * 11, [0, 8, 0, 8, 0, 0, 18]])
    assert what_to_do(days, [{"region": "knee"}], [], SUNDAY).kind == "complaint"


def two_sided(left, right, metric="peak_force", ago=30):
    day = SUNDAY - pd.Timedelta(days=ago)
    return pd.DataFrame({
        "athlete": "a", "date": day, "test": "hip_abduction", "side": ["left", "left", "right"],
        "metric": [metric, metric, metric], "value": [left - 20, left, right], "unit": "N",
    })  # fmt: skip


LEFT = "Strength work for the left side: hip abduction 27 % below the right (test of 24 Oct)."
RIGHT = "Strength work for the right side: hip abduction 27 % below the left (test of 24 Oct)."


@pytest.mark.parametrize(
    ("left", "right", "ago", "text"),
    [
        (160.8, 219.7, 30, LEFT),
        (219.7, 160.8, 30, RIGHT),
        (200.0, 219.7, 30, "Nothing to change: look and ask."),
        (160.8, 219.7, 400, "Nothing to change: look and ask."),
    ],
)
def test_a_side_clearly_weaker_by_the_best_of_its_trials_is_a_lever(left, right, ago, text):
    tests = best_trials(two_sided(left, right, ago=ago), SUNDAY).to_dict("records")
    lever = what_to_do(season([USUAL] * 12), [], tests, SUNDAY)
    beside = (
        " Of 27 regular runners half differ by 9 % or more, one in ten by 22 % or more "
        "(Fukuchi 2017)."
    )
    assert lever.text == text + (beside if lever.kind == "strength" else "")


def trial(side, value, metric, unit="N", ago=30, test="cmj"):
    day = SUNDAY - pd.Timedelta(days=ago)
    return {"athlete": "a", "date": day, "test": test, "side": side, "metric": metric,
            "value": value, "unit": unit}  # fmt: skip


@pytest.mark.parametrize(
    "trials",
    [
        # Of one unit, but not of one metric: the left is no weaker side.
        [trial("left", 900.0, "peak_force"), trial("right", 900.0, "peak_force"),
         trial("right", 1400.0, "peak_propulsive_force")],
        [trial("left", 900.0, "peak_force"), trial("right", 1400.0, "peak_propulsive_force")],
        [trial("left", 900.0, "peak_force"),
         trial("right", 1400.0, "peak_propulsive_force", ago=29)],
        # The longer time to take-off is not the stronger side.
        [trial("left", 0.7, "contraction_time", "s"), trial("right", 1.1, "contraction_time", "s")],
        [trial("left", 900.0, "mean_force"), trial("right", 1400.0, "mean_force")],
    ],
)  # fmt: skip
def test_sides_are_compared_by_one_metric_and_never_by_a_time(trials):
    assert side_differences(
        best_trials(pd.DataFrame(trials), SUNDAY).to_dict("records"), SUNDAY
    ) in ([], [(0.0, "cmj", "left", SUNDAY - pd.Timedelta(days=30))])


def test_a_plank_that_is_held_longer_is_the_better_one():
    trials = [trial("left", 60.0, "hold_time", "s", test="side_plank"),
              trial("right", 30.0, "hold_time", "s", test="side_plank")]  # fmt: skip
    tests = best_trials(pd.DataFrame(trials), SUNDAY).to_dict("records")
    assert side_differences(tests, SUNDAY) == [
        (0.5, "side_plank", "right", SUNDAY - pd.Timedelta(days=30))
    ]


def test_norms_are_those_of_the_published_table_and_no_test_without_one_gets_any():
    table = (ROOT / "docs/reference_ranges.md").read_text(encoding="utf-8")
    for test, norm in NORMS.items():
        line = next(
            line
            for line in table.splitlines()
            if line.startswith(f"| {test.replace('_', ' ')} | men |")
        )
        cells = [cell.strip() for cell in line.split("|")]
        assert cells[3] == str(norm.runners)
        assert cells[5] == f"{norm.median_pct} ({norm.one_in_ten_pct})"
    knee = two_sided(160.8, 219.7).assign(test="knee_extension")
    tests = best_trials(knee, SUNDAY).to_dict("records")
    assert what_to_do(season([USUAL] * 12), [], tests, SUNDAY).text.endswith("(test of 24 Oct).")


def test_unknown_days_are_no_streak_and_no_week():
    unknown = {"distance_km": float("nan"), "longest_run_km": float("nan")}
    days = [d | unknown for d in season([[5] * 7] * 3)]
    assert days_without_rest(days, SUNDAY) == 0
    assert usual_long_run([], SUNDAY) is None
    assert what_to_do([], [], [], SUNDAY).kind == "ask"


@pytest.mark.parametrize(
    ("value", "kind"),
    [(5.0, "complaint"), (3.0, "complaint"), (2.0, "longest_run"), (None, "complaint"),
     (float("nan"), "complaint")],
)  # fmt: skip
def test_a_mild_complaint_hides_no_jump_and_one_of_unknown_size_comes_first(value, kind):
    days = season([*[USUAL] * 11, [0, 8, 0, 8, 0, 0, 18]])
    complaints = [{"region": "lower_leg", "value_0_10": value}]
    assert what_to_do(days, complaints, [], SUNDAY).kind == kind


def test_a_mild_complaint_speaks_where_nothing_else_does():
    complaints = [{"region": "lower_leg", "value_0_10": 1.0}]
    assert what_to_do(season([USUAL] * 12), complaints, [], SUNDAY).kind == "complaint"
