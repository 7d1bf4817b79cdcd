"""Running dynamics of one source: what is plausible, and how it becomes one value per run."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.track.effort import time_mean
from ingest.readers.activity.track.series import Track
from ingest.records.rules import rule_of

DYNAMICS: Final = (
    "vertical_oscillation_mm",
    "ground_contact_ms",
    "balance_left_pct",
    "step_length_m",
    "vertical_ratio_pct",
)


def plausible(name: str, values: Floats) -> Floats:
    """Return the values within the range of the contract, NaN elsewhere.

    Devices write 0 while standing, and some write 0 for "not measured"; neither is a value.
    """
    rule = rule_of("sessions", name)
    return np.where((values >= rule.low) & (values <= rule.high), values, np.nan)


def mean_dynamics(track: Track, source: Mapping[str, Floats]) -> dict[str, float]:
    """Return the time-weighted mean of each dynamic over its plausible records."""
    means = {name: time_mean(track, plausible(name, values)) for name, values in source.items()}
    return {name: value for name, value in means.items() if not np.isnan(value)}
