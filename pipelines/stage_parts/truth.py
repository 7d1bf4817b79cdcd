"""The simulator's truth, for evaluation alone; real datasets have none."""

import hashlib
from pathlib import Path
from typing import Final

import pandas as pd

from common.errors import StridecastError
from common.frame_files import columns_of, read_frame
from ingest.people.pseudonym import key_for, pseudonym
from models.settings.outcomes import OutcomeSettings
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.workspace import Workspace

TRUTH_DAYS: Final = 7
"""Days after the date that the simulator's probabilities are of."""


def has_truth_of(settings: OutcomeSettings) -> bool:
    """Say whether the simulator's truth is of the outcome window; another has no yardstick."""
    return settings.horizon_days == TRUTH_DAYS and settings.lead_days == 0


def true_probabilities(
    workspace: Workspace, rows: pd.DataFrame, outcome: str
) -> pd.DataFrame | None:
    """Return the true probabilities of rows, or None where there is no truth of this outcome.

    Parameters
    ----------
    workspace : Workspace
        Paths of the dataset.
    rows : pandas.DataFrame
        athlete (pseudonym) and date.
    outcome : str
        Outcome; the simulator writes the truth of ``any`` and ``knee``.

    Returns
    -------
    pandas.DataFrame or None
        Columns ``full`` and ``observable``, index of `rows`; null where the truth counts the
        athlete as injured.

    Raises
    ------
    StridecastError
        If the truth is not the one that was written with the dataset.
    """
    path = workspace.truth / "truth.parquet"
    if not path.exists():
        return None
    config = read_dataset(workspace)
    # The truth of another draw fits the same names, and every measure of it would be wrong.
    _refuse_another(path, config.truth_sha256)
    columns = {f"p_{outcome}_full": "full", f"p_{outcome}_observable": "observable"}
    if not set(columns) <= set(columns_of(path)):
        return None  # an own outcome, whose true probability the simulator does not write
    truth = read_frame(path, ["athlete", "date", *columns]).rename(columns=columns)
    key = key_for(config)
    # The simulator writes raw ids; the tables hold pseudonyms alone.
    names = {raw: pseudonym(key, config.name, raw) for raw in truth["athlete"].unique()}
    named = truth.assign(athlete=truth["athlete"].map(names))
    # From the left: the result stands in the order of the rows.
    joined = rows[["athlete", "date"]].merge(named, on=["athlete", "date"], how="left")
    return joined[["full", "observable"]].set_axis(rows.index)


def _refuse_another(path: Path, expected: str) -> None:
    if expected and _digest(path) != expected:
        raise StridecastError(
            f"{path}: not the truth that was written with this dataset (digests differ)",
            "run `dvc repro`",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
