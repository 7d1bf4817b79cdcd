"""Exports as programs write them, generated, with every cell under the test's control."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from ingest.dataset.settings import DatasetConfig
from ingest.readers.registry import Parsed, ReadContext, Reader

LAST_DAY = date(2024, 12, 29)


def context(root: Path, **settings: object) -> ReadContext:
    config = DatasetConfig.model_validate(
        {
            "name": "testclub",
            "time_zone": "Europe/Berlin",
            "observed_from": date(2024, 1, 1),
            "observed_to": LAST_DAY,
            **settings,
        }
    )
    return ReadContext(config, root, pd.Timestamp(LAST_DAY), frozenset({"r1", "r2"}))


def put(root: Path, name: str, content: str | bytes, athlete: str = "r1") -> Path:
    path = root / athlete / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def read(reader: Reader, path: Path, where: ReadContext) -> Parsed:
    """Read a file after its reader recognised it, and see that no record got lost."""
    assert reader.knows(path, path.read_bytes()[:8192])
    parsed = reader.read(path, where)
    account = parsed.account
    assert account.read == account.accepted + account.repaired + account.rejected
    assert account.kind == reader.kind
    assert account.rejects["sentence"].str.len().gt(20).all()
    return parsed


def reasons(parsed: Parsed) -> Mapping[str, str]:
    """Return record -> reason of the rejects."""
    rejects = parsed.account.rejects
    return dict(zip(rejects["record"], rejects["reason"], strict=True))
