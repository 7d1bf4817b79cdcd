"""Reference ranges of gait from the published trials of two studies, as aggregates only.

``python -m ingest.readers.datasets.gait_ranges bmc_ric_trials.zip`` prints the table of
docs/gait.md. A runner counts once, with the median of all strides; no group of fewer than ten
runners is shown.
"""

import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pandas as pd

from ingest.dataset.settings import DatasetConfig
from ingest.readers.base import FileRefused, ReadContext
from ingest.readers.motion.bmc import BmcTrialReader

FEWEST: Final = 10
_GROUPS: Final = {"all": (0, 200), "all 30-39": (30, 40)}
_RUNNER, _DAY = "r1", "2017-05-09"
"""A reader wants a person and a day of each file; any will do, for neither is kept."""


def stride_values(archive: Path) -> pd.DataFrame:
    """Return runner, metric and value of every stride that can be read."""
    parts = []
    with tempfile.TemporaryDirectory() as folder, ZipFile(archive) as trials:
        base = Path(folder)
        config = DatasetConfig(
            name="gait",
            time_zone="UTC",
            observed_from=date(2000, 1, 1),
            observed_to=date(2024, 1, 1),
        )
        context = ReadContext(config, base, pd.Timestamp(_DAY), frozenset({_RUNNER}))
        for name in sorted(member for member in trials.namelist() if member.startswith("trials/")):
            # By its last part alone: a name in an archive may lead out of the folder.
            path = base / _RUNNER / _DAY / Path(name).name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(trials.read(name))
            parts += _strides(path, context)
    return pd.concat(parts, ignore_index=True)


def _strides(path: Path, context: ReadContext) -> list[pd.DataFrame]:
    try:
        rows = BmcTrialReader().read(path, context).records["gait_strides"]
    except FileRefused:
        return []
    return [rows[["metric", "value"]].assign(runner=path.name[:6])]


def ages_of(archive: Path) -> pd.Series:
    """Return each runner's age, by runner."""
    with ZipFile(archive) as trials, trials.open("metadata.txt") as file:
        table = pd.read_csv(file, sep="\t")
    return table.assign(runner=table["Filename"].str[:6]).groupby("runner")["Age"].first()


def gait_table(strides: pd.DataFrame, ages: pd.Series) -> pd.DataFrame:
    """Return n, median and 10th to 90th percentile of the runners by metric and group."""
    runners = strides.groupby(["metric", "runner"])["value"].median().reset_index()
    runners["age"] = runners["runner"].map(ages)
    ranges = []
    for metric, of_metric in runners.groupby("metric"):
        for group, (low, high) in _GROUPS.items():
            values = of_metric.loc[of_metric["age"].between(low, high, inclusive="left"), "value"]
            if len(values) >= FEWEST:
                low_value, middle, high_value = values.quantile([0.1, 0.5, 0.9])
                ranges.append((metric, group, len(values), middle, low_value, high_value))
    return pd.DataFrame(ranges, columns=["metric", "group", "n", "median", "p10", "p90"])


def markdown(table: pd.DataFrame) -> str:
    """Return the table of docs/gait.md."""
    lines = ["| metric | group | n | degrees, median (10th-90th) |", "| --- | --- | ---: | --- |"]
    lines += [
        f"| `{row.metric}` | {row.group} | {row.n} |"
        f" {row.median:.1f} ({row.p10:.1f}-{row.p90:.1f}) |"
        for row in table.itertuples()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    ARCHIVE = Path(sys.argv[1])
    sys.stdout.write(markdown(gait_table(stride_values(ARCHIVE), ages_of(ARCHIVE))) + "\n")
