"""Look at a file, a folder or an archive: what would be read, without storing anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.contracts import CONTRACTS
from common.errors import StridecastError
from common.language import N_
from common.machine.scratch import scratch_folder
from common.untyped import Cell
from ingest.dataset.file_names import why_ignored
from ingest.dataset.settings import FILE_NAME, DatasetConfig, load_config
from ingest.harmonise.tables import without_copies
from ingest.people.decision import People
from ingest.quality.athlete_records import DAYS
from ingest.readers.registry import ReadContext
from ingest.reading.containers import Item, items_of
from ingest.reading.files import Progress, data_files, read_folder
from ingest.reading.read_one import recognise
from ingest.records.account import Account

NO_SETTINGS: Final = N_(
    "no dataset.yaml yet (the first `stridecast score FOLDER` writes it): until then local times"
    " are taken as UTC, and answers on a scale wait to be read"
)
NO_ROSTER: Final = N_("no roster yet: every folder and every id is taken for an athlete")
_FIRST_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class Survey:
    """What was read of a path, before it is summed up.

    Parameters
    ----------
    has_settings : bool
        Whether a `dataset.yaml` was found.
    accounts : list of Account
        One per file that lies in the path.
    records : dict of str to pandas.DataFrame
        Table -> rows with raw ids.
    last_day : pandas.Timestamp
        Day after which records counted as in the future.
    people : People
        Who is who.
    """

    has_settings: bool
    accounts: list[Account]
    records: dict[str, pd.DataFrame]
    last_day: pd.Timestamp
    people: People


def survey(
    path: Path,
    *,
    today: date,
    progress: Progress | None = None,
    settings: DatasetConfig | None = None,
) -> Survey:
    """Read everything a path holds, storing nothing; see :func:`inspect`.

    Parameters
    ----------
    path, today, progress
        As there.
    settings : DatasetConfig, optional
        Taken where there is no `dataset.yaml`.
    """
    if not path.exists():
        raise StridecastError(f"{path}: no such file or folder", "name what to look at")
    place = path.resolve()
    root, config = _settings(place)
    files = data_files(place) if place.is_dir() else [place]
    # A single file cannot be understood without its roster and companions: read, but not shown.
    extras = [file for file in {*_rosters(root), *_read_along(place)} if file not in files]
    context = ReadContext(config or settings or assumed(today), root, _last_day(config, today))
    with scratch_folder() as scratch:
        items = items_of([*files, *sorted(extras)], root, scratch)
        read = read_folder(items, context, progress, needs_roster=False)
    extra = {file.relative_to(root).as_posix() for file in extras}
    records = read.records
    # Copies are dropped in a real run, and the counts have to be those of one.
    _, settled = without_copies(records, read.accounts)
    own = [account for account in settled if account.source not in extra]
    return Survey(config is not None, own, records, context.last_day, read.people)


def inspect(path: Path, *, today: date, progress: Progress | None = None) -> dict[str, Any]:
    """Return what would be read from a path, file by file.

    Settings and roster are those of the dataset folder that the path is or lies in; without them
    the reading is assumed, and said so.

    Parameters
    ----------
    path : pathlib.Path
        File, folder or archive.
    today : date
        Last possible day of a record where there is no `dataset.yaml`.
    progress : callable, optional
        Called after every file.

    Returns
    -------
    dict
        JSON-able: `path`, `assumed` (sentences), `totals`, and `files`: each with `file`, `kind`,
        `holds` (table -> rows, first and last day; of injuries also `without_return` and
        `regions`), `read`, `accepted`, `repaired`, `rejected`, `repairs` (code -> records),
        `rejects` (record, reason, sentence) and `ignored` (why a file is none of data).

    Raises
    ------
    StridecastError
        If there is nothing to look at: no such path, or no data file in it.
    """
    return {"path": str(path)} | summed_up(survey(path, today=today, progress=progress))


def summed_up(surveyed: Survey) -> dict[str, Any]:
    """Return `assumed`, `totals` and `files` of a survey."""
    holds = _holds(surveyed.records)
    shown = [_entry(account, holds.get(account.source, {})) for account in surveyed.accounts]
    listed = "athletes" in surveyed.records and len(surveyed.records["athletes"]) > 0
    counts = ("read", "accepted", "repaired", "rejected")
    return {
        "assumed": [NO_SETTINGS] * (not surveyed.has_settings) + [NO_ROSTER] * (not listed),
        "totals": {name: sum(entry[name] for entry in shown) for name in counts},
        "files": shown,
    }


def _settings(place: Path) -> tuple[Path, DatasetConfig | None]:
    """Return the dataset folder that a path is or lies in, with its settings, if it is in one."""
    start = place if place.is_dir() else place.parent
    # A single file may lie deep below the folder with the settings.
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder, load_config(folder)
    return start, None


def assumed(today: date) -> DatasetConfig:
    """Return the settings of a folder that has none."""
    return DatasetConfig(
        name="inspected", time_zone="UTC", observed_from=_FIRST_DAY, observed_to=today
    )


def _last_day(config: DatasetConfig | None, today: date) -> pd.Timestamp:
    return pd.Timestamp((config and config.observed_to) or today)


def _rosters(root: Path) -> list[Path]:
    """Return the files beside the settings that list athletes."""
    if not (root / FILE_NAME).is_file():
        return []
    files = [path for path in sorted(root.iterdir()) if path.is_file() and not why_ignored(path)]
    known = [recognise(Item(path.name, path)) for path in files]
    return [item.path for item, reader in known if reader and reader.lists_athletes]


def _read_along(place: Path) -> list[Path]:
    """Return the files beside a single one that its reader may read it with."""
    reader = recognise(Item(place.name, place))[1] if place.is_file() else None
    if reader is None or not reader.reads_along:
        return []
    beside = [path for path in place.parent.iterdir() if path.is_file() and not why_ignored(path)]
    known = [recognise(Item(path.name, path)) for path in beside]
    return [item.path for item, other in known if other and other.kind in reader.reads_along]


def _holds(records: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return source -> table -> number of rows, first and last day."""
    by_source: dict[str, dict[str, dict[str, Any]]] = {}
    for table, frame in records.items():
        dated = next((name for name in DAYS if name in frame), None)
        for source, rows in frame.groupby("source", sort=True):
            days = rows[dated].dropna() if dated else pd.Series(dtype="datetime64[ns]")
            span = {"from": _day(days.min()), "to": _day(days.max())} if len(days) else {}
            name = table if table in CONTRACTS else f"{table} (to be matched)"
            summary = {
                "rows": len(rows),
                **span,
                **(_of_injuries(rows) if name == "injuries" else {}),
            }
            by_source.setdefault(str(source), {})[name] = summary
    return by_source


def _of_injuries(rows: pd.DataFrame) -> dict[str, Any]:
    """Return how many have no return date, and how their words were understood."""
    regions = rows["region"].value_counts().sort_index()
    return {
        "without_return": int(rows["return_date"].isna().sum()),
        "regions": {str(region): int(count) for region, count in regions.items()},
    }


def _day(moment: Cell) -> str:
    return str(pd.Timestamp(moment).date())


def _entry(account: Account, holds: Mapping[str, Any]) -> dict[str, Any]:
    rejects = account.rejects[["record", "reason", "sentence"]].astype(object)
    rows = rejects.where(rejects.notna(), None).to_dict("records")
    return account.summary() | {"holds": dict(holds), "rejects": rows}
