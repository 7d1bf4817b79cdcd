"""The days of every athlete, laid end to end."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints


def day_numbers(dates: pd.Series) -> Ints:
    """Return days since 1970-01-01; missing dates give the least integer."""
    return dates.to_numpy(dtype="datetime64[D]").astype(np.int64)


@dataclass(frozen=True)
class Grid:
    """Where each athlete's run of days lies.

    Parameters
    ----------
    athletes : list of str
        Sorted.
    first_day : int64 array, one per athlete
        `observed_from` in days since 1970-01-01.
    offsets : int64 array, athletes + 1
        Athlete i owns the flat positions ``offsets[i] ... offsets[i + 1] - 1``.
    """

    athletes: list[str]
    first_day: Ints
    offsets: Ints

    @property
    def size(self) -> int:
        """Number of athlete-days."""
        return int(self.offsets[-1])

    @property
    def lengths(self) -> Ints:
        """Days under observation of each athlete."""
        return np.diff(self.offsets)

    def codes(self, athletes: pd.Series) -> Ints:
        """Return the position of each athlete, -1 for strangers."""
        known = self._index
        if isinstance(athletes.dtype, pd.CategoricalDtype):
            # Categories are looked up once and rows by their codes: no text is compared row by row.
            places = known.get_indexer(athletes.cat.categories)
            return np.append(places, -1)[athletes.cat.codes].astype(np.int64)
        return known.get_indexer(pd.Index(athletes)).astype(np.int64)

    @cached_property
    def _index(self) -> pd.Index:
        """The athletes, made ready once for the look-ups of all tables."""
        return pd.Index(self.athletes, dtype=str)

    def locate(self, athletes: pd.Series, dates: pd.Series) -> tuple[Ints, Bools]:
        """Return the flat position of each record and whether it lies inside observation."""
        codes = self.codes(athletes)
        # A stranger's code is -1 and reads the last athlete's day; `inside` leaves the record out.
        since = day_numbers(dates) - self.first_day[codes]
        inside = (codes >= 0) & (since >= 0) & (since < self.lengths[codes])
        return self.offsets[codes] + since, inside

    def day_index(self) -> Ints:
        """Return for every flat position its day since 1970-01-01."""
        within = np.arange(self.size) - np.repeat(self.offsets[:-1], self.lengths)
        return np.repeat(self.first_day, self.lengths) + within

    def spread(self, per_athlete: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Repeat one value per athlete over all of that athlete's days."""
        return np.repeat(per_athlete, self.lengths)


def build_grid(athletes: pd.DataFrame) -> Grid:
    """Lay out the days from `observed_from` to `observed_to`, both included, by sorted athlete."""
    # Sorted, so that rows of the matrix do not depend on the order of a roster.
    ordered = athletes.sort_values("athlete")
    first = day_numbers(ordered["observed_from"])
    lengths = np.maximum(day_numbers(ordered["observed_to"]) - first + 1, 0)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Grid(ordered["athlete"].tolist(), first, offsets)
