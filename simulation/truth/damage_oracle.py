"""The observable oracle of the second mechanism.

Damage and capacity follow from what was done, which is taken as known; hidden are frailty, known
through an exact filter on a grid (injuries, every run without one, pain and soreness answers, the
weeks that an attentive coach cut or did not cut), and the coming week, which is drawn by the policy
that draws the real one. Whether the coach will cut it depends on how the runner looks, hence on the
frailty: both weeks are imagined and weighed for each frailty. The rest is treated as
:mod:`simulation.truth.oracle` says.
"""

from dataclasses import dataclass

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.harm.damage import TissueLoad, failure_hazard, runs_at_risk, wear_week
from simulation.observed.answers import Answers
from simulation.people.roster import DAYS, Traits
from simulation.people.state import KNEE, State
from simulation.settings.cohort import SimulationSettings
from simulation.training.damage_paths import DamagePaths, Style, Tissue, frailty_points
from simulation.training.plan import Plan
from simulation.training.reacting import cut_week, draw_cross, react_chance
from simulation.training.week import walk_week
from simulation.truth.coach_plan import imagined_plan
from simulation.truth.cycle_belief import CycleBelief
from simulation.truth.likelihoods import day_likelihood
from simulation.truth.oracle import (
    Progress,
    Seen,
    hurt_on,
    imagined_present,
    is_at_risk,
    plan_on_paper,
    race_on,
)
from simulation.truth.unforeseen import illness_seen


@dataclass(frozen=True, kw_only=True)
class DamageWorld:
    """What the simulator knows of the second mechanism, and the oracle too, but for frailty."""

    traits: Traits
    style: Style
    tissue: Tissue
    lived: DamagePaths


@dataclass
class FrailtyBelief:
    """``weight`` is runners x points of the frailty grid."""

    log_frailty: Floats
    weight: Floats

    @classmethod
    def prior(cls, settings: SimulationSettings, rows: int) -> "FrailtyBelief":
        """Return the belief before anything was seen."""
        log_frailty, share = frailty_points(settings.damage, settings.oracle.frailty_points)
        return cls(log_frailty, np.tile(share, (rows, 1)))

    def take_in(self, likelihood: Floats) -> None:
        """Multiply by a likelihood, runners x points."""
        weight = self.weight * likelihood
        self.weight = weight / weight.sum(axis=1, keepdims=True)


def damage_observable_risk(
    world: DamageWorld,
    seen: Seen,
    settings: SimulationSettings,
    seed: np.random.SeedSequence,
    progress: Progress | None = None,
) -> Floats:
    """Return the oracle's probabilities after each Sunday, runners x weeks x (any, knee).

    Week 0 is the first whose Sunday is observed; NaN where the runner is injured on that Sunday.
    """
    rng = np.random.default_rng(seed)
    traits, paths = world.traits, seen.paths
    belief = FrailtyBelief.prior(settings, traits.rows)
    cycle = CycleBelief.prior(traits, settings.habits)
    ill_for = illness_seen(paths.ill, paths.sundays)
    hurt = hurt_on(paths)
    out = np.full((traits.rows, settings.weeks, 2), np.nan)
    for lived in range(1, settings.burn_in_weeks + settings.weeks + 1):
        for day in range((lived - 1) * DAYS, lived * DAYS):
            belief.take_in(_day(world, belief, day, hurt[:, day], settings))
            belief.take_in(_answered(world, belief, seen.answers, day, settings))
        state, week = paths.sundays[lived], lived - settings.burn_in_weeks - 1
        cycle.pass_week(state, race_on(paths, lived * DAYS - 1))
        chance = _react_chance(world, belief, lived, settings)
        cut = world.lived.cut[:, lived, None]
        likelihood = np.where(cut, chance, 1 - chance)
        # who has the plan on paper sees the cut before the week, the others after it
        paper = seen.coached[:, None]
        belief.take_in(np.where(paper, likelihood, 1.0))
        if week >= 0:
            rows = np.flatnonzero(is_at_risk(state))
            present = imagined_present(cycle, state, ill_for[:, lived], settings, rng)
            free = _unhurt(world, present, lived, seen, settings, rng, rows, belief)
            chance_now = np.where(paper, 0.0, chance)[rows]
            weight = belief.weight[rows]
            out[rows, week] = _risk(free, chance_now, weight)
            if progress is not None:
                progress((week + 1) / settings.weeks, "oracle")
        belief.take_in(np.where(paper, 1.0, likelihood))
    return out


def _risk(free: Floats, cut: Floats, weight: Floats) -> Floats:
    """Mix both weeks; `free` is (uncut, cut) x (any, knee) x rows x points."""
    mixed = (1 - cut) * free[0] + cut * free[1]
    risk: Floats = np.clip(1 - (mixed * weight).sum(axis=2), 0, 1).T
    return risk


def _day(
    world: DamageWorld, belief: FrailtyBelief, day: int, hurt: Ints, settings: SimulationSettings
) -> Floats:
    """Return P(what happened on a day | frailty): unhurt, or hurt in its region."""
    lived, threshold = world.lived, world.tissue.log_threshold[world.traits.level]
    log_damage = lived.log_damage[:, day, None, :] + belief.log_frailty[:, None]
    hazard = failure_hazard(log_damage, threshold[:, None, :], settings.damage.failure_spread)
    hazard = hazard * lived.runs[:, day, None, None]
    whole = hazard.sum(axis=2)
    chance = np.exp(-whole)
    runner = np.flatnonzero(hurt >= 0)
    share = hazard[runner, :, hurt[runner]] / whole[runner]
    # Per day and not per moment: with steep hazards the two differ.
    chance[runner] = -np.expm1(-whole[runner]) * share
    return np.asarray(chance)


def _answered(
    world: DamageWorld,
    belief: FrailtyBelief,
    answers: Answers,
    day: int,
    settings: SimulationSettings,
) -> Floats:
    """Return P(the day's answers | frailty); 1 before anything was asked."""
    observed = day - settings.burn_in_weeks * DAYS
    if observed < 0:
        return np.ones_like(belief.weight)
    log_damage = world.lived.log_damage[:, day, None, :] + belief.log_frailty[:, None]
    strain = np.moveaxis(world.tissue.strain(log_damage), 2, 1)
    likelihood = day_likelihood(world.lived.paths, answers, observed, strain, settings)
    return np.asarray(likelihood.prod(axis=1))


def _react_chance(
    world: DamageWorld, belief: FrailtyBelief, week: int, settings: SimulationSettings
) -> Floats:
    """Return P(the coach cuts the week | frailty), runners x points; 0 for inattentive ones."""
    # The coach sees damage times frailty, so a cut week tells of the frailty.
    peak = world.lived.wear[week].peak[:, None, :] + belief.log_frailty[:, None]
    looks = world.tissue.strain(peak).max(axis=2)
    attentive = world.style.attentive[:, None]
    return np.where(attentive, react_chance(looks, settings.damage), 0.0)


def _unhurt(
    world: DamageWorld,
    present: State,
    week: int,
    seen: Seen,
    settings: SimulationSettings,
    rng: np.random.Generator,
    rows: Ints,
    belief: FrailtyBelief,
) -> Floats:
    """Return P(no injury | frailty), (uncut, cut week) x (any, knee) x rows x points."""
    draws = settings.oracle.draws
    many = world.traits.repeat(draws)
    plan = imagined_plan(many, present, settings, rng, plan_on_paper(seen, week))
    whole = np.ones(many.rows, dtype=np.bool_)
    free = np.empty((2, 2, len(rows), len(belief.log_frailty)))
    for index, variant in enumerate((plan, cut_week(plan, whole, settings.damage))):
        hazard = _imagined_hazard(world, many, present, variant, week, settings, rng, belief)
        for injury, of in enumerate((hazard.sum(axis=0), hazard[KNEE])):
            survival = np.exp(-of).reshape(-1, draws, of.shape[1]).mean(axis=1)
            free[index, injury] = survival[rows]
    return free


def _imagined_hazard(
    world: DamageWorld,
    many: Traits,
    present: State,
    plan: Plan,
    week: int,
    settings: SimulationSettings,
    rng: np.random.Generator,
    belief: FrailtyBelief,
) -> Floats:
    """Return the hazard of imagined weeks, region x (runners x draws) x points."""
    draws, damage = settings.oracle.draws, settings.damage
    nothing = np.zeros((many.rows, 2))
    path = walk_week(many, present, plan, nothing, settings, rng)
    sporty: Bools = np.repeat(world.style.sporty, draws)
    cross = draw_cross(sporty, path.healthy, damage, rng)
    wear: TissueLoad = world.lived.wear[week].repeat(draws)
    log_damage, _ = wear_week(many, present, wear, path, cross, damage)
    threshold = world.tissue.log_threshold[many.level]
    runs = runs_at_risk(path)
    total_hazard = np.zeros((2, many.rows, len(belief.log_frailty)))
    for day in range(settings.horizon_days):
        for region in range(2):
            above = log_damage[:, day, region, None] + belief.log_frailty
            hazard = failure_hazard(above, threshold[:, region, None], damage.failure_spread)
            total_hazard[region] += hazard * runs[:, day, None]
    return total_hazard
