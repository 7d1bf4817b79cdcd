"""Which row holds the headings of a table."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.readers.sheets.opening.cells import Cell, Row, filled
from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import meanings_of
from ingest.readers.sheets.words.measure_headings import gait_heading, is_detail, strength_heading
from ingest.readers.sheets.words.person_names import PEOPLE
from ingest.readers.sheets.words.serial_days import text_serial
from ingest.readers.sheets.words.written_dates import read_written
from ingest.readers.sheets.words.written_weeks import read_week

KEYS: Final = frozenset({*PEOPLE, "date", "stamp", "week", "onset"})
"""Concepts of which a table needs one: whose row it is, or of when."""
_LONGEST_HEADING: Final = 300
_WRITTEN_DAY: Final = re.compile(r"[^\W\d_]{2,}.*(?<!\d)\d{1,2}\.\d{1,2}\.(?!\d*\s*\.)", re.DOTALL)
"""A day of a sentence, "left knee since 24.3., rest": prose with commas heads no table."""
_SCALE: Final = re.compile(r"[\[(]?\s*\d{1,2}\s*(?:-|\u2013|a|to|bis|tot)\s*\d{1,3}\s*[\])]?")
"""The ends of a scale under its heading: "0-10"."""
_DAY_AND_MONTH: Final = re.compile(r"\d{1,2}[./-]\d{1,2}\.?")
_MOST_SHIRT: Final = 999
NUMBERS_OF_PEOPLE: Final = frozenset(
    {"no", "nr", "n", "n°", "nº", "num", "number", "nummer", "numero"}
)
SHIRTS: Final = frozenset({"jersey", "shirt", "singlet", "trikot", "maillot", "camiseta", "maglia"})
"""Headings of the numbers that people wear, or are listed by."""
_FEWEST_ACROSS: Final = 2
_FEWEST_DATES: Final = 3


def is_heading_row(rows: Sequence[Row], at: int) -> bool:
    """Say whether a row heads the rows below it.

    It does if two of its cells are known headings, one of them a person or a time; if its first
    cell is one and the others are texts, as where a column belongs to an athlete; or if it is a
    row of dates or weeks.
    """
    row = rows[at]
    cells = filled(row)
    if len({cell.text for cell in cells}) < 2:  # a title merged over the table
        return False
    texts = [cell for cell in cells if could_head(cell)]
    known = [cell for cell in texts if concepts(cell.text)]
    keys = [cell for cell in known if KEYS & set(concepts(cell.text))]
    # One known word may stand in any row; two of them, one a person or a time, head a table.
    if keys and len(known) > 1 and len(known) + len(keys) >= len(cells) / 2:
        return True
    if keys and len(texts) > _FEWEST_ACROSS and len(texts) == len(cells):
        return cells[0] in keys and _has_values_below(rows, at)
    if len(texts) == len(cells) == len(keys) + 1 and _heads_numbers_of_people(rows, at):
        return True
    if keys == cells[:1] and _are_shirt_numbers(cells[1:]):
        return _begin_with_times(rows, at)
    return is_row_of_times(row) or _is_row_of_names(rows, at)


def concepts(heading: str) -> tuple[str, ...]:
    """Return the concepts that a heading names, whole spellings only where it is a key."""
    named_concepts = [
        meaning.concept
        for meaning in meanings_of(heading)
        if meaning.certain or meaning.concept not in KEYS
    ]
    long = len(plain(heading).split()) > 2  # "date of birth" is no date
    if not named_concepts and long:
        named_concepts = [meaning.concept for meaning in meanings_of(heading)]
    if not named_concepts and (strength_heading(heading).name or gait_heading(heading).name):
        named_concepts = ["measure"]
    return tuple(named_concepts)


def could_head(cell: Cell) -> bool:
    """Say whether a cell is a text that could be a heading, no number, date or remark."""
    if cell.kind != "t" or len(cell.text) > _LONGEST_HEADING or _WRITTEN_DAY.search(cell.text):
        return False
    amount = read_amount(cell.text)
    number = amount is not None and (amount.value is not None or bool(amount.clock))
    return not number and (read_written(cell.text) is None or len(cell.text) > 40)  # a question


def is_time(cell: Cell | None) -> bool:
    """Say whether a cell is a date or the number of a week."""
    if cell is None:
        return False
    if cell.kind in {"d", "m"} or text_serial(cell.text):
        return True
    return bool(read_week(cell.text) or _is_date(cell.text))


def _is_date(text: str) -> bool:
    written = read_written(text)
    return written is not None and (
        written.year is not None
        or written.weekday is not None
        or (written.order == "day" and not _is_decimal(text))
    )


def _is_decimal(text: str) -> bool:
    """Tell "12.5" from "12.5.": a number from a day without a year."""
    return text.count(".") == 1 and text.replace(".", "").isdigit()


def is_row_of_times(row: Row) -> bool:
    """Say whether a row holds dates or weeks across, after one or two texts."""
    cells = filled(row)
    times = [cell for cell in cells if is_time(cell)]
    return len(times) >= _FEWEST_DATES and len(times) >= 0.6 * len(cells)


def _is_row_of_names(rows: Sequence[Row], at: int) -> bool:
    """Say whether a row with an empty corner heads rows that begin with dates or weeks."""
    row = rows[at]
    if row[0] is not None or len(filled(row)) < _FEWEST_ACROSS:
        return False
    return _begin_with_times(rows, at) and all(could_head(cell) for cell in filled(row))


def _are_shirt_numbers(cells: Sequence[Cell]) -> bool:
    """Say whether headings are numbers that people wear: whole, each once, not 1, 2, 3 ..."""
    texts = [cell.text.strip().removesuffix(".0").lstrip("#") for cell in cells]
    if len(texts) < _FEWEST_ACROSS or not all(text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    # 1, 2, 3 ... number the columns and are worn by nobody.
    counted = numbers in (list(range(len(numbers))), list(range(1, len(numbers) + 1)))
    return len(set(numbers)) == len(numbers) and max(numbers) <= _MOST_SHIRT and not counted


def _heads_numbers_of_people(rows: Sequence[Row], at: int) -> bool:
    """Say whether a row heads a list of names and numbers alone: "No.", "Name"."""
    headed = {place: plain(cell.text) for place, cell in enumerate(rows[at]) if cell is not None}
    numbers = [place for place, text in headed.items() if text in NUMBERS_OF_PEOPLE | SHIRTS]
    below = [row for row in rows[at + 1 :] if filled(row)]
    if len(numbers) != 1 or len(headed) != _FEWEST_ACROSS or not below:
        return False
    return all(
        all((cell := row[place]) is not None and _is_whole(cell) == (place in numbers)
            for place in headed)
        for row in below
    )  # fmt: skip


def _is_whole(cell: Cell) -> bool:
    return cell.text.strip().removesuffix(".0").lstrip("#").isdigit()


def _begin_with_times(rows: Sequence[Row], at: int) -> bool:
    below = [row for row in rows[at + 1 : at + 4] if filled(row)]
    return bool(below) and all(is_time(cells[0]) for cells in below)


def _has_values_below(rows: Sequence[Row], at: int) -> bool:
    below = [row for row in rows[at + 1 : at + 6] if filled(row)]
    return bool(below)


def is_detail_row(row: Row, above: Row) -> bool:
    """Say whether a row below headings names only trials, sides, units, scales or days of weeks."""
    own = [cell for cell, head in zip(row, above, strict=True) if cell is not None and cell != head]
    if _dates_of_weeks(row, above):
        return True
    heads = [cell for cell in own if is_detail(cell.text) or could_head(cell)]
    scales = [cell for cell in own if cell not in heads and _SCALE.fullmatch(cell.text.strip())]
    return bool(heads) and len(heads) + len(scales) == len(own) and _is_no_record(row, above)


def _dates_of_weeks(row: Row, above: Row) -> bool:
    """Say whether a row of days stands below one of weeks, and a person's heading before them."""
    first, *days = filled(row) or [Cell("t", "")]
    if not days or not is_row_of_times(above):
        return False
    # "04/08" alone may be April or August; below a week it is a day.
    dated = all(is_time(day) or _DAY_AND_MONTH.fullmatch(day.text.strip()) for day in days)
    return dated and could_head(first) and bool(PEOPLE & set(concepts(first.text)))


def _is_no_record(row: Row, above: Row) -> bool:
    """Say whether nothing stands under the headings of people and days: a record has both."""
    keys = [
        cell
        for cell, head in zip(row, above, strict=True)
        if head and KEYS & set(concepts(head.text)) and cell != head
    ]
    return not any(keys)
