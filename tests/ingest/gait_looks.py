"""Reading a gait file that a test has just written, and what came out of it."""

import os
from pathlib import Path

import pandas as pd
import pytest

from common.contracts import conform
from ingest.dataset.settings import load_config
from ingest.readers.registry import ReadContext, find_reader
from tests.ingest.club_files import SETTINGS, write
from tests.ingest.gait_signals import Gait

GAIT = Gait(seconds=4.0)


DAY = "2024-03-05"


SHARED = Path(os.environ.get("STRIDECAST_SHARED", "../shared"))


@pytest.fixture
def context(tmp_path):
    write(tmp_path / "dataset.yaml", SETTINGS)
    config = load_config(tmp_path)
    return ReadContext(config, tmp_path, pd.Timestamp(config.observed_to), frozenset({"r1"}))


def look(context, content, name=f"r1/{DAY}/trial.mot"):
    """Read a generated file by the reader that recognises it."""
    path = context.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return find_reader(path).read(path, context)


def values_of(parsed):
    frame = parsed.records["gait"]
    conform("gait", frame.drop(columns=["record", "repaired"]))
    return {(row.metric, row.side): row.value for row in frame.itertuples()}
