"""What a coach could do to every week, at the same kilometres: rules for studies of plans.

A rule says how far each run of a week may go. What it takes away is owed to the runner and given
back, on running days, as soon as the rule leaves room; so every runner is planned the same distance
under every rule, but for what is still owed at the end (`Capped.owed`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from simulation.arrays import Floats
from simulation.people.roster import DAYS, Traits
from simulation.people.state import MEMORY_DAYS, State
from simulation.training.plan import RACED, Plan

Limit: TypeAlias = Callable[[Traits, State, Plan], Floats]
"""How far each run of the week may go, rows x 7, in km."""

CHRONIC_WEEKS = 3
LEAST_KM = 2.0
GIVE_BACK = 0.25
"""Most of a day's own distance that is added to it in return for what was taken away."""


def unchanged(_traits: Traits, _state: State, plan: Plan) -> Plan:
    """Return the plan as it is: the arm that the others are compared with."""
    return plan


def longest_run_limit(ratio: float) -> Limit:
    """Let no run be longer than `ratio` times the longest of the 30 days before it."""

    def limit(_traits: Traits, state: State, plan: Plan) -> Floats:
        whole = np.concatenate([state.km, plan.km], axis=1)
        allowed = np.empty_like(plan.km)
        for day in range(DAYS):
            longest = whole[:, day : day + MEMORY_DAYS].max(axis=1)
            allowed[:, day] = np.where(longest > 0, ratio * longest, np.inf)
            whole[:, MEMORY_DAYS + day] = np.minimum(plan.km[:, day], allowed[:, day])
        return allowed

    return limit


def weekly_limit(ratio: float) -> Limit:
    """Let no week be longer than `ratio` times the week before (the 10 % rule at 1.1)."""

    def limit(_traits: Traits, state: State, plan: Plan) -> Floats:
        before = state.km[:, -DAYS:].sum(axis=1)
        return _shared(plan, np.where(before > 0, ratio * before, np.inf))

    return limit


def acwr_limit(ratio: float) -> Limit:
    """Let no week be longer than `ratio` times the mean of the three weeks before."""

    def limit(_traits: Traits, state: State, plan: Plan) -> Floats:
        chronic = state.km[:, -CHRONIC_WEEKS * DAYS :].sum(axis=1) / CHRONIC_WEEKS
        return _shared(plan, np.where(chronic > 0, ratio * chronic, np.inf))

    return limit


def _shared(plan: Plan, most: Floats) -> Floats:
    """Shorten every run of a week alike."""
    whole = plan.km.sum(axis=1)
    share = np.minimum(1.0, np.divide(most, whole, out=np.ones_like(whole), where=whole > 0))
    return np.asarray(np.where(share[:, None] < 1, plan.km * share[:, None], np.inf))


@dataclass
class Capped:
    """A policy: no run beyond the limit, and what is taken away is given back where there is room.

    Races stay as they are. ``owed`` is the kilometres that each runner has still to be given,
    ``taken`` what was taken away in all, ``weeks_touched`` in how many weeks.
    """

    limit: Limit
    owed: Floats | None = None
    taken: Floats | None = None
    weeks_touched: Floats | None = None
    _race: int = field(default=RACED, repr=False)

    def __call__(self, traits: Traits, state: State, plan: Plan) -> Plan:
        """Return the altered plan of a week."""
        if self.owed is None or self.taken is None or self.weeks_touched is None:
            self.owed, self.taken, self.weeks_touched = (np.zeros(traits.rows) for _ in range(3))
        healthy = (state.return_day <= state.day)[:, None]
        runs = (plan.km > 0) & (plan.kind != self._race) & healthy
        limit = self.limit(traits, state, plan)
        km = np.where(runs, np.minimum(plan.km, np.maximum(limit, LEAST_KM)), plan.km)
        km = np.where(runs, np.minimum(km, plan.km), km)
        cut = (plan.km - km).sum(axis=1)
        self.taken += cut
        self.weeks_touched += cut > 0
        self.owed += cut
        room = np.where(runs, np.minimum(limit, plan.km * (1 + GIVE_BACK)) - km, 0.0)
        room = np.where((cut > 0)[:, None], 0.0, np.maximum(room, 0.0))
        whole = room.sum(axis=1)
        back = np.minimum(self.owed, whole)
        share = np.divide(back, whole, out=np.zeros_like(whole), where=whole > 0)
        self.owed -= back
        return replace(plan, km=km + room * share[:, None])
