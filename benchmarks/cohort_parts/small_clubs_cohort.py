"""A simulated cohort for clubs to be drawn from: feature rows, what followed, and the true risk."""

import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.frame_files import read_frame, write_frame
from common.table_files import read_tables
from features.catalogue.entry import BLOCKS
from models.sampling.outcomes import label
from pipelines import featurize, ingest, simulate
from pipelines.runtime.params import Params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.truth import true_probabilities
from simulation.worlds import world

OUTCOMES: Final = ("any", "knee")
TEST_ATHLETES: Final = 0.25
TEST_WEEKS: Final = 0.4
GAP: Final = pd.Timedelta(days=7)


@dataclass(frozen=True, eq=False)
class Pool:
    """One cohort, divided: athletes of whom clubs are made, and unseen ones in later weeks.

    Parameters
    ----------
    early : pandas.DataFrame
        Rows of the clubs' athletes before the cut, at risk, with `event_any` and `event_knee`.
    late : pandas.DataFrame
        Rows of the other athletes after it, with `full_<outcome>` and `observable_<outcome>`, the
        true probability and that of the oracle.
    """

    early: pd.DataFrame
    late: pd.DataFrame

    def club(self, athletes: int, seed: int) -> pd.DataFrame:
        """Return the rows of a club of some size, drawn without replacement."""
        names = np.sort(self.early["athlete"].unique())
        drawn = np.random.default_rng(seed).choice(names, athletes, replace=False)
        return self.early[self.early["athlete"].isin(drawn)].reset_index(drop=True)


def cohort_rows(params: Params, seed: int, named: str, athletes: int) -> pd.DataFrame:
    """Simulate, ingest and featurize a cohort; return its rows at risk with outcome and truth."""
    simulation = params.simulation.model_copy(update={"seed": seed, "athletes": athletes})
    own = params.model_copy(
        update={
            "simulation": world(named, simulation),
            "features": params.features.model_copy(update={"blocks": BLOCKS}),
        }
    )
    # Stages print as they go on; standard output is for the figures alone.
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        workspace = Workspace(Path(folder), own.dataset)
        for stage in (simulate, ingest, featurize):
            stage.main(Stage(own, workspace))
        return outcome_rows(workspace, own)


def kept_rows(
    params: Params, seed: int, named: str, athletes: int, keep: Path | None
) -> pd.DataFrame:
    """Return the rows of a cohort, from a folder where they lie already."""
    path = None if keep is None else keep / f"{named}-{seed}-{athletes}.parquet"
    if path is not None and path.exists():
        return read_frame(path)
    rows = cohort_rows(params, seed, named, athletes)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_frame(path, rows)
    return rows


def divided(rows: pd.DataFrame, seed: int) -> Pool:
    """Divide a cohort by athletes and by time, with a week between the parts."""
    names = np.sort(rows["athlete"].unique())
    unseen = np.random.default_rng(seed).choice(
        names, round(TEST_ATHLETES * len(names)), replace=False
    )
    cut = rows["date"].quantile(1 - TEST_WEEKS)
    is_unseen = rows["athlete"].isin(unseen)
    # Records may call somebody fit who is hurt in truth: such a week has no true risk to compare
    # with.
    truth = rows[[f"full_{name}" for name in OUTCOMES]].notna().all(axis=1)
    return Pool(
        # The gap keeps outcomes of the clubs' last weeks out of the weeks that are forecast.
        early=rows[~is_unseen & (rows["date"] <= cut - GAP)],
        late=rows[is_unseen & (rows["date"] > cut) & truth].reset_index(drop=True),
    )


def outcome_rows(workspace: Workspace, params: Params) -> pd.DataFrame:
    """Return the feature rows whose outcomes are known, with them and the truth, as teams learn."""
    rows, tables = read_frame(workspace.features), read_tables(workspace.tables)
    label_tables = rows, tables["injuries"], tables["athletes"]
    rules = params.features.injuries
    for outcome in OUTCOMES:
        labels = label(*label_tables, outcome, params.outcome, rules, tables["sessions"])
        truth = true_probabilities(workspace, rows, outcome)
        rows[f"event_{outcome}"] = labels["event"].to_numpy()
        if truth is not None:
            rows[f"full_{outcome}"] = truth["full"].to_numpy()
            rows[f"observable_{outcome}"] = truth["observable"].to_numpy()
    known = rows[[f"event_{name}" for name in OUTCOMES]].notna().all(axis=1)
    return rows[known].reset_index(drop=True)
