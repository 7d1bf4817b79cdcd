"""Splitting time per row as cohorts grow, beside scikit-learn's GroupKFold on the same rows.

Linear in rows means that `ns_per_row` stays flat from the first size to the last (`x_growth`, the
last over the first). GroupKFold keeps athletes apart and knows nothing of time.

    python -m benchmarks.splits --json
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold

from models.sampling.folds import AthleteTimeFolds
from models.sampling.splits import holdout
from models.settings.evaluation import SplitSettings

WEEKS = 100
ATHLETES = (500, 5_000, 50_000)
ROUNDS = 3


def panel(athletes: int) -> pd.DataFrame:
    """Return one row per athlete and week."""
    days = np.tile(np.arange(WEEKS) * 7, athletes)
    return pd.DataFrame(
        {
            "athlete": np.repeat([f"a{i:06d}" for i in range(athletes)], WEEKS),
            "date": pd.Timestamp("2023-01-01") + pd.to_timedelta(days, unit="D"),
        }
    )


def best_ns_per_row(call: Callable[[], object], rows: int) -> float:
    """Return the shortest of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    # The shortest: whatever else the machine did only makes a round longer.
    return min(seconds) * 1e9 / rows


def measure(athletes: int) -> dict[str, float]:
    """Return nanoseconds per row of each way to split one cohort."""
    rows = panel(athletes)
    groups, n = rows["athlete"], len(rows)
    return {
        "rows": n,
        "folds_ns": best_ns_per_row(lambda: AthleteTimeFolds(5, 2).split(None, None, rows), n),
        "holdout_ns": best_ns_per_row(lambda: holdout(rows, SplitSettings(), reach_days=7), n),
        "group_k_fold_ns": best_ns_per_row(
            lambda: list(GroupKFold(5).split(rows, None, groups)), n
        ),
    }


def main() -> None:
    """Measure every size and print a table, or one object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    asked = parser.parse_args()
    sizes = [measure(athletes) for athletes in ATHLETES]
    growth = {
        f"x_growth_{name}": round(sizes[-1][f"{name}_ns"] / sizes[0][f"{name}_ns"], 2)
        for name in ("folds", "holdout", "group_k_fold")
    }
    if asked.json:
        print(json.dumps({"sizes": sizes} | growth))
        return
    print(pd.DataFrame(sizes).round(0).astype("int64").to_string(index=False))
    print(growth)


if __name__ == "__main__":
    main()
