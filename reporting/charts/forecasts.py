"""The forecast chart: an athlete's weekly forecasts, and what followed each."""

from typing import Final

import pandas as pd
from markupsafe import Markup

from common.language import message
from common.text.plain_words import number, plain_day, short_day
from reporting.charts.load import ticks
from reporting.charts.svg import mark, path, picture, px, text
from reporting.languages.plain_rows import Row, Rows

WIDTH: Final = 640
HEIGHT: Final = 200
SHOWN_WEEKS: Final = 26
_LEFT, _RIGHT, _TOP, _FLOOR = 46.0, 626.0, 30.0, 166.0
_LABELS: Final = 6


def forecast_chart(key: str, name: str, forecasts: Rows, base_rate: float) -> Markup:
    """Draw one athlete's forecasts of one outcome.

    Parameters
    ----------
    key : str
        Unique on the page.
    name : str
        Of the athlete; escaped here.
    forecasts : sequence of mappings
        as_of, probability (0-1, null where not scored) and event (1, 0 or nan while unknown).
    base_rate : float
        Drawn as a dashed line.

    Returns
    -------
    markupsafe.Markup
        Inline SVG, or nothing for fewer than two forecasts.
    """
    known = sorted((r for r in forecasts if pd.notna(r["probability"])), key=lambda r: r["as_of"])
    shown = known[-SHOWN_WEEKS:]
    if len(shown) < 2:  # one point is no history
        return Markup("")
    top = ticks(max([100 * base_rate, *(100 * row["probability"] for row in shown)]))[-1]
    body = _axis(top) + _base(base_rate, top) + _points(shown, top) + _days(shown)
    title = message("Forecasts of {name}, {weeks} weeks", name=name, weeks=len(shown))
    return picture(key, title, _describe(shown), (WIDTH, HEIGHT), body, "load")


def _x(day: pd.Timestamp, shown: Rows) -> float:
    first, last = shown[0]["as_of"], shown[-1]["as_of"]
    share = float((day - first) / (last - first))
    return _LEFT + 10 + share * (_RIGHT - _LEFT - 20)


def _y(percent: float, top: float) -> float:
    return _FLOOR - percent / top * (_FLOOR - _TOP)


def _axis(top: float) -> Markup:
    marks = ticks(top)
    lines = path("".join(f"M{_LEFT:g} {px(_y(m, top))}H{_RIGHT:g}" for m in marks), "grid")
    labels = [text(_LEFT - 7, _y(m, top) + 4, mark(m), "e") for m in marks]
    return lines + Markup("").join([*labels, text(4, 16, message("forecast, %"))])


def _base(base_rate: float, top: float) -> Markup:
    return path(f"M{_LEFT:g} {px(_y(100 * base_rate, top))}H{_RIGHT:g}", "usual")


def _points(shown: Rows, top: float) -> Markup:
    """Dots where no injury followed, diamonds where one did, rings where nobody knows yet."""
    at = [(px(_x(r["as_of"], shown)), _y(100 * r["probability"], top), r["event"]) for r in shown]
    line = "M" + "L".join(f"{x} {px(y)}" for x, y, _ in at)
    dots = "".join(f"M{x} {px(y)}h0" for x, y, event in at if event == 0)
    rings = "".join(f"M{x} {px(y - 4)}a4 4 0 1 1-.1 0z" for x, y, event in at if pd.isna(event))
    hurt = "".join(f"M{x} {px(y - 8)}l7 8l-7 8l-7-8z" for x, y, event in at if event == 1)
    parts = [("course", line), ("dots", dots), ("ring", rings), ("spike", hurt)]
    return Markup("").join(path(data, css) for css, data in parts)


def _days(shown: Rows) -> Markup:
    step = max(1, -(-len(shown) // _LABELS))
    # Counted from the end, so that the latest week always has its day.
    return Markup("").join(
        text(
            # Right-aligned there: centred on the last point the day would be cut off at the edge.
            _RIGHT + 12 if row is shown[-1] else _x(row["as_of"], shown),
            _FLOOR + 22,
            short_day(row["as_of"]),
            "e" if row is shown[-1] else "m",
        )
        for row in shown[::-1][::step]
    )


def _describe(shown: Rows) -> str:
    hurt = [_point_words(row) for row in shown if row["event"] == 1]
    return message(
        "Latest: {last}. Followed by a new injury: {hurt}.",
        last=_point_words(shown[-1]), hurt="; ".join(hurt) or message("none"),
    )  # fmt: skip


def _point_words(row: Row) -> str:
    return message(
        "{percent} % on {day}",
        percent=number(100 * row["probability"]), day=plain_day(row["as_of"]),
    )  # fmt: skip
