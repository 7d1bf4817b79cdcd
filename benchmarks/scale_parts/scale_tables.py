"""Tables of cohorts of any size: a simulated club repeated under new names, written by copies."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd

from common.frame_files import write_frame
from ingest.run import ingest
from pipelines.stage_parts.feature_parts import join_frames
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

ATHLETES: Final = 100
WEEKS: Final = 104


def club_tables(seed: int) -> dict[str, pd.DataFrame]:
    """Return the tables of a simulated club, read from the files of its devices and clinics."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        cohort = simulate(SimulationSettings(athletes=ATHLETES, weeks=WEEKS, seed=seed))
        write_cohort(cohort, folder / "raw", folder / "truth")
        return dict(ingest(folder / "raw").tables)


def write_copies(tables: dict[str, pd.DataFrame], days: int, folder: Path) -> tuple[int, int]:
    """Write the tables of at least `days` athlete-days; return the days and the athletes.

    Each copy of the club has athletes of its own, whose names begin with the copy's number, so that
    the files stand in the order of athletes, as ingest writes them. One copy is in memory.
    """
    people = tables["athletes"]
    each = int(((people["observed_to"] - people["observed_from"]).dt.days + 1).sum())
    copies = -(-days // each)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        _write(folder / f"{name}.parquet", _named(table, copies))
    return copies * each, copies * len(people)


def _named(table: pd.DataFrame, copies: int) -> Iterator[pd.DataFrame]:
    for copy in range(copies):
        prefix = f"c{copy:06d}-"
        yield table.assign(athlete=(prefix + table["athlete"]).astype("str"))


def _write(path: Path, parts: Iterator[pd.DataFrame]) -> None:
    with TemporaryDirectory(dir=path.parent) as place:
        files = []
        for number, part in enumerate(parts):
            files.append(Path(place) / f"{number}.parquet")
            write_frame(files[-1], part)
        join_frames(files, path)
