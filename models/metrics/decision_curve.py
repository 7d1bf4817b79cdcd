"""Net benefit of acting on a forecast, or on a rule's flag, over the thresholds of a decision."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.resampling import Resampling
from models.settings.evaluation import IntervalSettings

ALL: Final = "treat_all"
NONE: Final = "treat_none"
_STEPS: Final = 4  # per doubling of the threshold

Acts = npt.NDArray[np.bool_]


def thresholds(base_rate: float, lowest: float = 0.5, highest: float = 4.0) -> Floats:
    """Return threshold probabilities from `lowest` to `highest` times the base rate.

    Four per doubling, so that whole and half multiples are among them; those of 1 and above are
    left out.

    Parameters
    ----------
    base_rate : float
        Share of rows with the outcome.
    lowest, highest : float
        Multiples of it.

    Examples
    --------
    >>> thresholds(0.02)[[0, 4, 8, 12]].round(4).tolist()
    [0.01, 0.02, 0.04, 0.08]
    """
    doublings = np.log2(highest / lowest)
    # Multiples of the base rate: thresholds of 10 or 20 % would lie above nearly all weekly risks.
    multiples = lowest * 2 ** np.linspace(0, doublings, round(doublings * _STEPS) + 1)
    probabilities: Floats = base_rate * multiples
    return probabilities[probabilities < 1]


def decision_curve(
    y: npt.ArrayLike,
    predictions: Mapping[str, Floats],
    flags: Mapping[str, Acts],
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    at: Floats,
    leading: str,
) -> pd.DataFrame:
    """Return the net benefit of every strategy at every threshold, athletes resampled.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1; with true probabilities the luck of the draw is out of the curve.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities by model; one acts where they reach the threshold.
    flags : mapping of str to ndarray of shape (n,)
        Rules as published: one acts where they flag, whatever the threshold.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed.
    at : ndarray
        Threshold probabilities, see :func:`thresholds`.
    leading : str
        Model that the paired differences are about.

    Returns
    -------
    pandas.DataFrame
        strategy, threshold, acted_on (share of rows), net_benefit, low, high (net true positives
        per row), and gain, gain_low, gain_high: the leading model's net benefit minus this
        one's.
    """
    event = np.asarray(y, dtype=float)
    draws = Resampling.of(event, athletes, settings)
    rows = draws.totals(np.ones((len(event), 1)))
    benefits, acted = {}, {}
    # One strategy after the other: thresholds of all of them would be the largest table of all.
    for name, acts in _strategies(predictions, flags, at, len(event)):
        benefits[name] = draws.totals(gains(event, acts, at)) / rows
        acted[name] = acts.mean(axis=0)
    tables = []
    for name, benefit in benefits.items():
        value, low, high = draws.interval(benefit)
        # Paired by draw: two overlapping bands would hide a difference that is certain.
        gain, gain_low, gain_high = draws.interval(benefits[leading] - benefit)
        columns = {"strategy": name, "threshold": at, "acted_on": acted[name]}
        columns |= {"net_benefit": value, "low": low, "high": high}
        columns |= {"gain": gain, "gain_low": gain_low, "gain_high": gain_high}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def _strategies(
    predictions: Mapping[str, Floats], flags: Mapping[str, Acts], at: Floats, rows: int
) -> Iterator[tuple[str, Acts]]:
    """Yield each strategy and whom it acts on at each threshold, shape (n, thresholds)."""
    every = (rows, len(at))
    for name, p in predictions.items():
        yield name, p[:, None] >= at
    for name, flag in flags.items():
        yield name, np.broadcast_to(np.asarray(flag)[:, None], every)
    yield ALL, np.ones(every, dtype=bool)
    yield NONE, np.zeros(every, dtype=bool)


def gains(event: Floats, acts: Acts, at: Floats) -> Floats:
    """Return each row's part of the net benefit at each threshold, shape (n, thresholds).

    Their mean over rows is TP / n - FP / n * t / (1 - t): hits per row, less false alarms at their
    exchange rate (Vickers & Elkin 2006, Med Decis Making 26:565). A threshold probability t says
    that one injury found is worth (1 - t) / t athletes held back in vain. Treating nobody has net
    benefit 0.

    Parameters
    ----------
    event : ndarray of shape (n,)
        Outcomes, 0 or 1, or true probabilities.
    acts : ndarray of bool, shape (n, thresholds)
        Whether one acts on the row: forecast >= threshold, or the rule's flag.
    at : ndarray of shape (thresholds,)
        t, above 0 and below 1.

    Examples
    --------
    Two of four are flagged at 20 %, one rightly: 1/4 - 1/4 * 0.25.

    >>> acts = np.array([[True], [True], [False], [False]])
    >>> float(gains(np.array([1.0, 0, 0, 1]), acts, np.array([0.2])).mean())
    0.1875
    """
    return np.asarray(acts * (event[:, None] - (1 - event[:, None]) * (at / (1 - at))))
