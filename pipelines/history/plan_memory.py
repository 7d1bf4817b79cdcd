"""Which plans were known on which day: what each week's run saw of the days to come.

A plan counts only as far as it was known on the day. The word of a file (`known_since`) stands
where nobody looked; where a run of that week looked, what it saw stands. So a plan that is
rewritten after the fact changes nothing: neither the week's forecast made again nor what is learnt
from it.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from common.contracts import CONTRACTS
from common.frame_files import read_frame, write_frame
from pipelines.history.damage import Damage

# A run up to 6 days before a forecast day stands for it, and the forecast covers 7 days more.
AHEAD: Final = pd.Timedelta(days=14)
"""How far ahead the memory reaches; a forecast is of the next seven days."""
WEEK: Final = pd.Timedelta(days=7)
_FOLDER: Final = "plans"
_COLUMNS: Final = tuple(CONTRACTS["plans"].columns)
_UNKNOWN: Final = "the plans of that week count as unknown"


@dataclass(frozen=True)
class PlanMemory:
    """The plans that the runs of earlier weeks saw, one file per as-of day.

    Parameters
    ----------
    folder : pathlib.Path
        The dataset's history, :attr:`pipelines.weekly.forecast_archive.Archive.folder`.
    damage : Damage
        Filled with the files that could not be read.
    """

    folder: Path
    damage: Damage = field(default_factory=Damage, compare=False)

    def known_on(self, plans: pd.DataFrame, as_of: pd.Timestamp, *, hindcast: bool) -> pd.DataFrame:
        """Return the planned sessions of the days after a day, as they were known on it.

        Parameters
        ----------
        plans : pandas.DataFrame
            The `plans` table as it is read now.
        as_of : pandas.Timestamp
            The day.
        hindcast : bool
            Whether later records lie in the folder: then a plan that does not say since when it
            is known is unknown, and what a run of the day saw goes before what the files say now.

        Returns
        -------
        pandas.DataFrame
            Columns of the contract; `known_since` is never null.
        """
        seen = self._seen(as_of) if hindcast else None
        if seen is not None:
            return seen
        return _as_files_say(plans, as_of, first_seen_now=not hindcast)

    def history(self, plans: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
        """Return what was known on each of several past days, with the day as `as_of`.

        Parameters
        ----------
        plans : pandas.DataFrame
            The `plans` table as it is read now.
        days : pandas.DatetimeIndex
            The as-of days of past weeks.
        """
        # Without any past week the empty table still has the columns and their types.
        nothing = plans.iloc[:0].assign(as_of=plans["date"].iloc[:0])
        first, last = plans["known_since"].min(), plans["date"].max()
        parts = []
        for day in days:
            known = self._seen(day)
            # On other days the files know of no plan: most of a season's weeks need no look.
            if known is None and first <= day < last:
                known = _as_files_say(plans, day, first_seen_now=False)
            if known is not None:
                parts.append(known.assign(as_of=day))
        return pd.concat([nothing, *parts], ignore_index=True)

    def store(
        self,
        plans: pd.DataFrame,
        as_of: pd.Timestamp,
        *,
        hindcast: bool,
        place: Path | None = None,
    ) -> None:
        """Keep what this run saw of the two weeks to come.

        Of an athlete whose plan an earlier run of the same day saw, the first version stays: the
        day of a run is that of the last record, and the week may have begun since. A hindcast adds
        nothing.

        Parameters
        ----------
        plans : pandas.DataFrame
            The `plans` table.
        as_of : pandas.Timestamp
            Day of the forecast.
        hindcast : bool
            Whether later records lay in the folder.
        place : pathlib.Path, optional
            Folder to write to in place of `folder`.
        """
        # Files that are read later may hold a plan that was rewritten after the week.
        if hindcast:
            return
        now = _as_files_say(plans, as_of, first_seen_now=True)
        now = now[now["date"] <= as_of + AHEAD]
        path = self.folder / _FOLDER / f"{as_of.date()}.parquet"
        before = self._read(path) if path.exists() else None
        if before is not None and len(before):
            # By athlete: a plan that was added for somebody else on the same day is new and counts.
            new = now[~now["athlete"].isin(before["athlete"])]
            now = pd.concat([before, new], ignore_index=True) if len(new) else before
        target = (place or self.folder) / _FOLDER / path.name
        write_frame(target, now.sort_values(["athlete", "date"], ignore_index=True))

    def _seen(self, as_of: pd.Timestamp) -> pd.DataFrame | None:
        """Return what the latest run of the week up to a day saw; None where none looked."""
        days = pd.date_range(as_of - WEEK + pd.Timedelta(days=1), as_of)
        # A list may be made on another weekday: the run nearest before the day saw the most.
        for day in reversed(days):
            path = self.folder / _FOLDER / f"{day.date()}.parquet"
            rows = self._read(path) if path.exists() else None
            if rows is not None:
                return rows[rows["date"] > as_of].reset_index(drop=True)
        return None

    def _read(self, path: Path) -> pd.DataFrame | None:
        return self.damage.read(path, lambda path: read_frame(path, list(_COLUMNS)), _UNKNOWN)


def _as_files_say(
    plans: pd.DataFrame, as_of: pd.Timestamp, *, first_seen_now: bool
) -> pd.DataFrame:
    """Return the plans of later days that the files' own word says were known on a day."""
    since = plans["known_since"]
    if first_seen_now:
        since = since.fillna(as_of)
    known = (since <= as_of) & (plans["date"] > as_of)
    return plans.assign(known_since=since)[known][list(_COLUMNS)].reset_index(drop=True)
