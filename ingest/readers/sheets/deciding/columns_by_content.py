"""Columns whose cells say what their headings leave open: injuries, members' numbers, returns."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.deciding.assigned import DURATIONS, TIMES, AssignedColumn
from ingest.readers.sheets.opening.block import Column
from ingest.readers.sheets.opening.heading_rows import NUMBERS_OF_PEOPLE, SHIRTS, is_time
from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.answers_of_pain import NO, YES
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import meanings_of
from ingest.readers.sheets.words.person_names import PEOPLE

_INJURY: Final = frozenset({"injury", "region", "code"})
_OUT: Final = frozenset({"return", "days_lost"})
_AGAIN: Final = re.compile(
    r"\b(?:again|resum\w+|restart\w*|wieder|weer|herv\w+|herstart\w*|repris|reprend\w*|"
    r"de nuevo|nuevamente|di nuovo|riprend\w*|ripres\w*|de novo|retom\w*|igen|igjen|ater\w*)\b"
)
"""Words for running once more, over the day from which somebody did."""
_CLOCK: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:(?::\d{2}){1,2}\s*(?P<half>[ap]\.?\s?m\.?)?|\s*(?P<bare>[ap]\.?m\.?))"
)
_PARTS: Final = re.compile(
    r"\b(?:warm\s?up|warming|cool\s?down|rest|recovery|pauses?|breaks?|drills|strides|"
    r"einlaufen|auslaufen|aufwarm\w*|cooldown|echauff\w*|calent\w*|riscald\w*|inlop\w*|"
    r"uitlop\w*|aquec\w*|uppvarm\w*|nedvarv\w*|oppvarm\w*|opvarm\w*|pausen?)\b"
)
"""Words for the parts of a session that has a length of its own."""
_MINUTES_AND_SECONDS: Final = re.compile(r"(?:0?[5-9]|1\d|2[0-3]):\d{2}")
_OF_HEALTH: Final = re.compile(
    r"etat|zustand|gesundheit|sante|estado|salud|stato|salute|saude|gezondheid|halsa|helse|helbred"
    r"|health"
)
_HOURS: Final = 24
_LONGEST_RUN_H: Final = 5
_MOSTLY: Final = 0.8


def with_return(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column of days for the return where its heading says "again" in an injury list.

    "Weer gestart" and "Wieder gelaufen" are known as no spelling of it. Days under another heading
    (a scan, the next appointment) stay unread.
    """
    concepts = {column.concept for column in assigned}
    # Only in an injury list without a return: elsewhere "again" stands over anything.
    if not concepts & _INJURY or not concepts & TIMES or concepts & _OUT:
        return list(assigned)
    again = [column for column in assigned if _says_again(column)]
    return _renamed(assigned, again, "return")


def with_clock(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column "Time" for the time of day where it holds such, and another for the length.

    "6:30pm" is no length of a run, and beside "Minutes" 18:30 is none; alone it may be one, and
    beside the minutes of warming up, or another length written with a colon, it is one.
    """
    lengths = [
        replace(column, concept=meaning.concept, certain=meaning.certain, unit=meaning.unit)
        for column in assigned
        if not column.concept
        for meaning in meanings_of(column.column.heading)[:1]
        if meaning.concept in DURATIONS and not _PARTS.search(plain(column.column.heading))
    ]
    # A second column that could be times of day proves nothing about the first.
    whole_day = len(lengths) == 1 and not _could_be_clocks(lengths[0].column)
    times = [
        column
        for column in assigned
        if column.concept == "duration_min" and _are_clocks(column.column, whole_day=whole_day)
    ]
    if len(times) != 1 or any(column.concept == "time" for column in assigned):
        return list(assigned)
    moved = _renamed(assigned, times, "time")
    if len(lengths) != 1:
        return moved
    return [lengths[0] if column.column is lengths[0].column else column for column in moved]


def _could_be_clocks(column: Column) -> bool:
    """Say whether a length is written so that it could be a time of day as well: "22:10"."""
    clocks = [text for text in column.texts() if _MINUTES_AND_SECONDS.fullmatch(text.strip())]
    return bool(clocks) and len(clocks) >= _MOSTLY * len(column.texts())


def _are_clocks(column: Column, *, whole_day: bool) -> bool:
    """Say whether most cells are times of day: am and pm, or hours that no run lasts."""
    matches = [
        match for text in column.texts() if (match := _CLOCK.fullmatch(text.strip().lower()))
    ]
    clocks = [
        clock
        for clock in matches
        if clock["half"]
        or clock["bare"]
        or (whole_day and _LONGEST_RUN_H <= int(clock["hour"]) < _HOURS)
    ]
    return bool(clocks) and len(clocks) >= _MOSTLY * len(column.texts())


def _says_again(column: AssignedColumn) -> bool:
    is_open = not column.certain and column.concept in {"", "sport", "comment"}
    dated = any(cell is not None and is_time(cell) for cell in column.column.cells)
    return is_open and dated and _AGAIN.search(plain(column.column.heading)) is not None


def with_injuries(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column whose cells name parts of the body for the injuries of a list of absences.

    "Reason" and "Grund" may stand above holidays too, so their cells have to say it.
    """
    concepts = {column.concept for column in assigned}
    if concepts & _INJURY or not concepts & {"onset", "return"} or not concepts & PEOPLE:
        return list(assigned)
    named = [
        column for column in assigned if not column.concept and _names_body_parts(column.column)
    ]
    return _renamed(assigned, named, "injury")


def with_injured_or_not(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Take "Injured?" of a form for a question, not for a day, where yes and no answer it."""
    concepts = {column.concept for column in assigned}
    if "injury" in concepts or "stamp" not in concepts:
        return list(assigned)
    asked = [
        column for column in assigned if column.concept == "onset" and _is_answered(column.column)
    ]
    return _renamed(assigned, asked, "injury")


def _is_answered(column: Column) -> bool:
    """Say whether every cell begins with yes or no."""
    firsts = [plain(text).split()[:1] for text in column.texts()]
    return bool(firsts) and all(first and first[0] in YES | NO for first in firsts)


def _names_body_parts(column: Column) -> bool:
    texts = column.texts()
    regions = [text for text in texts if read_injury_text(text, {}).region]
    return bool(regions) and len(regions) >= len(texts) / 2


def without_ratings(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Leave a column of numbers headed "Health" or "Zustand" open: a rating is no state."""
    ratings = [
        column for column in assigned if column.concept == "severity" and _is_rating(column.column)
    ]
    return _renamed(assigned, ratings, "")


def _is_rating(column: Column) -> bool:
    amounts = [read_amount(text) for text in column.texts()]
    numbers = sum(amount is not None and amount.value is not None for amount in amounts)
    of_health = _OF_HEALTH.match(plain(column.heading)) is not None
    return of_health and bool(amounts) and numbers >= _MOSTLY * len(amounts)


def with_member_numbers(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column of numbers for those of members, where nothing else can tell people.

    It is headed "No." in a list of names without any day, or "Jersey" in a form without names.
    Running numbers (1, 2, 3 ...) of a list count its lines and are nobody's.
    """
    concepts = {column.concept for column in assigned}
    if "member_no" in concepts or bool(concepts & PEOPLE) == bool(concepts & TIMES):
        return list(assigned)
    # Either people or days, but not both: then the number is what
    # tells people, or what the list adds.
    is_list = bool(concepts & PEOPLE)
    words = NUMBERS_OF_PEOPLE | SHIRTS if is_list else SHIRTS
    numbers = [
        column
        for column in assigned
        if not column.certain
        and plain(column.column.heading) in words
        and _are_numbers(column.column, once_each=is_list)
    ]
    return _renamed(assigned, numbers, "member_no")


def _are_numbers(column: Column, *, once_each: bool) -> bool:
    texts = [text.strip().removesuffix(".0").lstrip("#") for text in column.texts()]
    if not texts or not all(text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    running = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return not once_each or (len(set(numbers)) == len(numbers) and not running)


def _renamed(
    assigned: Sequence[AssignedColumn], candidates: Sequence[AssignedColumn], concept: str
) -> list[AssignedColumn]:
    """Return the columns with the only one found as a concept; of two neither is."""
    # Of two columns that could be meant neither is taken: nothing is guessed.
    if len(candidates) != 1:
        return list(assigned)
    return [
        replace(column, concept=concept) if column is candidates[0] else column
        for column in assigned
    ]
