"""JSON files that hold a list of records."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from ingest.readers.base import FileRefused


def read_records(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file that holds a JSON list of objects.

    Raises
    ------
    FileRefused
        If the file is no JSON or no list of objects.
    """
    try:
        # Some exports begin with a byte order mark, which JSON does not allow.
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FileRefused(
            "unreadable_json",
            f"the JSON breaks off at line {error.lineno}, column {error.colno}; export it again",
        ) from None
    except UnicodeDecodeError:
        raise FileRefused("not_utf8", "the file is not UTF-8 text; export it again") from None
    if not isinstance(content, list) or not all(isinstance(record, dict) for record in content):
        raise FileRefused("unexpected_json", "expected a list of records")
    return content


def columns_of(records: list[dict[str, Any]], names: tuple[str, ...]) -> pd.DataFrame:
    """Return the named fields of the records as text; the index counts records from 1.

    Absent fields are null. Numbers become their shortest exact text, so that nothing is lost
    between here and the checks.
    """
    cells = {
        name: pd.Series([_text(record.get(name)) for record in records], dtype="str")
        for name in names
    }
    frame = pd.DataFrame(cells)
    frame.index = pd.RangeIndex(1, len(records) + 1)
    return frame


def _text(value: object) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    return value if isinstance(value, str) else repr(value)
