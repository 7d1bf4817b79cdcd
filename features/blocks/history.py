"""The history block: past injuries as known on the day, and who the athlete is."""

from functools import partial
from typing import Any, Final

import numpy as np

from common.untyped import Untyped
from features.blocks.body import mass
from features.blocks.injury_history import known_injuries, past_injuries
from features.blocks.injury_rate import DAYS_PER_YEAR, RATES, history_days
from features.blocks.own_record import DEFINITIONS as OWN_RECORD
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition

SARAGIOTTO: Final = (
    "previous injury within 12 months: main factor in 5 of 8 studies (Saragiotto 2014)"
)
CONTEXT: Final = "context; no effect size is claimed"
VIDEBAEK: Final = "incidence per 1,000 h: novice 17.8, recreational 7.7 (Videbaek 2015)"
# In a first month a single injury would be a rate of twelve a year.
OBSERVED_DAYS: Final = 182


def injuries_per_year(days: Days) -> Daily:
    """Injuries since observation began per year of it; null in the first half year."""
    observed = history_days(days)
    rate = known_injuries(days, "injuries_observed") / (observed / DAYS_PER_YEAR)
    return np.where(observed >= OBSERVED_DAYS, rate, np.nan)


def trait(days: Days, name: str) -> Daily:
    """Repeat what does not change on every day."""
    return days.panel.grid.spread(days.panel.traits[name])


def years_from(days: Days, name: str) -> Daily:
    """Calendar year of the day minus the year of the trait."""
    dates = days.panel.grid.day_index().astype("datetime64[D]")
    # Of the year alone: nobody is asked for a birthday.
    return dates.astype("datetime64[Y]").astype(np.int64) + 1970 - trait(days, name)


def body_mass_index(days: Days) -> Daily:
    """Body mass over height in metres squared."""
    return ratio(mass(days), (trait(days, "height_cm") / 100) ** 2)


def _feature(name: str, label: str, formula: str, **more: Untyped) -> Feature:
    fields: dict[str, Any] = {
        "unit": "",
        "source": CONTEXT,
        "changeable": False,
        "decimals": 0,
    } | more
    return Feature(name=name, block="history", label=label, formula=formula, **fields)


_AS_KNOWN: Final = (
    "; reports of one region within the recurrence gap are one injury; return dates later than the "
    "day are masked"
)
_NONE_KNOWN: Final = (
    "; null where none is on record outside the span in which injuries were written down"
)


_COUNTS: Final = (
    (
        "injuries_6m",
        "injuries in the past 6 months",
        "injuries with onset in the past 182 days",
        1,
        20.0,
    ),
    (
        "injuries_12m",
        "injuries in the past 12 months",
        "injuries with onset in the past 365 days",
        1,
        30.0,
    ),
    (
        "injuries_24m",
        "injuries in the past 24 months",
        "injuries with onset in the past 730 days",
        1,
        60.0,
    ),
    (
        "knee_injuries_12m",
        "knee injuries in the past 12 months",
        "knee injuries with onset in the past 365 days",
        1,
        20.0,
    ),
    (
        "recurrences_24m",
        "injuries of a region that was injured before, in the past 24 months",
        "injuries with onset in the past 730 days in a region with an earlier injury",
        0,
        40.0,
    ),
    (
        "same_side_recurrences_24m",
        "injuries of a region and side that were injured before, in the past 24 months",
        "injuries with onset in the past 730 days in a region and on a side with an earlier "
        "injury (the first side named in the reports of an injury; both counts as either)",
        0,
        40.0,
    ),
    (
        "days_lost_12m",
        "days lost to injury in the past 12 months",
        "days of the past 365 on which any injury was under way, each injury counted by itself",
        0,
        2000.0,
    ),
)
"""Name, label, formula, direction of the effect and highest plausible value."""


def _counts() -> tuple[Definition, ...]:
    return tuple(
        Definition(
            _feature(
                name,
                label,
                formula + _AS_KNOWN + _NONE_KNOWN,
                source=SARAGIOTTO,
                monotone=monotone,
                high=high,
            ),
            partial(known_injuries, name=name),
        )
        for name, label, formula, monotone, high in _COUNTS
    )


DEFINITIONS: Final[tuple[Definition, ...]] = (
    *_counts(),
    *RATES,
    *OWN_RECORD,
    Definition(
        _feature(
            "injuries_per_year",
            "injuries per year of observation",
            "injuries with onset under observation / years of observation; null below "
            f"{OBSERVED_DAYS} days" + _NONE_KNOWN,
            source=SARAGIOTTO,
            high=30.0,
            decimals=1,
        ),
        injuries_per_year,
    ),
    Definition(
        _feature(
            "days_since_return",
            "days since the return from the last injury",
            "days from the latest return (by default duration where unknown) to the day; 0 while "
            "injured" + _AS_KNOWN,
            unit="days",
            source=SARAGIOTTO,
            high=20_000.0,
            structural_null="never injured",
        ),
        partial(past_injuries, name="days_since_return"),
    ),
    Definition(
        _feature(
            "age_years",
            "age",
            "calendar year of the day - year of birth",
            unit="years",
            low=8.0,
            high=100.0,
        ),
        partial(years_from, name="birth_year"),
    ),
    Definition(
        _feature("sex_code", "sex", "0 female, 1 male, 0.5 other", high=1.0, decimals=1),
        partial(trait, name="sex_code"),
    ),
    Definition(
        _feature(
            "level_code",
            "level of running",
            "0 novice, 1 recreational, 2 competitive, 3 elite",
            source=VIDEBAEK,
            high=3.0,
        ),
        partial(trait, name="level_code"),
    ),
    Definition(
        _feature(
            "years_running",
            "years of regular running",
            "calendar year of the day - year in which regular running began",
            unit="years",
            source=VIDEBAEK,
            high=80.0,
        ),
        partial(years_from, name="running_since"),
    ),
    Definition(
        _feature(
            "mass_kg",
            "body mass",
            "latest measure up to the day",
            unit="kg",
            low=30.0,
            high=200.0,
            decimals=1,
            structural_null="never weighed",
        ),
        mass,
    ),
    Definition(
        _feature(
            "body_mass_index",
            "body mass index",
            "latest body mass / (height in m)^2",
            unit="kg/m2",
            low=12.0,
            high=60.0,
            decimals=1,
            structural_null="never weighed",
        ),
        body_mass_index,
    ),
    Definition(
        _feature(
            "history_days",
            "days under observation",
            "days from the first observed day to the day, both included",
            unit="days",
            low=1.0,
            high=30_000.0,
        ),
        history_days,
    ),
)
