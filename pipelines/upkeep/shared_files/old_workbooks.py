"""Take a person out of a workbook that nothing here can write: XLS, XLSB and ODS become XLSX."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl

from common.atomic import atomic
from common.store import write_text
from ingest.dataset.settings import FILE_NAME
from pipelines.upkeep.old_sheets import OldSheet, sheets_of
from pipelines.upkeep.person import Person
from pipelines.upkeep.shared_files.sheet_cuts import cut
from pipelines.upkeep.shared_files.sheet_shares import share_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

OLD_KINDS: Final = frozenset({".xls", ".xlsb", ".ods"})


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
    sheets = None if target.exists() else sheets_of(path.read_bytes(), whole=True)
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
        book.active = next(
            (at for at, old_sheet in enumerate(sheets) if not old_sheet.is_hidden), 0
        )
        with atomic(target) as part:
            book.save(part)
        name_anew(path, target)
    # Last, so that a run that is killed leaves both files and not none.
    path.unlink()
    return True


def _written(book: openpyxl.Workbook, sheet: OldSheet, who: Person) -> bool:
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


def name_anew(path: Path, target: Path) -> None:
    """Let the settings of the dataset know the new name: what was answered of the file holds on."""
    for folder in path.parents:
        settings = folder / FILE_NAME
        if settings.is_file():
            text = settings.read_text(encoding="utf-8", errors="surrogateescape")
            # The whole path: elsewhere lies a file of this name, and "my km.xls" ends with one.
            source, anew = (file.relative_to(folder).as_posix() for file in (path, target))
            new_text = re.sub(
                rf"(?m)^(\s*(?:- )?[\"']?){re.escape(source)}(?=[\"'#:]|\s*$)",
                rf"\g<1>{anew}",
                text,
            )
            if new_text != text:
                write_text(settings, new_text)
            return
