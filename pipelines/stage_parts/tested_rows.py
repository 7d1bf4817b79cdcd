"""The test rows as an evaluation holds them: who, when, what followed, a probability per model.

The features that the models read are in memory of some athletes at a time only.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.table_files import read_table
from models.evaluation.athlete_groups import HISTORY
from models.store.artifact import Model, load_any
from models.store.model_facts import FACTS_FILE
from pipelines.runtime.stage import Stage
from pipelines.stage_parts.labelled_rows import KEYS, labelled_rows_by_athletes

_PEOPLE: Final = ["athlete", "team", "sex", "birth_year", "level"]


def tested_rows(stage: Stage) -> tuple[pd.DataFrame, dict[str, Floats]]:
    """Return the test rows, and what the two models that may be promoted say of them, if any.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.

    Returns
    -------
    pandas.DataFrame of shape (n, ...)
        athlete, date, event, onset_date, and the feature that tells the history of injury.
    dict of str to ndarray of shape (n,)
        Probabilities by model.
    """
    models = _models(stage)
    read = [str(name) for model in models.values() for name in model.feature_names_in_]
    rows: list[pd.DataFrame] = []
    probabilities: dict[str, list[Floats]] = {name: [] for name in models}
    for some in labelled_rows_by_athletes(stage, "test", [HISTORY, *read]):
        rows.append(some.filter([*KEYS, "onset_date", HISTORY]))
        for name, model in models.items():
            probabilities[name].append(model.predict_proba(some)[:, 1])
    together = {name: np.concatenate(parts) for name, parts in probabilities.items()}
    return pd.concat(rows, ignore_index=True), together


def described(stage: Stage, rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with what is known of the athletes, the team and the subgroups.

    Parameters
    ----------
    stage : Stage
        Folders.
    rows : pandas.DataFrame
        athlete, and what else they have.
    """
    people = read_table(stage.workspace.tables, "athletes")[_PEOPLE]
    return rows.merge(people, on="athlete", how="left", validate="m:1")


def _models(stage: Stage) -> Mapping[str, Model]:
    folder = stage.workspace.model(stage.outcome)
    if not (folder / FACTS_FILE).exists():
        return {}
    folders = {"risk": folder, "additive": stage.workspace.additive(stage.outcome)}
    return {name: load_any(place)[0] for name, place in folders.items()}
