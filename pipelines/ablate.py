"""Study `ablate`: what each block of features adds, in the pre-declared order.

It is no stage of the pipeline, for it computes all six blocks and fits both kinds of model on each
step: `python -m pipelines.ablate --outcome any`, after `dvc repro`.
"""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from typing import Final

import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.frame_files import read_frame, write_csv
from common.store import write_json
from common.table_files import read_tables
from features.catalogue.entry import BLOCKS, Feature
from features.matrix import catalogue_of, feature_matrix
from models.estimators.additive import AdditiveRisk
from models.evaluation.ablation import ablation, ablation_sentences, steps
from models.evaluation.model_table import evaluate
from models.store.artifact import Model
from pipelines.runtime.params import Params
from pipelines.runtime.stage import Stage, run_stage
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import known_features, model_features
from pipelines.stage_parts.truth import has_truth_of, true_probabilities

KINDS: Final = ("risk", "additive")


def main(stage: Stage) -> None:
    """Write reports/ablation/<outcome>: the table, its sentences, and the table of the plot."""
    train, test, truth = _parts(stage)
    # By the training part alone: what is known in test rows only would be chosen by looking at
    # them.
    known = steps(_entries(stage.params, stage.outcome_name, train))
    outcome = stage.outcome_name
    tables = {
        kind: _ablation(stage.params, outcome, kind, known, train, test, truth) for kind in KINDS
    }
    folder = stage.workspace.reports / "ablation" / stage.outcome
    table = pd.concat(tables, names=["model"]).reset_index("model").reset_index(drop=True)
    write_csv(folder / "ablation.csv", table)
    write_csv(folder / "plot_auroc.csv", _plot(table, "auroc"))
    sentences_by_kind = {kind: ablation_sentences(rows) for kind, rows in tables.items()}
    write_json(folder / "ablation.json", {"outcome": stage.outcome, "sentences": sentences_by_kind})
    for kind, sentences in sentences_by_kind.items():
        print("\n".join(f"{stage.outcome}, {kind} {sentence}" for sentence in sentences))


def _entries(params: Params, outcome: str, train: pd.DataFrame) -> tuple[Feature, ...]:
    """Return what the steps add: the model's own features; a block it has none of is added whole.

    A block is in use and none of its features in the model where the core list leaves them out.
    """
    own = model_features(params, outcome)
    used = {f.block for f in own}
    # Params may leave blocks out; the study asks about each of the six all the same.
    more = catalogue_of(_all_blocks(params).features)
    return known_features(own + tuple(f for f in more if f.block not in used), train)


def _all_blocks(params: Params) -> Params:
    features = params.features.model_copy(update={"blocks": BLOCKS})
    return params.model_copy(update={"features": features})


def _parts(stage: Stage) -> tuple[pd.DataFrame, pd.DataFrame, Floats | None]:
    """Return training and test rows of the frozen split with all blocks, and the truth if any."""
    folder = stage.workspace.model(stage.outcome_name)
    split = read_frame(folder / "split.parquet")
    wanted = ["athlete", "date", "event", "related", "part", "fold"]
    chosen = split.loc[split["event"].notna() & split["part"].isin(["train", "test"]), wanted]
    rows = feature_matrix(
        read_tables(stage.workspace.tables), _all_blocks(stage.params).features
    ).merge(chosen, on=["athlete", "date"], validate="1:1")
    train, test = rows[rows["part"] == "train"], rows[rows["part"] == "test"]
    _refuse_few(stage, int(train["event"].sum()), int(test["event"].sum()))
    truth = None
    if has_truth_of(stage.params.outcome):
        truth = true_probabilities(stage.workspace, test, stage.outcome)
    if truth is None:
        return train, test, None
    # As in `evaluate`: an athlete who is injured in truth was not at risk.
    at_risk = truth["full"].notna()
    return train, test[at_risk], truth.loc[at_risk, "full"].to_numpy(dtype=float)


def _refuse_few(stage: Stage, in_train: int, in_test: int) -> None:
    least = stage.params.train.min_events
    if in_train < least or not in_test:
        raise StridecastError(
            f"{in_train} injuries to learn from and {in_test} to test on: at least {least} and 1 "
            "are needed to tell what a block adds",
            "come back with more data",
        )


def _ablation(
    params: Params,
    outcome: str,
    kind: str,
    known: dict[str, tuple[Feature, ...]],
    train: pd.DataFrame,
    test: pd.DataFrame,
    truth: Floats | None,
) -> pd.DataFrame:
    predictions = {
        block: _fitted(params, outcome, kind, features, train).predict_proba(test)[:, 1]
        for block, features in known.items()
    }
    evaluation = evaluate(test["event"], predictions, test["athlete"], params.evaluation, truth)
    sizes = {block: len(features) for block, features in known.items()}
    more = ("calibration_slope",) if truth is None else ("calibration_slope", "auroc_soft")
    return ablation(evaluation.replicates, sizes, more)


def _fitted(
    params: Params, outcome: str, kind: str, features: tuple[Feature, ...], train: pd.DataFrame
) -> Model:
    x = train[[f.name for f in features]]
    if kind == "risk":
        return fit_main(main_model(params, outcome, features), x, train)
    y, who, related = train["event"], train["athlete"], train["related"]
    return AdditiveRisk(params.additive).fit(x, y, who, related=related, folds=train["fold"])


def _plot(table: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the table that `dvc plots` draws: blocks so far along, one column per model."""
    wide = table.pivot_table(index="added", columns="model", values=metric, sort=False)
    named = wide.rename_axis(columns=None).reset_index()
    return named.assign(blocks=range(1, len(named) + 1))


if __name__ == "__main__":
    run_stage(main)
