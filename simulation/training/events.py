"""An injury happens: when in the week, where, what it is, and what it does to the week."""

from dataclasses import dataclass, fields, replace

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.harm.diagnosis import Diagnosed, Former, diagnose
from simulation.harm.hazard import recurrence_ratio, would_be_recurrence
from simulation.harm.week_path import WeekPath
from simulation.people.roster import DAYS
from simulation.people.state import ELSEWHERE, KNEE, NO_REGION, State
from simulation.settings.cohort import SimulationSettings
from simulation.training.plan import NO_RUN


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
class Event:
    """One entry per runner: whether a first injury of the week happens, on which day, where."""

    happens: Bools
    day: Ints
    region: Ints


def draw_event(hazard: Floats, rng: np.random.Generator) -> Event:
    """Draw whether, when and where the first injury of the week happens.

    Parameters
    ----------
    hazard : array, rows x 7 x (knee, elsewhere)
    """
    grown = np.cumsum(hazard.sum(axis=2), axis=1)
    # The summed hazard passes a standard exponential number with probability 1 - exp(-H); one draw
    # a runner, whatever the hazards, keeps policies paired.
    limit = rng.exponential(1.0, len(hazard))
    # Drawn for everybody, hurt or not: else one injury would shift the luck of all runners after
    # it.
    aim = rng.random(len(hazard))
    happens = grown[:, -1] > limit
    # For those who are not hurt the sum is 7, which is no day; they are not read.
    day = np.minimum((grown <= limit[:, None]).sum(axis=1), DAYS - 1)
    then = hazard[np.arange(len(hazard)), day]
    at_knee = aim * then.sum(axis=1) < then[:, KNEE]
    return Event(happens=happens, day=day, region=np.where(at_knee, KNEE, ELSEWHERE))


def cut_after(path: WeekPath, event: Event) -> WeekPath:
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


def hurt(
    after: State,
    before: State,
    event: Event,
    settings: SimulationSettings,
    rng: np.random.Generator,
    paired: bool = False,
) -> tuple[State, Injuries]:
    """Return the state with the week's injuries, and the injuries.

    Parameters
    ----------
    after, before : State
        After the week, and on its eve.
    paired : bool
        Draw what an injury would be for every runner, hurt or not, so that the numbers of the
        others do not depend on who is hurt.
    """
    runner = np.flatnonzero(event.happens)
    onset = before.day + event.day[runner]
    region = event.region[runner]
    asked = np.arange(len(event.happens)) if paired else runner
    diagnosed = diagnose(
        (event.region[asked] == KNEE).astype(np.int64),
        _former(before, asked, event, settings),
        settings,
        rng,
    )
    diagnosed = _of(diagnosed, np.searchsorted(asked, runner))
    back = onset + diagnosed.days
    state = replace(
        after,
        return_day=_put(after.return_day, runner, back),
        injured_region=_put(after.injured_region, runner, region),
        injured_area=_put(after.injured_area, runner, diagnosed.area),
        injured_side=_put(after.injured_side, runner, diagnosed.side),
    )
    injuries = Injuries(
        runner=runner, onset=onset, back=back, region=region, kind=diagnosed.kind,
        area=diagnosed.area, sudden=diagnosed.sudden, side=diagnosed.side,
    )  # fmt: skip
    return state, injuries


def joined(injuries: list[Injuries]) -> Injuries:
    """Return the injuries of all weeks as one."""
    return Injuries(
        **{f.name: np.concatenate([getattr(i, f.name) for i in injuries]) for f in fields(Injuries)}
    )


def _former(before: State, runner: Ints, event: Event, settings: SimulationSettings) -> Former:
    """Return what the injury before means for the one that comes now."""
    since = before.day + event.day[runner] - before.return_day[runner]
    ratio = recurrence_ratio(since, settings.hazard)
    same_region = (before.injured_region[runner] == event.region[runner]) & (ratio > 1)
    return Former(
        area=before.injured_area[runner],
        weight=np.where(would_be_recurrence(since, settings.hazard), 0.0, ratio),
        side=np.where(same_region, before.injured_side[runner], NO_REGION),
    )


def _of(diagnosed: Diagnosed, index: Ints) -> Diagnosed:
    return Diagnosed(**{f.name: getattr(diagnosed, f.name)[index] for f in fields(Diagnosed)})


def _put(old: Ints, where: Ints, new: Ints) -> Ints:
    fresh = old.copy()
    fresh[where] = new
    return fresh
