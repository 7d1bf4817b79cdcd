"""What one person cannot have done: a sign that two people's files are under one name."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

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
    reasons: dict[str, str] = {}
    for athlete, rows in timed.groupby("athlete", sort=True):
        who = names.get(str(athlete), str(athlete))
        if sentence := _too_many_hours(rows, who) or _overlapping(rows, who):
            reasons[str(athlete)] = sentence
    return reasons


def _too_many_hours(rows: pd.DataFrame, who: str) -> str:
    hours = rows.groupby("local_date")["duration_min"].sum() / 60
    most = float(hours.max())
    if most <= MOST_HOURS:
        return ""
    day = pd.Timestamp(str(hours.idxmax())).date()
    return (
        f"{who}: {most:.0f} hours of sessions on {day}: a forgotten watch, or two people's files?"
    )


def _overlapping(rows: pd.DataFrame, who: str) -> str:
    """Return a sentence where runs that are not the same one overlap again and again."""
    runs = rows[rows["sport"] == "run"]
    ordered = runs.sort_values("start")
    start = ordered["start"]
    end = start + pd.to_timedelta(ordered["duration_min"], unit="min")
    shared = end.cummax().shift() - start
    overlaps = int((shared > _OVERLAP).sum())
    if overlaps < max(_FEWEST_OVERLAPS, _SHARE * len(runs)):
        return ""
    first = ordered.loc[shared > _OVERLAP, "local_date"].iloc[0]
    return (
        f"{who}: {overlaps} runs overlap others (first on {pd.Timestamp(first).date()}):"
        " are two people's files under one name?"
    )
