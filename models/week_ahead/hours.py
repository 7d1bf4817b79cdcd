"""The running hours before a week, with which the hours of the week ahead are compared."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import pandas as pd

from common.arrays import Bools, Floats, Ints
from models.evidence.columns import Columns
from models.evidence.exposure import expected_log_hours, level_log_hours, usual_log_hours
from models.evidence.figures import packaged


@dataclass(frozen=True, eq=False)
class HoursBefore:
    """Logs of weekly running hours (with `least_hours` added), one value per row; NaN unknown.

    Parameters
    ----------
    expected : ndarray of shape (n,)
        What the forecast without the week counts on: of the past week, four weeks and half year.
    usual : ndarray of shape (n,)
        Of the past half year.
    level : ndarray of shape (n,)
        Of runners of the athlete's level.
    """

    expected: Floats
    usual: Floats
    level: Floats

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Self:
        """Return the hours before the weeks that follow feature rows."""
        columns, figures = Columns(rows), packaged()
        expected = expected_log_hours(columns, figures.exposure)
        usual = usual_log_hours(columns, figures.exposure)
        # Newcomers have no half year; what is expected of them is the best guess of their usual
        # week.
        usual = np.where(np.isnan(usual), expected, usual)
        return cls(expected, usual, level_log_hours(columns, figures))

    def rows(self, index: Bools | Ints) -> "HoursBefore":
        """Return the hours of some rows."""
        return HoursBefore(*(getattr(self, hours.name)[index] for hours in fields(self)))

    def where(self, mask: Bools) -> "HoursBefore":
        """Return the hours with those of the other rows unknown."""
        return HoursBefore(*(np.where(mask, getattr(self, f.name), np.nan) for f in fields(self)))

    def summands(self, hours: Floats) -> tuple[Floats, ...]:
        """Return level and this week's, recent and usual hours as the hazard adds them.

        Parameters
        ----------
        hours : ndarray of shape (n,) or (n, k)
            Running hours of one or of k weeks for each row.

        Returns
        -------
        tuple of ndarray
            1, log(week / usual), log(usual / expected), log(usual / level), of the shape of
            `hours`; 0 where the expected hours are unknown.
        """
        of_week = np.log(hours + packaged().exposure.least_hours)
        expected, usual, level = (
            np.broadcast_to(summand.reshape(-1, *[1] * (hours.ndim - 1)), hours.shape)
            for summand in (self.expected, self.usual, self.level)
        )
        # 0 in all of them: a level without hours would lower a risk for want of a watch.
        known = ~np.isnan(expected)
        logs = (np.ones(hours.shape), of_week - usual, usual - expected, usual - level)
        return tuple(np.where(known, summand, 0.0) for summand in logs)
