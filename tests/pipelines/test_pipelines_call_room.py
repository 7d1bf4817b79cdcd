"""Calls find room without asking the system at each call, however deep the loop stands."""

import resource

import pytest

from pipelines.runtime.call_room import with_call_room

CALLS = 300


def nothing(a=0, b=0, c=0, d=0):
    return a, b, c, d


def page_faults_at(depth):
    """Count the pages that a loop of calls asks for at a depth of nested calls."""
    if depth:
        return page_faults_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        nothing()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def worst():
    page_faults_at(300)  # pages that are touched for the first time
    return max(page_faults_at(depth) for depth in range(300))


def test_no_depth_asks_for_memory_at_every_call():
    assert with_call_room(worst) < CALLS / 10


def test_result_and_arguments_pass_through():
    assert with_call_room(divmod, 7, 2) == (3, 1)
    assert with_call_room(nothing, 1, d=4) == (1, 0, 0, 4)


def test_an_error_passes_through():
    with pytest.raises(ZeroDivisionError):
        with_call_room(divmod, 7, 0)
