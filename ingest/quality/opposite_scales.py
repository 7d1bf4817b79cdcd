"""Forms whose answers contradict their scales: two forms of a team may run opposite ways.

Every answer is brought to 0-1 with 1 = best, so that better nights go with less fatigue. Where they
clearly go with more, in a form or between two forms of the same days, an end was told wrongly.
"""

from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ingest.dataset.settings import WELLNESS_ITEMS

_KEYS: Final = ["athlete", "date", "source"]
_FEWEST_IN_A_FORM: Final = 60
_FEWEST_SHARED: Final = 10
_CLEAR: Final = 4.0
"""Standard errors of a correlation (1/sqrt n) beyond which its sign is no chance."""
_CLEAR_SHARED: Final = -0.5
"""Correlation of one item on two forms of the same days, below which they run opposite ways."""


class Opposite(NamedTuple):
    """An item that runs against the rest.

    Parameters
    ----------
    item : str
        A wellness item.
    files : tuple of str
        The form, or the two forms, that it is about.
    """

    item: str
    files: tuple[str, ...]


def opposite_items(wellness: pd.DataFrame) -> list[Opposite]:
    """Return the items whose answers contradict their scale.

    Parameters
    ----------
    wellness : pandas.DataFrame
        Rows as read: athlete, date, source and items on 0-1, 1 = best.
    """
    items = [item for item in WELLNESS_ITEMS if item in wellness]
    if not items or not len(wellness):
        return []
    # An export of one person shows too little, and its name may be the person's.
    people = wellness.groupby("source")["athlete"].nunique()
    of_teams = wellness[wellness["source"].map(people) > 1]
    days = of_teams.groupby(_KEYS, sort=True)[items].last().reset_index()
    return [*_within_forms(days, items), *_between_forms(days, items)]


def _within_forms(days: pd.DataFrame, items: list[str]) -> list[Opposite]:
    opposites = []
    for source, rows in days.groupby("source", sort=True):
        for item in items:
            # Sleep is what the other items are compared with.
            if item == "sleep_quality" or "sleep_quality" not in items:
                continue
            r, count = _correlation(rows, "sleep_quality", item)
            if count >= _FEWEST_IN_A_FORM and r * np.sqrt(count) < -_CLEAR:
                opposites.append(Opposite(item, (str(source),)))
    return opposites


def _between_forms(days: pd.DataFrame, items: list[str]) -> list[Opposite]:
    sources = sorted(days.loc[days[items].notna().any(axis=1), "source"].unique())
    opposites = []
    for first, second in combinations(sources, 2):
        keys = ["athlete", "date"]
        both = days[days["source"] == first].merge(days[days["source"] == second], on=keys)
        for item in items:
            pair = both[["athlete", f"{item}_x", f"{item}_y"]]
            r, count = _correlation(pair, f"{item}_x", f"{item}_y")
            if count >= _FEWEST_SHARED and r < _CLEAR_SHARED:
                opposites.append(Opposite(item, (str(first), str(second))))
    return opposites


def _correlation(rows: pd.DataFrame, column: str, other: str) -> tuple[float, int]:
    """Return the correlation within athletes and the number of days with both answers."""
    both = rows[["athlete", column, other]].dropna()
    values = both[[column, other]].astype(float)
    # Within athletes, because content people answer all items high, whichever way a scale runs.
    within = values - values.groupby(both["athlete"]).transform("mean")
    spread = float(within[column].std() * within[other].std()) if len(both) > 1 else 0.0
    return (float(within[column].cov(within[other])) / spread if spread > 0 else 0.0), len(both)
