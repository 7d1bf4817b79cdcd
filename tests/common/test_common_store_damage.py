"""A damaged JSON or Parquet file of our own is one line that names it, whatever the damage."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from common.errors import DamagedFileError
from common.frame_files import read_frame, write_frame
from common.store import read_json


def damages(content: bytes, draw: random.Random) -> list[bytes]:
    cuts = [content[: draw.randrange(len(content))] for _ in range(20)]
    flips = []
    for _ in range(60):
        changed = bytearray(content)
        changed[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        flips.append(bytes(changed))
    return [b"", b"\0" * len(content), *cuts, *flips, content[::-1]]


def is_refused_by_name(read: Callable[[Path], object], path: Path) -> bool:
    message = None
    try:
        read(path)
    except DamagedFileError as error:
        message = str(error)
    assert message is None or (str(path) in message and "\n" not in message)
    return message is not None


def test_damaged_parquet_is_read_or_refused_by_name(tmp_path):
    path = tmp_path / "week.parquet"
    write_frame(path, pd.DataFrame({"athlete": ["a1", "a2"] * 30, "p": [0.1, None] * 30}))
    refused = 0
    for content in damages(path.read_bytes(), random.Random(1)):
        path.write_bytes(content)
        refused += is_refused_by_name(read_frame, path)
    assert refused > 30


def test_a_missing_column_is_damage(tmp_path):
    path = tmp_path / "week.parquet"
    write_frame(path, pd.DataFrame({"athlete": ["a1"]}))
    with pytest.raises(DamagedFileError, match="not the table it was written as; do this"):
        read_frame(path, ["hindcast"], "do this")


def test_damaged_json_is_read_or_refused_by_name(tmp_path):
    path = tmp_path / "monitor.json"
    whole = json.dumps({"verdict": "fine", "weeks": [1, 2.5, None], "who": "Zoë"}).encode()
    for content in [*damages(whole, random.Random(2)), b"[" * 100_000, b"\xff\xfe"]:
        path.write_bytes(content)
        is_refused_by_name(read_json, path)
