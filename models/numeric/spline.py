"""Natural cubic splines as standardised columns, and a flag where a value is missing."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from common.arrays import Floats
from common.settings import Settings

_FEW: Final = 6  # with fewer different values a curve through quantiles has no sense
_FLAG_FROM: Final = 0.01  # share of missing rows from which a missing value gets a constant
_OUTER: Final = 0.02  # outer knots at these quantiles; values beyond are held there


class Term(Settings):
    """One feature's columns: value, bends, missing flag; each standardised on the training rows.

    Parameters
    ----------
    knots : tuple of float
        Ascending; empty for a feature without a spread.
    means, scales : tuple of float
        Of the raw columns over the training rows.
    flagged : bool
        Whether there is a column for missing values.
    """

    knots: tuple[float, ...]
    means: tuple[float, ...] = ()
    scales: tuple[float, ...] = ()
    flagged: bool = False

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(0, len(self.knots) - 1) + self.flagged

    def columns(self, values: Floats) -> Floats:
        """Return the standardised columns, shape (n, width); a missing value is 0 but flagged."""
        raw = self.raw(values)
        standard = (raw - np.array(self.means)) / np.array(self.scales)
        curve = len(self.knots) - 1 if self.knots else 0
        # At the mean, where the curve adds nothing: only the flag then speaks for a missing value.
        standard[np.isnan(values), :curve] = 0.0
        return np.asarray(standard)

    def penalties(self, linear: float, bend: float) -> Floats:
        """Return the penalty of each column; a flag is penalised as a line is."""
        bends = max(0, len(self.knots) - 2)
        # Bends are penalised apart from the line: without support in the data the curve becomes a
        # line.
        curve = [linear] + [bend] * bends if self.knots else []
        return np.array(curve + [linear] * self.flagged)

    def raw(self, values: Floats) -> Floats:
        """Return the columns before they are standardised; missing values at the first knot."""
        missing = np.isnan(values)
        parts = []
        if self.knots:
            clipped = np.clip(
                np.where(missing, self.knots[0], values), self.knots[0], self.knots[-1]
            )
            parts.append(natural_spline(clipped, self.knots))
        if self.flagged:
            parts.append(missing[:, None].astype(float))
        return np.hstack(parts) if parts else np.empty((len(values), 0))


def learn_terms(columns: Iterable[Floats], knots: int) -> list[Term]:
    """Return the term of each column of the training rows.

    Parameters
    ----------
    columns : iterable of ndarray of shape (n,)
        Features, one after the other; nan where unknown.
    knots : int
        Knots of a feature with enough different values.
    """
    return [_learn(column, knots) for column in columns]


def natural_spline(x: Floats, knots: tuple[float, ...]) -> Floats:
    """Return x and its natural cubic bends, shape (n, knots - 1).

    N_1 = x, N_(k+1) = d_k - d_(K-1) with d_k = ((x - t_k)+^3 - (x - t_K)+^3) / (t_K - t_k)
    (Hastie, Tibshirani & Friedman, Elements of Statistical Learning, eq. 5.4-5.5).

    Examples
    --------
    >>> natural_spline(np.array([0.0, 1.0]), (0.0, 1.0))
    array([[0.],
           [1.]])
    """
    t = np.asarray(knots)

    def cubed(k: int) -> Floats:
        above = np.maximum(x - t[k], 0)
        # A power of a general exponent takes ten times as long as two products.
        return np.asarray(above * above * above)

    beyond = cubed(-1)
    *d, d_before_last = ((cubed(k) - beyond) / (t[-1] - t[k]) for k in range(len(t) - 1))
    return np.column_stack([x, *(d_k - d_before_last for d_k in d)])


def _learn(column: Floats, knots: int) -> Term:
    missing = np.isnan(column)
    share = float(missing.mean())
    flagged = _FLAG_FROM <= share < 1
    places = _knots(column[~missing], knots)
    raw = Term(knots=places, flagged=flagged).raw(column)
    curve = len(places) - 1 if places else 0
    means, scales = np.zeros(raw.shape[1]), np.ones(raw.shape[1])
    for j in range(raw.shape[1]):
        # Missing values stand at the first knot here and would pull mean and scale towards it.
        seen = raw[~missing, j] if j < curve else raw[:, j]
        means[j], scales[j] = seen.mean(), seen.std() or 1.0
    return Term(knots=places, means=tuple(means), scales=tuple(scales), flagged=flagged)


def _knots(seen: Floats, knots: int) -> tuple[float, ...]:
    """Quantiles, made distinct; a line for a few different values, nothing for one."""
    different = np.unique(seen)
    if len(different) < 2:  # a constant has no slope
        return ()
    if len(different) < _FEW:
        return (float(different[0]), float(different[-1]))
    places = np.unique(np.quantile(seen, np.linspace(_OUTER, 1 - _OUTER, knots)))
    if len(places) < 2:  # nearly all values are the same
        return (float(different[0]), float(different[-1]))
    return tuple(float(place) for place in places)
