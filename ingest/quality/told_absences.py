"""Who is or may be injured by a remark or a cell such as INJ that tells nothing more.

Until kilometres are on record again they are unclear, and not healthy; afterwards the injury is
past, and its entry is missing in the list of injuries.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.language import plural
from common.question import MATTERS, question_id
from ingest.injuries.repeated_reports import LONGEST_OPEN
from ingest.quality.not_read import NotRead, until_then

TABLE: Final = "absences_told"
_NEAR: Final = pd.Timedelta(days=14)
"""As near to an entry of the list an absence is explained by it."""
_SHOWN_ROWS: Final = 6


def absences_not_explained(
    records: Mapping[str, pd.DataFrame],
    injuries: pd.DataFrame,
    last_runs: pd.DataFrame,
    names: Mapping[str, str],
) -> list[NotRead]:
    """Return what remarks and cells tell of injuries that no list has, for each file.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows with ids: `absences_told` (athlete, date, date_to, text, source, record) and, where
        present, `weekly_km`.
    injuries : pandas.DataFrame
        Joined, with pseudonyms.
    last_runs : pandas.DataFrame
        Pseudonym and day (local_date) of everybody's last run.
    names : mapping of str to str
        Id -> pseudonym.

    Returns
    -------
    list of NotRead
        Of a file at most one about those who have not run since, and one about the others.
    """
    absences = records.get(TABLE)
    if absences is None or absences.empty:
        return []
    # Who is not on the team's roster is nobody's worry here.
    rows = absences.assign(code=absences["athlete"].map(names)).dropna(subset="code")
    rows = rows[~_explained(rows, injuries)]
    stands = ~_ran_since(rows, records.get("weekly_km"), last_runs)
    return [
        _not_read(str(source), part, stands=is_open)
        for is_open in (True, False)
        for source, part in rows[stands == is_open].groupby("source", sort=True)
    ]


def _explained(rows: pd.DataFrame, injuries: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which absences lie within an injury that is known."""
    if injuries.empty:
        return np.zeros(len(rows), dtype=bool)
    known = injuries[["athlete", "onset_date", "return_date"]].dropna(subset="onset_date")
    # Nobody is injured for ever whose return nobody wrote: years ago explain no absence of today.
    ends = known["return_date"].fillna(known["onset_date"] + LONGEST_OPEN)
    known = known.assign(return_date=ends)
    both = rows.reset_index(names="at").merge(known, left_on="code", right_on="athlete")
    began = both["onset_date"] <= both["date_to"] + _NEAR
    # An open injury explains every later absence.
    lasts = both["return_date"] >= both["date"] - _NEAR
    return rows.index.isin(both.loc[began & lasts, "at"])


def _ran_since(
    rows: pd.DataFrame, weekly: pd.DataFrame | None, last_runs: pd.DataFrame
) -> NDArray[np.bool_]:
    """Return after which absences a run, or a week with kilometres, is on record."""
    since = _later(rows["code"], last_runs, "local_date", rows["date_to"])
    if weekly is None or weekly.empty:
        return since
    # A week of 0 km is no return to running.
    weeks = weekly[weekly["km"] > 0]
    return since | _later(rows["athlete"], weeks, "week_start", rows["date_to"])


def _later(athletes: pd.Series, runs: pd.DataFrame, day: str, ends: pd.Series) -> NDArray[np.bool_]:
    """Return for each absence whether its athlete has a later day among the runs."""
    last = runs.groupby("athlete")[day].max().to_dict()
    days = [last.get(athlete, pd.NaT) for athlete in athletes]
    return pd.Series(days, ends.index, dtype="datetime64[ns]").gt(ends).to_numpy(dtype=bool)


def _not_read(source: str, rows: pd.DataFrame, *, stands: bool) -> NotRead:
    records = tuple(dict.fromkeys(map(str, rows["record"])))
    text = plural(
        "{file}: {count} entry says that somebody is or may be injured, but not what the injury "
        "is (row {rows}): write it into the injury list",
        "{file}: {count} entries say that somebody is or may be injured, but not what the "
        "injury is (rows {rows}): write them into the injury list",
        len(records),
        file=source,
        rows=_shown(records),
    )
    brief = plural(
        "{file}: {count} entry about an injury is unclear (row {rows})",
        "{file}: {count} entries about injuries are unclear (rows {rows})",
        len(records),
        file=source,
        rows=_shown(records),
    )
    # Who runs again is not held back: only the entry in the list is missing.
    athletes = tuple(sorted(set(rows["athlete"]))) if stands else ()
    quotes = "; ".join(f"'{text}'" for text in dict.fromkeys(rows["text"]))
    sentence = until_then(text) if stands else text
    return NotRead(
        question_id("unread", source, f"absences {stands}"),
        MATTERS[0] if stands else MATTERS[-1],
        source,
        records,
        sentence,
        athletes,
        brief,
        f"{sentence} ({quotes})",
    )


def _shown(records: Sequence[str]) -> str:
    return ", ".join(records[:_SHOWN_ROWS]) + (", ..." if len(records) > _SHOWN_ROWS else "")
