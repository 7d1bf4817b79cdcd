"""The observable oracle: the best possible forecast from everything that anybody could observe.

What the simulator keeps and no plain record shows, and how the oracle treats it:

- frailty, tissue: hidden; known through the exact filter of :mod:`simulation.truth.belief` only
  (injuries, every day without one, pain and soreness answers, the load behind them);
- the coming week's plan, lapses, sleep and stress: not yet there; drawn from the very policy that
  draws the real ones;
- how long a running holiday, break or illness will still last: not yet there, though the simulator
  has drawn it; drawn anew, exactly, by :mod:`simulation.truth.unforeseen`;
- the week of the training cycle, whether a small week was a holiday, a break or neither: written
  nowhere; inferred by :mod:`simulation.truth.cycle_belief` from the planned sizes of all past
  weeks, which are known without the noise of skipped sessions, and from the races;
- that an illness is running and since when; a runner's habits: taken as known;
- runs of silent weeks and of the year before observation, final return dates of past injuries,
  wear of the shoes: mostly written down; taken as known;
- sleep quality, stress, strength, gait: measured with error, of some runners never; taken as known
  without error. Were those of the never asked and the never tested unknown as well, the oracle's
  AUROC would fall by 0.003 (`any`) and 0.004 (`knee`).

Everything a file shows is among what is taken as known, so no forecast made from the files can
rank better on average: where the oracle is generous, the yardstick is harder, never easier.

The tissue's path within the week enters through its expectation given the state now, which
overstates the probability by a term of the second order (below one part in a hundred).
"""

from collections.abc import Callable, Iterator

import numpy as np

from simulation.arrays import Bools, Floats, Ints
from simulation.harm.tissue import TissueChain
from simulation.observed.answers import (
    HIGHEST,
    LOWEST,
    MOST_PAIN,
    Answers,
    answer_likelihood,
    pain_mean,
    soreness_mean,
)
from simulation.people.roster import DAYS, Traits
from simulation.people.state import ELSEWHERE, State
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import Paths
from simulation.training.plan import RACED, draw_plan
from simulation.training.week import walk_week
from simulation.truth.belief import Belief, frailty_grid
from simulation.truth.cycle_belief import CycleBelief, race_seen
from simulation.truth.unforeseen import illness_seen, redraw_lengths

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
    ill_for = illness_seen(paths.ill, paths.sundays)
    cycle = CycleBelief.prior(traits, settings.habits)
    out = np.full((traits.rows, settings.weeks, 2), np.nan)
    for day, likelihood in enumerate(_likelihoods(paths, answers, chain, settings)):
        belief.pass_day(paths.hazard[:, day], hurt[:, day], likelihood)
        if (day + 1) % DAYS:
            continue
        lived = (day + 1) // DAYS
        state, week = paths.sundays[lived], lived - settings.burn_in_weeks - 1
        cycle.pass_week(state, _race_on(paths, day))
        if week >= 0:
            rows = np.flatnonzero(is_at_risk(state))
            load = _imagined_weeks(
                many,
                np.repeat(baseline, settings.oracle.draws, axis=0),
                _imagined_present(cycle, state, ill_for[:, lived], settings, rng),
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


def _imagined_present(
    cycle: CycleBelief,
    state: State,
    ill_for: Ints,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> State:
    """Draw what is not written down of the present, every runner as often as there are draws."""
    draws = settings.oracle.draws
    drawn = cycle.imagine(state, draws, rng)
    return redraw_lengths(drawn, np.repeat(ill_for, draws), settings.habits, rng)


def _race_on(paths: Paths, day: int) -> Ints:
    could = paths.healthy[:, day] & ~paths.ill[:, day]
    return race_seen(paths.kind[:, day] == RACED, could)


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
    plan = draw_plan(many, state, settings, rng)
    path = walk_week(many, state, plan, baseline, settings, rng)
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
