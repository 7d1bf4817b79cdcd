"""The risk set: late reports, leavers, recurrences, consensus, and nothing of the future."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.injuries.rules import as_known_on
from features.injuries.settings import InjuryRules
from features.injuries.spells import injury_spells
from models.sampling import outcomes
from models.sampling.outcomes import label, risk_set_by_parts
from models.settings.outcomes import OutcomeSettings
from tests.features.cohort import make_tables

DAY0 = pd.Timestamp("2024-01-01")
RULES = InjuryRules(default_duration_days={"knee": 20}, fallback_duration_days=10)


def day(number):
    return pd.NaT if pd.isna(number) else DAY0 + pd.Timedelta(days=number)


def table(*rows):
    """Rows are mappings with onset and whatever differs from an open knee injury."""
    plain = {
        "athlete": "a", "back": None, "region": "knee", "side": "left", "diagnosis": "unknown",
        "severity": "unknown", "class": "injury", "class_reason": "listed", "recurrent": False,
        "reported": None,
    }  # fmt: skip
    frame = pd.DataFrame([plain | row for row in rows], columns=[*plain, "onset"])
    dates = {"onset_date": "onset", "return_date": "back", "reported_on": "reported"}
    days = {name: pd.to_datetime([day(n) for n in frame[old]]) for name, old in dates.items()}
    return frame.drop(columns=list(dates.values())).assign(**days)


def runs(*numbers, minutes=30.0):
    return pd.DataFrame(
        {
            "athlete": "a", "local_date": pd.to_datetime([day(n) for n in numbers]),
            "sport": "run", "duration_min": minutes,
        }
    )  # fmt: skip


def rows_of(reports, days, sessions=None, outcome="any", **more):
    rows = pd.DataFrame({"athlete": "a", "date": [day(n) for n in days]})
    athletes = pd.DataFrame({"athlete": ["a"], "observed_to": [day(more.pop("last", 300))]})
    return label(rows, reports, athletes, outcome, OutcomeSettings(**more), RULES, sessions)


def at_risk(reports, days, sessions=None):
    return rows_of(reports, days, sessions)["at_risk"].tolist()


def event(reports, as_of, **more):
    return rows_of(reports, [as_of], **more)["event"].iloc[0]


def test_written_return():
    assert at_risk(table({"onset": 5, "back": 12}), [4, 5, 11, 12]) == [True, False, False, True]


def test_no_return_and_no_log_lasts_by_default():
    assert at_risk(table({"onset": 5}), [5, 24, 25]) == [False, False, True]


def test_no_return_lasts_until_the_runner_runs_again():
    logged = runs(0, 2, 4, 60)  # 90 minutes before, 30 on day 60, 60 by day 62
    found = at_risk(table({"onset": 5}), [30, 59, 60], logged)
    assert found == [False, False, False]
    logged = runs(0, 2, 4, 60, 62)
    assert at_risk(table({"onset": 5}), [61, 62], logged) == [False, True]


def test_running_on_with_an_open_injury_is_not_at_risk_before_the_default_duration():
    logged = runs(0, 2, 4, *range(6, 60))
    assert at_risk(table({"onset": 5}), [6, 24, 25], logged) == [False, False, True]


def test_a_return_written_later_does_not_reach_back():
    """On day 30 nobody knew that the return would be written for day 40: the default had passed."""
    assert at_risk(table({"onset": 5, "back": 40}), [24, 30, 40]) == [False, True, True]


def test_two_regions():
    both = table({"onset": 5, "back": 12}, {"onset": 8, "back": 17, "region": "foot"})
    assert at_risk(both, [7, 12, 16, 17]) == [False, False, False, True]
    # The second began while the first went on: it is not new.
    assert event(both, 4) == 1.0
    assert rows_of(both, [4], outcome="foot")["event"].iloc[0] == 0.0


def test_a_late_report_counts_from_the_report_on_and_as_an_event_of_its_onset():
    late = table({"onset": 10, "back": 40, "reported": 14})
    assert at_risk(late, [9, 12, 14]) == [True, True, False]
    assert event(late, 5) == 1.0
    assert event(late, 12) == 0.0  # its onset lies before the row: counted once, not again


def test_a_leaver_is_dropped_event_or_not():
    assert np.isnan(event(table({"onset": 10}), 5, last=11))
    assert event(table({"onset": 10}), 5, last=12) == 1.0


def test_entry_history_is_no_event_and_takes_nobody_out_once_it_is_over():
    history = table({"onset": -200, "back": -150})
    assert at_risk(history, [0]) == [True]
    assert event(history, 0) == 0.0


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ({"class": "complaint", "class_reason": "niggle"}, False),
        ({"class": "not_running", "class_reason": "region", "region": "arm"}, False),
        ({"class": None, "class_reason": "place_unknown", "region": "unknown"}, False),
        ({"class": None, "class_reason": None}, True),
        ({"region": "unknown"}, True),
    ],
)
def test_only_injuries_of_running_count(entry, counts):
    found = rows_of(table({"onset": 5} | entry), [4, 6])
    assert found["event"].iloc[0] == float(counts)
    assert found["at_risk"].iloc[1] != counts


@pytest.mark.parametrize(
    ("entry", "counts"),
    [
        ({"back": 11}, False),  # 6 days
        ({"back": 12}, True),  # 7 days
        ({"back": 6, "class_reason": "clinician"}, True),
        ({}, True),  # open, younger than 7 days or not
    ],
)
def test_the_default_outcome_follows_the_consensus(entry, counts):
    short = table({"onset": 5} | entry)
    assert event(short, 3) == float(counts)
    assert event(short, 3, min_days=0) == 1.0
    assert at_risk(short, [5]) == [False]  # the risk set follows any restriction


def test_recurrent_injuries_count_unless_only_new_ones_are_asked_for():
    again = table({"onset": 5, "back": 20}, {"onset": 30, "recurrent": True})
    assert event(again, 28) == 1.0
    assert event(again, 28, events="new") == 0.0
    assert event(again, 2, events="new") == 1.0


@pytest.mark.parametrize(
    ("outcome", "entry", "counts"),
    [
        ("hamstring_strain", {"region": "thigh", "diagnosis": "muscle_strain"}, True),
        ("hamstring_strain", {"region": "thigh", "diagnosis": "unknown"}, False),
        ("bone_stress", {"region": "foot", "diagnosis": "bone_stress"}, True),
        ("pfps", {"diagnosis": "itbs"}, False),
        ("itbs", {"diagnosis": "itbs"}, True),
        ("severe", {"back": 40}, True),
        ("severe", {"back": 33}, False),
        ("severe", {"severity": "major"}, True),
        ("severe", {}, False),
    ],
)
def test_outcomes_by_diagnosis_and_severity(outcome, entry, counts):
    reports = table({"onset": 5} | entry)
    assert event(reports, 3, outcome=outcome) == float(counts)


report = st.fixed_dictionaries(
    {
        "onset": st.integers(0, 120),
        "back": st.none() | st.integers(0, 160),
        "region": st.sampled_from(["knee", "foot"]),
        "reported": st.none() | st.integers(0, 160),
    }
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(report, max_size=6),
    st.sets(st.integers(-30, 160), max_size=25),
    st.integers(0, 150),
)
def test_deleting_everything_after_t_changes_no_risk_status(reports, days_run, as_of):
    whole = table(*reports)
    logged = runs(*sorted(days_run))
    cut = as_known_on(whole, day(as_of))
    cut_log = logged[logged["local_date"] <= day(as_of)]
    days = [as_of, max(0, as_of - 10)]
    for sessions, seen in ((None, None), (logged, cut_log)):
        assert at_risk(whole, days, sessions) == at_risk(cut, days, seen)


def test_spells_say_from_when_on_an_injury_is_known_and_over():
    found = injury_spells(table({"onset": 5, "back": 12, "reported": 8}), RULES).iloc[0]
    assert [found[n] for n in ("known_from", "end_date", "assumed_end")] == [
        day(8),
        day(12),
        day(25),
    ]


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_sessions_read_by_parts_of_the_team_give_the_same_outcomes(at_once, monkeypatch):
    monkeypatch.setattr(outcomes, "ATHLETES_AT_ONCE", at_once)
    tables = make_tables(3, 7)
    injuries, athletes, sessions = (tables[n] for n in ("injuries", "athletes", "sessions"))
    # Without the returns, sessions alone say when an injury was over.
    injuries = injuries.assign(return_date=pd.NaT)
    asked = []

    def sessions_of(some):
        asked.append(some)
        return sessions[sessions["athlete"].between(*some)]

    weeks = [athletes[["athlete"]].assign(date=d) for d in pd.date_range("2023-01-08", periods=60)]
    given = pd.concat(weeks, ignore_index=True), injuries, athletes
    spells = risk_set_by_parts(injuries, athletes, RULES, sessions_of)
    by_parts = label(*given, "any", OutcomeSettings(), RULES, spells=spells)
    pd.testing.assert_frame_equal(
        by_parts, label(*given, "any", OutcomeSettings(), RULES, sessions=sessions)
    )
    assert not by_parts["at_risk"].all()
    assert len(asked) <= -(-len(athletes) // at_once)
    nobody = risk_set_by_parts(injuries[:0], athletes, RULES, sessions_of)
    assert label(*given, "any", OutcomeSettings(), RULES, spells=nobody)["at_risk"].all()
