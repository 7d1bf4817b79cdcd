"""Named worlds: the demo's, and those that show what holds where the demo's assumptions do not.

Studies ask for them by name; each is nothing but settings.
"""

from collections.abc import Callable
from typing import Final

from simulation.settings.cohort import SimulationSettings
from simulation.settings.errors import ORDINARY

Change = Callable[[SimulationSettings], SimulationSettings]


def _first(settings: SimulationSettings) -> SimulationSettings:
    return settings


def _effects(times: float) -> Change:
    return lambda settings: settings.model_copy(update={"effects": times})


def _hours(exponent: float) -> Change:
    def change(settings: SimulationSettings) -> SimulationSettings:
        hazard = settings.hazard.model_copy(update={"hours_exponent": exponent})
        return settings.model_copy(update={"hazard": hazard})

    return change


def _no_spikes(settings: SimulationSettings) -> SimulationSettings:
    none = dict.fromkeys(("spike_10_to_30", "spike_30_to_100", "spike_above_100"), 1.0)
    return settings.model_copy(update={"hazard": settings.hazard.model_copy(update=none)})


def _recurrences(settings: SimulationSettings) -> SimulationSettings:
    hazard = settings.hazard.model_copy(update={"recurrence": 3.0, "recurrence_days": 0})
    return settings.model_copy(update={"hazard": hazard})


def _strong_signals(settings: SimulationSettings) -> SimulationSettings:
    """One strain of the whole body, with a long memory, that sleep, HRV and soreness show."""
    tissue = settings.tissue.model_copy(
        # Far beyond anything published: the world asks whether early signs are found where they
        # exist.
        update={"shared": True, "persistence": 0.97, "hazard_per_sd": 8.0}
    )
    seen = settings.observation.model_copy(
        update={
            "sleep_h_per_tissue_sd": 0.8,
            "log_hrv_per_tissue_sd": 0.18,
            "soreness_per_tissue_sd": 1.0,
            "owns_hrv": 0.9,
            "never_answers_wellness": 0.03,
        }
    )
    return settings.model_copy(update={"tissue": tissue, "observation": seen})


def _label_errors(settings: SimulationSettings) -> SimulationSettings:
    return settings.model_copy(update={"errors": ORDINARY})


def _second(settings: SimulationSettings) -> SimulationSettings:
    return settings.model_copy(update={"mechanism": "damage"})


def _with_plans(settings: SimulationSettings) -> SimulationSettings:
    plans = settings.plans.model_copy(update={"written": True})
    return settings.model_copy(update={"plans": plans})


WORLDS: Final[dict[str, Change]] = {
    "first": _first,
    "effects_absent": _effects(0.0),
    "effects_twice": _effects(2.0),
    "hours_half": _hours(0.5),
    "no_spikes": _no_spikes,
    "recurrences": _recurrences,
    "strong_signals": _strong_signals,
    "label_errors": _label_errors,
    "with_plans": _with_plans,
    "second": _second,
    "second_label_errors": lambda settings: _label_errors(_second(settings)),
}
"""Name -> what it changes."""


def world(name: str, settings: SimulationSettings) -> SimulationSettings:
    """Return the settings of a named world.

    Raises
    ------
    KeyError
        If there is no world of this name.

    Examples
    --------
    >>> world("effects_twice", SimulationSettings()).effects
    2.0
    """
    return WORLDS[name](settings)
