"""The calibration error along the ranking, by hand and against a slow second computation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.metrics.ranking_error import ranking_errors


def test_by_hand():
    # four groups of two
    p = [0.01, 0.03, 0.05, 0.07, 0.10, 0.14, 0.20, 0.40]
    q = [0.02, 0.04, 0.02, 0.06, 0.15, 0.09, 0.20, 0.30]
    # means of p: .02 .06 .12 .30; of q: .03 .04 .12 .25; of all q: .11
    model = (0.01 + 0.02 + 0.00 + 0.05) / 4
    constant = (0.08 + 0.07 + 0.01 + 0.14) / 4
    assert ranking_errors(q, p, groups=4) == pytest.approx((model, constant))


def test_the_order_of_the_rows_and_of_ties_does_not_matter():
    p = np.array([0.1, 0.2, 0.2, 0.2, 0.2, 0.5])
    q = np.array([0.0, 1.0, 0.0, 0.0, 1.0, 1.0])
    # the tie's middle lies at one half, in the second of two groups: {0.1} and the rest
    expected = (1 / 6 * 0.1 + 5 / 6 * (3 / 5 - 1.3 / 5), 1 / 6 * 0.5 + 5 / 6 * 0.1)
    order = np.random.default_rng(0).permutation(6)
    assert ranking_errors(q, p, groups=2) == pytest.approx(expected)
    assert ranking_errors(q[order], p[order], groups=2) == pytest.approx(expected)


def test_a_perfect_forecast_has_none_and_a_constant_has_its_own():
    q = np.linspace(0.01, 0.2, 1000)
    model, constant = ranking_errors(q, q)
    assert model == pytest.approx(0, abs=1e-12)
    assert constant == pytest.approx(0.19 / 4, rel=0.01)  # mean distance from the middle
    same = np.full(1000, 0.15)
    assert ranking_errors(q, same) == pytest.approx((0.15 - q.mean(), 0.0))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 200), st.integers(1, 20))
def test_weights_are_repetitions_and_groups_are_equal_parts_of_the_ranks(seed, rows, groups):
    rng = np.random.default_rng(seed)
    p, q = rng.permutation(np.linspace(0.01, 0.5, rows)), rng.random(rows)
    once = ranking_errors(q, p, groups=groups)
    rank = np.argsort(np.argsort(p))
    part = (2 * rank + 1) * groups // (2 * rows)
    table = pd.DataFrame({"p": p, "q": q}).groupby(part).agg(["mean", "size"])
    share = table["p"]["size"] / rows
    slow = share @ (table["p"]["mean"] - table["q"]["mean"]).abs()
    assert once == pytest.approx((slow, share @ (table["q"]["mean"] - q.mean()).abs()))
    assert ranking_errors(q, p, np.full(rows, 3), groups=groups) == pytest.approx(once)
    weights = rng.integers(0, 4, rows)
    weights[0] = 1
    repeated = np.repeat(np.arange(rows), weights)
    assert ranking_errors(q, p, weights, groups=groups) == pytest.approx(
        ranking_errors(q[repeated], p[repeated], groups=groups)
    )
