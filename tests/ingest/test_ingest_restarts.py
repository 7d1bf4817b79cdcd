"""Parts of one session are joined through each other, in whatever order they were written."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ingest.sessions.restarts import _connected


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 14).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20)
)))  # fmt: skip
def test_groups_are_the_connected_components_in_the_order_of_their_first(case):
    size, pairs = case
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    edges = coo_array((np.ones(len(left)), (left, right)), shape=(size, size))
    _, expected = connected_components(edges, directed=False)
    found = _connected(size, left, right)
    np.testing.assert_array_equal(np.unique(found, return_inverse=True)[1], expected)
    assert (found <= np.arange(size)).all()


def test_a_long_chain_of_parts_in_the_worst_order_is_one_session():
    size = 5000
    left = np.arange(size - 1)[::-1]
    assert set(_connected(size, left, left + 1)) == {0}
