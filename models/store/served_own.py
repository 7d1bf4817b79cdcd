"""What MLflow loads to serve an estimator of one's own: code and two plain files, no pickle.

MLflow runs this file (models from code); `artifacts` names `own.json`, `own.txt` and the file of
code that offers the estimator.
"""

import importlib.util
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from common.arrays import Floats
from common.untyped import Untyped
from models.estimators.written_model import (
    WrittenModel,
    check_read_back,
    raw_log_odds,
    revived,
)

SIMULATED = "stridecast.simulated"
"""The same as in :mod:`models.store.tracking_model`, of which nothing is loaded here."""


class ServedOwn(PythonModel):
    """Calibrated probability of a new injury from a row's features."""

    def load_context(self, context: Untyped) -> None:
        """Read the files and prove the model; one of simulated runners says so."""
        if (context.model_config or {}).get(SIMULATED):
            warnings.warn(
                "this model was trained on simulated runners: of real athletes it says nothing",
                UserWarning,
                stacklevel=2,
            )
        found = json.loads(Path(context.artifacts["own"]).read_text(encoding="utf-8"))
        text = Path(context.artifacts["text"]).read_text(encoding="utf-8")
        name, names = str(found["estimator"]), [str(one) for one in found["features"]]
        read = revived(_estimators(Path(context.artifacts["code"]))[name], text, name)
        rows = pd.DataFrame(np.array(found["proof"]["rows"], dtype=float), columns=names)
        said = np.array(found["proof"]["log_odds"], dtype=float)
        check_read_back(name, said, raw_log_odds(read, rows))
        self.model = WrittenModel(read, tuple(names), **found["calibration"])

    def predict(
        self,
        context: Untyped,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> Floats:
        """Return the probability of a new injury, shape (n,)."""
        del context, params
        return self.model.probability(model_input)


def _estimators(path: Path) -> dict[str, Untyped]:
    spec = importlib.util.spec_from_file_location(f"served_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.ESTIMATORS)


set_model(ServedOwn())
