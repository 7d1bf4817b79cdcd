"""What a finished model looks like from above: probabilities and contributions, no more."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from common.arrays import Floats


@dataclass(frozen=True, kw_only=True)
class Forecaster:
    """A model ready to score, whatever it is made of.

    Parameters
    ----------
    label : str
        How the page names it.
    outcome : str
        ``any`` or ``knee``.
    base_rate : float
        Share of weekly rows with the outcome in the training part; bands are multiples of it.
    simulated : bool
        Whether it learnt from simulated athletes.
    predict_proba : callable
        Feature rows of shape (n, ...) to an array of shape (n, 2), injury in the second column.
    contributions : callable
        Feature rows to a frame of calibrated log-odds, one column per feature, index of the rows.
    range_ : callable, optional
        Feature rows to two arrays of shape (n,), the lowest and the highest probability that the
        model's own uncertainty leaves open; None if it does not know.
    usual : callable, optional
        Feature rows to the probability of a week like each athlete's usual one, shape (n,); None
        if the model cannot tell this week from the others.
    population_rate : float, optional
        Probability of an average runner in published studies, beside the base rate.
    origin : str
        Where the forecast comes from, a sentence for the page; empty if the label says it.
    """

    label: str
    outcome: str
    base_rate: float
    simulated: bool
    predict_proba: Callable[[pd.DataFrame], Floats]
    contributions: Callable[[pd.DataFrame], pd.DataFrame]
    range_: Callable[[pd.DataFrame], tuple[Floats, Floats]] | None = None
    usual: Callable[[pd.DataFrame], Floats] | None = None
    population_rate: float | None = None
    origin: str = ""

    def __post_init__(self) -> None:
        # Bands divide by it: 0 would put everybody into the highest one.
        if not 0 < self.base_rate < 1:
            raise ValueError(f"base rate must lie between 0 and 1, not {self.base_rate}")

    def probability(self, rows: pd.DataFrame) -> Floats:
        """Return the probability of an injury, shape (n,)."""
        return np.asarray(self.predict_proba(rows), dtype=np.float64)[:, 1]

    def bounds(self, rows: pd.DataFrame) -> tuple[Floats, Floats]:
        """Return the range of the probability, shape (n,) each; nan where the model has none."""
        if self.range_ is None:
            nothing = np.full(len(rows), np.nan)
            return nothing, nothing
        low, high = self.range_(rows)
        return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)

    def usually(self, rows: pd.DataFrame) -> Floats:
        """Return the probability of a usual week, shape (n,); nan where the model cannot tell."""
        if self.usual is None:
            return np.full(len(rows), np.nan)
        return np.asarray(self.usual(rows), dtype=np.float64)
