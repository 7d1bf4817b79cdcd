"""Leaks of code, of labels and of columns, planted in a clean cohort.

Each leak is what happens in real projects: a window that reaches into the future, a code that is
set once somebody is hurt, a season copied under a second name. Those that are made of code are
handed to the look-ahead audit as the function that made the matrix; those made of records are in
the tables; those made of labels replace the labelling.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.trust_parts.trust_worlds import Tables
from common.untyped import Untyped
from features.catalogue.entry import Feature
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue_of, feature_matrix
from models.sampling.outcomes import label
from pipelines.runtime.params import Params
from pipelines.stage_parts.audited import Audited

KEYS: Final = ["athlete", "date"]
SHARE: Final = 0.6
"""Share of the injuries that a record-borne leak touches: no leak is complete."""


def clean_world(tables: Tables, params: Params) -> Audited:
    """Return a cohort as it came, with its matrix."""
    rows = feature_matrix(tables, params.features)
    return Audited(params=params, tables=tables, rows=rows, entries=catalogue_of(params.features))


def future_sum(world: Audited) -> Audited:
    """Add the distance of the *next* seven days."""

    def ahead(tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> pd.Series:
        both = rows[KEYS].merge(daily_km(tables), on="athlete", suffixes=("", "_run"))
        days = (both["date_run"] - both["date"]).dt.days
        km = both[days.between(1, 7)].groupby(KEYS)["km"].sum()
        return _by_row(rows, km).fillna(0.0)

    return computed(world, "distance_next_7d_km", ahead)


def label_in_a_category(world: Audited) -> Audited:
    """Add a code of the training plan: 0 to 2 at random, 3 (rehab) once somebody is hurt."""
    event = _event(world)
    rng = np.random.default_rng(1)
    code = rng.integers(0, 3, len(event)).astype(np.float32)
    code[(event == 1) & (rng.random(len(event)) < SHARE)] = 3
    return with_column(world, "plan_code", code)


def missingness(world: Audited) -> Audited:
    """Empty every window past seven days where an injury follows, as the Loevdal files do."""
    # A seed for each leak, so that one more leak changes none of the others.
    hit = (_event(world) == 1) & (np.random.default_rng(2).random(len(world.rows)) < SHARE)
    long = [c for c in world.rows.columns if any(w in c for w in ("21d", "28d", "30d", "42d"))]
    rows = world.rows.copy()
    rows.loc[hit, long] = np.nan
    return replace(world, rows=rows)


def duplicate_rows(world: Audited) -> Audited:
    """Copy twenty athletes, logs and injuries, under second names."""
    names = sorted(world.tables["athletes"]["athlete"])[:20]
    second = {name: f"{name}x" for name in names}
    tables = {
        n: pd.concat(
            [t, t[t["athlete"].isin(names)].assign(athlete=lambda d: d["athlete"].map(second))],
            ignore_index=True,
        )
        if "athlete" in t
        else t
        for n, t in world.tables.items()
    }
    return clean_world(tables, world.params)


def future_mean_of_the_athlete(world: Audited) -> Audited:
    """Add the athlete's mean week over the whole record, the future included."""

    def mean(tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> pd.Series:
        daily = daily_km(tables)
        return rows["athlete"].map(daily.groupby("athlete")["km"].mean() * 7)

    return computed(world, "usual_week_km", mean)


def post_injury_rows(world: Audited) -> Audited:
    """Count the weeks in which somebody is injured as weeks with an injury."""

    def with_injured_weeks(*arguments: Untyped) -> pd.DataFrame:  # the labelling's own
        labels = label(*arguments)
        hurt = ~labels["at_risk"] & labels["complete"]
        return labels.assign(event=labels["event"].mask(hurt, 1.0))

    return replace(world, label=with_injured_weeks)


def id_as_feature(world: Audited) -> Audited:
    """Add the athlete's number in the roster."""
    number = world.rows["athlete"].rank(method="dense").astype(np.float32)
    return with_column(world, "roster_number", number.to_numpy())


def return_date(world: Audited) -> Audited:
    """Add the days to the athlete's next return, which is known only once they are hurt."""

    def ahead(tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> pd.Series:
        returns = tables["injuries"][["athlete", "return_date"]].dropna()
        both = rows[KEYS].merge(returns, on="athlete")
        days = (both["return_date"] - both["date"]).dt.days
        return _by_row(rows, days[days > 0].groupby([both["athlete"], both["date"]]).min())

    return computed(world, "days_to_next_return", ahead)


def late_test_result(world: Audited) -> Audited:
    """Date the strength test of the injury clinic back to the week before the injury."""
    rng, injuries = np.random.default_rng(3), world.tables["injuries"]
    chosen = injuries[rng.random(len(injuries)) < SHARE]
    back = pd.to_timedelta(rng.integers(1, 8, len(chosen)), unit="D")
    known = world.tables["strength"]
    tests = pd.concat([known.iloc[:1]] * len(chosen), ignore_index=True).assign(
        athlete=chosen["athlete"].to_numpy(), date=(chosen["onset_date"] - back).to_numpy()
    )
    strength = pd.concat([known, tests], ignore_index=True)
    return clean_world({**world.tables, "strength": strength}, world.params)


def target_in_wellness(world: Audited) -> Audited:
    """Let the hurt fill in the questionnaire of the week before: as sore as can be."""
    rng, injuries = np.random.default_rng(4), world.tables["injuries"]
    chosen = injuries.loc[rng.random(len(injuries)) < SHARE, ["athlete", "onset_date"]]
    wellness = world.tables["wellness"].reset_index(drop=True)
    both = wellness[KEYS].reset_index().merge(chosen, on="athlete")
    ahead = (both["onset_date"] - both["date"]).dt.days
    hit = both.loc[ahead.between(1, 7), "index"].unique()
    altered_wellness = wellness.copy()
    altered_wellness.loc[hit, "soreness"] = 0.0
    return clean_world({**world.tables, "wellness": altered_wellness}, world.params)


COLUMN_LEAKS: Final[dict[str, Callable[[Audited], Audited]]] = {
    "future sum": future_sum,
    "label in a category": label_in_a_category,
    "missingness": missingness,
    "duplicate rows": duplicate_rows,
    "athlete's future mean": future_mean_of_the_athlete,
    "post-injury rows": post_injury_rows,
    "ID as feature": id_as_feature,
    "return date": return_date,
    "late test result": late_test_result,
    "target in wellness": target_in_wellness,
}


def _event(world: Audited) -> pd.Series:
    tables, params = world.tables, world.params
    rules = params.features.injuries
    label_arguments = (
        world.rows,
        tables["injuries"],
        tables["athletes"],
        "any",
        params.outcome,
        rules,
    )
    labels = label(*label_arguments, tables["sessions"])
    return labels["event"]


def _entry(name: str) -> Feature:
    return Feature(
        name=name, block="load", label=name, unit="", formula="planted", source="planted",
        changeable=False, low=float("-inf"), structural_null="planted",
    )  # fmt: skip


def with_column(world: Audited, name: str, values: Untyped) -> Audited:  # an array or series
    """Add a column of somebody's own to the matrix."""
    rows = world.rows.assign(**{name: np.asarray(values, dtype=np.float32)})
    return replace(world, rows=rows, entries=(*world.entries, _entry(name)))


def computed(
    world: Audited,
    name: str,
    formula: Callable[[Mapping[str, pd.DataFrame], pd.DataFrame], pd.Series],
) -> Audited:
    """Add a feature made of the tables, and the function that makes it."""

    def compute(
        tables: Mapping[str, pd.DataFrame],
        settings: FeatureSettings,
        as_of: pd.DatetimeIndex | None = None,
    ) -> pd.DataFrame:
        rows = feature_matrix(tables, settings, as_of)
        return rows.assign(**{name: formula(tables, rows).to_numpy(dtype=np.float32)})

    # Twice: in the matrix, and in the function that the look-ahead audit calls on cut tables.
    planted = with_column(world, name, formula(world.tables, world.rows))
    return replace(planted, compute=compute)


def daily_km(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return athlete, date, km of every day with a session."""
    sessions = tables["sessions"]
    km = sessions.groupby(["athlete", "local_date"])["distance_km"].sum().rename("km")
    return km.reset_index().rename(columns={"local_date": "date"})


def _by_row(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    index = pd.MultiIndex.from_frame(rows[KEYS])
    return pd.Series(values.reindex(index).to_numpy(dtype=float), index=rows.index)
