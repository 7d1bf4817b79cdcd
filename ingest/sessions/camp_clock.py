"""Lists of activities in the local time of a training camp take the clock of the watch.

A list such as Garmin's `Activities.csv` holds local times and no zone, so it is read in the team's
zone. Of a run abroad that is hours off, and the run would count twice: once from the list, once
from the watch's own file, which knows both UTC and its local clock.
"""

from typing import Final

import pandas as pd

from ingest.records.local_clock import to_local
from ingest.sessions.day_only import is_alike

OFFSET: Final = "utc_offset_s"
"""Working column of the readers: what the watch's clock was ahead of UTC, null where unknown."""
# A list that went through a spreadsheet shows minutes and no seconds.
_SLACK: Final = pd.Timedelta(seconds=60)


def take_watch_clock(recordings: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Move each listed session to the recording whose own local clock shows the listed time.

    It must be of the same athlete and sport, alike in distance (in duration where that is unknown),
    and the watch must have stood in another zone than the team's; a listed session that some
    recording begins with already stays where it is.

    Parameters
    ----------
    recordings : pandas.DataFrame
        Columns athlete, sport, start, local_date, duration_min, distance_km and, as far as a
        watch told it, :data:`OFFSET`.
    zone : str
        The team's zone, in which lists were read.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order; only `start` and `local_date` differ.
    """
    if OFFSET not in recordings or recordings[OFFSET].isna().all():
        return recordings
    rows = recordings.reset_index(drop=True).reset_index(names="place")
    watch = _abroad(rows[rows[OFFSET].notna()], zone)
    lists = rows[rows[OFFSET].isna()]
    lists = lists[~_begun_with(lists, rows[rows[OFFSET].notna()])]
    if watch.empty or lists.empty:
        return recordings
    keys, values = ["athlete", "sport"], ["duration_min", "distance_km"]
    pairs = lists[["place", "start", *keys, *values]].merge(
        watch[["place", "start", "local_date", "shown", *keys, *values]],
        on=keys,
        suffixes=("", "_recorded"),
    )
    fits = ((pairs["start"] - pairs["shown"]).abs() <= _SLACK) & is_alike(pairs)
    # Each recording is taken once: of two equal runs of a day one must not swallow the other.
    moved = pairs[fits].drop_duplicates("place").drop_duplicates("place_recorded")
    moved = moved.set_index("place")
    changed = recordings.reset_index(drop=True)
    changed.loc[moved.index, "start"] = moved["start_recorded"]
    changed.loc[moved.index, "local_date"] = moved["local_date"]
    return changed.set_axis(recordings.index)


def _abroad(watch: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return recordings in another zone, with when a list of them is read to begin."""
    home = to_local(watch["start"], zone) - watch["start"].dt.tz_localize(None)
    ahead = pd.to_timedelta(watch[OFFSET], unit="s") - home
    there: pd.DataFrame = watch.assign(shown=watch["start"] + ahead)[ahead != pd.Timedelta(0)]
    return there


def _begun_with(lists: pd.DataFrame, watch: pd.DataFrame) -> pd.Series:
    """Return which listed sessions begin with a recording of their athlete."""
    rows = lists[["place", "athlete", "start"]].sort_values("start")
    begun = pd.merge_asof(
        rows,
        watch[["athlete", "start"]].assign(known=True).sort_values("start"),
        on="start",
        by="athlete",
        direction="nearest",
        tolerance=_SLACK,
    )
    return lists["place"].isin(begun.loc[begun["known"].notna(), "place"])
