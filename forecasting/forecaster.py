"""What a finished model looks like from above: probabilities and contributions, no more."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray


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
    """

    label: str
    outcome: str
    base_rate: float
    simulated: bool
    predict_proba: Callable[[pd.DataFrame], NDArray[np.float64]]
    contributions: Callable[[pd.DataFrame], pd.DataFrame]

    def __post_init__(self) -> None:
        if not 0 < self.base_rate < 1:
            raise ValueError(f"base rate must lie between 0 and 1, not {self.base_rate}")

    def probability(self, rows: pd.DataFrame) -> NDArray[np.float64]:
        """Return the probability of an injury, shape (n,)."""
        return np.asarray(self.predict_proba(rows), dtype=np.float64)[:, 1]
