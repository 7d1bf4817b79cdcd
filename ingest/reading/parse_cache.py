"""What was parsed once is kept: by content, reader, and what else the reading depended on.

The cache of a dataset is one pack: volumes with the rows of some hundred files each, a Parquet file
per table, and a JSON file with the accounts of all. A changed run writes a new pack beside the old
one, takes full volumes over in which nothing changed, and switches over in one step, so that a
crash leaves one or the other. Nothing is pickled, so nothing can be executed.
Every file is encrypted (:mod:`ingest.reading.sealed`): it holds names beside rows.
"""

import json
import os
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pandas as pd

from common.atomic import private_folder
from common.store import read_json, write_json
from ingest.dataset.cache_folder import mark_as_cache
from ingest.readers.registry import Parsed
from ingest.reading.account_json import account_as_json, account_of_json
from ingest.reading.cache_entries import ENTRY, Entry, Pending, Records, Volume
from ingest.reading.record_column import flat, nested
from ingest.reading.sealed import Sealer
from ingest.records.account import Account

_CURRENT: Final = "current.json"
_INDEX: Final = "index.sealed"
_TABLE: Final = ".sealed"
_MOMENTS: Final = "M"
"""The letter of numpy and pandas for kinds of times, with a zone or without."""

_FULL: Final = 250_000
"""Rows from which on a volume is full; one of half as many is taken over as it is."""
_LOADED_BYTES: Final = 16 * 2**20
"""So much of a pack stays in memory after it was checked; of a larger one a volume at a time."""


class ParseCache:
    """The pack of one dataset.

    Parameters
    ----------
    folder : pathlib.Path
        The dataset's own folder in the cache; it need not exist.
    secret : bytes
        The dataset's pseudonym key; with another one the cache is as good as empty.
    """

    def __init__(self, folder: Path, secret: bytes) -> None:
        self.folder = folder
        self._sealer = Sealer(secret)
        self.kinds: dict[str, str] = {}
        self._pack: Path | None = None
        self._entries: dict[str, Entry] = {}
        self._volumes: dict[str, Volume] = {}
        self._loaded: dict[str, Records] = {}
        self._load()
        self._new_pack: Path | None = None
        self._new: dict[str, Entry] = {}
        self._new_volumes: dict[str, Volume] = {}
        self._pending = Pending()
        self._is_writable = True

    def find(self, key: str, last_day: pd.Timestamp) -> Account | None:
        """Return the account of a file that was parsed before, or None."""
        entry = self._entries.get(key)
        return entry.account if entry is not None and entry.holds_on(last_day) else None

    def rows(self, keys: Iterable[str]) -> Iterator[Records]:
        """Yield the rows of files found in the cache, by table; those of a file at once.

        What another run has removed meanwhile is not found any longer.
        """
        wanted = set(keys)
        # The usual run finds every file, so no row has to be looked for.
        is_whole = wanted == set(self._entries)
        for volume in list(self._volumes):
            try:
                records = self._records(volume)
            except OSError:
                self._forget(volume)
                continue
            if not is_whole:
                records = _rows_of(records, wanted)
            yield {name: rows.drop(columns=ENTRY) for name, rows in records.items() if len(rows)}

    def keep(self, key: str, parsed: Parsed, last_day: pd.Timestamp) -> None:
        """Keep what was parsed in this run."""
        entry = Entry(key, str(last_day.date()), _latest(parsed), parsed.account)
        self._pending.add_file(entry, parsed.records)
        if self._pending.rows >= _FULL:
            self._write_pending()

    def renew(self, hits: Iterable[str], kinds: dict[str, str]) -> None:
        """Write the pack anew, unless nothing changed.

        Parameters
        ----------
        hits : iterable of str
            Keys that were found; what was neither found nor kept in this run is forgotten.
        kinds : dict of str to str
            Digest of a file's content -> kind of its reader, "" for none.
        """
        used = {key: self._entries[key] for key in hits}
        is_same = not self._new and not self._pending.entries and len(used) == len(self._entries)
        if (is_same and kinds == self.kinds) or not self._is_writable:
            return
        try:
            self._take_over(used)
            self._write_pending()
            if self._is_writable:
                self._store(kinds)
        except OSError:
            self.give_up()  # A full or read-only disk costs speed, not results.

    def give_up(self) -> None:
        """Write nothing more, and remove what was written of a new pack: rows need the room."""
        self._is_writable = False
        if self._new_pack is not None:
            shutil.rmtree(self._new_pack, ignore_errors=True)
            self._new_pack = None

    def _take_over(self, used: dict[str, Entry]) -> None:
        """Take what is still used of the old pack, full volumes as they are."""
        here: dict[str, list[Entry]] = {}
        for entry in used.values():
            here.setdefault(entry.volume, []).append(entry)
        self._pending.entries += here.pop("", [])
        every = Counter(entry.volume for entry in self._entries.values())
        for volume, entries in here.items():
            if len(entries) == every[volume] and 2 * self._volumes[volume].rows >= _FULL:
                for path in self._files(volume):
                    _link(path, self._begun() / path.name)
                self._new |= {entry.key: entry for entry in entries}
                self._new_volumes[volume] = self._volumes[volume]
                continue
            keys = {entry.key for entry in entries}
            self._pending.add_rows(entries, _rows_of(self._records(volume), keys))
            if self._pending.rows >= _FULL:
                self._write_pending()

    def _write_pending(self) -> None:
        """Write what is pending as a volume; files without rows are in none."""
        pending, self._pending = self._pending, Pending()
        if not self._is_writable:
            return
        rows = pending.joined()
        volume = secrets.token_hex(8) if rows else ""
        try:
            for name, frame in rows.items():
                content = flat(frame).to_parquet(None, index=False, compression="zstd")
                self._write(self._begun() / f"{name}-{volume}{_TABLE}", content)
        except OSError:
            self.give_up()
            return
        for entry in pending.entries:
            self._new[entry.key] = replace(entry, volume=volume)
        if volume:
            self._new_volumes[volume] = Volume(pending.rows, sorted(rows))

    def _begun(self) -> Path:
        """Return the folder of the new pack, which is made when the first file goes into it."""
        if self._new_pack is None:
            private_folder(self.folder)
            mark_as_cache(self.folder)
            self._new_pack = Path(tempfile.mkdtemp(prefix="pack-", dir=self.folder))
        return self._new_pack

    def _store(self, kinds: dict[str, str]) -> None:
        pack = self._begun()
        index = {
            "kinds": kinds,
            "entries": [
                [
                    entry.key,
                    entry.last_day,
                    entry.latest,
                    account_as_json(entry.account),
                    entry.volume,
                ]
                for entry in self._new.values()
            ],
            "volumes": self._new_volumes,
        }
        self._write(pack / _INDEX, json.dumps(index).encode())
        # Last, because this is the switch: until then the old pack counts.
        write_json(self.folder / _CURRENT, {"pack": pack.name})
        self._new_pack = None
        for old in self.folder.glob("pack-*"):
            if old != pack:
                shutil.rmtree(old, ignore_errors=True)

    def _write(self, path: Path, content: bytes) -> None:
        path.write_bytes(self._sealer.seal(content, path.name))

    def _read(self, path: Path) -> bytes:
        return self._sealer.open(path.read_bytes(), path.name)

    def _files(self, volume: str) -> list[Path]:
        assert self._pack is not None  # noqa: S101 - it has volumes
        return [self._pack / f"{table}-{volume}{_TABLE}" for table in self._volumes[volume].tables]

    def _forget(self, volume: str) -> None:
        del self._volumes[volume]
        self._entries = {k: entry for k, entry in self._entries.items() if entry.volume != volume}

    def _records(self, volume: str) -> Records:
        if volume in self._loaded:
            return self._loaded[volume]
        return {_table_of(path): _frame(self._read(path)) for path in self._files(volume)}

    def _load(self) -> None:
        """Read the pack, or check it where it is large; one that cannot be read is none."""
        try:
            self._pack = self.folder / read_json(self.folder / _CURRENT)["pack"]
            index = json.loads(self._read(self._pack / _INDEX))
            entries = {
                key: Entry(key, last_day, latest, account_of_json(account), volume)
                for key, last_day, latest, account, volume in index["entries"]
            }
            self._volumes = {name: Volume(*volume) for name, volume in index["volumes"].items()}
            loaded, left = {}, _LOADED_BYTES
            for volume in self._volumes:
                sealed = {path: self._read(path) for path in self._files(volume)}
                left -= sum(map(len, sealed.values()))
                if left >= 0:
                    loaded[volume] = {_table_of(p): _frame(part) for p, part in sealed.items()}
            kinds = dict(index["kinds"])
        except Exception:  # noqa: BLE001 - whatever a damaged cache does, it is read anew
            self._volumes = {}
            return
        self.kinds, self._entries, self._loaded = kinds, entries, loaded


def _rows_of(records: Records, keys: set[str]) -> Records:
    return {name: frame[frame[ENTRY].isin(keys)] for name, frame in records.items()}


def _table_of(path: Path) -> str:
    return path.stem.rpartition("-")[0]


def _frame(content: bytes) -> pd.DataFrame:
    return nested(pd.read_parquet(BytesIO(content)))


def _link(path: Path, other: Path) -> None:
    """Give a file a second name, or copy it where a disk knows no second names."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copyfile(path, other)


def _latest(parsed: Parsed) -> str:
    """Return the latest day in the rows of a file, or nothing; plans are of days to come."""
    records = [frame for name, frame in parsed.records.items() if name != "plans"]
    latest = [
        frame[name].max()
        for frame in records
        for name, kind in frame.dtypes.items()
        if kind.kind == _MOMENTS
    ]
    days = [pd.Timestamp(day).tz_localize(None) for day in latest if not pd.isna(day)]
    return str(max(days).date()) if days else ""
