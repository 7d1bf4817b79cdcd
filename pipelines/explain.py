"""Stage `explain`: SHAP values of the test rows by feature and block, and how well they hold."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Ints
from common.frame_files import write_csv, write_frames
from features.catalogue.entry import BLOCKS
from features.matrix import catalogue_of
from forecasting.reasons.families import family
from models.estimators.additive import AdditiveRisk
from models.estimators.own import OwnRisk
from models.explanation.contributions import Sizes, explain
from models.explanation.reason_stability import reason_stability
from models.store.artifact import Model, load_any
from models.store.model_facts import FACTS_FILE
from pipelines.runtime.stage import Stage, run_stage_by_outcome
from pipelines.stage_parts.labelled_rows import labelled_rows_by_athletes, number_of_rows

SAMPLE: Final = 400
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
    if isinstance(model, AdditiveRisk | OwnRisk):
        raise TypeError("the folder of the main model holds another one")
    explained = _Explained()
    write_frames(
        folder / "contributions.parquet", _contributions(stage, model, facts.features, explained)
    )
    blocks = explained.sizes.block_table()
    write_csv(folder / "features.csv", explained.sizes.feature_table())
    write_csv(folder / "blocks.csv", blocks)
    sample = pd.concat(explained.sample, ignore_index=True)
    stability = reason_stability(model, sample, {f: family(f) for f in facts.features})
    write_csv(folder / "stability.csv", stability)
    print(blocks.to_string(index=False))
    print(stability.round(2).to_string(index=False))


@dataclass
class _Explained:
    """What is gathered while the rows are explained, some athletes at a time."""

    sizes: Sizes = field(default_factory=Sizes)
    sample: list[pd.DataFrame] = field(default_factory=list)


def _contributions(
    stage: Stage, model: Model, features: list[str], explained: _Explained
) -> Iterator[pd.DataFrame]:
    """Yield athlete, date and contributions of the test rows; fill what is gathered of them."""
    catalogue = catalogue_of(stage.params.features, BLOCKS)
    places, first = _sample(number_of_rows(stage, "test")), 0
    for rows in labelled_rows_by_athletes(stage, "test", features):
        explanation = explain(model, rows[features], catalogue)
        explained.sizes.add(explanation)
        inside = (places >= first) & (places < first + len(rows))
        explained.sample.append(rows[features].iloc[places[inside] - first])
        first += len(rows)
        values = explanation.contributions.astype("float32")
        yield rows[["athlete", "date"]].join(values)


def _sample(rows: int) -> Ints:
    """Return places spread evenly over the test part: SHAP of every refit is dear."""
    return np.unique(np.linspace(0, rows - 1, SAMPLE).astype(int))


if __name__ == "__main__":
    run_stage_by_outcome(main)
