"""Reported complaints as daily channels: that there was one, how bad, where an injury had been."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
from common.vocabulary import RUNNING_REGIONS
from features.injuries.reports import SIDE_BITS, InjuryReports
from features.kernels.grid import Grid, day_numbers
from features.kernels.windows import Values

SEVERITY_OF_WORDS: Final = {"minor": 2.0, "moderate": 5.0, "major": 8.0}
"""The middle of the ratings that these words stand for (1-3, 4-6, 7-10: a convention)."""
_PLACES: Final = (*RUNNING_REGIONS, "unknown")


def complaint_channels(
    complaints: pd.DataFrame,
    pain: pd.DataFrame,
    injuries: InjuryReports,
    grid: Grid,
    inside: Bools,
) -> dict[str, Values]:
    """Return what was complained of on each day, in regions that running loads or of none told.

    Parameters
    ----------
    complaints, pain : pandas.DataFrame
        The tables; a pain answer of 0 is a day on which nothing was felt.
    injuries : InjuryReports
        Reports of all athletes, for complaints at the place of an earlier injury.
    grid : Grid
    inside : bool array, one per athlete-day
        From :func:`features.panel.injury_spans.inside_spans`.

    Returns
    -------
    dict of str to float32 array
        `complaint` (1 or 0), `complaint_worst` (0-10, null where no severity was told) and
        `complaint_old_injury` (1 where an injury that was known by then began earlier in the
        region, and on a side that agrees where both are told). Days without a complaint are 0
        inside a span and on days with a pain answer, else null.
    """
    running_complaints = complaints[complaints["region"].isin(_PLACES)]
    at, within = grid.locate(running_complaints["athlete"], running_complaints["date"])
    running_complaints, at = running_complaints[within], at[within]
    answered, answers = grid.locate(pain["athlete"], pain["date"])
    known = inside.copy()
    # Whoever answers about pain would have said so: such a day without a complaint is a 0.
    known[answered[answers]] = True
    was_injured = _where_injured(running_complaints, injuries, grid)
    again = np.where(was_injured | inside[at], was_injured.astype(np.float64), np.nan)
    return {
        "complaint": _worst(at, np.ones(len(running_complaints)), known),
        "complaint_worst": _worst(at, _severity(running_complaints), known),
        "complaint_old_injury": _worst(at, again, known),
    }


def _severity(complaints: pd.DataFrame) -> npt.NDArray[np.float64]:
    words = complaints["severity"].map(SEVERITY_OF_WORDS).to_numpy(dtype=np.float64)
    value = complaints["value_0_10"].to_numpy(dtype=np.float64)
    return np.where(np.isnan(value), words, value)


def _worst(at: Ints, values: npt.NDArray[np.float64], known: Bools) -> Values:
    """Return the largest value of each day: 0 on known days without one, null where none told."""
    daily = np.where(known, 0.0, np.nan)
    # A complaint without a severity is no 0, although the day is known.
    daily[at] = np.nan
    has_value = ~np.isnan(values)
    np.fmax.at(daily, at[has_value], values[has_value])
    return daily.astype(np.float32)


def _where_injured(complaints: pd.DataFrame, injuries: InjuryReports, grid: Grid) -> Bools:
    """Say of each complaint whether an earlier injury of its place was known on its day."""
    codes, days = grid.codes(complaints["athlete"]), day_numbers(complaints["date"])
    region = pd.Index(injuries.regions).get_indexer(pd.Index(complaints["region"].astype(str)))
    side = complaints["side"].astype(object).map(SIDE_BITS).fillna(0).to_numpy(dtype=np.int64)
    was_injured = np.zeros(len(complaints), dtype=bool)
    for at, code in enumerate(codes):
        mine = slice(injuries.offsets[code], injuries.offsets[code + 1])
        sides = injuries.sides[mine]
        agrees = (sides == 0) | (side[at] == 0) | ((sides & side[at]) > 0)
        # Known by then, not only begun: reports that come later would leak into the feature.
        before = (injuries.onset[mine] < days[at]) & (injuries.known[mine] <= days[at])
        was_injured[at] = bool(np.any(agrees & before & (injuries.region[mine] == region[at])))
    return was_injured
