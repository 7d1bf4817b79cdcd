"""The equipment block: how far the shoes have gone, how new they are, how many take turns."""

from typing import Any, Final

import numpy as np
import pandas as pd

from common.untyped import Untyped
from features.blocks.shoe_use import shoe_use
from features.catalogue.entry import Feature
from features.kernels.last_observation import carry_forward
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition

ROTATION_DAYS: Final = 28
UNKNOWN_PAST: Final = "the pair was in use before the observation, or no pair was named"
WORN: Final = "shoes before they wear out: a lever by opinion, no published figure found"
DESCRIPTIVE: Final = "descriptive; no effect size is claimed"


def use(days: Days) -> pd.DataFrame:
    """Return the sessions with a known pair, made once."""
    tables = days.panel.tables
    return days.shared(
        "shoe use",
        lambda d: shoe_use(
            tables["sessions"], tables["shoes"], tables["athletes"], d.settings.known_share
        ),
    )


def shoe_km(days: Days) -> Daily:
    """Kilometres on the pair worn last."""
    return carry_forward(days.panel.grid, use(days), "total_km")


def shoe_days(days: Days) -> Daily:
    """Days since the pair worn last was new."""
    worn = use(days)
    first = worn["first_day"].to_numpy(dtype="datetime64[D]")
    day = np.where(np.isnat(first), np.nan, first.astype(np.int64).astype(np.float64))
    return days.panel.grid.day_index() - carry_forward(days.panel.grid, worn.assign(day=day), "day")


def days_since_new_pair(days: Days) -> Daily:
    """Days since the first session in the newest pair."""
    worn = use(days)
    # The first session of each pair alone; later ones say nothing new of its age.
    fresh = worn[worn["first_day"].notna() & ~worn.duplicated(["athlete", "shoe_id"])]
    day = fresh["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    grid = days.panel.grid
    return grid.day_index() - carry_forward(grid, fresh.assign(day=day), "day")


def rotation(days: Days) -> Daily:
    """Pairs worn in the past 28 days; null if none is known.

    A session keeps its pair in the count for 28 days, or until the pair is worn again.
    """
    worn, grid = use(days), days.panel.grid
    at, inside = grid.locate(worn["athlete"], worn["date"])
    again = worn.assign(at=at)[inside].groupby(["athlete", "shoe_id"])["at"].shift(-1)
    at = at[inside]
    end = grid.offsets[grid.codes(worn.loc[inside, "athlete"]) + 1]
    # Not past the athlete's last day, where the next athlete's days begin.
    until = np.minimum(np.minimum(at + ROTATION_DAYS, end), again.fillna(np.inf).to_numpy())
    steps = np.bincount(at, minlength=grid.size + 1).astype(np.int64)
    steps -= np.bincount(until.astype(np.int64), minlength=grid.size + 1)
    count = np.cumsum(steps)[:-1].astype(np.float64)
    # No known pair is unknown and not none: somebody runs in shoes that nobody wrote down.
    return np.where(count > 0, count, np.nan)


def _feature(name: str, label: str, unit: str, formula: str, **more: Untyped) -> Feature:
    fields: dict[str, Any] = {"source": DESCRIPTIVE, "changeable": True, "decimals": 0} | more
    return Feature(name=name, block="equipment", label=label, unit=unit, formula=formula, **fields)


_PAIR: Final = (
    "; a session on foot that names no pair takes the one pair that the shoe table has in use"
)

DEFINITIONS: Final[tuple[Definition, ...]] = (
    Definition(
        _feature(
            "shoe_km",
            "distance on the current shoes",
            "km",
            "distance of all sessions on foot in the pair of the latest of them; null if too few "
            "of them carry a distance" + _PAIR,
            source=WORN,
            structural_null=UNKNOWN_PAST,
            high=5000.0,
        ),
        shoe_km,
    ),
    Definition(
        _feature(
            "shoe_days",
            "age of the current shoes",
            "days",
            "days since the first use of the pair of the latest session on foot" + _PAIR,
            source=WORN,
            structural_null=UNKNOWN_PAST,
            high=4000.0,
        ),
        shoe_days,
    ),
    Definition(
        _feature(
            "days_since_new_pair",
            "days since a new pair of shoes",
            "days",
            "days since the first session in the newest pair whose first use is known" + _PAIR,
            structural_null="no new pair under observation",
            high=4000.0,
        ),
        days_since_new_pair,
    ),
    Definition(
        _feature(
            "shoes_in_rotation_28d",
            "pairs of shoes in use in the past 28 days",
            "",
            "different pairs worn on foot in the 28 days that end on the day; null if none is "
            "known" + _PAIR,
            structural_null="no session on foot with a known pair in 28 days",
            high=20.0,
        ),
        rotation,
    ),
)
