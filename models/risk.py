"""The risk model: a small LightGBM booster on calibrated log-odds, scikit-learn style."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Self

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field
from sklearn.base import BaseEstimator, ClassifierMixin

from features.catalogue import Feature
from ingest.errors import StridecastError
from models.booster_calibration import Calibration, average, fit_calibration, fold_affine
from models.folds import AthleteFolds
from models.matrix_columns import numbers
from models.newton import Floats, expit

Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class RiskSettings(BaseModel):
    """Hyper-parameters of the risk model: few leaves and slow steps, because events are few.

    Parameters
    ----------
    trees, learning_rate, num_leaves : int, float, int
        Boosting rounds, shrinkage of each and leaves per tree.
    min_data_in_leaf : int
        Rows per leaf at least; at a weekly rate of 2 %, 200 rows hold four events.
    lambda_l2 : float
        Ridge penalty on leaf values.
    feature_fraction, bagging_fraction : float
        Share of columns and of rows drawn for each tree.
    extra_trees : bool
        Whether one random threshold per feature is tried at each split instead of the best of
        all: with few events the best threshold is mostly luck.
    max_bin : int
        Bins per feature.
    monotone_method : {"basic", "intermediate", "advanced"}
        How LightGBM keeps the directions of the catalogue.
    calibration_folds : int
        Athlete-disjoint folds for the out-of-fold calibration; 0 turns it off.
    slope_low, slope_high : float
        Bounds of the calibration slope.
    ensemble : int
        Boosters with different seeds, averaged into one.
    seed, threads : int
        Seed of the draws; threads (one is fastest on a shared machine).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trees: Count = 250
    learning_rate: Share = 0.04
    num_leaves: Annotated[int, Field(ge=2)] = 4
    min_data_in_leaf: Count = 200
    lambda_l2: Annotated[float, Field(ge=0)] = 30.0
    feature_fraction: Share = 0.3
    bagging_fraction: Share = 0.7
    extra_trees: bool = True
    max_bin: Annotated[int, Field(ge=3)] = 63
    monotone_method: Literal["basic", "intermediate", "advanced"] = "basic"
    calibration_folds: Annotated[int, Field(ge=0)] = 5
    slope_low: Annotated[float, Field(ge=0)] = 0.1
    slope_high: Annotated[float, Field(gt=0)] = 2.0
    ensemble: Count = 1
    seed: int = 0
    threads: Count = 1


class RiskModel(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Probability of a new injury from the feature matrix.

    Parameters
    ----------
    settings : RiskSettings, optional
        Hyper-parameters; None takes the defaults.
    monotone : mapping of str to int, optional
        Direction per feature as in the catalogue: +1 where risk may not fall, -1 where it may not
        rise. Features that are not named are free.

    Attributes
    ----------
    booster_ : lightgbm.Booster
        Speaks calibrated log-odds.
    calibration_ : Calibration
        The affine map that was folded in.
    feature_names_in_ : ndarray of str
        Columns, in the order of the booster.
    base_rate_ : float
        Share of the training rows with the outcome.
    out_of_fold_ : ndarray of shape (n,)
        Calibrated probability of each training row by the model that had not seen its athlete;
        empty without calibration folds.
    training_digest_ : str
        SHA-256 of training columns, values and outcomes.

    Notes
    -----
    Missing values stay missing: LightGBM sends them to the better side of each split.
    """

    def __init__(
        self, settings: RiskSettings | None = None, monotone: Mapping[str, int] | None = None
    ) -> None:
        self.settings = settings
        self.monotone = monotone

    @classmethod
    def of_catalogue(
        cls, catalogue: Iterable[Feature], settings: RiskSettings | None = None
    ) -> Self:
        """Return an unfitted model with the directions of the catalogue."""
        return cls(settings, {f.name: f.monotone for f in catalogue if f.monotone})

    def fit(self, x: pd.DataFrame, y: npt.ArrayLike, groups: npt.ArrayLike | None = None) -> Self:
        """Train, calibrate out of fold and fold the calibration in.

        Parameters
        ----------
        x : pandas.DataFrame of shape (n, k)
            Features, floating point; nan where unknown.
        y : array-like of shape (n,)
            1 where a new injury followed, else 0.
        groups : array-like of shape (n,), optional
            The athlete of each row; needed for the calibration folds.

        Raises
        ------
        StridecastError
            If a column is not floating point, an outcome is neither 0 nor 1, or only one of the
            two occurs.
        """
        settings = self.settings or RiskSettings()
        names = [str(name) for name in x.columns]
        values, outcome = numbers(x, names), _outcomes(y)
        data = self._dataset(values, outcome, names, settings)
        booster = self._train(data, names, settings)
        raw = self._out_of_fold(data, values, outcome, groups, settings)
        bounds = (settings.slope_low, settings.slope_high)
        self.calibration_ = fit_calibration(raw, outcome, bounds) if len(raw) else Calibration()
        self.booster_ = fold_affine(booster, self.calibration_)
        self.out_of_fold_ = expit(self.calibration_.intercept + self.calibration_.slope * raw)
        self.classes_ = np.array([0, 1])
        self.feature_names_in_ = np.array(names, dtype=object)
        self.base_rate_ = float(outcome.mean())
        self.training_digest_ = _digest(names, values, outcome)
        return self

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        return np.asarray(self._predict(x, raw_score=True), dtype=float)

    def predict_proba(self, x: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and injury, shape (n, 2); columns found by name."""
        p = expit(self.decision_function(x))
        return np.column_stack([1 - p, p])

    def predict(self, x: pd.DataFrame) -> npt.NDArray[np.int64]:
        """Return 1 where an injury is likelier than not: at these rates hardly ever."""
        return (self.decision_function(x) > 0).astype(np.int64)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return SHAP values in log-odds, shape (n, k + 1); the last column is the base value."""
        return np.asarray(self._predict(x, pred_contrib=True), dtype=float)

    def _predict(self, x: pd.DataFrame, **kind: bool) -> Any:  # noqa: ANN401 - LightGBM's own type
        values = numbers(x, list(self.feature_names_in_))
        threads = (self.settings or RiskSettings()).threads
        return self.booster_.predict(values, num_threads=threads, **kind)

    @staticmethod
    def _dataset(
        values: Floats, outcome: Floats, names: list[str], settings: RiskSettings
    ) -> lgb.Dataset:
        binning = {
            "max_bin": settings.max_bin,
            "feature_pre_filter": False,
            "num_threads": settings.threads,
            "verbosity": -1,
        }
        data = lgb.Dataset(values, outcome, feature_name=names, params=binning)
        return data.construct()

    def _train(self, data: lgb.Dataset, names: list[str], settings: RiskSettings) -> lgb.Booster:
        directions = [int((self.monotone or {}).get(name, 0)) for name in names]
        seeds = range(settings.seed, settings.seed + settings.ensemble)
        return average(
            [
                lgb.train(_parameters(settings, directions, seed), data, settings.trees)
                for seed in seeds
            ]
        )

    def _out_of_fold(
        self,
        data: lgb.Dataset,
        values: Floats,
        outcome: Floats,
        groups: npt.ArrayLike | None,
        settings: RiskSettings,
    ) -> Floats:
        """Raw log-odds of each row by a model that has not seen its athlete."""
        if not settings.calibration_folds:
            return np.empty(0)
        if groups is None:
            raise ValueError("out-of-fold calibration needs the athletes: pass groups=")
        raw = np.empty(len(outcome))
        folds = AthleteFolds(settings.calibration_folds, settings.seed)
        for inside, outside in folds.split(values, outcome, groups):
            booster = self._train(
                data.subset(inside.tolist()), list(data.get_feature_name()), settings
            )
            scores = booster.predict(values[outside], raw_score=True, num_threads=settings.threads)
            raw[outside] = np.asarray(scores, dtype=float)
        return raw


def _parameters(settings: RiskSettings, directions: list[int], seed: int) -> dict[str, Any]:
    return {
        "objective": "binary",
        "learning_rate": settings.learning_rate,
        "num_leaves": settings.num_leaves,
        "min_data_in_leaf": settings.min_data_in_leaf,
        "lambda_l2": settings.lambda_l2,
        "feature_fraction": settings.feature_fraction,
        "bagging_fraction": settings.bagging_fraction,
        "bagging_freq": 1,
        "extra_trees": settings.extra_trees,
        "max_bin": settings.max_bin,
        "feature_pre_filter": False,
        "monotone_constraints": directions,
        "monotone_constraints_method": settings.monotone_method,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": settings.threads,
        "seed": seed,
        "verbosity": -1,
    }


def _outcomes(y: npt.ArrayLike) -> Floats:
    outcome = np.asarray(y, dtype=float)
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise StridecastError(
            "an outcome is neither 0 nor 1", "leave out the rows whose event is unknown"
        )
    if outcome.min() == outcome.max():
        raise StridecastError(
            f"all {len(outcome)} training rows have the same outcome",
            "a model needs rows with and without an injury; see the sample-size table",
        )
    return outcome


def _digest(names: list[str], values: Floats, outcome: Floats) -> str:
    digest = hashlib.sha256("\n".join(names).encode())
    digest.update(np.ascontiguousarray(values).tobytes())
    digest.update(outcome.tobytes())
    return digest.hexdigest()
