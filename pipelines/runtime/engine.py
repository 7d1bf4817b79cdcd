"""Where parts of a stage are computed: in this process, in several, or on a Dask cluster.

The same function works on each part whatever the engine, reads and writes its own files, and
returns nothing: only paths and settings travel. A part that fails is named and the others finish.
A process that is killed takes no part with it: what it had not finished is given to another one,
and a part that kills its process twice over is named.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from typing import Any, Final, Literal, Protocol, TypeVar

from common.errors import StridecastError
from common.machine.processors import processors
from pipelines.runtime.entry import enter_worker, has_boosters_alone

Engine = Literal["local", "processes", "dask"]
_LIVES: Final = 4
"""How often the processes may be started anew."""
_LIVES_ALONE: Final = 2
"""So many of them, the last ones, give each part a process to itself.

Two, because a part may only then get its turn: what kills a process once is no fault yet.
"""
_OWN_CLUSTER: Final = {
    # Dask has each array that is freed handed back to the system at once, so that every new one
    # is mapped and filled with zeros anew: half as much time again as the features themselves.
    # Without the variable a worker keeps memory for its next array as any other process does.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    # It interrupts a part 100 times a second to see where it is, and 50 times to see that its own
    # loop turns: a twentieth of the time where a part takes seconds.
    "distributed.worker.profile.interval": "100ms",
    "distributed.admin.tick.interval": "500ms",
    # A second worker that dies is enough to suspect a part: suspects are tried alone afterwards.
    "distributed.scheduler.allowed-failures": 1,
}
"""How a cluster on this machine differs from what Dask sets by default."""


class Part(Protocol):
    """What is computed at once."""

    @property
    def name(self) -> str:
        """How it is called where it fails."""
        ...


P = TypeVar("P", bound=Part)
Work = Callable[[P], None]


@dataclass(frozen=True)
class Place:
    """Where to compute.

    Parameters
    ----------
    engine : str
        `local`, `processes` or `dask`.
    workers : int
        Processes; 0 for as many as there are processors.
    scheduler : str
        Address of a running Dask scheduler; empty for a cluster on this machine.
    """

    engine: Engine = "local"
    workers: int = 0
    scheduler: str = ""

    @property
    def processes(self) -> int:
        """Number of worker processes."""
        return self.workers or processors()


def run_parts(work: Work[P], parts: Sequence[P], place: Place) -> dict[str, str]:
    """Work on every part; return what went wrong, by the part's name.

    Parameters
    ----------
    work : callable
        A function of a module, so that other processes find it; it writes files of its own.
    parts : sequence of Part
        Each can be pickled; names are distinct.
    place : Place
        Engine, processes, scheduler.

    Raises
    ------
    StridecastError
        If Dask is asked for and is not installed, or its scheduler does not answer.
    """
    engines: dict[Engine, Callable[[Work[P], Sequence[P], Place], Iterator[tuple[P, str]]]] = {
        "local": _here,
        "processes": _in_processes,
        "dask": _on_dask,
    }
    failed: dict[str, str] = {}
    for done, (part, fault) in enumerate(engines[place.engine](work, parts, place), 1):
        if fault:
            failed[part.name] = fault
        print(f"{done} of {len(parts)} parts: {part.name}{fault and ' FAILED: ' + fault}")
        sys.stdout.flush()
    return failed


def _here(work: Work[P], parts: Sequence[P], place: Place) -> Iterator[tuple[P, str]]:
    del place
    for part in parts:
        yield part, _fault_of(partial(work, part))


def _fault_of(result: Callable[[], Any]) -> str:
    try:
        result()
    except Exception as error:  # noqa: BLE001 - whatever it is, the other parts go on
        return _fault(error)
    return ""


def _fault(error: BaseException | None) -> str:
    if error is None:
        return ""
    return str(error) if isinstance(error, StridecastError) else f"{type(error).__name__}: {error}"


def _in_processes(
    work: Work[P], parts: Sequence[P], place: Place, lives: int = _LIVES
) -> Iterator[tuple[P, str]]:
    left = list(parts)
    for life in range(_LIVES - lives, _LIVES):
        alone = life >= _LIVES - _LIVES_ALONE
        groups = [[part] for part in left] if alone else [left]
        unfinished: list[P] = []
        for group in groups:
            for part, fault in _one_life(work, group, 1 if alone else place.processes):
                if fault is None:
                    unfinished.append(part)
                else:
                    yield part, fault
        left = unfinished
        if not left:
            return
    for part in left:
        yield part, "its process was killed each time, as happens when memory runs out"


def _one_life(work: Work[P], parts: Sequence[P], processes: int) -> Iterator[tuple[P, str | None]]:
    """Yield each part with its fault, "" for none; None where the processes died before its end."""
    # Spawned, because forking a process that has threads may leave a lock held for ever.
    with ProcessPoolExecutor(
        processes, get_context("spawn"), partial(enter_worker, boosters_alone=has_boosters_alone())
    ) as pool:
        futures = {}
        for part in parts:
            try:
                futures[pool.submit(work, part)] = part
            # The pool can break while parts are still handed to it.
            except BrokenProcessPool:
                yield part, None
        for future in as_completed(futures):
            # A broken pool fails every waiting future: this error does not say whose fault it was.
            died = isinstance(future.exception(), BrokenProcessPool)
            yield futures[future], None if died else _fault_of(future.result)


def _on_dask(work: Work[P], parts: Sequence[P], place: Place) -> Iterator[tuple[P, str]]:
    with _client(place) as client:
        from distributed import KilledWorker  # only when asked for
        from distributed import as_completed as as_they_end  # only when asked for

        # A part writes files, so equal arguments do not mean that it is done: hence not pure.
        futures = {client.submit(work, part, pure=False): part for part in parts}
        suspects: list[P] = []
        for future in as_they_end(list(futures)):
            # The result, None, is not fetched: Dask would compute a part again for the lost one.
            part, error = futures.pop(future), future.exception()
            if isinstance(error, KilledWorker):
                suspects.append(part)
            else:
                yield part, _fault(error)
    # Dask blames whatever waited on a worker that died: alone, only the guilty part dies again.
    yield from _in_processes(work, suspects, place, lives=_LIVES_ALONE)


@contextmanager
def _client(place: Place) -> Iterator[Any]:
    if find_spec("distributed") is None:
        raise StridecastError(
            "engine: dask asks for Dask, which is not installed",
            "install the `cluster` extra, or set `engine: processes` in params.yaml",
        )
    from dask import config  # heavy, only when asked for
    from distributed import Client, LocalCluster  # heavy, only when asked for

    if place.scheduler:
        with Client(place.scheduler, timeout="30s") as client:
            print(f"Dask at {place.scheduler}; dashboard: {client.dashboard_link}")
            yield client
        return
    # A thread each, because the kernels hold one; the memory of the machine is shared out evenly.
    with (
        config.set(_OWN_CLUSTER),
        LocalCluster(
            n_workers=place.processes, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster) as client,
    ):
        client.run(enter_worker, boosters_alone=has_boosters_alone())
        print(
            f"Dask on this machine, {place.processes} workers; dashboard: {client.dashboard_link}"
        )
        yield client
