"""Row-level forecasts of a run, wherever it is: a folder, an experiment, a commit, an MLflow run.

They hold athletes (pseudonyms) and weeks, so MLflow has only their digest; the rows themselves lie
in the workspace and in DVC's cache, which names files by that very digest.
"""

import hashlib
import io
import os
import re
from pathlib import Path
from typing import Any

import pandas as pd

from ingest.errors import StridecastError
from models.tracking import default_uri, opened

FILE = "predictions.parquet"
_RUN_ID = re.compile(r"[0-9a-f]{32}")
PREDICTIONS_TAG = "predictions_md5"
"""Tag of an MLflow run: MD5 of its forecasts' file, the name of its content in DVC's cache."""


def kept_forecasts(run: str, outcome: str, project: Path) -> pd.DataFrame:
    """Return a run's forecasts of its test rows.

    Parameters
    ----------
    run : str
        A folder (that of a project, of an evaluation, or the file itself), the name of a DVC
        experiment, a git commit, branch or tag, or the id of an MLflow run.
    outcome : str
        ``any`` or ``knee``.
    project : pathlib.Path
        Folder of the project.

    Raises
    ------
    StridecastError
        If nothing of that name is known, or its forecasts are no longer kept.
    """
    found = _of_folder(Path(run), outcome)
    if found is not None:
        return found
    if _RUN_ID.fullmatch(run):
        return _of_mlflow(run, outcome, project)
    return _of_revision(run, outcome, project)


def content_md5(path: Path) -> str:
    """Return the digest under which DVC keeps a file."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _within(outcome: str) -> Path:
    return Path("reports") / "evaluation" / outcome / FILE


def _of_folder(place: Path, outcome: str) -> pd.DataFrame | None:
    for path in (place, place / FILE, place / outcome / FILE, place / _within(outcome)):
        if path.is_file():
            return pd.read_parquet(path)
    if place.is_dir():
        raise StridecastError(
            f"{place}: holds no {FILE}", f"name a folder with {_within(outcome)}, or a run"
        )
    return None


def _of_mlflow(run: str, outcome: str, project: Path) -> pd.DataFrame:
    with opened(default_uri(project)) as client:
        found = client.get_run(run)
        tags = found.data.tags
        experiment = client.get_experiment(found.info.experiment_id).name
    if not experiment.endswith(f"/{outcome}"):
        raise StridecastError(
            f"MLflow run {run} is of {experiment}, not of {outcome!r}",
            f"pass --outcome {experiment.rpartition('/')[2]}",
        )
    if PREDICTIONS_TAG not in tags:
        raise StridecastError(
            f"MLflow run {run} has no tag {PREDICTIONS_TAG}",
            "name the run of an experiment, not a nested one",
        )
    return _of_digest(tags[PREDICTIONS_TAG], run, outcome, project)


def _of_digest(md5: str, run: str, outcome: str, project: Path) -> pd.DataFrame:
    here = project / _within(outcome)
    if here.is_file() and content_md5(here) == md5:
        return pd.read_parquet(here)
    cached = Path(_repository(project).cache.local.oid_to_path(md5))
    if cached.is_file():
        return pd.read_parquet(cached)
    raise StridecastError(
        f"MLflow run {run}: its forecasts are no longer kept on this machine ({md5[:12]})",
        "run `dvc pull` or `dvc exp pull`, or repeat the experiment",
    )


def _of_revision(name: str, outcome: str, project: Path) -> pd.DataFrame:
    """Read from DVC's cache, or its remote, what an experiment or a commit put there."""
    from dvc.exceptions import DvcException  # noqa: PLC0415 - half a second
    from dvc.repo import Repo  # noqa: PLC0415
    from dvc.scm import RevError  # noqa: PLC0415
    from dvc_data.index import DataIndexError  # noqa: PLC0415

    root = _repository(project).root_dir
    try:
        with (
            Repo.open(root, rev=name) as repo,
            repo.dvcfs.open(_within(outcome).as_posix(), "rb") as one,
        ):
            return pd.read_parquet(io.BytesIO(one.read()))
    except RevError:
        raise StridecastError(
            f"{name!r} is no folder, no MLflow run, no DVC experiment and no git commit",
            "`dvc exp show` and `mlflow ui` list what there is",
        ) from None
    except (DvcException, DataIndexError, OSError) as error:
        raise StridecastError(
            f"{name}: has no kept forecasts of {outcome!r}",
            "run `dvc exp pull` or repeat the experiment",
        ) from error


def _repository(project: Path) -> Any:  # noqa: ANN401 - DVC has no types
    os.environ.setdefault("DVC_NO_ANALYTICS", "1")
    from dvc.exceptions import NotDvcRepoError  # noqa: PLC0415 - half a second
    from dvc.repo import Repo  # noqa: PLC0415

    try:
        return Repo(os.fspath(project))
    except NotDvcRepoError:
        raise StridecastError(
            f"{project.resolve()}: not a DVC project",
            "run from the project's root or pass --project",
        ) from None
