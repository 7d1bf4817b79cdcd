"""Who asked to be forgotten: keyed hashes of names, so that the next export brings nobody back.

`forgotten.json` lies beside the exports. It holds no name: only who has the pseudonym key can ask
whether a name is in it.
"""

import hmac
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.errors import StridecastError
from common.store import read_json, write_json
from ingest.dataset.file_names import FORGOTTEN, folders_of, plain_name, stem_of
from ingest.dataset.key import existing_key
from ingest.dataset.settings import DatasetConfig
from ingest.people.spelling import spelling
from ingest.records.account import Account

_DIGITS: Final = 32
_SENTENCE: Final = "a row of somebody who asked to be forgotten; it was not read"


@dataclass(frozen=True)
class Forgotten:
    """The people whose names are no longer read.

    Parameters
    ----------
    key : bytes
        The pseudonym key.
    hashes : frozenset of str
        Keyed hashes of their plain names.
    """

    key: bytes
    hashes: frozenset[str]

    def __contains__(self, name: object) -> bool:
        """Say whether a name, whatever its case, accents and order of words, is one of theirs."""
        if not self.hashes:
            return False
        # Both orders of a name are looked up, for exports write either one.
        return not self.hashes.isdisjoint(_hashes_of(self.key, str(name)))

    def owns(self, source: str) -> bool:
        """Say whether a folder of a file, or the file itself, is named by one of them."""
        return any(name in self for name in (*folders_of(source), stem_of(source)))

    def without(self, records: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return the records without their rows."""
        if not self.hashes:
            return records
        return {
            name: frame if "athlete" not in frame else frame[~self._of(frame["athlete"])]
            for name, frame in records.items()
        }

    def unnamed(self, account: Account) -> Account:
        """Return an account whose rejects name none of them; the numbers stay."""
        rejects = account.rejects
        if not self.hashes or "athlete" not in rejects:
            return account
        theirs = self._of(rejects["athlete"])
        if not theirs.any():
            return account
        rows = rejects.assign(
            athlete=rejects["athlete"].mask(theirs),
            sentence=rejects["sentence"].mask(theirs, _SENTENCE),
            reason=rejects["reason"].mask(theirs, "forgotten"),
        )
        return replace(account, rejects=rows)

    def _of(self, names: pd.Series) -> pd.Series:
        known = {name: name in self for name in names.dropna().unique()}
        return names.map(known).eq(other=True)


def hash_of(key: bytes, name: str) -> str:
    """Return the keyed hash of a name."""
    # The word in front keeps these hashes apart from pseudonyms, which are made with the same key.
    message = f"forgotten\0{plain_name(name)}".encode()
    return hmac.new(key, message, sha256).hexdigest()[:_DIGITS]


def _hashes_of(key: bytes, name: str) -> Iterator[str]:
    """Yield the hashes of a name as it stands, and of its words in alphabetical order."""
    yield hash_of(key, name)
    for form in sorted(spelling(name).forms):
        if len(form) > 1:  # one word, a first name alone, may be anybody's
            yield hash_of(key, " ".join(sorted(form)))


def forgotten_of(folder: Path, config: DatasetConfig) -> Forgotten:
    """Return who is forgotten in a dataset folder.

    Raises
    ------
    StridecastError
        If the list is there and the key, without which it says nothing, is not.
    """
    entries = _entries(folder)
    if not entries:
        return Forgotten(b"", frozenset())
    key = existing_key(config)
    # Without the key nobody could be told apart: to read on would bring the person back.
    if key is None:
        raise StridecastError(
            f"{folder / FORGOTTEN}: cannot be used without the pseudonym key",
            "restore the key (docs/monday.md, The key)",
        )
    return Forgotten(key, frozenset(digest for entry in entries for digest in entry["hashes"]))


def add_forgotten(folder: Path, key: bytes, names: Collection[str], record: dict[str, Any]) -> None:
    """Add a person to the list, with a record of what was done that names nobody."""
    hashes = sorted({digest for name in names for digest in _hashes_of(key, name)})
    # Who is forgotten twice stands in the list once.
    others = [entry for entry in _entries(folder) if not set(hashes) & set(entry["hashes"])]
    write_json(folder / FORGOTTEN, {"people": [*others, {"hashes": hashes} | record]})


def _entries(folder: Path) -> list[dict[str, Any]]:
    path = folder / FORGOTTEN
    if not path.exists():
        return []
    remedy = "restore it from a backup: it keeps people out who asked for it"
    try:
        entries: list[dict[str, Any]] = read_json(path, remedy)["people"]
        _checked(entry["hashes"] for entry in entries)
    except (KeyError, TypeError):
        raise StridecastError(f"{path}: not the list it was written as", remedy) from None
    return entries


def _checked(hashes: Iterable[object]) -> None:
    if not all(isinstance(person_hashes, list) for person_hashes in hashes):
        raise TypeError
