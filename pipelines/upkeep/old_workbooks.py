"""Take a person out of a workbook that nothing here can write: XLS, XLSB and ODS become XLSX."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import openpyxl
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from common.atomic import atomic
from common.store import write_text
from ingest.dataset.settings import FILE_NAME
from pipelines.upkeep.person import Person
from pipelines.upkeep.sheet_cuts import cut
from pipelines.upkeep.sheet_shares import share_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OLD_KINDS: Final = frozenset({".xls", ".xlsb", ".ods"})


class _Sheet(NamedTuple):
    """A sheet's values; `merged` are pairs of (row, column) from 0, both ends included."""

    name: str
    is_hidden: bool
    grid: list[list[Any]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]


def rewrite_old_workbook(path: Path, who: Person) -> bool:
    """Write the others' values into an XLSX file of the same name and remove the old one.

    Values alone are carried over: formats are lost, and a formula becomes its last result. Where
    that would lose more (a chart, a password, damage), where such an XLSX file lies there already,
    or where it is not clear what is the person's, the file stays.

    Returns
    -------
    bool
        Whether it was done.
    """
    target = path.with_suffix(".xlsx")
    sheets = None if target.exists() else _read(path.read_bytes(), whole=True)
    if sheets is None:
        return False
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    try:
        is_clear = all(_written(book, sheet, who) for sheet in sheets)
    except ValueError:  # a character, or a name of a sheet, that XLSX cannot hold
        return False
    if not is_clear:
        return False
    if book.worksheets:
        book.active = next((at for at, one in enumerate(sheets) if not one.is_hidden), 0)
        with atomic(target) as part:
            book.save(part)
        _name_anew(path, target)
    path.unlink()
    return True


def cells_of(content: bytes) -> list[str] | None:
    """Return the names of the sheets and their rows as texts; None where it cannot be opened."""
    sheets = _read(content, whole=False)
    if sheets is None:
        return None
    rows = ("\t".join(map(str, row)) for sheet in sheets for row in sheet.grid)
    return [*(sheet.name for sheet in sheets), *rows]


def _read(content: bytes, *, whole: bool) -> list[_Sheet] | None:
    """Return every sheet; None where it cannot be opened, or is to be `whole` and holds a chart."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metas = list(book.sheets_metadata)
        sheets = [meta for meta in metas if meta.typ == SheetTypeEnum.WorkSheet]
        if whole and len(sheets) < len(metas):
            return None
        opened = [(meta, book.get_sheet_by_name(meta.name)) for meta in sheets]
        return [
            _Sheet(
                meta.name,
                meta.visible != SheetVisibleEnum.Visible,
                sheet.to_python(skip_empty_area=False),
                list(sheet.merged_cell_ranges or ()),
            )
            for meta, sheet in opened
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a panic of the native reader is no Exception
        return None


def _written(book: openpyxl.Workbook, sheet: _Sheet, who: Person) -> bool:
    """Write a sheet without what is the person's; say whether it is clear what that is."""
    if who.is_named(sheet.name):
        return True
    share = share_of(sheet.grid, who)
    target: Worksheet = book.create_sheet(sheet.name)
    if sheet.is_hidden:
        target.sheet_state = "hidden"
    for row, values in enumerate(sheet.grid, start=1):
        for column, value in enumerate(values, start=1):
            if value != "":
                cell = target.cell(row, column)
                cell.value = value
                # A text that begins with = would else become a formula.
                cell.data_type = "s" if isinstance(value, str) else cell.data_type
    for (top, left), (bottom, right) in sheet.merged:
        target.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    cut(target, share)
    return share.is_clear


def _name_anew(path: Path, target: Path) -> None:
    """Let the settings of the dataset know the new name: what was answered of the file holds on."""
    for folder in path.parents:
        settings = folder / FILE_NAME
        if settings.is_file():
            text = settings.read_text(encoding="utf-8", errors="surrogateescape")
            # The whole path: elsewhere lies a file of this name, and "my km.xls" ends with one.
            source, anew = (one.relative_to(folder).as_posix() for one in (path, target))
            told = re.sub(
                rf"(?m)^(\s*(?:- )?[\"']?){re.escape(source)}(?=[\"'#:]|\s*$)",
                rf"\g<1>{anew}",
                text,
            )
            if told != text:
                write_text(settings, told)
            return
