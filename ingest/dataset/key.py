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
    if len(key) != KEY_BYTES:
        raise StridecastError(
            f"{path}: expected {KEY_BYTES} bytes, found {len(key)}",
            "restore the key from your backup; a new key would rename every athlete",
        )
    return key


def key_file() -> Path:
    """Return where this machine keeps its key."""
    named = os.environ.get(KEY_VARIABLE)
    if named:
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "stridecast" / "pseudonym.key"
