"""What out-of-fold forecasts are worth: all folds together, and each; nothing is fitted here."""

import math

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv
from common.store import read_json, write_json
from models.metrics.subgroups import subgroups
from models.settings.evaluation import IntervalSettings
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import FOLDS_FILE, MEASURES_FILE, PREDICTIONS_FILE, SUMMARY_FILE
from pipelines.stage_parts.labelled_rows import KEYS, SPLIT_FILE


def measure_folds(judged: pd.DataFrame, settings: IntervalSettings) -> pd.DataFrame:
    """Measure forecasts of rows that were left out, athletes resampled.

    Parameters
    ----------
    judged : pandas.DataFrame
        athlete, event, fold and probability of each tested row.
    settings : IntervalSettings
        Draws, coverage, seed.

    Returns
    -------
    pandas.DataFrame
        From :func:`models.metrics.subgroups.subgroups`: all folds together, and each.
    """
    return subgroups(
        judged["event"],
        judged["probability"].to_numpy(),
        judged["athlete"],
        pd.DataFrame({"all": "all folds", "fold": judged["fold"].astype("str")}),
        settings,
    )


def measure_nested(stage: Stage) -> None:
    """Write measures, folds and a summary of the stage `nested` beside the evaluation.

    Where it made nothing, the summary alone, with its reason.

    Raises
    ------
    StridecastError
        If it is of other rows than the split, or was not made.
    """
    made, folder = stage.workspace.nested(stage.outcome), stage.workspace.evaluation(stage.outcome)
    summary = read_json(made / SUMMARY_FILE, remedy="run `python -m pipelines.nested` first")
    for name in (MEASURES_FILE, FOLDS_FILE):
        # Tables of an earlier run, with fewer injuries, must not stand beside this evaluation.
        (folder / name).unlink(missing_ok=True)
    if summary["done"]:
        judged = read_frame(made / PREDICTIONS_FILE)
        _check_rows(stage, judged)
        measured = measure_folds(judged, stage.params.evaluation)
        write_csv(folder / MEASURES_FILE, measured)
        write_csv(folder / FOLDS_FILE, pd.read_csv(made / FOLDS_FILE))
        tested = int(judged["event"].sum())
        summary |= {"tested": tested, "sentence": _sentence(measured, summary["events"], tested)}
        print(summary["sentence"])
    write_json(folder / SUMMARY_FILE, summary)


def _check_rows(stage: Stage, judged: pd.DataFrame) -> None:
    """Refuse forecasts of another split, or of other outcomes."""
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE, KEYS)
    # A merge keeps what both have: any row that is lost was judged under another split.
    if len(judged.merge(split, on=KEYS)) != len(judged):
        raise StridecastError(
            f"{stage.workspace.nested(stage.outcome)}: made of other rows than those of the split",
            "run `dvc repro`, or the stage `nested` again",
        )


def _sentence(measured: pd.DataFrame, events: int, tested: int) -> str:
    whole = measured[measured["variable"] == "all"].set_index("metric")
    value, low, high = (float(whole[name]["auroc"]) for name in ("value", "low", "high"))
    tested_injuries = "every injury" if tested == events else f"{tested} of {events} injuries"
    few = "" if tested == events else " (the other folds leave too few to learn from)"
    # An AUROC needs a row with an injury and one without.
    known = not math.isnan(value)
    figure = f"AUROC {value:.2f} ({low:.2f} to {high:.2f})" if known else "AUROC cannot be told"
    return (
        f"Nested cross-validation, {tested_injuries} tested once by a model that never saw "
        f"its athlete{few}: {tested} injuries, {figure}."
    )
