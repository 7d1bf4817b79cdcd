"""Other ways through the week: each a whole week, so that its risk and its kilometres are known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from features.week_ahead.week import DAYS, ComingWeek
from forecasting.planning.ahead import Ahead

SPLIT: Final = "split_long_run"
CROSS: Final = "cross_training"
REST: Final = "rest_day"
SPREAD: Final = "spread_hard_days"
LINE: Final = "long_run_to_line"
LEAST_KM: Final = 0.1


@dataclass(frozen=True)
class Alternative:
    """A change of one week.

    Parameters
    ----------
    kind : str
        What is done.
    day : int
        Day it is done on, 0 to 6.
    to_day : int
        Day it moves to; the same where nothing moves.
    km : float
        Distance of the changed run, before the change.
    risk : float
        Probability of an injury in the changed week.
    km_kept : float
        Running of the changed week.
    week : ComingWeek
        The week, one row.
    """

    kind: str
    day: int
    to_day: int
    km: float
    risk: float
    km_kept: float
    week: ComingWeek

    @property
    def risk_per_100_km(self) -> float:
        """Risk for a hundred kilometres kept; infinite where none are."""
        return 100 * self.risk / self.km_kept if self.km_kept > 0 else float("inf")


def alternatives(ahead: Ahead, week: ComingWeek, line_km: float) -> list[Alternative]:
    """Return what else could be done with the week of one athlete, best first.

    Ranked by risk for kilometres kept. Listed is only what lowers the risk.

    Parameters
    ----------
    ahead : Ahead
        Of one athlete.
    week : ComingWeek
        Planned or usual, one row.
    line_km : float
        The load line of the longest run; NaN if there is none.
    """
    now = float(ahead.risk(week)[0])
    changes = [
        *_split(week), *_to_line(week, line_km), *_cross(week), *_rest(week), *_spread(week),
    ]  # fmt: skip
    options = [
        Alternative(
            kind=kind,
            day=day,
            to_day=to_day,
            km=float(week.longest_km[0, day]),
            risk=float(ahead.risk(changed)[0]),
            km_kept=float(changed.week_km[0]),
            week=changed,
        )
        for kind, day, to_day, changed in changes
    ]
    # A change that lowers nothing but the last digits is no advice.
    better = [alternative for alternative in options if alternative.risk < now * (1 - 1e-6)]
    return sorted(better, key=lambda alternative: (alternative.risk_per_100_km, alternative.kind))


Change = tuple[str, int, int, ComingWeek]


def _longest(week: ComingWeek) -> int:
    return int(np.argmax(week.longest_km[0]))


def _split(week: ComingWeek) -> Iterator[Change]:
    """Halve the longest run; the second half goes to the nearest day without a run."""
    day = _longest(week)
    if week.longest_km[0, day] <= 0:
        return
    free = [at for at in range(DAYS) if week.minutes[0, at] <= 0]
    # The nearest day keeps the week as it is; without a free day both halves stay on this one.
    to_day = min(free, key=lambda at: (abs(at - day), at), default=day)
    half = week.longest_km[0, day] / 2
    minutes = half * week.minutes[0, day] / week.km[0, day]
    km, longest, time = (amounts.copy() for amounts in (week.km, week.longest_km, week.minutes))
    # Of a day with two runs the other one may now be the longer.
    longest[0, day] = max(half, week.km[0, day] - 2 * half)
    if to_day != day:
        km[0, day] -= half
        time[0, day] -= minutes
        km[0, to_day], longest[0, to_day], time[0, to_day] = half, half, minutes
    yield SPLIT, day, to_day, replace(week, km=km, longest_km=longest, minutes=time)


def _to_line(week: ComingWeek, line_km: float) -> Iterator[Change]:
    """Shorten the longest run to the load line."""
    day = _longest(week)
    if np.isnan(line_km) or not LEAST_KM <= line_km < week.longest_km[0, day]:
        return
    yield LINE, day, day, _shortened(week, day, line_km)


def _cross(week: ComingWeek) -> Iterator[Change]:
    """Ride or swim in place of the longest run; nothing is claimed of what that does."""
    day = _longest(week)
    if week.km[0, day] > 0:
        yield CROSS, day, day, _without(week, day)


def _rest(week: ComingWeek) -> Iterator[Change]:
    """Rest in place of the shortest run."""
    ran = np.flatnonzero(week.minutes[0] > 0)
    if len(ran) > 1:
        day = int(ran[np.argmin(week.minutes[0, ran])])
        yield REST, day, day, _without(week, day)


def _spread(week: ComingWeek) -> Iterator[Change]:
    """Change the second of two hard days in a row with a day that has no hard day beside it."""
    hard = week.hard[0]
    for day in range(1, DAYS):
        if not (hard[day] and hard[day - 1]):
            continue
        others = hard.copy()
        others[day] = False
        beside = others | np.append(others[1:], False) | np.append(False, others[:-1])
        free = [at for at in np.flatnonzero(~beside) if at != day]
        if free:
            to_day = int(min(free, key=lambda at: (abs(at - day), at)))
            yield SPREAD, day, to_day, _swapped(week, day, to_day)
        return


def _swapped(week: ComingWeek, day: int, other: int) -> ComingWeek:
    order = np.arange(DAYS)
    order[[day, other]] = other, day
    return ComingWeek(
        week.km[:, order], week.longest_km[:, order], week.minutes[:, order], week.hard[:, order]
    )


def _without(week: ComingWeek, day: int) -> ComingWeek:
    other_days = np.arange(DAYS) != day
    nothing = np.zeros_like(week.km)
    return week.where(other_days[None, :], ComingWeek(nothing, nothing, nothing, nothing > 0))


def _shortened(week: ComingWeek, day: int, to_km: float) -> ComingWeek:
    """Shorten the longest run of a day to a length, at its pace."""
    km, longest, time = (amounts.copy() for amounts in (week.km, week.longest_km, week.minutes))
    lost = longest[0, day] - to_km
    time[0, day] -= lost * week.minutes[0, day] / week.km[0, day]
    km[0, day] -= lost
    longest[0, day] = min(to_km, km[0, day])
    return replace(week, km=km, longest_km=longest, minutes=time)
