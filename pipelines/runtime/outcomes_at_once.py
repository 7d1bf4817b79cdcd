"""How many outcomes of a stage run at once: as many as processors and free memory allow."""

from pathlib import Path
from typing import Final

from common.machine.memory import free_memory
from common.machine.processors import processors

_BYTES_A_VALUE: Final = 8
_COPIES: Final = 3
"""Copies of the feature matrix that are reserved for each outcome. The project's own models hold
fewer; an estimator of your own may copy rows."""
_OWN_BYTES: Final = 300_000_000
"""Memory of a process without its rows: Python and its libraries."""
_SHARE: Final = 0.5
"""Share of the free memory that is used at most; other programs need the rest."""


def processes_for(features: Path, outcomes: int) -> int:
    """Return how many outcomes may run at once, at least 1.

    Never more than there are outcomes or processors. Each outcome is assumed to need 300 MB and
    three copies of the feature matrix; together they may use half of the free memory. If the size
    of the matrix or the free memory is not known, the answer is 1.

    Parameters
    ----------
    features : pathlib.Path
        The feature matrix, a Parquet file.
    outcomes : int
        How many outcomes the stage has.
    """
    most = min(outcomes, processors())
    free, needed = free_memory(), _bytes_of(features) if most > 1 else None
    if free is None or needed is None:
        return 1
    return max(1, min(most, int(_SHARE * free // needed)))


def _bytes_of(features: Path) -> int | None:
    from pyarrow.parquet import read_metadata  # where several outcomes are due

    try:
        matrix = read_metadata(features)
    except (OSError, ValueError):  # the stage itself says what is wrong with it
        return None
    return _OWN_BYTES + _COPIES * _BYTES_A_VALUE * int(matrix.num_rows * matrix.num_columns)
