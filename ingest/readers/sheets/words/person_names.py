"""Who a row is about, from all columns that tell it: names in parts, numbers, addresses."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from common.text.folding import folded

NAME_COLUMNS: Final = (
    "athlete", "first_name", "name_particle", "last_name", "second_last_name", "nickname", "email",
    "member_no",
)  # fmt: skip
"""Concepts that tell whose row it is: the parts of a name in their order, then what replaces it."""
PEOPLE: Final = frozenset(NAME_COLUMNS)
KEYS_OF_MEMBERS: Final = ("nickname", "email", "member_no")
"""What a list of members tells of somebody besides the name."""
_ANONYMOUS: Final = frozenset(
    [
        "anonymous",
        "anonym",
        "anonyme",
        "anonymt",
        "anoniem",
        "anonimo",
        "anonima",
        "anonymus",
        "guest",
        "gast",
    ]
)
"""What form tools write in place of a name or an address that was not asked for."""
_WHOLE_NUMBER: Final = re.compile(r"^(\d+)[.,]0+$")


def person_names(texts: Callable[[str], Sequence[str]]) -> list[str]:
    """Return whose each row is, empty where nothing tells it.

    First and last name in columns of their own are put together, also where one of the two is
    headed by a word for any name: `Nom` beside `Prénom`, `Nombre` beside `Apellidos`. What somebody
    is called (`Roepnaam`, `Rufname`) is the first name where no other stands beside the last. A
    nickname, an address or a member's number stands for a name that is not written, in this order.

    Parameters
    ----------
    texts : callable
        Concept -> the texts of its column, empty texts where no column holds it; a text per row.

    Examples
    --------
    >>> rows = {"athlete": ["Dupont", ""], "first_name": ["Luc", ""], "member_no": ["7", "8.0"]}
    >>> person_names(lambda concept: rows.get(concept, ["", ""]))
    ['Luc Dupont', '8']
    """
    columns = [texts(name) for name in NAME_COLUMNS]
    return [_name(*row) for row in zip(*columns, strict=True)]


def _name(
    whole: str, first: str, particle: str, last: str, second: str, nick: str, mail: str, number: str
) -> str:
    # A form tool writes "anonymous" for everybody: as a name it would join them all.
    whole = _known(whole)
    if last and not whole:
        first = first or nick
    # A code such as P07 is whole as it is; first and last name count only if both stand there.
    is_code = any(letter.isdigit() for letter in whole)
    if whole and not is_code and not (first and last):
        # A word for any name heads what the other column leaves over.
        first, last = (first, last or whole) if first else (whole, last)
    in_parts = (first and last) if is_code else (first or last)
    parts = [first, particle, last, second] if in_parts else [whole]
    full_name = " ".join(_without_repeats(parts))
    return full_name or nick or _known(mail) or without_zeros(_known(number))


def without_zeros(number: str) -> str:
    """Return a member's number without the zeros that a sheet shows behind its point.

    Examples
    --------
    >>> without_zeros("17.0"), without_zeros("17.5"), without_zeros("0170")
    ('17', '17.5', '0170')
    """
    return _WHOLE_NUMBER.sub(r"\1", number)


def _known(text: str) -> str:
    return "" if folded(text.strip()) in _ANONYMOUS else text


def _without_repeats(parts: Sequence[str]) -> list[str]:
    """Leave out a part that another one holds: a column of whole names beside one of last names."""
    words = [frozenset(folded(part).split()) for part in parts]
    return [
        part
        for at, part in enumerate(parts)
        if words[at]
        and not any(
            words[at] < other or (words[at] == other and before < at)
            for before, other in enumerate(words)
            if before != at
        )
    ]
