"""The calibration plot: what was forecast against what happened."""

from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from common.language import message
from common.text.plain_words import number
from reporting.charts.svg import mark, path, picture, px, text

WIDTH: Final = 300
HEIGHT: Final = 312
_LOW, _HIGH, _FLOOR = 48.0, 288.0, 264.0
_STEPS: Final = (0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25)


def calibration_plot(key: str, outcome: str, points: pd.DataFrame) -> Markup:
    """Draw groups of forecasts against the share that came true.

    Parameters
    ----------
    key : str
        Unique on the page.
    outcome : str
        Named in the title; escaped here.
    points : pandas.DataFrame
        predicted, observed, low, high (all 0-1) and rows, one line per group.
    """
    top = _top(points)
    marks = np.linspace(0, top, 5)
    grid = "".join(
        f"M{_LOW:g} {px(_y(m, top))}H{_HIGH:g}M{px(_x(m, top))} {_y(0, top):g}V{_y(top, top):g}"
        for m in marks
    )
    body = Markup("").join(
        [
            path(grid, "grid"),
            # Both axes end at the same share, so that the line of a perfect forecast is the
            # diagonal.
            path(f"M{_x(0, top):g} {_y(0, top):g}L{_x(top, top):g} {_y(top, top):g}", "usual"),
            *_labels(marks, top),
            *_points(points, top),
        ]
    )
    description = "; ".join(
        message(
            "forecast {forecast} %, happened {happened} %",
            forecast=number(100 * predicted),
            happened=number(100 * observed),
        )
        for predicted, observed in zip(points["predicted"], points["observed"], strict=True)
    )
    return picture(
        key,
        message("Forecast and outcome, {outcome}", outcome=outcome),
        f"{description}.",
        (WIDTH, HEIGHT),
        body,
        "calibration",
    )


def _top(points: pd.DataFrame) -> float:
    highest = float(points[["predicted", "observed", "high"]].max().max())
    # Four equal steps, so that all five marks of an axis are round figures.
    return 4 * next((step for step in _STEPS if highest <= 4 * step), 0.25)


def _x(share: float, top: float) -> float:
    # The end of an interval may lie beyond the axis: it stops at the frame.
    return _LOW + min(share / top, 1) * (_HIGH - _LOW)


def _y(share: float, top: float) -> float:
    return _FLOOR - min(share / top, 1) * (_HIGH - _LOW)


def _labels(marks: np.ndarray, top: float) -> list[Markup]:
    across = [text(_x(m, top), _FLOOR + 18, mark(100 * m), "m") for m in marks]
    upward = [text(_LOW - 7, _y(m, top) + 4, mark(100 * m), "e") for m in marks]
    titles = [
        text(168, HEIGHT - 8, message("forecast, %"), "m"),
        text(20, 11, message("happened, %")),
    ]
    return [*across, *upward, *titles]


def _points(points: pd.DataFrame, top: float) -> list[Markup]:
    whiskers = "".join(
        f"M{px(_x(p, top))} {px(_y(low, top))}V{px(_y(high, top))}"
        for p, low, high in zip(points["predicted"], points["low"], points["high"], strict=True)
    )
    dots = "".join(
        f"M{px(_x(p, top))} {px(_y(o, top))}h0"
        for p, o in zip(points["predicted"], points["observed"], strict=True)
    )
    return [path(whiskers, "whisker"), path(dots, "point")]
