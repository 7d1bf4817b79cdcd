"""What all risk estimators share: plain hyper-parameters, calibration, probabilities.

Each names the class of its hyper-parameters and gives calibrated log-odds; the rest of a
scikit-learn classifier follows from these. scikit-learn's interface is kept without inheriting it:
its import takes longer than most stages, and only its own searches ask for it.
"""

import inspect
from abc import abstractmethod
from collections.abc import Iterable
from copy import deepcopy
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats, Ints
from common.errors import StridecastError
from common.untyped import Untyped
from models.estimators.booster_calibration import Calibration, fit_calibration
from models.sampling.training_rows import training_digest
from models.settings.additive import AdditiveSettings
from models.settings.own import OwnSettings
from models.settings.risk import RiskSettings

Hyper = TypeVar("Hyper", RiskSettings, AdditiveSettings, OwnSettings)


class RiskEstimator(Generic[Hyper]):
    """Base of the estimators of a new injury's probability.

    Hyper-parameters are in `settings`, which checks them; they can also be given one by one:
    ``RiskModel(num_leaves=3)``, ``set_params(num_leaves=3)``, and the grids of scikit-learn's
    searches.

    Parameters
    ----------
    settings : RiskSettings, AdditiveSettings or OwnSettings, optional
        Hyper-parameters; None takes the defaults.
    hyper_parameters : mapping of str to Any
        Single ones, by name, put over those of `settings`.
    """

    _estimator_type: ClassVar[str] = "classifier"
    settings_class: ClassVar[type]
    settings: Hyper | None

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the arguments of the constructor and, if `deep`, every hyper-parameter."""
        arguments = inspect.signature(type(self).__init__).parameters.values()
        names = [
            argument.name
            for argument in arguments
            if argument.kind is not inspect.Parameter.VAR_KEYWORD
        ][1:]
        params = {name: getattr(self, name) for name in names}
        # What the constructor takes goes before a hyper-parameter of the same name.
        return self.settings_in_use.model_dump() | params if deep else params

    def set_params(self, **params: Untyped) -> Self:
        """Set arguments of the constructor and single hyper-parameters, which are checked.

        Raises
        ------
        ValueError
            If a name is unknown or a value out of range.
        """
        own = self.get_params(deep=False)
        for name in params.keys() & own.keys():
            setattr(self, name, params[name])
        self._put({name: value for name, value in params.items() if name not in own})
        return self

    def score(
        self, x: pd.DataFrame, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> float:
        """Return the share of rows whose outcome is the likelier one (scikit-learn's default)."""
        right = (self.predict(x) == np.asarray(y)).astype(np.float64)
        weights = None if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        return float(np.average(right, weights=weights))

    def __sklearn_tags__(self) -> Untyped:
        """Tell scikit-learn, which alone asks, that this is a classifier."""
        return classifier_tags()

    def _put(self, hyper_parameters: dict[str, Any]) -> None:
        if hyper_parameters:
            changed = self.settings_in_use.model_dump() | hyper_parameters
            self.settings = self.settings_class(**changed)

    @property
    def settings_in_use(self) -> Hyper:
        """The hyper-parameters, defaults where none were given."""
        hyper_parameters: Hyper = self.settings_class() if self.settings is None else self.settings
        return hyper_parameters

    @abstractmethod
    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2); columns found by name."""
        # Every estimator gives log-odds, because contributions and calibration add up only there.
        p = expit(self.decision_function(x))
        return np.column_stack([1 - p, p])

    def predict(self, x: pd.DataFrame) -> Ints:
        """Return 1 where an injury is likelier than not: at these rates hardly ever."""
        return (self.decision_function(x) > 0).astype(np.int64)

    def _remember(self, names: list[str], values: Iterable[Floats], outcome: npt.ArrayLike) -> None:
        """Keep what is known of the training rows themselves, whose values come in blocks."""
        event = np.asarray(outcome, dtype=np.float64)
        self.classes_ = np.array([0, 1])
        self.feature_names_in_ = np.array(names, dtype=object)
        self.base_rate_ = float(event.mean())
        self.training_digest_ = training_digest(names, values, event)

    def _calibrate(self, raw: Floats, outcome: Floats, target: Floats) -> Calibration:
        """Fit the calibration on rows by models that have not seen their athletes, if any."""
        settings = self.settings_in_use
        # The slope is learnt on the wider target, the level on the outcome's own events alone.
        bounds = (settings.slope_low, settings.slope_high)
        calibration = fit_calibration(raw, outcome, bounds, target) if len(raw) else Calibration()
        self.out_of_fold_ = expit(calibration.intercept + calibration.slope * raw)
        return calibration


def no_refits(wanted: str) -> StridecastError:
    """Return the error of a model that was trained without refits on resampled athletes."""
    return StridecastError(f"the model has no {wanted}", "train again")


def classifier_tags() -> Untyped:
    """Return what scikit-learn calls the tags of a classifier."""
    from sklearn.base import BaseEstimator, ClassifierMixin  # loaded by who asks

    return type("Classifier", (ClassifierMixin, BaseEstimator), {})().__sklearn_tags__()


def cloned(estimator: Untyped) -> Untyped:
    """Return an unfitted copy of somebody's estimator, by scikit-learn's rules.

    A coach's environment has no scikit-learn and fits nothing: what is unfitted is copied whole.
    """
    try:
        from sklearn.base import clone  # heavy, and most stages clone nothing
    except ImportError:
        return deepcopy(estimator)
    return clone(estimator)
