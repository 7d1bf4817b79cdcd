"""Measures whose level hardly changes within an athlete, as series by athlete and source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats, Ints, Texts
from features.kernels.grid import day_numbers
from features.panel.session_channels import moving_minutes

_DYNAMICS: Final = (
    "cadence_spm",
    "step_length_m",
    "vertical_oscillation_mm",
    "ground_contact_ms",
)
_OF_RUNS: Final = (
    "athlete",
    "local_date",
    "distance_km",
    "moving_min",
    "duration_min",
    "hr_mean",
    "dynamics_source",
)
_WELLNESS: Final = ("sleep_h", "resting_hr_bpm", "hrv_rmssd_ms")


@dataclass(frozen=True, eq=False)
class UnitSeries:
    """All series of one measure, end to end, each by date.

    Parameters
    ----------
    measure : str
    owners : list of pair of str
        Athlete and source of each series, in their order; the source may be empty.
    starts : ndarray of int
        Series i has the logarithms ``starts[i] ... starts[i + 1] - 1``.
    logs : ndarray of shape (n,)
        Natural logarithms of the values.
    """

    measure: str
    owners: list[tuple[str, str]]
    starts: Ints
    logs: Floats


def unit_series(tables: Mapping[str, pd.DataFrame]) -> list[UnitSeries]:
    """Return the series of each measure that has a value above 0, by the measure's name.

    Speed stands for distance and time: a session's length varies freely, its speed hardly.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    """
    series = [own for records, more in _measures(tables) for own in records.series(*more)]
    return sorted(series, key=lambda own: own.measure)


@dataclass(frozen=True, eq=False)
class _Records:
    """Records of one table with athletes and days as numbers, once for all of its measures."""

    table: pd.DataFrame
    athletes: Ints
    names: Texts
    days: Ints

    @classmethod
    def of(cls, table: pd.DataFrame, date: str) -> "_Records":
        codes, names = pd.factorize(table["athlete"], sort=True)
        dates = table[date]
        # A record without a date stands after all others of its series.
        days = np.where(dates.isna(), np.iinfo(np.int64).max, day_numbers(dates))
        return cls(table, codes.astype(np.int64), np.asarray(names, dtype=object), days)

    def series(
        self, measure: pd.Series | str, value: pd.Series, source: pd.Series | None = None
    ) -> Iterator[UnitSeries]:
        """Yield the series of one measure, or of each that a column names."""
        values = value.to_numpy(dtype=np.float64, na_value=np.nan)
        # Units are compared by logarithms, and a 0 is no measure of any unit.
        mask = (values > 0) & (self.athletes >= 0)
        if isinstance(measure, str):
            yield from self._of(measure, np.flatnonzero(mask), values, source)
            return
        kinds, measures = pd.factorize(measure, sort=True)
        for kind, name in enumerate(measures):
            yield from self._of(str(name), np.flatnonzero(mask & (kinds == kind)), values, source)

    def _of(
        self, measure: str, rows: Ints, values: Floats, source: pd.Series | None
    ) -> Iterator[UnitSeries]:
        if not len(rows):
            return
        sources, source_names = _coded(source, rows)
        athletes = self.athletes[rows]
        order = np.lexsort((self.days[rows], sources, athletes))
        athletes, sources = athletes[order], sources[order]
        changes = (athletes[1:] != athletes[:-1]) | (sources[1:] != sources[:-1])
        starts = np.concatenate([[0], np.flatnonzero(changes) + 1, [len(rows)]])
        owners = [
            (str(self.names[athletes[first]]), str(source_names[sources[first]]))
            for first in starts[:-1]
        ]
        yield UnitSeries(measure, owners, starts, np.log(values[rows[order]]))


def _coded(source: pd.Series | None, rows: Ints) -> tuple[Ints, Texts]:
    """Return the number of each row's source, and the sources in their order."""
    if source is None:
        return np.zeros(len(rows), dtype=np.int64), np.array([""], dtype=object)
    codes, names = pd.factorize(source.iloc[rows].fillna(""), sort=True)
    return codes.astype(np.int64), np.asarray(names, dtype=object)


def _measures(
    tables: Mapping[str, pd.DataFrame],
) -> Iterator[tuple[_Records, tuple[pd.Series | str, pd.Series, pd.Series | None]]]:
    sessions = tables["sessions"]
    # Cut out without the other columns: most of a session is nothing that is compared here.
    runs = sessions.loc[sessions["sport"] == "run", [*_OF_RUNS, *_DYNAMICS]]
    minutes = moving_minutes(runs)
    # A wrong unit of distance or of time changes the speed by its whole factor.
    speed = 60 * runs["distance_km"] / minutes.where(minutes > 0)
    records = _Records.of(runs, "local_date")
    yield records, ("running speed in km/h", speed, None)
    yield records, ("mean heart rate", runs["hr_mean"], None)
    for column in _DYNAMICS:
        yield records, (column, runs[column], runs["dynamics_source"])
    answers = _Records.of(tables["wellness"], "date")
    for column in _WELLNESS:
        yield answers, (column, answers.table[column], None)
    body = _Records.of(tables["body"], "date")
    yield body, ("body mass", body.table["mass_kg"], None)
    tests = tables["strength"]
    named = "strength: " + tests["test"] + ", " + tests["metric"] + ", " + tests["unit"]
    yield _Records.of(tests, "date"), (named, tests["value"], tests["device"])
    gait = tables["gait"]
    trials = _Records.of(gait, "date")
    yield trials, ("gait: " + gait["metric"], gait["value"].abs(), gait["device"])
