"""Stage `evaluate`: unseen athletes in later weeks, the model beside every comparator."""

from common.arrays import Floats
from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.frame_files import read_frame, write_csv, write_frame
from common.store import write_json
from common.table_files import read_tables
from features.matrix import catalogue_of
from models.comparators.evidence import EVIDENCE_MODEL, PUBLISHED_EVIDENCE, evidence_probabilities
from models.comparators.fit_each import Fitted, fit_each
from models.comparators.fitted import comparators, own_estimators
from models.comparators.rules import BASE_RATE, fit_rules, rule_probabilities
from models.evaluation.model_ranking import standings, what_won
from models.evaluation.model_table import ORACLE, evaluate
from models.evaluation.when_figures import among_metrics, when_table
from models.metrics.fold_measures import fold_measures
from models.store.artifact import load_any
from models.store.model_facts import FACTS_FILE
from pipelines.runtime.stage import Stage, run_stage
from pipelines.stage_parts.evaluation_tables import Tested, write_tables
from pipelines.stage_parts.truth import has_truth_of, true_probabilities

Flags = npt.NDArray[np.bool_]

LEADING = ("risk", EVIDENCE_MODEL, PUBLISHED_EVIDENCE, BASE_RATE)
"""What scores the test part, in the order of preference."""
KEYS = ["athlete", "date", "event"]
TERMINAL_WIDTH = 110
"""Wider tables are printed in parts: pandas would leave out the columns in the middle."""


def main(stage: Stage) -> None:
    """Write reports/evaluation/<outcome>: metrics, predictions and the tables of plots."""
    train, test = _parts(stage)
    truth = None
    if has_truth_of(stage.params.outcome):
        truth = true_probabilities(stage.workspace, test, stage.outcome)
    if truth is not None:
        # Athletes whose return nobody wrote down look fit by the default duration, yet are not.
        at_risk = truth["full"].notna()
        print(f"{(~at_risk).sum()} of {len(test)} test rows are injured in truth and left out")
        test, truth = test[at_risk], truth[at_risk]
    predictions, flags = _predict(stage, train, test)
    if truth is not None:
        predictions[ORACLE] = truth["observable"].to_numpy()
    tested = Tested(
        rows=_described(stage, test),
        predictions=predictions,
        flags=flags,
        base_rate=float(train["event"].mean()),
        leading=next(name for name in LEADING if name in predictions),
        truth=None if truth is None else truth["full"].to_numpy(),
    )
    _write(stage, tested)
    _write_folds(stage)


def _parts(stage: Stage) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return feature rows with their outcomes, the training part and the test part."""
    split = read_frame(stage.workspace.model(stage.outcome) / "split.parquet")
    rows = read_frame(stage.workspace.features)
    labels = split[[*KEYS, "related", "onset_date", "part", "fold"]]
    joined = rows.merge(labels, on=["athlete", "date"], validate="1:1")
    known = joined[joined["event"].notna()]
    return known[known["part"] == "train"], known[known["part"] == "test"]


def _described(stage: Stage, test: pd.DataFrame) -> pd.DataFrame:
    """Add what is known of the athletes: team and subgroups."""
    people = read_tables(stage.workspace.tables)["athletes"]
    wanted = ["athlete", "team", "sex", "birth_year", "level"]
    return test.merge(people[wanted], on="athlete", how="left", validate="m:1")


def _predict(
    stage: Stage, train: pd.DataFrame, test: pd.DataFrame
) -> tuple[dict[str, Floats], dict[str, Flags]]:
    """Return test probabilities of the model, if there is one, and comparators; and rule flags."""
    names = [f.name for f in catalogue_of(stage.params.features)]
    found: dict[str, Floats] = {}
    folder = stage.workspace.model(stage.outcome)
    if (folder / FACTS_FILE).exists():
        model, facts = load_any(folder)
        found["risk"] = model.predict_proba(test)[:, 1]
        additive, _ = load_any(stage.workspace.additive(stage.outcome))
        found["additive"] = additive.predict_proba(test)[:, 1]
        # Like for like: comparators get the model's own columns, no more and no fewer.
        fitted = _fitted(stage, train, test, list(facts.features))
        found |= fitted.probabilities
        _write_failed(stage, fitted.failed)
    rules = fit_rules(train[names], train["event"])
    found |= rule_probabilities(rules, test[names], float(train["event"].mean()))
    horizon = stage.params.outcome.horizon_days
    found |= evidence_probabilities(stage.outcome, horizon, test, train)
    published = {name: rule for name, rule in rules.items() if not rule.continuous}
    return found, {f"{n}_flag": rule.score(test[names]) > 0 for n, rule in published.items()}


def _fitted(stage: Stage, train: pd.DataFrame, test: pd.DataFrame, names: list[str]) -> Fitted:
    """Fit every comparator on the rows, columns and folds of the models, and score the test."""
    known = comparators(stage.params.logistic, stage.params.comparators)
    return fit_each(known, train, test, names, tried_first=own_estimators())


def _write_failed(stage: Stage, failed: dict[str, str]) -> None:
    """Write not_fitted.csv, a row per comparator that could not be fitted, and say so."""
    table = pd.DataFrame(sorted(failed.items()), columns=["model", "reason"])
    write_csv(stage.workspace.evaluation(stage.outcome) / "not_fitted.csv", table)
    for name, reason in failed.items():
        print(f"{name} could not be fitted and is left out: {reason}")


def _write(stage: Stage, tested: Tested) -> None:
    folder = stage.workspace.evaluation(stage.outcome)
    truth = {} if tested.truth is None else {"true_probability": tested.truth}
    kept = tested.rows[KEYS].assign(**tested.predictions, **truth)
    write_frame(folder / "predictions.parquet", kept)
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
    run_stage(main)
