"""Two names for one person, told by the runs: the same kilometres on the same days."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd

from ingest.records.owner import OWNER_OF_FILE

_FEWEST_DAYS: Final = 6
_SHARE: Final = 0.9
RUN_COLUMNS: Final = ["athlete", "source", "local_date", "distance_km"]
_ROUNDED: Final = 0.051
"""Kilometres within which a sheet with one decimal repeats what a watch recorded."""


def same_runs(sessions: pd.DataFrame | None, owners: Mapping[str, str]) -> dict[str, str]:
    """Return name of a sheet -> name of the folder whose watch recorded what the sheet says.

    A sheet that repeats a watch does so to the decimal. Six days and nine of ten have to agree, of
    kilometres that are not whole, for people who train together run whole kilometres together; a
    name that fits two watches fits none, and neither do two names that fit one watch.

    Parameters
    ----------
    sessions : pandas.DataFrame or None
        Rows with the columns of :data:`RUN_COLUMNS`.
    owners : mapping of str to str
        File of one athlete -> the name of its folder or of the file.
    """
    if sessions is None or sessions.empty:
        return {}
    runs = sessions.loc[sessions["distance_km"].gt(0), RUN_COLUMNS]
    owned = runs["athlete"].eq(OWNER_OF_FILE)
    sheets = _by_day(runs[~owned].assign(name=runs.loc[~owned, "athlete"]))
    if not sheets:
        return {}  # a large club of watches has many of them, and nothing to compare them with
    watches = _by_day(runs[owned].assign(name=runs.loc[owned, "source"].map(owners)))
    fitting = {
        name: [watch for watch, recorded in watches.items() if _repeats(days, recorded)]
        for name, days in sheets.items()
    }
    claims = Counter(watch for matches in fitting.values() for watch in matches)
    return {
        name: matches[0]
        for name, matches in fitting.items()
        if len(matches) == 1 and claims[matches[0]] == 1
    }


def _by_day(runs: pd.DataFrame) -> dict[str, pd.Series]:
    """Return name -> day -> kilometres."""
    named_runs = runs[runs["name"].astype("str").ne("") & runs["name"].notna()]
    return {
        # By day: a diary may write both runs of a day in one line.
        str(name): rows.groupby("local_date")["distance_km"].sum()
        for name, rows in named_runs.groupby("name", sort=True)
    }


def _repeats(sheet: pd.Series, watch: pd.Series) -> bool:
    within = sheet[(sheet.index >= watch.index.min()) & (sheet.index <= watch.index.max())]
    telling = within[within.mod(1).gt(0)]
    if len(telling) < _FEWEST_DAYS:
        return False
    recorded = telling.index.map(watch.to_dict())
    same = pd.Series(recorded, index=telling.index).sub(telling).abs().le(_ROUNDED)
    return int(same.sum()) >= _FEWEST_DAYS and same.mean() >= _SHARE
