"""Weeks as people write them: "KW 41", "2019-W41", "Week 3/2020"."""

import re
from datetime import datetime
from typing import Final

from ingest.readers.sheets.words.folding import without_accents
from ingest.readers.sheets.words.written_dates import full_year

_WEEK: Final = re.compile(
    r"(?:((?:19|20)\d{2})\s*[-/ ]?\s*)?(?:week|wk|w|kw|kalenderwoche|woche|semaine|sem|semana|"
    r"settimana|sett|vecka|v|uke|uge|s)\.?\s*(?:nr|no|n)?\.?\s*(\d{1,2})"
    r"(?:\s*[-/, (]?\s*((?:19|20)\d{2}|\d{2}))?\)?"
)
_BARE_WEEK: Final = re.compile(r"(?:((?:19|20)\d{2})[-/ ])?(\d{1,2})(?:[/ ]((?:19|20)\d{2}))?")


def read_week(text: str, *, bare: bool = False) -> tuple[int | None, int] | None:
    """Return year (None where none is written) and number of a week: "KW 41", "2019-W41".

    Parameters
    ----------
    text : str
        One cell or heading.
    bare : bool
        Whether a mere number is one.

    Examples
    --------
    >>> read_week("KW 41"), read_week("2019-W41"), read_week("Week 3/2020"), read_week("km")
    ((None, 41), (2019, 41), (2020, 3), None)
    """
    folded = without_accents(text)
    match = _WEEK.fullmatch(folded) or (_BARE_WEEK.fullmatch(folded) if bare else None)
    # A mere number is a week only where the caller knows the column to hold weeks.
    if not match or not 1 <= int(match[2]) <= 53:  # ISO weeks
        return None
    year = match[1] or match[3]
    return (full_year(year) if year else None), int(match[2])


def monday_of(year: int, week: int) -> datetime | None:
    """Return the Monday of an ISO week, None where the year has no such week."""
    try:
        return datetime.fromisocalendar(year, week, 1)
    except ValueError:
        return None
