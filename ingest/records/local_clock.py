"""Local clocks and UTC: one written rule for the hour that is missing and the hour that is twice.

A local time inside the hour that spring skips is read as the first moment after it. A local time
inside the hour that autumn repeats is read as its first occurrence (summer time).
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LOCAL_FORMATS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
FIRST_YEAR: Final = 1700
LAST_YEAR: Final = 2250
"""Nanoseconds hold the years 1678 to 2261; nobody ran outside these, but people mistype years."""


class Localised(NamedTuple):
    """Instants, with the rows where the rule had to decide."""

    utc: pd.Series
    in_gap: NDArray[np.bool_]
    in_fold: NDArray[np.bool_]


def to_utc(local: pd.Series, zone: str) -> Localised:
    """Turn naive local times into UTC by the rule of this module.

    Examples
    --------
    >>> to_utc(pd.Series(pd.to_datetime(["2024-03-31 02:30"])), "Europe/Berlin").utc[0]
    Timestamp('2024-03-31 01:00:00+0000', tz='UTC')
    >>> to_utc(pd.Series(pd.to_datetime(["2024-10-27 02:30"])), "Europe/Berlin").utc[0]
    Timestamp('2024-10-27 00:30:00+0000', tz='UTC')
    """
    naive = nanoseconds(local)
    first = _localised(naive, zone, summer=True)
    # The two readings differ only in the hour that autumn repeats, and so find it.
    second = _localised(naive, zone, summer=False)
    known = naive.notna().to_numpy()
    # A time that spring skips comes back moved, and shows itself by that.
    in_gap = known & (first.dt.tz_localize(None) != naive).to_numpy()
    in_fold = known & (first != second).to_numpy()
    return Localised(first.dt.tz_convert("UTC"), in_gap, in_fold)


def to_local(instants: pd.Series, zone: str) -> pd.Series:
    """Return the naive local time of UTC instants."""
    local: pd.Series = instants.dt.tz_convert(zone).dt.tz_localize(None)
    return local


def nanoseconds(times: pd.Series) -> pd.Series:
    """Return naive times to the nanosecond; a year that those cannot hold is NaT.

    Examples
    --------
    >>> nanoseconds(pd.Series(pd.to_datetime(["1025-03-31", "2025-03-31"])))
    0          NaT
    1   2025-03-31
    dtype: datetime64[ns]
    """
    return _of_our_years(times).astype("datetime64[ns]")


def _of_our_years(times: pd.Series) -> pd.Series:
    first, last = times.min(), times.max()
    # Nearly every file; telling the year of each time takes longer than finding two of them.
    if pd.isna(first) or (first.year >= FIRST_YEAR and last.year <= LAST_YEAR):
        return times
    return times.where(times.dt.year.between(FIRST_YEAR, LAST_YEAR))


def parse_local(text: pd.Series) -> pd.Series:
    """Parse "2025-11-13 18:35:58" (seconds optional) as naive times; anything else is NaT."""
    parsed = pd.to_datetime(text, format=LOCAL_FORMATS[0], errors="coerce")
    # Most files write seconds: the second attempt is for those that do not.
    if parsed.isna().any() and text.notna().any():
        short = pd.to_datetime(text, format=LOCAL_FORMATS[1], errors="coerce")
        parsed = parsed.fillna(short)
    return _of_our_years(parsed).astype("datetime64[us]")


def parse_day(text: pd.Series) -> pd.Series:
    """Parse "2025-11-13" as a day; anything else is NaT.

    A year that nanoseconds cannot hold becomes the nearest that they can: so the row is refused
    for its impossible year, and not as if no day were written.
    """
    parsed = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    early, late = parsed.dt.year < FIRST_YEAR, parsed.dt.year > LAST_YEAR
    return parsed.mask(early, pd.Timestamp(FIRST_YEAR, 1, 1)).mask(
        late, pd.Timestamp(LAST_YEAR, 12, 31)
    )


def _localised(naive: pd.Series, zone: str, *, summer: bool) -> pd.Series:
    ambiguous = np.full(len(naive), summer)
    aware: pd.Series = naive.dt.tz_localize(zone, ambiguous=ambiguous, nonexistent="shift_forward")
    return aware
