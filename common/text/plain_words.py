"""Numbers and days as people write them in the language spoken, whatever the machine's setting."""

from functools import lru_cache
from typing import Final

import pandas as pd
from babel import Locale

from common.language import ENGLISH, language, message
from common.untyped import Cell

TIMES: Final = "\u00d7"
"""The multiplication sign, which looks too much like a letter to be typed."""

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def plain_day(day: Cell) -> str:
    """Return a day as ``Sun 23 Nov 2025``."""
    stamp = pd.Timestamp(day)
    return message(
        "{weekday} {day} {month} {year}",
        weekday=_short_weekdays()[stamp.day_of_week], day=stamp.day, month=month(stamp),
        year=stamp.year,
    )  # fmt: skip


def plain_date(day: Cell) -> str:
    """Return a day as ``23 Nov 2025``."""
    stamp = pd.Timestamp(day)
    return message("{day} {month} {year}", day=stamp.day, month=month(stamp), year=stamp.year)


def short_day(day: Cell) -> str:
    """Return a day as ``23 Nov``."""
    stamp = pd.Timestamp(day)
    return message("{day} {month}", day=stamp.day, month=month(stamp))


def plain_weekday(number_of_day: int) -> str:
    """Return a weekday's full name, Monday being 0."""
    code = language()
    return _WEEKDAYS[number_of_day] if code == ENGLISH else _names(code, "wide")[number_of_day]


def month(day: Cell) -> str:
    """Return the month of a day as ``Nov``."""
    at, code = pd.Timestamp(day).month, language()
    return _MONTHS[at - 1] if code == ENGLISH else _month_names(code)[at - 1]


def number(value: float, decimals: int = 1) -> str:
    """Return a number with a fixed count of decimals, without a minus before zero.

    Examples
    --------
    >>> number(-0.01, 1), number(1234.5, 0)
    ('0.0', '1,234')
    >>> from common.language import speaking
    >>> with speaking("de"):
    ...     number(1234.5, 1)
    '1.234,5'
    """
    text = f"{value:,.{decimals}f}"
    # A small negative number that rounds to 0 would be shown as -0.0.
    if text.startswith("-") and float(text.replace(",", "")) == 0:
        text = text[1:]
    code = language()
    return text if code == ENGLISH else text.translate(_separators(code))


def amount(value: float, decimals: int, unit: str) -> str:
    """Return a number with its unit, ``18.2 km``."""
    return f"{number(value, decimals)} {unit}".rstrip()


def probability_words(probability: float) -> str:
    """Return a probability as a percentage that a reader can hold: ``4.2 %``, ``under 0.1 %``."""
    digits = percent_digits(probability)
    if not digits:
        return message("under {percent} %", percent=number(0.1))
    return f"{digits if language() == ENGLISH else digits.translate(_separators(language()))} %"


def percent_digits(probability: float) -> str:
    """Return the digits of a percentage as it is shown, with a point; empty below 0.1 %."""
    percent = probability * 100
    if percent < 0.1:  # noqa: PLR2004 - the last digit shown
        return ""
    # Two digits either way: from 9.95 on a decimal would print 10.0.
    return f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"  # noqa: PLR2004 - two digits


def out_of(probability: float) -> tuple[int, int]:
    """Return a probability as so many of 100, or of 1,000 where a percentage has a decimal.

    It is taken from the percentage as it is shown, so that 6.5 % never stands beside 6 of 100.

    Examples
    --------
    >>> out_of(0.065), out_of(0.04), out_of(0.111), out_of(0.0004)
    ((65, 1000), (4, 100), (11, 100), (0, 1000))
    """
    whole, _, tenth = percent_digits(probability).partition(".")
    if not whole:
        return 0, 1000
    return (int(whole), 100) if tenth in ("", "0") else (int(whole + tenth), 1000)


@lru_cache(maxsize=8)
def _separators(code: str) -> dict[int, str]:
    symbols = Locale.parse(code).number_symbols["latn"]
    return str.maketrans({",": str(symbols["group"]), ".": str(symbols["decimal"])})


@lru_cache(maxsize=8)
def _month_names(code: str) -> tuple[str, ...]:
    # Some languages end an abbreviation with a point, which looks like the end of the sentence.
    names = Locale.parse(code).months["format"]["abbreviated"]
    return tuple(str(names[at]).rstrip(".") for at in range(1, 13))


@lru_cache(maxsize=16)
def _names(code: str, width: str) -> tuple[str, ...]:
    names = Locale.parse(code).days["format"][width]
    return tuple(str(names[at]).rstrip(".") for at in range(7))


def _short_weekdays() -> tuple[str, ...]:
    code = language()
    return _DAYS if code == ENGLISH else _names(code, "abbreviated")
