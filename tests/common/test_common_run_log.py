"""`--verbose` tells the run and timings; without it nothing is told."""

import os
import re
import sys
from contextlib import suppress

import pytest

from common import run_log


def fail_after_a_note() -> None:
    run_log.note("file=ab kind=fit")
    raise ZeroDivisionError


def test_nothing_is_told_unless_asked(capsys, monkeypatch):
    monkeypatch.delenv(run_log.VARIABLE, raising=False)
    with run_log.timed("step=read"):
        run_log.note("file=ab")
    assert capsys.readouterr() == ("", "")


def test_where_nobody_reads_the_lines_any_more_the_run_goes_on(monkeypatch):
    """As after `--verbose 2>&1 | head`: a file was refused as damaged, and that was kept."""
    read, write = os.pipe()
    os.close(read)
    monkeypatch.setenv(run_log.VARIABLE, "run")
    with suppress(BrokenPipeError), os.fdopen(write, "w") as nobody:
        monkeypatch.setattr(sys, "stderr", nobody)
        with run_log.timed("step=read"):
            run_log.note("file=ab")
        assert run_log.note("file=cd") is None
        monkeypatch.undo()


def test_each_line_has_the_run_and_a_step_its_time_even_where_it_fails(capsys, monkeypatch):
    monkeypatch.setenv(run_log.VARIABLE, "before")
    run_log.begin()
    with pytest.raises(ZeroDivisionError), run_log.timed("step=read"):
        fail_after_a_note()
    first, second = capsys.readouterr().err.splitlines()
    (run,) = set(re.findall(r"run=(\w{8}) ", first + second))
    assert run != "before"
    assert first.endswith("file=ab kind=fit")
    assert re.search(r"step=read ms=\d+$", second)
