"""The injury register as it was kept: late, missed, false and merged entries, if asked for."""

from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.harm.diagnosis import Former, diagnose
from simulation.people.presence import Presence
from simulation.people.roster import DAYS
from simulation.people.state import ELSEWHERE, KNEE, NO_REGION
from simulation.settings.cohort import SimulationSettings
from simulation.training.events import Injuries

FALSE_DAYS = (7, 29)


@dataclass(frozen=True, kw_only=True)
class Register:
    """One entry per written injury; days count from the first day of the burn-in.

    ``reported`` is the day on which it was written down; ``true`` is false where nobody was hurt.
    """

    runner: Ints
    onset: Ints
    back: Ints
    reported: Ints
    region: Ints
    kind: Ints
    area: Ints
    sudden: Ints
    side: Ints
    true: Bools

    def take(self, index: Ints | Bools) -> Self:
        """Return some of the entries."""
        return type(self)(**{f.name: getattr(self, f.name)[index] for f in fields(self)})


def faithful(injuries: Injuries) -> Register:
    """Return every injury as it was, written down on its day."""
    own = {f.name: getattr(injuries, f.name) for f in fields(Injuries)}
    return Register(
        **own, reported=injuries.onset, true=np.ones(len(injuries.onset), dtype=np.bool_)
    )


def keep_register(
    injuries: Injuries, presence: Presence, settings: SimulationSettings, rng: np.random.Generator
) -> Register:
    """Return the register with the errors of the settings; without errors it equals the truth."""
    errors = settings.errors
    # Merged first: what is missed afterwards is a whole entry, as a club would miss it.
    register = _merged(faithful(injuries), errors.merged, errors.merged_within_days, rng)
    register = register.take(rng.random(len(register.onset)) >= errors.missed)
    if errors.false > 0:
        register = _joined(register, _false(injuries, presence, settings, rng))
    late = _lag(len(register.onset), errors.late_onsets, errors.late_days, rng)
    # A written onset after the return would be refused by the reader, which is another fault.
    onset = np.minimum(register.onset + late, np.maximum(register.back - 1, register.onset))
    wait = _lag(len(onset), errors.late_reports, errors.report_days, rng)
    return replace(register, onset=onset, reported=onset + wait)


def leave_when_hurt(
    presence: Presence, injuries: Injuries, settings: SimulationSettings, rng: np.random.Generator
) -> Presence:
    """Return the presence of runners of whom some leave on the day they are hurt."""
    onset = injuries.onset - settings.burn_in_weeks * DAYS
    leaves = rng.random(len(onset)) < settings.errors.leaves_when_hurt
    leaves &= (onset >= presence.joined[injuries.runner]) & (
        onset <= presence.left[injuries.runner]
    )
    left = presence.left.copy()
    # `at`, because a runner may be hurt several times, and the earliest leaving counts.
    np.minimum.at(left, injuries.runner[leaves], onset[leaves])
    day = np.arange(presence.logged.shape[1])
    return replace(presence, left=left, logged=presence.logged & (day <= left[:, None]))


def _lag(n: int, share: float, mean_days: float, rng: np.random.Generator) -> Ints:
    days = rng.geometric(1 / max(mean_days, 1.0), n)
    return np.where(rng.random(n) < share, days, 0)


def _merged(
    register: Register, share: float, within_days: float, rng: np.random.Generator
) -> Register:
    """Write some injuries as one with the next of the same runner, up to the last return."""
    order = np.lexsort((register.onset, register.runner))
    entries = register.take(order)
    n = len(order)
    follows = np.zeros(n, dtype=np.bool_)
    follows[1:] = (
        (np.diff(entries.runner) == 0)
        & (entries.onset[1:] - entries.back[:-1] <= within_days)
        & (rng.random(max(n - 1, 0)) < share)
    )
    first = np.flatnonzero(~follows)
    if not n:
        return register
    back = np.maximum.reduceat(entries.back, first)
    return replace(entries.take(first), back=back)


def _false(
    injuries: Injuries, presence: Presence, settings: SimulationSettings, rng: np.random.Generator
) -> Register:
    """Draw entries of days on which nobody was hurt, anywhere in the log."""
    first = settings.burn_in_weeks * DAYS
    runner, day = np.nonzero(presence.logged)
    # False entries stand in proportion to what the club could have seen.
    watched = injuries.onset >= first
    n = min(int(rng.poisson(settings.errors.false * watched.sum())), len(runner))
    chosen = rng.choice(len(runner), n, replace=False)
    at_knee = (rng.random(n) < settings.hazard.knee_share).astype(np.int64)
    none: Floats = np.ones(n)
    nothing = np.full(n, NO_REGION)
    diagnosed = diagnose(at_knee, Former(area=nothing, weight=none, side=nothing), settings, rng)
    onset = day[chosen] + first
    return Register(
        runner=runner[chosen], onset=onset, back=onset + rng.integers(*FALSE_DAYS, n),
        reported=onset, region=np.where(at_knee == 1, KNEE, ELSEWHERE), kind=diagnosed.kind,
        area=diagnosed.area, sudden=diagnosed.sudden, side=diagnosed.side,
        true=np.zeros(n, dtype=np.bool_),
    )  # fmt: skip


def _joined(first: Register, second: Register) -> Register:
    return Register(
        **{
            f.name: np.concatenate([getattr(first, f.name), getattr(second, f.name)])
            for f in fields(Register)
        }
    )
