"""What is on record of one athlete besides the forecast, and what to do about it this week."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from common.language import message
from common.text.plain_words import number, short_day
from forecasting.reasons.what_to_do import Lever, what_to_do
from forecasting.scoring.figures import plain_figures
from reporting.context import PageContext
from reporting.languages.plain_rows import Rows, rows_by_athlete


@dataclass(frozen=True)
class OwnRecords:
    """One athlete's figures, lever, sessions to check, and tests of strength and gait."""

    figures: Mapping[str, Any] | None
    to_do: Lever
    to_check: Rows
    measured: Rows


def own_records(context: PageContext) -> dict[str, OwnRecords]:
    """Return every scored or listed athlete's records, by pseudonym."""
    figures = {} if context.figures is None else plain_figures(context.figures)
    daily = context.daily_load
    days = rows_by_athlete(daily.assign(days_ago=(context.as_of - daily["date"]).dt.days))
    to_check = rows_by_athlete(_frame(context.to_check))
    strength = rows_by_athlete(_frame(context.strength))
    tests = rows_by_athlete(_frame(context.measured))
    back = _back_lines(context.scores)
    return {
        athlete: OwnRecords(
            figures.get(athlete),
            what_to_do(
                days[athlete],
                context.complaints.get(athlete, ()),
                strength[athlete],
                context.as_of,
                back.get(athlete, ""),
            ),
            to_check[athlete],
            tests[athlete],
        )
        for athlete in context.scores["athlete"].astype(str).unique()
    }


def _back_lines(scores: pd.DataFrame) -> dict[str, str]:
    """Return what holds in the first weeks after an injury; scores of older weeks lack it."""
    if "back_line" not in scores:
        return {}
    return {
        str(athlete): str(line)
        for athlete, line in zip(scores["athlete"], scores["back_line"], strict=True)
    }


PUT_RIGHT: Final = "minutes_from_answer"
"""Why a session counts with what somebody typed: it calls for a look, not for an answer."""


def to_check_words(rows: Rows, name: str) -> tuple[str, ...]:
    """Return a line for each session that calls for a question, with the file to open.

    Parameters
    ----------
    rows : sequence of mapping
        One athlete's sessions.
    name : str
        What the athlete is called on the page; it takes the place of the code in a file's name.
    """
    # What was put right already needs no answer: mixed in, it would hide the real questions.
    return tuple(_to_check(row, name) for row in rows if row["reason"] != PUT_RIGHT)


def put_right_words(rows: Rows, name: str) -> tuple[str, ...]:
    """Return a line for each session that counts with the minutes that were typed."""
    return tuple(_to_check(row, name) for row in rows if row["reason"] == PUT_RIGHT)


def _to_check(row: Mapping[str, Any], name: str) -> str:
    # The table has the code in the file's name; the reader looks for the name.
    file = str(row["file"]).replace(str(row["athlete"]), name)
    place = file if pd.isna(row["row"]) else f"{file}, {row['row']}"
    reasons = {
        "watch_left_on": message("was the watch left on?"),
        "impossible_speed": message("too fast for a run: is it a ride, or is the distance wrong?"),
        "overlaps_another": message("it overlaps another session: whose is it?"),
        "too_long_a_day": message("more than 16 hours on one day: is it one person?"),
        "distance_lost": message("the distance was lost: how far was it?"),
        "minutes_from_answer": message("the watch was left on: the typed minutes count instead."),
    }
    return message(
        "{day}: {km} km in {minutes} min: {question} ({place})",
        day=short_day(row["date"]),
        # Unknown is never 0: a run of 0 km would be a different fault from one without distance.
        km="?" if pd.isna(row["km"]) else number(row["km"]),
        minutes="?" if pd.isna(row["minutes"]) else number(row["minutes"], 0),
        # A reason that is new to this list is shown by its code: a session must not go unasked.
        question=reasons.get(str(row["reason"]), str(row["reason"]).replace("_", " ")),
        place=place,
    )


def _frame(frame: pd.DataFrame | None) -> pd.DataFrame:
    return pd.DataFrame() if frame is None else frame
