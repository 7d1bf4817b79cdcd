"""Stage `evaluate`: unseen athletes in later weeks, the model beside every comparator."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.matrix import catalogue
from forecasting.evidence_index import EvidenceIndex
from ingest.store import read_frame, write_csv, write_frame, write_json
from models.artifact import FACTS_FILE, load
from models.calibration_curve import calibration_curve
from models.evaluation import Evaluation, compare, evaluate
from models.logistic import LogisticRisk
from models.rules import fit_rules, rule_probabilities
from pipelines.stage import Stage, run_stage
from pipelines.truth import true_probabilities

Floats = npt.NDArray[np.float64]

KEYS = ["athlete", "date", "event"]


def main(stage: Stage) -> None:
    """Write reports/evaluation/<outcome>: metrics, comparison, predictions and plot tables."""
    folder = stage.workspace.evaluation(stage.outcome)
    train, test = _parts(stage)
    truth = true_probabilities(stage.workspace, test, stage.outcome)
    if truth is not None:
        # Athletes whose return nobody wrote down look fit by the default duration, yet are not.
        at_risk = truth["full"].notna()
        print(f"{(~at_risk).sum()} of {len(test)} test rows are injured in truth and left out")
        test, truth = test[at_risk], truth[at_risk]
    predictions = _predict(stage, train, test)
    if truth is not None:
        predictions["oracle"] = truth["observable"].to_numpy()
    kept = test[KEYS].assign(**predictions)
    if truth is not None:
        kept["true_probability"] = truth["full"].to_numpy()
    write_frame(folder / "predictions.parquet", kept)
    evaluation = evaluate(
        test["event"],
        predictions,
        test["athlete"],
        stage.params.evaluation,
        None if truth is None else truth["full"],
    )
    _write_tables(stage, test, predictions, evaluation)


def _parts(stage: Stage) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return feature rows with their outcomes, the training part and the test part."""
    split = read_frame(stage.workspace.model(stage.outcome) / "split.parquet")
    rows = read_frame(stage.workspace.features)
    joined = rows.merge(split[[*KEYS, "part"]], on=["athlete", "date"], validate="1:1")
    known = joined[joined["event"].notna()]
    return known[known["part"] == "train"], known[known["part"] == "test"]


def _predict(stage: Stage, train: pd.DataFrame, test: pd.DataFrame) -> dict[str, Floats]:
    """Return the test probabilities of the model, if there is one, and of every comparator."""
    names = [f.name for f in catalogue(stage.params.features.blocks)]
    found: dict[str, Floats] = {}
    folder = stage.workspace.model(stage.outcome)
    if (folder / FACTS_FILE).exists():
        model, _ = load(folder)
        found["risk"] = model.predict_proba(test)[:, 1]
        logistic = LogisticRisk(stage.params.logistic).fit(train[names], train["event"])
        found["logistic"] = logistic.predict_proba(test)[:, 1]
    found |= rule_probabilities(
        fit_rules(train[names], train["event"]), test[names], float(train["event"].mean())
    )
    index = EvidenceIndex(stage.outcome, stage.params.outcome.horizon_days)
    found["evidence_index"] = index.predict_proba(test)[:, 1]
    return found


def _write_tables(
    stage: Stage, test: pd.DataFrame, predictions: dict[str, Floats], evaluation: Evaluation
) -> None:
    folder = stage.workspace.evaluation(stage.outcome)
    write_json(folder / "metrics.json", evaluation.nested())
    leading = "risk" if "risk" in predictions else "evidence_index"
    against = compare(evaluation.replicates, leading)
    write_frame(folder / "comparison.parquet", against)
    curve = calibration_curve(
        test["event"], predictions[leading], test["athlete"], stage.params.evaluation
    )
    write_csv(folder / "calibration.csv", curve)
    print(evaluation.table.pivot_table(index="model", columns="metric", values="value").round(4))


if __name__ == "__main__":
    run_stage(main)
