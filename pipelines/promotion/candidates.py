"""A model that may be promoted: its folder, its files, its forecasts of the test rows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.frame_files import read_frame
from common.store import read_json
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from models.comparators.own_estimators import own_estimators
from models.estimators.own import writes_itself
from models.store.artifact import Model, load_any
from models.store.model_facts import FACTS_FILE, ModelFacts
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import (
    AUDITS_FILE,
    FEATURE_SETTINGS_FILE,
    NOT_FITTED_FILE,
    Workspace,
)
from pipelines.weekly.models_in_use import read_settings

CANDIDATES: Final = ("risk", "additive", "recalibrated")
"""Models of ours that may be promoted; beside them, your own estimators by their names."""
OUT_OF_FOLD_FILE: Final = "out_of_fold.parquet"
_SHARED: Final = (FEATURE_SETTINGS_FILE, AUDITS_FILE, "sample_size.json", "split.json")
# Out-of-fold forecasts have a row for each athlete and week; a champion may be copied anywhere.
_PRIVATE: Final = (".parquet",)

Matrix = Callable[[FeatureSettings], pd.DataFrame]


@dataclass(frozen=True)
class Candidate:
    """A finished model with what its gates need.

    Parameters
    ----------
    name : str
        One of :data:`CANDIDATES`, an estimator of your own, or ``champion``.
    folder : pathlib.Path
        Where its files lie.
    model : Model
        The model.
    facts : ModelFacts
        What is known of it.
    features : FeatureSettings
        What its features are made with.
    home : pathlib.Path, optional
        Folder of the main model of its outcome, where what all models of the outcome share lies,
        if it is not the one above.
    """

    name: str
    folder: Path
    model: Model
    facts: ModelFacts
    features: FeatureSettings
    home: Path | None = None

    def probability(self, rows: pd.DataFrame, matrix: Matrix) -> Floats:
        """Return the forecasts of some rows (athlete, date), on the model's own features."""
        keys = rows[["athlete", "date"]]
        # A left join keeps the order of the rows: forecasts are compared by their place.
        own = keys.merge(matrix(self.features), on=["athlete", "date"], how="left", validate="1:1")
        return self.model.predict_proba(own[self.facts.features])[:, 1]

    def out_of_fold(self) -> pd.DataFrame | None:
        """Return its forecasts of the rows it learnt from by models that had not seen them."""
        path = self.folder / OUT_OF_FOLD_FILE
        return read_frame(path) if path.exists() else None

    def audits(self) -> dict[str, Any] | None:
        """Return what the audits said of the data it learnt from."""
        path = self._beside(AUDITS_FILE)
        return None if path is None else read_json(path)

    def files(self) -> dict[str, bytes]:
        """Return the files to export, by name; none of them holds a row of a person."""
        paths = {p.name: p for p in self.folder.iterdir() if p.is_file()}
        paths |= {n: p for n in _SHARED if (p := self._beside(n)) is not None}
        return {n: p.read_bytes() for n, p in paths.items() if p.suffix not in _PRIVATE}

    def _beside(self, name: str) -> Path | None:
        return _beside(self.folder, name, self.home)


def candidate(workspace: Workspace, outcome: str, name: str) -> Candidate:
    """Return a model that waits for its gates.

    Raises
    ------
    StridecastError
        If there is none.
    """
    folders = {
        "risk": workspace.model(outcome),
        "additive": workspace.additive(outcome),
        "recalibrated": workspace.recalibrated(outcome),
    }
    folder = folders.get(name) or workspace.own(outcome) / name
    if not (folder / FACTS_FILE).exists():
        if name not in folders:
            raise _no_own_model(workspace, outcome, name)
        remedy = "stridecast recalibrate" if name == "recalibrated" else "dvc repro"
        raise StridecastError(
            f"{folder}: no {name} model of {workspace.dataset} for {outcome} there",
            f"run `{remedy}` first; with too few injuries no model is fitted",
        )
    return read_candidate(folder, name, None if name in folders else workspace.model(outcome))


def _no_own_model(workspace: Workspace, outcome: str, name: str) -> StridecastError:
    """Say in one line why an estimator of one's own cannot be promoted."""
    refusal = f"the estimator {name!r} cannot be promoted for {outcome}"
    # A champion is a folder of files: what cannot write itself cannot lie there.
    if not writes_itself(own_estimators()[name]):
        return StridecastError(
            f"{refusal}: it cannot write itself",
            "give it to_text and from_text (docs/extending.md), run `dvc repro` again",
        )
    path = workspace.own(outcome) / NOT_FITTED_FILE
    failed = pd.read_csv(path, index_col="model")["reason"].to_dict() if path.exists() else {}
    reason = failed.get(name)
    if reason is None:
        return StridecastError(
            f"{refusal}: it was not fitted yet",
            "run `dvc repro` first; with too few injuries no model is fitted",
        )
    return StridecastError(f"{refusal}: {reason}", "mend it, run `dvc repro` again")


def read_candidate(folder: Path, name: str, home: Path | None = None) -> Candidate:
    """Return the model in a folder; `home` as in :class:`Candidate`."""
    model, facts = load_any(folder)
    settings = _beside(folder, FEATURE_SETTINGS_FILE)
    features = read_settings(folder if settings is None else settings.parent)
    return Candidate(name, folder, model, facts, features or FeatureSettings(), home)


def matrix_of(workspace: Workspace, params: Params) -> Matrix:
    """Return a function from settings to feature rows: the stage's own, or made anew and kept."""
    made: dict[str, pd.DataFrame] = {}

    def matrix(settings: FeatureSettings) -> pd.DataFrame:
        key = settings.model_dump_json()
        if key not in made:
            # Only these settings are those of the feature stage, whose rows lie there already.
            stored = settings == params.features and workspace.dataset == params.dataset
            made[key] = (
                read_frame(workspace.features)
                if stored
                else feature_matrix(read_tables(workspace.tables), settings)
            )
        return made[key]

    return matrix


def _beside(folder: Path, name: str, home: Path | None = None) -> Path | None:
    """Return a file of the model's folder, or of the one above (the additive model's)."""
    places = (folder / name, (home or folder.parent) / name)
    return next((path for path in places if path.exists()), None)
