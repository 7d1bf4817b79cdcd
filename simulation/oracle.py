"""The observable oracle: the best possible forecast from everything that anybody could observe.

Observable up to and including Sunday t, and used here:

- every run as it was done, also in weeks that were never logged, and the year before observation;
- sleep quality, stress, strength, gait and wear of the shoes, without measurement error;
- the place in the training cycle (build, recovery, taper, race), a current holiday, break, illness;
- pain and soreness answers that were given, and the load behind them;
- injuries with their regions and final return dates, and every day without injury (survival);
- all parameters of the simulator.

Not observable: frailty and tissue state (known through the filter of :mod:`simulation.belief`
only), and how the coming week will go, which is drawn from the very policy that draws the real
one. This is generous where real files have gaps, so that the yardstick is never too easy.

The tissue's path within the week enters through its expectation given the state now, which
overstates the probability by a term of the second order (below one part in a hundred).
"""

from collections.abc import Callable, Iterator

import numpy as np

from simulation.answers import (
    HIGHEST,
    LOWEST,
    MOST_PAIN,
    Answers,
    answer_likelihood,
    pain_mean,
    soreness_mean,
)
from simulation.arrays import Bools, Floats, Ints
from simulation.belief import Belief, frailty_grid
from simulation.paths import Paths
from simulation.plan import draw_plan
from simulation.roster import DAYS, Traits
from simulation.settings import SimulationSettings
from simulation.state import ELSEWHERE, State
from simulation.tissue import TissueChain
from simulation.week import walk_week

Progress = Callable[[float, str], None]


def observable_risk(
    traits: Traits,
    baseline: Floats,
    chain: TissueChain,
    paths: Paths,
    answers: Answers,
    settings: SimulationSettings,
    seed: np.random.SeedSequence,
    progress: Progress | None = None,
) -> Floats:
    """Return the oracle's probabilities after each Sunday, runners x weeks x (any, knee).

    Week 0 is the first whose Sunday is observed; NaN where the runner is injured on that Sunday.
    """
    rng = np.random.default_rng(seed)
    grid = frailty_grid(settings.hazard.frailty_variance, settings.oracle.frailty_points)
    belief = Belief.prior(chain, grid, traits.rows)
    hurt = _hurt_on(paths)
    ahead = chain.ahead(settings.horizon_days)
    many = traits.repeat(settings.oracle.draws)
    out = np.full((traits.rows, settings.weeks, 2), np.nan)
    for day, likelihood in enumerate(_likelihoods(paths, answers, chain, settings)):
        belief.pass_day(paths.hazard[:, day], hurt[:, day], likelihood)
        week = (day + 1) // DAYS - settings.burn_in_weeks - 1
        if (day + 1) % DAYS == 0 and week >= 0:
            state = paths.sundays[settings.burn_in_weeks + week + 1]
            rows = np.flatnonzero(is_at_risk(state))
            load = _imagined_weeks(
                many,
                np.repeat(baseline, settings.oracle.draws, axis=0),
                state,
                ahead,
                settings,
                rng,
            )
            out[rows, week] = belief.risk(rows, load[rows])
            if progress is not None:
                progress((week + 1) / settings.weeks, "oracle")
    return out


def is_at_risk(state: State) -> Bools:
    """Say who is not injured on the Sunday before the state's week."""
    return np.asarray(state.return_day <= state.day - 1)


def _imagined_weeks(
    many: Traits,
    baseline: Floats,
    state: State,
    ahead: Floats,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Floats:
    """Draw coming weeks; return expected hazard, runners x draws x region x tissue state now."""
    draws = settings.oracle.draws
    repeated = state.repeat(draws)
    plan = draw_plan(many, repeated, settings, rng)
    path = walk_week(many, repeated, plan, baseline, settings, rng)
    hazard = path.hazard[:, : settings.horizon_days].reshape(-1, draws, settings.horizon_days, 2)
    load: Floats = np.einsum("amdr,du->amru", hazard, ahead)
    return load


def _hurt_on(paths: Paths) -> Ints:
    hurt = np.full(paths.km.shape, -1)
    hurt[paths.injuries.runner, paths.injuries.onset] = paths.injuries.region
    return hurt


def _likelihoods(
    paths: Paths, answers: Answers, chain: TissueChain, settings: SimulationSettings
) -> Iterator[Floats | None]:
    """Yield each day's probability of the answers given the tissue states; None in the burn-in."""
    seen, first = settings.observation, settings.burn_in_weeks * DAYS
    for _ in range(first):
        yield None
    for day in range(settings.weeks * DAYS):
        spike = paths.spike[:, first + day, None]
        pain = pain_mean(chain.values, spike, seen)[:, None, :]
        given = answer_likelihood(
            answers.pain[:, day, :, None], pain, seen.pain_error_sd, 0, MOST_PAIN
        )
        sore = soreness_mean(chain.values, answers.fatigue_z[:, day, None], seen)
        given[:, ELSEWHERE] *= answer_likelihood(
            answers.items["soreness"][:, day, None], sore, seen.soreness_error_sd, LOWEST, HIGHEST
        )
        yield given
