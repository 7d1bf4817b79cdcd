"""Risk bands: the probability beside the base rate, in four steps a coach can name."""

from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from forecasting.settings import BandSettings

Band = Literal["low", "raised", "high", "very high"]
BANDS: Final[tuple[Band, ...]] = ("low", "raised", "high", "very high")


DEFAULT_BANDS: Final = BandSettings()


def band(probability: float, base_rate: float, settings: BandSettings = DEFAULT_BANDS) -> Band:
    """Return the band of one probability, by its ratio to the base rate as it is shown.

    The ratio is rounded to one decimal first, so that what reads "2.0 x" is in the band that begins
    at 2.

    Parameters
    ----------
    probability, base_rate : float
        Both between 0 and 1; the base rate above 0.
    settings : BandSettings
        Where the bands change.

    Examples
    --------
    >>> band(0.02, base_rate=0.02), band(0.08, base_rate=0.02), band(0.083, base_rate=0.02)
    ('raised', 'high', 'very high')
    """
    _check_base_rate(base_rate)
    ratio = float(f"{probability / base_rate:.1f}")
    if ratio > settings.very_high:
        return "very high"
    if ratio >= settings.high:
        return "high"
    return "raised" if ratio >= settings.raised else "low"


def bands(
    probabilities: ArrayLike, base_rate: float, settings: BandSettings = DEFAULT_BANDS
) -> pd.Series:
    """Return the bands of many probabilities; an unknown probability has no band.

    Parameters
    ----------
    probabilities : array-like of float, shape (n,)
        Between 0 and 1, or null.
    base_rate : float
        Above 0.
    settings : BandSettings
        Where the bands change.

    Returns
    -------
    pandas.Series of str, shape (n,)
    """
    values = np.asarray(probabilities, dtype=np.float64)
    named = [None if np.isnan(p) else band(float(p), base_rate, settings) for p in values]
    return pd.Series(named, dtype="str")


def _check_base_rate(base_rate: float) -> None:
    if not 0 < base_rate < 1:
        raise ValueError(f"base rate must lie between 0 and 1, not {base_rate}")
