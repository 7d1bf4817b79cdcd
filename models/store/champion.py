"""The promoted model of an outcome: versions that never change, and a pointer to the one in use.

    artifacts/champion/<dataset>/<outcome>/
        champion.json     the stack of versions and the log, replaced in one step
        0001/             a version: the model's files, and manifest.json with a SHA-256 of each

A version is written beside its place and renamed into it before the pointer names it, so a crash
leaves the old champion. The pointer holds the digest of the manifest, the manifest those of the
files: what a hand has changed since the promotion is refused.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from common.errors import StridecastError
from common.settings import Settings
from common.store import read_json, write_json

POINTER_FILE: Final = "champion.json"
MANIFEST_FILE: Final = "manifest.json"
_PART: Final = ".part"


class Entry(Settings):
    """A version of the champion.

    Parameters
    ----------
    version : str
        Name of its folder.
    manifest_sha256 : str
        SHA-256 of its manifest.
    model_sha256 : str
        SHA-256 of its model file.
    kind : str
        Kind of model.
    promoted_at : str
        When, ISO 8601 UTC.
    """

    version: str
    manifest_sha256: str
    model_sha256: str
    kind: str
    promoted_at: str


class Event(Settings):
    """A line of the log: what was done, to which version, when (ISO 8601 UTC)."""

    did: Literal["promoted", "rolled back to"]
    version: str
    at: str


class Pointer(Settings):
    """What `champion.json` holds.

    Parameters
    ----------
    stack : tuple of Entry
        Champions, the one in use last; a rollback takes it off.
    log : tuple of Event
        Everything that was done, the oldest first.
    """

    stack: tuple[Entry, ...] = ()
    log: tuple[Event, ...] = ()


def read_pointer(home: Path) -> Pointer:
    """Return the stack and the log; empty before the first promotion.

    Raises
    ------
    StridecastError
        If the file is there and is not a pointer.
    """
    path = home / POINTER_FILE
    if not path.exists():
        return Pointer()
    try:
        return Pointer.model_validate(read_json(path))
    except ValidationError:
        raise StridecastError(
            f"{path}: not the list of champions it was written as",
            "restore it from a backup, or delete the folder and promote again",
        ) from None


def champion_folder(home: Path) -> Path | None:
    """Return the folder of the model in use, every file checked; None if nothing was promoted.

    Raises
    ------
    StridecastError
        If a file is missing or is not the one that was promoted.
    """
    stack = read_pointer(home).stack
    return checked_version(home, stack[-1]) if stack else None


def checked_version(home: Path, entry: Entry) -> Path:
    """Return the folder of a version after comparing every file with its digest.

    Raises
    ------
    StridecastError
        If a file is missing or differs.
    """
    folder = home / entry.version
    manifest = folder / MANIFEST_FILE
    _check(manifest, entry.manifest_sha256)
    for name, digest in read_json(manifest).items():
        _check(folder / name, digest)
    return folder


def add_champion(home: Path, files: Mapping[str, bytes], entry_facts: Entry) -> Entry:
    """Write a version and make it the champion; the caller holds the folder's lock.

    Parameters
    ----------
    home : pathlib.Path
        Folder of the dataset's outcome.
    files : mapping of str to bytes
        Content by file name.
    entry_facts : Entry
        What is known of the model; `version` and `manifest_sha256` are set here.

    Returns
    -------
    Entry
    """
    pointer = read_pointer(home)
    version = _next_version(home)
    digest = _write_version(home, version, files)
    entry = entry_facts.model_copy(update={"version": version, "manifest_sha256": digest})
    event = Event(did="promoted", version=version, at=entry.promoted_at)
    _write_pointer(home, Pointer(stack=(*pointer.stack, entry), log=(*pointer.log, event)))
    return entry


def roll_back(home: Path, at: str) -> tuple[Entry, Entry]:
    """Go back to the champion before; the caller holds the folder's lock.

    Returns
    -------
    tuple of (Entry, Entry)
        The champion that was, and the one that is now.

    Raises
    ------
    StridecastError
        If there is none before it, or its files are not what was promoted.
    """
    pointer = read_pointer(home)
    if len(pointer.stack) < 2:  # one to leave, one to go to
        there = "only one champion" if pointer.stack else "no champion"
        raise StridecastError(
            f"{home}: there is {there}, so none to roll back to",
            "promote another model; to score without a champion, delete the folder",
        )
    former, entry = pointer.stack[-1], pointer.stack[-2]
    # Checked before the pointer moves: going back to a damaged model would leave none that scores.
    checked_version(home, entry)
    event = Event(did="rolled back to", version=entry.version, at=at)
    _write_pointer(home, Pointer(stack=pointer.stack[:-1], log=(*pointer.log, event)))
    return former, entry


def _check(path: Path, digest: str) -> None:
    actual_digest = sha256(path.read_bytes()) if path.exists() else ""
    if actual_digest != digest:
        fault = (
            "was changed after its promotion (digests differ)" if actual_digest else "is missing"
        )
        raise StridecastError(
            f"{path}: the champion's file {fault}",
            "restore it, go back with `stridecast promote --rollback`, or promote again",
        )


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _next_version(home: Path) -> str:
    # By the folders and not by the stack: a version that was rolled back keeps its number for good.
    taken = [int(p.name) for p in home.iterdir() if p.is_dir() and p.name.isdigit()]
    return f"{max(taken, default=0) + 1:04d}"


def _write_version(home: Path, version: str, files: Mapping[str, bytes]) -> str:
    for left in home.glob(f"*{_PART}"):  # of a promotion that was killed
        shutil.rmtree(left)
    part = home / f"{version}{_PART}"
    part.mkdir(parents=True)
    for name, content in files.items():
        (part / name).write_bytes(content)
    digests = {name: sha256(content) for name, content in sorted(files.items())}
    manifest = (json.dumps(digests, indent=2) + "\n").encode()
    (part / MANIFEST_FILE).write_bytes(manifest)
    # Renaming is one step in the file system: a version is there whole or not at all.
    part.rename(home / version)
    return sha256(manifest)


def _write_pointer(home: Path, pointer: Pointer) -> None:
    write_json(home / POINTER_FILE, pointer.model_dump(mode="json"))
