"""Nested cross-validation of few injuries: the forecasts of models that never saw the athlete."""

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv, write_frame
from common.store import write_json
from models.sampling.splitters import UnseenAthletes
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import FOLDS_FILE, PREDICTIONS_FILE, SUMMARY_FILE
from pipelines.stage_parts.cross_folds import CrossFolds, Say


def validate_nested(stage: Stage, split: pd.DataFrame, say: Say = print) -> None:
    """Refit in folds of athletes, settings chosen inside each training part.

    Writes forecasts, folds and a summary; where there are too few injuries to learn from at all,
    the last alone, with the reason.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    split : pandas.DataFrame
        athlete, date, event and related of every row whose outcome is known.
    say : callable
        Told how far it is.
    """
    settings, folder = stage.params.nested, stage.workspace.nested(stage.outcome)
    events = int(split["event"].sum())
    splitter = UnseenAthletes(settings.folds, settings.seed)
    rows = _rows(stage, split)
    asked = CrossFolds(stage.params, stage.outcome_name, rows, splitter, settings.trials)
    say(f"{events} injuries are few: nested cross-validation in {settings.folds} folds of athletes")
    try:
        judged = asked.forecasts(say)
    except StridecastError as error:
        write_json(folder / SUMMARY_FILE, {"done": False, "events": events, "reason": str(error)})
        say(f"no cross-validation: {error}")
        return
    write_frame(folder / PREDICTIONS_FILE, judged)
    write_csv(folder / FOLDS_FILE, asked.described())
    chosen = {str(fold): changed for fold, changed in asked.chosen.items()}
    summary = {"done": True, "events": events, "settings_changed": chosen}
    write_json(folder / SUMMARY_FILE, summary)


def _rows(stage: Stage, split: pd.DataFrame) -> pd.DataFrame:
    known = split.drop(columns=["fold", "part"])
    rows = known.merge(read_frame(stage.workspace.features), on=["athlete", "date"], validate="1:1")
    return rows.assign(team="")
