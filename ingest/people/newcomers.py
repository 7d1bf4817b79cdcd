"""Who has exports in a team's folder but no line in its roster."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from ingest.dataset.file_names import begins_with, folders_of, plain_name, stem_of
from ingest.dataset.settings import load_config
from ingest.people.names_in_sheets import STRANGER, read_as_anyones, wide_settings
from ingest.people.roster_proposal import LISTS, ROSTER, propose_athletes
from ingest.quality.inspection import summed_up, survey
from ingest.readers.registry import ReadContext
from ingest.reading.files import Progress


@dataclass(frozen=True)
class Newcomer:
    """A name that the roster does not know, and the files it stands in."""

    name: str
    sources: frozenset[str]

    @property
    def told(self) -> str:
        """The name with the number of files."""
        return f"{self.name} ({counted_files(self.sources)})"


def counted_files(sources: Collection[str]) -> str:
    """Return "1 file" or "11 files"."""
    return f"{len(sources):,} file{'' if len(sources) == 1 else 's'}"


def find_newcomers(
    folder: Path, *, today: date, progress: Progress | None = None
) -> list[Newcomer]:
    """Look through a folder that is set up; see :func:`newcomers`."""
    found = survey(folder, today=today, progress=progress)
    known = found.records["athletes"]["athlete"] if "athletes" in found.records else pd.Series()
    return newcomers(folder, summed_up(found)["files"], strangers(
        (one.source, reason) for one in found.accounts for reason in one.rejects["reason"]
    ), known.astype(str))  # fmt: skip


def strangers(rejects: Iterable[tuple[str, str]]) -> set[str]:
    """Return the sources of rejects (source, reason) whose athlete the roster does not know."""
    return {source for source, reason in rejects if reason == STRANGER}


def newcomers(
    folder: Path,
    files: Sequence[Mapping[str, Any]],
    sources: Collection[str],
    roster: Iterable[str],
) -> list[Newcomer]:
    """Return who the files with records of strangers belong to.

    Parameters
    ----------
    folder : pathlib.Path
        Dataset folder.
    files : sequence of mapping
        `file` and `kind` of every file in it.
    sources : collection of str
        The files with records of strangers.
    roster : iterable of str
        Raw ids.
    """
    if not sources:
        return []
    config, root = load_config(folder), folder.resolve()
    # Every answer passes: who answered what counts here, not how.
    wide = config.model_copy(
        update={"wellness_scales": wide_settings(config.observed_from).wellness_scales}
    )
    context = ReadContext(wide, root, pd.Timestamp.max.normalize() - pd.Timedelta(days=3))
    accounts, records = read_as_anyones(sources, context)
    of_strangers = [one for one in accounts if one.source in sources]
    lists = [str(one["file"]) for one in files if one["kind"] in LISTS]
    rows = {
        name: frame[frame["source"].isin(sources)]
        for name, frame in records.items()
        if "source" in frame
    }
    known = {plain_name(one) for one in (*roster, *config.athletes)}
    found = propose_athletes(of_strangers, rows, lists)
    return [
        Newcomer(name, _sources(name, sources, rows))
        for name in found
        if plain_name(name) not in known
    ]


def _sources(
    name: str, sources: Collection[str], rows: Mapping[str, pd.DataFrame]
) -> frozenset[str]:
    """Return the files of an athlete: by folder, by name, or by a row of a sheet."""
    wanted = plain_name(name)
    told = {
        str(source)
        for frame in rows.values()
        if "athlete" in frame
        for source, who in zip(frame["source"], frame["athlete"].map(plain_name), strict=True)
        if who == wanted
    }
    placed = {
        one
        for one in sources
        if wanted in map(plain_name, folders_of(one)) or begins_with(stem_of(one), {wanted})
    }
    return frozenset(told | placed)


def roster_of(folder: Path) -> Path:
    """Return the roster to add to: the folder's own, else the first below it."""
    own = folder / ROSTER
    return own if own.exists() else next(iter(sorted(folder.rglob(ROSTER))), own)


def roster_line(roster: Path, name: str) -> str:
    """Return a line with a name alone, with as many cells as the roster has columns."""
    header, delimiter = _header(roster)
    text = io.StringIO()
    at = header.index("athlete") if "athlete" in header else 0
    cells = ["" if place != at else name for place in range(len(header))]
    csv.writer(text, lineterminator="", delimiter=delimiter).writerow(cells)
    return text.getvalue()


def add_to_roster(roster: Path, names: Sequence[str]) -> None:
    """Add a line per name to the end; what stands there stays as it is."""
    before = roster.read_text(encoding="utf-8-sig")
    lines = [roster_line(roster, name) for name in names]
    gap = "" if before.endswith("\n") or not before else "\n"
    with roster.open("a", encoding="utf-8") as file:
        file.write(gap + "".join(f"{line}\n" for line in lines))


def _header(roster: Path) -> tuple[list[str], str]:
    first = roster.read_text(encoding="utf-8-sig").splitlines()[:1] or ["athlete"]
    delimiter = ";" if first[0].count(";") > first[0].count(",") else ","
    return [cell.strip().strip('"') for cell in first[0].split(delimiter)], delimiter
