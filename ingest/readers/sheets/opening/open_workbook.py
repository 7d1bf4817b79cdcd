"""Print the cells of a workbook as JSON; run as a script of its own, in a child process.

The workbook library is native code: a file made to exhaust memory ends this process, not the run.
Only the standard library and that library are imported, so that a start costs a twentieth of a
second.
"""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MOST_CELLS = 2_000_000
"""A club's ten years of daily answers are 400,000 cells."""
_MEMORY_BYTES = 3 * 10**9


def cell_of(value: object) -> list[str] | None:
    """Return a cell as [kind, text], None for an empty one.

    Kinds are `t` text, `n` number, `d` day, `m` moment, `c` clock or length of time, `b` boolean.
    """
    # A moment is a day and a boolean a number to Python: the narrower type comes first.
    makers: tuple[tuple[Any, str, Callable[[Any], str]], ...] = (
        (bool, "b", lambda flag: str(flag).lower()),
        (datetime, "m", lambda moment: moment.isoformat(sep=" ", timespec="seconds")),
        (date, "d", lambda day: day.isoformat()),
        (time, "c", lambda clock: clock.isoformat(timespec="seconds")),
        (timedelta, "c", _length),
        (int | float, "n", lambda number: format(number, ".12g")),
    )
    for kind, letter, text_of in makers:
        if isinstance(value, kind):
            return [letter, text_of(value)]
    text = " ".join(str(value).split())
    return ["t", text] if text else None


def _length(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def tabs_of(path: str) -> list[dict[str, Any]]:
    """Return name, visibility, rows of cells and merged ranges of every sheet of a workbook."""
    book = CalamineWorkbook.from_path(path)
    tabs: list[dict[str, Any]] = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            tabs.append({"name": meta.name, "why": "a chart or a macro", "rows": []})
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            tabs.append({"name": meta.name, "why": "too many cells", "rows": []})
            continue
        # From A1 on: without the empty area row numbers would not be those that the program shows.
        rows = sheet.to_python(skip_empty_area=False)
        tabs.append(
            {
                "name": meta.name,
                "hidden": meta.visible != SheetVisibleEnum.Visible,
                "rows": [[cell_of(cell) for cell in row] for row in rows],
                "merged": [
                    list(map(list, merged_range)) for merged_range in sheet.merged_cell_ranges or ()
                ],
            }
        )
    return tabs


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        # Not every system knows limits; there the size of the file is the only one.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def main(path: str) -> int:
    """Print the tabs; 3 for a password, 4 for a damaged file."""
    _limit_memory()
    try:
        json.dump(tabs_of(path), sys.stdout)
    except PasswordError:
        return 3
    except (CalamineError, OSError, ValueError, MemoryError):
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]))))
