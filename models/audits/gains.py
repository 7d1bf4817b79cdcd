"""How much of a quick model's AUROC is owed to some injuries, or to some columns."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from common.arrays import Bools, Floats, Ints
from models.metrics.intervals import athlete_draws
from models.metrics.ranking_draws import drawn_areas
from models.settings.evaluation import IntervalSettings


@dataclass(frozen=True, eq=False)
class Scored:
    """Rows at risk with a quick model's scores; no scores where there is too little to learn.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date, event, onset_date (of the event).
    score : ndarray of shape (n,)
        Out of fold; constant where nothing was fitted.
    """

    rows: pd.DataFrame
    score: Floats
    _areas: "dict[tuple[int, int], _Areas]" = field(default_factory=dict, init=False, repr=False)

    def areas(self, replicates: int, seed: int) -> "_Areas":
        """Return the areas of the scores on draws of athletes, made once for all who ask."""
        draws = replicates, seed
        if draws not in self._areas:
            self._areas[draws] = _Areas.of(self.rows, self.score, replicates, seed)
        return self._areas[draws]


def auroc_gain(
    scored: Scored, marked: pd.DataFrame, replicates: int, seed: int
) -> tuple[float, float, float]:
    """Return the AUROC with all events less that without the marked ones, and its 95 % interval.

    Parameters
    ----------
    scored : Scored
    marked : pandas.DataFrame
        athlete and date (of onset) of the events that are left out.
    replicates, seed : int
        Draws of athletes.
    """
    areas = scored.areas(replicates, seed)
    return _with_interval(areas.whole - areas.of_rows(areas.events_but(marked)))


def paired_gain(
    scored: Scored, blind: Scored, spared: pd.DataFrame, replicates: int, seed: int
) -> tuple[float, float, float]:
    """Return the AUROC lost without the columns that carry a trace, and its 95 % interval.

    Both models forecast the same rows, so that what makes an injury easy or hard to foresee
    cancels. What the columns tell honestly is taken off: it is what they bring to the injuries that
    the trace surely spared (nothing, if they bring those less than nothing or there are none).

    Parameters
    ----------
    scored, blind : Scored
        The same rows, scored with all columns and without those that bear the trace.
    spared : pandas.DataFrame
        athlete and date (of onset) of the events without any trace.
    replicates, seed : int
        Draws of athletes.
    """
    areas, blind_areas = (scores.areas(replicates, seed) for scores in (scored, blind))
    # All rows without an injury stay: an area needs the same others on both sides.
    others = (areas.event == 0) | ~areas.events_but(spared)
    whole = areas.whole - blind_areas.whole
    honest = areas.of_rows(others) - blind_areas.of_rows(others)
    # A negative honest gain would be added to the trace's: luck would then look like a leak.
    return _with_interval(whole - np.fmax(honest, 0.0))


def _with_interval(gain: Floats) -> tuple[float, float, float]:
    """Return the first value, and the 95 % interval of the others, which are draws."""
    if not np.isfinite(gain[1:]).any():
        return np.nan, np.nan, np.nan
    low, high = np.nanquantile(gain[1:], [0.025, 0.975])
    return float(gain[0]), float(low), float(high)


@dataclass(frozen=True, eq=False)
class _Areas:
    """The AUROC of a model's scores: of all athletes, then of each draw of them.

    Parameters
    ----------
    rows : pandas.DataFrame
        As in :class:`Scored`.
    event, score : ndarray of shape (n,)
    order : ndarray of shape (n,)
        Rows by rising score.
    codes : ndarray of shape (n,)
        The athlete of each row.
    counts : ndarray of shape (1 + draws, athletes)
        How often each athlete counts.
    """

    rows: pd.DataFrame
    event: Floats
    score: Floats
    order: Ints
    codes: Ints
    counts: Floats

    @classmethod
    def of(cls, rows: pd.DataFrame, score: Floats, replicates: int, seed: int) -> Self:
        codes, names = pd.factorize(rows["athlete"].to_numpy(), sort=True)
        # The same draws for every area, so that their differences are paired.
        draws = athlete_draws(len(names), IntervalSettings(replicates=replicates, seed=seed))
        event = rows["event"].to_numpy(dtype=float)
        counts = np.vstack([np.ones(len(names)), draws])
        return cls(rows, event, score, np.argsort(score, kind="stable"), codes, counts)

    def events_but(self, left_out: pd.DataFrame) -> Bools:
        """Say which rows stay without some events (athlete and date of onset)."""
        events = np.flatnonzero(self.event == 1)
        onsets = pd.MultiIndex.from_frame(self.rows[["athlete", "onset_date"]].iloc[events])
        stays = np.ones(len(self.event), dtype=bool)
        stays[events] = ~onsets.isin(pd.MultiIndex.from_frame(left_out[["athlete", "date"]]))
        return stays

    @cached_property
    def whole(self) -> Floats:
        """The areas of all rows."""
        return self._of_ordered(self.order)

    def of_rows(self, mask: Bools) -> Floats:
        """Return the areas of some rows."""
        return self._of_ordered(self.order[mask[self.order]])

    def _of_ordered(self, order: Ints) -> Floats:
        return drawn_areas(self.event[order], self.score[order], self.codes[order], self.counts)
