"""One row of several recordings of a session."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from common.arrays import Ints
from ingest.sessions.day_only import MARK
from ingest.sessions.pace import left_on

DYNAMICS: Final = (
    "vertical_oscillation_mm", "ground_contact_ms", "balance_left_pct", "vertical_ratio_pct",
    "form_decay_pct",
)  # fmt: skip
TOTALS: Final = ("moving_min", "distance_km", "ascent_m", "descent_m", "hard_min", "hard_km")
"""What grows with the length of a recording."""
ALIKE: Final = 0.5
"""A total is taken from another recording only if the shorter is at least this share as long."""
LONGER: Final = 0.1
LONGER_MIN: Final = 3.0
"""Share and minutes by which one recording has to be longer to have seen what another missed."""
FASTEST_ON_FOOT: Final = 2.3
SLOWEST_ON_FOOT: Final = 12.0
"""Minutes per kilometre."""
SURGE: Final = 0.7
"""Share of the minutes per kilometre before: who went on faster still went by bike or car."""
ON_FOOT: Final = ("run", "other")
FASTEST_KMH: Final = {"run": 43.2, "walk": 15.0, "hike": 15.0, "swim": 9.0, "ride": 100.0}
"""No whole session is faster: run 12 m/s; walk and swim above the world's best for an hour."""


def merge_recordings(sessions: pd.DataFrame, group: Ints) -> pd.DataFrame:
    """Return one row per group.

    Of the plausible recordings the one with the most known values stays (of equally full ones the
    longer) and takes from the others what it lacks; a watch left on comes last. One that went on
    for minutes at a runner's pace comes first, however little it knows: the battery of the fuller
    one had died. Running dynamics are taken from one device only, because devices differ more than
    runners do. The sport is that of the first recording that names one.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Recordings with the contract's columns and `record`.
    group : array of shape (n,)
        Number of the session, from :func:`ingest.sessions.grouping.same_session`.
    """
    several = pd.Series(group, index=sessions.index).duplicated(keep=False)
    if not several.any():
        return sessions
    rows = sessions[several].assign(group=group[several.to_numpy()])
    ordered = _fullest_first(rows)
    ordered = _one_device(_only_like_totals(ordered))
    # `first` skips nulls column by column: so the gaps of the fullest are filled by the next one.
    merged = ordered.groupby("group", sort=True).first()
    merged["sport"] = _named_sport(ordered)
    merged["merged_from"] = ordered.groupby("group", sort=True).apply(other_records).to_numpy()
    return pd.concat([sessions[~several], merged[sessions.columns]], ignore_index=True)


def other_records(group: pd.DataFrame) -> str:
    """Return the names of the records that went into the first one of a group."""
    names = [record_name(row) for row in group.iloc[1:].to_dict("records")]
    earlier = [name for name in group["merged_from"] if isinstance(name, str)]
    return ";".join([*earlier, *names])


def record_name(row: dict[Hashable, Any]) -> str:
    """Return file and record of a session."""
    return f"{row['source']}#{row['record']}"


def _fullest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Order each group, and drop distances that its sport does not allow."""
    sport = _named_sport(rows.sort_values(["group", "source", "record"], kind="stable"))
    fastest = rows["group"].map(sport).map(FASTEST_KMH)
    # The sport of the whole group counts: a ride named "other" may well be that fast.
    absurd = rows["distance_km"] > fastest * rows["duration_min"] / 60
    believed = rows.assign(distance_km=rows["distance_km"].mask(absurd))
    # Counted after absurd distances went: a wrong value must not make a recording the fullest.
    known = believed.notna().sum(axis=1)
    whole = believed.assign(known=known, doubtful=left_on(believed), went_on=False)
    return _in_order(whole.assign(went_on=_went_on(_in_order(whole))))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(
        ["group", "doubtful", "went_on", "known", "duration_min", "source", "record"],
        ascending=[True, True, False, False, False, True, True],
        kind="stable",
    )


def _went_on(ordered: pd.DataFrame) -> "pd.Series[bool]":
    """Say which recordings hold minutes at a pace on foot that the first of their group lacks."""
    moving = ordered["moving_min"].where(ordered["moving_min"] > 0, ordered["duration_min"])
    first = moving.groupby(ordered["group"]).transform("first")
    minutes = moving - first
    way = ordered["distance_km"].groupby(ordered["group"]).transform("first")
    pace = minutes / (ordered["distance_km"] - way)
    longer = (minutes > LONGER_MIN) & (minutes > LONGER * first)
    # Only a device can have gone on; a typed line may round its minutes up.
    measured = ~ordered["doubtful"] & ~ordered[MARK].eq(other=True)
    at_pace = (pace >= FASTEST_ON_FOOT) & (pace <= SLOWEST_ON_FOOT) & ~(pace < SURGE * first / way)
    return (longer & measured & at_pace & ordered["sport"].isin(ON_FOOT)).astype("bool")


def _named_sport(ordered: pd.DataFrame) -> pd.Series:
    """Return the first sport of each group that is not `other`, in the order of the rows."""
    named = ordered["sport"].where(ordered["sport"] != "other")
    return named.groupby(ordered["group"], sort=True).first().fillna("other").astype("str")


def _only_like_totals(ordered: pd.DataFrame) -> pd.DataFrame:
    """Forget totals of recordings that are far shorter or longer than the one that stays."""
    length = ordered["duration_min"]
    first = length.groupby(ordered["group"]).transform("first")
    unlike = (length < ALIKE * first) | (first < ALIKE * length)
    return ordered.assign(**{name: ordered[name].mask(unlike) for name in TOTALS})


def _one_device(ordered: pd.DataFrame) -> pd.DataFrame:
    device = ordered.groupby("group")["dynamics_source"].transform("first")
    foreign = ordered["dynamics_source"] != device
    return ordered.assign(**{name: ordered[name].mask(foreign) for name in DYNAMICS})
