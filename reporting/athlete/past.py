"""An athlete's earlier forecasts as the page shows them: the change, the usual, what was done."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from common.language import message
from common.text.plain_words import TIMES, number, plain_day, probability_words, short_day
from reporting.languages.plain_rows import Row, Rows

_LEVEL: Final = 0.0005
"""A smaller change is none: it would be told as 0.0 points."""


@dataclass(frozen=True)
class PastView:
    """How a forecast stands beside the athlete's earlier ones; texts are empty where unknown."""

    change: float | None
    change_words: str
    change_since: str
    ratio: float | None
    ratio_words: str
    usual: str


NOTHING: Final = PastView(None, "", "", None, "", "")


def past_view(row: Row | None) -> PastView:
    """Return the comparison of one forecast.

    Parameters
    ----------
    row : mapping or None
        A row of :func:`forecasting.scoring.comparison.compare`.
    """
    if row is None:
        return NOTHING
    has_change, has_usual = pd.notna(row["change"]), pd.notna(row["ratio_to_usual"])
    weeks = int(row["usual_weeks"])
    return PastView(
        change=float(row["change"]) if has_change else None,
        change_words=_change_words(row["change"]) if has_change else "",
        change_since=(
            message("since {day}", day=short_day(row["previous_as_of"])) if has_change else ""
        ),
        ratio=float(row["ratio_to_usual"]) if has_usual else None,
        ratio_words=f"{number(row['ratio_to_usual'])} {TIMES}" if has_usual else "",
        usual=(
            message(
                "{usual}, median of {weeks} weeks",
                usual=probability_words(row["usual"]),
                weeks=weeks,
            )
            if has_usual
            else ""
        ),
    )


def _change_words(change: float) -> str:
    """Return a change in percentage points with an arrow, which hue alone would not tell."""
    if abs(change) < _LEVEL:
        return message("no change")
    arrow, sign = ("\u25b2", "+") if change > 0 else ("\u25bc", "\u2212")
    return message("{change} points", change=f"{arrow} {sign}{number(100 * abs(change))}")


def done_words(actions: Rows) -> tuple[str, ...]:
    """Return what was done, with its day, the latest first."""
    # The latest action is the one that this week's forecast may already show.
    ordered = sorted(actions, key=lambda row: row["date"], reverse=True)
    return tuple(f"{plain_day(row['date'])}: {row['did']}" for row in ordered)
