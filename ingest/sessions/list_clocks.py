"""Two lists of the same sessions on different clocks: whole hours apart, and so the zone is told.

Strava's list is in UTC, Garmin's in local time without a zone, which is read in the team's zone.
Of an athlete abroad the same runs then stand hours apart. Pairs of sessions that are equal in
length and distance and start a whole number of quarter hours apart give the difference away.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.sessions.overlaps import seconds

ZONELESS: Final = "zoneless"
"""Working column of the readers: True where a local time without a zone was read in the team's."""
# Quarter hours, because India, Nepal and others are not whole hours from UTC.
QUARTER_S: Final = 900
FARTHEST_S: Final = 26 * 3600
"""Zones lie between -12 and +14 hours."""
SLACK_S: Final = 90.0
ALIKE: Final = 0.02
"""Share by which the lengths and the distances of one session may differ in two lists."""
_LENGTHS: Final = ("minutes", "moving")
LEAST_PAIRS: Final = 2
"""One pair may be chance; so many with one difference are a clock."""
NEAR_DAYS: Final = 14
"""A session without a partner takes the difference of its list's nearest pair, so near."""


class Moved(NamedTuple):
    """Sessions on the right clock, and which were moved by how much.

    Parameters
    ----------
    sessions : pandas.DataFrame
        The same rows in the same order; start and local_date differ.
    repairs : pandas.DataFrame
        source, record and code; the code tells the hours that were added.
    """

    sessions: pd.DataFrame
    repairs: pd.DataFrame


def on_one_clock(sessions: pd.DataFrame) -> Moved:
    """Move sessions of lists without a zone to the clock of the list that knows UTC.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Columns athlete, source, start, local_date, sport, duration_min, moving_min, distance_km
        and, as far as readers told, :data:`ZONELESS`; index 0 ... n-1.
    """
    if ZONELESS not in sessions or not sessions[ZONELESS].eq(other=True).any():
        return Moved(sessions, _nothing())
    pairs = _agreed(_pairs(sessions))
    if not pairs["shift"].any():
        return Moved(sessions, _nothing())
    shift = _shifts(sessions, pairs)
    start = sessions["start"] + pd.to_timedelta(shift, unit="s")
    local_date = sessions["local_date"].copy()
    # The list without a zone shows the athlete's own calendar.
    away = pairs[pairs["shift"] != 0]
    shown = sessions["local_date"].to_numpy()[away["zoneless"]]
    local_date.iloc[away["known"].to_numpy(dtype=np.int64)] = shown
    moved = sessions.assign(start=start, local_date=local_date)
    code = [f"clock_moved_by_{hours:+g}_h" for hours in shift[shift != 0] / 3600]
    repairs = sessions.loc[shift != 0, ["source", "record"]].assign(code=code)
    return Moved(moved, repairs)


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=["source", "record", "code"], dtype="str")


def _pairs(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return sessions of two files that are equal but for a whole number of quarter hours."""
    rows = pd.DataFrame(
        {
            "athlete": sessions["athlete"].to_numpy(),
            "source": sessions["source"].to_numpy(),
            "list": _lists(sessions["source"]),
            "sport": sessions["sport"].to_numpy(),
            "at": seconds(sessions["start"]),
            "minutes": sessions["duration_min"].to_numpy(dtype=float),
            "moving": sessions["moving_min"].to_numpy(dtype=float),
            "km": sessions["distance_km"].to_numpy(dtype=float),
        }
    ).reset_index(names="place")
    zoneless = sessions[ZONELESS].eq(other=True).to_numpy(dtype=bool)
    rows["day"] = (rows["at"] // 86400).astype("int64")
    known = rows[~zoneless]
    # A day either side is far enough for every zone.
    around = pd.concat([known.assign(day=known["day"] + step) for step in (-1, 0, 1)])
    both = rows[zoneless].merge(around, on=["athlete", "sport", "day"], suffixes=("", "_known"))
    both["ahead"] = both["at_known"] - both["at"]
    whole = (both["ahead"] / QUARTER_S).round() * QUARTER_S
    like = (both["source"] != both["source_known"]) & ((both["ahead"] - whole).abs() <= SLACK_S)
    like &= (whole.abs() <= FARTHEST_S) & _alike_in_length(both) & _alike(both, "km")
    pairs = both.assign(shift=whole)[like]
    return pairs.rename(columns={"place": "zoneless", "place_known": "known"})


def _lists(source: pd.Series) -> "pd.Series[str]":
    """Return the file of each session; those of one session each are one list together."""
    return source.where(source.duplicated(keep=False), "").reset_index(drop=True)


def _alike_in_length(both: pd.DataFrame) -> "pd.Series[bool]":
    """Say which pairs agree in a length: one list may leave pauses out, the other not."""
    kinds = [(length, other) for length in _LENGTHS for other in _LENGTHS]
    return pd.concat([_alike(both, *pair) for pair in kinds], axis=1).any(axis=1)


def _alike(both: pd.DataFrame, name: str, known: str | None = None) -> "pd.Series[bool]":
    """Say which pairs agree in a value; a session that lacks it is no proof."""
    zoneless, other = both[name], both[f"{known or name}_known"]
    return (zoneless - other).abs() <= ALIKE * np.maximum(zoneless, other)


def _agreed(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep, one to one, pairs whose difference several pairs of both lists share."""
    # Equal runs on neighbouring days would pair across days: the commonest difference first.
    key = ["athlete", "source", "list_known", "shift"]
    # A session votes once, though it may pair with equal runs on several days.
    pairs = pairs.assign(votes=pairs.groupby(key)["zoneless"].transform("nunique"))
    # The same run every day fits a shift of 24 hours as often as none: the nearer one goes first.
    pairs = pairs.assign(far=pairs["shift"].abs())
    ordered = pairs.sort_values(
        ["votes", "far", "zoneless", "known"], ascending=[False, True, True, True]
    )
    single = ordered.drop_duplicates("zoneless").drop_duplicates("known")
    votes = single.groupby(key)["zoneless"].transform("size")
    return single[votes >= LEAST_PAIRS]


def _shifts(sessions: pd.DataFrame, pairs: pd.DataFrame) -> Floats:
    """Return the seconds each session moves: its own pair's, or its list's nearest pair's."""
    shift = np.zeros(len(sessions))
    shift[pairs["zoneless"]] = pairs["shift"]
    at = seconds(sessions["start"])
    for source, rows in pairs.groupby("source", sort=True):
        mine = np.flatnonzero((sessions["source"] == source).to_numpy() & (shift == 0))
        mine = np.setdiff1d(mine, rows["zoneless"])
        if len(mine):
            shift[mine] = _nearest(at[mine], at[rows["zoneless"]], rows["shift"].to_numpy())
    return shift


def _nearest(at: Floats, known: Floats, shift: Floats) -> Floats:
    """Return the shift of the nearest known moment, 0 where none is near."""
    order = np.argsort(known)
    known, shift = known[order], shift[order]
    after = np.clip(np.searchsorted(known, at), 0, len(known) - 1)
    before = np.clip(after - 1, 0, None)
    nearer = np.where(np.abs(known[before] - at) < np.abs(known[after] - at), before, after)
    near = np.abs(known[nearer] - at) <= NEAR_DAYS * 86400
    return np.where(near, shift[nearer], 0.0)
