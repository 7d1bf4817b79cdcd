"""Settings of the fitted comparators."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings


class BalancedBaggingSettings(Settings):
    """Settings of the recipe.

    Parameters
    ----------
    bags : int
        Boosted models whose probabilities are averaged.
    draws_per_class : int
        Rows of each class in a bag, drawn with replacement; 2,048 as published.
    per_athlete : bool
        Whether each athlete with both outcomes gives the same number of rows, as published.
    trees, num_leaves, learning_rate : int, int, float
        Of each boosted model.
    calibration_folds : int
        Athlete-disjoint folds whose out-of-fold scores the calibration is fitted on; those of a
        split that has more are joined. 0 leaves the scores as they are, near one half on balanced
        draws.
    seed : int
        Seed of the draws.
    """

    bags: Annotated[int, Field(ge=1)] = 9
    draws_per_class: Annotated[int, Field(ge=1)] = 2048
    per_athlete: bool = False
    trees: Annotated[int, Field(ge=1)] = 40
    num_leaves: Annotated[int, Field(ge=2)] = 8
    learning_rate: Annotated[float, Field(gt=0, le=1)] = 0.1
    calibration_folds: Annotated[int, Field(ge=0)] = 5
    seed: int = 0


class ForestSettings(Settings):
    """Settings of the random forest.

    Parameters
    ----------
    trees : int
        Trees.
    min_rows_in_leaf : int
        Rows per leaf at least. Leaves of one row, the usual default, make shares of 0 and 1: no
        probabilities at a few events per hundred rows.
    rows_per_tree : float
        Share of the rows drawn for each tree, with replacement.
    seed : int
        Seed of the draws.
    """

    trees: Annotated[int, Field(ge=1)] = 100
    min_rows_in_leaf: Annotated[int, Field(ge=1)] = 50
    rows_per_tree: Annotated[float, Field(gt=0, le=1)] = 0.5
    seed: int = 0


class LogisticSettings(Settings):
    """Settings of the logistic comparator.

    Parameters
    ----------
    inverse_penalty : float
        scikit-learn's C: the smaller, the stronger the ridge penalty on standardised columns.
    winsor_sd : float
        Standardised values are held within so many standard deviations.
    flag_from : float
        Columns missing in at least this share of the training rows get a missing flag.
    """

    inverse_penalty: Annotated[float, Field(gt=0)] = 0.002
    winsor_sd: Annotated[float, Field(gt=0)] = 4.0
    flag_from: Annotated[float, Field(ge=0, le=1)] = 0.01


class SplineLogisticSettings(Settings):
    """Settings of the spline comparator.

    Parameters
    ----------
    knots : int
        Knots per feature, at evenly spaced quantiles (Harrell's usual 4).
    penalty : float
        Ridge penalty on every standardised column, lines and bends alike.
    """

    knots: Annotated[int, Field(ge=2, le=7)] = 4
    penalty: Annotated[float, Field(gt=0)] = 500.0


class ComparatorSettings(Settings):
    """Settings of the fitted comparators beside the plain logistic regression.

    Parameters
    ----------
    spline_logistic, random_forest, loevdal_recipe
        Each in a section of its own.
    """

    spline_logistic: SplineLogisticSettings = SplineLogisticSettings()
    random_forest: ForestSettings = ForestSettings()
    loevdal_recipe: BalancedBaggingSettings = BalancedBaggingSettings()
