"""Kilometres a week, from any layout: the exposure of athletes without single sessions."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.sheets.kinds.session import kilometres
from ingest.readers.sheets.remarks.columns import AT, remarks_of
from ingest.readers.sheets.table import PROBLEMS, Part, Table
from ingest.readers.sheets.words.folding import plain
from ingest.records.examination import Columns

_WEEK: Final = pd.Timedelta(days=6)
_MOST_WEEK_KM: Final = 500.0
_LAST_DAY_WORDS: Final = (
    "ending",
    "end",
    "bis",
    "w/e",
    " to",
    " al",
    " au",
    "tot",
    "till",
    "til",
    "ate",
)


def read_weekly_km(table: Table) -> Part:
    """Return one row per athlete and week.

    Columns: athlete, week_start (Monday where the sheet counts weeks from Monday), week_end, km
    (NaN where a word or nothing stands), about, word (a key of
    :data:`ingest.readers.sheets.words.amounts.WORDS`, or empty), text (the cell as written).
    """
    athlete = table.athlete()
    start = _first_days(table)
    table.refuse(start.isna().to_numpy(), "no_week", "no week is written in it")
    ahead = (start > table.context.last_day + pd.Timedelta(days=1)).to_numpy()
    table.refuse(ahead, "future_week", "the week lies after the last day of the data")
    km = kilometres(table, "distance_km", most=_MOST_WEEK_KM)
    amounts = table.numbers("distance_km")
    remarks = remarks_of(table, counted=("distance_km",))
    empty = ~table.sheet.known("distance_km") & ~remarks.tells
    table.refuse(empty, "nothing_answered", "no kilometres are written in it")
    not_understood = amounts.bad & ~remarks.tells
    table.refuse(
        not_understood, "cell_not_understood", "it is neither kilometres nor a known remark"
    )
    wrong = (km < 0) | (km > _MOST_WEEK_KM)
    table.refuse(wrong, "impossible_km", f"expected 0 to {_MOST_WEEK_KM:g} km a week")
    words = [amount.word if amount is not None else "" for amount in amounts.amounts]
    columns: Columns = {
        "athlete": athlete,
        "week_start": start,
        "week_end": start + _WEEK,
        "km": km,
        "about": pd.Series(
            [amount is not None and amount.about for amount in amounts.amounts], index=start.index
        ),
        "word": pd.Series(words, index=start.index, dtype="str"),
        "text": pd.Series(
            [text or None for text in table.texts("distance_km")], index=start.index, dtype="str"
        ),
    }
    frame, account = table.sheet.finish(columns | remarks.column())
    if frame.empty:
        return Part({}, account)
    # A remark on a week is known on its last day; an absence begins with its first.
    from_remarks = remarks.tables(frame.rename(columns={"week_start": "date"}), until="week_end")
    return Part({"weekly_km": frame.drop(columns=AT), **from_remarks}, account)


def _weeks_told_of(times: pd.Series) -> pd.Series:
    """Return the Mondays of the weeks that answers tell of.

    On Monday and Tuesday people tell of the week before, on the other days of the one they are in.
    Mondays without a time of day are typed: they name the week by its first day.
    """
    days: pd.Series = times.dt.normalize()
    known = times.dropna()
    if bool((known == days.dropna()).all() and (known.dt.day_of_week == 0).all()):
        return days
    meant_days = days - pd.to_timedelta(days.dt.day_of_week.isin((0, 1)).astype(int) * 2, unit="D")
    mondays: pd.Series = meant_days - pd.to_timedelta(meant_days.dt.day_of_week, unit="D")
    return mondays


def _first_days(table: Table) -> pd.Series:
    """Return the first day of each week; a day within a week stands for its Monday."""
    name = next(concept for concept in ("week", "date", "stamp") if concept in table.columns)
    moments, problems = table.moments(name)
    times = pd.Series(moments, index=table.sheet.cells.index, dtype="datetime64[ns]")
    days = times.dt.normalize()
    for problem in PROBLEMS:
        bad = np.array([row_problem == problem for row_problem in problems], dtype=bool)
        table.refuse(bad, f"{problem}_week", PROBLEMS[problem])
    if name == "stamp":
        return _weeks_told_of(times)
    heading = f" {plain(table.columns[name].column.heading)}"
    if any(word in heading for word in _LAST_DAY_WORDS):
        # The heading says that the week's last day is written: "week ending".
        return days - _WEEK
    weekdays = set(days.dropna().dt.day_of_week)
    # Weeks that begin on another day keep it, if all do; single days within weeks do not.
    return days if len(weekdays) == 1 else days - pd.to_timedelta(days.dt.day_of_week, unit="D")
