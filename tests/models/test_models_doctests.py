"""The examples in the docstrings are true."""

import doctest

import pytest

from models import measures, outcomes, sample_size


@pytest.mark.parametrize("module", [measures, outcomes, sample_size])
def test_examples(module):
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
