"""What stands in a workbook that nothing here can write: XLS, XLSB and ODS."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum


class OldSheet(NamedTuple):
    """A sheet's values; `merged` are pairs of (row, column) from 0, both ends included."""

    name: str
    is_hidden: bool
    grid: list[list[Any]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]


def cells_of(content: bytes) -> list[str] | None:
    """Return the names of the sheets and their rows as texts; None where it cannot be opened."""
    sheets = sheets_of(content, whole=False)
    if sheets is None:
        return None
    rows = ("\t".join(map(str, row)) for sheet in sheets for row in sheet.grid)
    return [*(sheet.name for sheet in sheets), *rows]


def sheets_of(content: bytes, *, whole: bool) -> list[OldSheet] | None:
    """Return every sheet; None where it cannot be opened, or is to be `whole` and holds a chart."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metas = list(book.sheets_metadata)
        sheets = [meta for meta in metas if meta.typ == SheetTypeEnum.WorkSheet]
        if whole and len(sheets) < len(metas):
            return None
        opened = [(meta, book.get_sheet_by_name(meta.name)) for meta in sheets]
        return [
            OldSheet(
                meta.name,
                meta.visible != SheetVisibleEnum.Visible,
                # With empty rows and columns at the edges: merged ranges count from the first cell.
                sheet.to_python(skip_empty_area=False),
                list(sheet.merged_cell_ranges or ()),
            )
            for meta, sheet in opened
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the native reader is no Exception
        return None
