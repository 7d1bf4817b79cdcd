"""When an injury began, where no column tells it: in its sentence, else by the day of its list."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.injuries.day_words import SINCE, SURELY_SINCE, UNTIL
from ingest.injuries.entry import InjuryEntry, SettledEntry
from ingest.injuries.recovered import is_recovered
from ingest.injuries.returns import UNITS, days_in_words, may_tell_onset
from ingest.injuries.severity_words import says
from ingest.injuries.text import plain_words, read_injury_text
from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.words.written_dates import (
    BEFORE_DATES,
    Written,
    dates_in,
    is_word_of_date,
    weekday_of,
)

_SINCE: Final = re.compile(rf"\b(?:{SINCE})\s+(.{{2,24}})", re.IGNORECASE)
_SURELY: Final = re.compile(rf"(?:{SURELY_SINCE})\b", re.IGNORECASE)
_LAST: Final = frozenset(
    {
        "the", "last", "this", "letztem", "letzten", "vergangenem", "dem", "le", "la", "dernier",
        "passe", "el", "pasado", "ultimo", "lo", "scorso", "afgelopen", "vorige", "a", "ultima",
        "passada", "i", "forra", "siste", "sidste", "de",
    }
)  # fmt: skip
"""Words beside the weekday since when somebody is hurt."""
_DAYS_AGO: Final = {
    "today": 0, "heute": 0, "hoy": 0, "oggi": 0, "vandaag": 0, "hoje": 0, "idag": 0,
    "yesterday": 1, "gestern": 1, "hier": 1, "ayer": 1, "ieri": 1, "gisteren": 1, "ontem": 1,
    "igar": 1,
}  # fmt: skip
_HARM: Final = re.compile(
    r"\b(?:pain|hurt\w*|injur\w*|sore|strain\w*|sprain\w*|pulled|tore|torn|twist\w*|roll\w*|fell"
    r"|felt|popped|cramp\w*|onset|start\w*|began|first|happen\w*|verletz\w*|schmerz\w*|gezerrt"
    r"|gerissen|umgeknickt|gesturzt|passiert|beginn\w*|erstmals|bless\w*|douleur\w*|debut\w*|tombe\w*"
    r"|lesion\w*|dolor\w*|empez\w*|inicio|torci\w*|infortun\w*|dolore|inizi\w*|cadut\w*"
    r"|geblesseerd|pijn|begon\w*|gevallen|verstuikt|dor|lesao|comec\w*|skad\w*|ont|smart\w*|vondt"
    r"|borja\w*|begynt\w*|startet)\b"
)
"""What makes a date of a remark the day of the injury."""
_UNTIL: Final = re.compile(rf"\b(?:{UNTIL})\b", re.IGNORECASE)
_WELL: Final = re.compile(
    r"(?:\b(?:fit|healthy|cleared|recovered|gesund|run|running|training|trains|runs|lauft"
    r"|trainiert|wieder|dabei|apte|apto|apta|recuperado|recuperada|guarito|hersteld|frisk)|free|frei|libre)"
    r"(?: again| weer| igen| igjen)?$"
    r"|\bback (?:in|to|at|running|training)\b|^back$"
)
"""What stands before "since" where it tells the day of the return."""
_NOT: Final = re.compile(
    r"\b(?:no|not|never|hasn't|isn't|without|kein\w*|nicht|ohne|pas|sans|sin|non|senza|niet|geen"
    r"|nao|sem|ikke|inte|ingen)\b"
)
_AMOUNT: Final = re.compile(
    rf"(?<![\d.])\d+(?:[.,]\d+)?\s*(?:[-\u2013]\s*\d+\s*)?"
    rf"(?=(?:{'|'.join(UNITS.values())}|km|k|mi|miles?|min|minutes|h|hours?|%|kg|x)\b)",
    re.IGNORECASE,
)
"""Lengths: "out 3 weeks" held the 3rd of October, which is "out" in Portuguese."""
_BEFORE_DAYS: Final = frozenset(
    {
        *BEFORE_DATES,
        "since",
        "seit",
        "dem",
        "depuis",
        "le",
        "desde",
        "el",
        "dal",
        "sinds",
        "sedan",
        "siden",
        "from",
        "ab",
        "of",
    }
)
# Half a year: a day without a year in a remark may as well be the coming one.
_NEAR: Final = pd.Timedelta(days=183)
_LONG_AGO: Final = pd.Timedelta(days=330)
"""A day without a year that was longer ago than this is the next one."""
_FEWEST_OTHERS: Final = 3
_YEARS: Final = pd.Timedelta(days=4 * 365)
# No clause ends at a point before a digit: "3. 1. 2025" is one date.
_CLAUSES: Final = re.compile(r"[,;]|\.\s+(?=[^\W\d])")
_ALONE: Final = re.compile(r"\(([^()]{3,14})\)")
_BACK: Final = re.compile(
    r"\b(?:back|return\w*|another|more|wieder|zuruck|noch|weitere|retour|reprise|encore|vuelve|"
    r"vuelta|regres\w*|otras?|rientr\w*|ancora|altre|terug|nog|volta|mais|tillbaka|till|tilbake|"
    r"tilbage|mer)\b"
)


def began(
    texts: list[str], days: DayReader, list_day: pd.Timestamp | None, remark: str = ""
) -> pd.Timestamp | None:
    """Return the day since when somebody is injured, as a sentence tells it.

    A date without a year is the last such day before the day of the list. Of a remark, a date alone
    is no onset ("saw the coach on 4 February") unless its clause tells an injury, or nothing else.

    Examples
    --------
    >>> began(["left knee since 3 Jan"], DayReader(), pd.Timestamp("2025-03-10"))
    Timestamp('2025-01-03 00:00:00')
    >>> began(["left knee, back 20 March"], DayReader(), pd.Timestamp("2025-03-10")) is None
    True
    >>> began(["knee since last Friday"], DayReader(), pd.Timestamp("2025-03-12"))
    Timestamp('2025-03-07 00:00:00')
    """
    # Columns in the order of their weight: what stands under "injury" goes before a remark.
    for text in texts:
        for clue in _clues(_AMOUNT.sub(" ", text), is_remark=text == remark):
            written = dates_in(clue.text)
            day = _day(written[0], days, list_day) if written else None
            if day is not None and not (
                list_day is not None
                and written[0].year is None
                and list_day - day > clue.longest_ago
            ):
                return day
            if not written and clue.is_sure and list_day is not None:
                named = _day_by_name(clue.text, list_day)
                if named is not None:
                    return named
    return None


def _day_by_name(text: str, list_day: pd.Timestamp) -> pd.Timestamp | None:
    """Return the weekday that a text begins with, the last one up to the day of the list."""
    words = [word for word in re.findall(r"[a-z]+", plain_words(text)) if word not in _LAST]
    first = " ".join(words[:1])
    if first in _DAYS_AGO:
        return list_day - pd.Timedelta(days=_DAYS_AGO[first])
    # Portuguese leaves the "-feira" of its weekdays out.
    named = (weekday_of(first), weekday_of(f"{first}-feira"))
    weekday = next((day for day in named if day is not None), None)
    if weekday is None:
        return None
    return list_day - pd.Timedelta(days=(list_day.day_of_week - weekday) % 7)


class _Clue(NamedTuple):
    """Words that may tell the day of onset, and how long ago a day without a year may lie.

    Parameters
    ----------
    text : str
    longest_ago : pandas.Timedelta
    is_sure : bool
        Whether they are said of harm: "from Monday" may be a plan.
    """

    text: str
    longest_ago: pd.Timedelta
    is_sure: bool = False


def _clues(text: str, *, is_remark: bool) -> Iterator[_Clue]:
    """Yield what may tell the day of onset: the surest first; never a return or "until"."""
    clauses = _CLAUSES.split(text)
    for at, clause in enumerate(clauses):
        for match in _SINCE.finditer(clause):
            # "Running again since 3 March" tells a return, and must not begin an injury.
            if not _is_well(clause[: match.start()], is_first=at == 0):
                is_sure = _SURELY.match(match[0]) is not None
                yield _Clue(_UNTIL.split(match[1])[0], _LONG_AGO, is_sure)
    yield from (
        _Clue(alone[1], _NEAR) for alone in _ALONE.finditer(text) if may_tell_onset(alone[1])
    )
    yield from (
        _Clue(clause, _NEAR)
        for clause in clauses
        if may_tell_onset(clause)
        and not is_recovered(without_dates(clause))
        and not (is_remark and not _tells_harm(clause))
        and not _SINCE.search(clause)
        and not _UNTIL.search(plain_words(clause))
    )


def _tells_harm(clause: str) -> bool:
    """Say whether a clause beside a date tells an injury or how it came, or nothing at all."""
    words = plain_words(clause)
    if _HARM.search(words) or says(words, "restricted"):
        return True
    return read_injury_text(clause, {}).region is not None or not any(
        len(word) > 1 and not is_word_of_date(word) and word not in BEFORE_DATES
        for word in re.findall(r"[a-z]+", words)
    )


def without_dates(text: str) -> str:
    """Return plain words without days, months and the small words before them.

    Examples
    --------
    >>> without_dates("felt fine on 6 Mar 2025"), without_dates("wieder gut seit dem 3.2.")
    ('felt fine', 'wieder gut')
    """
    words = [
        word
        for word in plain_words(text).split()
        if not re.fullmatch(r"[\d/-]+(?:st|nd|rd|th)?", word)
    ]
    other_words = [word for word in words if not is_word_of_date(word)]
    while (
        other_words
        and len(other_words) < len(plain_words(text).split())
        and other_words[-1] in _BEFORE_DAYS
    ):
        other_words.pop()
    return " ".join(other_words)


def _is_well(before: str, *, is_first: bool) -> bool:
    """Say whether the words before "since" tell a return; "back since" alone may be the back."""
    words = plain_words(before)
    # "Not fit since" tells an injury, and "back since 3 Jan" at the beginning may be a back that
    # hurts.
    if _NOT.search(words) or (is_first and words == "back"):
        return False
    return bool(_WELL.search(words))


def is_back_by(texts: list[str], days: DayReader, list_day: pd.Timestamp) -> bool:
    """Say whether a sentence tells that somebody was back by the day of the list.

    Examples
    --------
    >>> day = pd.Timestamp("2025-03-10")
    >>> is_back_by(["calf, back in full training since 3 March"], DayReader(), day)
    True
    >>> is_back_by(["calf, back 20 March"], DayReader(), day)
    False
    >>> is_back_by(["right knee", "felt fine on 6 March"], DayReader(), day)
    True
    """
    clauses = [(at, clause) for text in texts for at, clause in enumerate(_CLAUSES.split(text))]
    returns = [clause for _, clause in clauses if is_recovered(without_dates(clause))]
    returns += [
        match[1]
        for at, clause in clauses
        for match in _SINCE.finditer(clause)
        if _is_well(clause[: match.start()], is_first=at == 0)
    ]
    known = [
        _day(written[0], days, list_day) for sentence in returns if (written := dates_in(sentence))
    ]
    # An old return says nothing about the injury for which the person stands on this list.
    return any(day is not None and list_day - day <= _LONG_AGO for day in known)


def without_since(text: str) -> str:
    """Return a sentence without the day since when: it is no day of return.

    Examples
    --------
    >>> without_since("back pain since 3 January, physio")
    'back pain ; physio'
    >>> without_since("out since 3 January until 20 March")
    'out until 20 March'
    >>> without_since("fit again from 20 March")
    'fit again from 20 March'
    """
    return _SINCE.sub(_after_since, text)


def _after_since(match: re.Match[str]) -> str:
    clauses = _CLAUSES.split(match.string[: match.start()])
    if _is_well(clauses[-1], is_first=len(clauses) == 1):
        return match[0]
    until = _UNTIL.search(match[1])
    if until is not None:
        return match[1][until.start() :]
    return " ;".join(["", *match[1].split(",")[1:]]).lstrip()


def _day(written: Written, days: DayReader, list_day: pd.Timestamp | None) -> pd.Timestamp | None:
    if list_day is None:
        moment = days.settle(written).moment
        return None if moment is None else pd.Timestamp(moment).normalize()
    years = [written.year] if written.year else [list_day.year, list_day.year - 1]
    moments = [days._replace(years=(year,)).settle(written).moment for year in years]
    past = [moment for moment in moments if moment is not None and moment <= list_day]
    return pd.Timestamp(past[0]).normalize() if past else None


def still_out(
    entry: InjuryEntry, settled: SettledEntry, list_day: pd.Timestamp | None
) -> SettledEntry:
    """Return a line of a list of a day with a return that does not lie before that day.

    Who stands on the list is not back yet: "since 3 January, back in about 4 weeks" on the 10th of
    March counts from the list; where nothing speaks of being back, the return stays open.
    """
    back = settled.return_date
    # A day of return that is written in its own column is believed, whatever the list says.
    if list_day is None or back is None or back > list_day or entry.return_date is not None:
        return settled
    plain = plain_words(f"{entry.text} ; {entry.remark}")
    spans = [days_in_words(clause) for clause in re.split(r"[,;]", entry.remark or entry.text)]
    known = [span for span in spans if span]
    ahead = list_day + pd.Timedelta(days=known[-1]) if known and _BACK.search(plain) else None
    return settled._replace(return_date=ahead)


def lies_years_before_the_others(onset: pd.Series) -> NDArray[np.bool_]:
    """Say of each day of a register whether it lies years before all of at least three others.

    Examples
    --------
    >>> days = pd.to_datetime(pd.Series(["2015-03-02", "2025-01-10", "2025-02-03", "2024-11-01"]))
    >>> lies_years_before_the_others(days).tolist()
    [True, False, False, False]
    """
    known = onset.dropna().sort_values()
    if len(known) <= _FEWEST_OTHERS:
        return np.zeros(len(onset), dtype=bool)
    alone = pd.Timestamp(known.iloc[1]) - pd.Timestamp(known.iloc[0]) > _YEARS
    first: NDArray[np.bool_] = (onset == known.iloc[0]).to_numpy(dtype=bool)
    return first if alone else np.zeros(len(onset), dtype=bool)
