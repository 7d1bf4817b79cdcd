"""The column of a list of members that tells sex or gender."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.readers.sheets.deciding.assigned import AssignedColumn
from ingest.readers.sheets.words.folding import plain

_SEX: Final = re.compile(
    r"^(?:sex|gender|geschlecht|sexe|genre|sexo|genero|sesso|genere|geslacht|kon|kjonn"
    r"|[mwfhvk] ?/ ?[mwfhvk])$"
)


def sex_column(assigned: Sequence[AssignedColumn]) -> AssignedColumn | None:
    """Return the column that is headed by sex or gender."""
    return next((column for column in assigned if _SEX.match(plain(column.column.heading))), None)
