"""Measures on many draws of athletes at once.

A draw weighs athletes. A sum over rows is then a sum over athletes, added up once and weighed by a
matrix product, instead of row by row in each draw; what is fitted on each draw is fitted in
compiled loops (:mod:`models.metrics.calibration_draws`). The results are those of the functions
they stand for, to rounding (a sum's about 1e-15 of its size, a fit's 1e-13), because sums are
added in another order.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from models.metrics.calibration_draws import (
    drawn_errors,
    drawn_ici,
    drawn_intercepts,
    drawn_slopes,
)
from models.metrics.calibration_measures import (
    calibration_errors,
    calibration_intercept,
    calibration_slope,
    ici,
    observed_expected,
)
from models.metrics.measures import auroc, average_precision, brier, information, ipa, nearest
from models.metrics.ranking_draws import drawn_areas, drawn_precision, drawn_ranking_errors
from models.metrics.ranking_error import ranking_errors

Codes = npt.NDArray[np.int64]
OnDraws = Callable[[Floats, Floats, Codes, Floats], Floats]
"""From outcomes, probabilities (rising), athletes of the rows, and counts of shape (draws,
athletes), to the measure on each draw, shape (draws,), or (draws, k) of a measure of k numbers."""


def _totals(codes: Codes, counts: Floats, *amounts: Floats) -> list[Floats]:
    """Return the weighed sum of each amount on each draw."""
    return [counts @ np.bincount(codes, amount, counts.shape[1]) for amount in amounts]


def _ratio(above: Floats, below: Floats) -> Floats:
    ratio: Floats = np.full(len(above), np.nan)
    np.divide(above, below, out=ratio, where=below != 0)
    return ratio


def _brier(y: Floats, p: Floats, codes: Codes, counts: Floats) -> Floats:
    loss, rows = _totals(codes, counts, (y - p) ** 2, np.ones(len(y)))
    return _ratio(loss, rows)


def _ipa(y: Floats, p: Floats, codes: Codes, counts: Floats) -> Floats:
    amounts = (y - p) ** 2, y, y**2, np.ones(len(y))
    loss, events, squares, rows = _totals(codes, counts, *amounts)
    # sum w (y - r)^2 with r the rate of the draw.
    useless = squares - events**2 / rows
    return 1 - _ratio(loss, np.where(useless > _TINY * rows, useless, 0.0))


def _observed_expected(y: Floats, p: Floats, codes: Codes, counts: Floats) -> Floats:
    return _ratio(*_totals(codes, counts, y, p))


def _information(y: Floats, p: Floats, codes: Codes, counts: Floats) -> Floats:
    bounded = nearest(p)
    score = y * np.log(bounded) + (1 - y) * np.log1p(-bounded)
    log_score, events, rows = _totals(codes, counts, score, y, np.ones(len(y)))
    rate = events / rows
    inside = (rate > 0) & (rate < 1)
    # Any rate inside would do: its result is thrown away, but log(0) would warn.
    r = np.where(inside, rate, 0.5)
    gain = log_score / rows - rate * np.log(r) - (1 - rate) * np.log1p(-r)
    return np.where(inside, gain, np.nan)


_TINY: Final = 1e-14
"""Of a row: what is left of a spread of 0 by rounding."""
ON_DRAWS: Final[Mapping[Callable[..., object], OnDraws]] = {
    auroc: drawn_areas,
    brier: _brier,
    ipa: _ipa,
    observed_expected: _observed_expected,
    information: _information,
    average_precision: drawn_precision,
    calibration_intercept: drawn_intercepts,
    calibration_slope: drawn_slopes,
    ici: drawn_ici,
    calibration_errors: drawn_errors,
    ranking_errors: drawn_ranking_errors,
}
"""By the function whose result it gives."""
