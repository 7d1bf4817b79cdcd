"""The same measures in each subgroup, with a note where events are few."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.calibration_measures import calibration_slope, observed_expected
from models.metrics.intervals import Measures, replicate
from models.metrics.measures import auroc, brier
from models.settings.evaluation import IntervalSettings

MEASURES: Final[Measures] = {
    "auroc": (auroc, "drawn"),
    "brier": (brier, "drawn"),
    "observed_expected": (observed_expected, "drawn"),
    "calibration_slope": (calibration_slope, "drawn"),
}
ENOUGH_EVENTS: Final = 100  # Collins 2016, Stat Med 35:214: at least 100 events and non-events
FEWEST_EVENTS: Final = 10


def few_events(events: float) -> str:
    """Return what to keep in mind at this number of events, or nothing."""
    if events < FEWEST_EVENTS:
        return f"fewer than {FEWEST_EVENTS} events: says next to nothing"
    if events < ENOUGH_EVENTS:
        return f"fewer than {ENOUGH_EVENTS} events: imprecise"
    return ""


def subgroups(
    y: npt.ArrayLike,
    probability: Floats,
    athletes: npt.ArrayLike,
    groups: pd.DataFrame,
    settings: IntervalSettings,
) -> pd.DataFrame:
    """Measure one model within each group, athletes of the group resampled.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    probability : ndarray of shape (n,)
        Forecasts.
    athletes : array-like of shape (n,)
        The athlete of each row.
    groups : pandas.DataFrame
        One column of labels per variable, n rows.
    settings : IntervalSettings
        Draws, coverage, seed.

    Returns
    -------
    pandas.DataFrame
        variable, group, athletes, rows, events, note, metric, value, low, high.
    """
    event, who = np.asarray(y, dtype=float), np.asarray(athletes)
    tables = []
    for variable in groups:
        labels = groups[variable].to_numpy()
        for group in sorted(set(labels)):
            inside = labels == group
            drawn = {"drawn": event[inside]}
            rows = replicate(
                drawn, {"": probability[inside]}, MEASURES, who[inside], settings
            ).frame()
            events = float(event[inside].sum())
            facts = {"variable": variable, "group": group, "rows": int(inside.sum())}
            facts |= {"athletes": len(set(who[inside])), "events": events}
            facts |= {"note": few_events(events)}
            tables.append(rows.drop(columns="model").assign(**facts))
    order = ["variable", "group", "athletes", "rows", "events", "note"]
    return pd.concat(tables, ignore_index=True)[[*order, "metric", "value", "low", "high"]]
