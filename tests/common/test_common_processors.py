"""The number of processors, also where the system tells none of a process."""

import os

import pytest

from common.machine.processors import processors
from ingest.reading import parallel
from pipelines.runtime.engine import Place


def test_a_process_uses_the_processors_it_was_given(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5, 7}, raising=False)
    assert processors() == Place().processes == 3
    assert Place(workers=2).processes == 2


@pytest.mark.parametrize(("of_the_machine", "number"), [(6, 6), (None, 1)])
def test_without_an_affinity_those_of_the_machine_count(monkeypatch, of_the_machine, number):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: of_the_machine)
    monkeypatch.setattr(parallel, "WORTH_FILES", 0)
    monkeypatch.setattr(parallel, "WORTH_BYTES", 0)
    assert processors() == Place().processes == parallel._workers([]) == number
