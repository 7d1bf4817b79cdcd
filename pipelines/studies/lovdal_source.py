"""Where the benchmark on Loevdal 2021 gets its rows from: the published files, or made-up ones."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from common.errors import StridecastError
from ingest.dataset.find import shared_folder
from ingest.readers.datasets.lovdal_layout import LAYOUTS
from ingest.readers.datasets.lovdal_rows import load_lovdal
from pipelines.studies.lovdal_simulated import LovdalSettings, lovdal_cohort


class LovdalFile(NamedTuple):
    """Rows of one file, and on made-up files the true log-hazard of each row's day."""

    rows: pd.DataFrame
    log_hazard: pd.Series | None = None


def published_files(folder: Path | None = None) -> dict[str, LovdalFile]:
    """Return the published files by kind, checksums verified.

    Parameters
    ----------
    folder : Path, optional
        Where they lie; None looks in data/raw/lovdal2021 and in the shared data folder.

    Raises
    ------
    StridecastError
        If a file is missing, or is not the published one.
    """
    places = [Path("data/raw"), shared_folder(Path()) / "data"]
    folders = [folder] if folder else [place / "lovdal2021" for place in places]
    names = [layout.file_name for layout in LAYOUTS]
    path = next((folder for folder in folders if all((folder / n).is_file() for n in names)), None)
    if path is None:
        raise StridecastError(
            f"{folders[0]} does not hold {' and '.join(names)}",
            "get them: stridecast data get lovdal2021; or try a made-up cohort: --made-up",
        )
    return {
        layout.kind: LovdalFile(
            load_lovdal((path / layout.file_name).read_bytes(), name=layout.file_name)
        )
        for layout in LAYOUTS
    }


def made_up_files(seed: int = 0, settings: LovdalSettings | None = None) -> dict[str, LovdalFile]:
    """Return a generated cohort in the same layout, through the same loader."""
    chosen = (settings or LovdalSettings()).model_copy(update={"seed": seed})
    cohort = lovdal_cohort(chosen)
    contents = {"day": cohort.day, "week": cohort.week}
    return {
        kind: LovdalFile(
            load_lovdal(content, name=f"made-up {kind} file", verify=False), cohort.hazard[kind]
        )
        for kind, content in contents.items()
    }
