"""The day of a recording whose format has no date: it stands in the name of the file or folder."""

import re
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.readers.base import FileRefused, ReadContext
from ingest.records.examination import FIRST_DAY
from ingest.records.local_clock import parse_day

# ISO days only: in the name of a file nothing tells 03-04 from 04-03.
_DAY: Final = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


def day_of(path: Path, context: ReadContext) -> pd.Timestamp:
    """Return the day written last in the path: the file's own before its folders'.

    Raises
    ------
    FileRefused
        If no day stands there, or one outside the data.
    """
    source = context.source(path)
    days = parse_day(pd.Series(_DAY.findall(source), dtype="str")).dropna()
    if days.empty:
        raise FileRefused(
            "no_date",
            "this format does not tell the day; put it into the name of the file or of a folder,"
            " such as r1/2025-11-13/trial.mot",
        )
    day = pd.Timestamp(days.iloc[-1])
    if not FIRST_DAY <= day < context.last_day + pd.Timedelta(days=2):
        raise FileRefused(
            "impossible_date",
            f"the day {day.date()} in the name lies before {FIRST_DAY.year} or after the data end"
            f" on {context.last_day.date()}; correct the name",
        )
    return day
