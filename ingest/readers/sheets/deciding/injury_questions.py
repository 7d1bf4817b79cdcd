"""Questions of a form about injuries: what is answered is a complaint, and no entry of a register.

"Any injuries? Where?" beside sleep or the week's kilometres is a question about what hurts. Who
writes "left knee" there every Sunday has a problem, and not an injury a week.
"""

from dataclasses import replace
from typing import Final

from ingest.readers.sheets.deciding.assigned import AssignedColumn, by_concept
from ingest.readers.sheets.deciding.candidate import Candidate
from ingest.readers.sheets.deciding.kind import (
    FORM,
    OSTRC,
    asks_where_it_hurts,
    says_something,
)

_PLACES: Final = frozenset({"pain_place", "region"})


def with_injury_questions(candidate: Candidate) -> Candidate:
    """Return a form whose question about injuries is one about pain, or its place.

    Beside a rating of pain the words tell where it is, and that it is there where no rating stands;
    an OSTRC questionnaire has its own questions on how bad a problem is.
    """
    concepts = by_concept(candidate.assigned)
    has_own = concepts.keys() & {*OSTRC, "ostrc_score", "pain"}
    places = [
        column for column in candidate.assigned if not has_own and asks_where_it_hurts(column)
    ]
    asked = concepts.get("injury") or next(iter(places), None)
    if candidate.kind != FORM or asked is None:
        return candidate
    # The questionnaire rates the problem itself; the words only tell where it is.
    if concepts.keys() & {*OSTRC, "ostrc_score"}:
        return _with(candidate, {asked.column.at: replace(asked, concept=_place(candidate))})
    rating = concepts.get("pain")
    if rating is None:
        return _with(candidate, {asked.column.at: replace(asked, concept="pain", certain=False)})
    changed = {
        rating.column.at: _completed(rating, asked),
        asked.column.at: replace(asked, concept=_place(candidate)),
    }
    return _with(candidate, changed)


def _place(candidate: Candidate) -> str:
    """Return what words beside a rating are: its place, where no other column tells it."""
    return "comment" if by_concept(candidate.assigned).keys() & _PLACES else "pain_place"


def _completed(rating: AssignedColumn, asked: AssignedColumn) -> AssignedColumn:
    """Return the ratings with the words in place of those that are missing."""
    pairs = zip(rating.column.cells, asked.column.cells, strict=True)
    cells = [
        words if number is None and words is not None and says_something(words.text) else number
        for number, words in pairs
    ]
    return replace(rating, column=replace(rating.column, cells=cells))


def _with(candidate: Candidate, changed: dict[int, AssignedColumn]) -> Candidate:
    assigned = [changed.get(column.column.at, column) for column in candidate.assigned]
    return replace(candidate, assigned=assigned)
