"""The load chart: weekly kilometres as bars, the longest runs as dots, spikes as diamonds."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from forecasting.words import number, plain_day, short_day
from reporting.svg import path, picture, px, text

WIDTH: Final = 640
HEIGHT: Final = 250
_LEFT, _RIGHT, _TOP, _FLOOR = 46.0, 634.0, 30.0, 212.0
_GAP: Final = 0.22
_FULL_WEEK: Final = 7
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class _Scale:
    weeks: int
    top_km: float

    def x(self, days_ago: float) -> float:
        """Return the middle of the day, counted back from the right edge."""
        return _RIGHT - (days_ago + 0.5) / (7 * self.weeks) * (_RIGHT - _LEFT)

    def y(self, km: float) -> float:
        return _FLOOR - km / self.top_km * (_FLOOR - _TOP)

    @property
    def bar(self) -> float:
        return (_RIGHT - _LEFT) / self.weeks


def load_chart(
    key: str, name: str, weeks: pd.DataFrame, spikes: pd.DataFrame, shown: int = 26
) -> Markup:
    """Draw one athlete's load.

    Parameters
    ----------
    key : str
        Unique on the page.
    name : str
        Of the athlete, for the title; escaped here.
    weeks, spikes : pandas.DataFrame
        This athlete's rows of :func:`reporting.weekly_load.weekly_load` and
        :func:`reporting.weekly_load.spike_runs`.
    shown : int
        Weeks on the axis.

    Returns
    -------
    markupsafe.Markup
        Inline SVG; a sentence instead if nothing was logged in these weeks.
    """
    if not len(weeks) or weeks["distance_km"].isna().all():
        return Markup('<p class="none">No running logged in these {} weeks.</p>').format(shown)
    scale = _Scale(shown, _top(weeks, spikes))
    body = Markup("").join(
        [_axis(scale), _bars(weeks, scale), _usual(weeks, scale), _runs(weeks, spikes, scale)]
    )
    title = f"Running of {name}, {shown} weeks"
    return picture(key, title, _describe(weeks, spikes), (WIDTH, HEIGHT), body, "load")


def ticks(highest: float) -> list[float]:
    """Return 0 and two to four round values up to at least `highest`.

    Examples
    --------
    >>> ticks(37)
    [0, 10, 20, 30, 40]
    """
    step = next((s for s in _STEPS if highest <= 4 * s), 1000)
    count = max(int(np.ceil(highest / step)), 2)
    return [step * at for at in range(count + 1)]


def _top(weeks: pd.DataFrame, spikes: pd.DataFrame) -> float:
    highest = float(weeks["distance_km"].max())
    return ticks(max(highest, float(spikes["longest_run_km"].max()) if len(spikes) else 0.0))[-1]


def _axis(scale: _Scale) -> Markup:
    marks = ticks(scale.top_km)
    lines = path("".join(f"M{_LEFT:g} {px(scale.y(km))}H{_RIGHT:g}" for km in marks), "grid")
    labels = [text(_LEFT - 7, scale.y(km) + 4, f"{km:g}", "e") for km in marks]
    return lines + Markup("").join([*labels, text(4, 16, "km a week")])


def _months(weeks: pd.DataFrame, scale: _Scale) -> Markup:
    """Name a month under the week in which it begins."""
    begins = weeks[weeks["week_end"].dt.day <= _FULL_WEEK]
    inside = begins[begins["week"].between(1, scale.weeks - 2)]
    return Markup("").join(
        text(scale.x(7 * week + 3), _FLOOR + 24, short_day(end).split()[1], "m")
        for week, end in zip(inside["week"], inside["week_end"], strict=True)
    )


def _bar(week: int, km: float, scale: _Scale) -> str:
    left = _RIGHT - (week + 1 - _GAP / 2) * scale.bar
    width = scale.bar * (1 - _GAP)
    top = px(scale.y(km))
    return f"M{px(left)} {_FLOOR:g}V{top}h{px(width)}V{_FLOOR:g}z"


def _bars(weeks: pd.DataFrame, scale: _Scale) -> Markup:
    """Draw whole weeks, partly logged weeks, the week just ended and weeks without a record."""
    parts = {"bar": "", "part": "", "now": "", "gap": ""}
    for week, km, known in zip(
        weeks["week"], weeks["distance_km"], weeks["known_days"], strict=True
    ):
        if known == 0:
            parts["gap"] += f"M{px(scale.x(7 * week + 3) - 5)} {_FLOOR - 4:g}h10"
        elif km > 0:
            kind = "now" if week == 0 else "bar" if known == _FULL_WEEK else "part"
            parts[kind] += _bar(int(week), float(km), scale)
    return Markup("").join(path(data, css) for css, data in parts.items()) + _months(weeks, scale)


def _usual(weeks: pd.DataFrame, scale: _Scale) -> Markup:
    """Draw the median of the earlier whole weeks."""
    usual = _usual_km(weeks)
    if np.isnan(usual):
        return Markup("")
    y = scale.y(usual)
    return path(f"M{_LEFT:g} {px(y)}H{_RIGHT:g}", "usual")


def _usual_km(weeks: pd.DataFrame) -> float:
    earlier = weeks[(weeks["week"] > 0) & (weeks["known_days"] == _FULL_WEEK)]
    return float(earlier["distance_km"].median())


def _runs(weeks: pd.DataFrame, spikes: pd.DataFrame, scale: _Scale) -> Markup:
    ran = weeks[(weeks["longest_run_km"] > 0) & ~weeks["longest_days_ago"].isin(spikes["days_ago"])]
    dots = "".join(
        f"M{px(scale.x(ago))} {px(scale.y(km))}h0"
        for ago, km in zip(ran["longest_days_ago"], ran["longest_run_km"], strict=True)
    )
    diamonds = "".join(
        f"M{px(scale.x(ago))} {px(scale.y(km) - 8)}l7 8l-7 8l-7-8z"
        for ago, km in zip(spikes["days_ago"], spikes["longest_run_km"], strict=True)
    )
    return path(dots, "dots") + path(diamonds, "spike")


def _describe(weeks: pd.DataFrame, spikes: pd.DataFrame) -> str:
    last = weeks[weeks["week"] == 0]
    known = len(last) and not last["distance_km"].isna().all()
    week = f"{number(last['distance_km'].iloc[0])} km" if known else "not logged"
    usual = _usual_km(weeks)
    median = "" if np.isnan(usual) else f" Median of the earlier weeks: {number(usual)} km."
    runs = [
        f"{plain_day(day)} {number(km)} km, {round(100 * rise)} % above"
        for day, km, rise in zip(
            spikes["date"], spikes["longest_run_km"], spikes["rise"], strict=True
        )
    ]
    return f"Week just ended: {week}.{median} Spikes: {'; '.join(runs) or 'none'}."
