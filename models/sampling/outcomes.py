"""Outcomes: whether a row was at risk, and whether a new injury followed it.

The rules are those of ARCHITECTURE.md, "Time". Days are whole calendar days.

* A *new injury* begins while the athlete is not injured anywhere. Injuries of two regions that
  begin on the same day are both new.
* A row (athlete, t) is *at risk* if the athlete is not injured on any day from t to t + lead. An
  injury covers the days from its onset to the day before the return, and always its onset day.
* The *event* is a new injury of the outcome's region with onset in (t + lead, t + lead + horizon].
* Every row whose horizon runs past the athlete's `observed_to` is dropped, event or not: keeping
  only those with an event would bias the rate upwards.
* An injury of another region does not end the horizon of `knee`; it is flagged.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.errors import StridecastError
from features.injuries.rules import InjuryRules, effective_injuries
from models.settings.outcomes import REGIONS_BY_OUTCOME, Outcome, OutcomeSettings

Days = npt.NDArray[np.int64]

_SPAN: Final = 1 << 24  # more days than any calendar here: athlete * span + day is a sortable key
_NEVER: Final = _SPAN - 1


def label(
    rows: pd.DataFrame,
    injuries: pd.DataFrame,
    athletes: pd.DataFrame,
    outcome: Outcome,
    settings: OutcomeSettings,
    rules: InjuryRules,
) -> pd.DataFrame:
    """Say for each as-of row whether it was at risk and whether a new injury followed.

    Parameters
    ----------
    rows : pandas.DataFrame
        `athlete` and `date` (the as-of date t), in any order.
    injuries, athletes : pandas.DataFrame
        The tables of the contract.
    outcome : str
        One of :data:`REGIONS_BY_OUTCOME`: the regions whose new injuries are events.
    settings : OutcomeSettings
        Horizon and lead, days.
    rules : InjuryRules
        Recurrence gap, default durations, minimum time loss.

    Returns
    -------
    pandas.DataFrame
        In the order and with the index of `rows`: athlete, date, at_risk (bool), event (1, 0, or
        nan where not at risk or not complete), complete (bool, the window ends by `observed_to`),
        onset_date (of the event), other_region_event (bool, a new injury elsewhere in the window).

    Raises
    ------
    StridecastError
        If a row's athlete is not in `athletes`.

    Examples
    --------
    An injury on the as-of date itself is no event, and the row is not at risk:

    >>> day = pd.to_datetime
    >>> rows = pd.DataFrame({"athlete": "a", "date": day(["2024-03-03", "2024-03-10"])})
    >>> injuries = pd.DataFrame({"athlete": "a", "onset_date": day(["2024-03-10"]),
    ...     "return_date": day(["2024-04-01"]), "region": "knee", "side": "left",
    ...     "diagnosis": "pfps"})
    >>> athletes = pd.DataFrame({"athlete": ["a"], "observed_to": day(["2024-12-29"])})
    >>> found = label(rows, injuries, athletes, "any", OutcomeSettings(), InjuryRules())
    >>> found[["at_risk", "event"]]
       at_risk  event
    0     True    1.0
    1    False    NaN
    """
    known = _numbered(athletes)
    codes = _codes(rows["athlete"], known)
    day = _day_numbers(rows["date"])
    spells = _Spells(effective_injuries(injuries, rules), known)
    start, stop = day + settings.lead_days, day + settings.reach_days

    at_risk = ~spells.injured_between(codes, day, start)
    complete = stop <= _day_numbers(athletes["observed_to"])[codes]
    onset = spells.next_new_onset(codes, start, spells.of_region(outcome))
    elsewhere = spells.next_new_onset(codes, start, ~spells.of_region(outcome))
    counted = at_risk & complete
    happened = counted & (onset <= stop)
    return pd.DataFrame(
        {
            "athlete": rows["athlete"],
            "date": rows["date"],
            "at_risk": at_risk,
            "event": np.where(counted, happened.astype(float), np.nan),
            "complete": complete,
            "onset_date": _dates(onset, happened),
            "other_region_event": counted & (elsewhere <= stop),
        },
        index=rows.index,
    )


def _numbered(athletes: pd.DataFrame) -> pd.Series:
    """Return the position of each athlete in the table."""
    return pd.Series(np.arange(len(athletes)), index=athletes["athlete"].to_numpy())


def _codes(names: pd.Series, known: pd.Series) -> Days:
    codes = pd.Index(known.index).get_indexer(pd.Index(names))
    if (codes < 0).any():
        stranger = names.to_numpy()[codes < 0][0]
        raise StridecastError(
            f"athlete {stranger!r} has rows but stands in no roster",
            "run ingest again, so that features and the athletes table agree",
        )
    return np.asarray(codes, dtype=np.int64)


def _day_numbers(dates: pd.Series) -> Days:
    """Whole days since 1970."""
    return np.asarray(dates.to_numpy(dtype="datetime64[D]").astype(np.int64), dtype=np.int64)


def _dates(days: Days, kept: npt.NDArray[np.bool_]) -> npt.NDArray[np.datetime64]:
    dates = np.full(len(days), np.datetime64("NaT"), dtype="datetime64[ns]")
    dates[kept] = days[kept].astype("datetime64[D]")
    return dates


class _Spells:
    """Injuries sorted by athlete and onset, ready to be searched for many rows at once."""

    def __init__(self, injuries: pd.DataFrame, known: pd.Series) -> None:
        table = injuries[injuries["athlete"].isin(known.index)]
        codes = _codes(table["athlete"], known)
        onset = _day_numbers(table["onset_date"])
        order = np.lexsort((onset, codes))
        self._region = table["region"].to_numpy()[order]
        self._codes, self._onset = codes[order], onset[order]
        self._key = self._codes * _SPAN + self._onset
        # The first day after the injury; the onset day always belongs to it.
        free = np.maximum(_day_numbers(table["end_date"])[order], self._onset + 1)
        self._free_key = np.maximum.accumulate(self._codes * _SPAN + free)
        self._new = self._is_new()

    def _is_new(self) -> npt.NDArray[np.bool_]:
        """Return whether nothing that began on an earlier day was still going on."""
        earlier = np.searchsorted(self._key, self._key, side="left") - 1
        return self._free_before(earlier) <= self._key

    def _free_before(self, last: Days) -> Days:
        """Key of the first free day after all injuries up to position `last` (-1: none)."""
        if not len(self._key):
            return np.zeros_like(last)
        return np.where(last >= 0, self._free_key[np.maximum(last, 0)], 0)

    def of_region(self, outcome: Outcome) -> npt.NDArray[np.bool_]:
        """Return which injuries the outcome counts."""
        return np.isin(self._region.astype(str), REGIONS_BY_OUTCOME[outcome])

    def injured_between(self, codes: Days, first: Days, last: Days) -> npt.NDArray[np.bool_]:
        """Return whether the athlete is injured on any day from `first` to `last`."""
        latest = np.searchsorted(self._key, codes * _SPAN + last, side="right") - 1
        # An earlier athlete's key is always smaller than this athlete's first day.
        return self._free_before(latest) > codes * _SPAN + first

    def next_new_onset(self, codes: Days, after: Days, kept: npt.NDArray[np.bool_]) -> Days:
        """Day of the athlete's first new injury among `kept` later than `after`."""
        keys = self._key[kept & self._new]
        position = np.searchsorted(keys, codes * _SPAN + after, side="right")
        padded = np.append(keys, (codes.max(initial=0) + 1) * _SPAN + _NEVER)
        found = padded[position] - codes * _SPAN
        return np.where(found < _NEVER, found, _NEVER)
