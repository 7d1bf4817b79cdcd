"""The cells of plans with the days of a week across, as planned sessions."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.vocabulary import SPORTS
from ingest.dataset.file_names import stem_of
from ingest.readers.activity.sport_names import activity
from ingest.readers.base import FileRefused, Parsed, ReadContext
from ingest.readers.plans.called_plan import CALLED_PLAN
from ingest.readers.plans.week_grid import PlannedCell, WeekGrid, grids_of
from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.opening.book import open_book
from ingest.readers.sheets.opening.cells import Tab
from ingest.readers.sheets.tabs import read_tabs
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.plan_words import PLANNED_AHEAD, kind_of
from ingest.readers.text.typed_plan import lengths_of
from ingest.records.account import Unread
from ingest.records.examination import NEEDED_DAY, Columns, Sheet
from ingest.records.rules import rule_of

_NO_DAYS_ACROSS: Final = (
    "a plan without the days of a week across; write a day and a distance into each row"
)
_ORDERS: Final = (True, False)
_ANY_YEAR: Final = (2024,)
"""Dates without a year follow one another in every year."""


def has_days_across(path: Path) -> bool:
    """Say whether a sheet has the days of a week across."""
    return any(grids_of(tab, _readers(_ANY_YEAR, None)) for tab in open_book(path))


def read_plans(path: Path, kind: str, context: ReadContext) -> Parsed:
    """Read every filled cell under a day; sheets without days across as any sheet is read.

    Parameters
    ----------
    path : pathlib.Path
        The sheet.
    kind : str
        Kind of the reader, for the account.
    context : ReadContext
        Settings.
    """
    tabs = [tab for tab in open_book(path) if tab.rows]
    grids = [_grids(tab, context.source(path), context) for tab in tabs]
    plans = _plans(tabs, grids, kind, path, context)
    others = [tab for tab, tab_grids in zip(tabs, grids, strict=True) if not tab_grids]
    return _with_others(plans, others, context) if others else plans


def _plans(
    tabs: list[Tab], grids: list[list[WeekGrid]], kind: str, path: Path, context: ReadContext
) -> Parsed:
    several = sum(map(bool, grids)) > 1
    cells = [
        (f"{tab.name}!{cell.place}" if several else cell.place, cell)
        for tab, tab_grids in zip(tabs, grids, strict=True)
        for grid in tab_grids
        for cell in grid.cells(tab)
    ]
    if not cells:
        raise FileRefused("empty_file", "no cell under a day is filled: nothing is planned")
    named = any(grid.has_names for tab_grids in grids for grid in tab_grids)
    table = pd.DataFrame([_planned_session(cell) for _, cell in cells])
    table.index = pd.Index([place for place, _ in cells])
    sheet = Sheet(context.source(path), kind, table, word="cell")
    sheet.reject(
        ~table["is_plan"].to_numpy(dtype=bool),
        "no_training",
        lambda _: "no distance, time, kind or sport that is known; write `8 km easy` or `rest`",
    )
    columns: Columns = {
        "athlete": named_athlete(sheet, "name", context) if named else context.athlete_of(path),
        "date": sheet.day("day", NEEDED_DAY, context.last_day + PLANNED_AHEAD),
        "sport": table["sport"],
        "planned_duration_min": sheet.check_number(
            "minutes", rule_of("plans", "planned_duration_min"), table["minutes"].to_numpy()
        ),
        "planned_distance_km": sheet.check_number(
            "km", rule_of("plans", "planned_distance_km"), table["km"].to_numpy()
        ),
        "intensity": table["intensity"],
    }
    frame, account = sheet.finish(columns)
    return Parsed(account, {"plans": frame})


def _with_others(plans: Parsed, others: list[Tab], context: ReadContext) -> Parsed:
    """Return plans with what the other sheets of the workbook hold; further plans are left out."""
    source = plans.account.source
    # A further plan must not be read as training that was done.
    further = [tab for tab in others if CALLED_PLAN.search(tab.name)]
    rest = [tab for tab in others if tab not in further]
    read = read_tabs(rest, source, context) if rest else None
    account, records = plans.account, plans.records
    if read is not None:
        account = replace(account.with_part(read.account), questions=read.account.questions)
        records = {**read.records, **records}
    unread = [Unread(tab.name, _NO_DAYS_ACROSS) for tab in further]
    return Parsed(
        replace(account, unread=(*unread, *(read.account.unread if read else ()))), records
    )


def _readers(years: tuple[int, ...], day_first: bool | None) -> list[DayReader]:
    orders = _ORDERS if day_first is None else (day_first,)
    return [DayReader(order, years) for order in orders]


def _grids(tab: Tab, source: str, context: ReadContext) -> list[WeekGrid]:
    """Return where days are across; a date without a year is of the year to come or this one."""
    match = re.search(r"(?:19|20)\d{2}", stem_of(source))
    # In the last days of December a plan is mostly of the coming year.
    year = int(match.group()) if match else (context.last_day + pd.Timedelta(days=7)).year
    return grids_of(tab, _readers((year,), context.day_first(source)))


def _planned_session(cell: PlannedCell) -> dict[str, object]:
    km, minutes, kind = *lengths_of(cell.text), kind_of(cell.text)
    named = activity(cell.text)
    sport = named.sport if named.known and named.sport in SPORTS else "run"
    return {
        "name": cell.name or None,
        "day": None if cell.day is None else cell.day.strftime("%Y-%m-%d"),
        "sport": "run" if kind == "rest" else sport,
        "km": np.nan if km is None else km,
        "minutes": np.nan if minutes is None else minutes,
        "intensity": kind,
        "is_plan": kind is not None or km is not None or minutes is not None or named.known,
    }
