"""Answers by the day before a day: each item's deviation from the athlete's own mean."""

import numpy as np
import pandas as pd

from common.arrays import Floats, Ints
from models.sampling.risk_set import SPAN, day_numbers


class Answers:
    """Answers with athletes and days as numbers, ready to be asked for before many days.

    Parameters
    ----------
    records : pandas.DataFrame
        athlete, date and items.
    """

    def __init__(self, records: pd.DataFrame) -> None:
        dated = records[records["date"].notna() & records["athlete"].notna()]
        self._records = dated
        self._codes, names = pd.factorize(dated["athlete"])
        self._names = pd.Index(names)
        keys = self._codes.astype(np.int64) * SPAN + day_numbers(dated["date"])
        # Rows by athlete and day; those of one day as they are written.
        self._order = np.argsort(keys, kind="stable")
        ordered = keys[self._order]
        begins = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
        self._days, self._day_of_row = ordered[begins], np.cumsum(begins) - 1
        self._deviations: dict[str, Floats] = {}

    @property
    def items(self) -> list[str]:
        """Names of the items that are numbers."""
        return [str(name) for name in self._records.select_dtypes("number").columns]

    @property
    def is_empty(self) -> bool:
        """Whether no item has a number."""
        return not self._records[self.items].notna().any(axis=None)

    def places(self, days: pd.DataFrame, lags: int) -> Ints:
        """Return where the answers of the days before each day stand, shape (n, lags), eve first.

        Parameters
        ----------
        days : pandas.DataFrame
            athlete and date.
        lags : int
            How many days before each are looked up.
        """
        codes = self._names.get_indexer(pd.Index(days["athlete"]))
        # No key of a stranger is among the days.
        now = np.where(codes >= 0, codes * SPAN + day_numbers(days["date"]), -SPAN)
        # Lags down: sums over lags then add whole rows.
        wanted = now - np.arange(1, lags + 1)[:, None]
        at = np.searchsorted(self._days, wanted)
        is_there = np.append(self._days, -1)[at] == wanted
        return np.where(is_there, at, len(self._days)).T

    def at(self, places: Ints, item: str) -> Floats:
        """Return an item's answers at places; nan where there is none.

        The athlete's mean is subtracted from each answer.
        """
        if item not in self._deviations:
            self._deviations[item] = self._of_days(item)
        return self._deviations[item][places]

    def _of_days(self, item: str) -> Floats:
        """Return the deviation of each day's first answer, and nan at the end."""
        known = self._records[item].notna().to_numpy(dtype=bool)
        values = self._records.loc[known, item]
        # Over all days, later ones too: an audit looks back, and forecasts nothing.
        own = values.groupby(self._codes[known]).transform("mean")
        deviations = np.full(len(known), np.nan)
        deviations[known] = (values - own).to_numpy(dtype=np.float64)
        is_known = known[self._order]
        rows, days = self._order[is_known], self._day_of_row[is_known]
        first = np.append(True, days[1:] != days[:-1])[: len(days)]
        of_days = np.full(len(self._days) + 1, np.nan)
        of_days[days[first]] = deviations[rows[first]]
        return of_days
