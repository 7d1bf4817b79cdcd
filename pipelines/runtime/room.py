"""How many outcomes a machine has room for at once."""

from pathlib import Path
from typing import Final

from common.machine.memory import free_memory
from common.machine.processors import processors

_BYTES_A_VALUE: Final = 8
_COPIES: Final = 3
"""Of the whole matrix, more than our own models hold; estimators of your own may copy rows."""
_OWN_BYTES: Final = 300_000_000
"""What a process takes beside its rows."""
_SHARE: Final = 0.5
"""Of the free memory, that may be counted on: other programs want some as well."""


def processes_for(features: Path, outcomes: int) -> int:
    """Return how many outcomes are worked on at once, at least 1.

    As many as there are processors, and as have room in half of the free memory, each of them
    counted as three times the feature matrix; one where the matrix or the memory is not known.

    Parameters
    ----------
    features : pathlib.Path
        The feature matrix, a Parquet file.
    outcomes : int
        How many there are.
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
