"""The season chart: new injuries of each week, those on the list filled, and what was expected."""

from collections.abc import Sequence
from math import ceil
from typing import Final

import pandas as pd
from markupsafe import Markup

from common.language import message
from common.text.plain_words import month, number
from reporting.charts.svg import path, picture, px, text

WIDTH: Final = 720
HEIGHT: Final = 210
_LEFT, _RIGHT, _TOP, _FLOOR = 34.0, 716.0, 12.0, 180.0


def season_chart(weeks: pd.DataFrame) -> Markup:
    """Draw a season.

    Parameters
    ----------
    weeks : pandas.DataFrame
        date, injuries, injuries_flagged, expected; one line per week, rising.
    """
    # A multiple of four, so that the four lines of the grid stand at whole injuries.
    top = max(4, ceil(max(weeks["injuries"].max(), weeks["expected"].max()) / 4) * 4)
    step = (_RIGHT - _LEFT) / len(weeks)
    body = Markup("").join(
        [
            path(
                "".join(f"M{_LEFT:g} {px(_y(top * k / 4, top))}H{_RIGHT:g}" for k in range(5)),
                "grid",
            ),
            *[text(_LEFT - 6, _y(top * k / 4, top) + 4, f"{top * k // 4}", "e") for k in range(5)],
            path(_bars(weeks["injuries"], step, top), "bar"),
            # Drawn over the bar of all injuries: what stays uncovered is what the list missed.
            path(_bars(weeks["injuries_flagged"], step, top), "now"),
            path(_line(weeks["expected"], step, top), "usual"),
            *_months(weeks["date"], step),
        ]
    )
    description = message(
        "{injuries} new injuries, {listed} of them on the week's list; {expected} were expected.",
        injuries=int(weeks["injuries"].sum()), listed=int(weeks["injuries_flagged"].sum()),
        expected=number(float(weeks["expected"].sum()), 0),
    )  # fmt: skip
    return picture(
        "season", message("New injuries week by week"), description, (WIDTH, HEIGHT), body, "load"
    )


def _y(count: float, top: float) -> float:
    return _FLOOR - count / top * (_FLOOR - _TOP)


def _bars(counts: Sequence[int] | pd.Series, step: float, top: float) -> str:
    width = px(0.72 * step)
    lefts = [px(_LEFT + (week + 0.14) * step) for week in range(len(counts))]
    return "".join(
        f"M{left} {_FLOOR:g}V{px(_y(float(n), top))}h{width}V{_FLOOR:g}z"
        for left, n in zip(lefts, counts, strict=True)
        if n
    )


def _line(expected: pd.Series, step: float, top: float) -> str:
    points = [
        f"{px(_LEFT + (week + 0.5) * step)} {px(_y(float(n), top))}"
        for week, n in enumerate(expected)
    ]
    return "M" + "L".join(points)


def _months(dates: pd.Series, step: float) -> list[Markup]:
    names = [month(day) for day in dates]
    return [
        text(_LEFT + (week + 0.5) * step, _FLOOR + 18, name)
        for week, name in enumerate(names)
        # One label per month: fifty-two dates would run into each other on a phone.
        if week == 0 or name != names[week - 1]
    ]
