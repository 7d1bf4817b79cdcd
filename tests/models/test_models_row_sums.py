"""A row adds up to the same bits alone, in a part, and in the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.numeric.row_sums import row_products, row_sums


@settings(max_examples=40)
@given(st.integers(1, 70), st.integers(1, 40), st.integers(0, 2**32 - 1), st.booleans())
def test_a_row_is_added_up_alike_in_any_part(rows, columns, seed, by_column):
    rng = np.random.default_rng(seed)
    # Of very different size: another order of adding up would change the last bits.
    values = rng.normal(size=(rows, columns)) * 10.0 ** rng.integers(-6, 6, columns)
    values = np.asfortranarray(values) if by_column else values
    weights = rng.normal(size=columns)
    sums, products = row_sums(values), row_products(values, weights)
    cut = int(rng.integers(0, rows))
    for part in (slice(cut, None), slice(cut, cut + 1), slice(0, cut + 1)):
        assert (row_sums(values[part]) == sums[part]).all()
        assert (row_products(values[part], weights) == products[part]).all()
    assert products == pytest.approx(values @ weights, rel=1e-9, abs=1e-6)
    assert sums == pytest.approx(values.sum(axis=1), rel=1e-9, abs=1e-6)


def test_the_last_axis_is_added_up_whatever_stands_before_it():
    values = np.arange(24.0).reshape(2, 3, 4)
    assert row_products(values, np.array([1.0, 0, 0, 2])).tolist() == [[6, 18, 30], [42, 54, 66]]
    assert row_products(np.array([[True, False]]), np.array([3.0, 5.0])).tolist() == [3.0]
