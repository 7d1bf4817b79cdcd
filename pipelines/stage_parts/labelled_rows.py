"""Feature rows with their outcomes, in the parts of the frozen split."""

from typing import Final

import pandas as pd

from common.frame_files import read_frame
from pipelines.runtime.stage import Stage

KEYS: Final = ["athlete", "date", "event"]
SPLIT_FILE: Final = "split.parquet"
COLUMNS_FILE: Final = "columns.json"
"""Beside the split: which columns the models of this outcome read; none where no model is due.

Comparators get the model's own columns, and depend on this file rather than on the model, whose
settings say nothing about them.
"""


def labelled_rows(stage: Stage, part: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Return the rows of a part, train or test, whose outcome is known, with features.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    part : str
        train or test.
    columns : list of str, optional
        Of the features' table, athlete and date among them; by default all.
    """
    return _of_part(_labels(stage), part, read_frame(stage.workspace.features, columns))


def training_and_test_rows(stage: Stage) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return :func:`labelled_rows` of both parts; the features are read once.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    """
    labels, rows = _labels(stage), read_frame(stage.workspace.features)
    return _of_part(labels, "train", rows), _of_part(labels, "test", rows)


def _labels(stage: Stage) -> pd.DataFrame:
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE)
    return split.loc[split["event"].notna(), [*KEYS, "related", "onset_date", "part", "fold"]]


def _of_part(labels: pd.DataFrame, part: str, rows: pd.DataFrame) -> pd.DataFrame:
    # In the order of the features, whichever way the split is sorted.
    return rows.merge(labels[labels["part"] == part], on=["athlete", "date"], validate="1:1")
