"""One-sided p-values by the special functions alone: SciPy's tests take longer to load than to run.

Each says how likely so much or more would be by chance.
"""

import numpy as np
from scipy.special import betainc, gammaln, pdtrc, stdtr

from common.arrays import Floats


def binomial_at_least(hits: int, trials: int, share: float) -> float:
    """Return the probability of `hits` or more of `trials`, each with probability `share`."""
    return float(betainc(hits, trials - hits + 1, share)) if hits > 0 else 1.0


def poisson_at_least(count: int, expected: float) -> float:
    """Return the probability of `count` or more where `expected` are to be expected."""
    return float(pdtrc(count - 1, expected)) if count > 0 else 1.0


def fisher_above(hits: int, others: int, other_hits: int, other_others: int) -> float:
    """Return the p-value of Fisher's exact test that the first share of hits is the larger one.

    The hypergeometric terms from `hits` on, by logarithms of the gamma function (to 1e-10).

    Parameters
    ----------
    hits, others : int
        Of the first group: with and without.
    other_hits, other_others : int
        Of the second group.

    Examples
    --------
    >>> round(fisher_above(8, 2, 1, 5), 6)
    0.024476
    """
    first, second, marked = hits + others, other_hits + other_others, hits + other_hits
    # A column or a row of nothing leaves one table only.
    if not (first and second and marked and others + other_others):
        return 1.0
    terms = np.arange(hits, min(first, marked) + 1)
    logarithms = _log_choose(first, terms) + _log_choose(second, marked - terms)
    total = np.exp(logarithms - _log_choose(first + second, np.array(marked))).sum()
    return float(min(total, 1.0))


def _log_choose(n: int, k: np.ndarray) -> Floats:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def welch_above(values: Floats, others: Floats) -> float:
    """Return the p-value of Welch's test that the mean of values is above that of others.

    Null values are left out; 1 where the test is undefined.

    Parameters
    ----------
    values, others : ndarray of shape (n,)
    """
    known = [part[~np.isnan(part)] for part in (values, others)]
    sizes = [len(part) for part in known]
    if min(sizes) <= 1:
        return 1.0
    means = [part.mean() for part in known]
    errors = [
        ((part - mean) ** 2).mean() * (size / (size - 1)) / size
        for part, mean, size in zip(known, means, sizes, strict=True)
    ]
    error = errors[0] + errors[1]
    # Of constant values on both sides: there is no chance that a mean could move by.
    if not error > 0:
        return 0.0 if means[0] > means[1] else 1.0
    parts = [e**2 / (size - 1) for e, size in zip(errors, sizes, strict=True)]
    freedom = error**2 / (parts[0] + parts[1])
    return float(stdtr(freedom, -(means[0] - means[1]) / np.sqrt(error)))
