"""Accounts of files as JSON, and back."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from common.question import question_of
from ingest.records.account import ALL_REJECT_COLUMNS, Account, Unread, rejects_of


def account_as_json(account: Account) -> dict[str, Any]:
    """Return an account as JSON takes it."""
    return {
        "source": account.source,
        "kind": account.kind,
        "read": account.read,
        "accepted": account.accepted,
        "repaired": account.repaired,
        "repairs": dict(account.repairs),
        # Most files have none, and an empty frame costs as much as a full one.
        "rejects": _plain(account.rejects) if len(account.rejects) else [],
        "read_as": account.read_as,
        "unread": [list(part) for part in account.unread],
        "questions": [asdict(question) for question in account.questions],
    }


def _plain(rejects: pd.DataFrame) -> list[list[Any]]:
    """Return the rows as JSON takes them, null where unknown."""
    cells = rejects.astype(object)
    with_nulls = cells.where(cells.notna(), None)[list(ALL_REJECT_COLUMNS)]
    rows: list[list[Any]] = with_nulls.to_numpy().tolist()
    return rows


def account_of_json(fields: dict[str, Any]) -> Account:
    """Return the account that :func:`account_as_json` was given."""
    restored = {
        "rejects": rejects_of(fields["rejects"]),
        "unread": tuple(Unread(*part) for part in fields["unread"]),
        "questions": tuple(question_of(question) for question in fields["questions"]),
    }
    return Account(**{**fields, **restored})
