"""Weeks in a row under the second mechanism: damage builds up, tissue fails and heals."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import t as student_t

from common.arrays import Bools, Floats
from simulation.harm.damage import TissueLoad, failure_hazard, first_wear, runs_at_risk, wear_week
from simulation.people.roster import Traits
from simulation.people.state import first_state
from simulation.settings.cohort import SimulationSettings
from simulation.settings.damage import DamageSettings
from simulation.training.events import cut_after, draw_event, hurt
from simulation.training.paths import Paths, Policy, assemble, record_week, risk_of
from simulation.training.plan import draw_plan
from simulation.training.reacting import cut_week, draw_cross, react_chance
from simulation.training.week import advance, walk_week

# Uncut, a Student t of 4 degrees of freedom gives a few runners most of all injuries.
TAIL = 0.005
STRAIN_RANGE = (-3.0, 4.0)


@dataclass(frozen=True, kw_only=True)
class Tissue:
    """What the pilot found: log thresholds (levels x region), and the scale of the strain.

    The strain of a region is (log frailty + log damage - ``centre``) / ``spread``.
    """

    log_threshold: Floats
    centre: Floats
    spread: Floats

    def strain(self, log_damage: Floats) -> Floats:
        """Return strain in standard deviations; the last axis is (knee, elsewhere)."""
        return np.asarray(np.clip((log_damage - self.centre) / self.spread, *STRAIN_RANGE))


@dataclass(frozen=True, kw_only=True)
class Style:
    """Who does other sports, and whose coach reacts."""

    sporty: Bools
    attentive: Bools


@dataclass(frozen=True, kw_only=True)
class DamagePaths:
    """What happened, and the damage behind it.

    ``log_damage`` is runners x days x region without frailty, ``runs`` marks the days on which a
    tissue could fail, ``wear`` and ``cut`` (runners x weeks) belong to the eves of the weeks.
    """

    paths: Paths
    log_damage: Floats
    runs: Bools
    wear: list[TissueLoad]
    cut: Bools


def draw_style(rows: int, settings: DamageSettings, rng: np.random.Generator) -> Style:
    """Draw who does other sports and whose coach reacts."""
    sporty, attentive = rng.random((2, rows))
    return Style(sporty=sporty < settings.many_sports, attentive=attentive < settings.attentive)


def heavy_frailty(rank: Floats, settings: DamageSettings) -> Floats:
    """Return the frailty at each rank (0-1) of its law: exp of a scaled Student t, tails cut."""
    quantile = student_t.ppf(np.clip(rank, TAIL, 1 - TAIL), settings.frailty_df)
    frailty: Floats = np.exp(settings.frailty_log_sd * quantile)
    return frailty


def frailty_points(settings: DamageSettings, points: int) -> tuple[Floats, Floats]:
    """Return log frailties at even steps, the tails included, and their shares."""
    end = float(student_t.ppf(1 - TAIL, settings.frailty_df))
    edges = np.linspace(-end, end, points + 1)
    rank = student_t.cdf(edges, settings.frailty_df)
    rank[0], rank[-1] = 0.0, 1.0  # what is beyond the tails sits at their ends
    middle = (edges[1:] + edges[:-1]) / 2
    return settings.frailty_log_sd * middle, np.diff(rank)


def with_heavy_frailty(
    traits: Traits, settings: DamageSettings, rng: np.random.Generator
) -> Traits:
    """Return the traits with frailties of the second mechanism, evenly spread within the levels."""
    rank = np.empty(traits.rows)
    for level in np.unique(traits.level):
        members = np.flatnonzero(traits.level == level)
        # Stratified, so that no level is unlucky as a whole.
        rank[members] = (rng.permutation(len(members)) + rng.random(len(members))) / len(members)
    return replace(traits, frailty=heavy_frailty(rank, settings))


def walk_damage(
    traits: Traits,
    style: Style,
    tissue: Tissue,
    settings: SimulationSettings,
    seed: np.random.SeedSequence,
    weeks: int,
    policy: Policy | None = None,
) -> DamagePaths:
    """Simulate `weeks` weeks from the first day of the burn-in.

    Parameters
    ----------
    policy : callable, optional
        Alters every week's plan, see :func:`simulation.training.paths.walk`.
    """
    plans, days, crossing, luck, harm, eyes = (np.random.default_rng(s) for s in seed.spawn(6))
    state, wear = first_state(traits, settings, days), first_wear(traits)
    threshold = tissue.log_threshold[traits.level][:, None, :]
    log_frailty = np.log(traits.frailty)[:, None]
    nothing = np.zeros((traits.rows, 2))
    records, sundays, injuries, wears, cuts = [], [], [], [], []
    for _ in range(weeks):
        sundays.append(state)
        wears.append(wear)
        looks = tissue.strain(log_frailty + wear.peak).max(axis=1)
        # The coach sees the strain and cuts: small loads then stand before injuries too.
        cut = style.attentive & (eyes.random(traits.rows) < react_chance(looks, settings.damage))
        plan = cut_week(draw_plan(traits, state, settings, plans), cut, settings.damage)
        plan = plan if policy is None else policy(traits, state, plan)
        path = walk_week(traits, state, plan, nothing, settings, days)
        cross = draw_cross(style.sporty, path.healthy, settings.damage, crossing)
        # Twice: along the uninjured path for the hazard, then along what was lived for what is
        # carried.
        ahead, _ = wear_week(traits, state, wear, path, cross, settings.damage)
        hazard = failure_hazard(
            ahead + log_frailty[:, None], threshold, settings.damage.failure_spread
        )
        hazard = hazard * runs_at_risk(path)[:, :, None]
        path = replace(path, hazard=hazard)
        event = draw_event(hazard, luck)
        lived = cut_after(path, event)
        log_damage, after_wear = wear_week(traits, state, wear, lived, cross, settings.damage)
        damage = {"log_damage": log_damage, "runs": runs_at_risk(lived), "cross": cross}
        risk = risk_of(hazard, settings.horizon_days)
        damage["tissue"] = np.zeros(hazard.shape, dtype=np.int64)
        records.append(record_week(state, plan, lived, risk) | damage)
        after = advance(traits, state, plan, lived, days)
        state, new = hurt(after, state, event, settings, harm, policy is not None)
        wear = after_wear
        cuts.append(cut)
        injuries.append(new)
    own = {
        name: np.concatenate([r.pop(name) for r in records], axis=1)
        for name in ("log_damage", "runs")
    }
    paths = assemble(records, sundays, injuries)
    return DamagePaths(paths=paths, wear=wears, cut=np.stack(cuts, axis=1), **own)
