"""Apple Health's times, "2025-01-14 12:35:13 +0900": seconds, day and clock without a parser."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

LENGTH: Final = len("2025-01-14 12:35:13 +0900")
# Cut out by place: an export holds millions of times, and a parser of dates is slow.
_MINUTE: Final = slice(14, 16)
_SECOND: Final = slice(17, 19)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def seconds(text: str) -> float:
    """Return Unix seconds.

    Raises
    ------
    ValueError
        If the text has another form.

    Examples
    --------
    >>> seconds("1970-01-01 09:00:01 +0900")
    1.0
    """
    if len(text) != LENGTH:
        raise ValueError(f"no time: {text!r}")
    return _hour(text[:13], text[20:]) + int(text[_MINUTE]) * 60 + int(text[_SECOND])


def hour_of_day(text: str) -> int:
    """Return the hour on the wall clock."""
    return int(text[11:13])


@lru_cache(maxsize=4096)
def _hour(hour: str, offset: str) -> float:
    """Return Unix seconds of a full hour; samples of one hour come together."""
    moment = datetime.strptime(f"{hour} {offset}", "%Y-%m-%d %H %z")
    return (moment - _EPOCH).total_seconds()
