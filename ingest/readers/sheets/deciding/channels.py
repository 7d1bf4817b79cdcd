"""Which columns of a form are measures of the team's own: numbers that change, without a place.

A jersey, a telephone number or a year of birth never changes within a person, and a running number
only ever rises by one: neither is a measure, and the first three would tell who somebody is.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.readers.sheets.deciding.assigned import AssignedColumn, people_in
from ingest.readers.sheets.deciding.columns import CHANNEL
from ingest.readers.sheets.opening.cells import text_of
from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.folding import without_accents

_NEARLY_ALL: Final = 0.9
_FEWEST: Final = 3
_LARGEST: Final = 1e9
_NO_NAME: Final = re.compile(r"[^a-z0-9]+")


def channel_name(heading: str) -> str:
    """Return the name of a channel: a heading in lower case, with underlines.

    Examples
    --------
    >>> channel_name("Sprint distance (m)"), channel_name("HSR-Läufe"), channel_name("1RM")
    ('sprint_distance_m', 'hsr_laufe', 'c_1rm')
    """
    name = _NO_NAME.sub("_", without_accents(heading)).strip("_")
    return f"c_{name}" if name[:1].isdigit() else name


def channels_in(assigned: Sequence[AssignedColumn]) -> dict[str, AssignedColumn]:
    """Return channel -> its column, of those that are named so and those that look like one.

    Parameters
    ----------
    assigned : sequence of AssignedColumn
        The columns of a form; those that are known keep their place.
    """
    who = people_in(assigned)
    channels: dict[str, AssignedColumn] = {}
    for column in assigned:
        name = channel_name(column.column.heading or column.column.letter)
        if column.concept == CHANNEL or (not column.concept and name and _is_measure(column, who)):
            channels.setdefault(name, column)
    return channels


def _is_measure(assigned: AssignedColumn, who: Sequence[str]) -> bool:
    """Say whether nearly all cells are numbers, which change within somebody."""
    # A feature needs a name.
    if not assigned.column.heading:
        return False
    values = [_value(text_of(cell)) if cell is not None else None for cell in assigned.column.cells]
    numbers = [value for value in values if value is not None]
    if len(numbers) < max(_FEWEST, _NEARLY_ALL * len(assigned.column.texts())):
        return False
    # Telephone numbers and ids are no measures either.
    if max(map(abs, numbers)) > _LARGEST or _is_running_number(numbers):
        return False
    seen: dict[str, set[float]] = {}
    for name, value in zip(who or [""] * len(values), values, strict=True):
        if value is not None:
            seen.setdefault(name, set()).add(value)
    # What never changes within somebody (a birth year, a shirt) is no measure but tells who it is.
    return any(len(own) > 1 for own in seen.values())


def _value(text: str) -> float | None:
    amount = read_amount(text)
    return None if amount is None or amount.clock else amount.value


def _is_running_number(numbers: Sequence[float]) -> bool:
    steps = {after - before for before, after in pairwise(numbers)}
    return steps == {1.0}
