"""The cells of a delimited file without any irregularity, split in native code.

Most exports are such files. Whatever else a file may hold (a preamble, comments, blank or shifted
rows, line breaks in cells) is left to :mod:`ingest.readers.text.tabular`, which splits row by row.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from common.untyped import Untyped
from ingest.records.text_columns import TEXT

_COMMENT: Final = "#"
_LARGEST: Final = 1_000_000
"""No cell of a smaller text is longer than the splitting row by row allows."""


_MARK: Final = "\ufeff"
"""Arrow takes it for a byte order mark and drops it."""


def even_rows(text: str, delimiter: str, header: tuple[str, ...]) -> list[Untyped] | None:
    """Return stripped cells by column, as Arrow text; None for a file with any irregularity.

    Record n stands in line n + 2 of the file.

    Parameters
    ----------
    text : str
        The file, lines ended by line feeds.
    delimiter : str
        What parts the cells of a line.
    header : tuple of str
        Its column names, stripped.
    """
    first, _, rest = text.partition("\n")
    names = tuple(map(str.strip, first.split(delimiter)))
    odd = '"' in first or names != header or len(header) == 1 or len(text) > _LARGEST
    if odd or not rest or "\0" in rest or rest.startswith(_MARK):
        return None
    try:
        table = _split(rest.encode(), delimiter, len(header))
    except (pa.ArrowInvalid, UnicodeEncodeError):
        return None
    # Fewer lines than line feeds: a cell holds one, and lines have other numbers than records.
    if table.num_rows != rest.count("\n") + (not rest.endswith("\n")):
        return None
    columns = _stripped(table)
    # Of a line without a first cell it would have to be seen whether it holds any.
    starts = pc.utf8_slice_codeunits(columns[0], 0, 1)
    unsure = pc.or_(pc.equal(starts, ""), pc.equal(starts, _COMMENT))
    return None if pc.any(unsure).as_py() else columns


def _split(rows: bytes, delimiter: str, width: int) -> Untyped:
    names = [str(at) for at in range(width)]
    return pacsv.read_csv(
        pa.py_buffer(rows),
        read_options=pacsv.ReadOptions(column_names=names, use_threads=False),
        parse_options=pacsv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=b'"' in rows,
            ignore_empty_lines=False,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, TEXT), strings_can_be_null=False
        ),
    )


def _stripped(table: Untyped) -> list[Untyped]:
    chunks = [chunk for column in table.columns for chunk in column.chunks]
    # All columns at once: a call of Arrow costs more than a hundred cells.
    together, rows = pc.utf8_trim_whitespace(pa.concat_arrays(chunks)), table.num_rows
    return [together.slice(at * rows, rows) for at in range(table.num_columns)]
