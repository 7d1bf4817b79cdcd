"""Settings of the audits that need outcomes."""

from typing import Annotated, Final

from pydantic import Field

from common.settings import Settings

_WEEK: Final = 7


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
    highest_loss, highest_week_loss : float
        The run stops if the lower bound of the AUROC lost is above the first with a lead of at most
        2 days, or above the second with a longer one.
    least_events : int
        With fewer events at any lead nothing is fitted.
    folds, replicates, seed : int
        Athlete-disjoint folds, draws of athletes, seed of both.
    """

    highest_loss: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    highest_week_loss: Annotated[float, Field(gt=0, lt=0.5)] = 0.08
    least_events: Annotated[int, Field(ge=1)] = 20
    folds: Annotated[int, Field(ge=2)] = 3
    replicates: Annotated[int, Field(ge=20)] = 200
    seed: int = 0


class PuritySettings(Settings):
    """When a value is too telling.

    Parameters
    ----------
    highest_share : float
        The run stops if surely (lower end of the 95 % interval) more than this share of the rows at
        a value, or beyond it, is followed by an injury within a week; 1 - (1 - share) ** (days / 7)
        for a longer horizon,
    times_base : float
        and more than so many times the base rate (for outcomes that are frequent).
    least_events, least_rows : int
        Fewest events and rows at that value.
    """

    highest_share: Annotated[float, Field(gt=0, lt=1)] = 0.4
    times_base: Annotated[float, Field(gt=1)] = 5.0
    least_events: Annotated[int, Field(ge=5)] = 10
    least_rows: Annotated[int, Field(ge=5)] = 20

    def limit(self, horizon_days: int) -> float:
        """Return the share that is too much for a horizon."""
        weeks = max(horizon_days, _WEEK) / _WEEK
        return float(1 - (1 - self.highest_share) ** weeks)


class SingleSettings(Settings):
    """When a feature is too good.

    Parameters
    ----------
    highest_auroc : float
        The run stops if a single feature surely (lower end of the 95 % interval) discriminates
        better, in either direction.
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


class RecordSettings(Settings):
    """When a trace in the records warns, and when it stops a run.

    Parameters
    ----------
    lowest_p : float
        A trace is there if Fisher's exact test (one-sided) says so at this level.
    highest_gain : float
        The run stops if the interval of the AUROC gained lies above this; else it warns.
    least_injuries : int
        With fewer injuries an audit says *not judged*.
    replicates, seed : int
        Draws of athletes for the interval.
    """

    lowest_p: Annotated[float, Field(gt=0, lt=0.05)] = 1e-3
    highest_gain: Annotated[float, Field(gt=0, lt=0.5)] = 0.02
    least_injuries: Annotated[int, Field(ge=5)] = 20
    replicates: Annotated[int, Field(ge=20)] = 200
    seed: int = 0


class GroupSettings(Settings):
    """When a group is too telling.

    Parameters
    ----------
    highest_odds : float
        The run stops if the lower bound of the odds ratio of being hurt later, in the group
        against the others, is above this (an injury before is followed by another about twice as
        often, and the injury-prone have both),
    highest_gain : float
        and the interval of the AUROC gained lies above this.
    honest_odds_history, honest_odds_measured : float
        Lower bounds up to which a group passes: earlier injuries honestly precede later ones.
    least_hurt : int
        With fewer athletes hurt, or not hurt, an audit says *not judged*.
    lowest_p : float
        Level at which a difference warns.
    replicates, seed : int
        Draws of athletes for the interval.
    """

    highest_odds: Annotated[float, Field(gt=1)] = 5.0
    highest_gain: Annotated[float, Field(gt=0, lt=0.5)] = 0.02
    honest_odds_history: Annotated[float, Field(ge=1)] = 4.0
    honest_odds_measured: Annotated[float, Field(ge=1)] = 2.0
    least_hurt: Annotated[int, Field(ge=5)] = 15
    lowest_p: Annotated[float, Field(gt=0, lt=0.05)] = 1e-3
    replicates: Annotated[int, Field(ge=20)] = 200
    seed: int = 0
