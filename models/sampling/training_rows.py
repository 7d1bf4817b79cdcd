"""What every model does with its training rows: check, borrow, deal folds, take a digest."""

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from common.errors import StridecastError
from models.sampling.folds import LEAST_FOLDS, AthleteFolds


def checked_outcomes(y: npt.ArrayLike) -> Floats:
    """Return outcomes as numbers.

    Raises
    ------
    StridecastError
        If one is neither 0 nor 1, or only one of the two occurs.
    """
    outcome = np.asarray(y, dtype=float)
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise StridecastError(
            "an outcome is neither 0 nor 1", "leave out the rows whose event is unknown"
        )
    if outcome.min() == outcome.max():
        raise StridecastError(
            f"all {len(outcome)} training rows have the same outcome",
            "a model needs rows with and without an injury; see the sample-size table",
        )
    return outcome


def training_target(outcome: Floats, related: npt.ArrayLike | None, borrow: float) -> Floats:
    """Return what a model learns the ranking from.

    Knee injuries are few and share most of their causes with the others, so a new injury of
    another region counts as `borrow` of an event: max(outcome, borrow * related).

    Parameters
    ----------
    outcome : ndarray of shape (n,)
        0 or 1.
    related : array-like of shape (n,) or None
        1 where a new injury of any region followed.
    borrow : float
        Worth of another region's injury, in events.
    """
    if related is None:
        return outcome
    # The maximum and not the sum: an injury of the region itself is also one of any region.
    return np.maximum(outcome, borrow * checked_outcomes(related))


def calibration_folds(
    outcome: Floats,
    groups: npt.ArrayLike | None,
    folds: npt.ArrayLike | None,
    wanted: int,
    seed: int,
) -> npt.NDArray[np.int64]:
    """Return the fold of each row: the given one, or `wanted` athlete-disjoint folds; 0 for none.

    Raises
    ------
    StridecastError
        If all rows lie in one given fold, or there are fewer athletes than folds to deal.
    ValueError
        If folds must be dealt and the athletes are missing.
    """
    if not wanted:
        return np.empty(0, dtype=np.int64)
    if folds is not None:
        fold = np.asarray(folds, dtype=np.int64)
        # Left out whole, it would leave no row to learn from.
        if len(np.unique(fold)) < LEAST_FOLDS:
            raise StridecastError(
                "all training rows lie in one fold: nothing is left to learn from without it",
                "the calibration needs training rows of at least two athletes",
            )
        return fold
    if groups is None:
        raise ValueError(
            "out-of-fold calibration needs the athletes: pass groups=, or calibration_folds=0"
        )
    return AthleteFolds(wanted, seed).assign(groups, outcome)


def training_digest(names: list[str], values: Iterable[Floats], outcome: Floats) -> str:
    """Return the SHA-256 of training columns, values and outcomes.

    Parameters
    ----------
    names : list of str
        Columns.
    values : iterable of ndarray of shape (rows, k)
        Blocks of rows; however they are cut, the digest is that of the whole.
    outcome : ndarray of shape (n,)
        Outcomes.
    """
    digest = hashlib.sha256("\n".join(names).encode())
    for block in values:
        digest.update(np.ascontiguousarray(block).data)
    digest.update(np.ascontiguousarray(outcome).data)
    return digest.hexdigest()
