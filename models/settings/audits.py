"""Settings of the audits that need outcomes."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings


class MissingnessSettings(Settings):
    """When the audit stops a run.

    Parameters
    ----------
    highest_lower_bound : float
        The run stops if the lower bound of the pattern model's AUROC is above this.
    least_events : int
        With fewer events the pattern model is not fitted: it could only find noise.
    folds : int
        Athlete-disjoint folds.
    replicates : int
        Draws of athletes for the interval.
    seed : int
        Seed of folds and draws.
    """

    highest_lower_bound: Annotated[float, Field(gt=0.5, lt=1)] = 0.60
    least_events: Annotated[int, Field(ge=1)] = 20
    folds: Annotated[int, Field(ge=2)] = 5
    replicates: Annotated[int, Field(ge=20)] = 200
    seed: int = 0


class ProximitySettings(Settings):
    """When a loss stops a run.

    Parameters
    ----------
    highest_loss : float
        The run stops if the lower bound of the AUROC lost with a lead is above this.
    least_events : int
        With fewer events at any lead nothing is fitted.
    folds, replicates, seed : int
        Athlete-disjoint folds, draws of athletes, seed of both.
    """

    highest_loss: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    least_events: Annotated[int, Field(ge=1)] = 20
    folds: Annotated[int, Field(ge=2)] = 3
    replicates: Annotated[int, Field(ge=20)] = 200
    seed: int = 0


class PuritySettings(Settings):
    """When a value is too telling.

    Parameters
    ----------
    highest_share : float
        The run stops if more than this share of the rows at a value, or beyond it, is followed by
        an injury,
    times_base : float
        and more than so many times the base rate (for outcomes that are frequent).
    least_events : int
        Fewest events among those rows.
    """

    highest_share: Annotated[float, Field(gt=0, lt=1)] = 0.4
    times_base: Annotated[float, Field(gt=1)] = 5.0
    least_events: Annotated[int, Field(ge=5)] = 10


class SingleSettings(Settings):
    """When a feature is too good.

    Parameters
    ----------
    highest_auroc : float
        The run stops if a single feature discriminates better, in either direction.
    least_events : int
        Fewest events among the rows on which the feature is known.
    """

    highest_auroc: Annotated[float, Field(gt=0.5, lt=1)] = 0.9
    least_events: Annotated[int, Field(ge=1)] = 20


class TimingSettings(Settings):
    """When a cluster stops a run.

    Parameters
    ----------
    days : int
        Length of the window just before an injury.
    earlier_days : int
        Length of the window before that one, with which it is compared.
    highest_ratio : float
        The run stops if the daily rate just before is above so many times the earlier one,
    lowest_p : float
        and a binomial test says so at this level.
    """

    days: Annotated[int, Field(ge=1)] = 7
    earlier_days: Annotated[int, Field(ge=1)] = 28
    highest_ratio: Annotated[float, Field(gt=1)] = 2.0
    lowest_p: Annotated[float, Field(gt=0, lt=0.05)] = 1e-4
