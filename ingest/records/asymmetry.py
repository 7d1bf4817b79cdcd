"""Left against right: the one definition of asymmetry, always recomputed, never read."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def asymmetry(left: ArrayLike, right: ArrayLike) -> NDArray[np.float64]:
    """Return how much weaker the weaker side is, as a share of the stronger, signed.

    ``(stronger - weaker) / stronger``, positive where the right is the stronger side, negative
    where the left is: ``(right - left) / max(left, right)``. Exports print it as text ("1.3 L"),
    as a share of the mean, or unsigned, so theirs are never read.

    Parameters
    ----------
    left, right : array-like of float
        Values of one test and metric, higher = stronger, same unit, >= 0.

    Returns
    -------
    ndarray of float
        From -1 to 1; NaN where a side is unknown or both are 0.

    Examples
    --------
    >>> asymmetry([200.0, 150.0], [150.0, 200.0])
    array([-0.25,  0.25])
    """
    left_values, other = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    stronger = np.maximum(left_values, other)
    out = np.full(np.broadcast(left_values, other).shape, np.nan)
    np.divide(other - left_values, stronger, out=out, where=stronger > 0)
    return out
