"""The look-ahead audit: recompute features on tables cut at t and compare."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.catalogue.settings import FeatureSettings
from features.injuries.rules import as_known_on
from features.matrix import feature_matrix

Compute = Callable[
    [Mapping[str, pd.DataFrame], FeatureSettings, pd.DatetimeIndex | None], pd.DataFrame
]
COLUMNS: Final = [
    "feature",
    "rows_compared",
    "rows_known",
    "rows_different",
    "worst_difference",
]

_DAY_COLUMNS: Final = {
    "body": "date",
    "sessions": "local_date",
    "mileage": "date",
    "wellness": "date",
    "pain": "date",
    "exercise": "date",
    "strength": "date",
    "gait": "date",
    "complaints": "date",
    "extra": "date",
}


def cut_tables(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Return the tables as they could have been read on `day`.

    Records dated later are gone. Injuries with a later onset are gone and later return dates are
    null; shoes first used later are gone and later retirements are null. Athletes stay as they
    are: `observed_to` is administrative, and no feature may depend on it.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of :data:`common.contracts.CONTRACTS`.
    day : pandas.Timestamp
        The as-of date; records of the day itself stay.
    """
    cut = dict(tables)
    for name, column in _DAY_COLUMNS.items():
        if name in tables:
            cut[name] = tables[name][tables[name][column] <= day]
    # Not by date alone: a return date lies in the same row as its onset and is known only later.
    cut["injuries"] = as_known_on(tables["injuries"], day)
    shoes = tables["shoes"]
    known = shoes[~(shoes["first_use"] > day)]
    cut["shoes"] = known.assign(retired=known["retired"].where(known["retired"] <= day))
    return cut


def check_no_look_ahead(
    tables: Mapping[str, pd.DataFrame],
    settings: FeatureSettings,
    *,
    athletes: int,
    days: int,
    seed: int,
    compute: Compute = feature_matrix,
) -> pd.DataFrame:
    """Compare features from full tables with features from tables cut at the as-of day.

    Parameters
    ----------
    tables, settings
        As for :func:`features.matrix.feature_matrix`.
    athletes, days : int
        How many athletes and how many as-of days of them are drawn (fewer if there are fewer).
        Somebody with records of each table is among the athletes, and days are added until every
        feature that these athletes ever have is compared where it is known: nulls prove nothing.
    seed : int
        Seed of the draw.
    compute : callable
        The function under audit.

    Returns
    -------
    pandas.DataFrame
        feature, rows_compared, rows_known (of these, not null), rows_different (bit for bit, null
        equals null) and worst_difference (infinite where only one side is null); one row per
        feature.
    """
    rng = np.random.default_rng(seed)
    # Athletes are cut out first: features of one must not depend on the others, so none is lost.
    drawn = _of_athletes(tables, _draw_athletes(rng, tables, athletes))
    full = compute(drawn, settings, None)
    # Chosen from the full matrix: on days drawn by chance alone rare features would all be null.
    as_of = _covering(full, _draw(rng, full["date"].drop_duplicates(), days))
    compared = [
        (full[full["date"] == day], compute(cut_tables(drawn, day), settings, _only(day)))
        for day in as_of
    ]
    names = [c for c in full.columns if c not in ("athlete", "date")]
    return _differences(names, compared)


def _only(day: pd.Timestamp) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([day])


def _draw(rng: np.random.Generator, values: pd.Series, count: int) -> pd.Series:
    ordered = values.sort_values(ignore_index=True)
    chosen = rng.permutation(len(ordered))[:count]
    return ordered.iloc[np.sort(chosen)]


def _draw_athletes(
    rng: np.random.Generator, tables: Mapping[str, pd.DataFrame], count: int
) -> pd.Series:
    """Draw athletes, first somebody with records for each table."""
    everyone = tables["athletes"]["athlete"].sort_values(ignore_index=True)
    shuffled = everyone.iloc[rng.permutation(len(everyone))]
    keyed = [table["athlete"].unique() for table in tables.values() if "athlete" in table]
    with_records = pd.concat(
        [shuffled[shuffled.isin(recorded_athletes)].head(1) for recorded_athletes in keyed]
    )
    drawn: pd.Series = pd.concat([with_records, shuffled]).drop_duplicates().head(count)
    return drawn


def _covering(full: pd.DataFrame, drawn: pd.Series) -> pd.Series:
    """Add days until every feature that is ever known is known on one of them."""
    names = [c for c in full.columns if c not in ("athlete", "date")]
    days = full["date"].drop_duplicates().sort_values(ignore_index=True)
    known = full[names].notna().groupby(full["date"]).any().to_numpy(dtype=bool)
    left = known.any(axis=0) & ~known[days.isin(drawn).to_numpy(dtype=bool)].any(axis=0)
    added = []
    while left.any():
        best = int(known[:, left].sum(axis=1).argmax())
        added.append(best)
        left &= ~known[best]
    both: pd.Series = pd.concat([drawn, days.iloc[added]], ignore_index=True)
    return both


def _of_athletes(
    tables: Mapping[str, pd.DataFrame], athletes: pd.Series
) -> dict[str, pd.DataFrame]:
    return {
        name: table[table["athlete"].isin(athletes)] if "athlete" in table else table
        for name, table in tables.items()
    }


def _differences(
    names: list[str], compared: list[tuple[pd.DataFrame, pd.DataFrame]]
) -> pd.DataFrame:
    """Return the rows of :func:`check_no_look_ahead`, of all features at once."""
    nothing = np.empty((0, len(names)))
    full, cut = (
        np.concatenate([nothing, *(_values(pair[side], names) for pair in compared)])
        for side in (0, 1)
    )
    both_null = np.isnan(full) & np.isnan(cut)
    # Null on one side only is the plainest look-ahead and must not vanish in a comparison with nan.
    size = np.nan_to_num(np.abs(full - cut), nan=np.inf)
    size[both_null] = 0.0
    return pd.DataFrame(
        {
            "feature": names,
            "rows_compared": len(size),
            "rows_known": (~np.isnan(full)).sum(axis=0),
            "rows_different": (size > 0).sum(axis=0),
            "worst_difference": size.max(axis=0, initial=0.0),
        },
        columns=COLUMNS,
    )


def _values(rows: pd.DataFrame, names: list[str]) -> Floats:
    return rows[names].to_numpy(dtype=np.float64)
