"""What a feature's value says, in a sentence with units and, where it helps, a comparison."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan
from typing import Final

from features.catalogue import Feature
from forecasting.words import amount, number, percent_apart, short_day
from ingest.vocabulary import LEVELS

Look = Callable[[str], float]
"""Value of a feature of the athlete by name, nan where it is unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spike:
    """The run of the past week that rose furthest above its reference.

    Parameters
    ----------
    day : object
        Day of the run.
    run_km, reference_km : float
        Its length, and the longest run of the 30 days before it.
    """

    day: object
    run_km: float
    reference_km: float


def sentence(feature: Feature, look: Look, spike: Spike | None = None) -> str:
    """Return what the feature's value is, in words and units, with a capital and no full stop.

    Parameters
    ----------
    feature : Feature
        Its catalogue entry.
    look : callable
        Values of the athlete's features.
    spike : Spike, optional
        The run behind `longest_run_spike`, where the daily history is at hand.
    """
    value = look(feature.name)
    if isnan(value):
        return _unknown(feature)
    if feature.name == "longest_run_spike" and spike is not None:
        return _spike_run(spike)
    special = _SPECIAL.get(feature.name)
    return special(value, look) if special else _plain(feature, value)


def _unknown(feature: Feature) -> str:
    what = feature.structural_null or "not known"
    return f"{_capital(feature.label)}: {what}"


def _plain(feature: Feature, value: float) -> str:
    return f"{_capital(feature.label)}: {amount(value, feature.decimals, feature.unit)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spike_run(spike: Spike) -> str:
    apart = percent_apart(spike.run_km / spike.reference_km)
    return (
        f"Longest run {amount(spike.run_km, 1, 'km')} on {short_day(spike.day)}, {apart} "
        f"the longest of the 30 days before ({amount(spike.reference_km, 1, 'km')})"
    )


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


def _injuries(count: float, _: Look) -> str:
    if count < 1:
        return "No injury in the past 12 months"
    return f"{count:.0f} {'injury' if round(count) == 1 else 'injuries'} in the past 12 months"


def _since_return(days: float, _: Look) -> str:
    return f"Back from the last injury for {days:.0f} {'day' if round(days) == 1 else 'days'}"


def _sleep_quality(quality: float, _: Look) -> str:
    return f"Sleep quality {number(quality * 10)} of 10 (mean of 7 nights, 10 = best)"


def _sleep_hours(hours: float, _: Look) -> str:
    return f"Sleep {amount(hours, 1, 'h')} a night (mean of 7 nights)"


def _pain(pain: float, _: Look) -> str:
    if pain <= 0:
        return "No pain reported in the past 7 days"
    return f"Strongest pain of the past 7 days: {pain:.0f} of 10"


def _level(code: float, _: Look) -> str:
    return f"Level of running: {LEVELS[min(max(round(code), 0), len(LEVELS) - 1)]}"


def _hours(hours: float, _: Look) -> str:
    return f"{amount(hours / 4, 1, 'h')} of running a week (mean of 28 days)"


_SPECIAL: Final[dict[str, Callable[[float, Look], str]]] = {
    "longest_run_spike": _spike_ratio,
    "distance_7d_km": _week_distance,
    "distance_28d_km": _month_distance,
    "acwr_uncoupled": _acwr,
    "week_change": _week_change,
    "longest_run_7d_km": _longest("7 days"),
    "longest_run_30d_km": _longest("30 days"),
    "injuries_12m": _injuries,
    "days_since_return": _since_return,
    "sleep_quality_7d": _sleep_quality,
    "sleep_h_7d": _sleep_hours,
    "pain_max_7d": _pain,
    "level_code": _level,
    "hours_28d": _hours,
}
