"""What every model of this project does when MLflow serves it: code and plain files, no pickle."""

import warnings
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Final, Protocol

import pandas as pd
from mlflow.pyfunc.model import PythonModel

from common.arrays import Floats
from common.untyped import Untyped
from models.store.served_numbers import as_numbers

SIMULATED: Final = "stridecast.simulated"
"""The same as in :mod:`models.store.tracking_model`, of which nothing is loaded here."""


class Forecaster(Protocol):
    """What is read back from the files."""

    def probability(self, features: pd.DataFrame, /) -> Floats:
        """Return the probability of a new injury, shape (n,)."""


class ServedModel(PythonModel):
    """Calibrated probability of a new injury from a row's features."""

    @abstractmethod
    def read(self, artifacts: Mapping[str, str]) -> Forecaster:
        """Read the model from the files that MLflow keeps beside it."""

    def load_context(self, context: Untyped) -> None:
        """Read the files; a model of simulated runners says so."""
        if (context.model_config or {}).get(SIMULATED):
            # Whose rows are forecast cannot be told here, so it warns where scoring refuses.
            warnings.warn(
                "this model was trained on simulated runners: of real athletes it says nothing",
                UserWarning,
                stacklevel=2,
            )
        self.model = self.read(context.artifacts)

    def predict(
        self,
        context: Untyped,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> Floats:
        """Return the probability of a new injury, shape (n,).

        Raises
        ------
        ValueError
            If a column holds something that is no number.
        """
        del context, params
        return self.model.probability(as_numbers(model_input))
