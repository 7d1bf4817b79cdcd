"""The datasets that this project knows: what they are, their licence, where they come from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.dataset.file_names import why_ignored
from ingest.readers.datasets.lovdal_layout import LAYOUTS


@dataclass(frozen=True)
class PublicDataset:
    """One dataset.

    Parameters
    ----------
    name : str
    content : str
        One line.
    licence : str
    size : str
        Of the files that are used.
    source : str
        Citation and address.
    get : str
        How to get it: ``make``, ``download`` or what to do by hand.
    files : tuple of str
        Files by which its presence is told; empty: any data file.
    """

    name: str
    content: str
    licence: str
    size: str
    source: str
    get: str
    files: tuple[str, ...] = ()


DATASETS: Final = (
    PublicDataset(
        "demo",
        "simulated cohort with known risk",
        "Apache-2.0 (this project's)",
        "600 runners x 104 weeks by default",
        "simulation/",
        "make demo",
    ),
    PublicDataset(
        "lovdal2021",
        "training logs and injuries of 74 elite runners, pre-aggregated by day and week",
        "CC0",
        "42,766 + 42,798 rows",
        "Loevdal, den Hartigh, Azzopardi 2021, DataverseNL, doi 10.34894/UWU9PV",
        "stridecast data get lovdal2021",
        tuple(layout.file_name for layout in LAYOUTS),
    ),
    PublicDataset(
        "pmdata",
        "Fitbit activities, session RPE, wellness and injury reports of 16 people, 5 months",
        "CC BY 4.0",
        "783 session and 1,747 wellness answers",
        "Thambawita et al. 2020, Simula, https://datasets.simula.no/pmdata",
        "download by hand from https://datasets.simula.no/pmdata",
    ),
    PublicDataset(
        "rbds",
        "hip strength, shoes and recalled injuries of 28 runners; cross-sectional",
        "CC BY 4.0",
        "336 rows, 28 runners",
        "Fukuchi, Fukuchi, Duarte 2017, PeerJ 5:e3298, doi 10.6084/m9.figshare.4543435",
        "download RBDSinfo.txt by hand from https://doi.org/10.6084/m9.figshare.4543435",
        ("RBDSinfo.txt",),
    ),
    PublicDataset(
        "ric2024",
        "1,832 treadmill runs of 1,402 people with injury joint and type; cross-sectional",
        "CC BY 4.0",
        "1,832 rows",
        "Ferber et al. 2024, Scientific Data",
        "download run_data_meta.csv by hand from the data record of the article",
        ("run_data_meta.csv",),
    ),
)


def place_of(dataset: PublicDataset, folders: list[Path]) -> Path | None:
    """Return the first folder that holds the dataset's files, or None."""
    return next((folder for folder in folders if _holds(folder, dataset.files)), None)


def _holds(folder: Path, files: tuple[str, ...]) -> bool:
    if not folder.is_dir():
        return False
    if files:
        return all((folder / name).is_file() for name in files)
    return any(path.is_file() and not why_ignored(path) for path in folder.rglob("*"))
