"""The observable oracle: the best possible forecast from everything that anybody could observe.

What the simulator keeps and no plain record shows, and how the oracle treats it:

- frailty, tissue: hidden; known through the exact filter of :mod:`simulation.truth.belief` only
  (injuries, every day without one, pain and soreness answers, the load behind them);
- the coming week's plan, lapses, sleep and stress: not yet there; drawn from the very policy that
  draws the real ones; where a coach wrote a plan, it is known and the rest is drawn;
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

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.harm.tissue import TissueChain
from simulation.observed.answers import Answers
from simulation.people.roster import DAYS, Traits
from simulation.people.state import State
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import Paths
from simulation.training.plan import RACED
from simulation.training.week import walk_week
from simulation.truth.belief import Belief, SharedBelief, frailty_grid
from simulation.truth.coach_plan import CoachPlan, imagined_plan
from simulation.truth.cycle_belief import CycleBelief, race_seen
from simulation.truth.likelihoods import likelihoods
from simulation.truth.unforeseen import illness_seen, redraw_lengths

Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the oracle goes by; ``coached`` runners have a written plan for the coming week."""

    paths: Paths
    answers: Answers
    coached: Bools


def observable_risk(
    traits: Traits,
    baseline: Floats,
    chain: TissueChain,
    seen: Seen,
    settings: SimulationSettings,
    seed: np.random.SeedSequence,
    progress: Progress | None = None,
) -> Floats:
    """Return the oracle's probabilities after each Sunday, runners x weeks x (any, knee).

    Week 0 is the first whose Sunday is observed; NaN where the runner is injured on that Sunday.
    """
    rng = np.random.default_rng(seed)
    grid = frailty_grid(settings.hazard.frailty_variance, settings.oracle.frailty_points)
    believes = SharedBelief if settings.tissue.shared else Belief
    belief: Belief | SharedBelief = believes.prior(chain, grid, traits.rows)
    paths, hurt = seen.paths, hurt_on(seen.paths)
    ahead = chain.ahead(settings.horizon_days)
    many = traits.repeat(settings.oracle.draws)
    ill_for = illness_seen(paths.ill, paths.sundays)
    cycle = CycleBelief.prior(traits, settings.habits)
    out = np.full((traits.rows, settings.weeks, 2), np.nan)
    for day, likelihood in enumerate(likelihoods(paths, seen.answers, chain, settings)):
        belief.pass_day(paths.hazard[:, day], hurt[:, day], likelihood)
        if (day + 1) % DAYS:
            continue
        lived = (day + 1) // DAYS
        state, week = paths.sundays[lived], lived - settings.burn_in_weeks - 1
        cycle.pass_week(state, race_on(paths, day))
        if week >= 0:
            # The imagined weeks are drawn for all runners and only then chosen from: whose week is
            # drawn must not depend on who is hurt.
            rows = np.flatnonzero(is_at_risk(state))
            load = _imagined_weeks(
                many,
                np.repeat(baseline, settings.oracle.draws, axis=0),
                imagined_present(cycle, state, ill_for[:, lived], settings, rng),
                ahead,
                settings,
                rng,
                plan_on_paper(seen, lived),
            )
            out[rows, week] = belief.risk(rows, load[rows])
            if progress is not None:
                progress((week + 1) / settings.weeks, "oracle")
    return out


def is_at_risk(state: State) -> Bools:
    """Say who is not injured on the Sunday before the state's week."""
    return np.asarray(state.return_day <= state.day - 1)


def imagined_present(
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


def race_on(paths: Paths, day: int) -> Ints:
    """Return what a Sunday tells about races, see `race_seen`."""
    could = paths.healthy[:, day] & ~paths.ill[:, day]
    return race_seen(paths.kind[:, day] == RACED, could)


def _imagined_weeks(
    many: Traits,
    baseline: Floats,
    state: State,
    ahead: Floats,
    settings: SimulationSettings,
    rng: np.random.Generator,
    paper: CoachPlan | None = None,
) -> Floats:
    """Draw coming weeks; return what the belief's `risk` asks for, see there."""
    draws = settings.oracle.draws
    plan = imagined_plan(many, state, settings, rng, paper)
    path = walk_week(many, state, plan, baseline, settings, rng)
    hazard = path.hazard[:, : settings.horizon_days].reshape(-1, draws, settings.horizon_days, 2)
    if settings.tissue.shared:
        return np.asarray(hazard)
    # The mean over the tissue's path: its error is small at the first world's effect per sd.
    load: Floats = np.einsum("amdr,du->amru", hazard, ahead)
    return load


def hurt_on(paths: Paths) -> Ints:
    """Return the region of a new injury on each day, -1 without one, runners x days."""
    hurt = np.full(paths.km.shape, -1)
    hurt[paths.injuries.runner, paths.injuries.onset] = paths.injuries.region
    return hurt


def plan_on_paper(seen: Seen, week: int) -> CoachPlan | None:
    """Return the coming week's plans, None where no coach writes any."""
    if not seen.coached.any():
        return None
    days = slice(week * DAYS, (week + 1) * DAYS)
    paths = seen.paths
    return CoachPlan(
        coached=seen.coached, km=paths.written_km[:, days], kind=paths.written_kind[:, days]
    )
