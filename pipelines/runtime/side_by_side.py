"""The same work for several names at once: a process each, forked off one that has loaded all.

Forked, because the libraries that a stage loads take longer than much of its work, and are then
loaded once. Only Linux forks safely, and only a process without threads of its own; elsewhere one
name comes after the other in this process, with the same results.
"""

import gc
import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Final

from common.errors import StridecastError
from common.store import read_json, write_json

Work = Callable[[str], None]
Readable = Callable[[Exception], StridecastError]
_TASKS: Final = Path("/proc/self/task")
_HARMLESS: Final = frozenset({"jemalloc_bg_thd"})
"""Threads that hold no lock when a process forks: Arrow's allocator sees to its own."""
_STREAMS: Final = {1: "out", 2: "err"}
_PATIENCE_S: Final = 5.0
"""How long a process that is told to end may take to clear its files away."""
_INTERRUPTIONS: Final = frozenset({signal.SIGINT, signal.SIGTERM})
_INTERRUPTED: Final = 128 + signal.SIGINT
_TERMINATED: Final = 128 + signal.SIGTERM
_FAULT: Final = "fault.json"


def run_side_by_side(
    work: Work, names: Sequence[str], processes: int, readable: Readable
) -> dict[str, StridecastError]:
    """Work for every name; return what went wrong, by name.

    What each prints stays together, in the order of the names.

    Parameters
    ----------
    work : callable
        Given a name; it writes files of its own.
    names : sequence of str
        Distinct, each fit to name a folder.
    processes : int
        How many at once; with 1 everything happens in this process.
    readable : callable
        Turns an exception, where it happened, into one that a user can read.
    """
    if processes > 1 and len(names) > 1 and _forks_safely():
        return _forked(work, names, processes, readable)
    faults = {name: _fault(work, name, readable) for name in names}
    return {name: fault for name, fault in faults.items() if fault is not None}


def _forks_safely() -> bool:
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return False
    try:
        threads = [(task / "comm").read_text().strip() for task in _TASKS.iterdir()]
    except OSError:
        return False
    return len([thread for thread in threads if thread not in _HARMLESS]) == 1


def _fault(work: Work, name: str, readable: Readable) -> StridecastError | None:
    try:
        work(name)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
        return readable(error)
    return None


def _forked(
    work: Work, names: Sequence[str], processes: int, readable: Readable
) -> dict[str, StridecastError]:
    context = multiprocessing.get_context("fork")
    workers: list[BaseProcess] = []
    faults: dict[str, StridecastError] = {}
    with TemporaryDirectory() as place, _all_end_with_us(workers):
        folders = [Path(place) / name for name in names]
        # What is loaded stays shared: a collection would write to every object's page.
        gc.freeze()
        for at, folder in enumerate(folders):
            _wait_for_room(workers, processes)
            folder.mkdir()
            # The first prints as it goes, the others into files until their turn comes.
            order = (work, folder, readable, at > 0)
            worker: BaseProcess = context.Process(target=_worker, args=order)
            # In between, an interruption would lose sight of a process that works already.
            with _uninterrupted():
                worker.start()
                workers.append(worker)
        for worker, folder in zip(workers, folders, strict=True):
            worker.join()
            _print_what_was_printed(folder)
            if (fault := _fault_of(worker, folder)) is not None:
                faults[folder.name] = fault
    return faults


def _wait_for_room(workers: Sequence[BaseProcess], processes: int) -> None:
    while len(busy := [w.sentinel for w in workers if w.is_alive()]) >= processes:
        wait(busy)


def _worker(work: Work, folder: Path, readable: Readable, is_quiet: bool) -> None:
    """Work in a process of its own; a fault is left for the parent to tell."""
    if is_quiet:
        for stream, name in _STREAMS.items():
            with (folder / name).open("wb") as file:
                os.dup2(file.fileno(), stream)
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTIONS)
        fault = _fault(work, folder.name, readable)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    if fault is not None:
        write_json(folder / _FAULT, {"message": fault.message, "remedy": fault.remedy})
        sys.exit(1)


def _print_what_was_printed(folder: Path) -> None:
    for stream, name in _STREAMS.items():
        sys.stdout.flush()
        if (folder / name).exists():
            with (folder / name).open("rb") as file, os.fdopen(os.dup(stream), "wb") as ours:
                shutil.copyfileobj(file, ours)


def _fault_of(worker: BaseProcess, folder: Path) -> StridecastError | None:
    if not worker.exitcode:
        return None
    if (folder / _FAULT).exists():
        return StridecastError(**read_json(folder / _FAULT))
    if worker.exitcode > 0:
        return StridecastError(f"its process ended with status {worker.exitcode}")
    return StridecastError(
        "its process was killed, as happens when memory runs out",
        f"close other programs, or pass --outcome {folder.name}",
    )


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off what would interrupt this process; one that is forked has to let it in again."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _all_end_with_us(workers: Sequence[BaseProcess]) -> Iterator[None]:
    """End every process that still works when this one is interrupted or ended."""

    def end(number: int, frame: FrameType | None) -> None:
        del number, frame
        sys.exit(_TERMINATED)

    # A process that is forked inherits it, and so clears its unfinished files away as well.
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(_PATIENCE_S)
            worker.kill()
        signal.signal(signal.SIGTERM, before)
