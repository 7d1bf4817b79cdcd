"""Weeks in a row: plans are drawn, risk accrues, injuries happen and heal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.harm.tissue import TissueChain, first_tissue, in_common, walk_tissue
from simulation.harm.week_path import WeekPath
from simulation.people.roster import Traits
from simulation.people.state import KNEE, State, first_state
from simulation.settings.cohort import SimulationSettings
from simulation.training.events import Injuries, cut_after, draw_event, hurt, joined
from simulation.training.plan import Plan, draw_plan
from simulation.training.week import advance, walk_week

Policy: TypeAlias = Callable[[Traits, State, Plan], Plan]
"""What somebody makes of a week's plan, given where the runner stands on its eve."""


@dataclass(frozen=True, kw_only=True)
class Paths:
    """What happened: arrays runners x days (burn-in included), Sunday states and injuries.

    ``hazard`` is the realised day's hazard without frailty and tissue (runners x days x region);
    ``tissue`` the index into the chain; ``planned_risk`` the true probability of a new injury in
    the week after each Sunday along the uninjured path (runners x weeks x (any, knee)).
    ``written_km`` and ``written_kind`` are the week as it was planned on its eve, before anything
    was skipped or lengthened. ``cross`` is runners x days x (cycling, elliptical), in hours, where
    other sports are a part of the mechanism.
    """

    km: Floats
    kind: Ints
    hours: Floats
    ratio: Floats
    spike: Floats
    sleep: Floats
    stress: Floats
    ill: Bools
    healthy: Bools
    shoe_km: Floats
    knee_z: Floats
    hip_z: Floats
    hazard: Floats
    tissue: Ints
    planned_risk: Floats
    written_km: Floats
    written_kind: Ints
    sundays: list[State]
    injuries: Injuries
    cross: Floats | None = None


def walk(
    traits: Traits,
    baseline: Floats,
    chain: TissueChain,
    settings: SimulationSettings,
    seed: np.random.SeedSequence,
    weeks: int,
    policy: Policy | None = None,
) -> Paths:
    """Simulate `weeks` weeks from the first day of the burn-in.

    Parameters
    ----------
    baseline : array, runners x 2
        Hazard per running hour of knee and elsewhere with all multipliers at 1.
    policy : callable, optional
        Alters each week's plan. Two walks with policies have the same luck in everything that the
        policies leave alone, whoever is hurt; without one the luck is that of the cohort.
    """
    plans, days, tissues, luck, harm = (np.random.default_rng(s) for s in seed.spawn(5))
    state = first_state(traits, settings, days)
    tissue = in_common(first_tissue(chain, traits.rows, tissues), settings.tissue)
    records: list[dict[str, np.ndarray]] = []
    sundays: list[State] = []
    injuries: list[Injuries] = []
    for _ in range(weeks):
        # Before the week: the oracle may know this Sunday and nothing of what follows.
        sundays.append(state)
        plan = draw_plan(traits, state, settings, plans)
        plan = plan if policy is None else policy(traits, state, plan)
        path = walk_week(traits, state, plan, baseline, settings, days)
        walked = in_common(walk_tissue(chain, tissue, tissues), settings.tissue)
        hazard = traits.frailty[:, None, None] * chain.ratio[walked] * path.hazard
        # The risk is that of the whole planned week; only afterwards the week is cut at the injury.
        event = draw_event(hazard, luck)
        lived = cut_after(path, event)
        risk = risk_of(hazard, settings.horizon_days)
        records.append(record_week(state, plan, lived, risk) | {"tissue": walked})
        after = advance(traits, state, plan, lived, days)
        state, new = hurt(after, state, event, settings, harm, policy is not None)
        injuries.append(new)
        tissue = walked[:, -1]
    return assemble(records, sundays, injuries)


def risk_of(hazard: Floats, horizon: int) -> Floats:
    """Return 1 - exp(-H) over the horizon, rows x (any, knee)."""
    whole = hazard[:, :horizon].sum(axis=1)
    # An injury elsewhere does not end the knee's horizon, so the knee's hazard stands alone.
    risk: Floats = -np.expm1(-np.stack([whole.sum(axis=1), whole[:, KNEE]], axis=1))
    return risk


def record_week(state: State, plan: Plan, lived: WeekPath, risk: Floats) -> dict[str, np.ndarray]:
    """Return what is kept of a week, by name of the field of :class:`Paths`."""
    shape = lived.km.shape
    return {
        "km": lived.km, "kind": lived.kind, "hours": lived.hours, "ratio": lived.ratio,
        "spike": lived.spike, "sleep": lived.sleep, "stress": lived.stress, "ill": lived.ill,
        "healthy": lived.healthy, "hazard": lived.hazard,
        "written_km": plan.written_km, "written_kind": plan.written_kind,
        "shoe_km": np.broadcast_to(state.shoe_km[:, None], shape),
        "knee_z": np.broadcast_to(state.knee_z[:, None], shape),
        "hip_z": np.broadcast_to(state.hip_z[:, None], shape),
        "planned_risk": risk[:, None],
    }  # fmt: skip


def assemble(
    records: list[dict[str, np.ndarray]], sundays: list[State], injuries: list[Injuries]
) -> Paths:
    """Put the weeks in a row."""
    arrays = {name: np.concatenate([r[name] for r in records], axis=1) for name in records[0]}
    return Paths(**arrays, sundays=sundays, injuries=joined(injuries))
