"""The rows of the athletes that a draw contains, in a compiled loop."""

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.kernels.jit import kernel


@kernel
def drawn_rows(codes: npt.NDArray[np.int64], count: Floats, rows: npt.NDArray[np.int64]) -> int:
    """Write the places of the rows that a draw contains, and return how many there are.

    Parameters
    ----------
    codes : ndarray of shape (n,)
        The athlete of each row.
    count : ndarray of shape (athletes,)
        How often each is drawn.
    rows : ndarray of shape (n,)
        Written as far as there are any.
    """
    n = 0
    for i in range(len(codes)):
        # Written in any case: whether a row is drawn is luck, which no processor guesses ahead.
        rows[n] = i
        n += 1 if count[codes[i]] > 0 else 0
    return n
