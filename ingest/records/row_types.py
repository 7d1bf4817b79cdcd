"""The types of rows on their way from readers to tables, whatever a single file left out."""

from typing import Any, Final

import numpy as np
import pandas as pd

from common.contract_check import INSTANT
from common.contracts import CONTRACTS

_TYPES: Final[dict[str, Any]] = {
    name: kind for schema in CONTRACTS.values() for name, kind in schema.types.items()
} | {"end": INSTANT, "answered": INSTANT, "likely_sport": str}
_FILLED: Final = {
    "rank": 0, "at": 0, "fits": 0, "day_only": False, "repaired": False, "zoneless": False,
}  # fmt: skip
"""Working columns, and what their absence means."""


def settled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows of several files with one type per column.

    A column that a file does not have is null in its rows, and pandas makes an object column of
    text and nothing; results must not depend on which files happen to come together.
    """
    own = frame.dtypes
    filled = {
        # By way of object: a column with gaps takes no other type before they are filled.
        name: frame[name].astype(object).where(frame[name].notna(), value).astype(type(value))
        for name, value in _FILLED.items()
        if name in frame and own[name] != np.dtype(type(value))
    }
    types = {
        name: kind
        for name, kind in _TYPES.items()
        if name in frame and name != "record" and name not in filled and own[name] != kind
    }
    if filled:
        frame = frame.assign(**filled)
    return frame.astype(types) if types else frame
