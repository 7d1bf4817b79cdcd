"""The lives of a cohort under either mechanism, and the oracle that belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from common.arrays import Floats
from simulation.harm.tissue import tissue_chain
from simulation.people.roster import Traits, draw_traits
from simulation.pilots import kept_multipliers, kept_tissue
from simulation.settings.cohort import SimulationSettings
from simulation.streams import Streams
from simulation.training.baseline import nominal_hazard
from simulation.training.damage_paths import draw_style, walk_damage, with_heavy_frailty
from simulation.training.paths import Paths, Policy, walk
from simulation.truth.damage_oracle import DamageWorld, damage_observable_risk
from simulation.truth.oracle import Progress, Seen, observable_risk

Oracle: TypeAlias = Callable[[Seen, Progress | None], Floats]


@dataclass(frozen=True, kw_only=True)
class Lives:
    """Runners, what happened to them, and who can say what was to be expected.

    ``strain`` is the hidden state that pain tells of (runners x days x region, in standard
    deviations); ``baseline`` the hazard per hour of the first mechanism, 0 in the second;
    ``hazard`` the true hazard of each day as it was lived, everything hidden included.
    """

    traits: Traits
    baseline: Floats
    paths: Paths
    strain: Floats
    hazard: Floats
    oracle: Oracle


def live(settings: SimulationSettings, tree: Streams, policy: Policy | None = None) -> Lives:
    """Let a cohort live under the mechanism of the settings.

    Parameters
    ----------
    policy : callable, optional
        Alters every week's plan, see :func:`simulation.training.paths.walk`.
    """
    mechanisms = {"multiplicative": _first, "damage": _second}
    return mechanisms[settings.mechanism](settings, tree, policy)


def _weeks(settings: SimulationSettings) -> int:
    # one week more than is observed: the risk after the last Sunday
    return settings.burn_in_weeks + settings.weeks + 1


def _first(settings: SimulationSettings, tree: Streams, policy: Policy | None) -> Lives:
    chain = tissue_chain(settings.tissue)
    traits = draw_traits(settings, settings.athletes, np.random.default_rng(tree.traits))
    means = kept_multipliers(settings, tree.pilot)
    # Divided by what the effects multiply on average, so that the published incidences hold.
    baseline = nominal_hazard(traits, settings) / means[traits.level]
    paths = walk(traits, baseline, chain, settings, tree.lives, _weeks(settings), policy)

    def oracle(seen: Seen, progress: Progress | None) -> Floats:
        return observable_risk(traits, baseline, chain, seen, settings, tree.oracle, progress)

    return Lives(
        traits=traits,
        baseline=baseline,
        paths=paths,
        strain=chain.values[paths.tissue],
        hazard=traits.frailty[:, None, None] * chain.ratio[paths.tissue] * paths.hazard,
        oracle=oracle,
    )


def _second(settings: SimulationSettings, tree: Streams, policy: Policy | None) -> Lives:
    # a second injury of the same place is an injury like any other here
    hazard = settings.hazard.model_copy(update={"recurrence_days": 0, "recurrence": 1.0})
    settings = settings.model_copy(update={"hazard": hazard})
    people, pilot, lives = tree.second.spawn(3)
    drawing = np.random.default_rng(people)
    # The same people as in the first world, so that the two worlds differ by their mechanism alone.
    traits = draw_traits(settings, settings.athletes, np.random.default_rng(tree.traits))
    traits = with_heavy_frailty(traits, settings.damage, drawing)
    style = draw_style(traits.rows, settings.damage, drawing)
    tissue = kept_tissue(settings, pilot)
    lived = walk_damage(traits, style, tissue, settings, lives, _weeks(settings), policy)
    world = DamageWorld(traits=traits, style=style, tissue=tissue, lived=lived)

    def oracle(seen: Seen, progress: Progress | None) -> Floats:
        return damage_observable_risk(world, seen, settings, tree.oracle, progress)

    strain = tissue.strain(lived.log_damage + np.log(traits.frailty)[:, None, None])
    return Lives(
        traits=traits,
        baseline=np.zeros((traits.rows, 2)),
        paths=lived.paths,
        strain=strain,
        hazard=lived.paths.hazard,
        oracle=oracle,
    )
