"""Columns for a model from the rows of Loevdal 2021, with the published leak and without it.

The rows are windows before an event day. An injured row's previous row of the same athlete lies at
least 22 days back, a healthy row's the day before; so whatever is said about an athlete's past must
keep 22 days' distance for *both*, and whatever tells the distance itself is a leak.
"""

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats

KEEP_OFF_DAYS: Final = 22
"""Distance from the event day to the newest row that a scaling may use."""
LEAST_ROWS: Final = 30
"""Earlier rows that an athlete's usual needs; with fewer it is unknown."""

_PUNCTUATION: Final = re.compile(r"[^0-9A-Za-z]+")
_PERIOD: Final = re.compile(r", (\d+) (day|week)s before$")


def measured(rows: pd.DataFrame) -> list[str]:
    """Return the columns that were measured: all but athlete, day and injury."""
    return [name for name in rows.columns if name not in {"athlete", "day", "injury"}]


def scaled_by_whole_career(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return z-scores by all healthy rows of the athlete, later ones included: a leak.

    As in the published notebook, for athletes of the test as well: their future, and which of
    their rows are healthy, shape what is then called a feature.

    Parameters
    ----------
    rows : pandas.DataFrame
        What :func:`ingest.readers.datasets.lovdal_rows.load_lovdal` returns.
    columns : list of str
        What to scale.
    """
    healthy = rows[~rows["injury"]].groupby("athlete")[columns]
    who = rows["athlete"]
    mean, sd = (table.reindex(who).to_numpy() for table in (healthy.mean(), healthy.std()))
    return _z(rows[columns], mean, sd)


def scaled_by_past(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return z-scores by the athlete's own rows at least 22 days older, injured or not.

    nan where there are fewer than 30 of them.

    Parameters
    ----------
    rows, columns
        As in :func:`scaled_by_whole_career`.
    """
    mean = np.full((len(rows), len(columns)), np.nan)
    sd = mean.copy()
    values, day = rows[columns].to_numpy(dtype=float), rows["day"].to_numpy()
    for index in rows.groupby("athlete").indices.values():
        order = index[np.argsort(day[index], kind="stable")]
        known = np.searchsorted(day[order], day[order] - KEEP_OFF_DAYS, side="right")
        mean[order], sd[order] = _past_moments(values[order], known)
    return _z(rows[columns], mean, sd)


def within_seven_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Return our columns: each field's sum over the periods, and how that compares with the past.

    Parameters
    ----------
    rows : pandas.DataFrame
        What :func:`ingest.readers.datasets.lovdal_rows.load_lovdal` returns.
    """
    raw = rows[measured(rows)].astype(float)
    fields = pd.Series([_PERIOD.sub("", name) for name in raw.columns], index=raw.columns)
    totals = pd.DataFrame(
        {f"{field}, sum": raw[list(names)].sum(axis=1) for field, names in _several(fields)}
    )
    usual = scaled_by_past(pd.concat([rows[["athlete", "day"]], totals], axis=1), [*totals])
    return pd.concat([raw, totals, usual.add_suffix(" against own past")], axis=1).rename(
        columns=lambda name: _PUNCTUATION.sub("_", name)  # LightGBM refuses some in a name
    )


def days_since_previous_row(rows: pd.DataFrame) -> Floats:
    """Return the distance to the athlete's previous row; no feature, but what gives injuries away.

    nan for an athlete's first row.
    """
    ordered = rows.sort_values(["athlete", "day"])
    gap = ordered.groupby("athlete")["day"].diff()
    return gap.reindex(rows.index).to_numpy(dtype=float)


def newest_athletes(rows: pd.DataFrame, count: int = 10) -> npt.NDArray[np.bool_]:
    """Tell the rows of the athletes with the highest numbers: the published test part."""
    number = rows["athlete"].astype(int)
    return number.isin(np.sort(number.unique())[-count:]).to_numpy()


def _several(fields: pd.Series) -> list[tuple[str, pd.Index]]:
    """Return the fields that occur in more than one period, with their columns."""
    groups = fields.groupby(fields, sort=False).groups
    return [(str(field), pd.Index(names)) for field, names in groups.items() if len(names) > 1]


def _past_moments(values: Floats, known: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return mean and deviation of the first `known` rows, for each row; nan with too few."""
    present = ~np.isnan(values)
    filled = np.where(present, values, 0.0)
    sums = [
        np.vstack([np.zeros(values.shape[1]), np.cumsum(matrix, axis=0)])[known]
        for matrix in (present, filled, filled**2)
    ]
    count = np.where(sums[0] >= LEAST_ROWS, sums[0], np.nan)
    mean = sums[1] / count
    # Rounding can make the variance of equal values a little less than 0.
    return mean, np.sqrt(np.maximum(sums[2] / count - mean**2, 0))


def _z(values: pd.DataFrame, mean: Floats, sd: Floats) -> pd.DataFrame:
    scale = np.where(sd > 0, sd, np.nan)
    return pd.DataFrame(
        (values.to_numpy(dtype=float) - mean) / scale, columns=values.columns, index=values.index
    )
