"""What a wearable measures on waking: hours of sleep, resting heart rate, its variability."""

from dataclasses import dataclass

import numpy as np

from common.arrays import Bools, Floats
from simulation.people.roster import Traits
from simulation.settings.cohort import SimulationSettings
from simulation.training.condition import Condition

SLEEP_H_SD, LOG_HRV_SD = 0.6, 0.12


@dataclass(frozen=True, kw_only=True)
class Morning:
    """Runners x days; NaN where nothing was measured.

    ``usual_sleep_h`` and ``usual_log_hrv`` are what was to be expected without any strain.
    """

    sleep_h: Floats
    resting_hr: Floats
    hrv: Floats
    usual_sleep_h: Floats
    usual_log_hrv: Floats


@dataclass(frozen=True, kw_only=True)
class Night:
    """What a night is like, runners x days: sleep quality, illness, strain, and the device on."""

    sleep: Floats
    ill: Bools
    strain: Floats
    worn: Bools


def draw_morning(
    traits: Traits,
    night: Night,
    state: Condition,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Morning:
    """Draw the mornings on which the device was worn."""
    seen, ill, shape = settings.observation, night.ill, night.worn.shape
    own = rng.standard_normal((traits.rows, 3))
    # Who owns a device is drawn once: HRV of single days of everybody would look like dropouts.
    has_hrv = rng.random((traits.rows, 1)) < seen.owns_hrv
    noise = rng.standard_normal((3, *shape))
    usual = 7.2 + 0.5 * own[:, :1] + 0.45 * (night.sleep - settings.mind.sleep_mean)
    hours = usual + SLEEP_H_SD * noise[0] - seen.sleep_h_per_tissue_sd * night.strain
    pulse = 62 - 4.0 * traits.level[:, None] + 4.0 * own[:, 1:2] - 2.5 * np.log(state.fitness)
    pulse = pulse + 1.2 * state.fatigue_z + 6.0 * ill + 1.8 * noise[1]
    usual_hrv = 3.95 + 0.3 * own[:, 2:] - 0.05 * state.fatigue_z - 0.25 * ill
    log_hrv = usual_hrv + LOG_HRV_SD * noise[2] - seen.log_hrv_per_tissue_sd * night.strain
    return Morning(
        sleep_h=np.where(night.worn, np.clip(hours, 2.5, 12), np.nan),
        resting_hr=np.where(night.worn, np.clip(pulse, 34, 100), np.nan),
        hrv=np.where(night.worn & has_hrv, np.clip(np.exp(log_hrv), 8, 220), np.nan),
        usual_sleep_h=usual,
        usual_log_hrv=usual_hrv,
    )
