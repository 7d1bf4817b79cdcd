"""Who of the last list got hurt, by hand."""

import numpy as np
import pandas as pd
import pytest

from forecasting.monitoring.last_list import last_list

MONDAY = pd.Timestamp("2025-11-16")
COLUMNS = ["athlete", "rank", "probability", "band", "status", "event", "onset_date"]


def week(as_of=MONDAY, outcome="any"):
    rows = [
        ("a", 1, 0.09, "very high", "running", 0.0, None),
        ("b", 2, 0.06, "high", "running", 1.0, MONDAY + pd.Timedelta(days=3)),
        ("c", 3, 0.05, "high", "running", np.nan, None),
        ("d", 4, 0.01, "low", "running", 1.0, MONDAY + pd.Timedelta(days=7)),
        ("e", None, np.nan, None, "silent", np.nan, None),
        ("f", None, np.nan, None, "injured", np.nan, None),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS).assign(as_of=as_of, outcome=outcome)
    return table.astype({"rank": "Int64", "onset_date": "datetime64[ns]"})


INJURIES = pd.DataFrame({
    "athlete": ["b", "e", "f", "d"],
    "onset_date": MONDAY + pd.to_timedelta([3, 2, 2, 7], unit="D"),
})  # fmt: skip


def test_who_got_hurt_and_where_they_stood():
    both = [week(), week(outcome="knee"), week(MONDAY + pd.Timedelta(days=7))]
    found = last_list(pd.concat(both), INJURIES, 7, MONDAY + pd.Timedelta(days=13))
    assert (found["as_of"], found["through"], found["scored"]) == ("2025-11-16", "2025-11-23", 4)
    told = [
        (one["athlete"], one["rank"], one["probability"], one["onset"]) for one in found["hurt"]
    ]
    # The silent one was hurt too; the injured one's report is no new injury of somebody at risk.
    assert told == [
        ("b", 2, 0.06, "2025-11-19"), ("d", 4, 0.01, "2025-11-23"), ("e", None, None, "2025-11-18"),
    ]  # fmt: skip
    flags = [found[f"flagged{part}"] for part in ("", "_hurt", "_healthy", "_unknown")]
    assert flags == [3, 1, 1, 1]


@pytest.mark.parametrize(
    ("kind", "reason", "is_hurt"),
    [("injury", None, True), (None, None, True), ("complaint", None, False),
     ("other", None, False), (None, "no place", False)],
)  # fmt: skip
def test_who_had_no_number_was_hurt_by_an_injury_of_running_alone(kind, reason, is_hurt):
    silent = INJURIES["athlete"].eq("e")
    classed = INJURIES.assign(**{"class": "injury", "class_reason": None}).astype("object")
    classed.loc[silent, ["class", "class_reason"]] = [kind, reason]
    listed = classed.astype({"athlete": "str", "onset_date": "datetime64[ns]"})
    found = last_list(week(), listed, 7, MONDAY + pd.Timedelta(days=13))
    assert ("e" in {entry["athlete"] for entry in found["hurt"]}) == is_hurt


def test_a_list_whose_week_has_not_passed_is_not_judged():
    assert last_list(week(), INJURIES, 7, MONDAY + pd.Timedelta(days=6)) is None
