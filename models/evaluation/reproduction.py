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


def largest_differences(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return the largest difference of each model's probabilities, the largest first.

    Parameters
    ----------
    first, second : pandas.DataFrame
        athlete, date, event and a column per model.

    Returns
    -------
    pandas.DataFrame
        model, rows, differing (rows that differ at all), largest; where only one of the two runs
        has a model, its largest difference is infinity.

    Raises
    ------
    StridecastError
        If the rows or their outcomes are not the same.
    """
    joined = first.merge(second, on=KEYS, validate="1:1", suffixes=("_first", "_second"))
    if not len(joined) == len(first) == len(second):
        raise StridecastError(
            f"not reproduced: {len(first):,} and {len(second):,} test rows, of which "
            f"{len(joined):,} are the same athlete and week",
            "compare runs of the same data and split",
        )
    if not joined["event_first"].equals(joined["event_second"]):
        raise StridecastError(
            "not reproduced: the outcomes of the test rows differ",
            "compare runs of the same data and settings",
        )
    names = sorted({*first.columns, *second.columns} - {*KEYS, *TOLD})
    rows = [_of_model(joined, name) for name in names]
    table = pd.DataFrame(rows, columns=["model", "rows", "differing", "largest"])
    return table.sort_values("largest", ascending=False, kind="stable", ignore_index=True)


def _of_model(joined: pd.DataFrame, name: str) -> tuple[str, int, int, float]:
    if f"{name}_first" not in joined or f"{name}_second" not in joined:
        return name, len(joined), len(joined), float("inf")
    first, second = (joined[f"{name}_{end}"].to_numpy(dtype=float) for end in ("first", "second"))
    same = (first == second) | (np.isnan(first) & np.isnan(second))
    gaps = np.where(same, 0.0, np.abs(first - second))
    # A forecast that only one of the two knows is no small difference.
    differences = np.nan_to_num(gaps, nan=np.inf)
    return name, len(joined), int((~same).sum()), float(differences.max(initial=0.0))
