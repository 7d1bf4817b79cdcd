"""Rows put away on disk while the memory is needed for others, and taken back table by table.

A box is a file that grows, of tables as Arrow writes them: nothing is pickled, so nothing can be
executed. It is encrypted with a key that stands nowhere but in this process: what a killed run
leaves behind tells nothing, and nothing is read back but what was put in.
"""

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import pandas as pd
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from common.atomic import private_folder
from common.errors import StridecastError
from common.frame_files import arrow_table
from common.machine.scratch import scratch_folder
from ingest.reading.record_column import flat, nested

_NONCE: Final = 12
_KEY_BITS: Final = 256
_CODEC: Final = "lz4"


class Slip(NamedTuple):
    """Where a table lies in its box.

    Parameters
    ----------
    at, length : int
        First byte, and bytes.
    types : pandas.Series
        Column -> type. Arrow does not say whether text was kept as Arrow's or as Python's.
    """

    at: int
    length: int
    types: pd.Series


class Box:
    """A file of tables.

    Parameters
    ----------
    path : pathlib.Path
        The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cipher = AESGCM(AESGCM.generate_key(_KEY_BITS))
        self._end = 0
        self._file = _open(path)

    def put(self, rows: pd.DataFrame) -> Slip:
        """Put a table away; the slip takes it back.

        Raises
        ------
        StridecastError
            If the disk is full or gone.
        """
        nonce = os.urandom(_NONCE)
        # Bound to its place, so that no table is taken for another.
        sealed = nonce + self._cipher.encrypt(nonce, _as_bytes(rows), str(self._end).encode())
        slip = Slip(self._end, len(sealed), rows.dtypes)
        try:
            left = memoryview(sealed)
            while left:  # a disk that fills up takes a part
                left = left[self._file.write(left) :]
        except OSError as error:
            raise no_room(self._path.parent, error) from None
        self._end += len(sealed)
        return slip

    def take(self, slip: Slip) -> pd.DataFrame:
        """Return the table of a slip, which stays in the box.

        Raises
        ------
        StridecastError
            If somebody shortened the file.
        """
        self._file.seek(slip.at)
        sealed = bytearray(slip.length)
        filled = 0
        while filled < slip.length:  # the system reads no more than two gigabytes at once
            part = self._file.readinto(memoryview(sealed)[filled:])
            if not part:
                raise StridecastError(
                    f"{self._path.parent.parent}: rows that were put away there are gone",
                    "let nothing change that folder meanwhile, and run it again",
                )
            filled += part
        self._file.seek(self._end)
        view = memoryview(sealed)
        packed = self._cipher.decrypt(view[:_NONCE], view[_NONCE:], str(slip.at).encode())
        return _of_bytes(packed, slip.types)

    def remove(self) -> None:
        """Remove the file; no slip of it is good any longer."""
        self._file.close()
        self._path.unlink(missing_ok=True)


class PutAway:
    """Boxes in a folder of their own, which is made with the first and goes at the end.

    Parameters
    ----------
    home : pathlib.Path or None
        Where the folder lies; None is the system's folder for such things, which may be small.
    """

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._stack = ExitStack()
        self._folder: Path | None = None
        self._boxes: list[Box] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for box in self._boxes:
            box.remove()
        self._stack.close()

    def box(self) -> Box:
        """Return a new box."""
        if self._folder is None:
            self._folder = self._made()
        self._boxes.append(Box(self._folder / str(len(self._boxes))))
        return self._boxes[-1]

    def _made(self) -> Path:
        try:
            home = private_folder(self._home) if self._home else None
            return self._stack.enter_context(scratch_folder(home))
        except OSError:
            # A cache that cannot be written is passed over, as always.
            return self._stack.enter_context(scratch_folder())


def no_room(place: Path, error: OSError) -> StridecastError:
    """Return what is told if rows cannot be put away."""
    return StridecastError(
        f"{place.parent}: the rows of this club cannot be put away there while it is read"
        f" ({error.strerror})",
        "make room on that disk or let $STRIDECAST_CACHE name a folder on another one;"
        " nothing was changed",
    )


def _open(path: Path) -> Any:  # noqa: ANN401 - a file of bytes
    try:
        # Unbuffered: what does not fit is told at once, and not when the file is closed.
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b", 0)
    except OSError as error:
        raise no_room(path.parent, error) from None


def _as_bytes(rows: pd.DataFrame) -> memoryview:
    import pyarrow as pa  # pandas loads it where a file is read, and not before

    # Numbers and text in one column are Python's objects, which Arrow does not write.
    is_mixed = "record" in rows and rows["record"].dtype == object
    table = arrow_table(flat(rows) if is_mixed else rows)
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=_CODEC)
    with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
        stream.write_table(table)
    return memoryview(sink.getvalue()).cast("B")


def _of_bytes(content: bytes, types: pd.Series) -> pd.DataFrame:
    import pyarrow as pa  # as above

    with pa.ipc.open_stream(content) as stream:
        rows = nested(stream.read_pandas())
    other = {name: kind for name, kind in types.items() if rows[name].dtype != kind}
    return (rows.astype(other) if other else rows)[list(types.index)]
