"""The places in which a dataset of real people leaves traces."""

from pathlib import Path
from typing import Final

from pipelines.runtime.workspace import Workspace, kept_parses
from pipelines.upkeep.search import Place

EXPORTS: Final = "exports"
CACHED: Final = "DVC's cache, earlier versions too"
NOT_SEARCHED: Final = (
    "not searched, and not claimed to be clean: DVC remotes, backups, git's history, copies on"
    " other computers, forecasts that were printed or sent"
)


def places_of(data: Path, out: Path, project: Path, dataset: str) -> list[Place]:
    """Return every folder and file that may hold a person's data; those that exist."""
    space = Workspace(project, dataset)
    known = [
        Place(data, EXPORTS),
        Place(out, "forecasts and their history"),
        Place(space.tables, "tables"),
        Place(space.features.parent, "features"),
        Place(space.scores, "scores of the pipeline"),
        Place(project / "artifacts" / "models" / dataset, "models, with their training rows"),
        Place(project / "artifacts" / "champion" / dataset, "promoted models"),
        Place(project / "reports", "reports"),
        Place(project / ".dvc" / "cache", CACHED),
        Place(project / "mlartifacts", "MLflow's files"),
        Place(project / "mlruns", "MLflow's files"),
        Place(project / "mlflow.db", "MLflow's database"),
    ]
    return [one for one in known if one.folder.exists()]


def cache_of(project: Path, dataset: str) -> Path:
    """Return the dataset's cache of parsed files; it is encrypted, so it is removed as a whole."""
    return kept_parses(project) / dataset
