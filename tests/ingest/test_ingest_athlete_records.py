"""Records and days of each athlete, against a count of the rows one by one."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from ingest.quality.athlete_records import counted_records, recorded_days
from ingest.records.sheet_days import SheetDays

KINDS = {"a.csv": "diary", "b.csv": "diary", "form.csv": "form"}


def rows(seed: int, number: int, day: str) -> pd.DataFrame:
    """Return rows of two athletes in three files; records are used again, as in a wide sheet."""
    draw = np.random.default_rng(seed)
    dates = pd.Timestamp("2025-03-01") + pd.to_timedelta(draw.integers(0, 40, number), unit="D")
    return pd.DataFrame(
        {
            "source": draw.choice(list(KINDS), number),
            "athlete": draw.choice(["Ann", "Bo"], number),
            "record": draw.integers(1, 9, number),
            "repaired": draw.random(number) < 0.2,
            day: dates.tz_localize("UTC") + pd.Timedelta(hours=23) if day == "end" else dates,
        }
    )


@pytest.mark.parametrize("seed", range(5))
def test_each_record_counts_once_whatever_the_tables_it_stands_in(seed):
    records = {"sessions": rows(seed, 60, "local_date"), "answers": rows(seed + 9, 30, "end")}
    expected: dict[str, dict[str, tuple[int, int]]] = {}
    every = pd.concat([frame.astype({"record": "str"}) for frame in records.values()])
    for (source, athlete), some in every.groupby(["source", "athlete"]):
        mended = some[some["repaired"]]["record"].nunique()
        expected.setdefault(source, {})[athlete] = (some["record"].nunique() - mended, mended)
    assert counted_records(records) == expected


@pytest.mark.parametrize("seed", range(5))
def test_days_and_the_longest_silence_between_them(seed):
    records = {"sessions": rows(seed, 25, "local_date"), "answers": rows(seed + 9, 5, "end")}
    days: dict[tuple[str, str], set[pd.Timestamp]] = {}
    for frame in records.values():
        for row in frame.to_dict("records"):
            at = row.get("local_date", row.get("end"))
            day = pd.Timestamp(at).tz_localize(None).normalize()
            days.setdefault((row["athlete"], KINDS[row["source"]]), set()).add(day)
    recorded = recorded_days(records, KINDS)
    assert recorded.keys() == days.keys()
    for key, some in days.items():
        ordered = sorted(some)
        gaps = [(b - a).days - 1 for a, b in pairwise(ordered)]
        expected = (ordered[0], ordered[-1], len(ordered), max(gaps, default=0))
        assert tuple(recorded[key]) == expected


def test_without_rows_or_kinds_there_is_nothing():
    assert counted_records({}) == {}
    assert recorded_days({"sessions": rows(1, 9, "local_date")}, {}) == {}
    assert recorded_days({"shoes": rows(1, 9, "bought")}, KINDS) == {}


def test_an_instant_is_no_day_of_a_calendar():
    day = pd.Timestamp("2025-05-05")
    names = SheetDays.of([("form.csv", day)])
    assert names.meet(SheetDays.of([("form.csv", day), ("form.csv", day + pd.Timedelta("1D"))]))
    assert not names.meet(SheetDays.of([("form.csv", day.tz_localize("UTC"))]))
    names.take(SheetDays.of([("gym.csv", day)]))
    assert names.meet(SheetDays.of([("gym.csv", day)]))


def test_a_row_without_a_record_counts_for_nobody():
    # Bo's row has none: it must not become the last record of Ann, who comes before him.
    lines = pd.DataFrame(
        {
            "source": "a.csv",
            "athlete": ["Ann", "Ann", "Bo", "Bo"],
            "record": ["1", "2", None, "2"],
            "repaired": [False, False, True, False],
        }
    )
    assert counted_records({"sessions": lines}) == {"a.csv": {"Ann": (2, 0), "Bo": (1, 0)}}
