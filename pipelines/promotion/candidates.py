"""A model that may be promoted: its folder, its files, its forecasts of the test rows."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.frame_files import read_frame
from common.store import read_json
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from models.store.artifact import Model, load_any
from models.store.model_facts import FACTS_FILE, ModelFacts
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import AUDITS_FILE, FEATURE_SETTINGS_FILE, Workspace
from pipelines.weekly.models_in_use import read_settings

CandidateName = Literal["risk", "additive", "recalibrated"]
CANDIDATES: Final = get_args(CandidateName)
OUT_OF_FOLD_FILE: Final = "out_of_fold.parquet"
_SHARED: Final = (FEATURE_SETTINGS_FILE, AUDITS_FILE, "sample_size.json", "split.json")
_PRIVATE: Final = (".parquet",)

Matrix = Callable[[FeatureSettings], pd.DataFrame]


@dataclass(frozen=True)
class Candidate:
    """A finished model with what its gates need.

    Parameters
    ----------
    name : str
        One of :data:`CANDIDATES`, or ``champion``.
    folder : pathlib.Path
        Where its files lie.
    model : RiskModel or AdditiveRisk
        The model.
    facts : ModelFacts
        What is known of it.
    features : FeatureSettings
        What its features are made with.
    """

    name: str
    folder: Path
    model: Model
    facts: ModelFacts
    features: FeatureSettings

    def probability(self, rows: pd.DataFrame, matrix: Matrix) -> Floats:
        """Return the forecasts of some rows (athlete, date), on the model's own features."""
        keys = rows[["athlete", "date"]]
        own = keys.merge(matrix(self.features), on=["athlete", "date"], how="left", validate="1:1")
        return self.model.predict_proba(own[self.facts.features])[:, 1]

    def out_of_fold(self) -> pd.DataFrame | None:
        """Return its forecasts of the rows it learnt from by models that had not seen them."""
        path = self.folder / OUT_OF_FOLD_FILE
        return read_frame(path) if path.exists() else None

    def audits(self) -> dict[str, Any] | None:
        """Return what the audits said of the data it learnt from."""
        path = _beside(self.folder, AUDITS_FILE)
        return None if path is None else read_json(path)

    def files(self) -> dict[str, bytes]:
        """Return the files to export, by name; none of them holds a row of a person."""
        found = {p.name: p for p in self.folder.iterdir() if p.is_file()}
        found |= {n: p for n in _SHARED if (p := _beside(self.folder, n)) is not None}
        return {n: p.read_bytes() for n, p in found.items() if p.suffix not in _PRIVATE}


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
    if not (folders[name] / FACTS_FILE).exists():
        remedy = "stridecast recalibrate" if name == "recalibrated" else "dvc repro"
        raise StridecastError(
            f"{folders[name]}: no {name} model of {workspace.dataset} for {outcome} there",
            f"run `{remedy}` first; with too few injuries no model is fitted",
        )
    return read_candidate(folders[name], name)


def read_candidate(folder: Path, name: str) -> Candidate:
    """Return the model in a folder."""
    model, facts = load_any(folder)
    settings = _beside(folder, FEATURE_SETTINGS_FILE)
    features = read_settings(folder if settings is None else settings.parent)
    return Candidate(name, folder, model, facts, features or FeatureSettings())


def matrix_of(workspace: Workspace, params: Params) -> Matrix:
    """Return a function from settings to feature rows: the stage's own, or made anew and kept."""
    made: dict[str, pd.DataFrame] = {}

    def matrix(settings: FeatureSettings) -> pd.DataFrame:
        key = settings.model_dump_json()
        if key not in made:
            stored = settings == params.features and workspace.dataset == params.dataset
            made[key] = (
                read_frame(workspace.features)
                if stored
                else feature_matrix(read_tables(workspace.tables), settings)
            )
        return made[key]

    return matrix


def _beside(folder: Path, name: str) -> Path | None:
    """Return a file of the model's folder, or of the one above (the additive model's)."""
    return next((p for p in (folder / name, folder.parent / name) if p.exists()), None)
