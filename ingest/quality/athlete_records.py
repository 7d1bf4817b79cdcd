"""Records and days of each athlete in each file, counted table by table.

Names of files and athletes are numbers here: a club of a thousand has millions of rows, and their
text side by side took more memory than the tables themselves.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from common.arrays import Ints

DAYS: Final = ("local_date", "date", "onset_date", "first_use", "end")
"""Columns that date a record, best first."""
_DAY_NS: Final = 86_400_000_000_000
# More days than nanoseconds since 1678 can hold, so that one number is an athlete, a kind, a day.
_SPAN: Final = 1 << 18
_MIDDLE: Final = _SPAN // 2

Records = Mapping[str, pd.DataFrame]
Key = tuple[str, str]


class RecordedDays(NamedTuple):
    """The days on which there is a record.

    Parameters
    ----------
    first, last : pandas.Timestamp
    number : int
        Days with a record.
    longest_gap : int
        Most days without a record between two of them.
    """

    first: pd.Timestamp
    last: pd.Timestamp
    number: int
    longest_gap: int


def counted_records(records: Records) -> dict[str, dict[str, tuple[int, int]]]:
    """Return source -> athlete -> accepted and repaired records.

    A record may have rows in several tables, such as the forces and the body mass of a test: it
    counts once, and as repaired if any of its rows is.
    """
    tables = Counter(source for rows in records.values() for source in rows["source"].unique())
    several = {source for source, number in tables.items() if number > 1}
    by_source: dict[str, dict[str, tuple[int, int]]] = {}
    for rows in _of_whole_files(records, several):
        for source, athlete, number, repaired in _counted(rows):
            by_source.setdefault(source, {})[athlete] = (number - repaired, repaired)
    return by_source


def _of_whole_files(records: Records, several: set[str]) -> Iterator[pd.DataFrame]:
    """Yield source, athlete, record and repaired, all rows of a file together."""
    parts = []
    for frame in records.values():
        rows = frame[["source", "athlete", "record", "repaired"]]
        if not several:
            yield rows
            continue
        shared = rows["source"].isin(several)
        parts.append(rows[shared].astype({"record": "str", "repaired": "bool"}))
        yield rows[~shared]
    if parts:
        yield pd.concat(parts)


def _counted(rows: pd.DataFrame) -> Iterator[tuple[str, str, int, int]]:
    """Yield source, athlete, records, and how many of them are repaired."""
    sources, files = pd.factorize(rows["source"])
    athletes, names = pd.factorize(rows["athlete"])
    record = rows["record"]
    # Numbers are told apart as they are; numbers and text together only as text.
    is_number = pd.api.types.is_integer_dtype(record.dtype)
    records, texts = pd.factorize(record if is_number else record.astype("str"))
    # What is unknown is coded as -1, and would count for whoever comes before.
    named = (athletes >= 0) & (records >= 0)
    pair = sources.astype(np.int64) * max(len(names), 1) + athletes
    key = (pair * max(len(texts), 1) + records)[named]
    order = np.argsort(key, kind="stable")
    starts = _starts(key[order])
    if not len(starts):
        return
    repaired = rows["repaired"].to_numpy(dtype=bool)[named][order]
    pairs = key[order][starts] // len(texts)
    firsts = _starts(pairs)
    mended = np.add.reduceat(np.logical_or.reduceat(repaired, starts).astype(np.int64), firsts)
    sizes = np.diff(np.append(firsts, len(pairs)))
    for code, number, count in zip(
        pairs[firsts].tolist(), sizes.tolist(), mended.tolist(), strict=True
    ):
        yield str(files[code // len(names)]), str(names[code % len(names)]), number, count


def _starts(ordered: Ints) -> Ints:
    """Return where each run of equal numbers begins."""
    differs = ordered[1:] != ordered[:-1]
    return np.flatnonzero(np.append(np.ones(min(len(ordered), 1), dtype=bool), differs))


def _distinct(numbers: Ints) -> Ints:
    """Return the numbers once each, in order; `np.unique` hashes, which takes ten times as long."""
    ordered = np.sort(numbers)
    return ordered[_starts(ordered)]


def recorded_days(records: Records, kinds: Mapping[str, str]) -> dict[Key, RecordedDays]:
    """Return (athlete, kind of file) -> the days with a record.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        athlete, source and a column of :data:`DAYS`.
    kinds : mapping of str to str
        Source -> kind; rows of other files are left out.
    """
    names = _numbered(
        name for frame in records.values() for name in frame["athlete"].dropna().unique()
    )
    words = _numbered(kinds.values())
    numbers = {source: words[kind] for source, kind in kinds.items()}
    parts = [_distinct(_dated(frame, names, numbers, len(words))) for frame in records.values()]
    keys = _distinct(np.concatenate([*parts, np.zeros(0, dtype=np.int64)]))
    if not len(keys):
        return {}
    starts = _starts(keys // _SPAN)
    athletes, kinds_told = list(names), list(words)
    days_by_key = {}
    for code, days in zip(
        (keys // _SPAN)[starts].tolist(), np.split(keys, starts[1:]), strict=True
    ):
        day = days % _SPAN - _MIDDLE
        key = athletes[code // len(words)], kinds_told[code % len(words)]
        # Between two days in a row lies no silent day.
        gap = int(np.diff(day).max(initial=1)) - 1
        first, last = (pd.Timestamp(int(at) * _DAY_NS) for at in (day[0], day[-1]))
        days_by_key[key] = RecordedDays(first, last, len(day), gap)
    return days_by_key


def _numbered(words: Iterable[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(dict.fromkeys(words))}


def _dated(
    frame: pd.DataFrame, names: Mapping[str, int], kinds: Mapping[str, int], number_of_kinds: int
) -> Ints:
    """Return one number for the athlete, the kind and the day of each row that has all three."""
    dated = next((name for name in DAYS if name in frame), None)
    if dated is None:
        return np.zeros(0, dtype=np.int64)
    # Without the zone an instant is of its day in UTC.
    day = pd.to_datetime(frame[dated]).dt.tz_localize(None).astype("datetime64[ns]")
    athlete, kind = _codes(frame["athlete"], names), _codes(frame["source"], kinds)
    known = day.notna().to_numpy() & (athlete >= 0) & (kind >= 0)
    days = np.asarray(day.astype("int64"))[known] // _DAY_NS + _MIDDLE
    return np.asarray((athlete[known] * number_of_kinds + kind[known]) * _SPAN + days)


def _codes(cells: pd.Series, numbers: Mapping[str, int]) -> Ints:
    """Return the number of each cell, -1 for a cell that has none."""
    codes, words = pd.factorize(cells)
    known = np.array([numbers.get(word, -1) for word in words] + [-1], dtype=np.int64)
    return np.asarray(known[codes], dtype=np.int64)
