"""A splitter: learn from seasons (July to June) of one parity, test on those of the other.

Its `repr` is printed above the table of folds. Every test row of an athlete lies at least
`gap_days` away from what is learnt of that athlete.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OddAndEvenSeasons:
    """Seasons that begin in odd years against those that begin in even years."""

    first_month: int = 7

    def split(self, rows: pd.DataFrame, *, gap_days: int) -> list[tuple[Places, Places]]:
        """Return two folds; the weeks beside a change of season are left out of the training."""
        season = rows["date"].dt.year - (rows["date"].dt.month < self.first_month)
        odd = (season % 2 == 1).to_numpy()
        gap = pd.Timedelta(days=gap_days)
        start = pd.to_datetime({"year": season, "month": self.first_month, "day": 1})
        end = start + pd.DateOffset(years=1)
        # On both sides of a change of season: outcomes reach forward from the rows before it, and
        # into the rows after it from the tested weeks.
        inside = ((rows["date"] >= start + gap) & (rows["date"] < end - gap)).to_numpy()
        return [
            (np.flatnonzero(~tested & inside), np.flatnonzero(tested)) for tested in (odd, ~odd)
        ]


SPLITTERS = (("odd_and_even_seasons", OddAndEvenSeasons()),)
