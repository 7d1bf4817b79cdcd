"""What was parsed once is kept: by content, reader, and what else the reading depended on.

The cache of a dataset is one pack: a Parquet file per table with the rows of all files, and a JSON
file with their accounts. A changed run writes a new pack beside the old one and switches over in
one step, so that a crash leaves one or the other. Nothing is pickled, so nothing can be executed.
Every file is encrypted (:mod:`ingest.reading.sealed`): it holds names beside rows.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.atomic import private_folder
from common.extensions import folder_of_extensions
from common.question import question_of
from common.store import read_json, write_json
from ingest.readers.registry import Parsed, ReadContext, Reader
from ingest.reading.record_column import flat, nested
from ingest.reading.sealed import Sealer
from ingest.records.account import ALL_REJECT_COLUMNS, Account, Unread, rejects_of
from ingest.records.row_types import settled

_CURRENT: Final = "current.json"
_INDEX: Final = "index.sealed"
_TABLE: Final = ".sealed"
_ENTRY: Final = "cache_entry"
_FUTURE: Final = "future"
_MOMENTS: Final = "M"
"""The letter of numpy and pandas for kinds of times, with a zone or without."""

_OF_NO_READING: Final = {"observed_to", "athletes", "nobody", "owners"}
"""Settings that matter only once the files are read."""

Records = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Entry:
    """One file's place in the cache.

    Parameters
    ----------
    key : str
        Digest of everything the reading depended on.
    last_day : str
        Day after which records counted as in the future.
    latest : str
        Latest day in any of the file's rows, nothing where they hold none.
    account : Account
        What became of the file.
    """

    key: str
    last_day: str
    latest: str
    account: Account

    def holds_on(self, last_day: pd.Timestamp) -> bool:
        """Say whether the reading would be the same with another last day of the data.

        A later last day changes nothing, unless a record was refused for being in the future; an
        earlier one changes nothing where all is older and nothing was refused or mended, for of
        two faults of a record only the first is told.
        """
        if self.last_day == str(last_day.date()):
            return True
        before = pd.Timestamp(self.last_day)
        codes = [*self.account.repairs, *(str(refusal.reason) for refusal in self.account.refusals)]
        # A later last day can only let in what was refused as future.
        if before <= last_day:
            return not any(code.startswith(_FUTURE) for code in codes)
        return not codes and (not self.latest or pd.Timestamp(self.latest) <= last_day)


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
        self._entries: dict[str, Entry] = {}
        self._rows: Records = {}
        self._load()

    def find(self, key: str, last_day: pd.Timestamp) -> Account | None:
        """Return the account of a file that was parsed before, or None."""
        entry = self._entries.get(key)
        return entry.account if entry is not None and entry.holds_on(last_day) else None

    def rows(self, keys: Iterable[str]) -> Records:
        """Return the rows of files found in the cache, by table."""
        wanted = set(keys)
        # The usual run finds every file, so no row has to be looked for.
        if wanted == set(self._entries):
            return {name: frame.drop(columns=_ENTRY) for name, frame in self._rows.items()}
        chosen = {name: frame[frame[_ENTRY].isin(wanted)] for name, frame in self._rows.items()}
        return {name: rows.drop(columns=_ENTRY) for name, rows in chosen.items() if len(rows)}

    def renew(
        self,
        hits: Iterable[str],
        fresh: dict[str, Parsed],
        kinds: dict[str, str],
        last_day: pd.Timestamp,
    ) -> None:
        """Write the pack anew, unless nothing changed.

        Parameters
        ----------
        hits : iterable of str
            Keys that were found; all others are forgotten.
        fresh : dict of str to Parsed
            Key -> what was parsed in this run.
        kinds : dict of str to str
            Digest of a file's content -> kind of its reader, "" for none.
        last_day : pandas.Timestamp
            Last day of the data in this run.
        """
        used = {key: self._entries[key] for key in hits}
        if not fresh and len(used) == len(self._entries) and kinds == self.kinds:
            return
        day = str(last_day.date())
        new = {
            key: Entry(key, day, _latest(parsed), parsed.account) for key, parsed in fresh.items()
        }
        entries = used | new
        rows = self._joined(set(used), fresh)
        try:
            self._store(entries, rows, kinds)
        except OSError:
            return  # A full or read-only disk costs speed, not results.

    def _joined(self, used: set[str], fresh: dict[str, Parsed]) -> Records:
        parts: dict[str, list[pd.DataFrame]] = {}
        entries: dict[str, list[NDArray[np.object_]]] = {}
        for name, frame in self._rows.items():
            rows = frame[frame[_ENTRY].isin(used)]
            parts[name] = [rows.drop(columns=_ENTRY)]
            entries[name] = [rows[_ENTRY].to_numpy(dtype=object)]
        for key, parsed in fresh.items():
            for name, frame in parsed.records.items():
                if len(frame):
                    parts.setdefault(name, []).append(frame)
                    entries.setdefault(name, []).append(np.full(len(frame), key, dtype=object))
        # The keys beside the rows, for a column more in each of a thousand frames is slow.
        return {
            name: settled(pd.concat(frames)).assign(
                **{_ENTRY: pd.array(np.concatenate(entries[name]), dtype="str")}
            )
            for name, frames in parts.items()
        }

    def _store(self, entries: dict[str, Entry], rows: Records, kinds: dict[str, str]) -> None:
        private_folder(self.folder)
        mark_as_cache(self.folder)
        pack = Path(tempfile.mkdtemp(prefix="pack-", dir=self.folder))
        for name, frame in rows.items():
            content = flat(frame).to_parquet(None, index=False, compression="zstd")
            self._write(pack / f"{name}{_TABLE}", content)
        index = {
            "kinds": kinds,
            "entries": [
                [entry.key, entry.last_day, entry.latest, _as_json(entry.account)]
                for entry in entries.values()
            ],
        }
        self._write(pack / _INDEX, json.dumps(index).encode())
        # Last, because this is the switch: until then the old pack counts.
        write_json(self.folder / _CURRENT, {"pack": pack.name})
        for old in self.folder.glob("pack-*"):
            if old != pack:
                shutil.rmtree(old, ignore_errors=True)

    def _write(self, path: Path, content: bytes) -> None:
        path.write_bytes(self._sealer.seal(content, path.name))

    def _read(self, path: Path) -> bytes:
        return self._sealer.open(path.read_bytes(), path.name)

    def _load(self) -> None:
        """Read the pack; one that cannot be read is none."""
        try:
            pack = self.folder / read_json(self.folder / _CURRENT)["pack"]
            index = json.loads(self._read(pack / _INDEX))
            files = sorted(set(pack.glob(f"*{_TABLE}")) - {pack / _INDEX})
            rows = {path.stem: nested(pd.read_parquet(BytesIO(self._read(path)))) for path in files}
            entries = {
                key: Entry(key, last_day, latest, _account(account))
                for key, last_day, latest, account in index["entries"]
            }
            self.kinds = dict(index["kinds"])
        except Exception:  # noqa: BLE001 - whatever a damaged cache does, it is read anew
            return
        self._entries, self._rows = entries, rows


class RunDigests(NamedTuple):
    """What the reading of all files of a run depends on, told once.

    Parameters
    ----------
    alone : bytes
        Digest of settings and code.
    with_people : bytes
        The same with the names that are known, for readers that look for them.
    """

    alone: bytes
    with_people: bytes


def run_digests(context: ReadContext) -> RunDigests:
    """Return the settings of a run, as far as a reading depends on them."""
    config = context.config.model_dump(mode="json", exclude=_OF_NO_READING)
    alone, with_people = (
        hashlib.sha256(json.dumps([names, config, code_digest()], sort_keys=True).encode()).digest()
        for names in ([], sorted(context.athletes))
    )
    return RunDigests(alone, with_people)


def entry_key(
    source: str,
    digest: str,
    reader: Reader,
    digests: RunDigests,
    beside: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the digest of everything that reading a file depends on, but for the last day.

    Parameters
    ----------
    source, digest : str
        The file, and the digest of its content.
    reader : Reader
    digests : RunDigests
        Of the run.
    beside : sequence of (source, digest)
        The files that it is read with.
    """
    parts = [source, digest, *beside, reader.kind, reader.version]
    shared = digests.with_people if reader.knows_people else digests.alone
    return hashlib.sha256(json.dumps(parts).encode() + shared).hexdigest()


@cache
def code_digest() -> str:
    """Return the digest of the code of ingest: ranges and rules are no part of any version.

    Your own readers belong to it.
    """
    digest = hashlib.sha256()
    ours = Path(__file__).parents[2]
    for folder in (ours / "ingest", ours / "common", folder_of_extensions() / "readers"):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def mark_as_cache(folder: Path) -> None:
    """Let git and backups pass over a folder of the cache, wherever it lies."""
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    # The fixed text of the Cache Directory Tagging standard, which backup programs look for.
    (folder / "CACHEDIR.TAG").write_text(
        "Signature: 8a477f597d28d172789f06886806bc55\n", encoding="ascii"
    )


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


def _as_json(account: Account) -> dict[str, Any]:
    return {
        "source": account.source,
        "kind": account.kind,
        "read": account.read,
        "accepted": account.accepted,
        "repaired": account.repaired,
        "repairs": dict(account.repairs),
        # Most files have none, and an empty frame costs as much as a full one.
        "rejects": _plain(account.rejects) if len(account.rejects) else [],
        "read_as": account.read_as,
        "unread": [list(part) for part in account.unread],
        "questions": [asdict(question) for question in account.questions],
    }


def _plain(rejects: pd.DataFrame) -> list[list[Any]]:
    """Return the rows as JSON takes them, null where unknown."""
    cells = rejects.astype(object)
    with_nulls = cells.where(cells.notna(), None)[list(ALL_REJECT_COLUMNS)]
    rows: list[list[Any]] = with_nulls.to_numpy().tolist()
    return rows


def _account(fields: dict[str, Any]) -> Account:
    restored = {
        "rejects": rejects_of(fields["rejects"]),
        "unread": tuple(Unread(*part) for part in fields["unread"]),
        "questions": tuple(question_of(question) for question in fields["questions"]),
    }
    return Account(**{**fields, **restored})
