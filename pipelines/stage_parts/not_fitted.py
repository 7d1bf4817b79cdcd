"""Who could not be fitted, and why: a row each, and a line each."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from common.frame_files import write_csv


def write_not_fitted(path: Path, failed: Mapping[str, str]) -> None:
    """Write a row per comparator or estimator that could not be fitted, and say so."""
    table = pd.DataFrame(sorted(failed.items()), columns=["model", "reason"])
    write_csv(path, table)
    for name, reason in failed.items():
        print(f"{name} could not be fitted and is left out: {reason}")
