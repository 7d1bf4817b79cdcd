"""Frames as plain rows by athlete: hundreds of small frames would cost seconds, rows do not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

Row = Mapping[Any, Any]
Rows = Sequence[Row]


def rows_by_athlete(frame: pd.DataFrame) -> dict[str, list[Row]]:
    """Return each athlete's rows in the order of the frame; an athlete without rows has none."""
    by_athlete: dict[str, list[Row]] = defaultdict(list)
    for row in frame.to_dict("records"):
        by_athlete[str(row["athlete"])].append(row)
    return by_athlete
