"""The places in which a dataset of real people leaves traces."""

from pathlib import Path
from typing import Final

from common.language import N_
from ingest.dataset.settings import FILE_NAME, load_config
from pipelines.runtime.kept_parts import kept_folders
from pipelines.runtime.workspace import Workspace, kept_parses
from pipelines.upkeep.search import Place

EXPORTS: Final = N_("exports")
CACHED: Final = N_("DVC's cache, earlier versions too")
NOT_SEARCHED: Final = N_(
    "not searched, so the person may still be named there: pictures and PDF files, DVC remotes, "
    "backups, git's history, copies on other computers, forecasts that were printed or sent"
)


def datasets_with(data: Path, dataset: str) -> list[str]:
    """Return the datasets that the people of a club stand in.

    Parameters
    ----------
    data : pathlib.Path
        Folder of the club's exports.
    dataset : str
        Its own name.

    Returns
    -------
    list of str
        That name, and those of the folder of clubs that the club lies in, if it lies in one.
    """
    around = data.resolve().parent
    if not (around / FILE_NAME).is_file():
        return [dataset]
    config = load_config(around)
    names = (dataset, around.name, config.name) if config.clubs else (dataset,)
    # Each once and in this order: the folder and the settings may bear one name.
    return list(dict.fromkeys(names))


def places_of(data: Path, out: Path, project: Path, dataset: str) -> list[Place]:
    """Return every folder and file that may hold a person's data; those that exist."""
    known = [
        Place(data, EXPORTS),
        Place(out, N_("forecasts and their history")),
        *(place for name in datasets_with(data, dataset) for place in _of_dataset(project, name)),
        Place(project / "reports", N_("reports")),
        *(Place(folder, N_("parts of a run that broke off")) for folder in kept_folders(project)),
        Place(project / ".dvc" / "cache", CACHED),
        Place(project / "mlartifacts", N_("MLflow's files")),
        Place(project / "mlruns", N_("MLflow's files")),
        Place(project / "mlflow.db", N_("MLflow's database")),
    ]
    # A place that does not exist would make the report longer and nobody wiser.
    return [place for place in known if place.folder.exists()]


def _of_dataset(project: Path, dataset: str) -> list[Place]:
    space = Workspace(project, dataset)
    return [
        Place(space.tables, N_("tables")),
        Place(space.features.parent, N_("features")),
        Place(space.scores, N_("scores of the pipeline")),
        *(
            Place(project / "artifacts" / kind / dataset, N_("models, with their training rows"))
            for kind in ("models", "comparators", "nested", "own", "recalibrated")
        ),
        Place(project / "artifacts" / "champion" / dataset, N_("promoted models")),
    ]


def cache_of(project: Path, dataset: str) -> Path:
    """Return the dataset's cache of parsed files; it is encrypted, so it is removed as a whole."""
    return kept_parses(project) / dataset
