"""Who the athletes of a card are: characteristics of the training and of the test part."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from models.metrics.subgroups import athlete_groups

PARTS: Final = ("train", "test")
FEWEST: Final = 5
"""Groups of fewer athletes are not counted: a card may leave the club."""
_SHOWN: Final = ("sex", "age", "level")


def characteristics(athletes: pd.DataFrame, split: pd.DataFrame) -> pd.DataFrame:
    """Return how many athletes of each part are of each sex, age and level.

    Parameters
    ----------
    athletes : pandas.DataFrame
        athlete, sex, birth_year, level.
    split : pandas.DataFrame
        athlete, date, part of the rows of known outcome; age is that of an athlete's first row in
        the part.

    Returns
    -------
    pandas.DataFrame
        group, and a column of counts in words per part of :data:`PARTS`.
    """
    wanted = athletes[["athlete", "sex", "birth_year", "level"]]
    first = split.groupby(["part", "athlete"], as_index=False)["date"].min()
    rows = first.merge(wanted, on="athlete", how="left", validate="m:1")
    groups = athlete_groups(rows)
    counts = {
        (name, label): {part: int(((rows["part"] == part) & mine).sum()) for part in PARTS}
        for name in _SHOWN
        for label in np.unique(groups[name])
        for mine in [groups[name] == label]
    }
    return pd.DataFrame([_row(*key, by_part) for key, by_part in counts.items()])


def _row(name: str, label: str, by_part: Mapping[str, int]) -> dict[str, str]:
    group = f"{name}: {label}".replace("_", " ")
    return {"group": group} | {part: _count(number) for part, number in by_part.items()}


def _count(number: int) -> str:
    return str(number) if number == 0 or number >= FEWEST else f"fewer than {FEWEST}"
