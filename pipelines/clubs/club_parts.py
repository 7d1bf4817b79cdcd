"""Ingest by club: each one's files, people, clocks and scales are its own, and so is its memory.

Who is who, on which clock a list was kept and what a scale means are decided from all the files
of a club, and from no other club's. A folder of clubs is therefore read club by club, under any
engine; in memory is one club of each process.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from common.contracts import CONTRACTS, conform
from common.errors import StridecastError
from common.store import write_json
from common.table_files import write_table_parts
from ingest.dataset.file_names import why_ignored
from ingest.dataset.settings import FILE_NAME, load_config
from ingest.people.key_fingerprint import check_key, write_fingerprint
from ingest.reading.files import data_files
from ingest.run import ingested
from pipelines.clubs.club_join import REPORT, join_clubs
from pipelines.runtime.engine import Place
from pipelines.runtime.kept_parts import (
    folder_of_parts,
    name_of_inputs,
    put_in_place,
    run_missing,
)

_CODE: Final = ("common", "ingest", "pipelines/clubs", "extensions/readers")


@dataclass(frozen=True)
class ClubPart:
    """A club that is read at once.

    Parameters
    ----------
    folder, payload : pathlib.Path
        Where its `dataset.yaml` and where its files lie.
    out : pathlib.Path
        Folder of its tables and its report.
    cache : pathlib.Path or None
        Where parsed files are kept from run to run.
    """

    folder: Path
    payload: Path
    out: Path
    cache: Path | None

    @property
    def name(self) -> str:
        """The club, as a message tells it."""
        return f"club {self.folder.name}"


def write_clubs(
    folders: tuple[Path, Path], tables: Path, place: Place, root: Path, cache: Path | None
) -> dict[str, object]:
    """Write the tables of a folder of clubs, the same under every engine; return the report.

    Parameters
    ----------
    folders : pair of pathlib.Path
        With the settings and with the files of the clubs, one folder each.
    tables : pathlib.Path
        Folder of the tables.
    place, root
        As for :func:`pipelines.stage_parts.feature_parts.write_features`.
    cache : pathlib.Path or None
        Where parsed files are kept.

    Raises
    ------
    StridecastError
        If there is no club, two bear one name, or clubs failed; the others are kept, and a rerun
        reads those alone.
    """
    with folder_of_parts(root, "clubs") as folder:
        parts = _parts(folders, folder, root, cache)
        run_missing(ingest_club, parts, place, "tables")
        return join_clubs([(part.folder.name, part.out) for part in parts], tables)


def check_keys(clubs: Path, keys: Path) -> None:
    """Raise :class:`StridecastError` if a club's codes were made with another key."""
    for folder in _clubs(clubs):
        config = load_config(folder)
        check_key(keys / config.name, config)


def write_fingerprints(clubs: Path, keys: Path) -> None:
    """Keep with which key the codes of each club were made."""
    for folder in _clubs(clubs):
        config = load_config(folder)
        write_fingerprint(keys / config.name, config)


def ingest_club(part: ClubPart) -> None:
    """Read one club and write its tables and its report; what every engine calls."""
    # One worker, because the engine reads clubs side by side already.
    folder = part.out.with_name(f".{part.out.name}.part")
    shutil.rmtree(folder, ignore_errors=True)
    with ingested(part.folder, payload=part.payload, cache=part.cache, workers=1) as result:
        tables, club = result.club.tables, part.folder.name
        write_table_parts(
            folder, lambda name: (of_club(name, rows, club) for rows in tables.rows(name))
        )
        write_json(folder / REPORT, result.report)
    put_in_place(folder, part.out)


def of_club(name: str, table: pd.DataFrame, club: str) -> pd.DataFrame:
    """Return rows of a table whose teams and sources bear the name of the club."""
    rows = _named_sources(name, table, club)
    if name == "athletes":
        # Two clubs may both have "Juniors", whose medians must not be mixed.
        team = rows["team"].astype("str")
        rows = rows.assign(team=(club + " " + team).fillna(club))
    return conform(name, rows)


def _named_sources(name: str, table: pd.DataFrame, club: str) -> pd.DataFrame:
    """Put the club before the names of files; the records of a merged session name several."""
    named = {}
    for column in ("source", "merged_from"):
        # A column with a fixed vocabulary holds words, and no names of files.
        if column in table and not CONTRACTS[name].columns[column].choices:
            files = table[column].astype("str").str.replace(";", f";{club}/", regex=False)
            named[column] = f"{club}/" + files
    return table.assign(**named)


def _parts(
    folders: tuple[Path, Path], parts_folder: Path, root: Path, cache: Path | None
) -> list[ClubPart]:
    settings, payload = folders
    clubs = _clubs(settings)
    _refuse_strays(payload, clubs)
    names = [load_config(club).name for club in clubs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise StridecastError(
            f"{settings}: {len(twice)} names of clubs stand in several {FILE_NAME},"
            f" {twice[0]!r} among them: two athletes of one number would be one",
            "give each club a name of its own",
        )
    code = name_of_inputs([], [root / name for name in _CODE], "")
    return [
        ClubPart(club, payload / club.name, parts_folder / _name(club, payload, code), cache)
        for club in clubs
    ]


def _refuse_strays(payload: Path, clubs: Sequence[Path]) -> None:
    """Refuse files that lie in the folder of no club: they would be read by nobody."""
    known = {club.name for club in clubs}
    strays = [
        path.relative_to(payload)
        for path in data_files(payload)
        if path.relative_to(payload).parts[0] not in known and not why_ignored(path)
    ]
    if strays:
        raise StridecastError(
            f"{payload}: {len(strays)} files lie in no club's folder, {strays[0]} among them",
            f"move them to a club, or give their folder a {FILE_NAME}",
        )


def _name(club: Path, payload: Path, code: str) -> str:
    files = [path for place in {club, payload / club.name} for path in place.rglob("*")]
    return f"{club.name}-{name_of_inputs([path for path in files if path.is_file()], [], code)}"


def _clubs(settings: Path) -> Sequence[Path]:
    clubs = sorted(path.parent for path in settings.glob(f"*/{FILE_NAME}"))
    if not clubs:
        raise StridecastError(
            f"{settings}: `clubs: true`, and no folder in it has a {FILE_NAME}",
            "give each club a folder with its exports and `stridecast data init` it",
        )
    return clubs
