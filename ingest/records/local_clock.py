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
_FIRST_MOMENT: Final = np.datetime64(f"{FIRST_YEAR}-01-01", "s")
_PAST_MOMENT: Final = np.datetime64(f"{LAST_YEAR + 1}-01-01", "s")
_NO_MOMENT: Final = np.datetime64("NaT", "s")


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
    # Indexes, for series cost several times as much where a file has a few hundred rows.
    naive = pd.DatetimeIndex(nanoseconds(local))
    first = _localised(naive, zone, summer=True)
    # The two readings differ only in the hour that autumn repeats, and so find it.
    second = _localised(naive, zone, summer=False)
    known = naive.notna()
    # A time that spring skips comes back moved, and shows itself by that.
    in_gap = known & (first.tz_localize(None).asi8 != naive.asi8)
    in_fold = known & (first.asi8 != second.asi8)
    instants = pd.Series(first.tz_convert("UTC"), index=local.index, name=local.name)
    return Localised(instants, in_gap, in_fold)


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


def midnight(times: pd.Series) -> pd.Series:
    """Return naive times at the beginning of their day.

    The accessor of pandas looks for a regular frequency in the days, which takes longer.
    """
    moments = times.to_numpy()
    return pd.Series(
        moments.astype("datetime64[D]").astype(moments.dtype), index=times.index, name=times.name
    )


def _of_our_years(times: pd.Series) -> pd.Series:
    outside = ~_in_years(times.to_numpy())
    # Nearly every file; a mask costs more than finding that there is nothing to hide.
    return times.mask(outside) if outside.any() else times


def _in_years(moments: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Tell moments of the years that are read; of those unknown nothing is hidden."""
    return np.isnat(moments) | ((moments >= _FIRST_MOMENT) & (moments < _PAST_MOMENT))


def parse_local(text: pd.Series) -> pd.Series:
    """Parse "2025-11-13 18:35:58" (seconds optional) as naive times; anything else is NaT."""
    moments = _by_format(text, LOCAL_FORMATS[0])
    # Most files write seconds: the second attempt is for those that do not.
    if np.isnat(moments).any() and text.notna().any():
        moments = np.where(np.isnat(moments), _by_format(text, LOCAL_FORMATS[1]), moments)
    usable = np.where(_in_years(moments), moments, _NO_MOMENT).astype("datetime64[us]")
    return pd.Series(usable, index=text.index, name=text.name)


def _by_format(text: pd.Series, form: str) -> NDArray[np.datetime64]:
    return np.asarray(pd.to_datetime(text.array, format=form, errors="coerce").to_numpy())


def parse_day(text: pd.Series) -> pd.Series:
    """Parse "2025-11-13" as a day; anything else is NaT.

    A year that nanoseconds cannot hold becomes the nearest that they can: so the row is refused
    for its impossible year, and not as if no day were written.
    """
    parsed = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    moments = parsed.to_numpy()
    if _in_years(moments).all():
        return parsed
    return parsed.mask(moments < _FIRST_MOMENT, pd.Timestamp(FIRST_YEAR, 1, 1)).mask(
        moments >= _PAST_MOMENT, pd.Timestamp(LAST_YEAR, 12, 31)
    )


def _localised(naive: pd.DatetimeIndex, zone: str, *, summer: bool) -> pd.DatetimeIndex:
    ambiguous = np.full(len(naive), summer)
    return naive.tz_localize(zone, ambiguous=ambiguous, nonexistent="shift_forward")
