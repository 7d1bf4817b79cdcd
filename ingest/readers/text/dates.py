"""Dates as exports write them in any account language; day and month are settled per file."""

import re
import unicodedata
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.records.local_clock import parse_local

_MONTHS: Final = (
    "jan janv ene gen led tammi sty ocak januari ian янв",
    "feb fevr fev unor helmi lut subat febr февр фев",
    "mar mars marz mrz mrt brez maalis maart мар",
    "apr avr abr dub huhti kwi nis avril апр",
    "may mai mag mei maj maggio kvet touko мая маи",
    "jun juin giu cerven cvn kesa cze haz iun июн",
    "jul juil lug cervenec cvc heina lip tem iul июл",
    "aug aout ago aou srp elo sie ag авг",
    "sep sept set szept zar syys wrz eyl сент сен",
    "oct okt ott out rij loka paz ekim окт",
    "nov marras listop lis kas noi noy ноя",
    "dec dez dic des prosi joulu gru ara дек",
)
# Longest first: červenec (July) begins with červen (June).
_PREFIXES: Final = sorted(
    ((word, number) for number, words in enumerate(_MONTHS, 1) for word in words.split()),
    key=lambda pair: -len(pair[0]),
)
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?")
_TIME_DOTS: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})\.(\d{2})$")
_AFTERNOON: Final = re.compile(r"\bp\.?\s?m\b|下午|午後|오후")
_MORNING: Final = re.compile(r"\ba\.?\s?m\b|上午|午前|오전")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
# A longer cell is a sentence.
_LONGEST: Final = 80
_FIRST_YEAR: Final = 1900
_SHORT_YEAR: Final = 100
_DAYS_MONTHS: Final = 12


class Written(NamedTuple):
    """One date as written: its numbers, and whether day and month may be the other way round."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    swappable: bool


class Clocks(NamedTuple):
    """Naive times of a column, with the rows where the writing could be read two ways."""

    times: pd.Series
    ambiguous: NDArray[np.bool_]
    altered: NDArray[np.bool_]


def read_clocks(
    text: pd.Series, *, stated_day_first: bool | None = None, by_program: bool = False
) -> Clocks:
    """Parse a column of dates with times.

    Dates in slashes do not say which number is the day. The file settles it by a number above 12;
    morning and afternoon tell nothing, for Australia writes them with the day first. If the rows
    contradict one another, or nothing tells, the rows that can be read both ways are marked
    ambiguous and are NaT.

    Parameters
    ----------
    text : pandas.Series
        Cells; null where the file says nothing.
    stated_day_first : bool, optional
        Whether the day stands first, where `dataset.yaml` says so.
    by_program : bool
        Whether a program wrote the rows in order of time: then a reading that breaks the order is
        wrong. The order of a list kept by hand tells nothing.

    Returns
    -------
    Clocks
        Naive times (NaT where unreadable), ambiguous rows, and rows that are not in ISO form.

    Examples
    --------
    >>> read_clocks(pd.Series(["7/4/2020 15:36", "6/26/2020 6:04"])).times[0]
    Timestamp('2020-07-04 15:36:00')
    >>> read_clocks(pd.Series(["7/4/2020 15:36"])).ambiguous[0]
    np.True_
    """
    iso = parse_local(text)
    if not (text.notna().to_numpy() & np.isnat(iso.to_numpy())).any():
        nowhere = np.zeros(len(text), dtype=bool)
        return Clocks(iso, nowhere, nowhere)
    written = [_written(cell) for cell in text]
    day_first = _day_first(written, by_program) if stated_day_first is None else stated_day_first
    times = [_moment(date, day_first=day_first) for date in written]
    ambiguous = [
        date is not None and _both_ways(date) and day_first is None and date.day != date.month
        for date in written
    ]
    return Clocks(
        pd.Series(times, index=text.index, dtype="datetime64[us]"),
        np.array(ambiguous, dtype=bool),
        (iso.isna() & text.notna()).to_numpy(),
    )


def _day_first(written: list[Written | None], by_program: bool) -> bool | None:
    """Say how the file writes slashed dates: day first, month first, or not to be told."""
    slashed = [date for date in written if date is not None and date.swappable]
    month_first = any(date.day > _DAYS_MONTHS for date in slashed)
    day_first = any(date.month > _DAYS_MONTHS for date in slashed)
    if month_first != day_first:
        return day_first
    if month_first:
        return None
    return _order_tells(slashed) if by_program else None


def _order_tells(slashed: list[Written]) -> bool | None:
    fits = [way for way in (True, False) if _in_order([_moment(x, day_first=way) for x in slashed])]
    return fits[0] if len(fits) == 1 else None


def _in_order(times: list[datetime | None]) -> bool:
    known = [time for time in times if time is not None]
    # Programs list the oldest first or the newest.
    return known in (sorted(known), sorted(known, reverse=True))


def _both_ways(date: Written) -> bool:
    return date.swappable and date.day <= _DAYS_MONTHS and date.month <= _DAYS_MONTHS


def _moment(date: Written | None, *, day_first: bool | None) -> datetime | None:
    """Build the time; a swappable date is held month first until the file says otherwise."""
    if date is None:
        return None
    month, day = date.month, date.day
    if date.swappable:
        if day_first is None and _both_ways(date) and day != month:
            return None
        if day_first or (day_first is None and month > _DAYS_MONTHS):
            month, day = day, month
    try:
        return datetime(date.year, month, day, date.hour, date.minute, date.second)  # noqa: DTZ001 - naive by contract
    except (ValueError, OverflowError):
        return None


def _written(cell: object) -> Written | None:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return None
    text = _bare(cell)
    match = _TIME.search(text) or _TIME_DOTS.search(text)
    if match is None:
        return None
    date = text[: match.start()] + " " + text[match.end() :]
    hour = _hour(int(match[1]), text)
    numbers = [int(number) for number in re.findall(r"\d+", date)]
    ordered = _ordered(numbers, _month(date), date)
    if ordered is None:
        return None
    year, month, day, swappable = ordered
    return Written(year, month, day, hour, int(match[2]), int(match[3] or 0), swappable)


def _ordered(numbers: list[int], month: int | None, date: str) -> tuple[int, int, int, bool] | None:
    if month is not None and len(numbers) == 2:  # day and year beside a month's name
        day, year = sorted(numbers)
        return _full(year), month, day, False
    if month is not None or len(numbers) != 3:  # day, month, year
        return None
    first, second, third = numbers
    if first > _FIRST_YEAR:
        return first, second, third, False
    # Points are written where the day comes first.
    if "." in date:
        return _full(third), second, first, False
    return _full(third), first, second, True


def _full(year: int) -> int:
    return year + 2000 if year < _SHORT_YEAR else year


def _hour(hour: int, text: str) -> int:
    if _AFTERNOON.search(text):
        # 12 pm is noon and 12 am midnight.
        return hour % 12 + 12
    return hour % 12 if _MORNING.search(text) else hour


def _month(date: str) -> int | None:
    """Return the month that is named; the last one, since weekdays (mar., maa) come first."""
    month: int | None = None
    for word in re.findall(r"[^\W\d_]{2,}", date):
        month = next((number for prefix, number in _PREFIXES if word.startswith(prefix)), month)
    return month


def _bare(cell: str) -> str:
    """Lower the case and drop the accents, so that März is marz."""
    split = unicodedata.normalize("NFKD", cell.lower())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", split)).strip()
