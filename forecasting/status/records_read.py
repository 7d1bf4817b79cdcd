"""What was read of each athlete, how much and up to when: a number is as old as its records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
from common.counted_sessions import counted
from features.injuries.rules import effective_injuries
from features.injuries.settings import InjuryRules
from forecasting.status.record_days import logged_days

RECENT_DAYS: Final = 28

SOURCES: Final = {
    "sessions": ("sessions", "local_date"),
    "weeks of kilometres": ("mileage", "date"),
    "questionnaires": ("wellness", "date"),
    "pain answers": ("pain", "date"),
    "strength tests": ("strength", "date"),
    "gait tests": ("gait", "date"),
    "injury reports": ("injuries", "onset_date"),
}
"""Kinds of records, each with its table and the column of its day."""

SINGLE: Final = ("sessions", "weeks of kilometres", "injury reports")
"""Kinds of which a row is one; of the others all rows of an athlete's day are one."""

RECORD_COLUMNS: Final = ("athlete", "kind", "records", "recent", "newest")


def records_read(
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    rules: InjuryRules,
    logged: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the records of each athlete up to a day.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; the injuries as known on the day.
    as_of : pandas.Timestamp
        Later records are not seen.
    rules : InjuryRules
        Which reports are one injury.
    logged : pandas.DataFrame, optional
        From :func:`forecasting.status.record_days.logged_days` of the day, where it is at hand.

    Returns
    -------
    pandas.DataFrame
        athlete, kind (one of :data:`SOURCES`, ``weeks`` with a record, ``new injuries`` while
        observed, ``running minutes`` or ``other minutes`` of training, ``rated other minutes`` and
        ``other minutes by heart rate`` those whose effort is known by an answer or by mean heart
        rate alone), records, recent (of the past 28 days), newest (day).
    """
    there = [kind for kind in SOURCES if SOURCES[kind][0] in tables]
    parts = [_count(_days(tables, kind), kind, as_of, by_day=kind not in SINGLE) for kind in there]
    logged = logged_days(tables, as_of) if logged is None else logged
    # Weeks end on Sunday, as those of the feature rows do by default.
    weeks = logged.assign(date=logged["date"].dt.to_period("W-SUN").dt.start_time)
    parts += [
        _count(weeks, "weeks", as_of, by_day=True),
        _count(_new_injuries(tables, rules), "new injuries", as_of),
        *_training_minutes(tables["sessions"], as_of),
    ]
    return pd.concat(parts, ignore_index=True)[list(RECORD_COLUMNS)].astype(
        {"athlete": "str", "kind": "str"}
    )


def _days(tables: Mapping[str, pd.DataFrame], kind: str) -> pd.DataFrame:
    table, column = SOURCES[kind]
    rows = tables[table]
    if table == "wellness":
        answers = rows.drop(columns=["athlete", "date", "source"], errors="ignore")
        # A row of a form without any answer is no record of that day.
        rows = rows[answers.notna().any(axis=1)]
    if table == "mileage":
        # A week is known once it is over: its kilometres reach up to its last day.
        rows = rows.assign(date=rows["date"] + pd.to_timedelta(rows["days"] - 1, unit="D"))
    return rows[["athlete", column]].set_axis(["athlete", "date"], axis=1)


def _new_injuries(tables: Mapping[str, pd.DataFrame], rules: InjuryRules) -> pd.DataFrame:
    rows = effective_injuries(tables["injuries"], rules)
    rows = rows.merge(tables["athletes"][["athlete", "observed_from", "observed_to"]])
    inside = rows["onset_date"].between(rows["observed_from"], rows["observed_to"])
    return rows.loc[inside, ["athlete", "onset_date"]].set_axis(["athlete", "date"], axis=1)


def _training_minutes(sessions: pd.DataFrame, as_of: pd.Timestamp) -> list[pd.DataFrame]:
    """Count whole minutes of running and of everything else; what is to be checked is left out."""
    columns = [
        "athlete", "local_date", "sport", "moving_min", "duration_min", "check", "rpe", "hr_mean",
    ]  # fmt: skip
    known = counted(sessions.reindex(columns=columns)).astype(
        {"moving_min": "float64", "duration_min": "float64"}
    )
    # A time in motion of 0 comes from a watch that writes none: the duration stands in for it.
    moving = known["moving_min"].where(known["moving_min"] > 0, known["duration_min"])
    known = known.assign(minutes=moving.fillna(0.0), date=known["local_date"])
    is_run, is_rated = known["sport"] == "run", known["rpe"].notna()
    by_heart = known["hr_mean"].notna() & ~is_rated
    return [
        _minutes(known[is_run], "running minutes", as_of),
        _minutes(known[~is_run], "other minutes", as_of),
        _minutes(known[~is_run & is_rated], "rated other minutes", as_of),
        _minutes(known[~is_run & by_heart], "other minutes by heart rate", as_of),
    ]


def _minutes(sessions: pd.DataFrame, kind: str, as_of: pd.Timestamp) -> pd.DataFrame:
    seen = _Seen.up_to(sessions, as_of)
    minutes = sessions["minutes"].to_numpy(dtype=np.float64)[seen.rows]
    recent = np.where(seen.is_recent, minutes, 0.0)
    # Summed as groups: the last bit may decide how half a minute is rounded.
    summed = pd.DataFrame({"records": minutes, "recent": recent}).groupby(seen.whose).sum()
    whole = summed.round().astype("int64")
    return seen.table(kind, records=whole["records"].to_numpy(), recent=whole["recent"].to_numpy())


def _count(
    days: pd.DataFrame, kind: str, as_of: pd.Timestamp, *, by_day: bool = False
) -> pd.DataFrame:
    """Count rows, or days with rows."""
    seen = _Seen.up_to(days, as_of)
    if by_day:
        seen = seen.each_day()
    recent = np.bincount(seen.whose[seen.is_recent], minlength=len(seen.names))
    return seen.table(
        kind, records=np.bincount(seen.whose, minlength=len(seen.names)), recent=recent
    )


@dataclass(frozen=True)
class _Seen:
    """The rows up to a day: places in the table, whose they are, when, and whether of late.

    Athletes are numbered in the order of `names`, which is sorted; each of them has a row.
    """

    names: pd.Index
    rows: Ints
    whose: Ints
    day: npt.NDArray[np.datetime64]
    is_recent: Bools

    @classmethod
    def up_to(cls, table: pd.DataFrame, as_of: pd.Timestamp) -> Self:
        """Return the rows of known athletes dated up to a day."""
        day = table["date"].to_numpy(dtype="datetime64[ns]")
        rows = np.flatnonzero((day <= as_of.to_datetime64()) & table["athlete"].notna().to_numpy())
        whose, names = pd.factorize(table["athlete"].iloc[rows], sort=True)
        since = (as_of - pd.Timedelta(days=RECENT_DAYS)).to_datetime64()
        return cls(names, rows, whose, day[rows], day[rows] > since)

    def each_day(self) -> Self:
        """Return one row per athlete and day."""
        order = np.lexsort((self.day, self.whose))
        whose, day = self.whose[order], self.day[order]
        is_first = np.ones(len(order), dtype=bool)
        is_first[1:] = (whose[1:] != whose[:-1]) | (day[1:] != day[:-1])
        first = order[is_first]
        return replace(
            self,
            rows=self.rows[first],
            whose=self.whose[first],
            day=self.day[first],
            is_recent=self.is_recent[first],
        )

    def table(self, kind: str, *, records: Ints, recent: Ints) -> pd.DataFrame:
        """Return figures of each athlete, with the day of the newest row, as records of a kind."""
        newest = np.full(len(self.names), np.datetime64("NaT", "ns"))
        # In the order of days: of several the last one stays.
        order = np.argsort(self.day, kind="stable")
        newest[self.whose[order]] = self.day[order]
        return pd.DataFrame(
            {
                "athlete": self.names.astype("str"),
                "records": records,
                "recent": recent,
                "newest": newest,
                "kind": kind,
            }
        )
