"""Audits of records and groups: traces drawn by hand, gains, and what is too little to judge."""

import numpy as np
import pandas as pd
import pytest

from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED
from models.audits.control_days import RecordDays, RecordedDays, control_days, onset_days
from models.audits.gains import Scored, auroc_gain, paired_gain
from models.audits.records import (
    TRACES,
    audit_records,
    nothing_is_missing,
    piled_up,
    runs_stopped,
)
from tests.models.recorded_tables import (
    ONSETS,
    START,
    athletes,
    day,
    every,
    injuries,
    scored,
    tables,
)


def _audited(world, *scores, **more):
    return audit_records(world, world["injuries"], *scores, **more)


def test_counts_are_of_days_before_the_day_by_hand():
    days = pd.DataFrame({"athlete": ["a", "b"], "date": [day(10), day(10)]})
    records = pd.DataFrame({"athlete": ["a"] * 5, "date": [day(d) for d in (3, 9, 9, 10, 11)]})
    record_days = RecordDays.of(records)
    assert record_days.before(days, 1, 7).tolist() == [2, 0]
    assert record_days.before(days, 0, 6).tolist() == [2, 0]


def test_control_days_are_whole_weeks_earlier_and_outside_injuries():
    one = injuries([("a00", 150), ("a00", 100)])
    onsets = onset_days(one, athletes(1))
    assert onsets["date"].tolist() == [day(150), day(100)]
    found = control_days(onsets, one, athletes(1))
    # 122, 108, 94, 80, 66 and 72, 58, 44, 30, 16: near the injury of day 100, or too early
    assert sorted((d - START).days for d in found["date"]) == [44, 58, 66, 72, 80]


def test_days_near_a_complaint_are_control_days():
    both = injuries([("a00", 150), ("a00", 100)]).assign(
        **{"class": ["injury", "complaint"], "class_reason": "written"}
    )
    onsets = pd.DataFrame({"athlete": ["a00"], "onset_date": [day(150)]})
    found = control_days(onset_days(onsets, athletes(1)), both, athletes(1))
    assert sorted((d - START).days for d in found["date"]) == [66, 80, 94, 108, 122]


def test_an_injury_in_the_first_month_does_not_count():
    one = injuries([("a00", 34), ("a01", 35)])
    assert onset_days(one, athletes())["athlete"].tolist() == ["a01"]


def test_runs_that_stop_five_days_before_are_seen_and_four_are_not():
    gone = [("a00", d) for d in (116, 118, 120)] + [("a02", d) for d in (118, 120)]
    gone += [("a04", d) for d in (116, 118)]  # and the run of the onset was left in
    runs = every(2, gone).rename(columns={"date": "local_date"}).assign(sport="run")
    days = pd.DataFrame({"athlete": ["a00", "a02", "a04"], "date": [day(120)] * 3})
    assert runs_stopped(RecordedDays({"sessions": runs}), days).tolist() == [True, False, True]


def test_answers_pile_up_at_twice_their_usual_rate():
    more = pd.DataFrame([("a00", day(d)) for d in range(113, 120)], columns=["athlete", "date"])
    table = pd.concat([every(3), more], ignore_index=True)
    days = pd.DataFrame({"athlete": ["a00", "a03"], "date": [day(120), day(120)]})
    assert piled_up("pain")(RecordedDays({"pain": table}), days).tolist() == [True, False]


def late(share):
    """The same injuries, a share of them after six days without a run."""
    hit = ONSETS[: int(share * len(ONSETS))]
    gone = [(name, d) for name, on in hit for d in range(on - 6, on + 1)]
    runs = every(2, gone).rename(columns={"date": "local_date"})
    return tables(sessions=runs.assign(sport="run", distance_km=8.0, rpe=4.0))


def test_clean_records_pass_every_audit_of_records():
    found = _audited(tables(), scored(ONSETS, sees=0.3))
    assert {name: one.verdict for name, one in found.items()} == dict.fromkeys(TRACES, PASSED)


@pytest.mark.parametrize(("sees", "status"), [(0.0, WARNED), (1.0, STOPPED)])
def test_late_onsets_stop_where_forecasts_live_on_them_and_warn_elsewhere(sees, status):
    world = late(0.6)
    scores = scored(ONSETS[: int(0.6 * len(ONSETS))], sees=sees)
    everybody = scored(ONSETS)
    rows = everybody.rows
    found = _audited(world, Scored(rows, scores.score))["late_onsets"]
    assert found.verdict == status
    assert found.passed is (status == WARNED)
    assert "18 of 30 injuries (60%) follow five days without a run" in found.sentence
    assert "likely gain in AUROC" in found.sentence


def test_questionnaires_of_the_week_before_stop():
    added = [(name, day(on - k)) for name, on in ONSETS[:20] for k in range(1, 8)]
    filled = pd.concat([every(3), pd.DataFrame(added, columns=["athlete", "date"])])
    everybody = scored(ONSETS)
    scores = Scored(everybody.rows, scored(ONSETS[:20], sees=1.0).score)
    found = _audited(tables(wellness=filled), scores)
    assert found["answers"].verdict == STOPPED
    assert found["pain_answers"].verdict == PASSED
    asked = pd.DataFrame(added, columns=["athlete", "date"])
    only = _audited(tables(pain=asked), scores)
    assert only["first_pain_answers"].verdict == STOPPED


def test_exertion_that_goes_missing_before_injuries_stops():
    world = tables()
    gone = {(name, day(on - k)) for name, on in ONSETS[:20] for k in range(1, 8)}
    runs = world["sessions"]
    lost = [pair in gone for pair in zip(runs["athlete"], runs["local_date"], strict=True)]
    runs = runs.assign(rpe=runs["rpe"].mask(pd.Series(lost, index=runs.index)))
    scores = Scored(scored(ONSETS).rows, scored(ONSETS[:20], sees=1.0).score)
    found = _audited(world | {"sessions": runs}, scores)
    assert found["missing_exertion"].verdict == STOPPED
    assert "20 of 30 injuries (67%) follow a week of sessions without" in (
        found["missing_exertion"].sentence
    )
    assert found["late_onsets"].verdict == PASSED
    # Whoever never tells it loses nothing.
    nobody = world | {"sessions": world["sessions"].assign(rpe=np.nan)}
    assert _audited(nobody, scores)["missing_exertion"].verdict == PASSED


def test_questionnaires_that_stop_before_injuries_stop_the_run():
    gone = [(name, on - k) for name, on in ONSETS[:20] for k in range(1, 8)]
    scores = Scored(scored(ONSETS).rows, scored(ONSETS[:20], sees=1.0).score)
    found = _audited(tables(wellness=every(3, gone)), scores)
    assert found["answers_stop"].verdict == STOPPED
    assert found["answers"].verdict == PASSED


def test_too_few_injuries_are_not_judged_and_no_records_are_no_leak():
    few = tables(injuries=injuries(ONSETS[:8]))
    found = _audited(few, scored(ONSETS[:8]))
    assert {one.verdict for one in found.values()} == {NOT_JUDGED}
    assert all(one.passed for one in found.values())
    nothing = tables(exercise=every(3).iloc[:0])
    assert _audited(nothing, scored(ONSETS))["exercises"].verdict == PASSED


def test_the_gain_is_what_the_marked_events_bring():
    scores = scored(ONSETS, sees=1.0)
    marked = pd.DataFrame(
        [(name, day(on)) for name, on in ONSETS[:25]], columns=["athlete", "date"]
    )
    value, low, high = auroc_gain(scores, marked, 50, 0)
    assert abs(value) < 0.02  # the other five are seen as well
    assert low <= value <= high
    blind = scored(ONSETS, sees=0.0)
    seen = blind.rows["athlete"].isin([name for name, _ in ONSETS[:25]])
    score = np.where(seen & (blind.rows["event"] == 1), 9.0, blind.score)
    assert auroc_gain(Scored(blind.rows, score), marked, 50, 0)[1] > 0.2


def columns_that_tell(by_trace, honestly=0.0, ease=1.5):
    """Scores with and without columns that bear a trace of the first 20 injuries.

    The others are easier to foresee by `ease`. The columns raise the first by `by_trace`, and all
    injuries by `honestly`.
    """
    rows = scored(ONSETS).rows
    event = rows["event"].to_numpy() == 1
    first = rows["athlete"].isin([name for name, _ in ONSETS[:20]]).to_numpy()
    rng = np.random.default_rng(3)
    without = rng.normal(0, 1, len(rows)) + (event & ~first) * ease
    noise = rng.normal(0, 0.1, len(rows))
    told = without + noise + event * honestly + (event & first) * by_trace
    return Scored(rows, told), Scored(rows, without)


def spared(first=20):
    return pd.DataFrame([(n, day(on)) for n, on in ONSETS[first:]], columns=["athlete", "date"])


def test_a_gain_that_the_coarse_interval_leaves_open_is_seen_by_pairs():
    told, without = columns_that_tell(0.6)
    hard = pd.DataFrame([(n, day(on)) for n, on in ONSETS[:20]], columns=["athlete", "date"])
    assert auroc_gain(told, hard, 200, 0)[1] < 0.02
    value, low, high = paired_gain(told, without, spared(), 200, 0)
    assert 0.02 < low <= value <= high


@pytest.mark.parametrize("first", [20, 30])
def test_columns_that_tell_nothing_gain_nothing_spared_injuries_or_not(first):
    told, without = columns_that_tell(0.0)
    value, low, high = paired_gain(told, without, spared(first), 200, 0)
    assert low <= 0 <= high
    assert abs(value) < 0.02


def test_what_columns_tell_honestly_of_spared_injuries_is_no_gain_of_the_trace():
    told, without = columns_that_tell(0.0, honestly=1.0, ease=0.0)
    assert paired_gain(told, without, spared(30), 200, 0)[1] > 0.02
    assert paired_gain(told, without, spared(), 200, 0)[1] < 0.02


def test_a_week_without_sessions_or_with_an_exertion_is_spared():
    runs = tables()["sessions"]
    own = runs["athlete"].isin(["a02", "a04"])
    gone = own & runs["local_date"].between(day(113), day(119))
    runs = runs.assign(rpe=runs["rpe"].mask(gone))
    runs = runs[~(gone & (runs["athlete"] == "a04"))]
    days = pd.DataFrame({"athlete": ["a00", "a02", "a04"], "date": [day(120)] * 3})
    assert nothing_is_missing(RecordedDays({"sessions": runs}), days).tolist() == [
        True, False, True,
    ]  # fmt: skip


def test_exertion_that_goes_missing_is_judged_by_pairs_and_asked_only_where_it_does():
    told, without = columns_that_tell(0.6)
    asked = []

    def blind(*column):
        asked.append(column)
        return told, without

    clean = _audited(tables(), told, blind=blind)
    assert (clean["missing_exertion"].verdict, asked) == (PASSED, [])
    gone = {(name, day(on - k)) for name, on in ONSETS[:20] for k in range(1, 8)}
    runs = tables()["sessions"]
    lost = [pair in gone for pair in zip(runs["athlete"], runs["local_date"], strict=True)]
    world = tables(sessions=runs.assign(rpe=runs["rpe"].mask(pd.Series(lost, index=runs.index))))
    assert _audited(world, told)["missing_exertion"].verdict == WARNED
    found = _audited(world, told, blind=blind)["missing_exertion"]
    assert (found.verdict, asked) == (STOPPED, [("sessions", "rpe")])
    assert found.table.loc[0, ["gain", "low", "high"]].tolist() == list(
        paired_gain(told, without, spared(), 200, 0)
    )
