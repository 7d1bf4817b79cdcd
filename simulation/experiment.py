"""What a rule for plans would have changed: the same runners with the same luck, lived again."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from common.arrays import Floats
from simulation.lives import live
from simulation.people.roster import DAYS
from simulation.settings.cohort import SimulationSettings, with_effects
from simulation.streams import streams
from simulation.training.paths import Policy
from simulation.training.policies import Capped, Limit

LONGEST_SCALE: Final = 1.6


@dataclass(frozen=True, kw_only=True)
class Arm:
    """One entry per runner, over the observed weeks; compare arms of the same settings only.

    ``expected`` is the sum of the true daily hazards along what was lived, ``injuries`` how many
    were drawn.
    """

    km: Floats
    hours: Floats
    expected: Floats
    injuries: Floats


def resimulate(settings: SimulationSettings, policy: Policy) -> Arm:
    """Let the cohort of these settings live with every week's plan altered by a policy.

    Random numbers are paired: plans, nights, tissue, thresholds and the luck of each week are the
    same under every policy, and so is what an injury of a given week would be.

    Parameters
    ----------
    settings : SimulationSettings
    policy : callable
        :func:`simulation.training.policies.unchanged` is the arm to compare with.
    """
    settings = with_effects(settings)
    lives = live(settings, streams(settings.seed), policy)
    # The burn-in is left out: its runners start without any past.
    first = settings.burn_in_weeks * DAYS
    window = slice(first, first + settings.weeks * DAYS)
    injuries = lives.paths.injuries
    inside = (injuries.onset >= window.start) & (injuries.onset < window.stop)
    return Arm(
        km=lives.paths.km[:, window].sum(axis=1),
        hours=lives.paths.hours[:, window].sum(axis=1),
        expected=lives.hazard[:, window].sum(axis=(1, 2)),
        injuries=np.bincount(injuries.runner[inside], minlength=lives.traits.rows).astype(float),
    )


def at_equal_distance(
    settings: SimulationSettings, limit: Limit, rounds: int = 3
) -> tuple[Arm, Capped]:
    """Apply a rule at the planned kilometres of every runner that there would be without it.

    A rule that shortens runs would avoid injuries by kilometres alone. So each runner's weeks are
    made longer by a factor of their own, found in so many rounds (at most 1.6: a rule may not be
    able to keep the distance at all; `km_kept` over `km_planned` of the policy tells).
    """
    scale = np.ones(settings.athletes)
    first_day = settings.burn_in_weeks * DAYS
    # Longer weeks change who is hurt, and so the distance again: one round would not be enough.
    for _ in range(rounds - 1):
        policy = Capped(limit, scale, first_day)
        resimulate(settings, policy)
        lost = np.divide(
            policy.km_planned, policy.km_kept, out=np.ones_like(scale), where=policy.km_kept > 0
        )
        scale = np.clip(scale * lost, 1 / LONGEST_SCALE, LONGEST_SCALE)
    policy = Capped(limit, scale, first_day)
    return resimulate(settings, policy), policy
