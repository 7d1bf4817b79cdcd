"""Which of an athlete's records the forecast used: a block that moves nothing may have had none."""

from typing import Final

import pandas as pd

from common.plain_words import plain_date
from forecasting.scoring.week import SHARED_BELOW
from forecasting.status.records_read import RECENT_DAYS
from reporting.charts.blocks import block_words
from reporting.languages.plain_rows import Row, Rows

_KINDS: Final = {
    "recovery": "questionnaires",
    "strength": "strength tests",
    "gait": "gait tests",
}


def input_notes(blocks: Rows, records: Rows) -> tuple[str, ...]:
    """Say of recovery, strength and gait whether anything was there, and whether it counted.

    Parameters
    ----------
    blocks : sequence of mappings
        One athlete's and outcome's rows of :func:`forecasting.reasons.ranked.block_contributions`.
    records : sequence of mappings
        The athlete's rows of :func:`forecasting.status.records_read.records_read`.
    """
    by_block = {row["block"]: row for row in blocks}
    by_kind = {row["kind"]: row for row in records}
    notes = (_note(block, by_block.get(block), by_kind.get(kind)) for block, kind in _KINDS.items())
    return tuple(note for note in notes if note)


def _note(block: str, moved: Row | None, read: Row | None) -> str:
    kind, name = _KINDS[block], block_words(block)
    if moved is None:
        return "" if read is None else f"{name}: {_on_record(block, read)}; this model reads none"
    if block == "recovery" and (read is None or read["recent"] == 0):
        there = f"{name}: no {kind} in the past {RECENT_DAYS} days, so "
        sessions = "only what the sessions tell of it was used"
        return there + (sessions if moved["known_features"] else "nothing was used")
    if moved["known_features"] > 0:
        told = f"{name}: used" if read is None else f"{name}: {_on_record(block, read)}; used"
        quiet = abs(moved["contribution_log_odds"]) < SHARED_BELOW
        return f"{told}, nothing unusual" if quiet else told
    if read is None:
        return f"{name}: no {kind} on record, so nothing was used"
    return f"{name}: {_on_record(block, read)}; too old, or without what this model reads: not used"


def _on_record(block: str, read: Row) -> str:
    newest = f"newest {plain_date(pd.Timestamp(read['newest']))}"
    if block == "recovery":
        return f"questionnaires of {read['recent']} of the past {RECENT_DAYS} days, {newest}"
    days = "1 day" if read["records"] == 1 else f"{read['records']} days"
    return f"{_KINDS[block]} of {days}, {newest}"
