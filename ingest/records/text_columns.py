"""Cells of a file as columns of text in Arrow, read once for all columns."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from common.untyped import Untyped

# Garmin writes `--`; nan, NA and None stand in analysts' copies of exports.
MISSING_MARKS: Final = ("", "--", "nan", "NaN", "NA", "null", "None")
TEXT: Final = pa.large_string()
_MISSING: Final = pa.array(MISSING_MARKS, type=TEXT)
_NOTHING: Final = pa.scalar(None, TEXT)


class TextColumns:
    """Columns of cells that are text, without a frame: of a small file that costs most.

    Parameters
    ----------
    columns : mapping of str to column
        Name -> cells as they stand in the file, as a sequence of text or as Arrow text.
    records : sequence of int
        Row (line) numbers.
    """

    def __init__(self, columns: Mapping[str, Untyped], records: Sequence[int]) -> None:
        self.index = pd.Index(np.array(records, dtype=np.int64))
        self.raw = {name: as_text_array(cells) for name, cells in columns.items()}
        # All columns at once: a call of Arrow costs more than a hundred cells.
        together = stripped(pa.concat_arrays([as_text_array(()), *self.raw.values()]))
        rows = len(self.index)
        self.stripped = {name: together.slice(at * rows, rows) for at, name in enumerate(self.raw)}

    def frame(self) -> pd.DataFrame:
        """Return the cells as they stand in the file; the index holds the row numbers."""
        columns = {name: pd.Series(cells, self.index, "str") for name, cells in self.raw.items()}
        return pd.DataFrame(columns, index=self.index, columns=list(self.raw))


def as_text_array(cells: Untyped) -> Untyped:
    """Return a series or a list of text as Arrow text in one piece.

    What is that already stays as it is: `pa.array` would copy it cell by cell, by way of Python.
    """
    if isinstance(cells, pa.Array) and cells.type == TEXT:
        return cells
    array = pa.array(cells, type=TEXT, from_pandas=True)
    # A large file comes in pieces.
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def stripped(cells: Untyped) -> Untyped:
    """Return text without blanks around it, null where it says nothing."""
    bare = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.is_in(bare, value_set=_MISSING), _NOTHING, bare)
