"""Models that were trained with a person: files of this project and runs in MLflow's store."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pandas as pd

from pipelines.upkeep.person import Person, theirs

# Not LIKE, which takes "_" for any character. Nested runs are left out: their parent is named.
_RUNS: Final = """
    select runs.run_uuid, experiments.name from runs
    join experiments on runs.experiment_id = experiments.experiment_id
    where substr(experiments.name, 1, ?) = ? and not exists (
        select 1 from tags where tags.run_uuid = runs.run_uuid and key = 'mlflow.parentRunId')
    order by runs.start_time
"""


def trained_with(project: Path, dataset: str, who: Person) -> list[str]:
    """Return the models that know the person: of those in `artifacts/models` by their rows.

    Of own, promoted, recalibrated and logged models all are named.
    """
    trained = project / "artifacts" / "models" / dataset
    knowing = [
        str(path.parent)
        for path in sorted(trained.rglob("split.parquet"))
        if theirs(pd.read_parquet(path), who).any()
    ]
    others = [
        str(path.parent)
        for kind in ("own", "champion", "recalibrated")
        for path in sorted((project / "artifacts" / kind / dataset).rglob("model.json"))
    ]
    return [*knowing, *others, *_logged(project / "mlflow.db", dataset)]


def _logged(store: Path, dataset: str) -> Iterator[str]:
    """Yield the runs of a club: a run of before somebody came cannot be told from one after."""
    if not store.is_file():
        return
    prefix = f"{dataset}/"
    try:
        with closing(sqlite3.connect(f"file:{store.resolve()}?mode=ro", uri=True)) as database:
            for run, experiment in database.execute(_RUNS, (len(prefix), prefix)):
                yield f"MLflow run {run} of {experiment}"
    except sqlite3.Error as error:
        yield f"MLflow's runs in {store}, which cannot be read ({error})"
