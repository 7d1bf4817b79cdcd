"""What a wearable measures on waking: hours of sleep, resting heart rate, its variability."""

from dataclasses import dataclass

import numpy as np

from simulation.arrays import Bools, Floats
from simulation.people.roster import Traits
from simulation.settings.cohort import SimulationSettings
from simulation.training.condition import Condition


@dataclass(frozen=True, kw_only=True)
class Morning:
    """Runners x days; NaN where nothing was measured."""

    sleep_h: Floats
    resting_hr: Floats
    hrv: Floats


def draw_morning(
    traits: Traits,
    sleep: Floats,
    ill: Bools,
    state: Condition,
    worn: Bools,
    settings: SimulationSettings,
    rng: np.random.Generator,
) -> Morning:
    """Draw the mornings on which the device was worn."""
    shape = worn.shape
    own = rng.standard_normal((traits.rows, 3))
    has_hrv = rng.random((traits.rows, 1)) < settings.observation.owns_hrv
    noise = rng.standard_normal((3, *shape))
    hours = 7.2 + 0.5 * own[:, :1] + 0.45 * (sleep - settings.mind.sleep_mean) + 0.6 * noise[0]
    pulse = 62 - 4.0 * traits.level[:, None] + 4.0 * own[:, 1:2] - 2.5 * np.log(state.fitness)
    pulse = pulse + 1.2 * state.fatigue_z + 6.0 * ill + 1.8 * noise[1]
    log_hrv = 3.95 + 0.3 * own[:, 2:] - 0.05 * state.fatigue_z - 0.25 * ill + 0.12 * noise[2]
    return Morning(
        sleep_h=np.where(worn, np.clip(hours, 2.5, 12), np.nan),
        resting_hr=np.where(worn, np.clip(pulse, 34, 100), np.nan),
        hrv=np.where(worn & has_hrv, np.clip(np.exp(log_hrv), 8, 220), np.nan),
    )
