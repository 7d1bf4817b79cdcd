"""The plain club CSVs that map row by row onto a table, read by their specification."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.club.other_columns import tell_unused
from ingest.readers.club.specs import LAYOUTS, NEEDED, OWN_COLUMNS, ClubSpec
from ingest.readers.plans.sheet_words import plain_plan_words
from ingest.readers.strength.units import convert_units
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.delimited import demand_columns, header_of, read_delimited
from ingest.readers.text.plan_words import PLANNED_AHEAD
from ingest.readers.text.units_in_cells import units_to_numbers
from ingest.records.examination import Columns, Sheet
from ingest.records.rules import rule_of

LIKE_ENOUGH: Final = 0.5
_NAME_COUNTS: Final = 0.5
_PLANNED: Final = frozenset({"planned_duration_min", "planned_distance_km", "known_since"})


@lru_cache(maxsize=256)
def layout_of(header: tuple[str, ...], stem: str) -> str | None:
    """Return which club CSV a header belongs to.

    Beside `athlete`, one column that only one club CSV has is enough; without `athlete`, half of
    all columns must be shared. The file's name only helps a damaged header, so that the file's
    owner reads which column is missing.
    """
    headings = set(header)

    def likeness(name: str) -> float:
        columns = set(LAYOUTS[name])
        shared = len(headings & columns) / len(headings | columns)
        own = len(headings & OWN_COLUMNS[name]) if "athlete" in headings else 0
        return own + shared + (_NAME_COUNTS if shared and stem == name else 0)

    best = max(LAYOUTS, key=likeness)
    return best if likeness(best) >= LIKE_ENOUGH else None


class ClubReader(Reader):
    """A club CSV whose rows go to one table.

    Parameters
    ----------
    spec : ClubSpec
        The file's columns and their meaning.
    """

    version = 3

    def __init__(self, spec: ClubSpec) -> None:
        self.spec = spec
        self.kind = f"club_{spec.name}"
        self.description = f"`{spec.name}.csv`: {spec.description}"

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return is_layout(self.spec.name, path, head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the rows; see :class:`ingest.readers.base.Reader`."""
        sheet = open_club_csv(path, context, self.kind, self.spec.needed)
        if self.spec.table == "strength":
            convert_units(sheet)
        if self.spec.table == "plans":
            plain_plan_words(sheet)
        ahead = PLANNED_AHEAD if self.spec.table == "plans" else pd.Timedelta(0)
        last_day = context.last_day + ahead
        columns: Columns = {"athlete": named_athlete(sheet, "athlete", context)}
        for name in self.spec.columns[1:]:
            columns[name] = _column(sheet, self.spec.table, name, last_day)
        for later, earlier in self.spec.after.items():
            columns[later] = _not_before(sheet, columns, later, earlier)
        if self.spec.unless_all_null:
            refuse_empty(sheet, columns, self.spec.unless_all_null)
        frame, account = sheet.finish(columns)
        return Parsed(account, {self.spec.table: frame})


def is_layout(name: str, path: Path, head: bytes) -> bool:
    """Say whether the head of a file is that of the named club CSV.

    One without a needed column is a sheet of another layout, whatever its name says. Only the
    roster is known by its name: it is the one file that is written for people to edit.
    """
    header = tuple(column.lower() for column in header_of(head))
    stem = path.stem.lower()
    # A form with headings of its own is a sheet: nothing of it would be left out in silence.
    own_form = name == "wellness" and not set(header) <= set(LAYOUTS[name])
    by_name = name == stem == "roster"
    # Day and sport without a planned length are a log of what was done, unless it is called a plan.
    is_log = name == "plans" and not _PLANNED & set(header) and "plan" not in stem
    whole = (set(NEEDED[name]) <= set(header) and not own_form and not is_log) or by_name
    return whole and layout_of(header, stem) == name


def open_club_csv(path: Path, context: ReadContext, kind: str, needed: tuple[str, ...]) -> Sheet:
    """Return the cells of a club CSV, column names in lower case, needed columns present."""
    parsed = read_delimited(path.read_bytes())
    columns = parsed.cells.columns.str.lower()
    if columns.has_duplicates:  # "RPE" beside "rpe": which one is meant nobody can say
        twice = ", ".join(sorted(set(columns[columns.duplicated()])))
        raise FileRefused("column_twice", f"column {twice} stands twice in the header")
    parsed.cells.columns = columns
    demand_columns(parsed.cells.columns, needed)
    sheet = parsed.sheet(context.source(path), kind)
    units_to_numbers(sheet)
    tell_unused(sheet, LAYOUTS[kind.removeprefix("club_")])
    return sheet


def refuse_empty(sheet: Sheet, columns: Columns, names: tuple[str, ...]) -> None:
    """Refuse records that hold nothing in any of the named columns."""
    empty = np.logical_and.reduce([pd.isna(pd.Series(columns[name])) for name in names])
    sheet.reject(empty, "nothing_answered", lambda _: f"none of {', '.join(names)} is filled in")


def _column(sheet: Sheet, table: str, name: str, last_day: pd.Timestamp) -> pd.Series | Floats:
    rule = rule_of(table, name)
    if rule.kind == "number":
        return sheet.number(name, rule)
    if rule.kind == "choice":
        return _choice(sheet, table, name)
    if rule.kind == "day":
        return sheet.day(name, rule, last_day)
    return sheet.words(name, rule)


def _choice(sheet: Sheet, table: str, name: str) -> pd.Series:
    if (table, name) == ("pain", "when"):
        chosen = sheet.choice(name, rule_of(table, name, strict=False, needed=False))
        # The contract has a word for "not told"; an answer is not refused for it.
        return chosen.fillna("unspecified")
    return sheet.choice(name, rule_of(table, name))


def _not_before(sheet: Sheet, columns: Columns, later: str, earlier: str) -> pd.Series:
    last, first = pd.Series(columns[later]), pd.Series(columns[earlier])
    before = (last < first).to_numpy()
    sheet.repair(before, f"{later}_before_{earlier}_set_null")
    return last.mask(before)
