"""The way back as a curve: the share of those not back yet who are back by each week."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from common.language import message
from reporting.charts.svg import path, picture, px, text

WIDTH: Final = 640
HEIGHT: Final = 190
WEEK_DAYS: Final = 7
_LEFT, _RIGHT, _TOP, _FLOOR = 46.0, 626.0, 30.0, 148.0
_SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LABELS: Final = 8
_SHOWN_SHARE: Final = 0.95
_STEPS: Final = (1, 2, 4, 8, 13, 26)

Point = Sequence[float]


def way_back_chart(key: str, name: str, outlook: Mapping[str, Any]) -> Markup:
    """Draw one athlete's way back.

    Parameters
    ----------
    key : str
        Unique on the page.
    name : str
        Of the athlete; escaped here.
    outlook : mapping
        From :func:`forecasting.returning.outlook.outlooks`: `curve` (day since onset, share back),
        `half_by_days` and `quarter_longer_than_days`.

    Returns
    -------
    markupsafe.Markup
        Inline SVG from today on; the marked days are those by which half and three in four are
        back. Weeks since onset on the axis, never a date.
    """
    points = _shown(outlook["curve"])
    first, last = points[0][0], points[-1][0]
    # Drawn below only where they lie within the curve, which ends when nearly all are back.
    marks = [(outlook["half_by_days"], 0.5), (outlook["quarter_longer_than_days"], 0.75)]

    def x(day: float) -> float:
        return _LEFT + (day - first) / (last - first) * (_RIGHT - _LEFT)

    line = "M" + "L".join(f"{px(x(day))} {px(_y(share))}" for day, share in points)
    drops = "".join(
        f"M{_LEFT:g} {px(_y(share))}H{px(x(day))}V{_FLOOR:g}" for day, share in marks if day < last
    )
    dots = "".join(f"M{px(x(day))} {px(_y(share))}h0" for day, share in marks if day < last)
    body = _axis() + path(drops, "usual") + path(line, "course") + path(dots, "dots")
    weeks = [text(x(week * WEEK_DAYS), _FLOOR + 20, f"{week}", "m") for week in _weeks(first, last)]
    label = text(_LEFT, _FLOOR + 38, message("weeks since onset"))
    title = message("Way back of {name}", name=name)
    described = str(outlook["sentences"]["distribution"])
    body += Markup("").join([*weeks, label])
    return picture(key, title, described, (WIDTH, HEIGHT), body, "load")


def _shown(curve: Sequence[Point]) -> list[Point]:
    """Return the curve up to where nearly all are back."""
    # The last few per cent take months, and would press the weeks that matter together.
    end = next((at for at, (_, share) in enumerate(curve) if share >= _SHOWN_SHARE), len(curve) - 1)
    # At least two points, or there would be no line.
    return list(curve[: max(end, 1) + 1])


def _y(share: float) -> float:
    return _FLOOR - share * (_FLOOR - _TOP)


def _axis() -> Markup:
    lines = path("".join(f"M{_LEFT:g} {px(_y(share))}H{_RIGHT:g}" for share in _SHARES), "grid")
    labels = [text(_LEFT - 7, _y(share) + 4, f"{100 * share:g}", "e") for share in _SHARES]
    return lines + Markup("").join([*labels, text(4, 16, message("back, % of those not back yet"))])


def _weeks(first: float, last: float) -> list[int]:
    """Return whole weeks to label, at most :data:`_LABELS`."""
    span = (last - first) / WEEK_DAYS
    step = next((step for step in _STEPS if span <= step * _LABELS), _STEPS[-1])
    # Rounded up: a label before today would stand left of the axis.
    start = -(-int(first) // WEEK_DAYS)
    return list(range(start, int(last) // WEEK_DAYS + 1, step))
