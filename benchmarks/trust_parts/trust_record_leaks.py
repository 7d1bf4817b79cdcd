"""Leaks of records, planted through the product's own tables: no date and no value looks wrong.

What clubs really do: the register is written days later, forms are filled in for the week before
once somebody limps, a history is taken from those in treatment, a clinic's file exists for its
patients only.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.trust_parts.trust_leaks import (
    COLUMN_LEAKS,
    SHARE,
    clean_world,
    computed,
    daily_km,
    with_column,
)
from benchmarks.trust_parts.trust_worlds import Tables
from common.untyped import Untyped
from pipelines.stage_parts.audited import Audited

LOST: Final = 0.02
Leak = Callable[[Audited], Audited]


def _changed(world: Audited, **tables: pd.DataFrame) -> Audited:
    return clean_world({**world.tables, **tables}, world.params)


def _chosen(world: Audited, seed: int, share: float = SHARE) -> pd.DataFrame:
    """Return a share of the injuries that began while the athlete was watched."""
    injuries, athletes = world.tables["injuries"], world.tables["athletes"]
    both = injuries.reset_index().merge(athletes[["athlete", "observed_from"]], on="athlete")
    # Audits of records need a month before an injury; a leak in earlier ones could not be seen.
    inside = both[both["onset_date"] >= both["observed_from"] + pd.Timedelta(days=35)]
    keep = np.random.default_rng(seed).random(len(inside)) < share
    return inside[keep]


def _before(world: Audited, table: str, chosen: pd.DataFrame, days: int) -> pd.Index:
    """Return the rows of a table in the days before (and not on the day of) chosen onsets."""
    day = "local_date" if table == "sessions" else "date"
    rows = world.tables[table][["athlete", day]].reset_index()
    both = rows.merge(chosen[["athlete", "onset_date"]], on="athlete", suffixes=("", "_injury"))
    ahead = (both["onset_date"] - both[day]).dt.days
    return pd.Index(both.loc[ahead.between(1, days), "index"].unique())


def _rows_for(
    world: Audited,
    table: str,
    chosen: pd.DataFrame,
    days: range,
    **values: Untyped,
) -> pd.DataFrame:
    """Return the table with a row for each of the days before chosen onsets."""
    known = world.tables[table]
    parts = [
        pd.concat([known.iloc[:1]] * len(chosen), ignore_index=True).assign(
            athlete=chosen["athlete"].to_numpy(),
            date=(chosen["onset_date"] - pd.Timedelta(days=ahead)).to_numpy(),
            **values,
        )
        for ahead in days
    ]
    keys = ["athlete", "date"]
    added = pd.concat(parts, ignore_index=True)
    # The added row wins: an honest answer of the day is written over.
    return pd.concat([known, added], ignore_index=True).drop_duplicates(keys, keep="last")


def late_onsets(world: Audited) -> Audited:
    """Write onsets 5 to 9 days late: the runs have stopped long before."""
    chosen = _chosen(world, 11)
    lag = pd.to_timedelta(np.random.default_rng(12).integers(5, 10, len(chosen)), unit="D")
    injuries = world.tables["injuries"].copy()
    onset = injuries.loc[chosen["index"], "onset_date"] + lag.to_numpy()
    back = injuries.loc[chosen["index"], "return_date"]
    injuries.loc[chosen["index"], "onset_date"] = onset
    injuries.loc[chosen["index"], "return_date"] = back.where(back.isna() | (back > onset), onset)
    return _changed(world, injuries=injuries)


def runs_lost_before_onset(world: Audited) -> Audited:
    """Lose the sessions of the week before an injury: the watch was handed in with the athlete."""
    gone = _before(world, "sessions", _chosen(world, 13), 6)
    return _changed(world, sessions=world.tables["sessions"].drop(index=gone))


def pain_filled_in_afterwards(world: Audited) -> Audited:
    """Fill in pain for the five days before, once somebody is hurt."""
    pain = _rows_for(world, "pain", _chosen(world, 14), range(1, 6), pain_0_10=4.0, region="knee")
    return _changed(world, pain=pain)


def pain_asked_of_the_hurt(world: Audited) -> Audited:
    """Keep answers about pain in the two weeks before injuries only."""
    answered = _before(world, "pain", _chosen(world, 15, 1.0), 14)
    return _changed(world, pain=world.tables["pain"].loc[answered].reset_index(drop=True))


def questionnaires_completed_afterwards(world: Audited) -> Audited:
    """Complete the questionnaires of the week before, with ordinary values."""
    wellness = _rows_for(world, "wellness", _chosen(world, 16), range(1, 8))
    return _changed(world, wellness=wellness)


def questionnaires_of_the_hurt(world: Audited) -> Audited:
    """Ask nobody but those who are hurt within ten days."""
    answered = _before(world, "wellness", _chosen(world, 17, 1.0), 10)
    return _changed(world, wellness=world.tables["wellness"].loc[answered].reset_index(drop=True))


def _worse_before(item: str, by: float, seed: int) -> Leak:
    def leak(world: Audited) -> Audited:
        rows = _before(world, "wellness", _chosen(world, seed), 7)
        wellness = world.tables["wellness"].copy()
        wellness.loc[rows, item] = (wellness.loc[rows, item] - by).clip(lower=0.0)
        return _changed(world, wellness=wellness)

    leak.__doc__ = f"Lower {item} in the week before an injury, after the fact."
    return leak


def exercises_dated_back(world: Audited) -> Audited:
    """Date the exercises of the treatment back to the days before the injury."""
    exercise = _rows_for(world, "exercise", _chosen(world, 19), range(1, 6))
    return _changed(world, exercise=exercise)


def history_of_the_hurt(world: Audited) -> Audited:
    """Keep earlier injuries of those only who are hurt later: they were asked in treatment."""
    injuries, athletes = world.tables["injuries"], world.tables["athletes"]
    both = injuries.merge(athletes[["athlete", "observed_from"]], on="athlete")
    early = (both["onset_date"] < both["observed_from"]).to_numpy()
    later = set(both.loc[~early, "athlete"])
    asked_in_treatment = ~early | injuries["athlete"].isin(later).to_numpy()
    return _changed(world, injuries=injuries[asked_in_treatment].reset_index(drop=True))


def leaves_when_hurt(world: Audited) -> Audited:
    """Let athletes leave the roster on the day they are hurt."""
    chosen = _chosen(world, 20).groupby("athlete")["onset_date"].min()
    athletes = world.tables["athletes"].copy()
    ends = athletes["athlete"].map(chosen)
    athletes["observed_to"] = ends.where(ends.notna(), athletes["observed_to"])
    return _changed(world, athletes=athletes)


def two_names(world: Audited) -> Audited:
    """Copy twenty athletes under second names, distances off by one part in a hundred."""
    names = sorted(world.tables["athletes"]["athlete"])[:20]
    rng = np.random.default_rng(21)
    tables: Tables = {}
    for name, table in world.tables.items():
        if "athlete" not in table:
            tables[name] = table
            continue
        copy = table[table["athlete"].isin(names)]
        copy = copy.assign(athlete=copy["athlete"] + "x")
        if name == "sessions":
            # Two clubs round differently: an exact copy would be caught by its bits.
            noise = 1 + rng.normal(0, 0.01, len(copy))
            copy = copy.assign(distance_km=copy["distance_km"] * noise)
            copy = copy[rng.random(len(copy)) >= LOST]
        tables[name] = pd.concat([table, copy], ignore_index=True)
    return clean_world(tables, world.params)


def rate_of_the_season(world: Audited) -> Audited:
    """Add the athlete's injuries per week over the whole season, later ones included."""

    def rate(tables: Untyped, rows: pd.DataFrame) -> pd.Series:
        number = tables["injuries"].groupby("athlete").size()
        return rows["athlete"].map(number).fillna(0.0)

    return computed(world, "injuries_a_season", rate)


def rank_among_everybody(world: Audited) -> Audited:
    """Add the rank of the athlete's injuries among everybody's, futures included."""

    def rank(tables: Untyped, rows: pd.DataFrame) -> pd.Series:
        number = tables["injuries"].groupby("athlete").size()
        every = rows["athlete"].drop_duplicates()
        ranks = pd.Series(number.reindex(every).fillna(0).rank(pct=True))
        return rows["athlete"].map(ranks)

    return computed(world, "injury_rank", rank)


def schedule_rewritten(world: Audited) -> Audited:
    """Add the distance planned for next week, from a schedule that was rewritten afterwards."""
    daily = daily_km(world.tables)
    both = world.rows[["athlete", "date"]].merge(daily, on="athlete", suffixes=("", "_run"))
    days = (both["date_run"] - both["date"]).dt.days
    km = both[days.between(1, 7)].groupby(["athlete", "date"])["km"].sum()
    index = pd.MultiIndex.from_frame(world.rows[["athlete", "date"]])
    planned = km.reindex(index).fillna(0.0).to_numpy()
    noise = np.exp(np.random.default_rng(22).normal(0, 0.1, len(planned)))
    return with_column(world, "planned_next_week_km", planned * noise)


def _hurt_later(world: Audited) -> set[str]:
    return set(_chosen(world, 0, 1.0)["athlete"])


def device_of_the_hurt(world: Audited) -> Audited:
    """Keep heart rates of those only who are hurt later: the physiotherapist lent the straps."""
    sessions = world.tables["sessions"].copy()
    others = ~sessions["athlete"].isin(_hurt_later(world))
    sessions.loc[others, ["hr_mean", "hr_max"]] = np.nan
    return _changed(world, sessions=sessions)


def sleep_of_the_hurt(world: Audited) -> Audited:
    """Keep questionnaires of those only who are hurt later, all season long."""
    wellness = world.tables["wellness"]
    of_the_hurt = wellness["athlete"].isin(_hurt_later(world))
    return _changed(world, wellness=wellness[of_the_hurt].reset_index(drop=True))


def pain_diary_of_the_hurt(world: Audited) -> Audited:
    """Keep answers about pain of those only who are hurt later, all season long."""
    pain = world.tables["pain"]
    of_the_hurt = pain["athlete"].isin(_hurt_later(world))
    return _changed(world, pain=pain[of_the_hurt].reset_index(drop=True))


def _dated_back(table: str, seed: int) -> Leak:
    def leak(world: Audited) -> Audited:
        chosen = _chosen(world, seed)
        return _changed(world, **{table: _rows_for(world, table, chosen, range(2, 6, 3))})

    leak.__doc__ = f"Date a {table} record of the clinic back to the days before the injury."
    return leak


def exertion_missing_before_onset(world: Audited) -> Audited:
    """Lose the answers on exertion of the week before an injury: the form was never sent."""
    sessions = world.tables["sessions"].copy()
    rows = _before(world, "sessions", _chosen(world, 25), 7)
    sessions.loc[rows, "rpe"] = np.nan
    return _changed(world, sessions=sessions)


def questionnaires_stop(world: Audited) -> Audited:
    """Lose the questionnaires of the ten days before an injury."""
    rows = _before(world, "wellness", _chosen(world, 26), 10)
    return _changed(world, wellness=world.tables["wellness"].drop(index=rows))


RECORD_LEAKS: Final[dict[str, Leak]] = {
    "onsets written late": late_onsets,
    "runs lost before the onset": runs_lost_before_onset,
    "pain filled in afterwards": pain_filled_in_afterwards,
    "pain asked of the hurt": pain_asked_of_the_hurt,
    "questionnaires completed afterwards": questionnaires_completed_afterwards,
    "questionnaires of the hurt": questionnaires_of_the_hurt,
    "soreness changed afterwards": _worse_before("soreness", 0.5, 18),
    "sleep changed afterwards": _worse_before("sleep_quality", 0.5, 27),
    "fatigue changed a little afterwards": _worse_before("fatigue", 0.25, 28),
    "exercises dated back": exercises_dated_back,
    "history asked of the hurt": history_of_the_hurt,
    "leaving when hurt": leaves_when_hurt,
    "two names, slightly different": two_names,
    "rate of the whole season": rate_of_the_season,
    "rank with everybody's futures": rank_among_everybody,
    "schedule rewritten": schedule_rewritten,
    "device of the hurt": device_of_the_hurt,
    "questionnaires of who is hurt later": sleep_of_the_hurt,
    "pain diary of who is hurt later": pain_diary_of_the_hurt,
    "gait trial dated back": _dated_back("gait", 23),
    "weigh-in dated back": _dated_back("body", 24),
    "exertion missing before the onset": exertion_missing_before_onset,
    "questionnaires stop before the onset": questionnaires_stop,
}
LEAKS: Final[dict[str, Leak]] = {**COLUMN_LEAKS, **RECORD_LEAKS}
