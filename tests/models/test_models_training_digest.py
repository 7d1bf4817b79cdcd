"""The digest of the training rows tells apart whatever a model may have learnt from."""

import numpy as np
import pytest

from models.sampling.training_rows import training_digest

VALUES = np.array([[1.0, 2.0], [3.0, np.nan]])
OUTCOME = np.array([0.0, 1.0])
SAME = training_digest(["a", "b"], [VALUES], OUTCOME)


@pytest.mark.parametrize(
    ("names", "values", "outcome"),
    [
        (["a", "c"], VALUES, OUTCOME),
        (["a", "b"], VALUES * 2, OUTCOME),
        (["a", "b"], VALUES, OUTCOME[::-1].copy()),
        # The same values, each beside the other outcome.
        (["a", "b"], VALUES[::-1], OUTCOME),
    ],
    ids=["a column's name", "a value", "the outcome", "the order"],
)
def test_another_training_has_another_digest(names, values, outcome):
    assert training_digest(names, [values], outcome) != SAME


def test_the_same_training_has_the_same_digest_however_it_lies_in_memory():
    assert training_digest(["a", "b"], [np.asfortranarray(VALUES)], OUTCOME.copy()) == SAME


def test_the_digest_is_the_same_however_the_rows_are_cut_into_blocks():
    blocks = [VALUES[:1], VALUES[1:], VALUES[2:]]
    assert training_digest(["a", "b"], blocks, OUTCOME) == SAME
