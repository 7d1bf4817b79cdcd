"""The day of a test: its column, else the one day that title, tab or file name."""

import hashlib
from typing import Final

import pandas as pd

from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.written_dates import dates_in
from ingest.records.rules import Rule

_DAY: Final = Rule("day", needed=False, strict=True)


def days_of_tests(table: Table) -> pd.Series:
    """Return the day of each row; a row without one is refused."""
    name = next(
        (concept for concept in ("date", "stamp", "onset") if concept in table.columns), None
    )
    index = table.sheet.cells.index
    days = table.day(name, _DAY) if name else pd.Series(pd.NaT, index=index, dtype="datetime64[ns]")
    common = day_around(table)
    if common is not None:
        days = days.fillna(common)
    table.refuse(
        days.isna().to_numpy(),
        "no_day",
        "no day of the test is written in it; add a column Date, or the day to the file's name",
    )
    return days


def day_around(table: Table) -> pd.Timestamp | None:
    """Return the one day that the settings, titles, tab or file name; None for none or several."""
    stated = table.settings.days.get(version_of(table), table.settings.day)
    if stated:
        return pd.Timestamp(stated)
    for text in table.around:
        moments = {
            moment
            # Names of files have underlines in place of blanks.
            for written in dates_in(text.replace("_", " "))
            if written.year and (moment := table.days.settle(written).moment)
        }
        if len(moments) == 1:
            return pd.Timestamp(moments.pop()).normalize()
    return None


def version_of(table: Table) -> str:
    """Return the name of what a table holds now: last week's list is another."""
    texts = [text for column in table.block.columns for text in column.texts()]
    return "list_" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]
