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


def club_tables(seed: int, weeks: int = WEEKS) -> dict[str, pd.DataFrame]:
    """Return the tables of a simulated club, read from the files of its devices and clinics."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        cohort = simulate(SimulationSettings(athletes=ATHLETES, weeks=weeks, seed=seed))
        write_cohort(cohort, folder / "raw", folder / "truth")
        return dict(ingest(folder / "raw").tables)


def write_copies(tables: dict[str, pd.DataFrame], days: int, folder: Path) -> tuple[int, int]:
    """Write the tables of at least `days` athlete-days; return the days and the athletes.

    Each copy of the club has athletes of its own, whose names begin with the copy's number, so that
    the files stand in the order of athletes, as ingest writes them. One copy is in memory.
    """
    each = days_of(tables)
    copies = -(-days // each)
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        copies_of(table, copies, folder / f"{name}.parquet")
    return copies * each, copies * len(tables["athletes"])


def days_of(tables: dict[str, pd.DataFrame]) -> int:
    """Return the athlete-days under observation."""
    people = tables["athletes"]
    return int(((people["observed_to"] - people["observed_from"]).dt.days + 1).sum())


def _named(table: pd.DataFrame, copies: int) -> Iterator[pd.DataFrame]:
    for copy in range(copies):
        # With leading zeros: as text c10 comes before c2, and files are read in the order of names.
        prefix = f"c{copy:06d}-"
        yield table.assign(athlete=(prefix + table["athlete"]).astype("str"))


def copies_of(table: pd.DataFrame, copies: int, path: Path) -> None:
    """Write a table of a club as often as asked, each time under other names."""
    with TemporaryDirectory(dir=path.parent) as place:
        files = []
        for number, part in enumerate(_named(table, copies)):
            files.append(Path(place) / f"{number}.parquet")
            write_frame(files[-1], part)
        join_frames(files, path)
