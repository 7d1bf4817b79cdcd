"""Which of an athlete's records the forecast used: a block that moves nothing may have had none."""

from typing import Final

import pandas as pd

from common.language import N_, message, plural
from common.text.plain_words import plain_date
from forecasting.scoring.week import SHARED_BELOW
from forecasting.status.records_read import RECENT_DAYS
from reporting.charts.blocks import block_words
from reporting.languages.plain_rows import Row, Rows

WORTH_TELLING: Final = 0.1
"""A smaller share of other sports says nothing about what the forecast does not see."""
_KINDS: Final = {
    "recovery": N_("questionnaires"),
    "strength": N_("strength tests"),
    "gait": N_("gait tests"),
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
    asked = by_kind.get("pain answers")
    notes = [
        _note(block, by_block.get(block), by_kind.get(kind), asked)
        for block, kind in _KINDS.items()
    ]
    return tuple(note for note in (*_other_sports(by_kind), *notes) if note)


def _other_sports(by_kind: dict[str, Row]) -> tuple[str, ...]:
    """Say how much of the training is no running, and of how much of that the effort is known."""
    running, other, rated, by_heart = (
        by_kind[kind]["recent"] if kind in by_kind else 0
        for kind in (
            "running minutes", "other minutes", "rated other minutes",
            "other minutes by heart rate",
        )
    )  # fmt: skip
    # 0 of 0 minutes is no share: who logged nothing gets no note.
    share = other / (running + other) if running + other else 0.0
    if share < WORTH_TELLING:
        return ()
    # The three kinds of minutes are rounded apart: their rest may be a little below 0.
    return _not_running(share), message(
        "effort of other sports: {rated} % of their minutes have a rating, {heart} % have only "
        "a heart rate, {unknown} % have neither",
        rated=f"{100 * rated / other:.0f}",
        heart=f"{100 * by_heart / other:.0f}",
        unknown=f"{100 * max(other - rated - by_heart, 0) / other:.0f}",
    )


def _not_running(share: float) -> str:
    return message(
        "other sports: {percent} % of the training hours of the past {days} days are not running;"
        " the running figures leave them out",
        percent=f"{100 * share:.0f}", days=RECENT_DAYS,
    )  # fmt: skip


def _note(block: str, moved: Row | None, read: Row | None, asked: Row | None) -> str:
    values = {"block": block_words(block), "kind": message(_KINDS[block]), "days": RECENT_DAYS}
    if read is not None:
        values["record"] = _on_record(block, read)
    sentence = _sentence(block, moved, read, asked)
    return message(sentence, **values) if sentence else ""


def _sentence(block: str, moved: Row | None, read: Row | None, asked: Row | None) -> str:
    """Return the sentence that holds, with its figures still in braces.

    Answers about pain are a table of their own: a form may hold them and nothing else that is read.
    """
    # The model has no feature of this block, so that records of it could not count.
    if moved is None:
        return "" if read is None else N_("{block}: {record}; this model reads none")
    # The block has features of the sessions too, so "used" would read as if a form had come in.
    if block == "recovery" and (read is None or read["recent"] == 0):
        return _without_questionnaires(moved, asked)
    if moved["known_features"] > 0:
        return _used(read is not None, abs(moved["contribution_log_odds"]) < SHARED_BELOW)
    if read is None:
        return N_("{block}: no {kind} on record, so nothing was used")
    return N_(
        "{block}: {record}; not used, because it is too old or holds nothing that this model reads"
    )


def _without_questionnaires(moved: Row, asked: Row | None) -> str:
    if asked is not None and asked["recent"] > 0:
        return N_(
            "{block}: of the questionnaires of the past {days} days only the answers about pain "
            "were used"
        )
    if moved["known_features"]:
        return N_(
            "{block}: no {kind} in the past {days} days, so only what the sessions tell of it "
            "was used"
        )
    return N_("{block}: no {kind} in the past {days} days, so nothing was used")


def _used(is_on_record: bool, is_quiet: bool) -> str:
    if is_on_record and is_quiet:
        return N_("{block}: {record}; used, nothing unusual")
    if is_on_record:
        return N_("{block}: {record}; used")
    return N_("{block}: used, nothing unusual") if is_quiet else N_("{block}: used")


def _on_record(block: str, read: Row) -> str:
    newest = plain_date(pd.Timestamp(read["newest"]))
    if block == "recovery":
        return message(
            "questionnaires of {recent} of the past {days} days, newest {newest}",
            recent=read["recent"], days=RECENT_DAYS, newest=newest,
        )  # fmt: skip
    return plural(
        "{kind} of {count} day, newest {newest}",
        "{kind} of {count} days, newest {newest}",
        int(read["records"]),
        kind=message(_KINDS[block]),
        newest=newest,
    )
