"""Estimators of your own that can write themselves: fitted, written, read back and explained.

Apart from their stage, which loads nothing of it where there is no such estimator.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.frame_files import write_csv, write_frame
from common.store import read_json, write_json
from features.catalogue.entry import BLOCKS
from features.matrix import catalogue_of
from models.comparators.fit_each import fit_each
from models.comparators.own_estimators import promotable
from models.estimators.own import OwnRisk
from models.explanation.contributions import explain
from models.store.artifact import save
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import (
    COLUMNS_FILE,
    FEATURE_SETTINGS_FILE,
    NOT_FITTED_FILE,
    PREDICTIONS_FILE,
)
from pipelines.stage_parts.labelled_rows import labelled_rows
from pipelines.stage_parts.not_fitted import write_not_fitted
from pipelines.stage_parts.training_part import training_provenance

EXPLAINED: Final = 400
"""Test rows whose reasons are measured: dear where a model is no sum of its features."""


def fit_own(stage: Stage) -> None:
    """Write who could not be fitted, and where any could, forecasts and a folder per model."""
    folder = stage.workspace.own(stage.outcome)
    names = read_json(stage.workspace.model(stage.outcome) / COLUMNS_FILE)["columns"]
    known = _due(stage, names)
    if not known:
        write_not_fitted(folder / NOT_FITTED_FILE, {})
        return
    train, test = (labelled_rows(stage, part, names) for part in ("train", "test"))
    fitted = fit_each(known, train, test, names, tried_first=set(known))
    write_not_fitted(folder / NOT_FITTED_FILE, fitted.failed)
    keys = test[["athlete", "date"]]
    write_frame(folder / PREDICTIONS_FILE, keys.assign(**fitted.probabilities))
    for name, model in fitted.models.items():
        if isinstance(model, OwnRisk):
            _write(stage, folder / name, model, train)
            _explain(stage, folder / name, model, test)


def _due(stage: Stage, names: list[str]) -> dict[str, OwnRisk]:
    """Return what is to be fitted on the rows, columns and folds of the models.

    Where no model was due, none of them is.
    """
    known = promotable()
    if not known:
        print(f"{stage.outcome}: no estimator of your own that can write itself")
    elif not names:
        print(f"{stage.outcome}: injuries are too few for a model, {', '.join(known)} not fitted")
    return known if names else {}


def _write(stage: Stage, folder: Path, model: OwnRisk, train: pd.DataFrame) -> None:
    facts = save(model, training_provenance(stage, train), folder)
    out_of_fold = train[["athlete", "date", "event"]].assign(
        fold=model.fold_, probability=model.out_of_fold_
    )
    write_frame(folder / "out_of_fold.parquet", out_of_fold)
    write_json(folder / FEATURE_SETTINGS_FILE, stage.params.features.model_dump(mode="json"))
    print(
        f"{stage.outcome}, {folder.name}: {facts.rows:,} rows, {facts.events:,} events, "
        f"{len(facts.features)} features, calibration slope {facts.calibration_slope:.2f}; "
        f"waits for its gates: stridecast promote --candidate {folder.name}"
    )


def _explain(stage: Stage, folder: Path, model: OwnRisk, test: pd.DataFrame) -> None:
    """Write what its forecasts of a sample of the test rows rest on, by feature and block."""
    # Spread over the part: its first rows would be those of a few athletes.
    places = np.unique(np.linspace(0, len(test) - 1, min(len(test), EXPLAINED)).astype(int))
    explanation = explain(model, test.iloc[places], catalogue_of(stage.params.features, BLOCKS))
    write_csv(folder / "contributions_by_feature.csv", explanation.feature_table())
    write_csv(folder / "contributions_by_block.csv", explanation.block_table())
