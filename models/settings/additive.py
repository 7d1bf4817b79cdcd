"""Hyper-parameters of the additive logistic model."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings


class AdditiveSettings(Settings):
    """How smooth and how cautious the curves are.

    Parameters
    ----------
    knots : int
        Knots per feature, at evenly spaced quantiles; 2 make every curve a line.
    penalty : float
        Ridge penalty on each standardised linear part.
    bend_penalty : float
        The same on each standardised bend: the larger, the straighter.
    borrow : float
        As in :class:`models.settings.risk.RiskSettings`.
    calibration_folds : int
        Athlete-disjoint folds for the out-of-fold calibration; 0 turns it off.
    slope_low, slope_high : float
        Bounds of the calibration slope.
    range_replicates : int
        Refits on resampled athletes for the range of each probability.
    range_level : float
        Coverage that the range aims at.
    seed : int
        Seed of folds and draws.
    """

    knots: Annotated[int, Field(ge=2, le=7)] = 3
    penalty: Annotated[float, Field(gt=0)] = 300.0
    bend_penalty: Annotated[float, Field(gt=0)] = 1000.0
    borrow: Annotated[float, Field(ge=0, lt=1)] = 0.5
    calibration_folds: Annotated[int, Field(ge=0)] = 10
    slope_low: Annotated[float, Field(ge=0)] = 0.1
    slope_high: Annotated[float, Field(gt=0)] = 2.0
    range_replicates: Annotated[int, Field(ge=2)] = 20
    range_level: Annotated[float, Field(gt=0, lt=1)] = 0.9
    seed: int = 0
