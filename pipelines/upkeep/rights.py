"""Rights of a person whose data are used: to know where they are, have them, be forgotten."""

import shutil
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd

from common.atomic import atomic
from common.errors import StridecastError
from common.language import N_, message, plural
from forecasting.scoring.spreadsheet import safe_csv
from ingest.dataset.key import existing_key
from ingest.dataset.settings import FILE_NAME, DatasetConfig, load_config
from ingest.people.roster_file import ROSTER
from ingest.reading.forgotten import add_forgotten
from ingest.run import ingest
from pipelines.runtime.kept_parts import kept_folders
from pipelines.runtime.lock import only_writer
from pipelines.runtime.progress import file_progress
from pipelines.runtime.workspace import kept_parses
from pipelines.upkeep.after_removal import (
    as_xlsx,
    became_xlsx,
    left,
    sent,
    tracked,
    typed_totals,
)
from pipelines.upkeep.cached_files import cached_as_theirs
from pipelines.upkeep.person import Person, own_rows, person
from pipelines.upkeep.person_as_read import as_read
from pipelines.upkeep.places import CACHED, NOT_SEARCHED, cache_of, datasets_with, places_of
from pipelines.upkeep.removal import remove
from pipelines.upkeep.search import Hit, is_own, search
from pipelines.upkeep.trained_models import trained_with

_DONE: Final = {
    "removed": N_("files removed: {count}"),
    "rewritten": N_("files rewritten without them: {count}"),
    "by hand": N_("files left to you: {count}"),
}
_HOW: Final = {
    "own": N_("{what}: {path} (named by them)"),
    "text": N_("{what}: {path} (mentions them)"),
    "unread": N_("{what}: {path} (too large to look into)"),
}


@dataclass(frozen=True)
class Request:
    """Who is asked about, and where their data may be.

    Parameters
    ----------
    athlete : str
        Name as in the roster, or code.
    data, out, project : Path
        Exports, forecasts, project.
    """

    athlete: str
    data: Path
    out: Path
    project: Path

    def person(self) -> tuple[Person, DatasetConfig]:
        """Return the person, with all that reading the folder tells of them, and the settings."""
        config = load_config(self.data)
        who = person(self.data, config, self.athlete)
        return as_read(who, self.data, kept_parses(self.project)), config


def report(request: Request) -> list[str]:
    """Return where the person's data lie, one line per file, and which models know them."""
    who, config = request.person()
    hits = _hits(request, who, config)
    cache = cache_of(request.project, config.name)
    lines = [_line(hit) for hit in hits]
    if cache.exists():
        lines.append(message("cache of parsed files, encrypted: {path}", path=cache))
    lines += [
        message("model trained with them: {model}", model=model)
        for model in _models(request, config, who)
    ]
    head = plural(
        "{count} file holds data of {code}",
        "{count} files hold data of {code}",
        len(hits),
        code=who.code,
    )
    return [head, *lines, *sent(request.out, config.name, who), message(NOT_SEARCHED)]


def export(request: Request, target: Path) -> int:
    """Write all that is known of the person as tables and files into a ZIP archive.

    Returns
    -------
    int
        How many rows of tables it holds.
    """
    who, config = request.person()
    # A folder without any session may still hold answers or strength tests of theirs.
    tables = ingest(request.data, needs_sessions=False, cache=kept_parses(request.project)).tables
    rows = {name: table[own_rows(table, who)] for name, table in tables.items()}
    hits = _hits(request, who, config)
    # From the history alone: the tables of the project would repeat what `rows` holds already.
    history = [
        (hit.path, pd.read_parquet(hit.path))
        for hit in hits
        if hit.how == "rows" and "history" in hit.path.parts
    ]
    own = [hit.path for hit in hits if hit.how == "own"]
    with atomic(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in rows.items():
            if len(table):
                archive.writestr(f"tables/{name}.csv", safe_csv(table))
        for path, table in history:
            place = f"{path.parent.name}/{path.stem}.csv"
            archive.writestr(place, safe_csv(table[own_rows(table, who)]))
        for folder, place in ((request.data, "files"), (request.out, "pages")):
            for path in own:
                if path.is_relative_to(folder):
                    archive.write(path, f"{place}/{path.relative_to(folder).as_posix()}")
    return sum(len(table) for table in rows.values())


def forget(request: Request) -> list[str]:
    """Remove the person everywhere that was searched, keep a record of it, and tell what is left.

    Raises
    ------
    StridecastError
        If the person is unknown, or another run is writing to the folder of the forecasts.
    """
    who, config = request.person()
    key = existing_key(config)
    if key is None:
        raise StridecastError("no pseudonym key here", "restore it (docs/monday.md, The key)")
    models = _models(request, config, who)
    # Both before the removal: afterwards no file says any more which models and lists had them.
    told_before = sent(request.out, config.name, who)
    with only_writer(request.out):
        hits = _hits(request, who, config)
        today = str(datetime.now(tz=UTC).date())
        # First the hash, so that a run that is killed here still keeps the next export out.
        add_forgotten(request.data, key, who.names, {"asked_on": today, "files": len(hits)})
        # Rosters last: if this run is killed, the next one finds the person by the roster.
        rosters = [hit for hit in hits if hit.path.name == ROSTER]
        done = [(hit, remove(hit, who)) for hit in hits if hit not in rosters]
        for folder in (cache_of(request.project, config.name), *kept_folders(request.project)):
            shutil.rmtree(folder, ignore_errors=True)
        _remove_empty(request.data)
        done += [(hit, remove(hit, who)) for hit in rosters]
        # Searched again, so that what is told as left does not rest on what was meant to be done.
        remaining = _hits(request, who, config)
    counts = Counter(outcome for _, outcome in done)
    removed = ", ".join(message(_DONE[outcome], count=n) for outcome, n in sorted(counts.items()))
    return [
        message(
            "forgotten: {told}; forgotten.json keeps them out, without a name",
            told=removed or message("nothing found"),
        ),
        *(
            as_xlsx(hit)
            for hit, outcome in done
            if outcome == "rewritten" and became_xlsx(hit.path)
        ),
        *typed_totals(hit for hit, outcome in done if outcome == "rewritten"),
        *(left(hit, who) for hit in remaining),
        *told_before,
        *(
            message(
                "trained with this person's data, train it again or delete it: {model}", model=m
            )
            for m in models
        ),
        message("pages and scores are made anew by `stridecast score`; `dvc repro` makes its own"),
        *tracked(request.data),
        message(NOT_SEARCHED),
    ]


def _models(request: Request, config: DatasetConfig, who: Person) -> list[str]:
    """Return the models that know the person, also those of a folder of clubs around the club."""
    datasets = datasets_with(request.data, config.name)
    return [model for name in datasets for model in trained_with(request.project, name, who)]


def _hits(request: Request, who: Person, config: DatasetConfig) -> list[Hit]:
    """Return the files with the person's data; last those that tell whose the others are."""
    owned = _owned(request.data, config, who)
    files = [path for path in request.data.rglob("*") if path.is_file() and not path.is_symlink()]
    own = [path for path in files if is_own(path.relative_to(request.data).as_posix(), who)]
    cached = cached_as_theirs(
        request.project / ".dvc" / "cache", [*own, *owned], lambda path: is_own(path, who)
    )
    places = [
        replace(place, own=frozenset(cached) if place.place_name == CACHED else owned)
        for place in places_of(request.data, request.out, request.project, config.name)
    ]
    with file_progress(message("searching")) as progress:
        by_path = {hit.path.resolve(): hit for hit in search(places, who, progress)}
    return sorted(by_path.values(), key=lambda hit: (hit.path.name == FILE_NAME, _lists(hit.path)))


def _lists(path: Path) -> bool:
    """Say whether a file is one of DVC's listings of a folder."""
    return path.suffix == ".dir"


def _owned(data: Path, config: DatasetConfig, who: Person) -> frozenset[Path]:
    """Return the files of which an answer said that they are the person's."""
    paths = [data / file for file, owner in config.owners.items() if who.is_named(owner)]
    return frozenset(path for path in paths if path.is_file())


def _line(hit: Hit) -> str:
    fields = {"what": message(hit.place_name), "path": hit.path}
    if hit.how in _HOW:
        return message(_HOW[hit.how], **fields)
    return plural(
        "{what}: {path} ({count} row)", "{what}: {path} ({count} rows)", hit.rows, **fields
    )


def _remove_empty(folder: Path) -> None:
    # The deepest first: a folder is empty only once the empty folders in it are gone.
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            path.rmdir()
