"""Offsets of a clock from UTC, as exporters write them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_OFFSET = r"^(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?$"


def offset_s(text: pd.Series) -> NDArray[np.float64]:
    """Return offsets in seconds, NaN where the text is none.

    Examples
    --------
    >>> offset_s(pd.Series(["+05:30", "UTC-0400", "UTC+2", "Z", "Berlin"], dtype="str")).tolist()
    [19800.0, -14400.0, 7200.0, 0.0, nan]
    """
    bare = text.str.strip()
    parts = bare.str.extract(_OFFSET)
    sign = parts[0].map({"+": 1.0, "-": -1.0}).astype(float)
    hours, minutes = (parts[name].astype(float) for name in (1, 2))
    seconds = sign * (hours * 3600 + minutes.fillna(0) * 60)
    return np.where(bare.isin(["Z", "UTC", "GMT"]), 0.0, seconds.to_numpy(dtype=float))
