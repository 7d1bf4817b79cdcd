"""Injury spells of all athletes, ready to be searched for many rows at once."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.settings.outcomes import DEFINITIONS, Outcome

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SPAN: Final = 1 << 24  # more days than any calendar here: athlete * span + day is a sortable key
NEVER: Final = SPAN - 1
_CONSULTED: Final = "clinician"


def day_numbers(dates: pd.Series) -> Days:
    """Whole days since 1970."""
    return np.asarray(dates.to_numpy(dtype="datetime64[D]").astype(np.int64), dtype=np.int64)


class RiskSet:
    """Who is injured when, and which onsets are new.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`features.injuries.spells.injury_spells`, of known athletes only.
    codes : ndarray of int
        Position of each spell's athlete.
    gap_days : int
        A report of the same region so many days after an assumed return is the same injury.
    """

    def __init__(self, spells: pd.DataFrame, codes: Days, gap_days: int) -> None:
        onset, known = day_numbers(spells["onset_date"]), day_numbers(spells["known_from"])
        # Two orders: new onsets are searched by the onset, who is injured by the day it was known.
        order = np.lexsort((onset, codes))
        self._table = spells.iloc[order].reset_index(drop=True)
        self._codes, self._onset = codes[order], onset[order]
        self._key = self._codes * SPAN + self._onset
        self._free = day_numbers(self._table["end_date"])
        by_known = np.lexsort((known, codes))
        self._known_key = codes[by_known] * SPAN + known[by_known]
        free = codes[by_known] * SPAN + day_numbers(spells["end_date"])[by_known]
        # An earlier athlete's key is always smaller than a later one's first day.
        self._known_free = np.maximum.accumulate(free)
        self._new = self._begins_while_free() & ~self._goes_on(gap_days)

    def injured_between(self, codes: Days, first: Days, last: Days) -> Flags:
        """Return whether the athlete is known to be injured on any day from `first` to `last`."""
        if not len(self._known_key):
            return np.zeros(len(codes), dtype=bool)
        # The longest spell known so far decides: a short later injury does not end a long earlier
        # one.
        latest = np.searchsorted(self._known_key, codes * SPAN + last, side="right") - 1
        free = np.where(latest >= 0, self._known_free[np.maximum(latest, 0)], 0)
        return np.asarray(free > codes * SPAN + first)

    def next_new_onset(self, codes: Days, after: Days, counted: Flags) -> Days:
        """Day of the athlete's first new injury among `counted` later than `after`."""
        keys = self._key[counted & self._new]
        position = np.searchsorted(keys, codes * SPAN + after, side="right")
        padded = np.append(keys, (codes.max(initial=0) + 1) * SPAN + NEVER)
        onset_day = padded[position] - codes * SPAN
        return np.where(onset_day < NEVER, onset_day, NEVER)

    def new_onsets(self, counted: Flags) -> pd.DataFrame:
        """Return athlete and onset_date of the new injuries among `counted`, each day once."""
        onsets = self._table.loc[counted & self._new, ["athlete", "onset_date"]]
        return onsets.drop_duplicates(ignore_index=True)

    def of_outcome(self, outcome: Outcome) -> Flags:
        """Return which injuries are of the outcome's regions, diagnoses and severity."""
        wanted = DEFINITIONS[outcome]
        is_of_outcome = np.isin(self._table["region"].astype(str), wanted.regions)
        if wanted.diagnoses is not None:
            is_of_outcome &= np.isin(self._table["diagnosis"].astype(str), wanted.diagnoses)
        if wanted.least_days is not None:
            lost, ended = self._days_lost()
            # An open injury has no length yet; what the register called it is all that is known.
            is_of_outcome &= np.where(
                ended, lost >= wanted.least_days, self._table["severity"] == "major"
            )
        return np.asarray(is_of_outcome, dtype=bool)

    def by_consensus(self, least_days: int) -> Flags:
        """Return which injuries restricted running long enough, are open, or were seen to."""
        lost, ended = self._days_lost()
        consulted = (self._table["class_reason"] == _CONSULTED).fillna(value=False)
        return np.asarray(~ended | (lost >= least_days) | consulted.to_numpy(dtype=bool))

    def recurrent(self) -> Flags:
        """Return which injuries are known to be recurrent."""
        flags = self._table["recurrent"].astype("boolean").fillna(value=False)
        return np.asarray(flags.to_numpy(dtype=bool))

    def _days_lost(self) -> tuple[Days, Flags]:
        back = self._table["return_date"]
        lost = (back - self._table["onset_date"]).dt.days.fillna(0).to_numpy(dtype=np.int64)
        return lost.astype(np.int64), np.asarray(back.notna())

    def _begins_while_free(self) -> Flags:
        """Return whether nothing that began on an earlier day was still going on."""
        if not len(self._key):
            return np.zeros(0, dtype=bool)
        latest = np.maximum.accumulate(self._codes * SPAN + self._free)
        earlier = np.searchsorted(self._key, self._key, side="left") - 1
        return np.asarray(np.where(earlier >= 0, latest[np.maximum(earlier, 0)], 0) <= self._key)

    def _goes_on(self, gap_days: int) -> Flags:
        """Return which reports go on with one of the same region whose return nobody knew then."""
        regions, _ = pd.factorize(self._table["region"].astype(str))
        back = self._table["return_date"].fillna(pd.Timestamp("2200-01-01"))
        returned, assumed = day_numbers(back), day_numbers(self._table["assumed_end"])
        # A later report goes on with this one if it begins by the earlier of both days.
        reach = np.minimum(returned - 1, assumed + gap_days)
        series = self._codes * (regions.max(initial=0) + 1) + regions
        # Stable, so that the reports of an athlete's region stay in the order of their onsets.
        order = np.argsort(series, kind="stable")
        series, onset, reach = series[order], self._onset[order], reach[order]
        farthest = np.maximum.accumulate(series * SPAN + reach)[:-1] - series[1:] * SPAN
        is_same_series = series[1:] == series[:-1]
        goes_on = is_same_series & ((farthest >= onset[1:]) | (onset[1:] == onset[:-1]))
        is_continuation = np.zeros(len(order), dtype=bool)
        is_continuation[order[1:]] = goes_on
        return is_continuation
