"""Days that are written as numbers of a month which only the tab, a title or the file names."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ingest.readers.sheets.opening.cells import Cell, Row, Tab, filled
from ingest.readers.sheets.opening.days_of_week import weeks_apart, with_days_of_week
from ingest.readers.sheets.opening.heading_rows import is_time
from ingest.readers.sheets.words.folding import without_accents
from ingest.readers.sheets.words.headings import meanings_of
from ingest.readers.sheets.words.written_dates import is_word_of_date, month_of

_DAY: Final = re.compile(r"(?:([a-z]{1,10})[.,]?\s*)?(\d{1,2})\.?(?:\s*([a-z]{1,10})\.?)?")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)|(?:[a-z]{3}\.?\s?'?|')(\d\d)(?!\d)")
_FEWEST_DOWN: Final = 4
_FEWEST_ACROSS: Final = 7
_LOOK_COLUMNS: Final = 3
_LOOK_ROWS: Final = 10
_LAST: Final = 31
_WEEK_DAYS: Final = 7
_MOST_TITLES: Final = 2


def with_whole_days(tab: Tab, file: str) -> Tab:
    """Return a tab whose days of a month are whole dates: "Thu 6" in the tab February 2025.

    A column counts as days if its numbers ascend and it is headed by a word for days or the cells
    name weekdays; a row if they ascend one by one, no word says that they are weeks, and the table
    has no other days. A year that nothing names stays open.

    Parameters
    ----------
    tab : Tab
    file : str
        Name of the file, which tells the month where neither tab nor titles do.
    """
    month = _month_around(tab, file)
    if not month or not tab.rows:
        return tab
    across = [at for at in range(_LOOK_ROWS) if _is_row_of_days(tab, at)]
    if across:
        at = across[0]
        return _changed(
            tab, {(at, right) for right, cell in enumerate(tab.rows[at]) if _day(cell)}, month
        )
    down = [right for right in range(len(tab.rows[0])) if _is_column_of_days(tab, right)]
    if not down or down[0] >= _LOOK_COLUMNS:
        return tab
    places = {(at, down[0]) for at, row in enumerate(tab.rows) if _day(row[down[0]])}
    return _changed(tab, places, month)


def _changed(tab: Tab, places: set[tuple[int, int]], month: str) -> Tab:
    rows: list[Row] = [
        [
            Cell("t", f"{_day(cell)} {month}") if (at, right) in places else cell
            for right, cell in enumerate(row)
        ]
        for at, row in enumerate(tab.rows)
    ]
    return replace(tab, rows=rows)


def _month_around(tab: Tab, file: str) -> str:
    """Return the one month that the tab, else a title, else the file names, with its year."""
    titles = [text for row in tab.rows[:_LOOK_ROWS] if (text := _title(row))]
    texts = [tab.name, *titles, file]
    months = next((month for text in texts if (month := _months(text))), [])
    # Two months in one title leave open which one the numbers belong to.
    if len(months) != 1:
        return ""
    years = {year for text in texts for year in _years(text)}
    return f"{months[0]} {years.pop()}" if len(years) == 1 else months[0]


def _title(row: Row) -> str:
    """Return the text of a row that holds little else; "mar 4 | 12 km" is a row of a Tuesday."""
    cells = filled(row)
    if len(cells) > 1 and any(map(_day, cells)):
        return ""
    texts = {cell.text for cell in cells if cell.kind == "t"}
    return " ".join(sorted(texts)) if len(texts) <= _MOST_TITLES else ""


def _months(text: str) -> list[str]:
    words = re.findall(r"[a-z]{3,}", without_accents(text))
    clear_words = words if len(words) == 1 else [word for word in words if word not in _ALSO_WORDS]
    numbers = {month for word in clear_words if (month := month_of(word))}
    return [_ENGLISH[number - 1] for number in sorted(numbers)]


_ALSO_WORDS: Final = frozenset({"out", "set", "mar", "may"})
"""Months of one language that are words of another: no month in "Days out"."""
_ENGLISH: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def _years(text: str) -> list[str]:
    years = _YEAR.findall(without_accents(text))
    return [full or f"20{short}" for full, short in years if full or _months(text)]


def _day(cell: Cell | None) -> int:
    """Return the day of the month that a cell names, 0 where it is anything else."""
    if cell is None or cell.kind not in {"t", "n"}:
        return 0
    match = _DAY.fullmatch(without_accents(cell.text.removesuffix(".0")))
    if not match or not all(_is_weekday(word) for word in (match[1], match[3]) if word):
        return 0
    return int(match[2]) if 1 <= int(match[2]) <= _LAST else 0


def _is_weekday(word: str) -> bool:
    is_letter_or_two = len(word) <= 2  # "L", "Mo"
    return is_letter_or_two or word in _WEEKDAYS or (is_word_of_date(word) and not month_of(word))


_WEEKDAYS: Final = frozenset({"mar", "mer", "mie", "gio", "jue", "jeu", "sab", "dom", "dim"})
"""Short weekdays that are months, or other weekdays, in another language."""


def _is_row_of_days(tab: Tab, at: int) -> bool:
    if at >= len(tab.rows):
        return False
    cells = [cell for cell in tab.rows[at] if _day(cell)]
    steps = all(_day(after) - _day(before) == 1 for before, after in pairwise(cells))
    # Few numbers in a row may be anything; a week of them that count by one are days.
    if len(cells) < _FEWEST_ACROSS or not steps or not _may_name_weekdays(cells):
        return False
    return not _counts_weeks(tab, at) and not _has_days_of_its_own(tab, at)


def _may_name_weekdays(cells: Sequence[Cell | None]) -> bool:
    """Say whether words beside the numbers change from day to day: "KW 10", "P1" do not."""
    named = [cell for cell in cells if cell is not None and _has_word(cell)]
    words = {re.sub(r"[\W\d_]", "", without_accents(cell.text)) for cell in named}
    return len(words) > 1 or len({_day(cell) % _WEEK_DAYS for cell in named}) <= 1


def _counts_weeks(tab: Tab, at: int) -> bool:
    """Say whether a word for weeks stands in the row or above it: its numbers are weeks."""
    texts = [cell.text for row in tab.rows[max(at - 1, 0) : at + 1] for cell in filled(row)]
    words = [text for text in texts if not any(letter.isdigit() for letter in text)]
    return any(meaning.concept == "week" for text in words for meaning in meanings_of(text))


def _has_days_of_its_own(tab: Tab, at: int) -> bool:
    """Say whether dates are told below: the numbers are runners, or a scale above a table."""
    below = tab.rows[at + 1 :]
    first = next(right for right, cell in enumerate(tab.rows[at]) if _day(cell))
    dates = sum(is_time(cell) for row in below for cell in row[:first] if cell is not None)
    headings = [cell.text for row in below[:_LOOK_COLUMNS] for cell in filled(row)]
    return dates > 1 or any(map(_heads_days, headings))


def _is_column_of_days(tab: Tab, right: int) -> bool:
    cells = [row[right] for row in tab.rows]
    places = [at for at, cell in enumerate(cells) if _day(cell)]
    days = [cells[at] for at in places]
    in_order = all(_day(before) <= _day(after) for before, after in pairwise(days))
    if len(days) < _FEWEST_DOWN or not in_order or not _may_name_weekdays(days):
        return False
    heading = next((cell for cell in reversed(cells[: places[0]]) if cell is not None), None)
    return any(map(_has_word, days)) or (heading is not None and _heads_days(heading.text))


def _has_word(cell: Cell | None) -> bool:
    return cell is not None and any(letter.isalpha() for letter in cell.text)


def _heads_days(text: str) -> bool:
    return any(meaning.concept == "date" and meaning.certain for meaning in meanings_of(text))


def whole_days(tabs: Sequence[Tab], file: str) -> list[Tab]:
    """Return the tabs of a file with whole dates; a file's own name tells no month of several."""
    named = file if len([tab for tab in tabs if tab.rows]) == 1 else _years_only(file)
    return [
        with_whole_days(with_days_of_week(week, named, by_tab=len(weeks) == 1), named)
        for weeks in map(weeks_apart, tabs)
        for week in weeks
    ]


def _years_only(file: str) -> str:
    return " ".join(full for full, _ in _YEAR.findall(file) if full)
