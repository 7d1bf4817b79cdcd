"""Dates as people and form tools write them, taken apart; which number is the day stays open."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from typing import Final, NamedTuple

from babel.dates import get_day_names, get_month_names

from ingest.readers.sheets.synonyms import LANGUAGES
from ingest.readers.sheets.words.folding import without_accents

_TIME: Final = re.compile(
    r"(?<![\d.])(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?)?(?!\d)|(?<![\d.])(\d{1,2})\s*([ap]\.?m\.?)(?!\w)"
)
_DOTTED_TIME: Final = re.compile(r"(?<=\s)(\d{1,2})\.(\d{2})\.(\d{2})$")
_DIGIT: Final = re.compile(r"\d")
_OFFSET: Final = re.compile(
    r"(?:gmt|utc)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?|(?<=\d)([+-])(\d{2}):?(\d{2})$|(?<=\d)(z)$|\b(gmt|utc)\b"
)
_ISO: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/.\s])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_NUMBERS: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2})|"
    r"(?<=\d)(?:\s?[-\u2013]\s?|\.?\s)(?P<year>(?:19|20)\d{2}))?\.?(?!\d)"
)
"""A day and a month; the year behind the same mark, or as Scandinavians write it: `2/1-2026`."""
_SPAN: Final = re.compile(
    r"(?P<day>\d{1,2})\s?(?P<mark>[./])\s?(?:(?P<month>\d{1,2})\s?\.?)?\s?"
    r"(?:-|\u2013|\u2014|bis|to|au|al|tot|till|til|a)\s?"
    r"(?P<last>\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?(?:\d{4}|\d{2}))"
)
_TOKENS: Final = re.compile(r"[a-z]+|\d+")
_FILLERS: Final = frozenset(
    {"st", "nd", "rd", "th", "er", "re", "de", "of", "del", "di", "the", "den"}
)
BEFORE_DATES: Final = frozenset(
    {"am", "ab", "zum", "le", "el", "il", "op", "on", "from", "the", "since", "seit", "den", "ca",
     "c", "vanaf", "dal", "du", "del", "fra", "fran", "per", "about", "etwa", "de", "of", "st",
     "nd", "rd", "th", "er"}
)  # fmt: skip
"""Words beside a date that say nothing of their own."""
_LONGEST: Final = 60
_SHORT_YEAR: Final = 100
_MONTHS: Final = 12
_MORE_MONTHS: Final = {
    "sept": 9,
    "mrz": 3,
    "jun": 6,
    "jul": 7,
    "janv": 1,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
    "dez": 12,
    "okt": 10,
    "mai": 5,
}
_AFTERNOON: Final = "p"


class Written(NamedTuple):
    """A date as written.

    Parameters
    ----------
    year : int or None
        None where none is written.
    first, second : int
        The two other numbers: day and month where `order` is told, else as they stand.
    order : {"day", "month", ""}
        Which of them is the day for certain: `day` the first, `month` the second; empty where
        the writing leaves it open.
    weekday : int or None
        0 is Monday, where a weekday is written.
    clock : tuple of int
        Hour, minute, second; empty without a time.
    offset : int or None
        Minutes ahead of UTC, where the writing says so.
    """

    year: int | None
    first: int
    second: int
    order: str
    weekday: int | None = None
    clock: tuple[int, ...] = ()
    offset: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether both readings are days of the calendar and differ."""
        both = self.first <= _MONTHS and self.second <= _MONTHS and self.first != self.second
        return not self.order and both

    def moment(self, *, day_first: bool, year: int | None = None) -> datetime | None:
        """Return the moment under one reading, None where the calendar has no such day."""
        taken = {"day": True, "month": False, "": day_first}[self.order]
        if not self.order and max(self.first, self.second) > _MONTHS:
            taken = self.first > _MONTHS
        day, month = (self.first, self.second) if taken else (self.second, self.first)
        try:
            hour, minute, second = self.clock or (0, 0, 0)
            return datetime(self.year or year or 0, month, day, hour, minute, second)  # noqa: DTZ001 - local
        except ValueError:
            return None


@lru_cache(maxsize=200_000)
def read_written(text: str) -> Written | None:
    """Take a date apart, None where there is none.

    Examples
    --------
    >>> read_written("03/02/2020")
    Written(year=2020, first=3, second=2, order='', weekday=None, clock=(), offset=None)
    >>> read_written("3. März 2020").moment(day_first=True)
    datetime.datetime(2020, 3, 3, 0, 0)
    >>> read_written("2/1-2026").moment(day_first=False)
    datetime.datetime(2026, 1, 2, 0, 0)
    >>> read_written("2025/05/05 7:03:01 PM GMT+2").clock, read_written("felt odd") is None
    ((19, 3, 1), True)
    """
    bare = without_accents(text)
    if len(bare) > _LONGEST or not any(character.isdigit() for character in bare):
        return None
    offset, rest = _offset(bare)
    clock, rest = _clock(rest)
    written = _iso(rest) or _span(rest) or _numbers(rest) or _named(rest)
    if written is None:
        return None
    return written._replace(weekday=_weekday(rest), clock=clock, offset=offset)


def dates_in(text: str) -> list[Written]:
    """Return the dates that stand in a sentence, in their order.

    Examples
    --------
    >>> [(one.first, one.second) for one in dates_in("4 Wochen, am 30.12. wieder Training")]
    [(30, 12)]
    >>> [(one.year, one.first, one.second) for one in dates_in("Out 21.09.2026")]
    [(2026, 21, 9)]
    """
    bare = without_accents(text)
    places: list[tuple[int, Written]] = []
    for pattern in (_ISO, _NUMBERS):
        for match in pattern.finditer(bare):
            date = _iso(match[0]) or _numbers(match[0])
            if date and not any(at <= match.start() < at + len(match[0]) for at, _ in places):
                places.append((match.start(), date))
                if date.year is not None:
                    # "Out" is October in Portuguese: "Out 21.09.2026" is one day, and in September.
                    bare = f"{bare[: match.start()]}{'|' * len(match[0])}{bare[match.end() :]}"
    places += _all_named(bare)
    return [written for _, written in sorted(places, key=lambda placed: placed[0])]


def _offset(text: str) -> tuple[int | None, str]:
    match = _OFFSET.search(text)
    if not match:
        return None, text
    sign, hours, minutes = (
        (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
    )
    ahead = (int(hours or 0) * 60 + int(minutes or 0)) * (-1 if sign == "-" else 1)
    if match[4] and not re.search(r"\d:\d", text):
        # "3-02-2020" ends like an offset; only a clock can have one.
        return None, text
    return ahead, f"{text[: match.start()]} {text[match.end() :]}"


def _clock(text: str) -> tuple[tuple[int, ...], str]:
    match = _TIME.search(text) or _DOTTED_TIME.search(text)
    # The "7.10.25" of "Di 7.10.25" is a day: a time in dots stands behind one.
    if not match or (match.re is _DOTTED_TIME and not _DIGIT.search(text[: match.start()])):
        return (), text
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if "t" in text[max(0, match.start() - 1) : match.start()]:
        rest = f"{text[: match.start() - 1]} {text[match.end() :]}"
    groups = (*match.groups(), None, None, None)[:6]
    hour = int(groups[0] or groups[4] or 0)
    half = (groups[3] or groups[5] or "").strip() if len(match.groups()) > 3 else ""  # am, pm
    if half:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    minute, second = int(groups[1] or 0), int(groups[2] or 0)
    limits = (24, 60, 60)
    if any(number >= most for number, most in zip((hour, minute, second), limits, strict=True)):
        return (), rest
    return (hour, minute, second), rest


def _iso(text: str) -> Written | None:
    match = _ISO.search(text)
    if match:
        return Written(int(match[1]), int(match[4]), int(match[3]), "day")
    compact = _COMPACT.search(text)
    if compact and int(compact[2]) in range(1, 13) and int(compact[3]) in range(1, 32):
        return Written(int(compact[1]), int(compact[3]), int(compact[2]), "day")
    return None


def _span(text: str) -> Written | None:
    """Return the first day of a span whose year, or month, stands only behind its last day.

    "30.12.-05.01.2025" begins in 2024, "13.-19.01.2025" in January.
    """
    match = _SPAN.fullmatch(text.strip())
    last = _numbers(match["last"]) if match else None
    if not match or last is None or last.year is None:
        return None
    mark, month = match["mark"], match["month"] or str(last.second)
    first = _numbers(f"{match['day']}{mark}{month}{mark}{last.year}")
    if first is None:
        return None
    is_later = (first.second, first.first) > (last.second, last.first)
    if not first.order and (first.first, first.second) > (last.first, last.second):
        # Month first, or open: the year turns only where both readings say so.
        is_later = is_later and first.first > last.first
    return first._replace(year=last.year - is_later)


def _numbers(text: str) -> Written | None:
    match = _NUMBERS.search(text)
    if not match:
        return None
    written_year = match[4] or match["year"]
    year = full_year(written_year) if written_year else None
    first, second = int(match[1]), int(match[3])
    if match[2] == "-" and not match[4]:
        return None  # the "5-6 2025" of weeks, or of two days of April
    # Dots, and a year behind a dash, stand for day first in every country that writes them.
    is_day_first = match[2] == "." or (match[2] == "/" and re.search(r"[-\u2013]", match[0]))
    order = "day" if is_day_first else ""
    # Two numbers above 12 are no day and month, and neither is a nought.
    if max(first, second) > 31 or min(first, second) > _MONTHS or not min(first, second):  # days
        return None
    return Written(year, first, second, order)


def _named(text: str) -> Written | None:
    dates = _all_named(text)
    return dates[0][1] if dates else None


def _all_named(text: str) -> list[tuple[int, Written]]:
    """Return the dates with a month's name, each with the place of the name."""
    tokens = [match for match in _TOKENS.finditer(text) if match[0] not in _FILLERS]
    dates = []
    for at, token in enumerate(tokens):
        month = month_of(token[0]) if token[0].isalpha() else None
        if month is None:
            continue
        before = tokens[at - 1][0] if at and tokens[at - 1][0].isdigit() else ""
        after = [token[0] if token[0].isdigit() else "" for token in tokens[at + 1 : at + 3]]
        after += [""] * (2 - len(after))
        day, year = (before, after[0]) if _is_day(before) else (after[0], after[1])
        if _is_day(day):
            known = full_year(year) if len(year) in {2, 4} and year != day else None
            dates.append((token.start(), Written(known, int(day), month, "day")))
    return dates


def _is_day(text: str) -> bool:
    return text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31  # days


def full_year(year: str) -> int:
    """Return a year of two digits as one of this century."""
    return int(year) + 2000 if int(year) < _SHORT_YEAR else int(year)


def month_of(word: str) -> int | None:
    """Return the month that a word without accents names, or begins to name, in any language."""
    names = _month_names()
    if word in names:
        return names[word]
    starts = {
        number for name, number in names.items() if len(word) > 2 and name.startswith(word)
    }  # letters
    return starts.pop() if len(starts) == 1 else None


def is_word_of_date(word: str) -> bool:
    """Say whether a word is the name of a month or a weekday."""
    return month_of(word) is not None or word in _day_names()


def weekday_of(word: str) -> int | None:
    """Return the weekday (0 is Monday) that a word without accents names in every language."""
    return _day_names().get(word)


def _weekday(text: str) -> int | None:
    words = re.findall(r"[a-z]{2,}", text)
    weekdays = {_day_names()[word] for word in words if word in _day_names()}
    return weekdays.pop() if len(weekdays) == 1 else None


@cache
def _month_names() -> dict[str, int]:
    names = dict(_MORE_MONTHS)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                month_names = get_month_names(width, context, locale=language)
                names |= {
                    without_accents(name).strip("."): int(at) for at, name in month_names.items()
                }
    return names


@cache
def _day_names() -> dict[str, int]:
    """Return weekday names; those that two languages give to different days are left out."""
    named: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated", "short"):
            for at, name in get_day_names(width, "format", locale=language).items():
                named.setdefault(without_accents(name).strip("."), set()).add(int(at))
    months = _month_names()
    return {
        name: days.pop()
        for name, days in named.items()
        if len(days) == 1 and name not in months | {"th": 0} and len(name) > 1
    }


def years_in(texts: Iterable[str]) -> tuple[int, ...]:
    """Return the years that titles name: "2019-20" names two.

    Examples
    --------
    >>> years_in(["Weekly mileage 2019-20"]), years_in(["Kilometer 2025", "x"])
    ((2019, 2020), (2025,))
    """
    years: set[int] = set()
    for text in texts:
        for match in re.finditer(
            r"(?<!\d)((?:19|20)\d{2})(?:\s?[-/\u2013]\s?(\d{4}|\d{2})(?![\d-]))?(?![\d])", text
        ):
            years.add(int(match[1]))
            if match[2] and full_year(match[2]) == int(match[1]) + 1:
                years.add(full_year(match[2]))
    return tuple(sorted(years))
