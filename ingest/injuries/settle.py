"""From what registers and questionnaires say to the tables of injuries and complaints."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from ingest.injuries.classing import ReportedInjury, classify
from ingest.injuries.complaints import complaints
from ingest.injuries.listed_again import one_of_each_list
from ingest.injuries.recurrence import with_recurrence
from ingest.injuries.repeated_reports import (
    injuries_from_remarks,
    injuries_from_reports,
    with_known_ends,
)
from ingest.injuries.two_lists import (
    lasting_ends,
    one_of_two_lists,
    with_ends_of_other_files,
)

CLASS_COLUMNS = ("class", "class_reason")


class Settled(NamedTuple):
    """The tables, and how many records went into others.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Entries of registers of every class, and injuries that questionnaires told.
    complaints : pandas.DataFrame
        Columns of the contract.
    merged : dict of str to int
        injuries_of_two_lists, injury_remarks_joined, injury_reports_joined, open_injuries_ended,
        injuries_listed_again.
    """

    injuries: pd.DataFrame
    complaints: pd.DataFrame
    merged: dict[str, int]


def settle(
    records: Mapping[str, pd.DataFrame],
    last_day: pd.Timestamp,
    recurrent_within_days: int | None = None,
) -> Settled:
    """Class every entry, join repeated reports, and set complaints apart.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        `injuries`, `injury_ends`, `injury_remarks`, `injury_reports`, `pain` and `ostrc`, where
        present.
    last_day : pandas.Timestamp
        Last day of the data.
    recurrent_within_days : int, optional
        See :func:`ingest.injuries.recurrence.with_recurrence`.
    """
    merged: dict[str, int] = {}
    parts = []
    if "injuries" in records:
        entered = one_of_two_lists(with_class(records["injuries"]))
        merged["injuries_of_two_lists"] = len(records["injuries"]) - len(entered)
        entered = with_ends_of_other_files(entered, lasting_ends(records))
        parts.append(entered)
    remarks = records.get("injury_remarks")
    if remarks is not None:
        listed = parts[0] if parts else remarks.iloc[:0]
        from_remarks = injuries_from_remarks(remarks, listed)
        merged["injury_remarks_joined"] = len(remarks) - len(from_remarks)
        parts.append(from_remarks)
    reports = records.get("injury_reports")
    if reports is not None:
        joined = injuries_from_reports(reports, last_day)
        merged["injury_reports_joined"] = int(reports["severity"].eq("major").sum()) - len(joined)
        parts.append(joined)
    if "ostrc" in records:
        parts.append(_substantial(records["ostrc"], last_day))
    nonempty = [part for part in parts if len(part)]
    if not nonempty:
        # A register may hold no entry at all: it has then no class either, and no complaint.
        others = {name: table for name, table in records.items() if name != "injuries"}
        return Settled(pd.DataFrame(), complaints(others), merged)
    every = pd.concat(nonempty, ignore_index=True)
    # Before lists are joined: an older version of a list must not keep an injury open.
    ended = with_known_ends(every)
    merged["open_injuries_ended"] = len(every) - len(ended)
    distinct = one_of_each_list(ended)
    merged["injuries_listed_again"] = len(ended) - len(distinct)
    flagged = with_recurrence(distinct, recurrent_within_days)
    return Settled(flagged, complaints({**records, "injuries": distinct}), merged)


def with_class(entries: pd.DataFrame) -> pd.DataFrame:
    """Class the entries of registers that have no class yet, by region, severity and days lost."""
    table = entries.reset_index(drop=True)
    for name in CLASS_COLUMNS:
        if name not in table:
            table[name] = pd.Series(None, index=table.index, dtype="str")
    open_ = table["class"].isna() & table["class_reason"].isna()
    rows = table.loc[open_].reindex(columns=["region", "severity", "onset_date", "return_date"])
    classes = [_class_of(*row) for row in rows.itertuples(index=False, name=None)]
    if classes:
        kinds, reasons = zip(*classes, strict=True)
        table.loc[open_, "class"] = list(kinds)
        table.loc[open_, "class_reason"] = list(reasons)
    return table


def _class_of(
    region: str, severity: str | float, onset: pd.Timestamp, back: pd.Timestamp
) -> tuple[str | None, str]:
    lost = None if pd.isna(back) else float((back - onset).days)
    known = severity if isinstance(severity, str) else "unknown"
    return classify(ReportedInjury(region, known, lost, ""))


def _substantial(answers: pd.DataFrame, last_day: pd.Timestamp) -> pd.DataFrame:
    """Return the injuries that weekly OSTRC answers tell: substantial problems, joined."""
    problems = answers[answers["substantial"].astype(bool)]
    reports = problems.assign(region=problems["region"].fillna("unknown"), severity="major")
    joined = injuries_from_reports(reports, last_day)
    is_injury = joined["class"].eq("injury").fillna(value=False)
    reason = joined["class_reason"].mask(is_injury, "substantial")
    return joined.assign(severity="unknown", class_reason=reason)
