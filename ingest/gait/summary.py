"""Median, spread and plausibility of the values of a trial."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from common.vocabulary import GAIT_METRICS
from ingest.gait.timing import Values

UNITS: Final[Mapping[str, str]] = {
    "spm": "steps/min", "m": "m", "ms": "ms", "mm": "mm", "deg": "deg", "s": "BW/s", "bw": "BW",
}  # fmt: skip
"""Last part of a metric's name -> unit."""

PLAUSIBLE: Final[Mapping[str, tuple[float, float]]] = {
    "cadence_spm": (120, 250),
    "step_length_m": (0.4, 2.7),
    "contact_ms": (80, 450),
    "vertical_oscillation_mm": (20, 200),
    "peak_hip_adduction_deg": (-5, 30),
    "contralateral_pelvic_drop_deg": (-8, 20),
    "peak_knee_flexion_deg": (20, 75),
    "knee_valgus_deg": (-25, 30),
    "trunk_lean_deg": (-10, 40),
    "foot_strike_angle_deg": (-35, 45),
    "vertical_loading_rate_bw_s": (5, 300),
    "peak_braking_force_bw": (0.02, 1.0),
}
"""Wide bounds of the median of a trial: outside them a marker, a model or an event is wrong."""

AGREEMENT: Final = 0.05
"""Cadence x step length may differ from the speed by this share."""


class Value(NamedTuple):
    """One row of the gait table: median and interquartile range over the strides."""

    metric: str
    side: str
    value: float
    spread: float
    strides: int

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return UNITS[self.metric.rsplit("_", 1)[-1]]

    @property
    def is_plausible(self) -> bool:
        """Whether the value can be a runner's."""
        low, high = PLAUSIBLE[self.metric]
        return low <= self.value <= high


def summarise_values(values: Values) -> list[Value]:
    """Return one row per metric and side that has a value; the spread needs two strides.

    Examples
    --------
    >>> summarise_values({("contact_ms", "left"): [240.0, 250.0, 280.0]})
    [Value(metric='contact_ms', side='left', value=250.0, spread=20.0, strides=3)]
    """
    rows = []
    for metric, side in sorted(values, key=lambda key: (GAIT_METRICS.index(key[0]), key[1])):
        numbers = np.asarray(values[metric, side], dtype=float)
        numbers = numbers[np.isfinite(numbers)]
        if len(numbers):
            low, middle, high = (
                float(percentile) for percentile in np.percentile(numbers, (25, 50, 75))
            )
            # One stride has no spread, and 0 would look like perfect regularity.
            spread = high - low if len(numbers) > 1 else float("nan")
            rows.append(Value(metric, side, middle, spread, len(numbers)))
    return rows


def speed_mismatch(values: list[Value], speed: float | None) -> float:
    """Return by which share cadence x step length differs from the speed; 0 within five per cent.

    Speed = steps per second x length of a step holds for any steady gait.
    """

    def median(metric: str) -> float:
        numbers = [value.value for value in values if value.metric == metric]
        return float(np.mean(numbers)) if numbers else float("nan")

    # The mean of both sides: a limp makes the sides differ and the speed not.
    product = median("cadence_spm") / 60 * median("step_length_m")
    if speed is None or not np.isfinite(product):
        return 0.0
    off = product / speed - 1
    return off if abs(off) > AGREEMENT else 0.0
