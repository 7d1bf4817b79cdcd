"""Find a dataset: its settings in the project, its files there or in a shared folder."""

import os
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from ingest.dataset.file_names import why_ignored
from ingest.dataset.settings import FILE_NAME

SHARED_VARIABLE: Final = "STRIDECAST_SHARED"
ROOT_VARIABLE: Final = "DVC_ROOT"
_SOURCES: Final = {
    "pmdata": "PMData (Thambawita et al. 2020, Simula; CC BY 4.0, https://datasets.simula.no/pmdata)",
}


def locate_raw(dataset: str, root: Path) -> tuple[Path, Path]:
    """Return where the settings and where the files of a dataset lie.

    The files may lie beside `data/raw/<dataset>/dataset.yaml` or, for data that everyone on a
    machine shares, in `$STRIDECAST_SHARED/data/<dataset>` (by default `../shared` beside the
    project). A queued experiment runs in a copy; `DVC_ROOT` then names the original project.

    Parameters
    ----------
    dataset : str
        Name of the dataset.
    root : pathlib.Path
        Root of the project.

    Returns
    -------
    config_folder, payload_folder : pathlib.Path

    Raises
    ------
    StridecastError
        If there is no such dataset, or its files are in neither place.
    """
    folder = root / "data" / "raw" / dataset
    if not (folder / FILE_NAME).is_file():
        raise StridecastError(
            f"dataset {dataset!r}: {folder / FILE_NAME} not found; known here: {_known(root)}",
            "make the folder with a dataset.yaml (data/README.md shows one) or correct the name",
        )
    for place in (folder, shared_folder(root) / "data" / dataset):
        if _has_data(place):
            return folder, place
    raise StridecastError(
        f"dataset {dataset!r}: no data files in {folder} nor in"
        f" {shared_folder(root) / 'data' / dataset}",
        _remedy(dataset, folder),
    )


def shared_folder(root: Path) -> Path:
    """Return the folder of shared data: `$STRIDECAST_SHARED`, else `../shared`."""
    named = os.environ.get(SHARED_VARIABLE)
    if named:
        return Path(named)
    return project_root(root).parent / "shared"


def project_root(root: Path) -> Path:
    """Return the original project, also in a queued experiment, which runs in a copy."""
    return Path(os.environ.get(ROOT_VARIABLE) or root).resolve()


def _has_data(place: Path) -> bool:
    files = (path for path in place.rglob("*") if path.is_file())
    # The settings themselves are a file, but no data.
    return any(not why_ignored(path) for path in files)


def _known(root: Path) -> str:
    names = sorted(path.parent.name for path in (root / "data" / "raw").glob(f"*/{FILE_NAME}"))
    return ", ".join(names) or "none"


def _remedy(dataset: str, folder: Path) -> str:
    if dataset in _SOURCES:
        return (
            f"download {_SOURCES[dataset]} and unpack it into {folder},"
            f" or point ${SHARED_VARIABLE} to a folder that holds data/{dataset}"
        )
    return f"copy the exports into {folder}"
