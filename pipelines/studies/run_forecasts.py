"""Row-level forecasts of a run, wherever it is: a folder, an experiment, a commit, an MLflow run.

They hold athletes (pseudonyms) and weeks, so MLflow has only their digest; the rows themselves lie
in the workspace and in DVC's cache, which names files by that very digest.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from common.errors import StridecastError
from common.untyped import Untyped
from models.settings.outcomes import REGIONS_BY_OUTCOME
from pipelines.runtime.dvc_repository import repository
from pipelines.studies.mlflow_forecasts import FILE, find_in_mlflow, is_run_id, within

_EVALUATIONS: Final = Path("reports") / "evaluation"


class LacksOutcomeError(StridecastError):
    """A run is known and was not run for the outcome."""


@dataclass(frozen=True)
class KeptRun:
    """A run whose forecasts may be read.

    Parameters
    ----------
    name : str
        As the user wrote it.
    outcomes : tuple of str
        What it was run for; empty if that is not told (a file that lies anywhere).
    read : callable
        Outcome -> row-level forecasts; raises StridecastError if they are no longer kept.
    """

    name: str
    outcomes: tuple[str, ...]
    read: Callable[[str], pd.DataFrame]

    def forecasts(self, outcome: str) -> pd.DataFrame:
        """Return the run's forecasts of its test rows.

        Raises
        ------
        LacksOutcomeError
            If it was not run for the outcome.
        StridecastError
            If its forecasts are no longer kept.
        """
        if self.outcomes and outcome not in self.outcomes:
            raise LacksOutcomeError(
                f"{self.name}: was run for {' and '.join(self.outcomes)}, not for {outcome!r}",
                f"pass --outcome {self.outcomes[0]}",
            )
        return self.read(outcome)


def find_run(run: str, project: Path) -> KeptRun:
    """Return a run by its name.

    Parameters
    ----------
    run : str
        A folder (that of a project, of an evaluation, or the file itself), the name of a DVC
        experiment, a git commit, branch or tag, or an MLflow run: its name, its id, or the first
        digits of its id.
    project : pathlib.Path
        Folder of the project.

    Raises
    ------
    StridecastError
        If nothing of that name is known, or several MLflow runs are.
    """
    # Folders first: DVC and MLflow take seconds to open.
    kept_run = _in_folder(run)
    # A whole MLflow id is no revision, so that DVC need not be asked.
    if kept_run is None and not is_run_id(run):
        kept_run = _at_revision(run, project)
    if kept_run is not None:
        return kept_run
    logged = find_in_mlflow(run, project)
    if logged:
        return KeptRun(run, tuple(logged), lambda outcome: logged[outcome]())
    raise StridecastError(
        f"{run!r} is no folder, no DVC experiment, no git commit and no MLflow run",
        "`dvc exp show` and `make ui` list what there is",
    )


def _in_folder(run: str) -> KeptRun | None:
    place = Path(run)
    for path in (place, place / FILE):
        if path.is_file():
            name = path.resolve().parent.name
            # An evaluation's folder is called by its outcome; that of a copied file may be
            # anything.
            known = (name,) if name in REGIONS_BY_OUTCOME else ()
            return KeptRun(run, known, partial(_from_file, path))
    for parent in (place, place / _EVALUATIONS):
        names = [path.parent.name for path in sorted(parent.glob(f"*/{FILE}"))]
        if names:
            return KeptRun(run, tuple(names), partial(_from_folder, parent))
    if place.is_dir():
        raise StridecastError(
            f"{place}: holds no {FILE}", f"name a folder with {within('any')}, or a run"
        )
    return None


def _from_file(path: Path, _: str) -> pd.DataFrame:
    return pd.read_parquet(path)


def _from_folder(parent: Path, outcome: str) -> pd.DataFrame:
    return pd.read_parquet(parent / outcome / FILE)


def _at_revision(name: str, project: Path) -> KeptRun | None:
    """Find an experiment or a commit; its files are read from DVC's cache or its remote."""
    # DVC takes seconds to import, and a folder needs nothing of it.
    from dvc.repo import Repo
    from dvc.scm import RevError

    root = repository(project).root_dir
    try:
        with Repo.open(root, rev=name) as repo:
            outcomes = _outcomes(repo, name)
    # No revision is called so: MLflow may still know the name.
    except RevError:
        return None
    if not outcomes:
        raise StridecastError(
            f"{name}: has no kept forecasts", "name a commit or an experiment of this pipeline"
        )
    return KeptRun(name, outcomes, partial(_from_revision, root, name))


def _outcomes(repo: Untyped, name: str) -> tuple[str, ...]:
    """Return the outcomes that the revision's pipeline evaluated.

    Raises
    ------
    StridecastError
        If the list of its files is no longer kept.
    """
    places = [Path(out.fs_path) for out in repo.index.outs]
    if any(place.parts[-2:] == _EVALUATIONS.parts for place in places):
        with _kept_here(name, "forecasts"):
            folders = repo.dvcfs.ls(_EVALUATIONS.as_posix(), detail=False)
        return tuple(sorted(Path(folder).name for folder in folders))
    # Older revisions have an output for each outcome.
    return tuple(place.name for place in places if place.parent.parts[-2:] == _EVALUATIONS.parts)


def _from_revision(root: str, name: str, outcome: str) -> pd.DataFrame:
    from dvc.repo import Repo

    with (
        _kept_here(name, f"forecasts of {outcome!r}"),
        Repo.open(root, rev=name) as repo,
        repo.dvcfs.open(within(outcome).as_posix(), "rb") as file,
    ):
        return pd.read_parquet(io.BytesIO(file.read()))


@contextmanager
def _kept_here(name: str, files: str) -> Iterator[None]:
    """Say in one line that a revision's files lie neither in the cache nor in a remote."""
    from dvc.exceptions import DvcException
    from dvc_data.index import DataIndexError

    try:
        yield
    except (DvcException, DataIndexError, OSError) as error:
        raise StridecastError(
            f"{name}: its {files} are not kept on this machine",
            "run `dvc pull` or `dvc exp pull`, or repeat the experiment",
        ) from error
