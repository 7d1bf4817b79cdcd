"""The patient path: fitdecode, message by message, up to the point where a file breaks."""

import io
from collections import defaultdict
from typing import Any, Final

import numpy as np

from common.arrays import Floats
from common.untyped import Untyped
from ingest.readers.activity.fit.content import (
    FIT_EPOCH,
    RECORD_FIELDS,
    Content,
    DeveloperSeries,
    application_id,
    text,
)

BREAK: Final = "damaged_after_break_dropped"
_WANTED: Final = frozenset(RECORD_FIELDS)
_POSITIONS: Final = ("position_lat", "position_long")
_SEMICIRCLE_DEG: Final = 180 / 2**31
_TIMES: Final = ("date_time", "local_date_time")

_Key = tuple[str, str, str]


def decode_slow(sound: bytes) -> Content:
    """Decode one FIT file; what stands before an error is kept.

    Parameters
    ----------
    sound : bytes
        A FIT file; checksums are not looked at.
    """
    import fitdecode  # heavy, and few teams need it

    rows = _Rows()
    messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    repairs: tuple[str, ...] = ()
    with fitdecode.FitReader(
        io.BytesIO(sound),
        processor=None,
        check_crc=fitdecode.CrcCheck.DISABLED,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    ) as reader:
        try:
            for frame in reader:
                if frame.frame_type != fitdecode.FIT_FRAME_DATA:
                    continue
                if frame.name == "record":
                    rows.add(frame, reader.local_dev_types)
                else:
                    messages[frame.name].append(_plain(frame))
        except Exception:  # noqa: BLE001 - junk bytes raise whatever they like; the rest is kept
            repairs = (BREAK,)
    return Content(rows.native(), rows.developer(), messages, repairs)


class _Rows:
    """Values of the records, gathered per field as (row, value)."""

    def __init__(self) -> None:
        self._size = 0
        self._native: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._developer: dict[_Key, list[tuple[int, float]]] = defaultdict(list)

    def add(self, frame: Untyped, applications: dict[int, dict[str, Untyped]]) -> None:
        for field in frame.fields:
            # Arrays and texts are no series of numbers.
            if not isinstance(field.raw_value, int | float):
                continue
            cell = (self._size, _number(field))
            if field.field_type == "devfield":
                self._developer[_key(field.field, applications)].append(cell)
            elif _name(field) in _WANTED:
                self._native[_name(field)].append(cell)
        self._size += 1

    def native(self) -> dict[str, Floats]:
        columns = {name: self._column(cells) for name, cells in self._native.items()}
        for name in _POSITIONS:
            if name in columns:
                columns[name] = columns[name] * _SEMICIRCLE_DEG
        return columns

    def developer(self) -> list[DeveloperSeries]:
        return [
            DeveloperSeries(*key, self._column(cells)) for key, cells in self._developer.items()
        ]

    def _column(self, cells: list[tuple[int, float]]) -> Floats:
        column = np.full(self._size, np.nan)
        rows, values = zip(*cells, strict=True)
        column[list(rows)] = values
        return column


def _key(field: Untyped, applications: dict[int, dict[str, Untyped]]) -> _Key:
    owner = applications.get(field.dev_data_index, {}).get("application_id")
    return application_id(owner), str(field.name or ""), text(field.units)


def _plain(frame: Untyped) -> dict[str, Untyped]:
    """Return a message as the fast path gives it: scaled, enumerations as numbers, no nulls."""
    return {_name(field): _value(field) for field in frame.fields if field.raw_value is not None}


def _name(field: Untyped) -> str:
    """Return the name of the main field: which sub-field applies is of no interest here."""
    return str(field.parent_field.name if field.parent_field else field.name)


def _value(field: Untyped) -> Untyped:
    if isinstance(field.raw_value, int) and isinstance(field.value, str | bool):
        return field.raw_value
    return _number(field) if isinstance(field.raw_value, int | float) else field.value


def _number(field: Untyped) -> float:
    if field.field_type != "devfield" and field.type.name in _TIMES:
        return float(field.raw_value + FIT_EPOCH)
    return float(field.raw_value if isinstance(field.value, str) else field.value)
