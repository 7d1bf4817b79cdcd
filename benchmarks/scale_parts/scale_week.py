"""Time and memory of the stage `score` as it is, in a process tree of its own.

From tables and feature rows to the files of a week: statuses, forecasts with ranges and reasons for
both outcomes, what is on record, times to return, and the half year before. The page is apart.

The athletes are copies of a club of a hundred simulated runners with 30 weeks on record, under
names of their own; the models were trained on a club of two years.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.scale_parts.scale_features import processor_seconds, watched
from benchmarks.scale_parts.scale_score import OUTCOMES, trained
from benchmarks.scale_parts.scale_tables import (
    ATHLETES,
    club_tables,
    copies_of,
    days_of,
    write_copies,
)
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from models.store.artifact import Provenance, save

CHILD: Final = "benchmarks.scale_parts.week_once"
WEEKS: Final = 30


def scored_week(
    learnt: dict[str, pd.DataFrame], athletes: int, folder: Path, engine: str, workers: int
) -> dict[str, float]:
    """Return athletes, seconds, processors' seconds and gigabytes of one scored week.

    Parameters
    ----------
    learnt : dict of str to pandas.DataFrame
        Tables the models are trained on.
    athletes : int
        How many are scored at least.
    folder : pathlib.Path
        Where tables, features, models and scores are written.
    engine : str
        `local`, `processes` or `dask`.
    workers : int
        Of the others.
    """
    # Another club than the models have learnt from.
    club = club_tables(seed=1, weeks=WEEKS)
    copies = -(-athletes // ATHLETES)
    write_copies(club, copies * days_of(club), folder / "tables")
    copies_of(feature_matrix(club, FeatureSettings()), copies, folder / "features.parquet")
    rows = feature_matrix(learnt, FeatureSettings())
    for outcome in OUTCOMES:
        model, _ = trained(learnt, rows, outcome)
        facts = Provenance(
            outcome=outcome, dataset="benchmark", simulated=True, horizon_days=7, lead_days=0,
            rows=len(rows), events=0, athletes=ATHLETES, trained_from="2023-01-01",
            trained_to="2024-12-31",
        )  # fmt: skip
        save(model, facts, folder / "models" / outcome)
    arguments = [str(folder), str(folder / "scores"), engine, str(workers)]
    before = processor_seconds()
    seconds, peak = watched(CHILD, arguments, folder / "scores.log")
    return {
        "athletes": copies * ATHLETES,
        "seconds": seconds,
        "cpu_s": processor_seconds() - before,
        "peak_gb": peak,
    }
