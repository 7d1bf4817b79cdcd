"""Settings of the audits that need no outcome."""

from typing import Annotated

from pydantic import Field

from common.settings import Settings


class DuplicateSettings(Settings):
    """Which rows are compared.

    Parameters
    ----------
    least_values : int
        A row is compared if it holds at least this many different values besides 0: weeks of rest
        are alike without being copies.
    """

    least_values: Annotated[int, Field(ge=1)] = 8


class IdentitySettings(Settings):
    """When a feature identifies single athletes.

    Parameters
    ----------
    least_athletes : int
        With fewer athletes many values are unique by chance.
    highest_share : float
        The run stops if more than this share of the athletes has a value of its own that never
        changes, in a feature that is known in every row.
    """

    least_athletes: Annotated[int, Field(ge=10)] = 20
    highest_share: Annotated[float, Field(gt=0, le=1)] = 0.95


class RangeSettings(Settings):
    """When implausible values stop a run.

    Parameters
    ----------
    highest_share : float
        The run stops if more than this share of a feature's known values is implausible.
    least_values : int
        And at least so many: one odd week of a small team is reported, but stops nothing.
    """

    highest_share: Annotated[float, Field(ge=0, lt=1)] = 0.01
    least_values: Annotated[int, Field(ge=1)] = 5


class UnitSettings(Settings):
    """When a jump in the values is a change of units.

    Parameters
    ----------
    tolerance : float
        How far from a factor a jump inside an athlete may lie, in log units (0.05 is about 5 %).
    least_values : int
        Fewest values on each side of a jump.
    times_spread : float
        A jump must exceed this many standard deviations (robust) of the series around its level.
    times_cohort : float
        A series against the cohort must lie this many standard deviations (robust) of the
        athletes' levels away.
    """

    tolerance: Annotated[float, Field(gt=0, lt=0.5)] = 0.05
    least_values: Annotated[int, Field(ge=3)] = 8
    times_spread: Annotated[float, Field(gt=0)] = 4.0
    times_cohort: Annotated[float, Field(gt=0)] = 6.0


class NearDuplicateSettings(Settings):
    """When two athletes are one.

    Parameters
    ----------
    highest_correlation : float
        The run stops if the daily kilometres of two athletes correlate more closely,
    least_days : int
        over at least this many days on which either ran.
    """

    highest_correlation: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    least_days: Annotated[int, Field(ge=10)] = 40
