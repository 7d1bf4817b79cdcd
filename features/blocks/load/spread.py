"""What ground was run on, and whether hard days came close together."""

from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.blocks.load.rhythm import hard_day, rated_day
from features.blocks.load.sparse_measures import measured_ratio
from features.blocks.load.volume import DESCRIPTIVE, PAIRED
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition
from features.panel.run_channels import run_sum

SURFACES: Final = ("trail", "track", "treadmill")
CLOSE_DAYS: Final = 2


def surface_share(days: Days, surface: str) -> Daily:
    """Kilometres on a surface over kilometres, on days whose runs all name theirs."""

    def kilometres(_: Days, runs: pd.DataFrame, __: np.ndarray) -> pd.Series:
        on_it = runs["distance_km"].where(runs["surface"] == surface, 0.0)
        # A run that names no surface is not a run elsewhere.
        return on_it.where(runs["surface"].notna() & runs["distance_km"].notna())

    channel = run_sum(days, f"{surface}_km", kilometres)
    return measured_ratio(days, channel, "run_km", "run_sessions", 28)


def close_hard_days(days: Days) -> Daily:
    """Rated days that were hard and followed a hard day at most 2 days before, over rated days."""
    channel = days.derived("hard day soon after another", _hard_soon_after_hard)
    return measured_ratio(days, channel, rated_day(days), "sessions", 28)


def _hard_soon_after_hard(days: Days) -> npt.NDArray[np.bool_]:
    hard, offsets = days.values(hard_day(days)) > 0, days.panel.offsets
    within = np.arange(hard.size) - np.repeat(offsets[:-1], np.diff(offsets))
    before = np.zeros(hard.size, dtype=bool)
    for back in range(1, CLOSE_DAYS + 1):
        # `within` keeps an athlete's first days from looking back into the athlete before.
        before[back:] |= hard[:-back] & (within[back:] >= back)
    return hard & before


def _feature(name: str, label: str, formula: str) -> Feature:
    return Feature(
        name=name,
        block="load",
        label=label,
        unit="",
        formula=formula,
        source=DESCRIPTIVE,
        changeable=True,
        high=1.0,
        decimals=2,
    )


SPREAD: Final = (
    *(
        Definition(
            _feature(
                f"{surface}_share_28d",
                f"share of the distance on {'a ' if surface != 'trail' else ''}{surface} in the "
                "past 28 days",
                f"running distance on {surface} / running distance of 28 days, on days whose runs "
                "all name their surface" + PAIRED,
            ),
            partial(surface_share, surface=surface),
        )
        for surface in SURFACES
    ),
    Definition(
        _feature(
            "hard_days_close_28d",
            "share of training days that were hard soon after a hard day, in the past 28 days",
            "days with a session of RPE 7 or more that follow such a day by at most 2 days / days "
            "with a rated session, over 28 days; null unless the share of answers holds for the "
            "days with a session",
        ),
        close_hard_days,
    ),
)
