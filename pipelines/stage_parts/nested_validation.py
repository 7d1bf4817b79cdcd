"""Nested cross-validation as part of every evaluation of few injuries."""

from typing import Final

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv
from common.store import write_json
from models.sampling.splitters import UnseenAthletes
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import MEASURES_FILE, SUMMARY_FILE
from pipelines.stage_parts.cross_folds import CrossFolds, Say
from pipelines.stage_parts.labelled_rows import SPLIT_FILE

FOLDS_FILE: Final = "cross_validation_folds.csv"


def validate_nested(stage: Stage, say: Say = print) -> None:
    """Refit in folds of athletes, settings chosen inside, where injuries are few; say the result.

    Writes the measures, the folds and a summary
    beside the evaluation;
    where injuries are many, or too few to learn from at all, the last alone, with the reason.
    """
    settings, folder = stage.params.nested, stage.workspace.evaluation(stage.outcome)
    rows = _rows(stage)
    events = int(rows["event"].sum())
    if events >= settings.below_events:
        reason = f"{events} injuries: one test part of unseen athletes in later weeks is enough"
        write_json(folder / SUMMARY_FILE, {"done": False, "events": events, "reason": reason})
        return
    splitter = UnseenAthletes(settings.folds, settings.seed)
    asked = CrossFolds(stage.params, stage.outcome_name, rows, splitter, settings.trials)
    say(f"{events} injuries are few: nested cross-validation in {settings.folds} folds of athletes")
    try:
        measured = asked.measured(say)
    except StridecastError as error:
        write_json(folder / SUMMARY_FILE, {"done": False, "events": events, "reason": str(error)})
        say(f"no cross-validation: {error}")
        return
    write_csv(folder / MEASURES_FILE, measured)
    write_csv(folder / FOLDS_FILE, asked.described())
    whole = measured[measured["variable"] == "all"].set_index("metric")
    auroc = whole.loc["auroc"]
    sentence = (
        f"Nested cross-validation, every injury tested once by a model that never saw its athlete: "
        f"{events} injuries, AUROC {auroc['value']:.2f} ({auroc['low']:.2f} to "
        f"{auroc['high']:.2f})."
    )
    chosen = {str(fold): changed for fold, changed in asked.chosen.items()}
    summary = {"done": True, "events": events, "sentence": sentence, "settings_changed": chosen}
    write_json(folder / SUMMARY_FILE, summary)
    say(sentence)


def _rows(stage: Stage) -> pd.DataFrame:
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE)
    known = split[split["event"].notna()].drop(columns=["fold", "part"])
    rows = known.merge(read_frame(stage.workspace.features), on=["athlete", "date"], validate="1:1")
    return rows.assign(team="")
