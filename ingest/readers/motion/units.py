"""Units of length in motion files."""

from collections.abc import Mapping
from typing import Final

from ingest.readers.base import FileRefused

_METRES: Final[Mapping[str, float]] = {"mm": 0.001, "cm": 0.01, "dm": 0.1, "m": 1.0}


def metres_per(unit: str) -> float:
    """Return how many metres the unit is.

    Raises
    ------
    FileRefused
        If the unit is none of mm, cm, dm, m: a length without unit is not guessed.
    """
    factor = _METRES.get(unit.strip().lower())
    # Wrong by a thousand, a step length would still be a number.
    if factor is None:
        raise FileRefused(
            "unknown_unit", f"the unit of length is {unit!r}; expected one of mm, cm, dm, m"
        )
    return factor
