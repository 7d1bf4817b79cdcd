"""Injury reports as flat arrays, sorted so that a kernel can merge them as known on any day."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Ints
from common.vocabulary import REGIONS
from features.injuries.rules import running_injuries
from features.kernels.grid import Grid, day_numbers

# `both` shares a bit with either side, and an unknown side (0) with none.
SIDE_BITS: Final = {"left": 1, "right": 2, "both": 3}
"""Sides as bits, so that two agree where they share one."""

NEVER: Final = int(np.iinfo(np.int64).max)
"""Return day of an injury whose return date is unknown."""


@dataclass(frozen=True)
class InjuryReports:
    """Reports of all athletes, sorted by athlete, region and onset.

    Parameters
    ----------
    offsets : int64 array, athletes + 1
        Athlete i owns the reports ``offsets[i] ... offsets[i + 1] - 1``.
    onset, known, back : int64 arrays
        Days since 1970-01-01: onset, first day on which the report was known, return
        (:data:`NEVER` where unknown).
    region : int64 array
        Position in :data:`common.vocabulary.REGIONS`.
    sides : int64 array
        1 left, 2 right, 3 both, 0 where no side was named.
    """

    offsets: Ints
    onset: Ints
    known: Ints
    back: Ints
    region: Ints
    sides: Ints

    @property
    def regions(self) -> tuple[str, ...]:
        """What the positions in `region` stand for."""
        return REGIONS


def injury_reports(injuries: pd.DataFrame, grid: Grid) -> InjuryReports:
    """Sort the reports of the grid's athletes; those from before the observation stay."""
    injuries = running_injuries(injuries)
    athlete = grid.codes(injuries["athlete"])
    region = pd.Index(REGIONS).get_indexer(pd.Index(injuries["region"])).astype(np.int64)
    onset = day_numbers(injuries["onset_date"])
    reported = injuries["reported_on"] if "reported_on" in injuries else injuries["onset_date"]
    late = reported.where(reported > injuries["onset_date"], injuries["onset_date"])
    known = day_numbers(late)
    unknown = injuries["return_date"].isna().to_numpy()
    back = np.where(unknown, NEVER, day_numbers(injuries["return_date"]))
    sides = injuries["side"].map(SIDE_BITS).fillna(0).to_numpy(dtype=np.int64).astype(np.int64)
    # Sides before returns: which comes first may not depend on a return that is not known yet.
    order = np.lexsort((back, -sides, onset, region, athlete))
    order = order[athlete[order] >= 0]
    offsets = np.searchsorted(athlete[order], np.arange(len(grid.athletes) + 1)).astype(np.int64)
    columns = (onset, known, back, region, sides)
    return InjuryReports(offsets, *(column[order] for column in columns))
