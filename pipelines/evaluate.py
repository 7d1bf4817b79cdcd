"""Stage `evaluate`: unseen athletes in later weeks, the model beside every comparator."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv, write_frame
from common.store import write_json
from models.comparators.names import BASE_RATE, EVIDENCE_MODEL, ORACLE, PUBLISHED_EVIDENCE
from models.evaluation.model_ranking import standings, what_won
from models.evaluation.model_table import evaluate
from models.evaluation.warm_up import warm_up
from models.evaluation.when_figures import among_metrics, when_table
from models.metrics.fold_measures import fold_measures
from pipelines.runtime.stage import Stage, run_stage_by_outcome
from pipelines.runtime.workspace import FLAGS_FILE, NOT_FITTED_FILE, PREDICTIONS_FILE
from pipelines.stage_parts.evaluation_tables import Tested, write_tables
from pipelines.stage_parts.labelled_rows import KEYS, SPLIT_FILE
from pipelines.stage_parts.nested_measures import measure_nested
from pipelines.stage_parts.tested_rows import described, tested_rows
from pipelines.stage_parts.truth import has_truth_of, true_probabilities

LEADING = ("risk", EVIDENCE_MODEL, PUBLISHED_EVIDENCE, BASE_RATE)
"""What scores the test part, in the order of preference."""
IDENTITY = ["athlete", "date"]
TERMINAL_WIDTH = 110
"""Wider tables are printed in parts: pandas would leave out the columns in the middle."""


def main(stage: Stage) -> None:
    """Write reports/evaluation/<outcome>: metrics, predictions and the tables of plots."""
    test, predictions = tested_rows(stage)
    others = _others(stage, test, PREDICTIONS_FILE) | _own(stage, test)
    predictions |= {name: np.asarray(p, dtype=float) for name, p in others.items()}
    flags = _others(stage, test, FLAGS_FILE)
    is_judged, truth = np.full(len(test), True), _truth(stage, test)  # noqa: FBT003 - every row
    if truth is not None:
        # Athletes whose return nobody wrote down look fit by the default duration, yet are not.
        is_judged = truth["full"].notna().to_numpy()
        print(f"{(~is_judged).sum()} of {len(test)} test rows are injured in truth and left out")
        truth = truth[is_judged]
    predictions = {name: p[is_judged] for name, p in predictions.items()}
    if truth is not None:
        predictions[ORACLE] = truth["observable"].to_numpy()
    tested = Tested(
        rows=described(stage, test[is_judged]),
        predictions=predictions,
        flags={name: flag[is_judged].astype(bool) for name, flag in flags.items()},
        # Of the training part: a threshold made from the test part would know its outcomes.
        base_rate=_base_rate(stage),
        leading=next(name for name in LEADING if name in predictions),
        truth=None if truth is None else truth["full"].to_numpy(),
    )
    _write(stage, tested)
    _write_folds(stage)
    measure_nested(stage)


def _others(stage: Stage, test: pd.DataFrame, name: str) -> dict[str, npt.NDArray[Any]]:
    """Return what the comparators say of the test rows, in their order.

    Raises
    ------
    StridecastError
        If they are of other rows.
    """
    return _forecasts_of_file(
        stage.workspace.comparators(stage.outcome) / name, test, "comparators"
    )


def _own(stage: Stage, test: pd.DataFrame) -> dict[str, npt.NDArray[Any]]:
    """Return what your own estimators that can write themselves say of the test rows."""
    folder = stage.workspace.own(stage.outcome)
    # Who has none of them has only the list of those that could not be fitted, an empty one.
    if not (folder / PREDICTIONS_FILE).exists() and (folder / NOT_FITTED_FILE).exists():
        return {}
    return _forecasts_of_file(folder / PREDICTIONS_FILE, test, "own")


def _forecasts_of_file(path: Path, test: pd.DataFrame, made_by: str) -> dict[str, npt.NDArray[Any]]:
    forecasts = read_frame(path, remedy=f"run `python -m pipelines.{made_by}` first")
    # Columns are joined by place, so that another order would mix up athletes unnoticed.
    if not forecasts[IDENTITY].equals(test[IDENTITY]):
        raise StridecastError(
            f"{path}: made of other rows than those of the split",
            f"run `dvc repro`, or the stage `{made_by}` again",
        )
    return {
        str(column): forecasts[column].to_numpy()
        for column in forecasts.columns
        if column not in IDENTITY
    }


def _base_rate(stage: Stage) -> float:
    """Return the event rate of the training part; rows of unknown outcome are in no part."""
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE, ["event", "part"])
    return float(split.loc[split["part"] == "train", "event"].mean())


def _truth(stage: Stage, test: pd.DataFrame) -> pd.DataFrame | None:
    if not has_truth_of(stage.params.outcome):
        return None
    return true_probabilities(stage.workspace, test, stage.outcome)


def _write(stage: Stage, tested: Tested) -> None:
    folder = stage.workspace.evaluation(stage.outcome)
    truth = {} if tested.truth is None else {"true_probability": tested.truth}
    table = tested.rows[KEYS].assign(**tested.predictions, **truth)
    write_frame(folder / PREDICTIONS_FILE, table)
    evaluation = evaluate(
        tested.rows["event"],
        tested.predictions,
        tested.rows["athlete"],
        stage.params.evaluation,
        tested.truth,
    )
    when = when_table(
        tested.rows, tested.predictions, tested.leading, tested.truth, stage.params.evaluation
    )
    write_csv(folder / "when.csv", when)
    makers = (stage.workspace.comparators(stage.outcome), stage.workspace.own(stage.outcome))
    missed = pd.concat([pd.read_csv(maker / NOT_FITTED_FILE) for maker in makers])
    write_csv(folder / NOT_FITTED_FILE, missed)
    write_json(folder / "metrics.json", among_metrics(evaluation.nested(), when))
    if len(np.unique(tested.rows["event"])) > 1:
        write_tables(stage, tested, evaluation)
        won = what_won(standings(evaluation.replicates))
        write_json(folder / "standings.json", won)
        print(won["sentence"])
    else:
        print("all test rows have the same outcome: no curve, budget or comparison is defined")
    shown = evaluation.table.pivot_table(index="model", columns="metric", values="value")
    print(shown.round(4).to_string(line_width=TERMINAL_WIDTH))


def _write_folds(stage: Stage) -> None:
    """Write folds.csv: the risk model's out-of-fold forecasts of the training part, by fold."""
    path = stage.workspace.model(stage.outcome) / "out_of_fold.parquet"
    if path.exists():
        folder = stage.workspace.evaluation(stage.outcome)
        write_csv(folder / "folds.csv", fold_measures(read_frame(path)))


if __name__ == "__main__":
    run_stage_by_outcome(main, load=warm_up)
