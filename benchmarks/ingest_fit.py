"""Speed of the FIT reader against fitdecode and fitparse.

fitparse is no dependency of this project: `pip install fitparse` to have it timed too.

All are timed in one process on the same files, in processor seconds, the best of some rounds:
ours with the session summary included, the others only decoding.
"""

import importlib
import io
import json
import os
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import fitdecode
import numpy as np

from common.arrays import Floats
from common.untyped import Untyped
from ingest.readers.activity.fit.framing import Part, parts, walk
from ingest.readers.activity.fit.reader import activity_rows, read_contents
from tests.ingest.fit_writer import START, FitFile, file_id, record, session

LEAST_RECORDS = 20
"""Files with fewer records measure the start of a parser, not its speed."""
HOUR = 3600


def fit_speed(rounds: int = 3) -> dict[str, Any]:
    """Return files and records per second of each reader.

    Parameters
    ----------
    rounds : int
        The quickest of so many rounds counts; the slow readers run once.

    Returns
    -------
    dict
        `files`, `records`, `source`, `left_out` (files that one of the readers cannot read), per
        reader `{name}_files_per_s` and `{name}_records_per_s`,
        `x_fitdecode` and `x_fitparse`, how many times as fast ours is, and `absent`, the readers
        that are not installed.
    """
    contents, source = _files()
    counts = [_records_in(content) for content in contents]
    readers: dict[str, tuple[Callable[[bytes], object], int]] = {
        "stridecast": (_ours, rounds),
        "fitdecode": (_fitdecode, 1),
    }
    fitparse = _optional("fitparse")
    if fitparse is not None:
        readers["fitparse"] = (lambda content: list(fitparse.FitFile(content).messages), 1)
    spent = {name: _seconds(read, contents, times) for name, (read, times) in readers.items()}
    # A file that one of them cannot read counts for none.
    read_by_all = np.all([~np.isnan(timings).any(axis=0) for timings in spent.values()], axis=0)
    seconds = {
        name: float(timings[:, read_by_all].sum(axis=1).min()) for name, timings in spent.items()
    }
    files, records = int(read_by_all.sum()), int(np.sum(counts, where=read_by_all))
    result: dict[str, Any] = {"files": files, "records": records, "source": source}
    result["left_out"] = len(contents) - files
    for name, total_seconds in seconds.items():
        result[f"{name}_files_per_s"] = files / total_seconds
        result[f"{name}_records_per_s"] = records / total_seconds
        if name != "stridecast":
            result[f"x_{name}"] = total_seconds / seconds["stridecast"]
    return result | {"absent": [] if fitparse else ["fitparse"]}


def _files() -> tuple[list[bytes], str]:
    """Return sound sample files, or generated ones where there are no samples."""
    folder = Path(os.environ.get("STRIDECAST_SHARED", "../shared")) / "samples" / "fit"
    contents = [path.read_bytes() for path in sorted(folder.glob("*.fit"))]
    sound = [
        content
        for content in contents
        if _is_sound(content) and _records_in(content) >= LEAST_RECORDS
    ]
    if sound:
        return sound, "samples"
    return [_generated(kind) for kind in range(4)], "generated"


def _generated(kind: int) -> bytes:
    """Return an hour's run at one record per second, with running dynamics in every other one."""
    dynamics = {"vertical_oscillation": 90.0, "stance_time": 250.0, "step_length": 1100.0}
    file = FitFile().extend([file_id()])
    for s in range(HOUR + 1):
        more = dynamics if kind % 2 else {}
        number, cells = record(
            START + s, position_lat=50.0 + s * 2e-5, position_long=8.0, altitude=100 + s % 50,
            distance=3.0 * s, speed=3.0, heart_rate=140 + s % 30, cadence=82, **more,
        )  # fmt: skip
        file.add(number, cells)
    return file.extend([session(seconds=float(HOUR), total_distance=3.0 * HOUR)]).done()


def _is_sound(content: bytes) -> bool:
    chain = list(parts(content))
    return all(
        isinstance(part, Part) and part.checksum_holds and not walk(part.body).broken
        for part in chain
    )


def _records_in(content: bytes) -> int:
    return sum(len(fit_file.records.get("timestamp", ())) for fit_file in read_contents(content)[0])


def _ours(content: bytes) -> object:
    return [activity_rows(fit_file) for fit_file in read_contents(content)[0]]


def _fitdecode(content: bytes) -> object:
    with fitdecode.FitReader(io.BytesIO(content)) as reader:
        return sum(1 for _ in reader)


def _seconds(read: Callable[[bytes], object], contents: Sequence[bytes], rounds: int) -> Floats:
    """Return the seconds of each round and file; NaN where the reader fails."""
    spent = np.full((rounds, len(contents)), np.nan)
    with warnings.catch_warnings():
        # Printing warnings takes longer than decoding, and readers warn about different things.
        warnings.simplefilter("ignore")
        for round_, place in np.ndindex(spent.shape):
            # The processor's time: on a shared machine the clock's would measure the neighbours.
            begin = time.process_time()
            with suppress(Exception):
                read(contents[place])
                spent[round_, place] = time.process_time() - begin
    return spent


def _optional(name: str) -> Untyped:  # a module that may not be there
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


if __name__ == "__main__":
    print(json.dumps(fit_speed(), indent=2, sort_keys=True))
