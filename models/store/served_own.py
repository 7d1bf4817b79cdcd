"""What MLflow loads to serve an estimator of one's own.

MLflow runs this file (models from code); `artifacts` names `own.json`, `own.txt` and the file of
code that offers the estimator.
"""

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from mlflow.models import set_model

from common.untyped import Untyped
from models.estimators.written_model import (
    WrittenModel,
    check_read_back,
    raw_log_odds,
    revived,
)
from models.store.served_model import ServedModel


class ServedOwn(ServedModel):
    """An estimator that wrote itself as text."""

    def read(self, artifacts: Mapping[str, str]) -> WrittenModel:
        """Read the files, and prove that the estimator forecasts as when it was written."""
        own = json.loads(Path(artifacts["own"]).read_text(encoding="utf-8"))
        text = Path(artifacts["text"]).read_text(encoding="utf-8")
        name, features = str(own["estimator"]), [str(feature) for feature in own["features"]]
        read_back = revived(_estimators(Path(artifacts["code"]))[name], text, name)
        rows = pd.DataFrame(np.array(own["proof"]["rows"], dtype=float), columns=features)
        written = np.array(own["proof"]["log_odds"], dtype=float)
        check_read_back(name, written, raw_log_odds(read_back, rows))
        return WrittenModel(read_back, tuple(features), **own["calibration"])


def _estimators(path: Path) -> dict[str, Untyped]:
    spec = importlib.util.spec_from_file_location(f"served_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.ESTIMATORS)


set_model(ServedOwn())
