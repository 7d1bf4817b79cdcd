"""Days of injuries, and days of the same athletes on which nothing happened, to compare with.

A leak of records shows before injuries and not before other days of the same athlete. The control
days lie whole weeks earlier, so that the day of the week is the same, and outside every injury.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pandas as pd

from common.arrays import Ints
from features.injuries.rules import running_injuries
from models.sampling.risk_set import SPAN, day_numbers

CONTROL_WEEKS: Final = (4, 6, 8, 10, 12)
# A week before the day and four weeks to compare it with.
LEAST_PAST_DAYS: Final = 35
UNKNOWN_RETURN_DAYS: Final = 56
"""How long an injury without a return date is taken to last when control days are chosen."""
RUNS: Final = "runs"
"""Sessions that are runs."""
RATED: Final = "rated sessions"
"""Sessions with an exertion."""


def onset_days(new_injuries: pd.DataFrame, athletes: pd.DataFrame) -> pd.DataFrame:
    """Return athlete and date of the injuries that began after a month of observation.

    Parameters
    ----------
    new_injuries : pandas.DataFrame
        Athlete and onset_date of what is forecast
        (:func:`models.sampling.outcomes.new_injuries`). Before complaints, and before injuries of
        the injured, traces are to be expected and leak nothing.
    athletes : pandas.DataFrame
        The table of the contract.
    """
    days = new_injuries[["athlete", "onset_date"]].drop_duplicates()
    days = days.merge(athletes[["athlete", "observed_from"]], on="athlete")
    past = (days["onset_date"] - days["observed_from"]).dt.days
    # Early injuries have no month before them: everything would look as if it had just begun.
    days = days[past >= LEAST_PAST_DAYS].rename(columns={"onset_date": "date"})
    return days[["athlete", "date"]].reset_index(drop=True)


def control_days(
    onsets: pd.DataFrame, injuries: pd.DataFrame, athletes: pd.DataFrame
) -> pd.DataFrame:
    """Return athlete and date of days 4 to 12 weeks before each onset, outside every injury.

    Days of complaints may be among them: on these days athletes are at risk as well.

    Parameters
    ----------
    onsets : pandas.DataFrame
        From :func:`onset_days`.
    injuries, athletes : pandas.DataFrame
        The tables of the contract.
    """
    earlier = pd.concat(
        [onsets.assign(date=onsets["date"] - pd.Timedelta(weeks=k)) for k in CONTROL_WEEKS],
        ignore_index=True,
    ).drop_duplicates(ignore_index=True)
    watched = earlier.merge(athletes[["athlete", "observed_from"]], on="athlete", how="left")
    past = (watched["date"] - watched["observed_from"]).dt.days.to_numpy()
    earlier = earlier[past >= LEAST_PAST_DAYS].reset_index(drop=True)
    return earlier[~_near_an_injury(earlier, injuries)].reset_index(drop=True)


def _near_an_injury(days: pd.DataFrame, injuries: pd.DataFrame) -> np.ndarray:
    """Say which days lie in an injury, or so shortly before or after one that it would show."""
    injuries = running_injuries(injuries)
    ends = injuries["return_date"].fillna(
        injuries["onset_date"] + pd.Timedelta(days=UNKNOWN_RETURN_DAYS)
    )
    spells = injuries[["athlete", "onset_date"]].assign(end=ends)
    both = days.reset_index().merge(spells, on="athlete")
    margin = pd.Timedelta(days=LEAST_PAST_DAYS)
    near = (both["date"] > both["onset_date"] - pd.Timedelta(days=14)) & (
        both["date"] < both["end"] + margin
    )
    return np.asarray(days.index.isin(both.loc[near, "index"]))


@dataclass(frozen=True, eq=False)
class RecordDays:
    """The days with a record of each athlete, ready to be counted before many days.

    Parameters
    ----------
    names : pandas.Index
        The athletes, in the order of their codes.
    known : ndarray of int
        Code * SPAN + day of each day with a record, ascending and distinct.
    """

    names: pd.Index
    known: Ints

    @classmethod
    def of(cls, records: pd.DataFrame) -> Self:
        """Return the days of records (athlete, date); a row without a date is none."""
        codes, names = pd.factorize(records["athlete"])
        dated = records["date"].notna().to_numpy(dtype=bool) & (codes >= 0)
        # One number per athlete and day: what lies between two of them is found by halving.
        known = codes[dated].astype(np.int64) * SPAN + day_numbers(records["date"][dated])
        return cls(pd.Index(names), _distinct(known))

    def before(self, days: pd.DataFrame, first: int, last: int) -> Ints:
        """Return on how many different days there is a record `first` to `last` days before each.

        Parameters
        ----------
        days : pandas.DataFrame
            athlete and date.
        first, last : int
            The nearest and the farthest day that counts; 1 is the eve.
        """
        codes = self.names.get_indexer(pd.Index(days["athlete"]))
        now = codes * SPAN + day_numbers(days["date"])
        up_to = np.searchsorted(self.known, now - first, side="right")
        count = up_to - np.searchsorted(self.known, now - last, side="left")
        return np.where(codes >= 0, count, 0)


class RecordedDays:
    """Which days have a record of a kind; each kind is numbered once, for all that ask.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract. A kind is the name of one of them, or :data:`RUNS` or
        :data:`RATED`.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self._tables = tables
        self._kept: dict[str, RecordDays] = {}

    def __getitem__(self, kind: str) -> RecordDays:
        if kind not in self._kept:
            self._kept[kind] = RecordDays.of(self._records(kind))
        return self._kept[kind]

    def _records(self, kind: str) -> pd.DataFrame:
        if kind not in {"sessions", RUNS, RATED}:
            return self._tables[kind][["athlete", "date"]]
        sessions = self._tables["sessions"]
        if kind == RUNS:
            sessions = sessions[sessions["sport"] == "run"]
        elif kind == RATED:
            sessions = sessions[sessions["rpe"].notna()]
        return sessions[["athlete", "local_date"]].rename(columns={"local_date": "date"})


def _distinct(numbers: Ints) -> Ints:
    """Return the distinct numbers, ascending; tables in the order of athletes need no sorting."""
    if (numbers[1:] < numbers[:-1]).any():
        numbers = np.sort(numbers)
    return numbers[np.append(True, numbers[1:] != numbers[:-1])] if len(numbers) else numbers
