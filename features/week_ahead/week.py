"""Seven days of running to come, and how they compare with the days before."""

from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np

from common.arrays import Bools, Floats, Ints

DAYS: Final = 7


@dataclass(frozen=True, eq=False)
class ComingWeek:
    """The running of the seven days after the as-of day, one row per athlete.

    Parameters
    ----------
    km : ndarray of shape (n, 7)
        Distance of the day; 0 on a day without a run.
    longest_km : ndarray of shape (n, 7)
        Longest single run of the day.
    minutes : ndarray of shape (n, 7)
        Running time of the day.
    hard : ndarray of bool, shape (n, 7)
        Whether the day holds a hard session, a race or a run rated 7 or more.
    """

    km: Floats
    longest_km: Floats
    minutes: Floats
    hard: Bools

    def __len__(self) -> int:
        return len(self.km)

    def rows(self, index: Bools | Ints) -> "ComingWeek":
        """Return the weeks of some rows."""
        return ComingWeek(*(getattr(self, field.name)[index] for field in fields(self)))

    def where(self, condition: Bools, other: Self) -> "ComingWeek":
        """Return this week where `condition` (n or n x 7) holds, elsewhere the other one."""
        mask = condition[:, None] if condition.ndim == 1 else condition
        names = [field.name for field in fields(self)]
        return ComingWeek(*(np.where(mask, getattr(self, n), getattr(other, n)) for n in names))

    @property
    def week_km(self) -> Floats:
        """Distance of the week, shape (n,)."""
        return np.asarray(self.km.sum(axis=1), dtype=np.float64)

    @property
    def hours(self) -> Floats:
        """Running time of the week, hours, shape (n,)."""
        return np.asarray(self.minutes.sum(axis=1) / 60, dtype=np.float64)

    @property
    def longest(self) -> Floats:
        """Longest run of the week, km, shape (n,)."""
        # With a start value, because a team without athletes has no days to take a maximum of.
        return np.asarray(self.longest_km.max(axis=1, initial=0.0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Before:
    """What the coming week is compared with, one value per row.

    Parameters
    ----------
    longest_km : ndarray of shape (n,)
        Longest run of the 30 days up to the as-of day; NaN where unknown or where there was none.
    hard_today : ndarray of bool, shape (n,)
        Whether the as-of day was hard.
    """

    longest_km: Floats
    hard_today: Bools

    def rows(self, index: Bools | Ints) -> "Before":
        """Return the values of some rows."""
        return Before(self.longest_km[index], self.hard_today[index])


@dataclass(frozen=True, eq=False)
class Measures:
    """The coming week in three numbers per row.

    Parameters
    ----------
    hours : ndarray
        Running time, hours.
    ratio : ndarray
        Longest run over the longest of the 30 days before the week; NaN where unknown.
    hard_pairs : ndarray
        Hard days on the day after a hard day.
    """

    hours: Floats
    ratio: Floats
    hard_pairs: Floats

    def rows(self, index: Bools | Ints) -> "Measures":
        """Return the numbers of some rows."""
        return Measures(self.hours[index], self.ratio[index], self.hard_pairs[index])


def measured(week: ComingWeek, before: Before) -> Measures:
    """Compare a week with the days before it.

    The longest run is compared with the days before the week alone: compared with the
    week's own earlier runs as well, a longer run on Tuesday would make Sunday's look smaller, and
    more kilometres would lower a forecast.
    """
    known = before.longest_km > 0
    reference = np.where(known, before.longest_km, 1.0)
    ratio = np.where(known, week.longest / reference, np.nan)
    return Measures(
        hours=week.hours,
        # Without a run there is no spike, whether or not the past is known.
        ratio=np.where(week.longest > 0, ratio, 0.0),
        hard_pairs=hard_pairs(week.hard, before.hard_today),
    )


def hard_pairs(hard: Bools, hard_today: Bools) -> Floats:
    """Return how many hard days follow a hard day, shape (n,); the as-of day may be one of them.

    Examples
    --------
    >>> week = np.array([[0, 1, 1, 0, 1, 0, 0]], dtype=bool)
    >>> hard_pairs(week, np.array([False]))
    array([1.])
    """
    # The as-of day in front: Monday after a hard Sunday is a pair too.
    whole = np.column_stack([hard_today, hard])
    return np.asarray((whole[:, 1:] & whole[:, :-1]).sum(axis=1), dtype=np.float64)
