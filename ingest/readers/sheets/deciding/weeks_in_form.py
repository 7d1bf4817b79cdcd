"""A form that asks for the kilometres of a week: they are the week's, and no single run's."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.readers.sheets.deciding.assigned import LOAD, AssignedColumn, by_concept
from ingest.readers.sheets.deciding.candidate import Candidate
from ingest.readers.sheets.deciding.columns import NOT_READ
from ingest.readers.sheets.deciding.kind import FORM, OSTRC, WELLNESS
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.person_names import PEOPLE

_WEEKLY: Final = re.compile(
    r"\b(?:week\w*|woch\w*|semain\w*|hebdo\w*|seman\w*|settiman\w*|veck\w*|uke\w*|uge\w*|ugentlig\w*"
    r"|(?:7|seven|sieben|sept|siete|sette|zeven|sete|sju|syv) "
    r"(?:days|tage\w*|jours|dias|giorni|dagen|dagar|dager|dage))\b"
)
_CONTENT: Final = frozenset(
    {
        *WELLNESS,
        *LOAD,
        *OSTRC,
        "ostrc_score",
        "pain",
        "pain_place",
        "injury",
        "mass_kg",
        "rpe",
        "sport",
    }
)
ANSWERED: Final = "stamp"
"""What the day of an answer is called in such a table: its week is the one that it tells of."""


def by_weeks(candidate: Candidate) -> list[Candidate]:
    """Return a form without what it asks for a whole week, and the week's kilometres apart.

    Hours of a week are left without a meaning, and so are told as not read.
    """
    if candidate.block is not candidate.source_block:
        # Of a table with people or days across the title alone speaks of a week.
        return [candidate]
    weekly = [a for a in candidate.assigned if a.concept in LOAD and _is_weekly(a)]
    concepts = by_concept(candidate.assigned)
    if candidate.kind != FORM or not weekly or not {"date", "stamp"} & concepts.keys():
        return [candidate]
    km = next((a for a in weekly if a.concept == "distance_km"), None)
    rest = [
        replace(a, concept=NOT_READ if a is km else "") if a in weekly else a
        for a in candidate.assigned
    ]
    forms = [replace(candidate, assigned=rest)] if _CONTENT & {a.concept for a in rest} else []
    # Without a form of the rest nobody else would tell what is not read.
    return forms if km is None else [*forms, _weeks(candidate, km, NOT_READ if forms else "")]


def asks_about_weeks(assigned: Sequence[AssignedColumn]) -> bool:
    """Say whether most of a form's questions on wellness ask about a week: "tired this week?".

    A form that tells sessions tells of their days.
    """
    items = [column for column in assigned if column.concept in WELLNESS]
    tells_sessions = any(column.concept in LOAD for column in assigned)
    return bool(items) and not tells_sessions and sum(map(_is_weekly, items)) > len(items) / 2


def _is_weekly(assigned: AssignedColumn) -> bool:
    return bool(_WEEKLY.search(plain(assigned.column.heading)))


def _weeks(candidate: Candidate, km: AssignedColumn, others: str) -> Candidate:
    """Return the rows that tell kilometres, with people, the day of the answer, and these alone."""
    concepts = by_concept(candidate.assigned)
    day = concepts.get("date") or concepts["stamp"]
    rows = [at for at, cell in enumerate(km.column.cells) if cell is not None]
    assigned = []
    for a in candidate.assigned:
        is_needed = a is km or a.concept in PEOPLE
        # Only these three: other answers belong to the form and would be read twice.
        concept = ANSWERED if a is day else a.concept if is_needed else others
        cells = [a.column.cells[at] for at in rows]
        assigned.append(replace(a, concept=concept, column=replace(a.column, cells=cells)))
    block = replace(
        candidate.block,
        columns=[a.column for a in assigned],
        numbers=[candidate.block.numbers[at] for at in rows],
        left_out=[],
    )
    return replace(candidate, block=block, assigned=assigned, kind="weekly_km", filled={})
