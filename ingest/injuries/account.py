"""How each entry of the injury record was classed and why, and injuries per 1,000 h of running."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from common.counted_sessions import counted
from ingest.injuries.classing import sentence_of

ACCOUNT_COLUMNS: Final = (
    "athlete", "day", "region", "side", "severity", "class", "reason", "sentence", "recurrent",
    "source",
)  # fmt: skip
PUBLISHED_PER_1000_H: Final = {"recreational": 7.7, "lowest group": 2.5, "novice": 17.8}
"""Videbaek 2015: recreational 7.7 (6.9-8.7), long-distance track athletes 2.5, novices 17.8."""
_ANSWERS: Final = {"questionnaire": "minor_answer", "ostrc": "not_substantial"}
_HOURS: Final = 1000
_MINUTES: Final = 60


def injury_account(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every entry with its class and the sentence that says why, by athlete and day.

    Answers of questionnaires that are called minor are entries, too; ratings of pain are not.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `injuries` and `complaints` of the contract.

    Returns
    -------
    pandas.DataFrame
        :data:`ACCOUNT_COLUMNS`; class is ``injury``, ``complaint``, ``not_running`` or null where
        it could not be told.
    """
    rows = tables["injuries"].rename(columns={"onset_date": "day", "class_reason": "reason"})
    minor = tables["complaints"]
    minor = minor[minor["kind"].isin(list(_ANSWERS))].rename(columns={"date": "day"})
    reasons = minor["kind"].astype("str").map(_ANSWERS)
    minor = minor.assign(**{"class": "complaint"}, reason=reasons)
    both = pd.concat(
        [part.reindex(columns=list(ACCOUNT_COLUMNS)).astype(object) for part in (rows, minor)]
    )
    sentences = [sentence_of(str(reason)) for reason in both["reason"]]
    return both.assign(sentence=sentences).sort_values(["athlete", "day"], ignore_index=True)


def injury_rates(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Return entries by class, the hours of running on record, and rates per 1,000 h.

    Only injuries with an onset between an athlete's first and last run count: hours and injuries
    are of the same time. `every_entry_per_1000_h` is what counting each entry as an injury gives.
    """
    account = injury_account(tables)
    runs = tables["sessions"][tables["sessions"]["sport"] == "run"]
    runs = counted(runs)
    moving = runs["moving_min"].astype("float64")
    minutes = moving.where(moving > 0, runs["duration_min"].astype("float64"))
    hours = float(minutes.sum()) / _MINUTES
    span = runs.groupby("athlete")["local_date"].agg(["min", "max"])
    inside = account.merge(span, left_on="athlete", right_index=True)
    inside = inside[inside["day"].between(inside["min"], inside["max"])]
    counts = account["class"].fillna("not told").value_counts()
    injuries = int((inside["class"] == "injury").sum())
    return {
        "entries": {str(name): int(count) for name, count in counts.items()},
        "running_hours": round(hours, 1),
        "injuries_while_logged": injuries,
        "entries_while_logged": len(inside),
        "injuries_per_1000_h": _rate(injuries, hours),
        "every_entry_per_1000_h": _rate(len(inside), hours),
        "published_per_1000_h": PUBLISHED_PER_1000_H,
    }


def _rate(count: int, hours: float) -> float | None:
    return round(_HOURS * count / hours, 2) if hours else None
