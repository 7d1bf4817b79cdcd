"""Who the athletes of a card are: characteristics of the training and of the test part."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from models.evaluation.athlete_groups import athlete_groups

PARTS: Final = ("train", "test")
FEWEST: Final = 5
"""Groups of fewer athletes are not counted: a card may leave the club. It tells how many
athletes a part has, so that beside one such group another is not counted either."""
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
    # One row per athlete, or whoever stayed longest would count most; ages differ by part.
    first = split.groupby(["part", "athlete"], as_index=False)["date"].min()
    rows = first.merge(wanted, on="athlete", how="left", validate="m:1")
    groups = athlete_groups(rows)
    counts = {
        (name, label): {part: int(((rows["part"] == part) & mine).sum()) for part in PARTS}
        for name in _SHOWN
        # Over both parts together, so that a group absent from one part shows there as 0.
        for label in np.unique(groups[name])
        for mine in [groups[name] == label]
    }
    counts_in_words = {
        (name, part): _counts_in_words(
            {
                label: of[part]
                for (characteristic, label), of in counts.items()
                if characteristic == name
            }
        )
        for name in _SHOWN
        for part in PARTS
    }
    return pd.DataFrame(
        [
            {"group": f"{name}: {label}".replace("_", " ")}
            | {part: counts_in_words[name, part][label] for part in PARTS}
            for name, label in counts
        ]
    )


def _counts_in_words(counts: Mapping[str, int]) -> dict[str, str]:
    """Return the counts of one characteristic in words."""
    small = [label for label, number in counts.items() if 0 < number < FEWEST]
    others = [label for label, number in counts.items() if number >= FEWEST]
    # One hidden group could be worked out from the total: a second one is hidden with it.
    beside = {min(others, key=lambda label: counts[label])} if len(small) == 1 and others else set()
    words = dict.fromkeys(small, f"fewer than {FEWEST}")
    words |= dict.fromkeys(beside, f"{FEWEST} or more")
    return {label: words.get(label, str(number)) for label, number in counts.items()}
