"""The key behind the codes of athletes: where it lies, and what it is, if there is one."""

import hashlib
import os
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from ingest.dataset.settings import DatasetConfig

KEY_BYTES: Final = 32
KEY_VARIABLE: Final = "STRIDECAST_KEY_FILE"


def existing_key(config: DatasetConfig) -> bytes | None:
    """Return the key of a dataset, or None where this machine has none yet; it makes none.

    Raises
    ------
    StridecastError
        If the key file is unusable.
    """
    if config.pseudonyms == "public":
        # No secret: these ids are published, and every machine is to give the same codes.
        return hashlib.sha256(f"stridecast public {config.name}".encode()).digest()
    path = key_file()
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StridecastError(
            f"{path}: the pseudonym key cannot be read ({error.strerror})",
            f"let its owner run this, or point ${KEY_VARIABLE} to a copy you may read",
        ) from None
    # A file cut short would give everybody another code without a word.
    if len(key) != KEY_BYTES:
        raise StridecastError(
            f"{path}: expected {KEY_BYTES} bytes, found {len(key)}",
            "restore the key from your backup; a new key would rename every athlete",
        )
    return key


def key_file() -> Path:
    """Return where this machine keeps its key.

    Raises
    ------
    StridecastError
        If the user has no home folder, as an account of services may, and nothing names the file.
    """
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return Path(named)
    folder = os.environ.get("XDG_CONFIG_HOME")
    return (Path(folder) if folder else _home() / ".config") / "stridecast" / "pseudonym.key"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        raise StridecastError(
            "this user has no home folder, so there is no place for the pseudonym key",
            f"set HOME, or let ${KEY_VARIABLE} name the key's file",
        ) from None
