"""An estimator of one's own as it scores: revived from text, asked by column name, calibrated.

Imports nothing heavy: a copy of this file serves the model where the project is not installed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, Self, runtime_checkable

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from models.sampling.matrix_columns import numbers

READ_BACK_TOLERANCE: Final = 1e-6
"""Largest difference in log-odds between a model and what is read back from its text."""
_HELD: Final = 1e-12


@runtime_checkable
class WritesItself(Protocol):
    """An estimator that may be promoted: text or JSON out, the same model back."""

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2)."""
        ...

    def to_text(self) -> str:
        """Return everything the fitted model needs to forecast, as text or JSON; no pickle."""
        ...

    def from_text(self, text: str) -> Self:
        """Return the model that :meth:`to_text` described."""
        ...


@dataclass(frozen=True)
class WrittenModel:
    """What forecasts: a model read from its text, its columns, and the calibration over it.

    Parameters
    ----------
    model : WritesItself
        Revived.
    names : tuple of str
        Its columns, in the order in which it gets them, whatever the order it is asked in.
    intercept, slope : float
        calibrated log-odds = intercept + slope * own log-odds.
    """

    model: WritesItself
    names: tuple[str, ...]
    intercept: float = 0.0
    slope: float = 1.0

    def log_odds(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        return self.intercept + self.slope * raw_log_odds(self.model, columns(x, self.names))

    def probability(self, x: pd.DataFrame) -> Floats:
        """Return the calibrated probability of a new injury, shape (n,)."""
        # Written out, because SciPy's expit would have to be installed where this file is copied
        # to.
        probability: Floats = 1.0 / (1.0 + np.exp(-self.log_odds(x)))
        return probability


def columns(x: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the named columns as float64, in that order, on a plain index."""
    return pd.DataFrame(numbers(x, names), columns=list(names))


def raw_log_odds(model: WritesItself, table: pd.DataFrame) -> Floats:
    """Return the log-odds of a model's own probabilities, held within 1e-12 of 0 and 1.

    Raises
    ------
    ValueError
        If it gives no probabilities of the right shape.
    """
    answer = np.asarray(model.predict_proba(table), dtype=float)
    if answer.shape != (len(table), 2):
        raise ValueError(f"predict_proba gave shape {answer.shape}, not ({len(table)}, 2)")
    p = answer[:, 1]
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("predict_proba gave values that are no probabilities")
    # Somebody's estimator may say exactly 0 or 1, which has no log-odds to calibrate.
    clipped = np.clip(p, _HELD, 1 - _HELD)
    log_odds: Floats = np.log(clipped) - np.log1p(-clipped)
    return log_odds


def revived(unfitted: object, text: str, name: str) -> WritesItself:
    """Return the model that a text describes, read by an unfitted estimator of its kind.

    Raises
    ------
    StridecastError
        If the estimator cannot read itself back.
    """
    try:
        model = unfitted.from_text(text)  # type: ignore[attr-defined] # told below if it lacks it
    # Code of somebody else can raise anything; every kind of failure means the same here.
    except Exception as error:
        first_line = (str(error).strip().splitlines() or [""])[0]
        raise StridecastError(
            f"the estimator {name!r} cannot read back what it wrote: "
            f"{type(error).__name__}: {first_line}",
            "mend its from_text, or train again",
        ) from error
    if not isinstance(model, WritesItself):
        raise StridecastError(
            f"the estimator {name!r}: from_text gave {type(model).__name__}, not a model",
            "return the estimator that to_text described",
        )
    return model


def check_read_back(name: str, before: Floats, after: Floats) -> None:
    """Refuse a model whose text gives other log-odds than the model itself.

    Raises
    ------
    StridecastError
        If one differs by more than :data:`READ_BACK_TOLERANCE`.
    """
    worst = float(np.abs(before - after).max(initial=0.0))
    if not worst <= READ_BACK_TOLERANCE:
        raise StridecastError(
            f"the estimator {name!r} forecasts otherwise when it is read back from its text: "
            f"log-odds differ by up to {worst:.2g}",
            "write every fitted number in full, or put back the file it was trained with",
        )
