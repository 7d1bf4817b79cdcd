"""What a watch and a chest strap make of a session: heart rate, cadence, running dynamics."""

from dataclasses import dataclass

import numpy as np

from common.arrays import Floats
from simulation.observed.sessions import GYM, HOUR, ON_FOOT_LAST, RIDE, TREADMILL, Sessions
from simulation.people.roster import DAYS, Traits
from simulation.settings.cohort import SimulationSettings

HEART_RATE_SHARE = np.array([0.62, 0.71, 0.73, 0.81, 0.88])
# Devices differ more than runners do: the jump must be seen as one of the device.
NEW_DEVICE_OSCILLATION_CM = -1.4
NEW_DEVICE_CONTACT_MS = -12.0


@dataclass(frozen=True, kw_only=True)
class Recordings:
    """One entry per session of :class:`Sessions`; NaN is shown as ``--``."""

    km: Floats
    hr_mean: Floats
    hr_max: Floats
    cadence: Floats
    stride_m: Floats
    oscillation_cm: Floats
    contact_ms: Floats
    ratio_pct: Floats
    power_w: Floats
    ascent_m: Floats
    descent_m: Floats


def cadence_spm(cadence_z: Floats, speed_km_h: Floats) -> Floats:
    """Return steps per minute from a runner's own tendency and the speed."""
    return 167.0 + 6.5 * cadence_z + 2.2 * (speed_km_h - 10.0)


def record(
    traits: Traits, sessions: Sessions, settings: SimulationSettings, rng: np.random.Generator
) -> Recordings:
    """Draw what the devices show, with dropouts and a change of device for some runners."""
    seen, runner = settings.observation, sessions.runner
    n = len(runner)
    foot, ride = sessions.sport <= ON_FOOT_LAST, sessions.sport == RIDE
    shown_km = sessions.km * (
        # On a treadmill a watch has no satellites and guesses the distance from the arm.
        1 + rng.normal(0, np.where(sessions.sport == TREADMILL, 0.03, 0.008), n)
    )
    speed = shown_km / sessions.moving_s * HOUR
    cadence = np.where(
        foot, cadence_spm(traits.cadence_z[runner], speed) + rng.normal(0, 1.5, n), np.nan
    )
    stride = speed * 1000 / 60 / cadence
    # Drawn by runner and then looked up: a form that changed from run to run would be noise.
    own = rng.standard_normal((traits.rows, 2))[runner]
    changed = _device_changed(traits, sessions, settings, rng)
    oscillation = 9.1 - 0.4 * traits.cadence_z[runner] + 0.7 * own[:, 0] + rng.normal(0, 0.2, n)
    contact = (
        262
        - 7.5 * (speed - 10)
        - 4 * traits.cadence_z[runner]
        + 9 * own[:, 1]
        + rng.normal(0, 4, n)
    )
    dynamics = (
        foot
        & (rng.random(traits.rows) < seen.owns_dynamics)[runner]
        & (rng.random(n) >= seen.dynamics_missing)
    )
    oscillation = np.where(dynamics, oscillation + NEW_DEVICE_OSCILLATION_CM * changed, np.nan)
    hr_mean, hr_max = _heart_rate(traits, sessions, settings.start.year, rng)
    silent = rng.random(n) < seen.heart_rate_missing
    climb = np.where(
        foot | ride,
        shown_km * rng.gamma(1.2, 6.0, traits.rows)[runner] * rng.gamma(4, 0.25, n),
        np.nan,
    )
    climb = np.where(sessions.sport == TREADMILL, np.nan, climb)
    return Recordings(
        km=shown_km,
        hr_mean=np.where(silent, np.nan, hr_mean),
        hr_max=np.where(silent, np.nan, hr_max),
        cadence=cadence,
        stride_m=stride,
        oscillation_cm=oscillation,
        contact_ms=np.where(dynamics, contact + NEW_DEVICE_CONTACT_MS * changed, np.nan),
        ratio_pct=oscillation / stride,
        power_w=np.where(
            dynamics & (changed > 0), 1.05 * traits.mass_kg[runner] * speed / 3.6, np.nan
        ),
        ascent_m=climb,
        descent_m=climb * rng.normal(1, 0.02, n),
    )


def _device_changed(
    traits: Traits, sessions: Sessions, settings: SimulationSettings, rng: np.random.Generator
) -> Floats:
    changes = rng.random(traits.rows) < settings.observation.changes_device
    day = np.where(
        changes, rng.integers(0, settings.weeks * DAYS, traits.rows), settings.weeks * DAYS
    )
    return (sessions.day >= day[sessions.runner]).astype(np.float64)


def _heart_rate(
    traits: Traits, sessions: Sessions, year: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    highest = (
        # 208 - 0.7 age (Tanaka 2001, J Am Coll Cardiol 37:153).
        208
        - 0.7 * (year - traits.birth_year)[sessions.runner]
        + rng.normal(0, 6, traits.rows)[sessions.runner]
    )
    share = HEART_RATE_SHARE[sessions.kind] + np.where(sessions.sport == GYM, -0.1, 0.0)
    share = share + 0.012 * sessions.fatigue_z + rng.normal(0, 0.02, len(share))
    mean = highest * np.clip(share, 0.45, 0.96)
    # No session exceeds the runner's own highest rate, however hard it was.
    return mean, np.minimum(mean + rng.gamma(6, 2.5, len(mean)), highest)
