"""A plan typed on the command line: "Tue 8, Thu 10 hard, Sun 18 long"."""

import re
from typing import Final

import pandas as pd

from common.contracts import conform
from common.errors import StridecastError
from ingest.readers.text.plan_words import distance_of, kind_of, minutes_of

_WEEKDAYS: Final = (
    ("monday", "montag", "lunes", "lundi"),
    ("tuesday", "dienstag", "martes", "mardi"),
    ("wednesday", "mittwoch", "miércoles", "miercoles", "mercredi"),
    ("thursday", "donnerstag", "jueves", "jeudi"),
    ("friday", "freitag", "viernes", "vendredi"),
    ("saturday", "samstag", "sonnabend", "sábado", "sabado", "samedi"),
    ("sunday", "sonntag", "domingo", "dimanche"),
)
_LEAST_LETTERS: Final = 2
_DAY: Final = re.compile(r"^\s*(\d{4}-\d{2}-\d{2}|[^\W\d_]+)\.?\s*:?\s*(.*)$")
_BARE: Final = re.compile(
    r"^(\d+(?:[.,]\d+)?)(?![.,\d])\b(?!\s*(km|k\b|mi|h\b|hr|hour|std|min|m\b|x|'))"
)
_EXAMPLE: Final = (
    'write it as "Tue 8, Thu 10 hard, Sat rest, Sun 18 long": a weekday and kilometres'
)
_MOST_KM: Final = 300.0


def typed_plan(text: str, athlete: str, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the planned sessions of the seven days after a day.

    Parameters
    ----------
    text : str
        Sessions divided by commas or semicolons: weekday or day, kilometres (or `45 min`), kind.
    athlete : str
        Whose they are.
    as_of : pandas.Timestamp
        Day of the forecast; a weekday is the next one after it.

    Returns
    -------
    pandas.DataFrame
        Rows of the `plans` table.

    Raises
    ------
    StridecastError
        If a session names no day of the week ahead, or no length.
    """
    # A comma before a figure is a decimal one: 7,5.
    parts = [part for part in re.split(r"[;,](?!\d)", text) if part.strip()]
    if not parts:
        raise StridecastError("the plan is empty", _EXAMPLE)
    return conform("plans", pd.DataFrame([_session(part, athlete, as_of) for part in parts]))


def _session(text: str, athlete: str, as_of: pd.Timestamp) -> dict[str, object]:
    match = _DAY.match(text)
    day = None if match is None else _day(match.group(1), as_of)
    if match is None or day is None:
        raise StridecastError(f"no day of the week in {text.strip()!r}", _EXAMPLE)
    if not as_of < day <= as_of + pd.Timedelta(days=7):
        raise StridecastError(
            f"{day.date()} is not in the week after {as_of.date()}", "plan its seven days"
        )
    rest = match.group(2).strip()
    (km, minutes), kind = lengths_of(rest), kind_of(rest)
    if kind != "rest" and km is None and minutes is None:
        raise StridecastError(f"no kilometres or minutes in {text.strip()!r}", _EXAMPLE)
    if (km or 0.0) > _MOST_KM:
        raise StridecastError(f"{km:g} km in {text.strip()!r} is no run", _EXAMPLE)
    return {
        "athlete": athlete,
        "date": day,
        "sport": "run",
        "planned_duration_min": minutes,
        "planned_distance_km": km,
        "intensity": kind,
        "known_since": as_of,
        "source": "typed",
    }


def _day(word: str, as_of: pd.Timestamp) -> pd.Timestamp | None:
    """Return the day a word names: ISO, or the next such weekday."""
    if word[0].isdigit():
        day = pd.to_datetime(word, errors="coerce")
        return None if pd.isna(day) else day.as_unit("ns")
    number = weekday_of(word.lower())
    if number is None:
        return None
    # The weekday of the forecast itself is the one in a week: today is no day to plan.
    return as_of + pd.Timedelta(days=(number - as_of.weekday() - 1) % 7 + 1)


def lengths_of(text: str) -> tuple[float | None, float | None]:
    """Return kilometres and minutes that words tell; a number without a unit is kilometres.

    Examples
    --------
    >>> lengths_of("8 easy"), lengths_of("45 min"), lengths_of("6 x 800")
    ((8.0, None), (None, 45.0), (None, None))
    """
    bare = _BARE.match(text)
    km = float(bare.group(1).replace(",", ".")) if bare else distance_of(text)
    return km, minutes_of(text)


def weekday_of(word: str) -> int | None:
    """Return the weekday of which a word is the beginning; None where several or none are.

    Examples
    --------
    >>> weekday_of("mon"), weekday_of("dienstag"), weekday_of("km")
    (0, 1, None)
    """
    if len(word) < _LEAST_LETTERS:
        return None
    weekdays = {
        at for at, names in enumerate(_WEEKDAYS) if any(name.startswith(word) for name in names)
    }
    return weekdays.pop() if len(weekdays) == 1 else _SHORT.get(word)


_SHORT: Final = {"do": 3, "so": 6, "di": 1, "mi": 2, "ma": 1, "sa": 5}
"""Two letters that two languages share: as German writes them, `ma` as Spanish does."""
