"""Figures as a reader sees them: each with its name, its value for machines, and its gaps told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from common.language import message, plural
from common.text.plain_words import number, plain_date, plain_day


@dataclass(frozen=True)
class Figure:
    """One figure: its name in `scores.json`, the value there, a label and the value in words."""

    name: str
    value: Any
    label: str
    words: str


def figure_views(figures: Mapping[str, Any] | None) -> tuple[Figure, ...]:
    """Return the figures that are known, in the order in which a coach asks for them.

    Parameters
    ----------
    figures : mapping
        One athlete's, by :data:`forecasting.scoring.figures.FIGURES`. Null is left out, never 0.
    """
    if not figures:
        return ()
    labels = {
        "hours_7d": message("Running, past 7 days"),
        "km_7d": message("Distance, past 7 days"),
        "hours_28d": message("Running, past 28 days"),
        "km_28d": message("Distance, past 28 days"),
        "sessions_28d": message("Runs, past 28 days"),
        "longest_run_km_30d": message("Longest run, past 30 days"),
        "longest_run_minutes_30d": message("Longest run by time, past 30 days"),
        "last_run": message("Last run"),
        "injuries_12m": message("Running injuries, past 12 months"),
    }
    return tuple(
        Figure(name, figures[name], label, _words(name, figures))
        for name, label in labels.items()
        # Not a test of truth: 0 km is known and is shown, null is unknown and is not.
        if figures.get(name) is not None
    )


def _words(name: str, figures: Mapping[str, Any]) -> str:
    value = figures[name]
    if name.startswith("km_"):
        return distance_words(value, figures.get(f"runs_without_{name}"))
    if name.startswith("hours_"):
        return _hours_words(value, figures.get(f"runs_without_{name}"))
    if name == "longest_run_km_30d":
        return _longest_words(value, figures)
    if name == "longest_run_minutes_30d":
        return message("{minutes} min", minutes=number(value, 0))
    if name == "last_run":
        return _last_run_words(value, int(figures["days_since_run"]))
    return _count_words(name, value, figures)


def _count_words(name: str, value: float, figures: Mapping[str, Any]) -> str:
    known_from = figures.get("injuries_known_from")
    if name != "injuries_12m" or known_from is None:
        # With a record of the whole year a count needs no "since".
        return number(value, 0)
    return _injuries_words(int(value), pd.Timestamp(known_from))


def _hours_words(hours: float, without: int | None) -> str:
    if not without:
        return message("{hours} h", hours=number(hours))
    return plural(
        "at least {hours} h, {count} run without a time",
        "at least {hours} h, {count} runs without a time",
        without,
        hours=number(hours),
    )


def distance_words(km: float, without: int | None) -> str:
    """Return kilometres as they are known: a run without distance makes them "at least"."""
    if not without:
        return message("{km} km", km=number(km))
    # "At least 0 km" says nothing, and would hide that somebody ran.
    if km == 0:
        return plural(
            "{count} run without distance", "{count} runs without distance", without
        )  # fmt: skip
    return plural(
        "at least {km} km, {count} run without distance",
        "at least {km} km, {count} runs without distance",
        without,
        km=number(km),
    )


def _longest_words(km: float, figures: Mapping[str, Any]) -> str:
    # A run of unknown length may have been the longest.
    if figures.get("runs_without_km_28d"):
        return message("{km} km among the runs of known distance", km=number(km))
    return message("{km} km", km=number(km))


def _injuries_words(count: int, known_from: pd.Timestamp) -> str:
    """Say since when injuries are written down: before it, none on record is unknown."""
    day = plain_date(known_from)
    if count == 0:
        # Unknown is never favourable: "none" of a short record would read as a healthy year.
        return message("none since {day}; what was before is not known", day=day)
    return message("{count} on record; written down since {day} only", count=count, day=day)


def _last_run_words(day: str, days: int) -> str:
    when = plain_day(pd.Timestamp(day))
    if days == 0:
        return message("{day}, the day of the forecast", day=when)
    return plural("{day}, {count} day before", "{day}, {count} days before", days, day=when)
