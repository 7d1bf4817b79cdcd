"""Text and JSON in and out; a crash leaves the old file or the new one, never half of one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from common.atomic import atomic
from common.errors import DamagedFileError, StridecastError
from common.untyped import FromFile

AGAIN: Final = "delete it and run again"


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text atomically."""
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8")


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON atomically, keys sorted; a NaN stops here, not in a reader."""
    # Sorted and indented, so that git and DVC see only what has really changed.
    write_text(path, json.dumps(content, indent=2, sort_keys=True, allow_nan=False) + "\n")


def read_json(path: Path, remedy: str = AGAIN) -> FromFile:
    """Read a JSON file.

    Parameters
    ----------
    path : pathlib.Path
    remedy : str
        What to do about a damaged file.

    Raises
    ------
    StridecastError
        If the file is missing.
    DamagedFileError
        If it is not JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StridecastError(f"{path}: not found", "run `dvc repro` first") from None
    except json.JSONDecodeError as error:
        raise DamagedFileError(f"{path}: not JSON (line {error.lineno})", remedy) from None
    # Thousands of nested brackets use up Python's stack; no file of ours looks like that.
    except (UnicodeDecodeError, RecursionError):
        raise DamagedFileError(f"{path}: not JSON", remedy) from None
