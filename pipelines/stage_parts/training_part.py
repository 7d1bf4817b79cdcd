"""What is known of the training part of an outcome, for the models that learn from it."""

import pandas as pd

from models.store.artifact import Provenance
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.stage import Stage


def training_provenance(stage: Stage, rows: pd.DataFrame) -> Provenance:
    """Return outcome, data, sizes and dates of the training part.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    rows : pandas.DataFrame
        athlete, date and event of its rows.
    """
    params = stage.params
    return Provenance(
        outcome=stage.outcome_name,
        dataset=params.dataset,
        simulated=read_dataset(stage.workspace).simulated,
        horizon_days=params.outcome.horizon_days,
        lead_days=params.outcome.lead_days,
        rows=len(rows),
        events=int(rows["event"].sum()),
        athletes=rows["athlete"].nunique(),
        trained_from=str(rows["date"].min().date()),
        trained_to=str(rows["date"].max().date()),
    )
