"""In which team the people of a form are: a row per person and team, with its last day."""

from typing import Final

import pandas as pd

from ingest.people.teams import TABLE
from ingest.readers.sheets.deciding.teams import team_column
from ingest.readers.sheets.opening.cells import text_of
from ingest.readers.sheets.table import Table
from ingest.records.examination import Columns

_WORKING: Final = "team of the row"


def teams_of(table: Table) -> Columns:
    """Return the working column with each row's team, none where no column tells it."""
    assigned = team_column(table.assigned)
    if assigned is None:
        return {}
    texts = [text_of(cell).strip() or None if cell else None for cell in assigned.column.cells]
    return {_WORKING: pd.Series(texts, index=table.sheet.cells.index, dtype="str")}


def team_rows(frame: pd.DataFrame, book: list[str]) -> dict[str, pd.DataFrame]:
    """Return athlete, date and team of the last row in which each person is in each team."""
    if _WORKING not in frame:
        return {}
    rows = frame[["athlete", "date", _WORKING, *book]].rename(columns={_WORKING: "team"})
    latest = rows.dropna(subset=["athlete", "date", "team"]).sort_values("date", kind="stable")
    last = latest.drop_duplicates(["athlete", "team"], keep="last")
    return {TABLE: last.reset_index(drop=True)} if len(last) else {}
