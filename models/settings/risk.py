"""Hyper-parameters of the risk model."""

from typing import Annotated, Final, Literal

from pydantic import Field

from common.settings import Settings

Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]

NO_TREES: Final = "no trees"
"""Name of the rung of the ladder of trees on which none is grown."""


class RiskSettings(Settings):
    """Hyper-parameters of the risk model: one split a tree, slow steps, because events are few.

    Parameters
    ----------
    trees, learning_rate, num_leaves : int, float, int
        Boosting rounds, shrinkage of each and leaves per tree. Two leaves are one split: the
        forecast is then a sum of one step curve per feature, and no interaction is sought among
        some hundred events. It ranked best on simulated development cohorts.
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
    borrow : float
        What another new injury counts for, as a share of an event, while the trees of an outcome
        with few events are grown, and while the slope of their calibration is learnt (see
        :meth:`models.estimators.risk.RiskModel.fit`); its intercept sees the outcome's own events
        alone.
    range_replicates : int
        Refits on resampled athletes for the range of each probability.
    range_level : float
        Coverage that the range aims at.
    seed, threads : int
        Seed of the draws; threads (one is fastest on a shared machine).
    """

    trees: Count = 500
    learning_rate: Share = 0.04
    num_leaves: Annotated[int, Field(ge=2)] = 2
    min_data_in_leaf: Count = 200
    lambda_l2: Annotated[float, Field(ge=0)] = 5.0
    feature_fraction: Share = 0.3
    bagging_fraction: Share = 0.7
    extra_trees: bool = True
    max_bin: Annotated[int, Field(ge=3)] = 63
    monotone_method: Literal["basic", "intermediate", "advanced"] = "basic"
    calibration_folds: Annotated[int, Field(ge=0)] = 10
    slope_low: Annotated[float, Field(ge=0)] = 0.1
    slope_high: Annotated[float, Field(gt=0)] = 2.0
    ensemble: Count = 1
    borrow: Annotated[float, Field(ge=0, lt=1)] = 0.5
    range_replicates: Annotated[int, Field(ge=2)] = 20
    range_level: Annotated[float, Field(gt=0, lt=1)] = 0.9
    seed: int = 0
    threads: Count = 1
