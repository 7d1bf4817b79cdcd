"""What nobody can foresee: how much longer a holiday, a break or an illness will last.

The simulator draws these lengths when the period begins and counts them down; whoever stands on a
Sunday sees that one is running, and for an illness since when, but not its end. Here the rest is
drawn anew from its exact distribution given what is seen.

- Holiday, break: the length in weeks is geometric, hence without memory. A new one may begin in the
  week in which the former ends, with a length of the same law, so the counter of a running period
  is geometric on 1, 2, ... whatever came before (by induction over the weeks).
- Illness: the length in days is uniform on `illness_days`, and no illness begins while another
  runs. After `seen` days of it the length is uniform on what is left of that range.
"""

from dataclasses import replace

import numpy as np

from common.arrays import Bools, Ints
from simulation.people.roster import DAYS
from simulation.people.state import State
from simulation.settings.people import HabitSettings


def illness_seen(ill: Bools, sundays: list[State]) -> Ints:
    """Return how many days an illness that still runs on each Sunday has lasted so far.

    Parameters
    ----------
    ill : array, runners x days
        From the first day of the first week on.
    sundays : list of State
        On the eve of each of those weeks.

    Returns
    -------
    array, runners x (weeks + 1)
        On the eve of each week and after the last; 0 where nobody is ill.
    """
    weeks = ill.reshape(len(ill), -1, DAYS)
    seen = np.zeros((len(ill), weeks.shape[1] + 1), dtype=np.int64)
    for week in range(weeks.shape[1]):
        carried = sundays[week].illness_days > 0
        fresh = DAYS - weeks[:, week].argmax(axis=1)
        lasted = np.where(carried, seen[:, week] + DAYS, fresh)
        seen[:, week + 1] = np.where(weeks[:, week, -1], lasted, 0)
    return seen


def redraw_lengths(
    state: State, seen: Ints, habits: HabitSettings, rng: np.random.Generator
) -> State:
    """Return the state with the ends of running holidays, breaks and illnesses drawn anew.

    Parameters
    ----------
    state : State
        On a Sunday.
    seen : array
        Days that a running illness has lasted, of :func:`illness_seen`.
    """
    return replace(
        state,
        holiday_weeks=_weeks_left(state.holiday_weeks, habits.holiday_weeks, rng),
        break_weeks=_weeks_left(state.break_weeks, habits.break_weeks, rng),
        illness_days=_days_left(seen, habits, rng),
    )


def _weeks_left(counter: Ints, mean_weeks: float, rng: np.random.Generator) -> Ints:
    # Without memory: how long it has run already tells nothing of how long it will.
    return np.where(counter > 0, rng.geometric(1 / mean_weeks, len(counter)), 0)


def _days_left(seen: Ints, habits: HabitSettings, rng: np.random.Generator) -> Ints:
    low, high = habits.illness_days
    # Lengths that have been exceeded already are no longer possible.
    length = rng.integers(np.minimum(np.maximum(seen, low), high), high + 1)
    return np.where(seen > 0, length - seen, 0)
