"""Whether a run was reproduced: the same rows, and forecasts within a tolerance.

Another processor adds in another order, so that the last digits of a fitted number differ. What
such a run has to have in common is not its bytes but what it forecasts.
"""

import numpy as np
import pandas as pd

from common.errors import StridecastError

KEYS = ["athlete", "date"]
TOLD = ["event", "true_probability"]
"""Columns beside the models' forecasts."""


def largest_differences(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the largest difference of each model's probabilities, the largest first.

    Parameters
    ----------
    one, other : pandas.DataFrame
        athlete, date, event and a column per model.

    Returns
    -------
    pandas.DataFrame
        model, rows, differing (rows that differ at all), largest; a model that one of the two
        lacks has a largest difference of infinity.

    Raises
    ------
    StridecastError
        If the rows or their outcomes are not the same.
    """
    joined = one.merge(other, on=KEYS, validate="1:1", suffixes=("_one", "_other"))
    if not len(joined) == len(one) == len(other):
        raise StridecastError(
            f"not reproduced: {len(one):,} and {len(other):,} test rows, of which {len(joined):,} "
            "are the same athlete and week",
            "compare runs of the same data and split",
        )
    if not joined["event_one"].equals(joined["event_other"]):
        raise StridecastError(
            "not reproduced: the outcomes of the test rows differ",
            "compare runs of the same data and settings",
        )
    names = sorted({*one.columns, *other.columns} - {*KEYS, *TOLD})
    rows = [_of_model(joined, name) for name in names]
    table = pd.DataFrame(rows, columns=["model", "rows", "differing", "largest"])
    return table.sort_values("largest", ascending=False, kind="stable", ignore_index=True)


def _of_model(joined: pd.DataFrame, name: str) -> tuple[str, int, int, float]:
    if f"{name}_one" not in joined or f"{name}_other" not in joined:
        return name, len(joined), len(joined), float("inf")
    first, second = (joined[f"{name}_{end}"].to_numpy(dtype=float) for end in ("one", "other"))
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    gaps = np.where(same, 0.0, np.abs(first - second))
    # A forecast that only one of the two knows is no small difference.
    found = np.nan_to_num(gaps, nan=np.inf)
    return name, len(joined), int((~same).sum()), float(found.max(initial=0.0))
