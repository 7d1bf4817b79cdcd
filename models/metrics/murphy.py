"""Murphy's decomposition of the Brier score: how weather services verify their probabilities."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.calibration_curve import GROUPS, equal_groups
from models.metrics.resampling import Resampling, ratio
from models.settings.evaluation import IntervalSettings

BINNING: Final = (
    "ten groups of equal size, sorted by forecast, equal forecasts together; the mean forecast "
    "of a group is used for all of it, and the term 'within groups' is what this leaves out"
)


@dataclass(frozen=True)
class _Sums:
    """Sums over the sample (first) and each draw: per group rows, forecasts, events; errors."""

    rows: Floats
    forecast: Floats
    events: Floats
    squared_error: Floats
    reference_error: Floats


def murphy(
    y: npt.ArrayLike,
    predictions: Mapping[str, Floats],
    reference: Floats,
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    groups: int = GROUPS,
) -> pd.DataFrame:
    r"""Return the terms of the Brier score of each model, with intervals by resampling athletes.

    With :math:`n_k` rows, mean forecast :math:`f_k` and event rate :math:`o_k` in group k, the rate
    :math:`o` and N rows in all (Murphy 1973, J Appl Meteor 12:595),

    .. math:: BS = \underbrace{\sum \tfrac{n_k}{N} (f_k - o_k)^2}_{reliability}
              - \underbrace{\sum \tfrac{n_k}{N} (o_k - o)^2}_{resolution}
              + \underbrace{o (1 - o)}_{uncertainty} + within.

    Reliability (0 is best) and resolution (the more the better) are both too large by chance, the
    more so the smaller the groups; the corrected terms take
    :math:`\sum \tfrac{n_k}{N} \tfrac{o_k (1 - o_k)}{n_k - 1}` off both and give
    :math:`o (1 - o) / (N - 1)` to resolution and uncertainty, so that the sum stays (Ferro &
    Fricker 2012, Q J R Meteorol Soc 138:1954). A corrected reliability may be negative: no
    miscalibration can be seen.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities by model.
    reference : ndarray of shape (n,)
        What was forecast without a model, the base rate known at the time ("climatology").
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed. The groups stay those of the sample.
    groups : int
        Groups wanted.

    Returns
    -------
    pandas.DataFrame
        model, term (brier, reliability, resolution, uncertainty, within_groups,
        reliability_corrected, resolution_corrected, brier_skill = 1 - brier / brier of the
        reference), value, low, high.

    Examples
    --------
    Two groups of two: forecasts of 0.2 and 0.6 come true in 0 and 1 of 2 cases.

    >>> p = {"m": np.array([0.2, 0.2, 0.6, 0.6])}
    >>> found = murphy([0, 0, 0, 1], p, np.full(4, 0.25), [*"abcd"], IntervalSettings(), 2)
    >>> found.set_index("term")["value"].round(4)[["reliability", "resolution", "uncertainty"]]
    term
    reliability    0.0250
    resolution     0.0625
    uncertainty    0.1875
    Name: value, dtype: float64
    """
    event = np.asarray(y, dtype=float)
    draws = Resampling.of(event, athletes, settings)
    records = []
    for model, p in predictions.items():
        terms = _terms(_sums(draws, event, np.asarray(p, dtype=float), reference, groups))
        for term, drawn in terms.items():
            value, low, high = (float(number) for number in draws.interval(drawn))
            records.append({"model": model, "term": term, "value": value, "low": low, "high": high})
    return pd.DataFrame(records)


def _sums(draws: Resampling, event: Floats, p: Floats, reference: Floats, groups: int) -> _Sums:
    member = equal_groups(p, groups)
    inside = (member[:, None] == np.arange(member.max() + 1)).astype(float)
    errors = np.stack([(event - p) ** 2, (event - reference) ** 2], axis=1)
    error = draws.totals(errors).T
    return _Sums(
        rows=draws.totals(inside),
        forecast=draws.totals(inside * p[:, None]),
        events=draws.totals(inside * event[:, None]),
        squared_error=error[0],
        reference_error=error[1],
    )


def _terms(sums: _Sums) -> dict[str, Floats]:
    n = sums.rows.sum(axis=1)
    rate = sums.events.sum(axis=1) / n
    # A group that a draw left empty weighs nothing.
    observed = np.nan_to_num(ratio(sums.events, sums.rows))
    forecast = np.nan_to_num(ratio(sums.forecast, sums.rows))
    weight = sums.rows / n[:, None]
    reliability = (weight * (forecast - observed) ** 2).sum(axis=1)
    resolution = (weight * (observed - rate[:, None]) ** 2).sum(axis=1)
    uncertainty = rate * (1 - rate)
    # A group of one row has no variance of its own; its product is 0, and must not become nan.
    chance = (weight * observed * (1 - observed) / np.maximum(sums.rows - 1, 1)).sum(axis=1)
    brier = sums.squared_error / n
    return {
        "brier": brier,
        "reliability": reliability,
        "resolution": resolution,
        "uncertainty": uncertainty,
        # By difference: the sum then holds exactly, also on draws that leave groups nearly empty.
        "within_groups": brier - (reliability - resolution + uncertainty),
        "reliability_corrected": reliability - chance,
        "resolution_corrected": resolution - chance + uncertainty / np.maximum(n - 1, 1),
        "brier_skill": 1 - ratio(sums.squared_error, sums.reference_error),
    }
