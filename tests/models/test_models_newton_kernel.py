"""Newton's compiled rounds against SciPy and NumPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from models.numeric.newton_kernel import chances, products, slopes, slopes_of_four, solved
from models.numeric.weighted_logistic import fit_logistic


def test_chances_are_those_of_scipy_at_every_size():
    x = np.concatenate([np.linspace(-40, 40, 40_001), [-700, -400.5, 0.0, -0.0, 36.9, 699, 1e6]])
    out = np.empty_like(x)
    chances(x, out)
    assert out == pytest.approx(expit(x), rel=1e-15, abs=0)


def test_what_is_out_of_bounds_is_held_there():
    out = np.empty(3)
    chances(np.array([-1e6, np.inf, -np.inf]), out)
    assert out[1] == 1
    assert 0 < out[0] == out[2] < 1e-300


@given(st.lists(st.floats(-1e3, 1e3), max_size=19))
@settings(max_examples=60)
def test_a_product_is_the_sum_of_products(numbers):
    a = np.array(numbers, dtype=float)
    turned = a[::-1].copy()
    both = products(a, turned, turned, turned)
    assert both == pytest.approx((a @ turned, turned @ turned), rel=1e-12, abs=1e-6)


@given(st.integers(1, 5), st.integers(0, 10_000))
@settings(max_examples=60)
def test_small_systems_are_solved_as_by_lapack(size, seed):
    rng = np.random.default_rng(seed)
    matrix, right = rng.normal(size=(size, size)), rng.normal(size=size)
    matrix[0, 0] = 0.0 if size > 1 else 2.0  # needs a pivot
    expected = np.linalg.solve(matrix, right)
    assert solved(matrix.copy(), right)
    assert right == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("rows", [1, 7, 500])
def test_four_terms_at_one_go_have_the_slopes_of_column_by_column(rows):
    rng = np.random.default_rng(rows)
    columns = np.vstack([np.ones(rows), rng.normal(size=(3, rows))])
    y, weights, log_odds = rng.random(rows), rng.integers(1, 4, rows) / 1.0, rng.normal(size=rows)
    at_once, by_column = ((np.empty(4), np.empty((4, 4))) for _ in range(2))
    slopes_of_four(columns, y, weights, log_odds, *at_once)
    slopes(columns, y, weights, log_odds, *by_column)
    for mine, other in zip(at_once, by_column, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-11)


def test_a_singular_system_is_refused():
    assert not solved(np.ones((2, 2)), np.ones(2))


@pytest.mark.parametrize("terms", [1, 2, 4])
def test_the_fit_is_the_maximum_of_the_likelihood(terms):
    rng = np.random.default_rng(terms)
    n = 403
    x = np.vstack([np.ones(n), rng.normal(size=(terms - 1, n))])
    y, weight, offset = rng.random(n), rng.poisson(1.0, n).astype(float), rng.normal(size=n)

    def loss(beta):
        eta = offset + beta @ x
        return weight @ (np.logaddexp(0, eta) - y * eta)

    found = fit_logistic(x, y, weight, offset)
    best = minimize(loss, np.zeros(terms), method="BFGS", options={"gtol": 1e-8})
    assert found == pytest.approx(best.x, abs=1e-5)
    gradient = x @ (weight * (y - expit(offset + found @ x)))
    assert np.abs(gradient).max() < 1e-3


def test_an_unknown_value_gives_no_coefficients():
    x = np.ones((1, 4))
    assert np.isnan(fit_logistic(x, np.array([0, 1, np.nan, 1]), np.ones(4))).all()
