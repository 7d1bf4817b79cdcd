"""Numbers and days as people write them, the same in any language setting of the machine."""

from typing import Any, Final

import pandas as pd

TIMES: Final = "\u00d7"
"""The multiplication sign, which looks too much like a letter to be typed."""

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def plain_day(day: Any) -> str:  # noqa: ANN401 - whatever a frame holds as a date
    """Return a day as ``Sun 23 Nov 2025``."""
    stamp = pd.Timestamp(day)
    return f"{_DAYS[stamp.day_of_week]} {stamp.day} {month(stamp)} {stamp.year}"


def plain_date(day: Any) -> str:  # noqa: ANN401 - whatever a frame holds as a date
    """Return a day as ``23 Nov 2025``."""
    return f"{short_day(day)} {pd.Timestamp(day).year}"


def short_day(day: Any) -> str:  # noqa: ANN401 - whatever a frame holds as a date
    """Return a day as ``23 Nov``."""
    stamp = pd.Timestamp(day)
    return f"{stamp.day} {month(stamp)}"


def month(day: Any) -> str:  # noqa: ANN401 - whatever a frame holds as a date
    """Return the month of a day as ``Nov``."""
    return _MONTHS[pd.Timestamp(day).month - 1]


def number(value: float, decimals: int = 1) -> str:
    """Return a number with a fixed count of decimals, without a minus before zero.

    Examples
    --------
    >>> number(-0.01, 1), number(1234.5, 0)
    ('0.0', '1,234')
    """
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text


def amount(value: float, decimals: int, unit: str) -> str:
    """Return a number with its unit, ``18.2 km``."""
    return f"{number(value, decimals)} {unit}".rstrip()


def percent_apart(
    ratio: float, above: str = "above", below: str = "below", level: str = "level with"
) -> str:
    """Say how far a ratio lies from 1, ``38 % above``; `level` if that rounds to 0 %.

    Examples
    --------
    >>> percent_apart(1.38), percent_apart(0.76, "more than", "less than"), percent_apart(1.001)
    ('38 % above', '24 % less than', 'level with')
    """
    percent = round(abs(ratio - 1) * 100)
    if percent == 0:
        return level
    return f"{percent} % {above if ratio > 1 else below}"


def probability_words(probability: float) -> str:
    """Return a probability as a percentage that a reader can hold: ``4.2 %``, ``under 0.1 %``."""
    percent = probability * 100
    if percent < 0.1:  # noqa: PLR2004 - the last digit shown
        return "under 0.1 %"
    return f"{percent:.1f} %" if percent < 9.95 else f"{percent:.0f} %"  # noqa: PLR2004 - two digits


def out_of(probability: float) -> tuple[int, int]:
    """Return a probability as so many of 100, or of 1,000 where a percentage has a decimal.

    It is taken from the percentage as it is shown, so that 6.5 % never stands beside 6 of 100.

    Examples
    --------
    >>> out_of(0.065), out_of(0.04), out_of(0.111), out_of(0.0004)
    ((65, 1000), (4, 100), (11, 100), (0, 1000))
    """
    whole, _, tenth = probability_words(probability).removesuffix(" %").partition(".")
    if not whole.isdigit():
        return 0, 1000
    return (int(whole), 100) if tenth in ("", "0") else (int(whole + tenth), 1000)
