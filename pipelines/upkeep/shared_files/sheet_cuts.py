"""Cut rows, columns and cells out of a worksheet, with the merged cells of those that stay."""

from typing import TYPE_CHECKING

from pipelines.upkeep.shared_files.sheet_shares import Share

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def cut(sheet: "Worksheet", share: Share) -> None:
    """Delete a share of a sheet.

    openpyxl moves cells up and to the left, but leaves merged ranges where they were: they would
    then hide the values of others. So they are taken apart first, and merged anew where their
    cells have moved.
    """
    for row, column in share.cells:
        sheet.cell(row + 1, column + 1).value = None
    for (row, column), text in share.lines.items():
        sheet.cell(row + 1, column + 1).value = text
    if not share.rows and not share.columns:
        return
    merged = [
        (area.bounds, sheet.cell(area.min_row, area.min_col).value)
        for area in sheet.merged_cells.ranges
    ]
    for (left, top, right, bottom), _ in merged:
        sheet.unmerge_cells(None, top, left, bottom, right)
    # From the end, because every deletion moves what comes after it.
    for column in sorted(share.columns, reverse=True):
        sheet.delete_cols(column + 1)
    for row in sorted(share.rows, reverse=True):
        sheet.delete_rows(row + 1)
    for (left, top, right, bottom), value in merged:
        across, down = _moved(left, right, share.columns), _moved(top, bottom, share.rows)
        if across and down:
            # The value of what all of them share stands in the first cell, which may be gone.
            sheet.cell(down[0], across[0]).value = value
        if across and down and (across[0] < across[1] or down[0] < down[1]):
            sheet.merge_cells(None, down[0], across[0], down[1], across[1])


def _moved(first: int, last: int, gone: set[int]) -> tuple[int, int] | None:
    """Return where a span of places (from 1) lies once others (from 0) are gone; None if it is.

    >>> _moved(4, 6, {1, 2}), _moved(2, 3, {1, 2}), _moved(2, 4, {1})
    ((2, 4), None, (2, 3))
    """
    left = [place for place in range(first, last + 1) if place - 1 not in gone]
    if not left:
        return None
    begin = left[0] - sum(place + 1 < left[0] for place in gone)
    return begin, begin + len(left) - 1
