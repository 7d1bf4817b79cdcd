"""Files in the exact layout of Loevdal 2021, generated: no published row is copied."""

import numpy as np
import pandas as pd

from ingest.readers.datasets.lovdal_layout import DAY, WEEK, LovdalLayout

# As published: the day file numbers from the oldest, the week file from the latest.
_PLACE = {"day": lambda before: 7 - before, "week": lambda before: before - 1}


def daily_logs(athletes: int, days: int, seed: int) -> dict[int, np.ndarray]:
    """athlete -> km of every day, all different, so that a swapped order shows."""
    rng = np.random.default_rng(seed)
    return {one: np.round(rng.uniform(0.1, 20, days), 3) for one in range(athletes)}


def as_csv(layout: LovdalLayout, logs: dict[int, np.ndarray], *, swapped: bool = False) -> bytes:
    """Every value of a period is its km (rest marks in the ratings), so that order can be seen."""
    rows = []
    for athlete, km in logs.items():
        for day in range(layout.periods * layout.step_days, len(km)):
            row = {"Athlete ID": athlete, "injury": int(day % 17 == 0), "Date": day}
            for before in range(1, layout.periods + 1):
                last = day - (before - 1) * layout.step_days
                total = km[last - layout.step_days : last].sum()
                place = _PLACE[layout.kind](before)
                place = layout.periods - 1 - place if swapped else place
                for field in layout.fields:
                    row[layout.column(field, place)] = round(total, 3)
                if layout is DAY:
                    row[layout.column("perceived exertion", place)] = -0.01
            rows.append(row | dict.fromkeys(layout.extra[:-1], 1.0))
    return pd.DataFrame(rows)[list(layout.header)].to_csv(index=False).encode()


__all__ = ["DAY", "WEEK", "as_csv", "daily_logs"]
