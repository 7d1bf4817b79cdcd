"""Sessions of which only the day is known take the clock of the recording that saw them too.

Training diaries keep days, devices keep times: without this, a run that stands in both would count
twice, for the two do not overlap in time.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.sessions.overlaps import seconds, span_s

MARK: Final = "day_only"
"""Working column of the readers: True where the time of day was not told."""
ANSWERED: Final = "answered"
"""Working column of the readers: when a form was filled in (UTC), null where it does not say."""
_KEYS: Final = ["athlete", "local_date", "sport"]
_ALIKE: Final = {"duration_min": 0.25, "distance_km": 0.1}
"""Share by which a value may differ; a diary rounds minutes and leaves pauses out."""
_GUESSED_KM: Final = 0.2
_TWO_RUNS: Final = 1 / 6
"""Of the larger value, both in time and in distance: beyond it two diaries tell two runs."""
_ONLY_ONE_TOLD: Final = 1 / 3
"""The same where the diaries have only one of the two in common."""
_UNTOLD_MIN: Final = 60.0
"""Kept free after a session whose length nobody told."""
_SAME_MINUTES: Final = 0.1
"""Of two runs that last the same, one distance may be guessed or of another satellite's track."""


def take_recorded_clock(recordings: pd.DataFrame) -> pd.DataFrame:
    """Move each day-only session to the start of the recording it is.

    It is that of the same athlete, day and sport that is alike: in distance where both know it,
    else in duration; what lasts the same may differ more in distance. The most alike go together
    first, one to one in each diary. Sessions without a recording stay where they are, and so does
    what stands beside the recording in the same list: of a day with two runs of like length, one
    recorded and one typed, the second was lost. What no device recorded may stand in two diaries:
    alike in all that both know, they get one start.

    Parameters
    ----------
    recordings : pandas.DataFrame
        Columns athlete, local_date, sport, start, duration_min, distance_km and, as far as there
        are day-only sessions, :data:`MARK`.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order; only `start` differs.
    """
    if MARK not in recordings:
        return recordings
    day_only = (recordings[MARK] == True).to_numpy(dtype=bool)  # noqa: E712 - null is not True
    if not day_only.any():
        return recordings
    place = recordings.reset_index(drop=True).reset_index(names="place")
    columns = ["place", *_KEYS, *_ALIKE, "source"]
    recorded = place.loc[~day_only, [*columns, "start"]]
    pairs = place.loc[day_only, columns].merge(recorded, on=_KEYS, suffixes=("", "_recorded"))
    pairs = pairs[~_has_a_row_of_its_own(pairs, recorded)]
    pairs["apart"] = np.fmin(_apart(pairs), _apart_in_length(pairs))
    ordered = pairs[pairs["apart"] <= 1].sort_values(["apart", "place", "place_recorded"])
    moved = _one_to_one(ordered)
    unrecorded = place.loc[day_only & ~place["place"].isin(moved["place"]), columns]
    moved = pd.concat([moved, *_in_two_diaries(unrecorded)])
    start = recordings["start"].to_numpy(copy=True)
    start[moved["place"]] = start[moved["place_recorded"]]
    return recordings.assign(start=pd.Series(start, index=recordings.index))


def _in_two_diaries(written: pd.DataFrame) -> list[pd.DataFrame]:
    """Pair each day-only session with the one of an earlier file that it repeats."""
    files = written.groupby("athlete")["source"].rank("dense")
    pairs_found: list[pd.DataFrame] = []
    first = written[files == 1]
    for number in range(2, int(files.max()) + 1 if len(files) else 0):
        later = written[files == number]
        pairs = later.merge(first, on=_KEYS, suffixes=("", "_recorded"))
        pairs["apart"] = _apart(pairs)
        alike = pairs[(pairs["apart"] <= 1) & _lasts_alike(pairs)]
        pairs_found.append(_one_to_one(alike.sort_values(["apart", "place", "place_recorded"])))
        # What no earlier diary held may still be repeated by a later one.
        first = pd.concat([first, later[~later["place"].isin(pairs_found[-1]["place"])]])
    return pairs_found


def _has_a_row_of_its_own(pairs: pd.DataFrame, recorded: pd.DataFrame) -> NDArray[np.bool_]:
    """Say of each pair whether the list of the day-only session has the recording as a row, too."""
    if pairs.empty:
        return np.zeros(0, dtype=bool)
    beside = pairs[[*_KEYS, "place", "place_recorded", "source", "start", "duration_min_recorded"]]
    both = beside.merge(recorded, on=[*_KEYS, "source"], suffixes=("", "_of_list"))
    first, other = seconds(both["start"]), seconds(both["start_of_list"])
    length = 60 * both["duration_min_recorded"].fillna(0).to_numpy()
    span = 60 * both["duration_min"].fillna(0).to_numpy()
    # A session without a length still takes a minute, so that two equal starts meet.
    same = (first < other + np.maximum(span, 60)) & (other < first + np.maximum(length, 60))
    taken = both.loc[same, ["place", "place_recorded"]].drop_duplicates()
    with_row = pairs[["place", "place_recorded"]].merge(
        taken.assign(own=True), on=["place", "place_recorded"], how="left"
    )
    has_row: NDArray[np.bool_] = with_row["own"].notna().to_numpy(dtype=bool)
    return has_row


def _apart(pairs: pd.DataFrame) -> NDArray[np.float64]:
    """Return how far two sessions differ, as a share of what may be; NaN if nothing compares."""
    shares = {
        name: ((pairs[name] - pairs[f"{name}_recorded"]).abs() / pairs[f"{name}_recorded"] / most)
        for name, most in _ALIKE.items()
    }
    return np.asarray(shares["distance_km"].fillna(shares["duration_min"]), dtype=float)


def _apart_in_length(pairs: pd.DataFrame) -> NDArray[np.float64]:
    """Return how far pairs differ that last the same, NaN for others; never nearer than alike ones.

    A run is 9.2 km in the diary and 8.0 km on the watch, and takes 44 minutes in both.
    """
    minutes = (pairs["duration_min"] / pairs["duration_min_recorded"] - 1).abs() / _SAME_MINUTES
    km = (pairs["distance_km"] / pairs["distance_km_recorded"] - 1).abs() / _GUESSED_KM
    return np.asarray(km.where((minutes <= 1) & (km <= 1)), dtype=float)


def is_alike(pairs: pd.DataFrame) -> "pd.Series[bool]":
    """Return which pairs of sessions differ by no more than a diary or a list may.

    Parameters
    ----------
    pairs : pandas.DataFrame
        duration_min, distance_km, and the same with `_recorded`.
    """
    return pd.Series(_apart(pairs) <= 1, index=pairs.index)


def totals_of_days(recordings: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which day-only sessions are the sum of several recordings of their day.

    A diary may write one line for a morning and an evening run that a watch recorded as two. Its
    distance must be their sum, its duration too where both are known; what is like a single
    recording is that one and no sum.

    Parameters
    ----------
    recordings : pandas.DataFrame
        Columns athlete, start, local_date, sport, duration_min, distance_km, :data:`MARK` and,
        where known, moving_min, with an index 0 ... n-1.
    """
    is_total = np.zeros(len(recordings), dtype=bool)
    day_only = recordings[MARK].to_numpy(dtype=bool)
    if not day_only.any() or day_only.all():
        return is_total
    columns = ["place", *_KEYS, *_ALIKE]
    place = recordings.reset_index(names="place")
    lines, timed = place.loc[day_only, columns], place.loc[~day_only]
    pairs = lines.merge(_sums(_once(timed)), on=_KEYS, suffixes=("", "_recorded"))
    sums = pairs.loc[is_alike(pairs) & _lasts_alike(pairs), "place"]
    single = lines.merge(timed[columns], on=_KEYS, suffixes=("", "_recorded"))
    is_total[sums[~sums.isin(single.loc[is_alike(single), "place"])]] = True
    return is_total


def _once(recordings: pd.DataFrame) -> pd.DataFrame:
    """Leave out what begins while another recording of the day still runs: one run in two files."""
    length = recordings.assign(begin=seconds(recordings["start"]), span=span_s(recordings))
    ordered = length.sort_values(["begin", "span"], ascending=[True, False], kind="stable")
    keys = [ordered[name] for name in _KEYS]
    latest = (ordered["begin"] + ordered["span"]).groupby(keys).cummax().groupby(keys).shift()
    return ordered[~(ordered["begin"] < latest)]


def _sums(recordings: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of days with several recordings, each with a distance."""
    days = recordings.groupby(_KEYS, as_index=False).agg(
        runs=("place", "size"),
        known=("distance_km", "count"),
        timed=("duration_min", "count"),
        duration_min=("duration_min", "sum"),
        distance_km=("distance_km", "sum"),
    )
    # With one distance unknown the sum is not that of the day, and no line can be compared with it.
    several = days[(days["runs"] > 1) & (days["known"] == days["runs"])]
    timed = several["timed"] == several["runs"]
    return several.assign(duration_min=several["duration_min"].where(timed))


def _lasts_alike(pairs: pd.DataFrame) -> "pd.Series[bool]":
    minutes, other = pairs["duration_min"], pairs["duration_min_recorded"]
    # "Not greater" in place of "at most", because an unknown length agrees with any.
    return ~((minutes - other).abs() > _ALIKE["duration_min"] * other)


def can_meet(
    sessions: pd.DataFrame, first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which pairs of sessions can share time: of one day where one knows only its day.

    The clock of such a session is made up, so a long one would reach into days that it is not of,
    and two runs of one day, each in a diary of its own, would be one.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Columns local_date, duration_min, distance_km and :data:`MARK`.
    first, second : array of shape (n,)
        Positions of the sessions of each pair.
    """
    bare = sessions[MARK].to_numpy(dtype=bool)
    day = sessions["local_date"].to_numpy()
    is_made_up = bare[first] | bare[second]
    same_day = (day[first] == day[second]) & ~_are_two_runs(sessions, first, second)
    both: NDArray[np.bool_] = same_day | ~is_made_up
    return both


def _are_two_runs(
    sessions: pd.DataFrame, first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which pairs differ in length and distance by more than two people write one run.

    10 km and 13 km in the same time are one run that somebody wrote down wrongly.
    """
    differences = []
    for name in ("duration_min", "distance_km"):
        values = sessions[name].to_numpy(dtype=float, na_value=np.nan)
        larger = np.fmax(values[first], values[second])
        apart = np.abs(values[first] - values[second])
        differences.append(
            np.divide(apart, larger, out=np.full(len(first), np.nan), where=larger > 0)
        )
    less, more = np.fmin(*differences), np.fmax(*differences)
    is_one_known = np.isnan(differences[0]) != np.isnan(differences[1])
    are_two: NDArray[np.bool_] = np.where(is_one_known, more > _ONLY_ONE_TOLD, less > _TWO_RUNS)
    return are_two


def one_after_the_other(sessions: pd.DataFrame) -> pd.DataFrame:
    """Let the runs of a day that two diaries tell follow each other: one start is one session.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Columns athlete, start, duration_min and :data:`MARK`, one row per session.
    """
    bare = sessions[MARK].to_numpy(dtype=bool)
    length = sessions["duration_min"].fillna(_UNTOLD_MIN).where(bare, 0.0)
    keys = [sessions["athlete"], sessions["start"]]
    before = length.groupby(keys, sort=False).cumsum() - length
    later = pd.to_timedelta(before.where(bare, 0.0), unit="min")
    return sessions.assign(start=(sessions["start"] + later).astype(sessions["start"].dtype))


def _one_to_one(ordered: pd.DataFrame) -> pd.DataFrame:
    """Take pairs in order, each session once, and each recording once by every diary."""
    lines_paired: set[int] = set()
    recorded: set[tuple[str, int]] = set()
    places: list[int] = []
    columns = (ordered[name] for name in ("place", "source", "place_recorded"))
    for at, (place, diary, recording) in enumerate(zip(*columns, strict=True)):
        if place not in lines_paired and (diary, recording) not in recorded:
            lines_paired.add(place)
            recorded.add((diary, recording))
            places.append(at)
    return ordered.iloc[places]
