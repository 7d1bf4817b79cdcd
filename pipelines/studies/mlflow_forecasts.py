"""Forecasts of MLflow runs: the run has their digest, DVC's cache or the workspace the rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from common.errors import StridecastError
from models.store.tracking import KIND_TAG, default_uri, opened
from pipelines.runtime.dvc_repository import repository
from pipelines.runtime.params import load_params
from pipelines.runtime.provenance import PREDICTIONS_TAG, content_md5

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run

FILE: Final = "predictions.parquet"
_RUN_ID: Final = re.compile(r"[0-9a-f]{32}")
_SHORT_ID: Final = re.compile(r"[0-9a-f]{6,31}")
_MOST: Final = 5
"""Runs that an error names."""


def is_run_id(name: str) -> bool:
    """Tell whether a name has the form of a whole MLflow id."""
    return bool(_RUN_ID.fullmatch(name))


def within(outcome: str) -> Path:
    """Return where a project keeps the forecasts of an outcome."""
    return Path("reports") / "evaluation" / outcome / FILE


def find_in_mlflow(name: str, project: Path) -> dict[str, Callable[[], pd.DataFrame]]:
    """Return, by outcome, what reads the forecasts of the runs of that name or id.

    A run is of one outcome; the runs of one experiment share their name across outcomes. Names and
    short ids are looked up among the runs of the dataset that `params.yaml` names.

    Raises
    ------
    StridecastError
        If the store cannot be read, the name fits several runs of an outcome, or the run is a
        nested one.
    """
    with opened(default_uri(project)) as client:
        runs = _by_id(client, name) if is_run_id(name) else _by_name(client, name, project)
    readers: dict[str, Callable[[], pd.DataFrame]] = {}
    for outcome, fitting in runs.items():
        # To take the latest would compare with a run that nobody named.
        if len(fitting) > 1:
            ids = ", ".join(run.info.run_id[:8] for run in fitting[:_MOST])
            raise StridecastError(
                f"{name!r} fits {len(fitting)} MLflow runs of {outcome!r}", f"name one: {ids}"
            )
        tags = fitting[0].data.tags
        if PREDICTIONS_TAG not in tags:
            raise StridecastError(
                f"MLflow run {name} has no tag {PREDICTIONS_TAG}",
                "name the run of an experiment, not a nested one",
            )
        readers[outcome] = partial(_of_digest, tags[PREDICTIONS_TAG], name, outcome, project)
    return readers


def _by_id(client: MlflowClient, run: str) -> dict[str, list[Run]]:
    mlflow_run = client.get_run(run)
    experiment = client.get_experiment(mlflow_run.info.experiment_id).name
    return {experiment.rpartition("/")[2]: [mlflow_run]}


def _by_name(client: MlflowClient, name: str, project: Path) -> dict[str, list[Run]]:
    dataset = load_params(project / "params.yaml").dataset
    by_outcome: dict[str, list[Run]] = {}
    for experiment in client.search_experiments():
        # One store serves many datasets, and names of runs repeat between them.
        if experiment.name.rpartition("/")[0] != dataset:
            continue
        runs = client.search_runs(
            [experiment.experiment_id], f"tags.`{KIND_TAG}` = 'experiment'", max_results=10_000
        )
        fitting = [run for run in runs if _fits(run, name)]
        if fitting:
            by_outcome[experiment.name.rpartition("/")[2]] = fitting
    return by_outcome


def _fits(run: Run, name: str) -> bool:
    if run.info.run_name == name:
        return True
    return bool(_SHORT_ID.fullmatch(name)) and str(run.info.run_id).startswith(name)


def _of_digest(md5: str, run: str, outcome: str, project: Path) -> pd.DataFrame:
    here = project / within(outcome)
    # Compared by content, because the workspace may hold a later run's file by now.
    if here.is_file() and content_md5(here) == md5:
        return pd.read_parquet(here)
    # DVC keeps each content once, under its digest: an old run's rows are there after new ones.
    cached = Path(repository(project).cache.local.oid_to_path(md5))
    if cached.is_file():
        return pd.read_parquet(cached)
    raise StridecastError(
        f"MLflow run {run}: its forecasts are no longer kept on this machine ({md5[:12]})",
        "run `dvc pull` or `dvc exp pull`, or repeat the experiment",
    )
