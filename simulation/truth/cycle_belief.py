"""What the sizes of past weeks tell of the training cycle: an exact filter over its hidden place.

Nobody writes down whether a small week was recovery, taper, the week after a race, a holiday or a
break; yet what comes next depends on it. The oracle knows how large each past week was *planned*
(x = log of target over usual distance, without the noise of skipped and lengthened sessions), how
many sessions it held, and every race that was run. With S = (phase, holiday, break) and
x = volume + log factor(S), the volume an autoregression, given S the volume is known, so that

    P(S' | x'..) ~ P(sessions' | S') P(race' | S') sum_S P(S | x..) P(S' | S) N(v'; keep v, news)

is exact over the 28 places. Everything else of an executed week depends on S only through target,
number of sessions and race, so nothing in a file tells more about S than what is known here.
"""

from dataclasses import dataclass, replace

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.people.roster import DAYS, Traits
from simulation.people.state import State
from simulation.settings.people import HabitSettings
from simulation.training.plan import (
    BUILD_FIRST,
    POST_RACE,
    RACE,
    RECOVERY,
    break_chance,
    phase_chances,
    week_factor,
)

UNKNOWN, NO_RACE, RAN_RACE = -1, 0, 1
PHASES = POST_RACE + 1
LEAST_SD = 1e-6  # a volume that does not vary is a density of no width

_PHASE, _HOLIDAY, _BREAK = (a.ravel() for a in np.indices((PHASES, 2, 2)))


@dataclass
class CycleBelief:
    """``weight`` is runners x places: P(phase, holiday, break of the week just past).

    ``moves`` is runners x places x places, ``factor`` the size of each place's week against the
    usual one, ``size`` the latest week's x.
    """

    habits: HabitSettings
    sessions: Floats
    factor: Floats
    moves: Floats
    weight: Floats
    size: Floats | None = None

    @classmethod
    def prior(cls, traits: Traits, habits: HabitSettings) -> "CycleBelief":
        """Return the belief before the first week: any place of the ordinary cycle, no overlay."""
        start = (_PHASE <= RECOVERY) & (_PHASE >= BUILD_FIRST) & (_HOLIDAY == 0) & (_BREAK == 0)
        return cls(
            habits=habits,
            sessions=traits.sessions,
            factor=week_factor(_PHASE, _HOLIDAY, _BREAK, habits),
            moves=_moves(traits, habits),
            weight=np.broadcast_to(start / start.sum(), (traits.rows, len(start))).copy(),
        )

    def pass_week(self, state: State, race: Ints) -> None:
        """Take in one week.

        Parameters
        ----------
        state : State
            On its Sunday; only the planned size and the number of sessions are read from it.
        race : array
            :data:`RAN_RACE`, :data:`NO_RACE`, or :data:`UNKNOWN` for who could not have raced.
        """
        habits = self.habits
        true_factor = week_factor(
            state.phase, state.holiday_weeks > 0, state.break_weeks > 0, habits
        )
        # Only the sum is passed on: volume and factor apart would give the hidden place away.
        size = state.volume + np.log(true_factor)
        volume = size[:, None] - np.log(self.factor)
        joint = self.weight[:, :, None] * self.moves
        if self.size is None:
            density = _density(volume, np.zeros_like(volume), habits.week_log_sd)[:, None, :]
        else:
            before = self.size[:, None] - np.log(self.factor)
            keep = habits.week_persistence
            news = habits.week_log_sd * np.sqrt(1 - keep**2)
            density = _density(volume[:, None, :], keep * before[:, :, None], news)
        weight = (joint * density).sum(axis=1)
        weight *= session_chance(state.planned_runs[:, None], self.sessions[:, None], self.factor)
        # Who was ill or hurt on a race day might have raced: no race tells nothing of them.
        fits_race = (race[:, None] == UNKNOWN) | ((race[:, None] == RAN_RACE) == (_PHASE == RACE))
        weight *= fits_race
        self.weight = weight / weight.sum(axis=1, keepdims=True)
        self.size = size

    def imagine(self, state: State, draws: int, rng: np.random.Generator) -> State:
        """Return the state, every runner `draws` times, with the place in the cycle drawn anew.

        Overlays that run get a counter of 1; how long they last :mod:`simulation.truth.unforeseen`
        draws.
        """
        if self.size is None:
            raise ValueError("no week has been seen yet")
        rows = len(self.weight)
        # systematic draws: each place as often as its chance says, to the next whole number
        aim = (np.arange(draws) + rng.random((rows, 1))) / draws
        heights = np.cumsum(self.weight, axis=1)[:, None, :-1]
        place = (heights <= aim[:, :, None]).sum(axis=2).ravel()
        return replace(
            state.repeat(draws),
            phase=_PHASE[place],
            volume=np.repeat(self.size, draws) - np.log(self.factor[place]),
            holiday_weeks=_HOLIDAY[place],
            break_weeks=_BREAK[place],
        )


def session_chance(planned: Ints, sessions: Floats, factor: Floats) -> Floats:
    """Return P(number of planned sessions), as :func:`simulation.training.plan.draw_plan` draws it.

    sessions * sqrt(factor) plus a uniform number on (-1/2, 1/2), rounded, held within 1 and 7:
    one of the two neighbouring whole numbers, the nearer the likelier.
    """
    mean = sessions * np.sqrt(factor)
    low = np.floor(mean)
    upper = mean - low
    session_counts = [np.clip(low + step, 1, DAYS) for step in (0, 1)]
    chance: Floats = (planned == session_counts[0]) * (1 - upper) + (
        planned == session_counts[1]
    ) * upper
    return chance


def race_seen(kind_is_race: Bools, could: Bools) -> Ints:
    """Return what a Sunday tells: a race, none, or nothing for the injured and the ill."""
    return np.where(could, np.where(kind_is_race, RAN_RACE, NO_RACE), UNKNOWN)


def _density(value: Floats, mean: Floats, sd: float) -> Floats:
    """Return the normal density but for its constant."""
    density: Floats = np.exp(-(((value - mean) / max(sd, LEAST_SD)) ** 2) / 2)
    return density


def _moves(traits: Traits, habits: HabitSettings) -> Floats:
    """P(next place | place), runners x 28 x 28: phase, holiday and break move on their own."""
    none = np.zeros(traits.rows)
    phase = phase_chances(traits.race_chance)
    holiday = _overlay_moves(none + habits.holiday_start, habits.holiday_weeks)
    pause = _overlay_moves(break_chance(traits, habits), habits.break_weeks)
    return np.asarray(
        phase[:, _PHASE[:, None], _PHASE]
        * holiday[:, _HOLIDAY[:, None], _HOLIDAY]
        * pause[:, _BREAK[:, None], _BREAK]
    )


def _overlay_moves(start: Floats, mean_weeks: float) -> Floats:
    """P(running next week | running or not), runners x 2 x 2; it may begin anew as it ends."""
    ends = 1 / mean_weeks
    runs = np.stack([start, 1 - ends + ends * start], axis=1)
    return np.stack([1 - runs, runs], axis=2)
