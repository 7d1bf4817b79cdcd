"""Numbers and days as text, by looking rounded values up in tables: many cells, few values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from common.arrays import Floats, Ints, Texts


def decimals(values: Floats, digits: int, missing: str = "") -> Texts:
    """Return fixed-point text; NaN becomes `missing`.

    Examples
    --------
    >>> decimals(np.array([5.256, np.nan]), 2, "--").tolist()
    ['5.26', '--']
    """
    unknown = np.isnan(values)
    scaled = np.rint(np.where(unknown, 0.0, values) * 10**digits).astype(np.int64)
    table, place = np.unique(scaled, return_inverse=True)
    words = np.array([f"{v / 10**digits:.{digits}f}" for v in table.tolist()], dtype=object)
    return np.where(unknown, missing, words[place])


def thousands(values: Floats, missing: str = "--") -> Texts:
    """Return whole numbers with a comma for thousands, quoted where the comma needs it.

    Examples
    --------
    >>> thousands(np.array([980.2, 1381.0, np.nan])).tolist()
    ['980', '"1,381"', '--']
    """
    unknown = np.isnan(values)
    table, place = np.unique(
        np.rint(np.where(unknown, 0.0, values)).astype(np.int64), return_inverse=True
    )
    words = np.array(
        [f'"{v:,}"' if v > 999 else str(v) for v in table.tolist()], dtype=object
    )  # three digits
    return np.where(unknown, missing, words[place])


def clock(seconds: Ints) -> Texts:
    """Return durations or times of day as ``HH:MM:SS``."""
    table, place = np.unique(seconds, return_inverse=True)
    words = [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in table.tolist()]
    return np.array(words, dtype=object)[place]


def minutes(seconds: Floats, missing: str = "--") -> Texts:
    """Return a pace or lap as ``M:SS``."""
    unknown = np.isnan(seconds)
    table, place = np.unique(
        np.rint(np.where(unknown, 0.0, seconds)).astype(np.int64), return_inverse=True
    )
    words = np.array([f"{s // 60}:{s % 60:02d}" for s in table.tolist()], dtype=object)
    return np.where(unknown, missing, words[place])


def days(start: date, offset: Ints) -> Texts:
    """Return ISO dates, `offset` days after `start`."""
    whole = np.datetime64(start, "D") + offset.astype("timedelta64[D]")
    table, place = np.unique(whole, return_inverse=True)
    return np.datetime_as_string(table).astype(object)[place]


def pick(names: Sequence[str], index: Ints) -> Texts:
    """Return ``names[index]``; -1 gives the last name."""
    return np.array(names, dtype=object)[index]


def lines(columns: Sequence[Texts | NDArray[Any]]) -> list[str]:
    """Join columns of text into the lines of a CSV file."""
    return list(map(",".join, zip(*(column.tolist() for column in columns), strict=True)))
