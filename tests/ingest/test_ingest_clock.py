import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records.local_clock import parse_day, parse_local, to_local, to_utc

BERLIN = "Europe/Berlin"


def utc(*local):
    return to_utc(pd.Series(pd.to_datetime(list(local))), BERLIN)


@pytest.mark.parametrize(
    ("local", "expected", "gap", "fold"),
    [
        ("2024-01-15 08:00", "2024-01-15 07:00", False, False),
        ("2024-07-15 08:00", "2024-07-15 06:00", False, False),
        ("2024-03-31 01:59:59", "2024-03-31 00:59:59", False, False),
        # From 2:00 the clock jumps to 3:00: 2:30 does not exist and is read as the moment of the
        # jump.
        ("2024-03-31 02:30", "2024-03-31 01:00", True, False),
        ("2024-03-31 03:00", "2024-03-31 01:00", False, False),
        ("2024-10-27 01:59", "2024-10-26 23:59", False, False),
        # This half past two comes twice; the first, of summer time, is taken.
        ("2024-10-27 02:30", "2024-10-27 00:30", False, True),
        ("2024-10-27 03:00", "2024-10-27 02:00", False, False),
    ],
)
def test_summer_time_by_the_written_rule(local, expected, gap, fold):
    found = utc(local)
    assert found.utc[0] == pd.Timestamp(expected, tz="UTC")
    assert (found.in_gap[0], found.in_fold[0]) == (gap, fold)


def test_unknown_times_stay_unknown():
    found = utc("2024-01-01", None)
    assert found.utc.isna().tolist() == [False, True]
    assert not found.in_gap.any()
    assert not found.in_fold.any()


@given(st.datetimes(pd.Timestamp("1995-01-01"), pd.Timestamp("2060-01-01")))
def test_there_and_back_except_in_the_gap(moment):
    local = pd.Series([moment]).astype("datetime64[us]")
    found = to_utc(local, BERLIN)
    if not found.in_gap[0]:
        assert to_local(found.utc, BERLIN)[0] == local[0]


def test_only_iso_is_read():
    # 5/6 is a day of May or of June.
    text = pd.Series(
        ["2024-05-06 18:00:01", "2024-05-06 18:00", "5/6/2024 18:00", "", None], dtype="str"
    )
    assert parse_local(text).isna().tolist() == [False, False, True, True, True]
    days = pd.Series(["2024-05-06", "06.05.2024", "2024-13-01"], dtype="str")
    assert parse_day(days).isna().tolist() == [False, True, True]
