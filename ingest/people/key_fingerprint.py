"""Which key a history was made with, so that another key never renames a club without a word.

The codes of athletes come from a key that lies outside the project. A new machine, another user's
cron job or a lost home folder has another key or none; every code would change, and the
history, the actions and the models would be about strangers.
"""

import hmac
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from common.store import read_json, write_json
from ingest.dataset.key import existing_key, key_file
from ingest.dataset.settings import DatasetConfig

FILE: Final = "key.json"
_DIGITS: Final = 16
_HOW: Final = "docs/monday.md, The key, tells how to move or restore it"


def fingerprint(key: bytes, dataset: str) -> str:
    """Return 16 hexadecimal digits that tell keys apart and lead back to none."""
    return hmac.new(key, f"fingerprint\0{dataset}".encode(), sha256).hexdigest()[:_DIGITS]


def check_key(
    history: Path, config: DatasetConfig, known: Collection[str] = (), codes: Collection[str] = ()
) -> None:
    """Stop where the codes would not be those of a history.

    Parameters
    ----------
    history : pathlib.Path
        The dataset's history; it need not exist.
    config : DatasetConfig
        The dataset's settings.
    known : collection of str, optional
        Codes that stand in the history, for one that holds no fingerprint yet.
    codes : collection of str, optional
        Codes of the roster under the key as it is.

    Raises
    ------
    StridecastError
        If the key is missing although the history was made with one, or is another.
    """
    if config.pseudonyms == "public":
        return
    stored, key = _fingerprint_in(history / FILE), existing_key(config)
    if key is None:
        # Without any history yet the first run makes its own key.
        if stored or known:
            raise StridecastError(
                f"{key_file()}: the pseudonym key is missing, and {history} was made with one; a"
                " new key would give every athlete a new code",
                f"restore the key from your backup ({_HOW}), or start anew with another --out",
            )
    elif _is_another(stored, key, config, known, codes):
        raise StridecastError(
            f"{key_file()}: not the pseudonym key that {history} was made with; every athlete"
            " would get a new code",
            f"restore that key, or point $STRIDECAST_KEY_FILE to it ({_HOW}); to start anew choose"
            " another --out",
        )


def _is_another(
    stored: str, key: bytes, config: DatasetConfig, known: Collection[str], codes: Collection[str]
) -> bool:
    if stored:
        return stored != fingerprint(key, config.name)
    # An old history has no fingerprint; a single code that occurs again proves the same key.
    return bool(known and codes) and not set(known) & set(codes)


def has_fingerprint(history: Path) -> bool:
    """Say whether it is written down which key a history was made with."""
    return bool(_fingerprint_in(history / FILE))


def write_fingerprint(folder: Path, config: DatasetConfig) -> None:
    """Write down which key the codes of a history come from."""
    key = existing_key(config)
    if key is not None and config.pseudonyms == "keyed":
        write_json(folder / FILE, {"fingerprint": fingerprint(key, config.name)})


def _fingerprint_in(path: Path) -> str:
    """Return the fingerprint, or nothing where there is none that can be read."""
    try:
        return str(read_json(path)["fingerprint"])
    except (StridecastError, KeyError, TypeError):
        return ""
