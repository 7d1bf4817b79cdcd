"""Lists of who is injured on one day: what their lines say, and since when."""

from typing import Final

import numpy as np
import pandas as pd

from common.question import Question
from ingest.injuries.entry import InjuryEntry
from ingest.readers.sheets.deciding.assigned import TIMES
from ingest.readers.sheets.deciding.kind import says_something
from ingest.readers.sheets.kinds.day_of_test import day_around, version_of
from ingest.readers.sheets.kinds.since import began, is_back_by
from ingest.readers.sheets.questions import list_day_question
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.availability import AWAY, FIT, ILL, LIMITED, OUT, state_of

_TRAINS: Final = "no time lost"
"""As :mod:`ingest.injuries.severity_words` knows it."""


def _is_list(table: Table) -> bool:
    """Say whether the table is a list as of one day: none of its columns tells when."""
    return not TIMES & set(table.columns)


def list_day(table: Table) -> pd.Timestamp | None:
    """Return the day of a list as of one day, None for a register or where nothing tells it."""
    return day_around(table) if _is_list(table) else None


def onset_in_text(table: Table, onset: pd.Series, day: pd.Timestamp | None) -> pd.Series:
    """Return days of onset, where no cell tells one: from the sentence, else the list's own day.

    Who stands on a list was injured on its day at the latest; of whom it tells that he or she was
    back by then, the day stays unknown.
    """
    texts = [table.texts(name) for name in ("injury", "region", "severity", "comment")]
    rows = [[text for text in row if text] for row in zip(*texts, strict=True)]
    days = [
        began(row, table.days, day, remark=remark) if pd.isna(known) else None
        for row, remark, known in zip(rows, texts[-1], onset, strict=True)
    ]
    read = pd.Series(days, index=onset.index, dtype="datetime64[ns]")
    # A day after the end of the data is no onset; it may be that of the return.
    checked = read.where(read <= table.context.last_day)
    table.sheet.repair(checked.notna().to_numpy(), "onset_in_a_sentence")
    onset = onset.fillna(checked)
    if day is not None:
        # The day of the list as an onset would make somebody injured who is already back.
        still = pd.Series([not is_back_by(row, table.days, day) for row in rows], onset.index)
        by_list = onset.isna() & still
        table.sheet.repair(by_list.to_numpy(), "onset_by_the_day_of_the_list")
        onset = onset.mask(by_list, day)
    return onset


def asked(table: Table, onset: pd.Series) -> tuple[Question, ...]:
    """Return the question of which day a list is, where some of its lines need it."""
    if not _is_list(table) or list_day(table) is not None:
        return ()
    count = int((onset.isna() & pd.Series(table.sheet.stays(), index=onset.index)).sum())
    return (list_day_question(table, count, version_of(table)),) if count else ()


def refuse_fit(table: Table, entries: list[InjuryEntry]) -> None:
    """Refuse lines about people who can train or are away, if the line states no injury."""
    states = [state_of(entry.severity_cell) for entry in entries]
    fit = np.array(
        [
            # "Available" beside "sore calf" is a complaint: only a bare state is nothing.
            (state in {FIT, AWAY} and not says_something(entry.text))
            or (not state and state_of(entry.text) in {FIT, AWAY})
            for state, entry in zip(states, entries, strict=True)
        ],
        dtype=bool,
    )
    table.refuse(fit, "no_injury", "it says that there was no injury")


def text_of_line(columns: dict[str, list[str]], remark: str, at: int) -> str:
    """Return what happened: its own column, else the remark beside a state, else the state."""
    description = next(
        (columns[name][at] for name in ("injury", "region", "code") if columns[name][at]), ""
    )
    state = columns["severity"][at]
    if description or state_of(state) not in {OUT, LIMITED, ILL}:
        return description
    return remark or state


def with_state(remark: str, state: str, table: Table) -> str:
    """Return the remark with the state of a person in it: "modified" and "ill" class an entry.

    Who is available on the day of a list trains with what is written there.
    """
    if state_of(state) == FIT and _is_list(table):
        return f"{remark} ; {_TRAINS}" if remark else _TRAINS
    if state_of(state) not in {OUT, LIMITED, ILL}:
        return remark
    return f"{remark} ; {state}" if remark else state
