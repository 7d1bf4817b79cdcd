"""Frames as plain rows by athlete: hundreds of small frames would cost seconds, rows do not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

Row = Mapping[Any, Any]
Rows = Sequence[Row]


def rows_by_athlete(frame: pd.DataFrame) -> dict[str, list[Row]]:
    """Return each athlete's rows in the order of the frame; an athlete without rows has none."""
    by_athlete: dict[str, list[Row]] = defaultdict(list)
    for row in _plain(frame):
        by_athlete[str(row["athlete"])].append(row)
    return by_athlete


def _plain(frame: pd.DataFrame) -> Iterable[Row]:
    names = list(frame.columns)
    # Cells of no one type or with nulls beside whole numbers are looked at one by one.
    if not all(_is_plain(dtype) for dtype in frame.dtypes):
        return frame.to_dict("records")
    columns = [_values(frame[name]) for name in names]
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def _is_plain(dtype: object) -> bool:
    if isinstance(dtype, np.dtype):
        return dtype.kind in "bifM"
    return isinstance(dtype, pd.StringDtype)


def _values(column: pd.Series) -> Sequence[object]:
    """Return the values as Python has them, each distinct day made once."""
    if isinstance(column.dtype, pd.StringDtype):
        return column.to_numpy(dtype=object).tolist()
    if is_datetime64_any_dtype(column.dtype):
        codes, days = pd.factorize(column)
        # The code of what is unknown is -1, and so it takes the last one.
        moments = [*days, pd.NaT]
        return [moments[code] for code in codes]
    return column.tolist()
