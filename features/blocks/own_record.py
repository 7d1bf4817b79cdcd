"""What is on record of an athlete: injuries, weeks at risk, and the hours of those weeks.

Whoever was injured for half a year had half a year in which to be injured. An own rate counts the
injuries against the weeks at risk and the hours of those weeks, not against the calendar.
"""

from functools import partial
from typing import Final

import numpy as np

from features.blocks.injury_history import known_injuries, past_injuries
from features.blocks.injury_rate import (
    DAYS_PER_WEEK,
    MINUTES_PER_HOUR,
    days_kept,
    history_days,
)
from features.blocks.load.volume import EXPOSURE, SETTLED_DAYS
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition

OWN_RATE: Final = "Gamma-Poisson rate of the athlete's own injuries (Buehlmann 1967)"


def injured(days: Days) -> Daily:
    """Say of each day whether an injury is under way, as known on it; on the day of return not."""
    return past_injuries(days, "is_injured")


def days_injured_on_record(days: Days) -> Daily:
    """Days injured so far under observation, and in the year before it as told at entry."""
    lost = past_injuries(days, "days_lost_12m")
    starts = days.panel.offsets[:-1]
    first = lost[np.minimum(starts, max(lost.size - 1, 0))] if lost.size else np.zeros(len(starts))
    at_entry = np.minimum(np.nan_to_num(first), days.settings.injuries.known_before_entry_days)
    now = injured(days)
    # The day of entry is in both: among those told of the year, and as the first under observation.
    on_entry = now[np.minimum(starts, now.size - 1)] if now.size else np.zeros(len(starts))
    before_entry = np.repeat(np.maximum(at_entry - on_entry, 0.0), np.diff(days.panel.offsets))
    return np.asarray(_so_far(days, now) + before_entry)


def _so_far(days: Days, values: Daily) -> Daily:
    """Sum of the days up to each day, anew with each athlete."""
    offsets = days.panel.offsets
    total = np.append(0.0, np.cumsum(values))
    return np.asarray(total[1:] - np.repeat(total[offsets[:-1]], np.diff(offsets)))


def days_before_records(days: Days) -> Daily:
    """Days under observation before the first of which anything is known.

    Whoever was entered years before their first file was not healthy all that time: nobody knows.
    """
    known = ~np.isnan(days.values("run_min")) | (injured(days) > 0)
    seen = _so_far(days, known.astype(np.float64)) > 0
    return _so_far(days, (~seen).astype(np.float64))


def days_written_down(days: Days) -> Daily:
    """Days so far on which injuries were written down: inside a span, before entry included.

    Null for who is in no span. Tables from before there were spans hold none: injuries are then
    taken to have been written down all along and, as was asked, before entry.
    """
    observed = history_days(days) - days_before_records(days)
    asked = days.settings.injuries.known_before_entry_days
    # A list that was begun years before the athlete's first record says nothing of those years.
    return np.minimum(days_kept(days), observed + asked)


def weeks_at_risk(days: Days) -> Daily:
    """Weeks on record without those injured, one at the least; null where nothing is on record."""
    at_risk = days_written_down(days) - days_injured_on_record(days)
    # Records overlap and assumed ends lie ahead: less than nothing at risk is no exposure.
    return np.maximum(at_risk, DAYS_PER_WEEK) / DAYS_PER_WEEK


def hours_while_at_risk(days: Days) -> Daily:
    """Mean running hours a week of all known days without an injury."""
    channel = days.derived(
        "run_min at risk",
        # Days of an injury count neither as running nor as rest: they are no time at risk.
        lambda d: np.where(injured(d) > 0, np.nan, d.values("run_min")),
    )
    return days.past_mean(channel, 0, SETTLED_DAYS) * DAYS_PER_WEEK / MINUTES_PER_HOUR


def _feature(name: str, label: str, unit: str, formula: str, high: float, decimals: int) -> Feature:
    return Feature(
        name=name,
        block="history",
        label=label,
        unit=unit,
        formula=formula,
        source=EXPOSURE if unit == "h" else OWN_RATE,
        changeable=False,
        high=high,
        decimals=decimals,
    )


DEFINITIONS: Final = (
    Definition(
        _feature(
            "injuries_on_record",
            "injuries on record",
            "",
            "injuries with onset under observation, or up to the stated number of days before it "
            "(what was asked at entry); reports of one region within the recurrence gap are one "
            "injury",
            200.0,
            0,
        ),
        partial(known_injuries, name="injuries_on_record"),
    ),
    Definition(
        _feature(
            "weeks_at_risk_on_record",
            "weeks on record without an injury under way",
            "weeks",
            "(days in which injuries would have been recorded - days injured among them) / 7, 1 at "
            "the least; they begin where injuries were first written down, not before the "
            "athlete's first record less what was asked at entry; null where nobody did",
            3000.0,
            0,
        ),
        weeks_at_risk,
    ),
    Definition(
        _feature(
            "hours_week_on_record",
            "running time in a week without an injury under way",
            "h",
            f"mean running time of all known days without an injury x 7; null below {SETTLED_DAYS} "
            "such days",
            168.0,
            1,
        ),
        hours_while_at_risk,
    ),
)
"""Entries of the history block."""
