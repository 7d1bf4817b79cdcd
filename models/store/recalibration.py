"""Recalibrating a finished model: intercept alone, or intercept and slope, folded into the model.

Recalibrate before you retrain: updating the intercept alone held up best over seasons (Bullock
2022). The result is a model like any other, in the same files; nothing stands beside it.
"""

from collections.abc import Hashable, Mapping
from copy import copy
from typing import Any, Final

import numpy as np

from common.arrays import Floats
from common.errors import StridecastError
from models.estimators.booster_calibration import Calibration, fit_calibration, fold_affine
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.own import OwnRisk
from models.estimators.risk import RiskModel
from models.evaluation.model_table import Evaluation
from models.numeric.weighted_logistic import logit
from models.store.artifact import Model

FEWEST_EVENTS: Final = {False: 20, True: 100}
"""Events that it takes: for the intercept alone, and for the slope too (Collins 2016: 100)."""
_INTERCEPT_ALONE: Final = (1.0, 1.0)
# Never 0 or below: that would say that the ranking is worthless or upside down.
_SLOPE_TOO: Final = (0.1, 2.0)


def learn_recalibration(probability: Floats, event: Floats, *, slope: bool) -> Calibration:
    """Return intercept and slope of the outcome's log-odds on the forecast's.

    Parameters
    ----------
    probability : ndarray of shape (n,)
        Forecasts of rows that the model has not learnt from.
    event : ndarray of shape (n,)
        Outcomes, 0 or 1.
    slope : bool
        Whether the slope is learnt too, within 0.1 to 2; else it stays 1.

    Raises
    ------
    StridecastError
        If there are too few events.
    """
    events = int(event.sum())
    if events < FEWEST_EVENTS[slope]:
        parameter = "the slope" if slope else "the intercept"
        remedy = "recalibrate the intercept alone" if slope else "wait for more weeks"
        raise StridecastError(
            f"{events} injuries are too few to learn {parameter} anew (at least "
            f"{FEWEST_EVENTS[slope]} are needed)",
            remedy,
        )
    bounds = _SLOPE_TOO if slope else _INTERCEPT_ALONE
    return fit_calibration(logit(probability), event, bounds)


def recalibrated(model: Model, learnt: Calibration, base_rate: float) -> Model:
    """Return a model whose log-odds are intercept + slope * those of `model`, which stays as it is.

    Parameters
    ----------
    model : RiskModel, AdditiveRisk, EvidenceRisk or OwnRisk
        Finished.
    learnt : Calibration
        Intercept and slope.
    base_rate : float
        Event rate of the athletes it will score; bands are multiples of it.
    """
    # A shallow copy is enough: what changes is put in anew and never changed in place.
    new_model = copy(model)
    before = model.calibration_
    new_model.base_rate_ = base_rate
    calibration = Calibration(
        learnt.intercept + learnt.slope * before.intercept, learnt.slope * before.slope
    )
    if isinstance(new_model, EvidenceRisk | OwnRisk):
        return new_model.recalibrated(calibration)
    new_model.calibration_ = calibration
    if isinstance(new_model, RiskModel):
        new_model.booster_ = fold_affine(new_model.booster_, learnt)
        return new_model
    new_model.coefficients_ = learnt.slope * new_model.coefficients_
    new_model.intercept_ = learnt.intercept + learnt.slope * new_model.intercept_
    if new_model.replicates_ is not None:
        moved = learnt.slope * new_model.replicates_
        moved[:, 0] += learnt.intercept
        new_model.replicates_ = moved
    return new_model


def advice(evaluation: Evaluation, model: str) -> str:
    """Say whether the forecasts need a new intercept, a new slope, or neither.

    By the intervals of the calibration slope and of calibration in the large, athletes resampled,
    in the order of Vergouwe 2017 (Stat Med 36:4529): the least change that the data ask for.
    """
    own = evaluation.table[evaluation.table["model"] == model].set_index("metric").to_dict("index")
    slope, large = own["calibration_slope"], own["calibration_intercept"]
    ratio = own["observed_expected"]
    text = (
        f"O/E {_interval(ratio)}, calibration in the large {_interval(large)}, slope "
        f"{_interval(slope)}"
    )
    if not np.isfinite([slope["low"], slope["high"], large["low"], large["high"]]).all():
        return f"{text}: too few injuries to say whether recalibration is needed."
    # The slope first: with a wrong slope a right level on average is wrong for nearly everybody.
    if not slope["low"] <= 1 <= slope["high"]:
        return (
            f"{text}: the slope is off, so an intercept alone would not do; recalibrate with "
            "--slope, and doubt whether the model fits these athletes."
        )
    if not large["low"] <= 0 <= large["high"]:
        return (
            f"{text}: the ranking's spread holds, the level does not; the intercept alone would do."
        )
    return f"{text}: no recalibration is called for."


def _interval(row: Mapping[Hashable, Any]) -> str:
    return f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def kind_of(*, slope: bool) -> str:
    """Return what was learnt, in words."""
    return "intercept and slope" if slope else "intercept"
