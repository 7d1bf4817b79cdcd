"""Lists of who is injured or available on one day: people and their state, without a date a row."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.deciding.assigned import LOAD, TIMES, AssignedColumn
from ingest.readers.sheets.deciding.kind import OSTRC, WELLNESS, says_something
from ingest.readers.sheets.words.availability import (
    AWAY,
    FIT,
    are_of_training,
    are_states,
    state_of,
)
from ingest.readers.sheets.words.injury_titles import speaks_of_injuries
from ingest.readers.sheets.words.person_names import PEOPLE

_WHAT: Final = frozenset({"injury", "region", "pain_place", "code"})
_OTHER: Final = TIMES | LOAD | WELLNESS | {*OSTRC, "pain", "mass_kg", "value", "test", "metric"}


def is_state_list(assigned: Sequence[AssignedColumn], around: Sequence[str]) -> bool:
    """Say whether a table without days lists who is injured, or who is available.

    Either nearly all cells of one column are states such as fit, modified and out, and a word or a
    title says that they are of training, or nothing else is told ("ok" and "out" are states of
    kit, too), or cells of a
    column about injuries name body parts; in a file that is called after injuries, such a column
    is enough.
    """
    concepts = {column.concept for column in assigned if column.concept}
    # A table with days, loads or answers is none of one day, whatever words stand in it.
    if concepts & _OTHER or not concepts & PEOPLE:
        return False
    about = speaks_of_injuries(around)
    others = [
        column for column in assigned if column.concept not in PEOPLE and column.column.texts()
    ]
    is_alone = len(others) == 1
    states = any(
        column.concept not in PEOPLE
        and are_states(column.column.texts())
        and (about or _are_of_training(column, around, is_alone=is_alone))
        for column in assigned
    )
    texts = [
        text
        for column in assigned
        if column.concept in _WHAT or _holds_sentences(column)
        for text in column.column.texts()
        if says_something(text)
    ]
    return states or (bool(texts) and (about or _name_places(texts)))


def _are_of_training(column: AssignedColumn, around: Sequence[str], *, is_alone: bool) -> bool:
    titles = (*around, column.column.heading)
    return are_of_training(column.column.texts(), titles, is_alone=is_alone)


def _holds_sentences(column: AssignedColumn) -> bool:
    """Say whether a column headed like a state tells what is wrong: "blessée, genou gauche"."""
    return column.concept == "severity" and not are_states(column.column.texts())


def with_states(assigned: list[AssignedColumn]) -> list[AssignedColumn]:
    """Return the columns with the one of states, whatever its heading, under `severity`.

    One of sentences tells the injury itself, where no other column does.
    """
    if not any(column.concept in _WHAT for column in assigned):
        assigned = [
            replace(column, concept="injury") if _holds_sentences(column) else column
            for column in assigned
        ]
    return [
        replace(column, concept="severity", certain=True)
        # By the cells and not by the heading, which may be "Status", "Ampel" or a date.
        if column.concept not in PEOPLE | _WHAT and are_states(column.column.texts())
        else column
        for column in assigned
    ]


def with_notes_of_injuries(
    assigned: Sequence[AssignedColumn], around: Sequence[str]
) -> list[AssignedColumn] | None:
    """Return a table of people, days and notes as a register, None where it is none.

    In a file that is called after injuries or a physiotherapist, notes that name body parts are
    what a column "Injury" holds elsewhere.
    """
    concepts = {column.concept for column in assigned if column.concept}
    if concepts & (_OTHER - TIMES | _WHAT) or not (concepts & PEOPLE and concepts & TIMES):
        return None
    notes = [
        column for column in assigned if column.concept in {"", "comment"} and column.column.texts()
    ]
    notes_with_places = [column for column in notes if _name_places(column.column.texts())]
    if not notes_with_places or not speaks_of_injuries(around):
        return None
    return [
        replace(column, concept="injury") if column is notes_with_places[0] else column
        for column in assigned
    ]


def _name_places(texts: Sequence[str]) -> bool:
    descriptions = [text for text in texts if state_of(text) not in {FIT, AWAY}]
    placed = sum(read_injury_text(text, {}).region is not None for text in descriptions)
    # Half: remarks such as "see physio" stand among the body parts.
    return bool(placed) and placed >= len(descriptions) / 2
