"""From a cell to a day, under the verdict of the file."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.words.serial_days import from_serial, text_serial
from ingest.readers.sheets.words.written_dates import Written, read_written
from ingest.readers.sheets.words.written_weeks import monday_of, read_week
from ingest.records.local_clock import FIRST_YEAR, LAST_YEAR

_SUMMER: Final = 7
"""A season that names two years turns at the end of June."""


class ReadMoment(NamedTuple):
    """What a cell says about a moment.

    Parameters
    ----------
    moment : datetime or None
        Naive local time, midnight where no time is written.
    problem : str
        ambiguous, no_year or unreadable; empty where there is a moment.
    """

    moment: datetime | None = None
    problem: str = ""


class DayReader(NamedTuple):
    """How the dates of a file are read.

    Parameters
    ----------
    day_first : bool or None
        The verdict on the file, None while it is open.
    years : tuple of int
        Years that titles and names tell, for dates without one.
    zone : str
        Time zone of the team: moments that carry another are brought to it; empty where none is
        known.
    """

    day_first: bool | None = None
    years: tuple[int, ...] = ()
    zone: str = "UTC"

    def read(self, cell: Cell) -> ReadMoment:
        """Return the moment of a cell.

        Examples
        --------
        >>> DayReader(day_first=True).read(Cell("t", "04/05/2025")).moment
        datetime.datetime(2025, 5, 4, 0, 0)
        >>> DayReader().read(Cell("t", "04/05/2025")).problem
        'ambiguous'
        """
        # A number under a heading of days is a spreadsheet's count of days.
        if cell.kind == "n":
            serial = from_serial(float(cell.text))
            return _read_moment(serial)
        if serial := text_serial(cell.text):
            return _read_moment(serial)
        written = read_written(cell.text)
        return ReadMoment(problem="unreadable") if written is None else self.settle(written)

    def settle(self, written: Written) -> ReadMoment:
        """Return the moment of a date that was taken apart."""
        if written.is_open and self.day_first is None:
            return ReadMoment(problem="ambiguous")
        month = (
            written.second
            if self.day_first is not False or written.order == "day"
            else written.first
        )
        year = written.year or year_for(self.years, month)
        if year is None:
            return ReadMoment(problem="no_year")
        moment = written.moment(day_first=self.day_first is not False, year=year)
        reading = _read_moment(moment)
        return (
            _read_moment(self._local(reading.moment, written.offset)) if reading.moment else reading
        )

    def week(self, cell: Cell, *, bare: bool) -> ReadMoment:
        """Return the first day of the week that a cell names, by a day or by its number."""
        year_and_week = read_week(cell.text, bare=bare and cell.kind in {"n", "t"})
        if year_and_week is None:
            return self.read(cell)
        # Week 27 begins about the first of July, where a season of two years turns.
        number_of_summer = 27
        year = year_and_week[0] or year_for(
            self.years, _SUMMER if year_and_week[1] >= number_of_summer else 1
        )
        if year is None:
            return ReadMoment(problem="no_year")
        return _read_moment(monday_of(year, year_and_week[1]))

    def _local(self, moment: datetime, offset: int | None) -> datetime:
        # A stamp with a zone of its own is brought to the team's,
        # or evening answers change their day.
        if offset is None or not self.zone:
            return moment
        instant = (moment - timedelta(minutes=offset)).replace(tzinfo=ZoneInfo("UTC"))
        return instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


def _read_moment(moment: datetime | None) -> ReadMoment:
    """Return a moment, or that it is unreadable: a year that no time of ours can hold is, too."""
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return ReadMoment(problem="unreadable")
    return ReadMoment(moment)


def year_for(years: Sequence[int], month: int) -> int | None:
    """Return the year of a month in a year or a season, None where the titles name none or more.

    Examples
    --------
    >>> year_for((2019, 2020), 10), year_for((2019, 2020), 3), year_for((), 3)
    (2019, 2020, None)
    """
    if len(years) == 1:
        return years[0]
    if len(years) == 2 and years[1] == years[0] + 1:  # a season
        return years[0] if month >= _SUMMER else years[1]
    return None
