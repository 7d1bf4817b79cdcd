"""Pseudonyms: the same person gets the same name everywhere, and only the key leads back."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from ingest.dataset.key import KEY_BYTES, KEY_VARIABLE, existing_key, key_file
from ingest.dataset.settings import DatasetConfig

# 60 bits: among a thousand athletes two share a code with a chance below 1 in 10^12.
_LETTERS: Final = 12


def pseudonym(key: bytes, dataset: str, athlete: str) -> str:
    """Return "a" and 12 base32 letters of HMAC-SHA256(key, dataset and athlete).

    Examples
    --------
    The dataset is part of the name: the same id in another club is another person.

    >>> pseudonym(b"k", "north", "r1") == pseudonym(b"k", "south", "r1")
    False
    """
    # The zero byte keeps the parts apart: "ab" and "c" must not give the code of "a" and "bc".
    message = f"{dataset}\0{athlete}".encode()
    code = hmac.new(key, message, hashlib.sha256).digest()
    return "a" + base64.b32encode(code).decode("ascii")[:_LETTERS].lower()


def key_for(config: DatasetConfig) -> bytes:
    """Return the key of a dataset: fixed where ids are no secret, else this machine's own.

    The machine's key is made on first use, readable by its owner only, outside any repository.

    Raises
    ------
    StridecastError
        If the key file is unusable.
    """
    key = existing_key(config)
    if key is None:
        _create(key_file())
        key = existing_key(config)
    if key is None:
        raise StridecastError(f"{key_file()}: the key vanished", "run it again")
    return key


def _create(path: Path) -> None:
    if any((folder / ".git").exists() for folder in path.resolve().parents):
        raise StridecastError(
            f"{path}: a key inside a repository would be committed one day",
            f"point ${KEY_VARIABLE} to a place outside",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # O_EXCL: of two runs that begin at once only one makes the key, and both use it.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise StridecastError(
            f"{path}: cannot make the pseudonym key ({error.strerror})",
            f"point ${KEY_VARIABLE} to a place you can write to",
        ) from None
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        # Codes that outlive their key would lead back to nobody.
        os.fsync(file.fileno())
