"""The artifact of an estimator of one's own: its own text, and a JSON file beside it.

`own.txt` is what the estimator wrote; `own.json` holds its name among the extensions, the columns,
the calibration and the proof: rows of quantiles with the log-odds that were said of them. A model
that answers otherwise, because its file of code changed, is refused before it scores anyone.
Nothing is pickled.
"""

import hashlib
import json
from typing import Any

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.extensions import offered
from common.untyped import Untyped
from models.estimators.base import cloned
from models.estimators.own import OwnRisk
from models.estimators.written_model import (
    WritesItself,
    WrittenModel,
    check_read_back,
    raw_log_odds,
    revived,
)
from models.settings.own import OwnSettings
from models.store.model_facts import OWN_FILE, OWN_TEXT_FILE, ModelFacts


def own_texts(model: OwnRisk) -> dict[str, str]:
    """Return the content of each file by name.

    Parameters
    ----------
    model : OwnRisk
        Fitted.
    """
    content = {
        "estimator": model.settings_in_use.estimator,
        "features": [str(name) for name in model.feature_names_in_],
        "calibration": {
            "intercept": model.calibration_.intercept,
            "slope": model.calibration_.slope,
        },
        "reasons": model.reasons_,
        "medians": _plain(model.medians_),
        "proof": {"rows": _plain(model.probe_), "log_odds": _plain(model.probe_log_odds_)},
        "text_sha256": hashlib.sha256(model.text_.encode()).hexdigest(),
    }
    # Unless forbidden, json writes NaN, which is no JSON and which other languages cannot read.
    return {OWN_FILE: json.dumps(content, indent=1, allow_nan=False), OWN_TEXT_FILE: model.text_}


def revived_own(content: dict[str, Any], text: str, facts: ModelFacts) -> OwnRisk:
    """Return the model that :func:`own_texts` and its facts described.

    Raises
    ------
    StridecastError
        If no extension offers the estimator, or it answers otherwise than when it was trained.
    """
    name = str(content["estimator"])
    unfitted, names = _estimator(name), [str(feature) for feature in content["features"]]
    settings = facts.settings if isinstance(facts.settings, OwnSettings) else None
    model = OwnRisk(unfitted, settings or OwnSettings(estimator=name))
    read = revived(cloned(unfitted), text, name)
    model.probe_ = _numbers(content["proof"]["rows"])
    model.probe_log_odds_ = _numbers(content["proof"]["log_odds"])
    # The text may be unchanged while the code that reads it is not; only asking shows that.
    check_read_back(name, model.probe_log_odds_, _answer(read, model.probe_, names))
    model.text_, model.reasons_ = text, content["reasons"]
    model.medians_ = _numbers(content["medians"])
    calibration = {key: float(content["calibration"][key]) for key in ("intercept", "slope")}
    model.written_ = WrittenModel(read, tuple(names), **calibration)
    return model


def _estimator(name: str) -> Untyped:  # whatever somebody's file offers
    for known, estimator in offered("estimators"):
        if known == name:
            return estimator
    raise StridecastError(
        f"the model needs the estimator {name!r}, which no file in extensions/estimators offers",
        "put its file back, or promote another model",
    )


def _answer(model: WritesItself, rows: Floats, names: list[str]) -> Floats:
    return raw_log_odds(model, pd.DataFrame(rows, columns=names))


def _plain(values: Floats) -> list[Any]:
    """Return numbers as JSON takes them, null where unknown."""
    return [
        _plain(value)
        if isinstance(value, np.ndarray)
        else (None if np.isnan(value) else float(value))
        for value in values
    ]


def _numbers(values: list[Any]) -> Floats:
    return np.array(values, dtype=float)
