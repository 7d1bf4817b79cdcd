"""The week just ended against what was before it, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor
from statistics import median
from typing import Any, Final

import pandas as pd

from common.language import N_, message
from common.text.plain_words import number, plain_day, short_day
from reporting.languages.plain_rows import Row, Rows

_FULL_WEEK: Final = 7
_BEFORE: Final = 2
"""So many weeks before are named: enough to see a course, few enough to read."""

_RISEN: Final = 1.1


@dataclass(frozen=True)
class ThisWeek:
    """The week in words, which grounds for advice it gives, and the figures for that advice."""

    words: str
    grounds: frozenset[str]
    figures: Mapping[str, str] = field(default_factory=dict)


def this_week(
    weeks: Rows,
    spikes: Rows,
    before_spikes: tuple[float, object] | None = None,
    figures: Mapping[str, Any] | None = None,
) -> ThisWeek:
    """Compare the past 7 days with the two weeks before, the usual week and the longest run.

    Parameters
    ----------
    weeks, spikes : sequence of mappings
        One athlete's rows of :func:`reporting.athlete.weekly_load.weekly_load` and
        :func:`reporting.athlete.weekly_load.spike_runs`.
    before_spikes : tuple of (float, day), optional
        From :func:`forecasting.reasons.before_spike.longest_before_spikes`.
    figures : mapping, optional
        The athlete's figures, which say how many runs of the week have no distance.

    Returns
    -------
    ThisWeek
        Empty words where no day of the week is known. Grounds: ``risen_week`` if it lies more than
        10 % above the usual and above the week before, ``longer_run`` if a run of it was a spike.
    """
    longer = any(run["days_ago"] < _FULL_WEEK for run in spikes)
    grounds = {"longer_run"} if longer else set()
    by_week = {int(row["week"]): row for row in weeks if row["known_days"]}
    if 0 not in by_week:
        return ThisWeek("", frozenset(grounds), _figures(before_spikes, None))
    usual = usual_km(weeks)
    week = by_week[0]
    before = [_whole_km(by_week[at]) for at in range(1, _BEFORE + 1) if at in by_week]
    # NaN where a part of the week before is unknown: no comparison holds, so nothing has risen.
    limits = [] if usual is None else [_RISEN * usual, *before[:1]]
    if limits and all(week["distance_km"] > limit for limit in limits):
        grounds.add("risen_week")
    without = int((figures or {}).get("runs_without_km_7d") or 0)
    parts = [_distance(week["distance_km"], int(week["known_days"]), before, without)]
    if usual is not None:
        parts.append(message("usual (median) week {km} km", km=number(usual, 0)))
    longest = [_longest(week, spikes)] if week["longest_run_km"] > 0 else []
    return ThisWeek(
        "; ".join([*parts, *longest]),
        frozenset(grounds),
        _figures(before_spikes, usual),
    )


def _whole_km(week: Row) -> float:
    """Return a week's kilometres, NaN where a run of it has no distance."""
    return float("nan") if week.get("runs_without_km") else float(week["distance_km"])


def _figures(before_spikes: tuple[float, object] | None, usual: float | None) -> dict[str, str]:
    """Return what advice may name. The limit is cut, not rounded, so that it stays below 10 %."""
    figures = {} if usual is None else {"usual_week_km": number(usual, 0)}
    if before_spikes is None:
        return figures
    km, day = before_spikes
    # Rounded first: the last digits of a float must not cost a tenth of a kilometre.
    limit = floor(round(10 * _RISEN * km, 6)) / 10
    spike = {"before_spike_km": number(km), "limit_km": number(limit), "spike_day": short_day(day)}
    return figures | spike


def usual_km(weeks: Rows) -> float | None:
    """Return the median of the earlier whole weeks with running; None where there is none.

    Weeks off, whatever for, would make 0 km the usual of whoever has just come back.
    """
    whole = [_whole_km(w) for w in weeks if w["week"] and w["known_days"] == _FULL_WEEK]
    ran = [km for km in whole if km > 0]
    return median(ran) if ran else None


def _longest(week: Row, spikes: Rows) -> str:
    days_ago = int(week["longest_days_ago"])
    day = plain_day(week["week_end"] - pd.Timedelta(days=days_ago))
    km = number(week["longest_run_km"])
    rise = [round(100 * run["rise"]) for run in spikes if run["days_ago"] == days_ago]
    if not rise:
        return message("longest run {km} km on {day}", km=km, day=day)
    return message(
        "longest run {km} km on {day}, {percent} % above the longest of the 30 days before",
        km=km, day=day, percent=rise[0],
    )  # fmt: skip


def _distance(km: float, known_days: int, before: list[float], without: int) -> str:
    """Return the week's kilometres: at least so many where a run of it has no distance."""
    values = {"km": number(km, 0), "days": known_days}
    # One of the two weeks alone would read as the usual one.
    if len(before) == _BEFORE and not any(pd.isna(week_km) for week_km in before):
        values |= {"last": number(before[0], 0), "earlier": number(before[1], 0)}
    return message(_SENTENCES[without > 0, known_days < _FULL_WEEK, "last" in values], **values)


_SENTENCES: Final = {
    (False, False, False): N_("{km} km in the past 7 days"),
    (False, False, True): N_(
        "{km} km in the past 7 days, {last} km the week before, {earlier} km the one before that"
    ),
    (False, True, False): N_("{km} km in the past 7 days ({days} of them logged)"),
    (False, True, True): N_(
        "{km} km in the past 7 days ({days} of them logged), {last} km the week before, {earlier}"
        " km the one before that"
    ),
    (True, False, False): N_("at least {km} km in the past 7 days"),
    (True, False, True): N_(
        "at least {km} km in the past 7 days, {last} km the week before, {earlier} km the one"
        " before that"
    ),
    (True, True, False): N_("at least {km} km in the past 7 days ({days} of them logged)"),
    (True, True, True): N_(
        "at least {km} km in the past 7 days ({days} of them logged), {last} km the week before,"
        " {earlier} km the one before that"
    ),
}
"""By: a run has no distance; the week is partly logged; the two weeks before are known."""
