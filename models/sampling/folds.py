"""Cross-validation folds that keep every row of an athlete on one side.

scikit-learn has no splitter that respects athlete, time and a gap together.
"""

import hashlib
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.errors import StridecastError

Split = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
LEAST_FOLDS: Final = 2
_NO_ATHLETES: Final = "athlete-wise folds need the athletes: pass groups="


class AthleteFolds:
    """Athlete-disjoint folds, scikit-learn style; events are dealt evenly.

    Parameters
    ----------
    n_splits : int
        Number of folds.
    seed : int
        Seed of the deal.
    """

    def __init__(self, n_splits: int = 5, seed: int = 0) -> None:
        self.n_splits = n_splits
        self.seed = seed

    def get_n_splits(self, x: object = None, y: object = None, groups: object = None) -> int:
        """Return the number of folds."""
        del x, y, groups
        return self.n_splits

    def assign(
        self, groups: npt.ArrayLike, y: npt.ArrayLike | None = None
    ) -> npt.NDArray[np.int64]:
        """Return the fold of each row.

        Athletes are sorted by number of events and, within it, by a hash of seed and name, then
        dealt like cards: folds differ by at most one athlete, and nearly as little in events.

        Raises
        ------
        StridecastError
            If there are fewer athletes than folds.
        """
        codes, names = pd.factorize(np.asarray(groups), sort=True)
        if len(names) < self.n_splits:
            raise StridecastError(
                f"{self.n_splits} athlete-disjoint folds need as many athletes, "
                f"there are {len(names)}",
                "use fewer folds or more athletes",
            )
        events = (
            np.zeros(len(names)) if y is None else np.bincount(codes, weights=np.asarray(y, float))
        )
        # A hash and no random draw: the deal depends on names and seed, never on the order of the
        # rows.
        order = np.lexsort((hashes(names, self.seed), -events))
        fold = np.empty(len(names), dtype=np.int64)
        fold[order] = np.arange(len(names)) % self.n_splits
        return fold[codes]

    def split(
        self, x: object, y: npt.ArrayLike | None = None, groups: npt.ArrayLike | None = None
    ) -> list[Split]:
        """Return (training rows, test rows) for each fold; `groups` are the athletes."""
        del x
        if groups is None:
            raise ValueError(_NO_ATHLETES)
        fold = self.assign(groups, y)
        return [
            (np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(self.n_splits)
        ]


class AthleteTimeFolds:
    """Folds that are athlete-disjoint *and* forward in time with a gap, scikit-learn style.

    The as-of dates are divided into `time_cuts` + 1 stretches of equal length. For each cut and
    each athlete fold, the model is trained on the other athletes up to cut - gap and tested on
    the fold's athletes in the stretch after the cut. One pass over the rows per split.

    Parameters
    ----------
    athlete_folds : int
        Athlete-disjoint folds per cut.
    time_cuts : int
        Cuts in time.
    gap_days : int
        Days between the last training row and the cut; at least the outcome window.
    seed : int
        Seed of the deal of athletes.
    """

    def __init__(
        self, athlete_folds: int = 5, time_cuts: int = 1, gap_days: int = 7, seed: int = 0
    ) -> None:
        self.athlete_folds = athlete_folds
        self.time_cuts = time_cuts
        self.gap_days = gap_days
        self.seed = seed

    def get_n_splits(self, x: object = None, y: object = None, groups: object = None) -> int:
        """Return the number of splits."""
        del x, y, groups
        return self.athlete_folds * self.time_cuts

    def split(
        self, x: object, y: npt.ArrayLike | None = None, groups: pd.DataFrame | None = None
    ) -> list[Split]:
        """Return (training rows, test rows) for each split.

        Parameters
        ----------
        x : object
            Ignored; scikit-learn hands it over.
        y : array-like, optional
            Events, to deal them evenly.
        groups : pandas.DataFrame
            `athlete` and `date` of each row.
        """
        del x
        if groups is None:
            raise ValueError(_NO_ATHLETES)
        fold = AthleteFolds(self.athlete_folds, self.seed).assign(groups["athlete"], y)
        return [
            (np.flatnonzero(early & (fold != k)), np.flatnonzero(later & (fold == k)))
            for early, later in self._stretches(groups["date"])
            for k in range(self.athlete_folds)
        ]

    def _stretches(
        self, dates: pd.Series
    ) -> list[tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]:
        # Stretches of as-of dates and not of rows: weeks with many athletes would pull the cuts
        # together.
        days = np.sort(dates.unique())
        at = np.linspace(0, len(days), self.time_cuts + 2).astype(int)[1:] - 1
        bounds = [pd.Timestamp(days[i]) for i in at]
        gap = pd.Timedelta(days=self.gap_days)
        return [
            ((dates <= cut - gap).to_numpy(), ((dates > cut) & (dates <= end)).to_numpy())
            for cut, end in pairwise(bounds)
        ]


def summary(
    splits: list[Split],
    rows: pd.DataFrame,
    y: npt.ArrayLike,
) -> pd.DataFrame:
    """Return a table of the folds: dates, athletes, rows and events of each part.

    Parameters
    ----------
    splits : list of (training rows, test rows)
        What a splitter's `split` returned.
    rows : pandas.DataFrame
        `athlete` and `date`.
    y : array-like
        Events.
    """
    event = np.asarray(y, dtype=float)
    return pd.DataFrame(
        [
            {"fold": fold, "part": part, **described(rows, event, index)}
            for fold, pair in enumerate(splits)
            for part, index in zip(("train", "test"), pair, strict=True)
        ]
    )


def described(
    rows: pd.DataFrame, event: npt.NDArray[np.float64], index: npt.NDArray[np.int64]
) -> dict[str, object]:
    """Return dates, athletes, rows and events of some rows."""
    chosen = rows.iloc[index]
    return {
        "first_date": chosen["date"].min(),
        "last_date": chosen["date"].max(),
        "athletes": chosen["athlete"].nunique(),
        "rows": len(chosen),
        "events": int(np.nansum(event[index])),
    }


def hashes(names: npt.NDArray[np.str_], seed: int) -> npt.NDArray[np.uint64]:
    """Return a reproducible 64-bit hash of each name."""
    # Python's own hash() of text changes from process to process.
    digests = [hashlib.blake2b(f"{seed}:{n}".encode(), digest_size=8).digest() for n in names]
    return np.frombuffer(b"".join(digests), dtype=np.uint64)
