"""One-sided p-values equal those of SciPy's own tests."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models.numeric.tail_probabilities import (
    binomial_at_least,
    fisher_above,
    poisson_at_least,
    welch_above,
)

COUNT = st.integers(0, 60)
VALUES = st.lists(st.one_of(st.floats(-5, 5), st.just(np.nan)), max_size=12)


@given(COUNT, COUNT, COUNT, COUNT)
def test_fisher_is_that_of_scipy(hits: int, others: int, other_hits: int, other_others: int):
    table = [[hits, others], [other_hits, other_others]]
    expected = stats.fisher_exact(table, alternative="greater").pvalue
    assert fisher_above(hits, others, other_hits, other_others) == pytest.approx(expected, rel=1e-9)


def test_fisher_holds_for_many_injuries():
    expected = stats.fisher_exact([[127, 1080], [900, 5100]], alternative="greater").pvalue
    assert fisher_above(127, 1080, 900, 5100) == pytest.approx(expected, rel=1e-9)


@given(COUNT, COUNT, st.floats(0.01, 0.99))
def test_binomial_is_that_of_scipy(hits: int, misses: int, share: float):
    expected = stats.binom.sf(hits - 1, hits + misses, share)
    assert binomial_at_least(hits, hits + misses, share) == pytest.approx(expected, rel=1e-12)


@given(COUNT, st.floats(1e-9, 80))
def test_poisson_is_that_of_scipy(count: int, expected: float):
    assert poisson_at_least(count, expected) == pytest.approx(stats.poisson.sf(count - 1, expected))


@pytest.mark.filterwarnings("ignore")  # SciPy warns of what is undefined
@given(VALUES, VALUES)
def test_welch_is_that_of_scipy_and_undefined_is_no_finding(
    values: list[float], others: list[float]
):
    result = stats.ttest_ind(
        values, others, equal_var=False, nan_policy="omit", alternative="greater"
    )
    expected = result.pvalue if np.isfinite(result.pvalue) else 1.0
    assert welch_above(np.array(values), np.array(others)) == pytest.approx(expected, rel=1e-12)
