"""Files read by several processes; the results are those of one, in the same order."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Final

from common.machine.processors import processors
from ingest.readers.registry import READERS, Parsed, ReadContext, Reader
from ingest.reading.containers import Item
from ingest.reading.read_one import read_item

WORTH_FILES: Final = 40
WORTH_BYTES: Final = 4_000_000
"""Below either, starting processes takes longer than the reading."""
CHUNK: Final = 8
AHEAD: Final = 4
"""Chunks for each process, at hand or read and not yet taken."""
_IMPORTED_LATE: Final = (
    "ingest.readers.plans.planned_weeks", "ingest.readers.sheets.opening.recognition",
    "ingest.readers.sheets.tabs",
)  # fmt: skip
"""What readers import with the first file of theirs."""

Job = tuple[Item, Reader | None]
Named = tuple[Item, str]
_shared: dict[str, ReadContext] = {}


def read_all(
    jobs: list[Job],
    context: ReadContext,
    workers: int | None,
    on_done: Callable[[str], None],
    take: Callable[[Parsed], Parsed] | None = None,
) -> list[Parsed]:
    """Read files with their readers.

    Parameters
    ----------
    jobs : list of (Item, Reader or None)
        What to read, and how.
    context : ReadContext
        Settings and roster.
    workers : int or None
        Processes; None takes as many as there are processors, or none for little work.
    on_done : callable
        Called with the source of every file that is done.
    take : callable, optional
        Called with what was read of every file as soon as it is done; what it returns stays.

    Returns
    -------
    list of Parsed
        In the order of `jobs`.
    """
    number = _workers(jobs) if workers is None else workers
    taken = take or _as_it_is
    if number <= 1:
        return [taken(_in_process(job, context, on_done)) for job in jobs]
    return _in_processes(jobs, context, number, on_done, taken)


def _as_it_is(parsed: Parsed) -> Parsed:
    return parsed


def _in_processes(
    jobs: list[Job],
    context: ReadContext,
    number: int,
    on_done: Callable[[str], None],
    take: Callable[[Parsed], Parsed],
) -> list[Parsed]:
    chunks = [jobs[at : at + CHUNK] for at in range(0, len(jobs), CHUNK)]
    results: dict[int, list[Parsed]] = {}
    # Forked threads may hold locks for ever; a fresh process has none.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    start = multiprocessing.get_context(method)
    if method == "forkserver":
        # The server imports the readers once, so that no worker has to.
        start.set_forkserver_preload([__name__, *_IMPORTED_LATE])
    with ProcessPoolExecutor(number, start, _begin, (context,)) as pool:
        waiting, running = iter(enumerate(chunks)), dict[Future[list[Parsed]], int]()
        try:
            while True:
                # Not all at once: what was read waits in memory until its turn comes.
                for place, chunk in islice(waiting, number * AHEAD - len(running)):
                    named = [(item, reader.kind if reader else "") for item, reader in chunk]
                    running[pool.submit(_read_chunk, named)] = place
                if not running:
                    break
                done = next(as_completed(running))
                place = running.pop(done)
                results[place] = [take(parsed) for parsed in done.result()]
                del done
                for item, _ in chunks[place]:
                    on_done(item.source)
        except BrokenProcessPool:
            pass
        except BaseException:
            # Nobody will ask for the other files.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    # A file that ended a worker ended the pool: what is left is read file by file, apart. Code
    # typed into a console, which workers cannot import, ends here too.
    missing = {place: chunk for place, chunk in enumerate(chunks) if place not in results}
    for place, chunk in missing.items():
        results[place] = [take(_one_apart(job, context, on_done)) for job in chunk]
    return [parsed for place in sorted(results) for parsed in results[place]]


def _one_apart(job: Job, context: ReadContext, on_done: Callable[[str], None]) -> Parsed:
    parsed = read_item(*job, context, apart=True)
    on_done(job[0].source)
    return parsed


def _workers(jobs: list[Job]) -> int:
    size = sum(item.path.stat().st_size for item, _ in jobs if item.account is None)
    if len(jobs) < WORTH_FILES or size < WORTH_BYTES:
        return 1
    return processors()


def _in_process(job: Job, context: ReadContext, on_done: Callable[[str], None]) -> Parsed:
    parsed = read_item(*job, context)
    on_done(job[0].source)
    return parsed


def _begin(context: ReadContext) -> None:
    _shared["context"] = context


def _read_chunk(jobs: list[Named]) -> list[Parsed]:
    return list(_each(jobs))


def _each(jobs: list[Named]) -> Iterator[Parsed]:
    readers = {reader.kind: reader for reader in READERS}
    for item, kind in jobs:
        yield read_item(item, readers.get(kind), _shared["context"])
