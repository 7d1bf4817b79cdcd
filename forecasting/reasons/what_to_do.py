"""What to do about one athlete this week: the one lever that speaks, with its size in their terms.

The lever comes from what the athlete did and from the reasons for the forecast. No figure asks for
less than the athlete does every week, none counts from a race or from the runs after a break, and
where nothing speaks the answer is to look and ask.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from statistics import median
from typing import Any, Final

import pandas as pd

from common.language import message
from common.text.plain_words import number, plain_weekday, short_day
from forecasting.reasons.before_spike import longest_before_spikes
from forecasting.reasons.side_differences import side_differences, test_words
from forecasting.reasons.strength_norms import NORMS, SOURCE
from forecasting.status.running_weeks import (
    EVERY_WEEK,
    WEEK,
    days_ago,
    days_without_rest,
    every_week_km,
    long_run_weekday,
    usual_long_run,
    whole_weeks,
)

Row = Mapping[Any, Any]

SPIKE_LIMIT: Final = 1.1
"""Up to 10 % above the longest run of 30 days is the reference class of Frandsen 2025."""

LEAST_ASYMMETRY: Final = 0.15
"""Difference between the sides from which a test is worth a look; sides of healthy runners differ
by up to about 10 to 15 %, so that less would flag half a team."""

RISEN_WEEK: Final = 1.3
"""Weekly rise above which one study saw more injuries (Nielsen 2014)."""

RISEN_KM: Final = 5.0
"""A rise of fewer km is one short run more, whatever share of a small week it is (convention)."""

STREAK_DAYS: Final = 7
RACE_FACTOR: Final = 1.5
"""A run so far above the usual long run is no training run: a race, or a one-off."""

RACE_KM: Final = 30.0
RACE_RISE: Final = 1.3
MARATHON_KM: Final = 42.0
"""Whoever trains for a marathon runs it at less than half above the usual long run."""

BREAK_DAYS: Final = 14
MILD_PAIN: Final = 3.0
"""Mild pain stays below 3 of 10 (Vincent 2017): it speaks where nothing else does."""


@dataclass(frozen=True)
class Lever:
    """What to try, in one sentence, and its figures by name.

    Parameters
    ----------
    kind : str
        ``complaint``, ``after_race``, ``after_break``, ``longest_run``, ``rest_day``,
        ``after_injury``, ``week``, ``strength`` or ``ask``.
    text : str
        The sentence, in the language spoken.
    figures : dict of str to float
        Numbers of the sentence: `limit_km`, `usual_week_km`, `days_without_rest`, `deficit_pct`.
    own : str
        The same as it is said to the athlete, where that differs from what is said to a coach.
    """

    kind: str
    text: str
    figures: Mapping[str, float] = field(default_factory=dict)
    own: str = ""


def what_to_do(
    days: Sequence[Row],
    complaints: Sequence[Row],
    strength: Sequence[Row],
    as_of: pd.Timestamp,
    back_line: str = "",
) -> Lever:
    """Return the lever of one athlete.

    Parameters
    ----------
    days : sequence of mappings
        The athlete's days, oldest first: date, distance_km (null where unknown), longest_run_km,
        reference_30d_km, is_spike.
    complaints : sequence of mappings
        Complaints of the past 7 days: date, region, side, value_0_10 (null in words only).
    strength : sequence of mappings
        The athlete's tests: date, test, side, value (best of the trials), unit.
    as_of : pandas.Timestamp
        Day of the forecast.
    back_line : str
        What holds in the first weeks after an injury, from
        :func:`forecasting.returning.lately_back.lately_back`; empty of everybody else.
    """
    past = [day for day in days if day["date"] <= as_of]
    mild = [complaint for complaint in complaints if _is_mild(complaint)]
    # In this order: what hurts comes before what rises, and the first lever is the only one told.
    lever = (
        _complaint([complaint for complaint in complaints if complaint not in mild])
        or _race_or_break(past, as_of)
        or _longest_run(past, as_of)
        or _rest_day(past, as_of)
        or (Lever("after_injury", back_line) if back_line else None)
        or _week(past, as_of)
        or _strength(strength, as_of)
        or _complaint(mild)
    )
    return lever or Lever(
        "ask",
        message("Nothing to change: look and ask."),
        own=message("Nothing to change. Tell your coach how you feel."),
    )


def _is_mild(complaint: Row) -> bool:
    value = complaint.get("value_0_10")
    return value is not None and bool(value < MILD_PAIN)


def _complaint(complaints: Sequence[Row]) -> Lever | None:
    if not complaints:
        return None
    text = message(
        "Ask about the complaint first; a clinician sees lasting or growing pain before hard "
        "training."
    )
    own = message(
        "Tell your coach about the complaint; pain that lasts or grows goes to a clinician before "
        "the next hard session."
    )
    return Lever("complaint", text, own=own)


def _race_or_break(days: Sequence[Row], as_of: pd.Timestamp) -> Lever | None:
    """Return recovery after a run far beyond the usual, or a careful start after a break."""
    usual = usual_long_run(days, as_of)
    week = [day for day in days if days_ago(day, as_of) < WEEK and day["longest_run_km"] > 0]
    if usual is not None and week:
        longest = max(week, key=lambda day: float(day["longest_run_km"]))
        if _is_race(longest, usual):
            return _recovery(longest)
    return _after_break(days, week, as_of)


def _recovery(race: Row) -> Lever:
    km = float(race["longest_run_km"])
    figures = {"km": number(km), "day": short_day(race["date"])}
    text = message(
        "After the {km} km of {day}: an easy week, no long run; ask how the legs are.", **figures
    )
    own = message("After the {km} km of {day}: an easy week, no long run.", **figures)
    return Lever("after_race", text, {"race_km": km}, own)


def _is_race(run: Row, usual: float) -> bool:
    """Say whether a run is far beyond the usual long run and the longest of the month before."""
    km = float(run["longest_run_km"])
    if not run["is_spike"]:
        return False
    is_far = km >= RACE_FACTOR * usual
    is_long = km >= RACE_KM or km >= RACE_RISE * float(run["reference_30d_km"])
    return km >= MARATHON_KM or (is_far and is_long)


def _after_break(days: Sequence[Row], week: Sequence[Row], as_of: pd.Timestamp) -> Lever | None:
    """Return the start after a break; no limit is counted from its few first runs."""
    if not week:
        return None
    before = [d for d in days if days_ago(d, as_of) >= WEEK and d["longest_run_km"] > 0]
    # Without any earlier run this is a beginning and no break.
    gap = (min(d["date"] for d in week) - before[-1]["date"]).days if before else 0
    if gap <= BREAK_DAYS:
        return None
    text = message(
        "First week after {count} days without a run: short and easy runs, a day between them, "
        "and ask how it went.",
        count=gap,
    )
    own = message(
        "First week after {count} days without a run: short and easy runs, a day between them.",
        count=gap,
    )
    return Lever("after_break", text, {"break_days": float(gap)}, own)


def _longest_run(days: Sequence[Row], as_of: pd.Timestamp) -> Lever | None:
    spike = longest_before_spikes(days, as_of)
    if spike is None:
        return None
    km, day = spike
    every = every_week_km(days, as_of)
    # Rounded down, so that the limit stays within 10 %; never below what is run every week.
    limit = max(floor(round(10 * SPIKE_LIMIT * km, 6)) / 10, every or 0.0)
    text = message(
        "Keep the longest run of the coming week to {limit} km at most: the longest before the "
        "jump of {day} was {km} km.",
        limit=number(limit), day=short_day(day), km=number(km),
    )  # fmt: skip
    return Lever("longest_run", text, {"limit_km": limit, "before_spike_km": km})


def _rest_day(days: Sequence[Row], as_of: pd.Timestamp) -> Lever | None:
    streak = days_without_rest(days, as_of)
    if streak < STREAK_DAYS:
        return None
    figures = {"days_without_rest": float(streak)}
    weekday = long_run_weekday(days, as_of)
    if weekday is None:
        text = message("Take a rest day, after {count} days of running without one.", count=streak)
        return Lever("rest_day", text, figures)
    text = message(
        "Take a rest day before {weekday}, after {count} days of running without one.",
        weekday=plain_weekday(weekday), count=streak,
    )  # fmt: skip
    return Lever("rest_day", text, figures)


def _week(days: Sequence[Row], as_of: pd.Timestamp) -> Lever | None:
    weeks = whole_weeks(days, as_of)
    earlier = [km for at, km in weeks.items() if at > 0 and km > 0]
    # With few whole weeks their median says little of what is usual.
    if 0 not in weeks or len(earlier) < EVERY_WEEK:
        return None
    usual, now = median(earlier), weeks[0]
    # Not above last week: the jump was then, and this week has not added to it.
    if now <= max(RISEN_WEEK * usual, usual + RISEN_KM) or now <= weeks.get(1, 0.0):
        return None
    text = message(
        "Back to about the usual week of {usual} km: the past one had {now} km.",
        usual=number(usual, 0), now=number(now, 0),
    )  # fmt: skip
    return Lever("week", text, {"usual_week_km": usual, "km_7d": now})


def _strength(tests: Sequence[Row], as_of: pd.Timestamp) -> Lever | None:
    """Return the largest difference between the sides among the tests of the past year."""
    weakest = max(
        side_differences(tests, as_of), key=lambda difference: difference[0], default=None
    )
    if weakest is None or weakest[0] < LEAST_ASYMMETRY:
        return None
    share, test, side, day = weakest
    values = {"percent": round(100 * share), "day": short_day(day), "test": test_words(test)}
    text = (
        message(
            "Strength work for the left side: {test} {percent} % below the right (test of {day}).",
            **values,
        )
        if side == "left"
        else message(
            "Strength work for the right side: {test} {percent} % below the left (test of {day}).",
            **values,
        )
    )
    return Lever("strength", _with_norm(text, test), {"deficit_pct": float(round(100 * share))})


def _with_norm(text: str, test: str) -> str:
    """Say beside a side difference how much the sides of other runners differ."""
    norm = NORMS.get(test)
    if norm is None:
        return text
    return message(
        "{difference} Of {runners} regular runners half differ by {median} % or more, one in ten "
        "by {high} % or more ({source}).",
        difference=text, runners=norm.runners, median=norm.median_pct, high=norm.one_in_ten_pct,
        source=SOURCE,
    )  # fmt: skip
