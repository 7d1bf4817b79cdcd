"""Measures of the team's own, as rows of the table `extra`."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.sheets.deciding.channels import channels_in
from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.table import Table, amount_of
from ingest.records.examination import Columns, Mask

MARK: Final = "channel:"
"""Working columns are named by it, so that no heading can be mistaken for another column."""
_NO_NUMBER: Final = "no number in channel:"
"""Working columns that tell a cell which held something else from one that was empty."""
_LARGEST: Final = 1e9
_OF_A_SESSION: Final = ("duration_min", "distance_km")
_TRAINED: Final = "something of a session is written"
_TELLS_OF_ONE: Final = (
    "duration_min", "duration_h", "distance_km", "sport", "rpe", "hr_mean", "hr_max", "ascent_m",
)  # fmt: skip
_NO_SESSION: Final = frozenset({"rest", "away", "none", "ill", "injured"})
"""Words that say there was none; "?" is one that nobody knows."""


def channels_of(table: Table) -> Columns:
    """Return one working column per channel; a cell that is no number is a named repair."""
    columns: Columns = {}
    for name, assigned in channels_in(table.assigned).items():
        amounts = [amount_of(cell, table.mark) for cell in assigned.column.cells]
        values = np.array(
            [
                np.nan if amount is None or amount.value is None else amount.value
                for amount in amounts
            ],
            dtype=float,
        )
        filled = np.array([cell is not None for cell in assigned.column.cells], dtype=bool)
        # An empty cell is nothing wrong; a filled one that gives no number is told.
        wrong = (filled & np.isnan(values)) | (np.abs(values) > _LARGEST)
        table.sheet.repair(wrong, f"bad_{name}_set_null")
        columns[MARK + name] = np.where(wrong, np.nan, values)
        columns[_NO_NUMBER + name] = wrong
    if columns:
        columns[_TRAINED] = pd.Series(_trained(table), index=table.sheet.cells.index)
    return columns


def _trained(table: Table) -> Mask:
    """Tell which rows speak of a session, be it in a cell that cannot be read."""
    by_concept = [
        [_speaks_of_one(cell, table.mark) for cell in table.cells(concept)]
        for concept in _TELLS_OF_ONE
    ]
    trained: Mask = np.logical_or.reduce(np.array(by_concept, dtype=bool), axis=0)
    return trained


def _speaks_of_one(cell: Cell | None, mark: str) -> bool:
    """Say whether a cell holds more than nothing, nought or a word for a day off."""
    if cell is None:
        return False
    amount = amount_of(cell, mark)
    if amount is None:
        return True
    # A clock of 0:00 tells a day without a session as much as a 0 does.
    return not (
        amount.value == 0 or amount.word in _NO_SESSION or (amount.clock and not any(amount.clock))
    )


def extra_rows(frame: pd.DataFrame, book: list[str]) -> pd.DataFrame:
    """Return athlete, date, channel, value, a row per cell; a session without a value stays, null.

    An empty cell beside a session is a value that nobody told, which is not the same as no row: a
    day without training. A table with a row for every day, in which sessions stand too, leaves the
    cells of days off empty: these are no rows. Where no session stands anywhere, the row speaks of
    one all the same (an exertion, a length that cannot be read), or the cell held something that is
    no number, the value stays unknown.
    """
    named = [str(name) for name in frame.columns if str(name).startswith(MARK)]
    keys = frame[["athlete", "date", *book]]
    off = _days_off(frame)
    parts = [_of_channel(frame, keys, name.removeprefix(MARK), off) for name in named]
    if not parts:
        return pd.DataFrame(columns=["athlete", "date", "channel", "value", *book])
    return pd.concat(parts, ignore_index=True)


def _of_channel(
    frame: pd.DataFrame, keys: pd.DataFrame, channel: str, off: "pd.Series[bool]"
) -> pd.DataFrame:
    values = frame[MARK + channel].astype(float)
    empty = values.isna() & ~frame[_NO_NUMBER + channel].astype(bool)
    return keys.assign(channel=channel, value=values)[~(off & empty)]


def _days_off(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which rows are days without a session, in a table that holds sessions."""
    session = frame.reindex(columns=list(_OF_A_SESSION)).notna().any(axis=1)
    # Nothing tells of sessions, so that no row is known to be a day off.
    if _TRAINED not in frame:
        # Not simply False: a mask of the same rows is needed.
        return session & False
    return ~frame[_TRAINED].astype(bool) & ~session & bool(session.any())
