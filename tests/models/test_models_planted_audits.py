"""The audits of the risk set, of timing, of purity and of names: by hand, caught and not caught."""

from math import comb

import numpy as np
import pandas as pd
import pytest

from features.audits.identity import audit_identity
from features.injuries.settings import InjuryRules
from models.audits.purity import audit_purity
from models.audits.risk_set import audit_risk_set
from models.audits.timing import audit_timing
from models.audits.values_alone import values_alone
from models.settings.audits import PuritySettings

day = pd.to_datetime
ATHLETES = pd.DataFrame({"athlete": ["a", "b"], "observed_to": day(["2024-06-30"] * 2)})
INJURIES = pd.DataFrame(
    {
        "athlete": ["a", "b"],
        "onset_date": day(["2024-03-05", "2024-03-10"]),
        "return_date": [pd.Timestamp("2024-03-17"), pd.NaT],
    }
)


def labels(*rows):
    return pd.DataFrame(
        [(athlete, pd.Timestamp(date), event) for athlete, date, event in rows],
        columns=["athlete", "date", "event"],
    )


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (("a", "2024-03-04", 1.0), 0),  # the day before the onset
        (("a", "2024-03-05", 0.0), 1),  # the onset itself
        (("a", "2024-03-16", 1.0), 1),  # the last day of the injury
        (("a", "2024-03-17", 0.0), 0),  # the day of the return
        (("a", "2024-03-10", np.nan), 0),  # injured, and not counted
        (("b", "2024-03-12", 0.0), 0),  # no return date: the rules decide, not this audit
        (("b", "2024-06-23", 0.0), 0),  # the window ends on the last day
        (("b", "2024-06-24", 0.0), 1),  # and here a day after it
    ],
)
def test_rows_of_injured_or_departed_athletes_do_not_count(row, faults):
    audit = audit_risk_set(labels(row), INJURIES, ATHLETES, reach_days=7)
    assert (len(audit.table), audit.passed) == (faults, not faults)


def test_an_injury_without_time_loss_takes_nobody_out():
    short = INJURIES.assign(return_date=INJURIES["onset_date"] + pd.Timedelta(days=2))
    row = labels(("a", "2024-03-05", 0.0))
    assert not audit_risk_set(row, short, ATHLETES, reach_days=7).passed
    assert audit_risk_set(
        row, short, ATHLETES, reach_days=7, rules=InjuryRules(min_time_loss_days=3)
    ).passed


def test_who_is_back_from_a_later_injury_is_back_from_the_earlier_one():
    """On March 15 nobody knew that the return from the first would be written for the 20th."""
    two = pd.DataFrame(
        {
            "athlete": ["a", "a"],
            "onset_date": day(["2024-03-01", "2024-03-05"]),
            "return_date": day(["2024-03-20", "2024-03-12"]),
            "region": ["knee", "ankle"],
        }
    )
    assert audit_risk_set(labels(("a", "2024-03-15", 0.0)), two, ATHLETES, reach_days=7).passed
    assert not audit_risk_set(labels(("a", "2024-03-11", 0.0)), two, ATHLETES, reach_days=7).passed
    alone = two.head(1)
    assert not audit_risk_set(
        labels(("a", "2024-03-15", 0.0)), alone, ATHLETES, reach_days=7
    ).passed


def records_before(onsets, days_ahead):
    rows = [("a", onset - pd.Timedelta(days=d)) for onset in onsets for d in days_ahead]
    return pd.DataFrame(rows, columns=["athlete", "date"])


def timing(strength):
    onsets = day([f"20{y}-06-01" for y in range(10, 24)])
    nothing = pd.DataFrame({"athlete": pd.Series(dtype="str"), "date": day([])})
    tables = {"strength": strength(onsets), "gait": nothing, "body": nothing}
    tables["injuries"] = pd.DataFrame({"athlete": "a", "onset_date": onsets})
    return audit_timing(tables)


def test_a_test_because_of_a_complaint_is_not_dated_back():
    onsets = day([f"20{y}-06-01" for y in range(10, 24)])
    nothing = pd.DataFrame({"athlete": pd.Series(dtype="str"), "date": day([])})
    tables = {"strength": records_before(onsets, (2, 3)), "gait": nothing, "body": nothing}
    complaints = pd.DataFrame({"athlete": "a", "onset_date": onsets, "class_reason": "written"})
    for kind, passed in (("injury", False), ("complaint", True)):
        tables["injuries"] = complaints.assign(**{"class": kind})
        assert audit_timing(tables).passed is passed


def test_tests_every_week_do_not_cluster_and_tests_dated_back_do():
    weekly = timing(lambda onsets: records_before(onsets, (3, 10, 17, 24, 31)))
    row = weekly.table.iloc[0]
    assert weekly.passed
    # 14 injuries: one test within 1-7 days of each, four within 8-35
    assert (row["just_before"], row["earlier"], row["ratio"]) == (14, 56, 1.0)
    back = timing(lambda onsets: records_before(onsets, (2, 3, 17)))
    assert not back.passed
    assert "strength results are 8.0 times as frequent" in back.sentence
    # 28 of 42 in a window that holds a fifth of the days, by the binomial's own sum
    tail = sum(comb(42, k) * 0.2**k * 0.8 ** (42 - k) for k in range(28, 43))
    assert back.table.iloc[0]["p_value"] == pytest.approx(tail)


def test_a_value_that_injuries_follow_is_found_in_the_middle_and_at_either_end():
    rng = np.random.default_rng(0)
    y = (np.arange(4000) % 40 == 0).astype(float)
    noise = rng.normal(size=4000)
    marked = np.where((y == 1) & (np.arange(4000) < 2000), 1.0, rng.integers(0, 2, 4000) * 2.0)
    x = pd.DataFrame({"noise": noise, "code": marked, "low": np.where(y == 1, noise - 4, noise)})

    def purity(*names, settings=None):
        return audit_purity(values_alone(x, {"any": y}, names, settings)["any"], settings)

    assert purity("noise").passed
    found = purity(*x).table.set_index("feature")
    assert tuple(found.loc["code", ["where", "value", "rows", "events"]]) == ("at", 1.0, 50, 50)
    assert found.loc["low", "where"] == "at or below"
    assert not purity("code").passed
    # Ten events at the least: nine say nothing.
    assert purity("code", settings=PuritySettings(least_events=51)).passed


@pytest.mark.parametrize(
    ("values", "passed"),
    [
        (lambda who, week: who, False),  # a number of the roster
        (lambda who, week: who + 0.01 * week, True),  # an age
        (lambda who, week: who // 3, True),  # a year of birth, shared
        (lambda who, week: np.where(week == 0, np.nan, who), True),  # known from a test on
    ],
)
def test_a_feature_that_names_the_athlete_is_found(new_entry, values, passed):
    who, week = np.repeat(np.arange(30.0), 4), np.tile(np.arange(4.0), 30)
    rows = pd.DataFrame({"athlete": who.astype(int).astype(str), "code": values(who, week)})
    assert audit_identity(rows, [new_entry("code")]).passed is passed
    assert audit_identity(rows[who < 15], [new_entry("code")]).passed
