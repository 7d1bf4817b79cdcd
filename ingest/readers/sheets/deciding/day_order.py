"""Which number is the day: one verdict for a whole file, from evidence only.

Evidence is a number above 12, a weekday, days of one row that only one reading can reconcile, and
weeks that begin on one weekday. Morning and afternoon, the order of the rows and the language of
the headings are none.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ingest.readers.sheets.words.written_dates import Written

_MONTHS: Final = 12
# Two days may fall on one weekday by chance.
_FEWEST_WEEKS: Final = 3


class Pair(NamedTuple):
    """Two dates of one row: the second lies at least `low`, at most `high` days after the first."""

    first: Written
    second: Written
    low: int
    high: int


class Verdict(NamedTuple):
    """Which number is the day.

    Parameters
    ----------
    day_first : bool or None
        None where nothing tells, or the file contradicts itself.
    contradicts : bool
        Whether some dates can only be day first and others only month first.
    """

    day_first: bool | None
    contradicts: bool = False


def verdict_on(
    dates: Sequence[Written], weeks: Sequence[Written] = (), pairs: Sequence[Pair] = ()
) -> Verdict:
    """Return the verdict on a file.

    Parameters
    ----------
    dates : sequence of Written
        All dates of all its columns.
    weeks : sequence of Written
        Those of a column of weeks, which begin on one weekday.
    pairs : sequence of Pair
        Dates of one row that belong together.

    Examples
    --------
    >>> from ingest.readers.sheets.words.written_dates import read_written
    >>> verdict_on([read_written("04/05/2025"), read_written("13/05/2025")]).day_first
    True
    >>> verdict_on([read_written("04/05/2025"), read_written("03/04/2025")]).day_first is None
    True
    """
    loose = [date for date in dates if not date.order]
    votes = {vote for date in loose if (vote := _vote(date)) is not None}
    # A file that contradicts itself was filled in by two habits: neither is taken for all.
    if len(votes) > 1:
        return Verdict(None, contradicts=True)
    if votes:
        return Verdict(votes.pop())
    possible = [way for way in (True, False) if _holds(weeks, pairs, day_first=way)]
    return Verdict(possible[0] if len(possible) == 1 else None)


def _vote(date: Written) -> bool | None:
    if date.first > _MONTHS or date.second > _MONTHS:
        return date.first > _MONTHS
    # Without a year a weekday fits one reading by chance.
    if date.weekday is None or date.year is None or date.first == date.second:
        return None
    fits = [
        way
        for way in (True, False)
        if (moment := date.moment(day_first=way)) and moment.weekday() == date.weekday
    ]
    return fits[0] if len(fits) == 1 else None


def _holds(weeks: Sequence[Written], pairs: Sequence[Pair], *, day_first: bool) -> bool:
    moments = [week.moment(day_first=day_first, year=week.year) for week in weeks if week.year]
    days = {moment.date() for moment in moments if moment}
    if len(days) >= _FEWEST_WEEKS and len({day.weekday() for day in days}) > 1:
        return False
    return all(_reconciled(pair, day_first=day_first) for pair in pairs)


def _reconciled(pair: Pair, *, day_first: bool) -> bool:
    first = pair.first.moment(day_first=day_first, year=pair.first.year)
    second = pair.second.moment(day_first=day_first, year=pair.second.year)
    if first is None or second is None or not (pair.first.year and pair.second.year):
        return True
    return pair.low <= _days_between(first, second) <= pair.high


def _days_between(first: datetime, second: datetime) -> int:
    return (second.date() - first.date()).days
