"""Settings of intervals, of the split and of the gates."""

from math import isnan
from typing import Annotated

from pydantic import Field

from common.settings import Settings


class IntervalSettings(Settings):
    """How intervals are made.

    Parameters
    ----------
    replicates : int
        Bootstrap draws of athletes.
    level : float
        Coverage of the percentile interval.
    seed : int
        Seed of the draws.
    """

    replicates: Annotated[int, Field(ge=2)] = 500
    level: Annotated[float, Field(gt=0, lt=1)] = 0.95
    seed: int = 0


Share = Annotated[float, Field(gt=0, lt=1)]


class SplitSettings(Settings):
    """How rows are divided.

    Parameters
    ----------
    test_athletes : float
        Share of the athletes kept for the test.
    test_weeks : float
        Share of the as-of dates, the latest, kept for the test.
    gap_days : int
        Days between the last training row and the first day that a test row may have; where the
        outcome window is longer, as many days as it has.
    folds : int
        Athlete-disjoint folds inside the training part; as many as it has athletes where these are
        fewer.
    seed : int
        Seed of the draw of athletes.
    """

    test_athletes: Share = 0.25
    test_weeks: Share = 0.4
    gap_days: Annotated[int, Field(ge=1)] = 7
    folds: Annotated[int, Field(ge=2)] = 10
    seed: int = 0


class NestedSettings(Settings):
    """When, and how, an outcome is evaluated by nested cross-validation as well.

    Parameters
    ----------
    below_events : int
        With fewer injuries of known outcome: one test part would then test too few of them and
        leave many unread. 0 never does it.
    folds : int
        Athlete-disjoint folds; each row is tested once.
    trials : int
        Trials of tuning inside each training part; 0 takes the settings as they are.
    seed : int
        Seed of the folds.
    """

    below_events: Annotated[int, Field(ge=0)] = 150
    folds: Annotated[int, Field(ge=2)] = 10
    trials: Annotated[int, Field(ge=0)] = 5
    seed: int = 0


class GateSettings(Settings):
    """Where the gates close.

    Parameters
    ----------
    slope_low, slope_high : float
        Range of the calibration slope on unseen athletes in later weeks, and of observed over
        expected injuries there. 0.8 to 1.25: predicted log-odds that are a quarter too wide or a
        fifth too narrow. The point has to lie inside: with some hundred injuries the interval of
        the true risk itself would not.
    interval_low, interval_high : float
        Range inside which the whole interval of both has to lie on the training athletes,
        cross-fitted, where there are more injuries.
    """

    slope_low: Annotated[float, Field(gt=0, le=1)] = 0.8
    # The reciprocal of 0.8, so that both directions are judged alike.
    slope_high: Annotated[float, Field(ge=1)] = 1.25
    interval_low: Annotated[float, Field(gt=0, le=1)] = 0.75
    # The reciprocal of 0.75: too steep and too flat are judged alike.
    interval_high: Annotated[float, Field(ge=1)] = 1.33

    def refuse_unseen(self, value: float | None, low: float | None, high: float | None) -> bool:
        """Return whether a measure of calibration on unseen athletes speaks against a model.

        Parameters
        ----------
        value, low, high : float or None
            The point, and the ends of its interval; None or nan where unknown. An unknown point
            speaks neither for nor against a model.

        Examples
        --------
        >>> GateSettings().refuse_unseen(0.7, 0.5, 1.1)
        True
        >>> GateSettings().refuse_unseen(0.9, 0.8, 0.95)
        True
        >>> GateSettings().refuse_unseen(0.9, None, None)
        False
        """
        if value is None or isnan(value):
            return False
        # Inside the range, but surely not 1: many injuries show also a small fault.
        beside_one = (low is not None and low > 1) or (high is not None and high < 1)
        return not self.slope_low <= value <= self.slope_high or beside_one
