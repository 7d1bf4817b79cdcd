"""Sentences for the features a coach asks about first, each with the comparison that helps."""

from collections.abc import Callable
from functools import cache
from math import isnan
from typing import Final

from common.plain_words import amount, number, percent_apart
from common.vocabulary import LEVELS
from forecasting.evidence.figures import load_evidence

Look = Callable[[str], float]
"""Value of a feature of the athlete by name, nan where it is unknown."""

_SEXES: Final = {0.0: "female", 1.0: "male"}


def _spike_ratio(ratio: float, look: Look) -> str:
    """Keep ratio and length apart: the run that rose most need not be the week's longest."""
    longest = look("longest_run_7d_km")
    length = "" if isnan(longest) else f" (longest run of the week {amount(longest, 1, 'km')})"
    apart = percent_apart(ratio)
    return f"A run of the past 7 days was {apart} the longest of the 30 days before it{length}"


def _week_distance(km: float, look: Look) -> str:
    text = f"{amount(km, 1, 'km')} run in the past 7 days"
    weekly = look("distance_28d_km") / 4
    if isnan(weekly) or weekly <= 0:
        return text
    return f"{text}, {percent_apart(km / weekly)} the weekly mean of 28 days ({number(weekly)} km)"


def _month_distance(km: float, _: Look) -> str:
    return f"{amount(km, 1, 'km')} run in the past 28 days ({number(km / 4)} km a week)"


def _time_spike(ratio: float, _: Look) -> str:
    apart = percent_apart(ratio, "longer than", "shorter than", "as long as")
    return f"A run of the past 7 days lasted {apart} the longest of the 30 days before it"


def _acwr(ratio: float, _: Look) -> str:
    return (
        f"The past week's daily load was {percent_apart(ratio)} that of the three weeks before "
        f"(ratio {number(ratio, 2)})"
    )


def _week_change(ratio: float, look: Look) -> str:
    week = look("distance_7d_km")
    apart = percent_apart(ratio)
    if isnan(week) or ratio <= 0:
        return f"Distance of the past 7 days {apart} that of the 7 days before"
    return (
        f"{amount(week, 1, 'km')} in 7 days, {apart} the 7 days before ({number(week / ratio)} km)"
    )


def _longest(window: str) -> Callable[[float, Look], str]:
    return lambda km, _: f"Longest run of the past {window}: {amount(km, 1, 'km')}"


def _injuries(months: int, what: str = "") -> Callable[[float, Look], str]:
    return lambda count, _: (
        f"{_counted(count, f'{what}injury', f'{what}injuries')} in the past {months} months"
    )


def _counted(count: float, one: str, more: str) -> str:
    if count < 1:
        return f"No {one}"
    return f"{count:.0f} {one if round(count) == 1 else more}"


def _since_return(days: float, _: Look) -> str:
    return f"Back from the last injury for {_counted(days, 'day', 'days')}"


def _sleep_hours(hours: float, _: Look) -> str:
    return f"Sleep {amount(hours, 1, 'h')} a night (mean of 7 nights)"


def _pain(what: str) -> Callable[[float, Look], str]:
    return lambda pain, _: (
        f"Strongest {what} of the past 7 days: {pain:.0f} of 10 (0 = none, 10 = worst)"
        if pain > 0
        else f"No {what} reported in the past 7 days"
    )


def _sex(code: float, _: Look) -> str:
    return f"Sex: {_SEXES.get(code, 'other')}"


def _level(code: float, _: Look) -> str:
    return f"Level of running: {LEVELS[min(max(round(code), 0), len(LEVELS) - 1)]}"


def _hours(hours: float, look: Look) -> str:
    beside = _usual_hours(look, look("team_hours_28d") / 4)
    return f"{amount(hours / 4, 1, 'h')} of running a week (mean of 28 days; {beside})"


def _week_hours(hours: float, look: Look) -> str:
    beside = _usual_hours(look, look("team_hours_7d"))
    return f"{amount(hours, 1, 'h')} of running in the past 7 days ({beside})"


def _usual_hours(look: Look, team: float) -> str:
    """Hours are exposure: alone they say nothing to a reader who does not know what is usual."""
    usual = {"own half year": look("usual_hours_week"), "team's median": team}
    known = {who: value for who, value in usual.items() if not isnan(value)}
    beside = known or {"average recreational runner": _average_hours()}
    return ", ".join(f"{who} {amount(value, 1, 'h')}" for who, value in beside.items())


@cache
def _average_hours() -> float:
    return load_evidence().weekly_hours.reference


SPECIAL: Final[dict[str, Callable[[float, Look], str]]] = {
    "longest_run_spike": _spike_ratio,
    "longest_time_spike": _time_spike,
    "distance_7d_km": _week_distance,
    "distance_28d_km": _month_distance,
    "acwr_uncoupled": _acwr,
    "week_change": _week_change,
    "longest_run_7d_km": _longest("7 days"),
    "longest_run_30d_km": _longest("30 days"),
    "injuries_6m": _injuries(6),
    "injuries_12m": _injuries(12),
    "injuries_24m": _injuries(24),
    "knee_injuries_12m": _injuries(12, "knee "),
    "days_since_return": _since_return,
    "sleep_h_7d": _sleep_hours,
    "pain_max_7d": _pain("pain"),
    "knee_pain_max_7d": _pain("knee pain"),
    "sex_code": _sex,
    "level_code": _level,
    "hours_28d": _hours,
    "hours_7d": _week_hours,
}
