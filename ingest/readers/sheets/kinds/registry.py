"""Kind of table -> the function that reads it."""

from collections.abc import Callable, Mapping
from typing import Final

from ingest.readers.sheets.kinds.form import read_form
from ingest.readers.sheets.kinds.gait import read_gait
from ingest.readers.sheets.kinds.injuries import read_injuries
from ingest.readers.sheets.kinds.members import read_members
from ingest.readers.sheets.kinds.strength import read_strength
from ingest.readers.sheets.kinds.weekly_km import read_weekly_km
from ingest.readers.sheets.table import Part, Table

READ: Final[Mapping[str, Callable[[Table], Part]]] = {
    "form": read_form,
    "weekly_km": read_weekly_km,
    "injuries": read_injuries,
    "strength": read_strength,
    "gait": read_gait,
    "members": read_members,
}
