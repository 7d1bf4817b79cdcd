"""Rules that coaches know, beside the load line, and where a plan lies outside what was seen."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.week_ahead.run_days import RunDays
from features.week_ahead.week import DAYS

TEN_PERCENT: Final = 1.1
SEEN_WEEKS: Final = 26


@dataclass(frozen=True, eq=False)
class Seen:
    """What an athlete's record holds, one value per row.

    Parameters
    ----------
    last_week_km : ndarray
        Running of the seven days up to the as-of day.
    longest_week_km, longest_run_km : ndarray
        Largest of the past half year.
    weeks : ndarray
        Weeks with a run among them.
    """

    last_week_km: Floats
    longest_week_km: Floats
    longest_run_km: Floats
    weeks: Floats

    @property
    def ten_percent_km(self) -> Floats:
        """Distance that the 10 % rule allows; no published study shows that it protects."""
        return TEN_PERCENT * self.last_week_km


def seen_before(run: RunDays, rows: pd.DataFrame) -> Seen:
    """Return what the record of each row's athlete says up to the row's day."""
    # Offsets count from the as-of day: the latest of these weeks ends on it.
    weeks = run.weeks(rows, [1 - DAYS * back for back in range(1, SEEN_WEEKS + 1)])
    km = np.stack([week.week_km for week in weeks], axis=1)
    longest = np.stack([week.longest for week in weeks], axis=1)
    return Seen(
        last_week_km=km[:, 0],
        longest_week_km=km.max(axis=1),
        longest_run_km=longest.max(axis=1),
        weeks=(km > 0).sum(axis=1).astype(np.float64),
    )
