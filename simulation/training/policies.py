"""What a coach could do to every week: rules that say how far each run may go, for studies."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from common.arrays import Floats
from simulation.people.roster import DAYS, Traits
from simulation.people.state import MEMORY_DAYS, State
from simulation.training.plan import RACED, Plan

Limit: TypeAlias = Callable[[Traits, State, Plan], Floats]
"""How far each run of the week may go, rows x 7, in km."""

CHRONIC_WEEKS = 3
LEAST_KM = 2.0


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
            # The next day looks back on the run as it was shortened, not as it was planned.
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
    """A policy: every week is made `scale` times as long, then no run goes beyond the limit.

    Races stay as they are. With the right scale (:func:`simulation.experiment.at_equal_distance`)
    a runner is planned as many kilometres as without the rule.

    Parameters
    ----------
    limit : callable
    scale : array or float
        By runner.
    first_day : int
        Day from which on is counted; the rule holds from the first.

    Attributes
    ----------
    km_planned, km_kept : array
        Kilometres of every runner's plans before and after, as far as they were healthy.
    moved : array
        Kilometres by which days became shorter.
    weeks_touched : array
        Weeks in which the limit shortened a run.
    """

    limit: Limit
    scale: Floats | float = 1.0
    first_day: int = 0
    km_planned: Floats = field(default_factory=lambda: np.zeros(1))
    km_kept: Floats = field(default_factory=lambda: np.zeros(1))
    moved: Floats = field(default_factory=lambda: np.zeros(1))
    weeks_touched: Floats = field(default_factory=lambda: np.zeros(1))

    def __call__(self, traits: Traits, state: State, plan: Plan) -> Plan:
        """Return the altered plan of a week."""
        healthy = (state.return_day <= state.day)[:, None]
        # A race has its distance, and who is hurt runs no plan.
        runs = (plan.km > 0) & (plan.kind != RACED) & healthy
        scale = np.broadcast_to(self.scale, traits.rows)[:, None]
        longer = replace(plan, km=np.where(runs, plan.km * scale, plan.km))
        most = np.maximum(self.limit(traits, state, longer), LEAST_KM)
        km = np.where(runs, np.minimum(longer.km, most), plan.km)
        # The rule holds in the burn-in too, or the first observed week would be a jump.
        if state.day < self.first_day:
            return replace(plan, km=km)
        self.km_planned = self.km_planned + (plan.km * healthy).sum(axis=1)
        self.km_kept = self.km_kept + (km * healthy).sum(axis=1)
        self.moved = self.moved + np.maximum(plan.km - km, 0).sum(axis=1)
        self.weeks_touched = self.weeks_touched + (km < longer.km).any(axis=1)
        return replace(plan, km=km)
