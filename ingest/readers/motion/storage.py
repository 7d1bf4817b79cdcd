"""OpenSim's storage files (.mot, .sto): a header down to `endheader`, column names, numbers.

Headers vary: `nRows=` and `nColumns=` or the older `datarows` and `datacolumns`, cells padded with
tabs or commas, and `inDegrees`, which may be absent: then angles are in degrees.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from common.arrays import Floats
from common.text.decoding import decode
from ingest.readers.base import FileRefused
from ingest.readers.motion.numbers import delimiter_of, number_table

_END: Final = "endheader"
_COUNTS: Final = re.compile(r"(nrows|ncolumns|datarows|datacolumns)\b", re.IGNORECASE)
_ROWS: Final = re.compile(r"^\s*(?:nrows\s*=|datarows\s)\s*(\d+)", re.IGNORECASE | re.MULTILINE)
_RADIANS: Final = re.compile(r"^\s*indegrees\s*=\s*no\b", re.IGNORECASE | re.MULTILINE)
_JOINT_PATH: Final = re.compile(r"^/jointset/[^/]+/([^/]+)/value$")


@dataclass(frozen=True)
class Storage:
    """A table over time.

    Parameters
    ----------
    time : array of shape (n,)
        Seconds, strictly increasing.
    columns : dict of str to array of shape (n,)
        By coordinate name, a joint's path cut off; angles as the file counts them.
    in_degrees : bool
        Whether rotations are in degrees.
    repairs : tuple of str
        What had to be mended.
    """

    time: Floats
    columns: dict[str, Floats]
    in_degrees: bool
    repairs: tuple[str, ...]


def is_storage(head: bytes) -> bool:
    """Say whether the first bytes of a file are a storage header."""
    # A binary file may hold the word `endheader` by chance; a text holds no zero byte.
    if b"\0" in head:
        return False
    header, end, _ = decode(head).partition(_END)
    return bool(end) and bool(_COUNTS.search(header))


def read_storage(content: bytes) -> Storage:
    """Read a storage file.

    Raises
    ------
    FileRefused
        If the header does not end or the table below it has no time.
    """
    header, end, body = decode(content).partition(_END)
    # The first piece is the rest of the line of `endheader`.
    lines = [line for line in body.split("\n")[1:] if line.strip(" \t,")]
    if not end or not lines:
        raise FileRefused("no_records", "there is no table below the header; export it again")
    delimiter = delimiter_of(lines[0])
    names = [name.strip() for name in lines[0].split(delimiter)]
    # Lines padded with tabs end in empty names.
    while names and not names[-1]:
        names.pop()
    if not names or names[0].lower() != "time":
        raise FileRefused("no_time", "the first column is not time; export it again")
    table = number_table(lines[1:], delimiter, len(names))
    repairs = list(table.repairs)
    match = _ROWS.search(header)
    # The table counts: headers are copied from other files and keep their old numbers.
    if match and int(match.group(1)) != len(lines) - 1:
        repairs.append("row_count_of_header_wrong")
    columns = {_coordinate(name): table.cells[:, at] for at, name in enumerate(names) if at}
    # Only a written "no" means radians: old headers lack the line and hold degrees.
    return Storage(table.cells[:, 0], columns, not _RADIANS.search(header), tuple(repairs))


def radians_as_degrees(storage: Storage, values: Floats) -> Floats:
    """Return a rotation in degrees."""
    return values if storage.in_degrees else np.asarray(np.degrees(values), dtype=float)


def _coordinate(name: str) -> str:
    path = _JOINT_PATH.match(name)
    return path.group(1) if path else name
