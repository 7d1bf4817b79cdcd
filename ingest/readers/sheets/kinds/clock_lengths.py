"""Lengths of runs typed with one colon: "1:05" may be 65 minutes or 65 seconds."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from common.arrays import Floats
from ingest.readers.sheets.words.amounts import Amount

_FASTEST_PACE: Final = 2.5
_SLOWEST_PACE: Final = 15.0
"""Minutes for a kilometre between which a run, with its walks, lies."""
_ALIKE: Final = 4.0
"""Times by which lengths of one column may differ where no distance tells."""
# The middle of fewer rows is no usual length.
_FEWEST: Final = 3


def other_readings(amounts: Sequence[Amount | None], minutes: Floats, km: Floats) -> Floats:
    """Return the lengths that the other reading of a colon gives, NaN where the first one holds.

    The column was read one way. A cell is read the other way where its pace is that of a run only
    so; where no distance is known, where only so it is like the other rows of its column.

    Parameters
    ----------
    amounts : sequence of Amount or None
        What the cells say.
    minutes, km : array of float
        Lengths as the column was read, and distances; NaN where unknown.

    Examples
    --------
    >>> cells = [Amount(clock=(48, 10)), Amount(clock=(1, 5)), Amount(clock=(52, 30))]
    >>> other_readings(cells, np.array([48.2, 1.1, 52.5]), np.array([9.0, 11.5, 10.0]))
    array([nan, 65., nan])
    """
    other = np.array([_flipped(*pair) for pair in zip(amounts, minutes, strict=True)], dtype=float)
    pace = _divided(minutes, km)
    by_pace = ~_is_run(pace) & _is_run(_divided(other, km))
    known = minutes[~np.isnan(minutes)]
    usual = float(np.median(known)) if len(known) >= _FEWEST else np.nan
    tells = np.isnan(pace)
    by_column = tells & ~_is_like(minutes, usual) & _is_like(other, usual)
    return np.where(by_pace | by_column, other, np.nan)


def _flipped(amount: Amount | None, minutes: float) -> float:
    if amount is None or len(amount.clock) != 2:  # one colon
        return np.nan
    first, second = amount.clock
    # One colon is hours and minutes or minutes and seconds; the reading not taken is returned.
    as_hours, as_minutes = first * 60.0 + second, first + second / 60
    return as_minutes if minutes == as_hours else as_hours


def _divided(minutes: Floats, km: Floats) -> Floats:
    pace: Floats = np.divide(minutes, km, out=np.full(len(km), np.nan), where=km > 0)
    return pace


def _is_run(pace: Floats) -> NDArray[np.bool_]:
    return (pace >= _FASTEST_PACE) & (pace <= _SLOWEST_PACE)


def _is_like(lengths: Floats, usual: float) -> NDArray[np.bool_]:
    return (lengths >= usual / _ALIKE) & (lengths <= usual * _ALIKE)
