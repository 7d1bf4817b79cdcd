"""What MLflow loads to serve a model of evidence and trees: code and two plain files, no pickle.

MLflow runs this file (models from code); `artifacts` names `evidence.json` and `residual.txt`.
"""

import json
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc.model import PythonModel

from common.arrays import Floats
from common.untyped import Untyped
from models.store.stack_files import revived_stack

SIMULATED = "stridecast.simulated"
"""The same as in :mod:`models.store.tracking_model`, of which nothing is loaded here."""


class ServedEvidence(PythonModel):
    """Calibrated probability of a new injury from a row's features."""

    def load_context(self, context: Untyped) -> None:
        """Read the two files; a model of simulated runners says so."""
        if (context.model_config or {}).get(SIMULATED):
            warnings.warn(
                "this model was trained on simulated runners: of real athletes it says nothing",
                UserWarning,
                stacklevel=2,
            )
        description = json.loads(Path(context.artifacts["evidence"]).read_text(encoding="utf-8"))
        residual = Path(context.artifacts["residual"]).read_text(encoding="utf-8")
        self.stack = revived_stack(description, residual)

    def predict(
        self,
        context: Untyped,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> Floats:
        """Return the probability of a new injury, shape (n,)."""
        del context, params
        return self.stack.probability(model_input)


set_model(ServedEvidence())
