"""Weeks in a row: plans are drawn, risk accrues, injuries happen and heal."""

from dataclasses import dataclass, replace

import numpy as np

from simulation.arrays import Bools, Floats, Ints
from simulation.harm.diagnosis import diagnose
from simulation.harm.hazard import would_be_recurrence
from simulation.harm.tissue import TissueChain, first_tissue, walk_tissue
from simulation.harm.week_path import WeekPath
from simulation.people.roster import DAYS, Traits
from simulation.people.state import ELSEWHERE, KNEE, NO_REGION, State, first_state
from simulation.settings.cohort import SimulationSettings
from simulation.training.plan import NO_RUN, draw_plan
from simulation.training.week import advance, walk_week


@dataclass(frozen=True, kw_only=True)
class Injuries:
    """One entry per injury, in order of onset; days count from the first day of the burn-in."""

    runner: Ints
    onset: Ints
    back: Ints
    region: Ints
    kind: Ints
    area: Ints
    sudden: Ints
    side: Ints


@dataclass(frozen=True, kw_only=True)
class Paths:
    """What happened: arrays runners x days (burn-in included), Sunday states and injuries.

    ``hazard`` is the realised day's hazard without frailty and tissue (runners x days x region);
    ``tissue`` the index into the chain; ``planned_risk`` the true probability of a new injury in
    the week after each Sunday along the uninjured path (runners x weeks x (any, knee)).
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
    sundays: list[State]
    injuries: Injuries


@dataclass(frozen=True, kw_only=True)
class _Event:
    happens: Bools
    day: Ints
    region: Ints


def walk(
    traits: Traits,
    baseline: Floats,
    chain: TissueChain,
    settings: SimulationSettings,
    seed: np.random.SeedSequence,
    weeks: int,
) -> Paths:
    """Simulate `weeks` weeks from the first day of the burn-in.

    Parameters
    ----------
    baseline : array, runners x 2
        Hazard per running hour of knee and elsewhere with all multipliers at 1.
    """
    plans, days, tissues, luck, harm = (np.random.default_rng(s) for s in seed.spawn(5))
    state = first_state(traits, settings, days)
    tissue = first_tissue(chain, traits.rows, tissues)
    records: list[dict[str, np.ndarray]] = []
    sundays: list[State] = []
    injuries: list[Injuries] = []
    for _ in range(weeks):
        sundays.append(state)
        plan = draw_plan(traits, state, settings, plans)
        path = walk_week(traits, state, plan, baseline, settings, days)
        walked = walk_tissue(chain, tissue, tissues)
        hazard = traits.frailty[:, None, None] * chain.ratio[walked] * path.hazard
        event = _draw_event(hazard, luck)
        lived = _cut(path, event)
        records.append(_record(state, lived, walked, _risk(hazard, settings.horizon_days)))
        state, hurt = _hurt(advance(traits, state, plan, lived, days), state, event, settings, harm)
        injuries.append(hurt)
        tissue = walked[:, -1]
    return _assemble(records, sundays, injuries)


def _risk(hazard: Floats, horizon: int) -> Floats:
    """1 - exp(-H) over the horizon, rows x (any, knee)."""
    whole = hazard[:, :horizon].sum(axis=1)
    risk: Floats = -np.expm1(-np.stack([whole.sum(axis=1), whole[:, KNEE]], axis=1))
    return risk


def _draw_event(hazard: Floats, rng: np.random.Generator) -> _Event:
    """Draw whether, when and where the first injury of the week happens."""
    grown = np.cumsum(hazard.sum(axis=2), axis=1)
    limit = rng.exponential(1.0, len(hazard))
    aim = rng.random(len(hazard))
    happens = grown[:, -1] > limit
    day = np.minimum((grown <= limit[:, None]).sum(axis=1), DAYS - 1)
    then = hazard[np.arange(len(hazard)), day]
    at_knee = aim * then.sum(axis=1) < then[:, KNEE]
    return _Event(happens=happens, day=day, region=np.where(at_knee, KNEE, ELSEWHERE))


def _cut(path: WeekPath, event: _Event) -> WeekPath:
    """Rest after the onset; the run on the day itself was done."""
    after = event.happens[:, None] & (np.arange(DAYS) > event.day[:, None])
    return replace(
        path,
        km=np.where(after, 0.0, path.km),
        kind=np.where(after, NO_RUN, path.kind),
        hours=np.where(after, 0.0, path.hours),
        ratio=np.where(after, np.nan, path.ratio),
        spike=np.where(after, 0.0, path.spike),
        healthy=path.healthy & ~after,
        hazard=np.where(after[:, :, None], 0.0, path.hazard),
    )


def _hurt(
    after: State,
    before: State,
    event: _Event,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> tuple[State, Injuries]:
    runner = np.flatnonzero(event.happens)
    onset = before.day + event.day[runner]
    region = event.region[runner]
    soon = would_be_recurrence(onset - before.return_day[runner], settings.hazard)
    barred = np.where(soon, before.injured_area[runner], NO_REGION)
    what = diagnose((region == KNEE).astype(np.int64), barred, settings, rng)
    back = onset + what.days
    state = replace(
        after,
        return_day=_put(after.return_day, runner, back),
        injured_region=_put(after.injured_region, runner, region),
        injured_area=_put(after.injured_area, runner, what.area),
    )
    injuries = Injuries(
        runner=runner, onset=onset, back=back, region=region, kind=what.kind,
        area=what.area, sudden=what.sudden, side=what.side,
    )  # fmt: skip
    return state, injuries


def _put(old: Ints, where: Ints, new: Ints) -> Ints:
    fresh = old.copy()
    fresh[where] = new
    return fresh


def _record(state: State, lived: WeekPath, walked: Ints, risk: Floats) -> dict[str, np.ndarray]:
    shape = lived.km.shape
    return {
        "km": lived.km, "kind": lived.kind, "hours": lived.hours, "ratio": lived.ratio,
        "spike": lived.spike, "sleep": lived.sleep, "stress": lived.stress, "ill": lived.ill,
        "healthy": lived.healthy, "hazard": lived.hazard, "tissue": walked,
        "shoe_km": np.broadcast_to(state.shoe_km[:, None], shape),
        "knee_z": np.broadcast_to(state.knee_z[:, None], shape),
        "hip_z": np.broadcast_to(state.hip_z[:, None], shape),
        "planned_risk": risk[:, None],
    }  # fmt: skip


def _assemble(
    records: list[dict[str, np.ndarray]], sundays: list[State], injuries: list[Injuries]
) -> Paths:
    arrays = {name: np.concatenate([r[name] for r in records], axis=1) for name in records[0]}
    merged = {
        name: np.concatenate([getattr(i, name) for i in injuries])
        for name in Injuries.__dataclass_fields__
    }
    return Paths(**arrays, sundays=sundays, injuries=Injuries(**merged))
