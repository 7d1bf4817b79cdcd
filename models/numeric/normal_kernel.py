"""The standard normal distribution in compiled loops: SciPy's takes longer to load than to compute.

`stridecast score` asks for a few thousand values; importing SciPy's special functions for them
would cost a tenth of a second each Monday.
"""

import math
from typing import Final

import numpy as np

from common.arrays import Floats
from features.kernels.jit import kernel

_ROOT_2: Final = math.sqrt(2.0)
_LOG_ROOT_2_PI: Final = 0.5 * math.log(2.0 * math.pi)
_FAR: Final = -30.0  # erfc is still far from the smallest number there, and the series exact


def normal_below(z: Floats) -> Floats:
    """Return the probability of a standard normal number below each z, of the shape of `z`."""
    return _of_each(z, logarithm=False)


def log_normal_below(z: Floats) -> Floats:
    """Return the logarithm of :func:`normal_below`, exact where the probability itself is 0."""
    return _of_each(z, logarithm=True)


def _of_each(z: Floats, *, logarithm: bool) -> Floats:
    at = np.ascontiguousarray(z, dtype=np.float64)
    values = np.empty(at.size)
    _below(at.ravel(), values, logarithm)
    return values.reshape(at.shape)


@kernel
def _below(z: Floats, values: Floats, logarithm: bool) -> None:
    """Write Phi(z) = erfc(-z / sqrt 2) / 2, or its logarithm.

    Far below 0, log Phi(z) = -z^2/2 - log(-z sqrt(2 pi)) + log(1 - r + 3 r^2 - 15 r^3 + 105 r^4)
    with r = 1/z^2 (Abramowitz & Stegun 26.2.12); what is left out is less than 2e-12.
    """
    for i in range(len(z)):
        x = z[i]
        if not logarithm:
            values[i] = 0.5 * math.erfc(-x / _ROOT_2)
        elif x > 0:
            values[i] = math.log1p(-0.5 * math.erfc(x / _ROOT_2))
        elif x > _FAR:
            values[i] = math.log(0.5 * math.erfc(-x / _ROOT_2))
        else:
            r = 1.0 / (x * x)
            series = -r * (1.0 - r * (3.0 - r * (15.0 - r * 105.0)))
            values[i] = -0.5 * x * x - math.log(-x) - _LOG_ROOT_2_PI + math.log1p(series)
