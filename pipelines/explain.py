"""Stage `explain`: SHAP values of the test rows by feature and block, and how well they hold."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

import numpy as np
import pandas as pd

from common.frame_files import read_frame, write_csv, write_frame
from features.catalogue.entry import BLOCKS
from features.matrix import catalogue_of
from forecasting.reasons.families import family
from models.estimators.additive import AdditiveRisk
from models.estimators.own import OwnRisk
from models.explanation.contributions import explain
from models.explanation.reason_stability import reason_stability
from models.store.artifact import load_any
from models.store.model_facts import FACTS_FILE
from pipelines.runtime.stage import Stage, run_stage

SAMPLE = 400
"""Rows on which the reasons of the refits are compared."""


def main(stage: Stage) -> None:
    """Write reports/explanation/<outcome>: tables by feature and block, and the rows' values."""
    folder = stage.workspace.explanation(stage.outcome)
    model_folder = stage.workspace.model(stage.outcome)
    if not (model_folder / FACTS_FILE).exists():
        # DVC expects the folder, an output of the stage, also where there is nothing to explain.
        folder.mkdir(parents=True, exist_ok=True)
        print(f"no model for {stage.outcome!r}, nothing to explain")
        return
    model, facts = load_any(model_folder)
    rows = read_frame(stage.workspace.features)
    split = read_frame(model_folder / "split.parquet", ["athlete", "date", "event", "part"])
    chosen = ((split["part"] == "test") & split["event"].notna()).to_numpy()
    explanation = explain(
        model, rows.loc[chosen, facts.features], catalogue_of(stage.params.features, BLOCKS)
    )
    write_csv(folder / "features.csv", explanation.feature_table())
    write_csv(folder / "blocks.csv", explanation.block_table())
    if isinstance(model, AdditiveRisk | OwnRisk):
        raise TypeError("the folder of the main model holds another one")
    stability = reason_stability(
        model, _sample(rows.loc[chosen, facts.features]), {f: family(f) for f in facts.features}
    )
    write_csv(folder / "stability.csv", stability)
    keys = rows.loc[chosen, ["athlete", "date"]]
    write_frame(
        folder / "contributions.parquet", keys.join(explanation.contributions.astype("float32"))
    )
    print(explanation.block_table().to_string(index=False))
    print(stability.round(2).to_string(index=False))


def _sample(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows spread evenly over the test part: SHAP of every refit is dear."""
    return rows.iloc[np.unique(np.linspace(0, len(rows) - 1, SAMPLE).astype(int))]


if __name__ == "__main__":
    run_stage(main)
