"""How fast exports are read, how much of it is saved on the next run, and what a giant costs.

Run as `python -m benchmarks.ingest --json [--activities 2000] [--megabytes 1000]`; prints one JSON
object with `x_fitdecode`, `x_unchanged`, `x_unchanged_few` (of 250 activities) and `apple_peak_mb`
among others.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.ingest_apple import apple_peak
from benchmarks.ingest_fit import fit_speed
from ingest.readers.activity.fit.content import FIT_EPOCH
from ingest.run import IngestResult, ingest
from tests.ingest.fit_writer import FitFile, activity, file_id, record, session

ATHLETES = 20
FEW = 250
"""Activities of a small club's first month."""
FIRST_START = 1_672_646_400 - FIT_EPOCH
"""2023-01-02 08:00 UTC, in the seconds of FIT."""
DAY = 86_400
RUN_SECONDS = 2400
SETTINGS = """\
name: benchmark
simulated: true
pseudonyms: public
time_zone: Europe/Berlin
observed_from: 2023-01-02
observed_to: 2024-12-29
"""


def repeat_work(activities: int) -> dict[str, float]:
    """Return seconds of a cold and of an unchanged run over generated FIT activities.

    Each is a run of forty minutes at one record per second with running dynamics.
    """
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "raw", Path(place) / "cache"
        write_activities(folder, activities)
        cold, first = _timed(folder, cache)
        warm, again = _timed(folder, cache)
    # A cache that is quick because it loses something must not give a figure.
    if first.report != again.report or again.report["sessions"] != activities:
        raise RuntimeError("the second run did not give what the first one gave")
    return {
        "activities": activities,
        "cold_s": cold,
        "unchanged_s": warm,
        "x_unchanged": cold / warm,
    }


def write_activities(folder: Path, number: int) -> None:
    """Write a dataset of runs, one per athlete and day."""
    folder.mkdir(parents=True)
    (folder / "dataset.yaml").write_text(SETTINGS)
    names = [f"r{place}" for place in range(ATHLETES)]
    (folder / "roster.csv").write_text("\n".join(["athlete", *names, ""]))
    for place in range(number):
        owner, day = names[place % ATHLETES], place // ATHLETES
        path = folder / "activities" / owner / f"{day}.fit"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_run(FIRST_START + day * DAY, place % 30))


def _run(start: int, phase: int) -> bytes:
    file = FitFile().extend([file_id()])
    for second in range(RUN_SECONDS + 1):
        file.add(
            *record(
                start + second,
                distance=3.0 * second,
                speed=3.0,
                heart_rate=130 + (second + phase) % 40,
                cadence=82,
                vertical_oscillation=90.0,
                stance_time=250.0,
                step_length=1100.0,
            )
        )
    total = session(start=start, seconds=float(RUN_SECONDS), total_distance=3.0 * RUN_SECONDS)
    return file.extend([total, activity(at=start + RUN_SECONDS)]).done()


def _timed(folder: Path, cache: Path) -> tuple[float, IngestResult]:
    began = time.perf_counter()
    result = ingest(folder, cache=cache)
    return time.perf_counter() - began, result


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON (the only form there is)")
    parser.add_argument("--activities", type=int, default=2000)
    parser.add_argument("--megabytes", type=float, default=1000)
    options = parser.parse_args()
    figures: dict[str, Any] = fit_speed()
    # A small club apart: there the fixed costs of a run weigh more than the files.
    few = repeat_work(min(FEW, options.activities))
    figures |= {f"{name}_few": value for name, value in few.items()}
    figures |= repeat_work(options.activities)
    figures |= apple_peak(options.megabytes)
    print(json.dumps(figures, indent=2, sort_keys=True))


if __name__ == "__main__":
    main()
