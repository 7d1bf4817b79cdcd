"""What is known of an estimator of one's own beside its file."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings


class OwnSettings(Settings):
    """How an estimator from `extensions/estimators` is calibrated and explained.

    Parameters
    ----------
    estimator : str
        Its name among the extensions.
    calibration_folds : int
        Athlete-disjoint folds for the out-of-fold calibration, where none are given.
    slope_low, slope_high : float
        Bounds of the calibration slope.
    orders : int
        Orders of the features, and as many reversed, over which the reasons of a model that is no
        sum of its features are averaged.
    seed : int
        Seed of folds and orders.
    """

    estimator: str
    calibration_folds: Annotated[int, Field(ge=2)] = 10
    slope_low: Annotated[float, Field(ge=0)] = 0.1
    slope_high: Annotated[float, Field(gt=0)] = 2.0
    orders: Annotated[int, Field(ge=1)] = 8
    seed: int = 0
