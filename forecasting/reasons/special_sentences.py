"""Sentences for the features a coach asks about first, each with the comparison that helps."""

from collections.abc import Callable
from functools import cache
from math import isnan
from typing import Final

from common.language import N_, message, plural
from common.text.plain_words import number
from common.vocabulary import LEVELS
from forecasting.reasons import history_sentences as history
from forecasting.reasons.feature_lookup import FeatureLookup
from models.evidence.figures import packaged


def _by_side(value: float, above: str, below: str, level: str, /, **figures: object) -> str:
    """Return the sentence for a ratio above 1, below 1, or level with it when rounded."""
    percent = round(abs(value - 1) * 100)
    # "0 % above" would read as a rise.
    if percent == 0:
        return message(level, **figures)
    return message(above if value > 1 else below, percent=percent, **figures)


def _spike_ratio(ratio: float, look: FeatureLookup) -> str:
    """Keep ratio and length apart: the run that rose most need not be the week's longest."""
    longest = look("longest_run_7d_km")
    if isnan(longest):
        return _by_side(
            ratio,
            N_(
                "A run of the past 7 days was {percent} % above the longest of the 30 days "
                "before it"
            ),
            N_(
                "A run of the past 7 days was {percent} % below the longest of the 30 days "
                "before it"
            ),
            N_("A run of the past 7 days was level with the longest of the 30 days before it"),
        )
    return _by_side(
        ratio,
        N_(
            "A run of the past 7 days was {percent} % above the longest of the 30 days before it "
            "(longest run of the week {km} km)"
        ),
        N_(
            "A run of the past 7 days was {percent} % below the longest of the 30 days before it "
            "(longest run of the week {km} km)"
        ),
        N_(
            "A run of the past 7 days was level with the longest of the 30 days before it "
            "(longest run of the week {km} km)"
        ),
        km=number(longest),
    )


def _week_distance(km: float, look: FeatureLookup) -> str:
    # A sum without the runs of unknown length is no mean to be held against another.
    if look("runs_without_km_7d") > 0:
        return message("at least {km} km run in the past 7 days", km=number(km))
    weekly = look("distance_28d_km") / 4
    if isnan(weekly) or weekly <= 0:
        return message("{km} km run in the past 7 days", km=number(km))
    return _by_side(
        km / weekly,
        N_(
            "{km} km run in the past 7 days, {percent} % above the weekly mean of 28 days "
            "({weekly} km)"
        ),
        N_(
            "{km} km run in the past 7 days, {percent} % below the weekly mean of 28 days "
            "({weekly} km)"
        ),
        N_("{km} km run in the past 7 days, level with the weekly mean of 28 days ({weekly} km)"),
        km=number(km),
        weekly=number(weekly),
    )


def _month_distance(km: float, look: FeatureLookup) -> str:
    if look("runs_without_km_28d") > 0:
        return message("at least {km} km run in the past 28 days", km=number(km))
    return message(
        "{km} km run in the past 28 days ({weekly} km a week)",
        km=number(km), weekly=number(km / 4),
    )  # fmt: skip


def _time_spike(ratio: float, _: FeatureLookup) -> str:
    return _by_side(
        ratio,
        N_(
            "A run of the past 7 days lasted {percent} % longer than the longest of the 30 days "
            "before it"
        ),
        N_(
            "A run of the past 7 days lasted {percent} % shorter than the longest of the 30 days "
            "before it"
        ),
        N_("A run of the past 7 days lasted as long as the longest of the 30 days before it"),
    )


def _acwr(ratio: float, _: FeatureLookup) -> str:
    return _by_side(
        ratio,
        N_(
            "The past week's daily load was {percent} % above that of the three weeks before "
            "(ratio {ratio})"
        ),
        N_(
            "The past week's daily load was {percent} % below that of the three weeks before "
            "(ratio {ratio})"
        ),
        N_(
            "The past week's daily load was level with that of the three weeks before "
            "(ratio {ratio})"
        ),
        ratio=number(ratio, 2),
    )


def _week_change(ratio: float, look: FeatureLookup) -> str:
    week = look("distance_7d_km")
    # Without this week's distance, or at a ratio of 0, the week before cannot be worked out.
    if isnan(week) or ratio <= 0:
        return _by_side(
            ratio,
            N_("Distance of the past 7 days {percent} % above that of the 7 days before"),
            N_("Distance of the past 7 days {percent} % below that of the 7 days before"),
            N_("Distance of the past 7 days level with that of the 7 days before"),
        )
    return _by_side(
        ratio,
        N_("{km} km in 7 days, {percent} % above the 7 days before ({before} km)"),
        N_("{km} km in 7 days, {percent} % below the 7 days before ({before} km)"),
        N_("{km} km in 7 days, level with the 7 days before ({before} km)"),
        km=number(week),
        before=number(week / ratio),
    )


def _longest_week(km: float, _: FeatureLookup) -> str:
    return message("Longest run of the past 7 days: {km} km", km=number(km))


def _longest_month(km: float, _: FeatureLookup) -> str:
    return message("Longest run of the past 30 days: {km} km", km=number(km))


_AN_HOUR: Final = 60


def _sleep_hours(hours: float, _: FeatureLookup) -> str:
    return message("Sleep {hours} h a night (mean of 7 nights)", hours=number(hours))


def _complaint_days(days: float, _: FeatureLookup) -> str:
    if days < 1:
        return message("No complaint in the past 7 days")
    return plural(
        "{count} day with a complaint in the past 7 days",
        "{count} days with a complaint in the past 7 days",
        round(days),
    )


def _cross_training(days: int) -> Callable[[float, FeatureLookup], str]:
    def cross_training_words(minutes: float, _: FeatureLookup) -> str:
        if minutes < 1:
            return message("No cross-training in the past {days} days", days=days)
        if minutes < _AN_HOUR:
            return message(
                "Cross-training in the past {days} days: {minutes} min",
                days=days, minutes=round(minutes),
            )  # fmt: skip
        return message(
            "Cross-training in the past {days} days: {hours} h",
            days=days, hours=number(minutes / _AN_HOUR),
        )  # fmt: skip

    return cross_training_words


def _pain(pain: float, _: FeatureLookup) -> str:
    if pain <= 0:
        return message("No pain reported in the past 7 days")
    return message(
        "Strongest pain of the past 7 days: {pain} of 10 (0 = none, 10 = worst)", pain=round(pain)
    )


def _knee_pain(pain: float, _: FeatureLookup) -> str:
    if pain <= 0:
        return message("No knee pain reported in the past 7 days")
    return message(
        "Strongest knee pain of the past 7 days: {pain} of 10 (0 = none, 10 = worst)",
        pain=round(pain),
    )


def _sex(code: float, _: FeatureLookup) -> str:
    return {
        0.0: message("Sex: female"),
        1.0: message("Sex: male"),
    }.get(code, message("Sex: other"))


def _level(code: float, _: FeatureLookup) -> str:
    level = LEVELS[min(max(round(code), 0), len(LEVELS) - 1)]
    words = {
        "novice": message("Level of running: novice"),
        "recreational": message("Level of running: recreational"),
        "competitive": message("Level of running: competitive"),
        "elite": message("Level of running: elite"),
    }
    return words[level]


def _hours(hours: float, look: FeatureLookup) -> str:
    # The feature counts four weeks; a coach thinks in hours a week.
    beside = _usual_hours(look, look("team_hours_28d") / 4)
    return message(
        "{hours} h of running a week (mean of 28 days; {beside})",
        hours=number(hours / 4), beside=beside,
    )  # fmt: skip


def _week_hours(hours: float, look: FeatureLookup) -> str:
    beside = _usual_hours(look, look("team_hours_7d"))
    return message(
        "{hours} h of running in the past 7 days ({beside})", hours=number(hours), beside=beside
    )


def _usual_hours(look: FeatureLookup, team: float) -> str:
    """Hours are exposure: alone they say nothing to a reader who does not know what is usual."""
    own = look("usual_hours_week")
    if isnan(own) and isnan(team):
        return message("average recreational runner {hours} h", hours=number(_average_hours()))
    if isnan(team):
        return message("own half year {own} h", own=number(own))
    if isnan(own):
        return message("team's median {team} h", team=number(team))
    return message(
        "own half year {own} h, team's median {team} h", own=number(own), team=number(team)
    )


@cache
def _average_hours() -> float:
    return packaged().baseline.levels["recreational"].hours


SPECIAL: Final[dict[str, Callable[[float, FeatureLookup], str]]] = {
    "longest_run_spike": _spike_ratio,
    "longest_time_spike": _time_spike,
    "distance_7d_km": _week_distance,
    "distance_28d_km": _month_distance,
    "acwr_uncoupled": _acwr,
    "week_change": _week_change,
    "longest_run_7d_km": _longest_week,
    "longest_run_30d_km": _longest_month,
    "injuries_6m": history.injuries(6),
    "injuries_12m": history.injuries(12),
    "injuries_24m": history.injuries(24),
    "injuries_on_record": history.on_record,
    "knee_injuries_12m": history.knee_injuries,
    "days_since_return": history.since_return,
    "sleep_h_7d": _sleep_hours,
    "complaints_7d": _complaint_days,
    "cross_training_7d_min": _cross_training(7),
    "cross_training_28d_min": _cross_training(28),
    "pain_max_7d": _pain,
    "knee_pain_max_7d": _knee_pain,
    "sex_code": _sex,
    "level_code": _level,
    "hours_28d": _hours,
    "hours_7d": _week_hours,
}
