"""How rows are divided for cross-validation: built-in ways, and your own beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

import numpy as np
import pandas as pd

from common.errors import StridecastError
from common.extensions import offered
from models.sampling.folds import AthleteFolds, Split


class Splitter(Protocol):
    """What a splitter can do; its ``repr`` says how it divides."""

    def split(self, rows: pd.DataFrame, *, gap_days: int) -> list[Split]:
        """Return places of (training rows, test rows) for each fold.

        Parameters
        ----------
        rows : pandas.DataFrame
            athlete, date, team, event; the outcome is known in every row.
        gap_days : int
            Days from an as-of date to the end of its outcome window.
        """
        ...


@dataclass(frozen=True)
class UnseenAthletes:
    """Athletes in folds: every row is tested once, by a model that never saw its athlete."""

    folds: int = 10
    seed: int = 0

    def split(self, rows: pd.DataFrame, *, gap_days: int) -> list[Split]:
        """Return the folds; weeks are shared by both parts, athletes are not."""
        del gap_days
        # With few athletes it becomes leave-one-out instead of an error.
        count = min(self.folds, rows["athlete"].nunique())
        fold = AthleteFolds(count, self.seed).assign(rows["athlete"], rows["event"])
        return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(count)]


@dataclass(frozen=True)
class LeaveTeamOut:
    """Each team in turn is tested by a model of the others (internal-external validation)."""

    def split(self, rows: pd.DataFrame, *, gap_days: int) -> list[Split]:
        """Return one fold per team, in the order of their names."""
        del gap_days
        team = rows["team"].to_numpy(dtype=object)
        return [
            (np.flatnonzero(team != name), np.flatnonzero(team == name))
            for name in sorted(set(team))
        ]


@dataclass(frozen=True)
class RollingOrigin:
    """Learn up to a day, test the stretch after it, move on: the same athletes, later weeks."""

    cuts: int = 4

    def split(self, rows: pd.DataFrame, *, gap_days: int) -> list[Split]:
        """Return one fold per cut; no training outcome reaches into the test."""
        dates = rows["date"]
        days = np.sort(dates.unique())
        at = np.linspace(0, len(days), self.cuts + 2).astype(int)[1:] - 1
        gap = pd.Timedelta(days=gap_days)
        return [
            (
                np.flatnonzero(dates <= pd.Timestamp(cut) - gap),
                np.flatnonzero((dates > pd.Timestamp(cut)) & (dates <= pd.Timestamp(end))),
            )
            for cut, end in pairwise(days[i] for i in at)
        ]


BUILT_IN: Final[Mapping[str, Splitter]] = {
    "unseen_athletes": UnseenAthletes(),
    "leave_team_out": LeaveTeamOut(),
    "rolling_origin": RollingOrigin(),
}


def splitters() -> dict[str, Splitter]:
    """Return the splitters by name, your own (`extensions/splitters`) last."""
    return {**BUILT_IN, **dict(offered("splitters"))}


def checked_folds(folds: list[Split], rows: pd.DataFrame, gap_days: int) -> list[Split]:
    """Return the folds that have rows in both parts.

    Raises
    ------
    StridecastError
        If a training row is tested in the same fold, or the outcome window of an athlete's
        training row reaches into a test row of the same athlete: the test would not be independent.
    """
    for at, (learnt, judged) in enumerate(folds):
        if np.intersect1d(learnt, judged).size:
            raise StridecastError(
                f"fold {at}: rows are learnt from and tested", "mend the splitter"
            )
        if _reaches(rows.iloc[learnt], rows.iloc[judged], gap_days):
            raise StridecastError(
                f"fold {at}: outcomes of training rows lie in weeks of the same athlete that are"
                " tested",
                f"keep {gap_days} days between them, or keep athletes apart",
            )
    return [(learnt, judged) for learnt, judged in folds if len(learnt) and len(judged)]


def _reaches(learnt: pd.DataFrame, judged: pd.DataFrame, gap_days: int) -> bool:
    both = learnt[learnt["athlete"].isin(judged["athlete"].unique())]
    if both.empty:
        return False
    later = judged[["athlete", "date"]].sort_values("date").rename(columns={"date": "tested"})
    # The nearest tested week is enough: if it is far enough away, so are all others.
    pairs = pd.merge_asof(
        both[["athlete", "date"]].sort_values("date"),
        later,
        left_on="date",
        right_on="tested",
        by="athlete",
        direction="nearest",
    )
    return bool(((pairs["tested"] - pairs["date"]).abs() < pd.Timedelta(days=gap_days)).any())
