"""The strongest predictors in both parts: whether those tested are like those learnt from."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from reporting.card.people import FEWEST, PARTS

MOST: Final = 10
"""Predictors that are tabulated: those with the largest mean contribution."""


def predictor_table(
    rows: pd.DataFrame, names: Sequence[str], labels: Mapping[str, str]
) -> pd.DataFrame:
    """Return median, quartiles and share known of each predictor in both parts.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, part, and the predictors, of the rows of known outcome.
    names : sequence of str
        Predictors, the strongest first.
    labels : mapping of str to str
        What each is called, with its unit.
    """
    parts = {part: rows[rows["part"] == part] for part in PARTS}
    return pd.DataFrame(
        [
            {"predictor": labels.get(name, name)}
            | {
                f"{part}: median (quartiles), known": _distribution_words(own, name)
                for part, own in parts.items()
            }
            for name in names
        ]
    )


def _distribution_words(rows: pd.DataFrame, name: str) -> str:
    known = rows[rows[name].notna()]
    # Quartiles of a few athletes would tell their own values.
    if known["athlete"].nunique() < FEWEST:
        return f"known of fewer than {FEWEST} athletes"
    low, middle, high = known[name].astype("float64").quantile([0.25, 0.5, 0.75])
    return f"{middle:.3g} ({low:.3g} to {high:.3g}), {len(known) / len(rows):.0%}"
