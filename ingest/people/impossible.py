"""What one person cannot have done: a sign that two people's files are under one name."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.language import message
from ingest.dataset.file_names import folders_of
from ingest.people.folder_words import is_group

MOST_HOURS: Final = 16.0
"""Of recorded sessions on one day."""
_FEWEST_OVERLAPS: Final = 3
_SHARE: Final = 0.05
"""So many of the runs overlap where two people are one; a watch left on is rarer."""
_OVERLAP: Final = pd.Timedelta(minutes=10)


def impossible(sessions: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    """Return the athletes whose sessions cannot be one person's, each with the reason.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Joined sessions: athlete, start, local_date, sport, duration_min.
    names : mapping of str to str
        Athlete in the table -> name to show.

    Returns
    -------
    dict of str to str
        Athlete in the table -> a sentence that names the athlete.
    """
    timed = sessions[sessions["start"].notna() & sessions["duration_min"].notna()]
    suspects = _with_long_days(timed) | _with_overlaps(timed)
    reasons: dict[str, str] = {}
    for athlete, rows in timed[timed["athlete"].isin(suspects)].groupby("athlete", sort=True):
        who = names.get(str(athlete), str(athlete))
        if sentence := _too_many_hours(rows, who) or _overlapping(rows, who):
            reasons[str(athlete)] = sentence
    return reasons


def _with_long_days(sessions: pd.DataFrame) -> set[str]:
    """Return the athletes with a day of too many hours, all at once."""
    who, names = pd.factorize(sessions["athlete"])
    day, days = pd.factorize(sessions["local_date"])
    # A session without a day is on none.
    dated, number = day >= 0, max(len(days), 1)
    minutes = sessions["duration_min"].to_numpy(dtype=np.float64)[dated]
    each, place = np.unique(who[dated] * number + day[dated], return_inverse=True)
    hours = np.bincount(place, weights=minutes, minlength=len(each)) / 60
    # Sums may differ in their last bits from those that decide in the end.
    return {str(names[code]) for code in np.unique(each[hours > MOST_HOURS - 1e-6] // number)}


def _with_overlaps(sessions: pd.DataFrame) -> set[str]:
    """Return the athletes whose runs may overlap too often, and perhaps a few more."""
    runs = sessions[sessions["sport"] == "run"]
    who, names = pd.factorize(runs["athlete"])
    end = runs["start"] + pd.to_timedelta(runs["duration_min"], unit="min")
    starts, ends = (times.to_numpy(dtype="datetime64[ns]") for times in (runs["start"], end))
    # Of runs that begin at once the longest first: then overlaps are at least as many as counted.
    order = np.lexsort((-ends.astype(np.int64), starts, who))
    cuts = np.searchsorted(who[order], np.arange(len(names) + 1))
    suspects = set()
    for name, first, after in zip(names, cuts[:-1], cuts[1:], strict=True):
        rows = order[first:after]
        shared = np.maximum.accumulate(ends[rows])[:-1] - starts[rows][1:]
        if (shared > _OVERLAP.to_timedelta64()).sum() >= _enough(len(rows)):
            suspects.add(str(name))
    return suspects


def _enough(runs: int) -> float:
    """Return how many of an athlete's runs have to overlap others to call for a question."""
    return max(_FEWEST_OVERLAPS, _SHARE * runs)


def _too_many_hours(rows: pd.DataFrame, who: str) -> str:
    hours = rows.groupby("local_date")["duration_min"].sum() / 60
    most = float(hours.max())
    if most <= MOST_HOURS:
        return ""
    day = pd.Timestamp(str(hours.idxmax())).date()
    return message(
        "{who}: {hours} hours of sessions on {day}: a forgotten watch, or two people's files?",
        who=who, hours=f"{most:.0f}", day=day,
    )  # fmt: skip


def _overlapping(rows: pd.DataFrame, who: str) -> str:
    """Return a sentence where runs that are not the same one overlap again and again."""
    runs = rows[rows["sport"] == "run"]
    ordered = runs.sort_values("start")
    start = ordered["start"]
    end = start + pd.to_timedelta(ordered["duration_min"], unit="min")
    # Compared with the latest end so far, for a long run may cover several later ones.
    shared = end.cummax().shift() - start
    overlaps = int((shared > _OVERLAP).sum())
    if overlaps < _enough(len(runs)):
        return ""
    first = ordered.loc[shared > _OVERLAP, "local_date"].iloc[0]
    return message(
        "{who}: {count} runs overlap others (first on {day}): are two people's files under one "
        "name?",
        who=who, count=overlaps, day=pd.Timestamp(first).date(),
    )  # fmt: skip


def in_two_groups(owners: Mapping[str, str], athletes: Mapping[str, str]) -> dict[str, str]:
    """Return the athletes whose name is a folder in two groups: it may be two people's.

    Folders of sources and dates lie around one person; nobody trains in two groups of a club.

    Parameters
    ----------
    owners : mapping of str to str
        File -> the folder or file name that tells whose it is.
    athletes : mapping of str to str
        Such a name -> athlete.

    Examples
    --------
    >>> files = {"U18/Ann/a.fit": "Ann", "Masters/Ann/b.fit": "Ann", "Garmin/Bo/c.fit": "Bo"}
    >>> in_two_groups(files, {"Ann": "Ann", "Bo": "Bo"})["Ann"]
    'Ann: lies in the folders Masters, U18: is it one person? If not, rename one of the folders'
    """
    groups: dict[str, set[str]] = {}
    for source, name in owners.items():
        folders = folders_of(source)
        above = folders[: folders.index(name)] if name in folders else ()
        around = "/".join(part for part in above if is_group(part))
        if around and athletes.get(name):
            groups.setdefault(athletes[name], set()).add(around)
    return {
        athlete: message(
            "{who}: lies in the folders {folders}: is it one person? If not, rename one of the "
            "folders",
            who=athlete, folders=", ".join(sorted(around)),
        )
        for athlete, around in sorted(groups.items())
        if len(around) > 1
    }  # fmt: skip
