"""A plan typed on the command line, and what is said of a bad one."""

import pandas as pd
import pytest

from common.errors import StridecastError
from ingest.readers.text.typed_plan import typed_plan

SUNDAY = pd.Timestamp("2024-11-17")


def told(text):
    plan = typed_plan(text, "a", SUNDAY)
    days = (plan["date"] - SUNDAY).dt.days
    km = plan["planned_distance_km"]
    return list(zip(days, km.fillna(-1.0), plan["intensity"].fillna(""), strict=True))


def test_weekdays_kilometres_and_kinds():
    assert told("Tue 8, Thu 10 km hard; Sat rest, Sun 18.5 long") == [
        (2, 8.0, ""),
        (4, 10.0, "hard"),
        (6, -1.0, "rest"),
        (7, 18.5, "long"),
    ]
    assert told("Di 7,5 locker, So 18") == [(2, 7.5, "easy"), (7, 18.0, "")]
    assert told("martes 8, domingo 18") == [(2, 8.0, ""), (7, 18.0, "")]
    assert told("2024-11-20 5 mi")[0][0] == 3


def test_minutes_are_no_kilometres():
    plan = typed_plan("Mon 45 min, Wed 1.5 h", "a", SUNDAY)
    assert plan["planned_duration_min"].tolist() == [45.0, 90.0]
    assert plan["planned_distance_km"].isna().all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the plan is empty"),
        ("18 km", "no day of the week"),
        ("someday 18", "no day of the week"),
        ("Sun", "no kilometres or minutes"),
        ("Sun long", "no kilometres or minutes"),
        ("2024-11-30 18", "not in the week after 2024-11-17"),
        ("Sun 1800", "is no run"),
    ],
)
def test_a_bad_plan_is_one_clear_line(text, said):
    with pytest.raises(StridecastError, match=said) as told_:
        typed_plan(text, "a", SUNDAY)
    assert "\n" not in str(told_.value)
