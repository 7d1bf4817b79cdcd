"""The coming week in the oracle's mind: drawn by the policy, or followed from what is written."""

from dataclasses import dataclass, replace

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.people.roster import Traits
from simulation.people.state import State
from simulation.settings.cohort import SimulationSettings
from simulation.training.plan import Plan, draw_plan, follow_plan


@dataclass(frozen=True, kw_only=True)
class CoachPlan:
    """The written week, runners x 7; it counts for the coached only."""

    coached: Bools
    km: Floats
    kind: Ints


def imagined_plan(
    many: Traits,
    state: State,
    settings: SimulationSettings,
    rng: np.random.Generator,
    paper: CoachPlan | None,
) -> Plan:
    """Draw a plan for every imagined week; a written one is known but for how it is followed.

    Parameters
    ----------
    many : Traits
        Every runner as often as there are draws.
    """
    # For the coached too: what is not written (holiday, phase) still has to be drawn.
    plan = draw_plan(many, state, settings, rng)
    if paper is None:
        return plan
    times = many.rows // len(paper.coached)
    coached = np.repeat(paper.coached, times)[:, None]
    written = replace(
        plan,
        written_km=np.repeat(paper.km, times, axis=0),
        written_kind=np.repeat(paper.kind, times, axis=0),
    )
    followed = follow_plan(many, state, written, settings, rng)
    return replace(
        plan,
        km=np.where(coached, followed.km, plan.km),
        kind=np.where(coached, followed.kind, plan.kind),
        ill=np.where(coached, followed.ill, plan.ill),
    )
