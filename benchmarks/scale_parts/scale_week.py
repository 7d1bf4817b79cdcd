"""Time and memory of the stages `featurize` and `score` as they are, each in processes of its own.

From tables to weekly feature rows, and from both to the files of a week: statuses, forecasts with
ranges and reasons for both outcomes, what is on record, times to return, and the half year before.
The page is apart.

The athletes are copies of a club of a hundred simulated runners with 30 weeks on record, under
names of their own; the models were trained on a club of two years.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd

from benchmarks.scale_parts.scale_features import featurize, processor_seconds, watched
from benchmarks.scale_parts.scale_score import OUTCOMES, trained
from benchmarks.scale_parts.scale_tables import ATHLETES, club_tables, days_of, write_copies
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from models.store.artifact import Provenance, save

CHILD: Final = "benchmarks.scale_parts.week_once"
WEEKS: Final = 30


def scored_weeks(
    learnt: dict[str, pd.DataFrame], sizes: Sequence[int], engine: str, workers: int
) -> Iterator[dict[str, float]]:
    """Yield for each number of athletes what a week of theirs costs.

    Parameters
    ----------
    learnt : dict of str to pandas.DataFrame
        Tables the models are trained on.
    sizes : sequence of int
        How many are scored at least.
    engine : str
        `local`, `processes` or `dask`.
    workers : int
        Of the others.

    Yields
    ------
    dict of str to float
        athletes; seconds, cpu_s and peak_gb of the stage `score`; features_s, features_cpu_s and
        features_peak_gb of the stage `featurize`.
    """
    # Another club than the models have learnt from.
    club = club_tables(seed=1, weeks=WEEKS)
    with TemporaryDirectory() as models:
        _save_models(learnt, Path(models))
        for athletes in sizes:
            with TemporaryDirectory() as place:
                folder = Path(place)
                shutil.copytree(models, folder / "models")
                copies = -(-athletes // ATHLETES)
                write_copies(club, copies * days_of(club), folder / "tables")
                costs = _costs(folder, engine, workers)
            yield {"athletes": copies * ATHLETES} | costs


def _save_models(learnt: dict[str, pd.DataFrame], folder: Path) -> None:
    rows = feature_matrix(learnt, FeatureSettings())
    for outcome in OUTCOMES:
        model, _ = trained(learnt, rows, outcome)
        facts = Provenance(
            outcome=outcome, dataset="benchmark", simulated=True, horizon_days=7, lead_days=0,
            rows=len(rows), events=0, athletes=ATHLETES, trained_from="2023-01-01",
            trained_to="2024-12-31",
        )  # fmt: skip
        save(model, facts, folder / outcome)


def _costs(folder: Path, engine: str, workers: int) -> dict[str, float]:
    before = processor_seconds()
    features_s, features_peak = featurize(
        folder / "tables", folder / "features.parquet", engine, workers
    )
    between = processor_seconds()
    arguments = [str(folder), str(folder / "scores"), engine, str(workers)]
    seconds, peak = watched(CHILD, arguments, folder / "scores.log")
    return {
        "seconds": seconds,
        "cpu_s": processor_seconds() - between,
        "peak_gb": peak,
        "features_s": features_s,
        "features_cpu_s": between - before,
        "features_peak_gb": features_peak,
    }
