"""The week ahead against its limits: the plan, the load line, and the 10 % rule beside it."""

from typing import Final

from markupsafe import Markup

from common.language import message
from common.text.plain_words import number
from forecasting.planning.outlook import LineOf, Outlook
from reporting.charts.load import ticks
from reporting.charts.svg import mark, path, picture, px, text

WIDTH: Final = 640
HEIGHT: Final = 176
_LEFT, _RIGHT, _FLOOR = 46.0, 620.0, 142.0
_ROWS: Final = (36.0, 98.0)
_BAR: Final = 22.0


def ahead_chart(key: str, name: str, of: Outlook) -> Markup:
    """Draw the longest run and the week of an athlete, in kilometres.

    A bar is the plan, or the usual week; the diamond is the load line with its 90 % range; the
    dashed mark at the week is the 10 % rule.

    Parameters
    ----------
    key : str
        Unique on the page.
    name : str
        Of the athlete; escaped here.
    of : Outlook
        The week ahead.

    Returns
    -------
    markupsafe.Markup
        Inline SVG; nothing where neither a plan nor a usual week is known.
    """
    if of.risk is None:
        return Markup("")
    # One scale for run and week: their lengths are to be compared.
    ends = [of.km, of.longest_km, of.ten_percent_km, *_ends(of.run_line), *_ends(of.week_line)]
    top = ticks(max(ends))[-1]
    run, week = _ROWS
    body = _axis(top)
    body += _row(message("Longest run"), run, of.longest_km, of.run_line, top)
    body += _row(message("Week"), week, of.km, of.week_line, top)
    rule = px(_x(of.ten_percent_km, top))
    body += path(f"M{rule} {px(week - 6)}V{px(week + _BAR + 6)}", "usual")
    title = message("The week ahead of {name}", name=name)
    return picture(key, title, _described(of), (WIDTH, HEIGHT), body, "load")


def _ends(line: LineOf) -> list[float]:
    # An open upper end has no place on the axis; the diamond must still fit.
    return [] if line.km is None else [line.km, line.high or line.km]


def _x(km: float, top: float) -> float:
    return _LEFT + km / top * (_RIGHT - _LEFT)


def _axis(top: float) -> Markup:
    marks = ticks(top)
    lines = path("".join(f"M{px(_x(m, top))} 8V{_FLOOR:g}" for m in marks), "grid")
    labels = [text(_x(m, top), _FLOOR + 18, mark(m), "m") for m in marks]
    return lines + Markup("").join([*labels, text(4, _FLOOR + 18, message("km"))])


def _row(words: str, y: float, km: float, line: LineOf, top: float) -> Markup:
    bar = path(f"M{_LEFT:g} {px(y)}H{px(_x(km, top))}v{_BAR:g}H{_LEFT:g}z", "bar")
    # Above its bar: beside it the words would run into the bar on a phone, where they are larger.
    parts = [text(_LEFT, y - 8, words), bar]
    # No length crosses the band, or all do: there is no line to draw.
    if line.state == "crosses" and line.km is not None:
        middle = y + _BAR / 2
        if line.low is not None and line.high is not None:
            low, high = px(_x(line.low, top)), px(_x(line.high, top))
            parts.append(path(f"M{low} {px(middle)}H{high}", "course"))
        at = px(_x(line.km, top))
        parts.append(path(f"M{at} {px(middle - 8)}l7 8l-7 8l-7-8z", "spike"))
    return Markup("").join(parts)


def _described(of: Outlook) -> str:
    return message(
        "Longest run {run} km, week {week} km; the 10 % rule ends at {rule} km.",
        run=number(of.longest_km), week=number(of.km), rule=number(of.ten_percent_km),
    )  # fmt: skip
