"""Which trees are worth growing beside the evidence: a ladder of settings, declared beforehand.

Rungs are tried on athletes and weeks that they have not seen; one that is not the first of those
tried is taken only if it beats that one by more than luck would.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats, Ints
from models.numeric.weighted_logistic import fit_logistic
from models.sampling.folds import AthleteTimeFolds
from models.settings.risk import NO_TREES, RiskSettings

FOLDS: Final = 3
# The best of several looks better than it is, so a lower loss alone decides nothing.
ERRORS: Final = 2.0
"""Standard errors by which something has to be better than the first that was tried."""
LEAST_EVENTS: Final = 5
"""Events in the part a rung is tried on; with fewer nothing can be chosen."""


@dataclass(frozen=True)
class Rung:
    """Settings of the trees.

    Parameters
    ----------
    name : str
        What it is called in facts and studies.
    update : mapping of str to object
        Changes to the given settings.
    is_empty : bool
        Whether no tree is grown.
    """

    name: str
    update: Mapping[str, object] = field(default_factory=dict)
    is_empty: bool = False

    def settings(self, base_settings: RiskSettings) -> RiskSettings:
        """Return the settings of this rung."""
        return base_settings.model_copy(update=dict(self.update))


NO_TREES_RUNG: Final = Rung(NO_TREES, is_empty=True)
LADDER: Final[tuple[Rung, ...]] = (
    NO_TREES_RUNG,
    Rung("as set"),
    Rung("stumps", {"trees": 150, "num_leaves": 2}),
    Rung(
        "four leaves",
        {"trees": 150, "num_leaves": 4, "min_data_in_leaf": 100, "lambda_l2": 20.0},
    ),
    Rung(
        "sixteen leaves",
        {
            "trees": 200,
            "num_leaves": 16,
            "min_data_in_leaf": 50,
            "learning_rate": 0.05,
            "feature_fraction": 0.5,
            "extra_trees": False,
        },
    ),
)
"""From nothing to what finds interactions; each next one can fit more, and overfit more."""


def settings_of_rung(name: str, base_settings: RiskSettings) -> RiskSettings:
    """Return the settings of a rung by its name; a name that is no rung changes nothing."""
    settings = {rung.name: rung.settings(base_settings) for rung in LADDER}
    return settings.get(name, base_settings)


def recentred(log_odds: Floats, event: Floats) -> Floats:
    """Return log-odds shifted so that as many events are expected as happened.

    Trees have to learn the shape; the calibration corrects the level.
    """
    (shift,) = fit_logistic(np.ones((1, len(event))), event, np.ones(len(event)), offset=log_odds)
    return np.asarray(log_odds + (shift if np.isfinite(shift) else 0.0))


def log_loss(log_odds: Floats, event: Floats) -> Floats:
    """Return the negative log score of each row, in nats."""
    return np.asarray(np.logaddexp(0.0, log_odds) - event * log_odds)


def forward_splits(
    event: Floats, athletes: npt.ArrayLike, dates: pd.Series, gap_days: int
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Return splits that are athlete-disjoint and forward in time, with events on both sides.

    Parameters
    ----------
    event : ndarray of shape (n,)
        Outcomes.
    athletes : array-like of shape (n,)
        Whose rows they are.
    dates : pandas.Series of shape (n,)
        The as-of date of each row.
    gap_days : int
        Days between the last row to learn from and the first to be tried on: to the end of the
        outcome window, so that no outcome lies in the weeks that are tried.
    """
    keys = pd.DataFrame({"athlete": np.asarray(athletes), "date": dates.to_numpy()})
    if keys["athlete"].nunique() < FOLDS:
        return []
    splits = AthleteTimeFolds(FOLDS, 1, gap_days).split(None, event, keys)
    # All splits or none: a choice on the splits that happen to have events would favour these.
    enough = [event[part].sum() >= LEAST_EVENTS for pair in splits for part in pair]
    return splits if all(enough) else []


def better_than_first(losses: Mapping[str, Floats], athletes: npt.ArrayLike) -> str:
    """Return the rung with the lowest loss, or the first if that is not better by two errors.

    Parameters
    ----------
    losses : mapping of str to ndarray of shape (n,)
        Loss of each tried row by rung, the first rung first.
    athletes : array-like of shape (n,)
        Whose rows they are; the standard error is that of sums over athletes.
    """
    names = list(losses)
    best = min(names, key=lambda name: float(losses[name].sum()))
    gain = losses[names[0]] - losses[best]
    # An athlete's weeks rise and fall together; as single rows they would make the error too small.
    sums = pd.Series(gain).groupby(np.asarray(athletes)).sum().to_numpy()
    error = float(np.std(sums, ddof=1) * np.sqrt(len(sums))) if len(sums) > 1 else np.inf
    return best if float(sums.sum()) > ERRORS * error else names[0]


def best_rung(
    splits: Sequence[tuple[Ints, Ints]],
    score: Callable[[Rung, int], Floats],
    event: Floats,
    athletes: npt.ArrayLike,
) -> Rung:
    """Return the rung whose trees forecast unseen rows best; none where nothing can be tried.

    Parameters
    ----------
    splits : sequence of pairs of ndarray of int
        Places to learn from and to be tried on, from :func:`forward_splits`.
    score : callable
        From a rung and the number of a split to log-odds of its later rows.
    event : ndarray of shape (n,)
        Outcomes.
    athletes : array-like of shape (n,)
        Whose rows they are.
    """
    if not splits:
        return NO_TREES_RUNG
    late = np.concatenate([later for _, later in splits])
    losses = {
        rung.name: np.concatenate(
            [
                # Without the shift a later season with more injuries would speak for or against a
                # rung.
                log_loss(recentred(score(rung, number), event[later]), event[later])
                for number, (_, later) in enumerate(splits)
            ]
        )
        for rung in LADDER
        if not rung.is_empty
    }
    best = better_than_first(losses, np.asarray(athletes)[late])
    return next(rung for rung in LADDER if rung.name == best)
