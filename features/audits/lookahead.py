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
    at_once: bool = False,
) -> pd.DataFrame:
    """Compare features from full tables with features from tables cut at the as-of day.

    The cut tables end the observation on that day as well: that somebody goes on to be observed is
    known only later.

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
    at_once : bool
        Whether all days are computed in one call, where an athlete cut at each of the days is as
        many athletes. Only for a function that computes each athlete apart, as the built-in
        features do: one that looks at the others would see their later days.

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
    names = [c for c in full.columns if c not in ("athlete", "date")]
    if as_of.empty:
        return _differences(names, full, full)
    tables_by_day = [_as_read_on(drawn, day) for day in as_of]
    compute_cut = _one_call if at_once else _call_by_call
    cut = compute_cut(tables_by_day, as_of, settings, compute)
    return _differences(names, pd.concat([full[full["date"] == day] for day in as_of]), cut)


def _as_read_on(tables: Mapping[str, pd.DataFrame], day: pd.Timestamp) -> dict[str, pd.DataFrame]:
    """Return :func:`cut_tables`, with no observation after the day."""
    ends = tables["athletes"]["observed_to"]
    athletes = tables["athletes"].assign(observed_to=ends.where(ends <= day, day))
    return cut_tables(tables, day) | {"athletes": athletes}


def _call_by_call(
    tables_by_day: list[dict[str, pd.DataFrame]],
    days: pd.Series,
    settings: FeatureSettings,
    compute: Compute,
) -> pd.DataFrame:
    """Return the features on each day from the tables of that day."""
    return pd.concat(
        [
            compute(tables, settings, pd.DatetimeIndex([day]))
            for tables, day in zip(tables_by_day, days, strict=True)
        ]
    )


def _one_call(
    tables_by_day: list[dict[str, pd.DataFrame]],
    days: pd.Series,
    settings: FeatureSettings,
    compute: Compute,
) -> pd.DataFrame:
    """Return what :func:`_call_by_call` does: what a call costs beside its rows is paid once."""
    # Rows come sorted by athlete: the day's number first keeps those of a day together, in order.
    parts = [
        {name: rows.assign(athlete=f"{at:06d} " + rows["athlete"]) for name, rows in tables.items()}
        for at, tables in enumerate(tables_by_day)
    ]
    together = {
        name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]
    }
    rows = compute(together, settings, pd.DatetimeIndex(days))
    cut_on = days.to_numpy()[rows["athlete"].str.slice(0, 6).astype(int)]
    on_own_day: pd.DataFrame = rows[rows["date"].to_numpy() == cut_on]
    return on_own_day


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


def _differences(names: list[str], whole: pd.DataFrame, from_cut: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of :func:`check_no_look_ahead`, of all features at once."""
    full, cut = (_values(rows, names) for rows in (whole, from_cut))
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
