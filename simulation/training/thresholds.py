"""The thresholds of the second mechanism, set by a pilot so that the incidences hold."""

from dataclasses import replace

import numpy as np

from simulation.people.roster import DAYS, Traits, draw_traits
from simulation.settings.cohort import SimulationSettings
from simulation.training.baseline import EVEN, LEVEL_COUNT, nominal_hazard
from simulation.training.damage_paths import (
    DamagePaths,
    Tissue,
    draw_style,
    walk_damage,
    with_heavy_frailty,
)

# A log threshold that no damage reaches: the first round is to have no injuries.
FAR = 50.0
ROUNDS = 3


def pilot_tissue(settings: SimulationSettings, seed: np.random.SeedSequence) -> Tissue:
    """Return thresholds and the scale of strain.

    The first round has no injuries (a threshold that is never reached); there the hazard is
    nearly a power of the threshold, which gives it in one step. The next rounds correct it for
    what injuries change.
    """
    even = settings.model_copy(
        update={"levels": settings.levels.model_copy(update={"share": EVEN})}
    )
    traits_seed, style_seed, *round_seeds = seed.spawn(2 + ROUNDS)
    drawing = np.random.default_rng(style_seed)
    traits = draw_traits(even, settings.pilot.athletes, np.random.default_rng(traits_seed))
    traits = with_heavy_frailty(traits, settings.damage, drawing)
    style = draw_style(traits.rows, settings.damage, drawing)
    weeks = settings.burn_in_weeks + settings.pilot.weeks
    tissue = Tissue(
        log_threshold=np.full((LEVEL_COUNT, 2), FAR), centre=np.zeros(2), spread=np.ones(2)
    )
    for seed_of_round in round_seeds:
        lived = walk_damage(traits, style, tissue, settings, seed_of_round, weeks)
        tissue = _corrected(traits, lived, tissue, settings)
    return tissue


def _corrected(
    traits: Traits, lived: DamagePaths, tissue: Tissue, settings: SimulationSettings
) -> Tissue:
    first, spread = settings.burn_in_weeks * DAYS, settings.damage.failure_spread
    log_damage = (lived.log_damage + np.log(traits.frailty)[:, None, None])[:, first:]
    runs = lived.runs[:, first:]
    hours = (lived.paths.hours * lived.paths.healthy)[:, first:].sum(axis=1)
    wanted = hours[:, None] * nominal_hazard(traits, settings)
    hazard = lived.paths.hazard[:, first:].sum(axis=1)
    threshold = tissue.log_threshold.copy()
    for level in range(LEVEL_COUNT):
        of = traits.level == level
        summed_hazard = hazard[of].sum(axis=0)
        threshold[level] += spread * np.log(summed_hazard / wanted[of].sum(axis=0))
    return replace(
        tissue,
        log_threshold=threshold,
        centre=log_damage[runs].mean(axis=0),
        # On days with a run alone: only on them can tissue fail.
        spread=log_damage[runs].std(axis=0),
    )
