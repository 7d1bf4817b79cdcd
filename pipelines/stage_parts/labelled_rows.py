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


def labelled_rows(stage: Stage, part: str) -> pd.DataFrame:
    """Return the rows of a part, train or test, whose outcome is known, with features.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    part : str
        train or test.
    """
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE)
    labels = split[[*KEYS, "related", "onset_date", "part", "fold"]]
    chosen = labels[labels["event"].notna() & (labels["part"] == part)]
    rows = read_frame(stage.workspace.features)
    # In the order of the features, whichever way the split is sorted.
    return rows.merge(chosen, on=["athlete", "date"], validate="1:1")
