"""The load chart: weekly kilometres as bars, the longest runs as dots, spikes as diamonds."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from markupsafe import Markup

from common.language import message
from common.text.plain_words import month, number, plain_day
from reporting.charts.svg import mark, path, picture, px, text
from reporting.languages.plain_rows import Row, Rows
from reporting.languages.this_week import usual_km

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


def load_chart(key: str, name: str, weeks: Rows, spikes: Rows, shown: int = 26) -> Markup:
    """Draw one athlete's load.

    Parameters
    ----------
    key : str
        Unique on the page.
    name : str
        Of the athlete, for the title; escaped here.
    weeks, spikes : sequence of mappings
        This athlete's rows of :func:`reporting.athlete.weekly_load.weekly_load` and
        :func:`reporting.athlete.weekly_load.spike_runs`.
    shown : int
        Weeks on the axis.

    Returns
    -------
    markupsafe.Markup
        Inline SVG; a sentence instead if nothing was logged in these weeks.
    """
    if not any(week["known_days"] for week in weeks):
        return Markup('<p class="none">{}</p>').format(
            message("No running logged in these {weeks} weeks.", weeks=shown)
        )
    scale = _Scale(shown, _top(weeks, spikes))
    body = Markup("").join(
        [
            _axis(scale),
            _bars(weeks, scale),
            _months(weeks, scale),
            _usual(weeks, scale),
            _runs(weeks, spikes, scale),
        ]
    )
    title = message("Running of {name}, {weeks} weeks", name=name, weeks=shown)
    return picture(key, title, _describe(weeks, spikes), (WIDTH, HEIGHT), body, "load")


def ticks(highest: float) -> list[float]:
    """Return 0 and two to four round values up to at least `highest`.

    Examples
    --------
    >>> ticks(37)
    [0, 10, 20, 30, 40]
    """
    step = next((s for s in _STEPS if highest <= 4 * s), 1000)
    count = max(ceil(highest / step), 2)
    return [step * at for at in range(count + 1)]


def _top(weeks: Rows, spikes: Rows) -> float:
    # The distance of a week without any known day is null, which max() cannot compare.
    distances = [week["distance_km"] for week in weeks if week["known_days"]]
    return ticks(max([*distances, *(run["longest_run_km"] for run in spikes)]))[-1]


def _axis(scale: _Scale) -> Markup:
    marks = ticks(scale.top_km)
    lines = path("".join(f"M{_LEFT:g} {px(scale.y(km))}H{_RIGHT:g}" for km in marks), "grid")
    labels = [text(_LEFT - 7, scale.y(km) + 4, mark(km), "e") for km in marks]
    return lines + Markup("").join([*labels, text(_LEFT + 3, 16, message("km a week"))])


def _months(weeks: Rows, scale: _Scale) -> Markup:
    """Name a month under the week in which it begins."""
    return Markup("").join(
        text(scale.x(7 * week["week"] + 3), _FLOOR + 24, month(week["week_end"]), "m")
        for week in weeks
        if week["week_end"].day <= _FULL_WEEK and 0 < week["week"] < scale.weeks - 1
    )


def _bar(week: int, km: float, scale: _Scale) -> str:
    left = _RIGHT - (week + 1 - _GAP / 2) * scale.bar
    width = scale.bar * (1 - _GAP)
    return f"M{px(left)} {_FLOOR:g}V{px(scale.y(km))}h{px(width)}V{_FLOOR:g}z"


def _bars(weeks: Rows, scale: _Scale) -> Markup:
    """Draw whole weeks, partly known weeks, the week just ended and weeks without a record.

    A week of which a run has no distance is partly known: its bar shows what was run at least.
    """
    parts = {"bar": "", "part": "", "now": "", "gap": ""}
    for row in weeks:
        week, km, known = row["week"], row["distance_km"], row["known_days"]
        if known == 0:
            parts["gap"] += f"M{px(scale.x(7 * week + 3) - 5)} {_FLOOR - 4:g}h10"
        elif km > 0:
            whole = known == _FULL_WEEK and not row.get("runs_without_km")
            # A partly known week has its own look: its bar shows the least that was run.
            kind = "now" if week == 0 else "bar" if whole else "part"
            parts[kind] += _bar(week, km, scale)
    return Markup("").join(path(data, css) for css, data in parts.items())


def _usual(weeks: Rows, scale: _Scale) -> Markup:
    """Draw the median of the earlier whole weeks with running."""
    usual = usual_km(weeks)
    if usual is None:
        return Markup("")
    return path(f"M{_LEFT:g} {px(scale.y(usual))}H{_RIGHT:g}", "usual")


def _runs(weeks: Rows, spikes: Rows, scale: _Scale) -> Markup:
    """Draw each week's longest run as a dot and each spike, which may be the same, as a diamond."""
    risen = {run["days_ago"] for run in spikes}
    # A run that was a spike has its diamond already.
    dots = "".join(
        f"M{px(scale.x(week['longest_days_ago']))} {px(scale.y(week['longest_run_km']))}h0"
        for week in weeks
        if week["longest_run_km"] > 0 and week["longest_days_ago"] not in risen
    )
    diamonds = "".join(
        f"M{px(scale.x(run['days_ago']))} {px(scale.y(run['longest_run_km']) - 8)}l7 8l-7 8l-7-8z"
        for run in spikes
    )
    return path(dots, "dots") + path(diamonds, "spike")


def recent_spike(weeks: Rows, spikes: Rows) -> str:
    """Return the past week's largest spike in words, empty where there is none.

    Older ones stand in the chart alone: under the number they would read as reasons for it. That
    of the week's longest run is told with that run.
    """
    shown_days_ago = {week["longest_days_ago"] for week in weeks if week["week"] == 0}
    recent = [
        r for r in spikes if r["days_ago"] < _FULL_WEEK and r["days_ago"] not in shown_days_ago
    ]
    if not recent:
        return ""
    run = max(recent, key=lambda spike: spike["rise"])
    return message(
        "Spike in the past 7 days: {km} km on {day}, {percent} % above the longest run of the 30 "
        "days before",
        km=number(run["longest_run_km"]), day=plain_day(run["date"]),
        percent=round(100 * run["rise"]),
    )  # fmt: skip


def _week(week: Row | None) -> str:
    """Tell the kilometres of the week: at least so many where runs of it have no distance."""
    if week is None:
        return message("Week just ended: not logged.")
    km, without = number(week["distance_km"]), int(week.get("runs_without_km") or 0)
    if without:
        return message("Week just ended: at least {km} km; {n} without distance.", km=km, n=without)
    return message("Week just ended: {km} km.", km=km)


def _describe(weeks: Rows, spikes: Rows) -> str:
    last = [w for w in weeks if w["week"] == 0 and w["known_days"]]
    usual = usual_km(weeks)
    runs = [
        message(
            "{day} {km} km, {percent} % above",
            day=plain_day(run["date"]), km=number(run["longest_run_km"]),
            percent=round(100 * run["rise"]),
        )
        for run in spikes
    ]  # fmt: skip
    sentences = [
        _week(last[0] if last else None),
        ""
        if usual is None
        else message("Median of the earlier weeks with running: {km} km.", km=number(usual)),
        message("Spikes: {runs}.", runs="; ".join(runs)) if runs else message("Spikes: none."),
    ]
    return " ".join(part for part in sentences if part)
