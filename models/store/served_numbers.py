"""Numbers of a served row: whatever holds them, a model reads floats."""

import math
from typing import Any

import pandas as pd


def as_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns as floats, whatever held the numbers: integers, Arrow, JSON's nulls.

    MLflow refuses an integer where its signature says double, so the signature says nothing of
    types, and they are settled here.

    Parameters
    ----------
    rows : pandas.DataFrame
        Features by name; what is unknown is null.

    Examples
    --------
    >>> as_numbers(pd.DataFrame({"runs_28d": pd.array([3, None], "Int64")}))["runs_28d"].tolist()
    [3.0, nan]
    """
    return pd.DataFrame({name: _floats(rows[name]) for name in rows.columns}, index=rows.index)


def _floats(column: "pd.Series[Any]") -> "pd.Series[float]":
    if column.dtype == float:
        return column
    try:
        # Through object: nullable integers and Arrow columns hold pd.NA, which no float can be.
        return pd.to_numeric(column.astype(object).where(column.notna(), math.nan)).astype(float)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"column {column.name}: {error}; features are numbers, and null where unknown"
        ) from None
