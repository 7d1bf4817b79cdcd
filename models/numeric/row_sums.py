"""Sums along rows whose bits do not depend on how many other rows there are.

Linear-algebra libraries add a row up in another order where it stands in a larger or a smaller
matrix, and NumPy where a matrix has one row: the last bit changes. Rows of parts of a cohort are
added up like this, so that a part is the cohort's to the last bit.
"""

import numpy as np
import numpy.typing as npt

from common.arrays import Floats


def row_sums(values: npt.ArrayLike) -> Floats:
    """Return the sum of each row.

    Parameters
    ----------
    values : array-like of shape (n, k)

    Returns
    -------
    ndarray of shape (n,)
    """
    rows = np.ascontiguousarray(values, dtype=np.float64)
    sums: Floats = np.einsum("ij->i", rows)
    return sums


def row_products(values: npt.ArrayLike, weights: Floats) -> Floats:
    """Return the weighted sum of each row: `values @ weights`.

    Parameters
    ----------
    values : array-like of shape (..., k)
    weights : ndarray of shape (k,)

    Returns
    -------
    ndarray of shape (...,)

    Examples
    --------
    >>> row_products([[1.0, 2.0], [0.5, 0.0]], np.array([2.0, 1.0]))
    array([4., 1.])
    """
    rows = np.ascontiguousarray(values, dtype=np.float64)
    flat = rows.reshape(-1, rows.shape[-1])
    # `@` would call the linear-algebra library, whose order of adding depends on the shape.
    products: Floats = np.einsum("ij,j->i", flat, np.ascontiguousarray(weights, dtype=np.float64))
    return products.reshape(rows.shape[:-1])
