"""A finished model on a cohort: which model is meant, and the rows it is asked about."""

from pathlib import Path

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame
from common.table_files import read_tables
from forecasting.scoring.guard import refuse_simulated
from models.sampling.outcomes import label
from models.settings.outcomes import OutcomeSettings
from models.store.champion import champion_folder
from models.store.model_facts import FACTS_FILE
from pipelines.promotion.candidates import Candidate, Matrix, read_candidate
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.workspace import Workspace

KEYS = ["athlete", "date"]


def finished_model(root: Path, named: str, outcome: str) -> Candidate:
    """Return the model that is meant by a dataset's name, or by a folder.

    Of a dataset it is the champion, before the first promotion the trained model.

    Raises
    ------
    StridecastError
        If there is none, or a champion's file was changed.
    """
    if (Path(named) / FACTS_FILE).exists():
        candidate = read_candidate(Path(named), "model")
    else:
        workspace = Workspace(root, named)
        champion = champion_folder(workspace.champion(outcome))
        # The champion first: it is what weekly pages rest on, the trained model is a candidate.
        folder = champion or workspace.model(outcome)
        if not (folder / FACTS_FILE).exists():
            raise StridecastError(
                f"no model of {named!r} for {outcome}: neither a champion nor a trained one",
                "name a dataset with a model, or a folder that holds model.json",
            )
        candidate = read_candidate(folder, "model")
    # A folder that is named by hand may hold any model: the labels below would not fit it.
    if candidate.facts.outcome != outcome:
        raise StridecastError(
            f"{named}: a model for {candidate.facts.outcome}, not for {outcome}",
            f"pass --outcome {candidate.facts.outcome}",
        )
    return candidate


def asked_rows(model: Candidate, workspace: Workspace, matrix: Matrix) -> pd.DataFrame:
    """Return athlete, date and event of a cohort's rows at risk, by the model's own rules.

    Raises
    ------
    StridecastError
        If the model learnt from simulated athletes and these are real.
    """
    refuse_simulated(
        model_simulated=model.facts.simulated, data_simulated=read_dataset(workspace).simulated
    )
    tables = read_tables(workspace.tables)
    # Not that of params.yaml: the model answers the question that it was trained for.
    window = OutcomeSettings(horizon_days=model.facts.horizon_days, lead_days=model.facts.lead_days)
    labels = label(
        matrix(model.features)[KEYS],
        tables["injuries"],
        tables["athletes"],
        model.facts.outcome,
        window,
        model.features.injuries,
        tables["sessions"],
    )
    return labels.loc[labels["event"].notna(), [*KEYS, "event"]].reset_index(drop=True)


def with_parts(rows: pd.DataFrame, workspace: Workspace, outcome: str) -> pd.DataFrame:
    """Add the part of the frozen split to rows.

    Raises
    ------
    StridecastError
        If the dataset was never split.
    """
    path = workspace.model(outcome) / "split.parquet"
    split = read_frame(path)[[*KEYS, "part"]]
    # From the left: rows after the split are newer than it and keep a null part.
    return rows.merge(split, on=KEYS, how="left", validate="1:1")
