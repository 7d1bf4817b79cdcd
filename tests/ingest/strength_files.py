"""A club with names in its exports, for the strength and wellness tests."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from ingest.dataset.settings import DatasetConfig, load_config
from ingest.readers.base import Neighbour, Parsed, ReadContext
from ingest.readers.registry import find_reader

SETTINGS = """\
name: testclub
pseudonyms: public
simulated: true
time_zone: America/New_York
observed_from: 2024-01-01
observed_to: 2025-12-31
athletes:
  "Doe, Jane": r1
  Jim Roe: r2
  0f8fad5b: r1
"""


def context_of(folder: Path, settings: str = SETTINGS) -> ReadContext:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yaml").write_text(settings, encoding="utf-8")
    config = load_config(folder)
    last = pd.Timestamp(config.observed_to)
    return ReadContext(config, folder, last, frozenset({"r1", "r2"}))


def bare_context(folder: Path) -> ReadContext:
    """For a folder that is not ours to write in."""
    config = DatasetConfig(
        name="published",
        time_zone="UTC",
        observed_from=date(2000, 1, 1),
        observed_to=date(2025, 12, 31),
    )
    return ReadContext(config, folder, pd.Timestamp("2025-12-31"))


def read_text(
    folder: Path,
    text: str | bytes,
    kind: str,
    *,
    name: str = "export.csv",
    settings: str = SETTINGS,
    beside: tuple[Neighbour, ...] = (),
) -> Parsed:
    context = replace(context_of(folder, settings), beside=beside)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    reader = find_reader(path)
    assert reader is not None, "no reader knows the file"
    assert reader.kind == kind
    return reader.read(path, context)


def quoted(*rows: list[str]) -> str:
    """Every cell quoted, a byte order mark, LF: as VALD writes."""
    return "\ufeff" + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def values(parsed: Parsed) -> dict[tuple[str, str, str], float]:
    """(test, side, metric) -> value of the strength rows."""
    frame = parsed.records["strength"]
    keys = zip(frame["test"], frame["side"], frame["metric"], strict=True)
    return dict(zip(keys, frame["value"], strict=True))
