"""What later stages must know of a dataset: its settings travel with its tables."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from common.frame_files import read_frame, write_frame
from common.store import read_json, write_json
from ingest.dataset.settings import DatasetConfig
from pipelines.runtime.workspace import Workspace

FILE_NAME = "dataset.json"
UNCLEAR = "unclear"
"""Table of those about whom an injury entry could not be read; there is none without any."""


def write_dataset(workspace: Workspace, config: DatasetConfig) -> None:
    """Keep the settings a dataset was ingested with beside its tables."""
    write_json(workspace.tables / FILE_NAME, config.model_dump(mode="json"))


def read_dataset(workspace: Workspace) -> DatasetConfig:
    """Return the settings the tables were made with."""
    return DatasetConfig.model_validate(read_json(workspace.tables / FILE_NAME))


def write_unclear(tables: Path, sentences: Mapping[str, str]) -> None:
    """Keep beside the tables about whom an injury entry could not be read.

    Parameters
    ----------
    tables : pathlib.Path
        Folder of the tables.
    sentences : mapping of str to str
        Pseudonym -> why it is unclear.
    """
    path = tables / f"{UNCLEAR}.parquet"
    # The table of an earlier run must not call somebody unclear whose entry can be read by now.
    path.unlink(missing_ok=True)
    if sentences:
        columns = {"athlete": list(sentences), "sentence": list(sentences.values())}
        write_frame(path, pd.DataFrame(columns, dtype="str").sort_values("athlete"))


def read_unclear(tables: Path, athletes: tuple[str, str]) -> dict[str, pd.DataFrame]:
    """Return the table `unclear` (athlete, sentence) by its name; nothing where there is none.

    Parameters
    ----------
    tables : pathlib.Path
        Folder of the tables.
    athletes : pair of str
        Only the rows of the athletes from one to the other, by name, both included.
    """
    path = tables / f"{UNCLEAR}.parquet"
    return {UNCLEAR: read_frame(path, athletes=athletes)} if path.exists() else {}
