"""Bring the tables of one file together: records, account, questions, and what was left out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from common.language import N_
from common.question import Question
from ingest.readers.base import Parsed
from ingest.readers.sheets.deciding.candidate import Candidate
from ingest.readers.sheets.deciding.kind import MEMBERS
from ingest.readers.sheets.kinds.members import NO_INJURIES, columns_of_injuries
from ingest.readers.sheets.opening.cells import Cell, Tab, filled
from ingest.readers.sheets.opening.heading_rows import is_heading_row, is_time
from ingest.readers.sheets.read_as import READ_AS
from ingest.readers.sheets.table import Part
from ingest.readers.sheets.words.amounts import read_amount
from ingest.records.account import Account, Unread, rejects_of

KIND: Final = "sheet"
_SESSIONS: Final = N_("sessions")
_HIDDEN: Final = N_("hidden tabs among them")
_ANSWERS: Final = frozenset({"wellness", "pain", "ostrc", "body"})
_SHOWN: Final = 4
_KEPT: Final = (
    "no feature of the program knows them; their numbers are kept, and features.channels in"
    " params.yaml makes features of them"
)


def collected(
    source: str,
    kinds: Sequence[str],
    parts: Sequence[Part],
    unread: Sequence[Unread],
    questions: Sequence[Question],
    *,
    with_hidden: bool,
) -> Parsed:
    """Return the reading of a file from those of its tables.

    Parameters
    ----------
    kinds : sequence of str
        Kind of each part.
    unread : sequence of Unread
        What was left out on purpose.
    questions : sequence of Question
        About the file; those of its parts are added.
    with_hidden : bool
        Whether any part stands in a tab that the program does not show.
    """
    accounts = [part.account for part in parts]
    rejects = [account.rejects for account in accounts if account.rejected]
    asked = [question for part in parts for question in part.questions]
    words = [
        taken_for
        for kind, part in zip(kinds, parts, strict=True)
        for taken_for in _read_as(kind, part.records)
    ]
    account = Account(
        source=source,
        # One kind is told by name; a mixed workbook is a sheet.
        kind=f"{KIND}_{kinds[0]}" if len(set(kinds)) == 1 else KIND,
        read=sum(account.read for account in accounts),
        accepted=sum(account.accepted for account in accounts),
        repaired=sum(account.repaired for account in accounts),
        repairs=_summed(account.repairs for account in accounts),
        rejects=pd.concat(rejects, ignore_index=True) if rejects else rejects_of([]),
        read_as=", ".join([*dict.fromkeys(words), *([_HIDDEN] if with_hidden else [])]),
        unread=tuple(unread),
        questions=(*questions, *asked),
    )
    return Parsed(account, _joined(part.records for part in parts))


def _read_as(kind: str, records: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return what a table was taken for; rows of sessions are no answers of a form."""
    if kind != "form" or "sessions" not in records:
        return [READ_AS[kind]]
    return [_SESSIONS, *([READ_AS[kind]] if records.keys() & _ANSWERS else [])]


def nothing_read(
    source: str, unread: Sequence[Unread], questions: Sequence[Question], headings: str
) -> Account:
    """Return the account of a file of which no table could be read, refused or left out."""
    # Where nothing can be asked there is nothing to mend either: the file is left out, not refused.
    if not questions:
        reasons = "; ".join(f"{part.what}: {part.why}" for part in unread) or "no table in it"
        return Account(
            source=source, kind=KIND, read=0, accepted=0, ignored=reasons, unread=tuple(unread)
        )
    sentence = (
        f"{source}: nobody knows what its columns hold ({headings}); answer the question about"
        " it, or use headings of data/README.md"
    )
    return Account(
        source=source,
        kind=KIND,
        # A file that is refused whole counts as one record, so that the sums hold.
        read=1,
        accepted=0,
        rejects=rejects_of([(source, None, "unknown_sheet", sentence)]),
        unread=tuple(unread),
        questions=tuple(questions),
    )


def left_out(
    tabs: Sequence[Tab], candidates: Sequence[Candidate], read: Iterable[Candidate]
) -> list[Unread]:
    """Return tabs, columns and rows that are not read, each with the reason."""
    taken = list(read)
    unread = []
    for tab in tabs:
        if any(candidate.source_block.tab == tab.name for candidate in taken):
            continue
        if tab.why:
            unread.append(Unread(tab.name, tab.why))
        # An empty tab is nothing that anybody misses.
        elif any(filled(row) for row in tab.rows):
            own = [candidate for candidate in candidates if candidate.source_block.tab == tab.name]
            unread.append(Unread(tab.name or "the table", _why(tab, own)))
    for candidate in taken:
        where = (
            f"{candidate.source_block.tab}, "
            if candidate.source_block.tab and len(tabs) > 1
            else ""
        )
        if unused := candidate.unused():
            unread.append(Unread(f"{where}columns {', '.join(unused)}", "nothing uses them"))
        if candidate.kind == MEMBERS and (headings := columns_of_injuries(candidate.assigned)):
            unread.append(Unread(f"{where}columns {', '.join(headings)}", NO_INJURIES))
        if channels := candidate.channels:
            unread.append(Unread(f"{where}columns {', '.join(channels)}", _KEPT))
        unread += _rows(where, candidate)
    tabs_taken = {candidate.source_block.tab for candidate in taken}
    beside = [
        candidate
        for candidate in candidates
        if candidate not in taken and candidate.block.tab in tabs_taken
    ]
    return unread + [
        _beside(candidate, several=len(tabs) > 1)
        for candidate in beside
        if candidate.kind != "ignore"
    ]


def _beside(candidate: Candidate, *, several: bool) -> Unread:
    """Return a table that is not read beside one of the same tab that is."""
    block = candidate.source_block
    where = f"{block.tab}, " if block.tab and several else ""
    if block.value:
        return Unread(f"{where}'{block.value}' of each athlete", "nothing uses it")
    headings = ", ".join(column.heading or column.letter for column in block.columns[:_SHOWN])
    why = "nobody knows what its columns hold" if candidate.is_open else "no training in it"
    return Unread(f"{where}the table with {headings}", why)


def _why(tab: Tab, candidates: Sequence[Candidate]) -> str:
    if any(candidate.kind == "ignore" for candidate in candidates):
        return "left out by dataset.yaml"
    if any(candidate.is_open for candidate in candidates):
        return "nobody knows what its columns hold"
    if is_empty(tab):
        return f"no rows below its headings ({first_texts(tab)})"
    return f"no training in it ({first_texts(tab)})"


def is_empty(tab: Tab) -> bool:
    """Say whether a tab holds headings and nothing below them, as one that waits to be filled."""
    filled_rows = [row for row in tab.rows if filled(row)]
    if any(_holds_amount(cell) for row in filled_rows for cell in filled(row)):
        return False
    return (
        bool(filled_rows)
        and is_heading_row(filled_rows, len(filled_rows) - 1)
        and not is_time(filled_rows[-1][0])
    )


def _holds_amount(cell: Cell) -> bool:
    """Say whether a cell holds an amount with its unit, which no heading does: "5k", "45 min"."""
    amount = read_amount(cell.text) if cell.kind == "t" else None
    return amount is not None and amount.value is not None and bool(amount.unit)


def first_texts(tab: Tab) -> str:
    """Return the first filled cells of a tab, for people to recognise it."""
    # A row of one cell is a title, and says less than the headings.
    row = next((row for row in tab.rows if len(filled(row)) > 1), tab.rows[0] if tab.rows else [])
    texts = [cell.text for cell in filled(row)][:_SHOWN]
    return ", ".join(texts)


def _rows(where: str, candidate: Candidate) -> list[Unread]:
    """Return the notes in a table; rows of sums and averages hold nothing of their own."""
    return [
        Unread(f"{where}row {number} '{quote}'", "a note")
        for number, quote, why in candidate.source_block.left_out
        if why == "note"
    ]


def _summed(repairs: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for repair in repairs:
        total.update(repair)
    return dict(total)


def _joined(parts: Iterable[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    frames: dict[str, list[pd.DataFrame]] = {}
    for records in parts:
        for name, frame in records.items():
            frames.setdefault(name, []).append(frame)
    return {name: pd.concat(some, ignore_index=True) for name, some in frames.items()}
