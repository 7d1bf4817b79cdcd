"""Nested cross-validation of few injuries: the forecasts of models that never saw the athlete."""

import pandas as pd

from common.errors import StridecastError
from common.frame_files import write_csv, write_frame
from common.store import write_json
from models.sampling.splitters import UnseenAthletes
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import FOLDS_FILE, PREDICTIONS_FILE, SUMMARY_FILE
from pipelines.stage_parts.cross_folds import CrossFolds, Say
from pipelines.stage_parts.labelled_rows import labelled_rows
from pipelines.stage_parts.model_features import model_features


def validate_nested(stage: Stage, say: Say = print) -> None:
    """Refit in folds of athletes, settings chosen inside each training part.

    Writes forecasts, folds and a summary; where there are too few injuries to learn from at all,
    the last alone, with the reason.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    say : callable
        Told how far it is.
    """
    settings, folder = stage.params.nested, stage.workspace.nested(stage.outcome)
    splitter = UnseenAthletes(settings.folds, settings.seed)
    rows = _rows(stage)
    events = int(rows["event"].sum())
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


def _rows(stage: Stage) -> pd.DataFrame:
    """Return every row whose outcome is known, without the parts and folds of the frozen split."""
    columns = [f.name for f in model_features(stage.params, stage.outcome_name)]
    return labelled_rows(stage, None, columns).drop(columns=["fold", "part"]).assign(team="")
