"""Peak memory of reading a generated Apple Health export, by default of 1 GB.

Run as `python -m benchmarks.ingest_apple [--megabytes 1000]`; prints one JSON object.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
  startDate CDATA #REQUIRED>
]>
<HealthData locale="en_GB">
"""
HK = "HKQuantityTypeIdentifier"
FIRST_DAY = datetime(2000, 1, 3, 6, tzinfo=UTC)
DYNAMICS = (
    ("RunningPower", "W", 290),
    ("RunningStrideLength", "m", 1.1),
    ("RunningVerticalOscillation", "cm", 8.7),
    ("RunningGroundContactTime", "ms", 248),
)
DEVICE = (
    ' sourceName="Watch" sourceVersion="10.1" device="&lt;&lt;HKDevice: 0x281f&gt;, name:Apple'
    ' Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:10.1&gt;"'
)
RUN_MINUTES = 50


def peak_kb() -> int:
    """Return the most memory this program held.

    On Linux the process's own mark: `ru_maxrss` of a program started by another begins at what
    that other one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        marks = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(marks[0].split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def record(kind: str, unit: str, start: datetime, end: datetime, value: object) -> str:
    """Return one line of the export."""
    return (
        f' <Record type="{kind}"{DEVICE} unit="{unit}" creationDate="{_text(end)}"'
        f' startDate="{_text(start)}" endDate="{_text(end)}" value="{value}"/>\n'
    )


def day(morning: datetime) -> Iterator[str]:
    """Yield a runner's day: pulse by the minute, a night, and a run with samples every 5 s."""
    minute = timedelta(minutes=1)
    for number in range(600):
        at = morning + number * minute
        yield record(f"{HK}HeartRate", "count/min", at, at, 60 + number % 90)
        yield record(f"{HK}StepCount", "count", at, at + minute, number % 120)
    yield record(f"{HK}RestingHeartRate", "count/min", morning, morning, 52)
    asleep = "HKCategoryValueSleepAnalysisAsleepCore"
    yield record(
        "HKCategoryTypeIdentifierSleepAnalysis", "", morning - 440 * minute, morning, asleep
    )
    for kind, unit, value in DYNAMICS:
        for number in range(RUN_MINUTES * 12):
            at = morning + number * timedelta(seconds=5)
            yield record(HK + kind, unit, at, at, value)
    end = morning + RUN_MINUTES * minute
    yield (
        f' <Workout workoutActivityType="HKWorkoutActivityTypeRunning"{DEVICE}'
        f' duration="{RUN_MINUTES}" durationUnit="min" startDate="{_text(morning)}"'
        f' endDate="{_text(end)}">\n'
        f'  <WorkoutStatistics type="{HK}DistanceWalkingRunning" sum="10" unit="km"/>\n'
        " </Workout>\n"
    )


def write_export(path: Path, megabytes: float) -> int:
    """Write an export of at least the given size; return its number of days."""
    written, days = 0, 0
    with path.open("w", encoding="utf-8") as file:
        written += file.write(HEAD)
        while written < megabytes * 1e6:
            written += file.write("".join(day(FIRST_DAY + timedelta(days=days))))
            days += 1
        file.write("</HealthData>\n")
    return days


def apple_peak(megabytes: float = 1000) -> dict[str, float]:
    """Write an export, read it in a process of its own, and return that process's peak.

    Returns
    -------
    dict
        ``apple_peak_mb``: peak resident memory in MB; ``apple_seconds``; ``apple_file_mb``;
        ``apple_days``: days written, which is the number of runs that must be found.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r1" / "export.xml"
        path.parent.mkdir()
        days = write_export(path, megabytes)
        # A process of its own: the writer's memory would hide the reader's peak.
        command = [sys.executable, "-m", "benchmarks.ingest_apple", "--read", str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures = json.loads(done.stdout)
        # A reader that stops early would need the least memory of all.
        if figures.pop("runs") != days:
            raise RuntimeError("the reader did not find every run that was written")
        return figures | {"apple_file_mb": path.stat().st_size / 1e6, "apple_days": days}


def read_export(path: Path) -> dict[str, float]:
    """Read an export in this process and return runs found, seconds, and peak memory in MB."""
    import pandas as pd  # the writing process needs none of it

    from ingest.dataset.settings import DatasetConfig
    from ingest.readers.activity.apple.export import AppleHealthReader
    from ingest.readers.base import ReadContext

    config = DatasetConfig(
        name="benchmark",
        time_zone="Europe/London",
        observed_from=FIRST_DAY.date(),
        observed_to=date(2060, 1, 1),
    )
    root = path.parent.parent
    context = ReadContext(config, root, pd.Timestamp(config.observed_to), frozenset({"r1"}))
    began = time.perf_counter()
    parsed = AppleHealthReader().read(path, context)
    seconds = time.perf_counter() - began
    peak = peak_kb() / 1e3
    return {
        "runs": len(parsed.records["sessions"]),
        "apple_seconds": seconds,
        "apple_peak_mb": peak,
    }


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S +0000")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--read", type=Path)
    options = parser.parse_args()
    print(json.dumps(read_export(options.read) if options.read else apple_peak(options.megabytes)))


if __name__ == "__main__":
    main()
