"""On which days a name stands in which sheets, as numbers: a large club has a million of them."""

from collections.abc import Iterable
from typing import Self

import numpy as np
import pandas as pd

from common.arrays import Ints

Sheet = tuple[str, bool]
"""A sheet, and whether its days are instants: those are never equal to days of a calendar."""


class SheetDays:
    """The days of each sheet.

    Examples
    --------
    >>> monday, tuesday = pd.Timestamp("2025-05-05"), pd.Timestamp("2025-05-06")
    >>> ann = SheetDays.of([("form.csv", monday), ("form.csv", tuesday)])
    >>> ann.meet(SheetDays.of([("form.csv", tuesday)]))
    True
    >>> ann.meet(SheetDays.of([("gym.csv", tuesday)]))
    False
    """

    def __init__(self) -> None:
        self.by_sheet: dict[Sheet, Ints] = {}

    @classmethod
    def of(cls, places: Iterable[tuple[str, pd.Timestamp]]) -> Self:
        """Return the days of pairs of a sheet and a day."""
        days = cls()
        for sheet, day in places:
            days.add((sheet, is_instant(pd.Series([day]))), day_numbers(pd.Series([day])))
        return days

    def add(self, sheet: Sheet, numbers: Ints) -> None:
        """Add days of a sheet, from :func:`day_numbers`."""
        known = self.by_sheet.get(sheet)
        self.by_sheet[sheet] = numbers if known is None else np.concatenate([known, numbers])

    def take(self, other: "SheetDays") -> None:
        """Add the days of another spelling of the name."""
        for sheet, days in other.by_sheet.items():
            self.add(sheet, days)

    def meet(self, other: "SheetDays") -> bool:
        """Return whether both stand in one sheet on the same day."""
        shared = self.by_sheet.keys() & other.by_sheet.keys()
        return any(
            bool(np.isin(self.by_sheet[sheet], other.by_sheet[sheet]).any()) for sheet in shared
        )


def is_instant(days: pd.Series) -> bool:
    """Say whether a column holds instants rather than days of a calendar."""
    return isinstance(days.dtype, pd.DatetimeTZDtype)


def day_numbers(days: pd.Series) -> Ints:
    """Return known days as nanoseconds since 1970: in one unit, for a day to have one number."""
    return np.asarray(days.dt.tz_localize(None).astype("datetime64[ns]").astype("int64"))
