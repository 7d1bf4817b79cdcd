"""Mechanical load of running, apart from the cardiovascular: what the legs take, step by step.

A run's impact load is steps x body mass x g x impact peak(speed) x slope term, with

* steps = cadence x minutes in motion, or distance / step length where cadence is missing;
* impact peak = 1.6 body weights at 3 m/s and 2.3 at 5 m/s, linear in speed (Munro 1987; figures
  from memory, that the peak rises with speed was re-read);
* slope term = 1 + 0.54 / tan(9 deg) x metres descended / metres run: the impact peak is 54 %
  larger at 9 degrees downhill (Gottschall & Kram 2005), taken as linear in the grade. Uphill it is
  smaller by an amount that the abstract does not state, so no credit is given. A run without a
  record of descent counts as level.
"""

import math
from functools import partial
from typing import Final

import pandas as pd

from common.arrays import Ints
from features.blocks.body import mass
from features.blocks.load.sparse_measures import measured_ratio, measured_sum
from features.blocks.load.volume import MEASURED, PAIRED
from features.blocks.strength_tests import GRAVITY
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition
from features.panel.run_channels import run_sum
from features.panel.session_channels import moving_minutes

PEAK_AT_3, PEAK_AT_5 = 1.6, 2.3
DOWNHILL: Final = 0.54 / math.tan(math.radians(9))
MEGA: Final = 1e6
SOURCES: Final = (
    "impact peak rises with speed (Munro 1987) and by 54 % at 9 degrees downhill (Gottschall & "
    "Kram 2005); body mass and steps multiply it"
)
FORMULA: Final = (
    "steps x latest body mass x 9.81 x (1.6 + 0.35 x (speed in m/s - 3)) x (1 + 3.41 x descent / "
    "distance), in meganewtons; steps from cadence and minutes in motion, else from step length"
)


def steps(runs: pd.DataFrame) -> pd.Series:
    """Return the steps of each run, both feet."""
    by_cadence: pd.Series = runs["cadence_spm"] * moving_minutes(runs)
    # Counted before estimated: a step length is itself distance over steps.
    return by_cadence.fillna(1000 * runs["distance_km"] / runs["step_length_m"])


def impact_peak(speed: pd.Series) -> pd.Series:
    """Return the impact peak in body weights at a speed in m/s."""
    return PEAK_AT_3 + (PEAK_AT_5 - PEAK_AT_3) / 2 * (speed - 3)


def impact(runs: pd.DataFrame, mass_kg: Daily) -> pd.Series:
    """Impact load of each run in meganewtons; null without steps, speed or body mass."""
    minutes, metres = moving_minutes(runs), 1000 * runs["distance_km"]
    speed = metres / (60 * minutes.where(minutes > 0))
    # Level without a record: null would lose every run of a watch without a barometer.
    grade = (runs["descent_m"] / metres.where(metres > 0)).fillna(0)
    force = mass_kg * GRAVITY * impact_peak(speed) * (1 + DOWNHILL * grade)
    load: pd.Series = steps(runs) * force / MEGA
    return load


def impact_channel(days: Days) -> str:
    """Return the name of the daily impact load."""
    return run_sum(days, "impact load", _of_day)


def _of_day(days: Days, runs: pd.DataFrame, at: Ints) -> pd.Series:
    return impact(runs, mass(days)[at])


def impact_sum(days: Days, window: int) -> Daily:
    """Impact load of a window."""
    return measured_sum(days, impact_channel(days), "run_sessions", window)


def impact_per_km(days: Days, window: int, lag: int = 0) -> Daily:
    """Impact load over distance, on days on which both are known."""
    channel = impact_channel(days)
    return measured_ratio(days, channel, "run_km", "run_sessions", window, lag)


def impact_change(days: Days) -> Daily:
    """Impact load of days 0-6 against the weekly mean of days 7-27."""
    channel = impact_channel(days)
    before = measured_sum(days, channel, "run_sessions", 21, 7)
    return ratio(impact_sum(days, 7), before / 3)


def _feature(name: str, label: str, unit: str, formula: str, high: float) -> Feature:
    return Feature(
        name=name,
        block="load",
        label=label,
        unit=unit,
        formula=formula,
        source=SOURCES,
        changeable=True,
        high=high,
        decimals=2,
    )


IMPACT: Final = (
    *(
        Definition(
            _feature(
                f"impact_{window}d_mn",
                f"impact load of running in the past {window} days",
                "MN",
                f"sum over the runs of {window} days of {FORMULA}" + MEASURED,
                100.0 * window,
            ),
            partial(impact_sum, window=window),
        )
        for window in (7, 28)
    ),
    Definition(
        _feature(
            "impact_per_km_28d",
            "impact load per kilometre in the past 28 days",
            "MN/km",
            f"impact load / running distance of 28 days; impact load is {FORMULA}" + PAIRED,
            5.0,
        ),
        partial(impact_per_km, window=28),
    ),
    Definition(
        _feature(
            "impact_week_ratio",
            "impact load this week against the three weeks before",
            "",
            "impact load of days 0-6 / a third of that of days 7-27; null if that is 0",
            100.0,
        ),
        impact_change,
    ),
)
