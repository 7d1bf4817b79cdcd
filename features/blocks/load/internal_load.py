"""What a kilometre costs: internal load (session RPE, heartbeats) against external load."""

from functools import partial
from typing import Final

from features.blocks.load.sparse_measures import measured_ratio
from features.blocks.load.volume import DESCRIPTIVE, FOSTER, PAIRED
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition
from features.panel.run_channels import run_beats


def effort(days: Days, window: int, lag: int = 0) -> Daily:
    """Divide running sRPE load by kilometres (internal by external load)."""
    # On days with both alone: a run without an answer would make the kilometres look cheap.
    return measured_ratio(days, "run_srpe", "run_km", "run_sessions", window, lag)


def effort_change(days: Days) -> Daily:
    """Effort per kilometre this week against the three weeks before."""
    # The windows do not overlap, so the week is not compared with a part of itself.
    return ratio(effort(days, 7), effort(days, 21, lag=7))


def beats_per_km(days: Days, window: int, lag: int = 0) -> Daily:
    """Divide heartbeats in motion by kilometres (internal by external load)."""
    return measured_ratio(days, run_beats(days), "run_km", "run_sessions", window, lag)


def beats_change(days: Days) -> Daily:
    """Heartbeats per kilometre this week against the three weeks before."""
    return ratio(beats_per_km(days, 7), beats_per_km(days, 21, lag=7))


EFFORT: Final[tuple[Definition, ...]] = (
    Definition(
        Feature(
            name="effort_per_km_7d",
            block="recovery",
            label="session load per kilometre in the past 7 days",
            formula="running sRPE load / running distance of 7 days, both on days on which both "
            "are known" + PAIRED,
            changeable=True,
            unit="AU/km",
            source=f"internal against external load; {FOSTER}",
            structural_null="no run in the past 7 days",
            high=500.0,
        ),
        partial(effort, window=7),
    ),
    Definition(
        Feature(
            name="effort_change",
            block="recovery",
            label="session load per kilometre this week against the three weeks before",
            formula="sRPE load per running kilometre of days 0-6 / the same of days 7-27",
            changeable=True,
            unit="",
            source=f"internal against external load; {FOSTER}",
            structural_null="no run in one of the two windows",
            high=20.0,
            decimals=2,
        ),
        effort_change,
    ),
    Definition(
        Feature(
            name="heartbeats_per_km_7d",
            block="recovery",
            label="heartbeats per kilometre in the past 7 days",
            formula="mean heart rate x minutes in motion / running distance of 7 days, both on "
            "days on which both are known" + PAIRED,
            changeable=True,
            unit="beats/km",
            source=f"internal against external load; {DESCRIPTIVE}",
            structural_null="no run in the past 7 days",
            high=3000.0,
            decimals=0,
        ),
        partial(beats_per_km, window=7),
    ),
    Definition(
        Feature(
            name="heartbeats_per_km_change",
            block="recovery",
            label="heartbeats per kilometre this week against the three weeks before",
            formula="heartbeats per running kilometre of days 0-6 / the same of days 7-27",
            changeable=True,
            unit="",
            source=f"internal against external load; {DESCRIPTIVE}",
            structural_null="no run in one of the two windows",
            high=20.0,
            decimals=2,
        ),
        beats_change,
    ),
)
"""Belongs to the recovery block."""
