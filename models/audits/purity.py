"""The purity audit: no value of a feature is followed by an injury in most of its rows.

A leak in a few rows leaves a feature's AUROC far below the limit of the single-feature audit. But
it marks those rows as no honest value does: at a base rate of some per cent, a value or a tail of
values after which every second athlete is hurt has been written by the injury.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from features.audits.result import Audit
from features.catalogue.entry import Feature
from models.metrics.measures import tie_sums
from models.settings.audits import PuritySettings

COLUMNS: Final = ["feature", "where", "value", "rows", "events", "share", "low"]
_FEW_VALUES: Final = 50


def audit_purity(
    x: pd.DataFrame,
    y: npt.ArrayLike,
    catalogue: Iterable[Feature],
    settings: PuritySettings | None = None,
    horizon_days: int = 7,
) -> Audit:
    """Look for values, and tails of values, that injuries follow too often.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Feature matrix of the rows at risk.
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    catalogue : iterable of Feature
        Entries of the columns.
    settings : PuritySettings, optional
        None takes the defaults.
    horizon_days : int
        Length of the outcome window.

    Returns
    -------
    Audit
        The table holds each feature's most telling value or tail, the worst first.
    """
    settings = settings or PuritySettings()
    event = np.asarray(y, dtype=float)
    candidates = [
        _purest(f.name, x[f.name].to_numpy(dtype=float), event, settings) for f in catalogue
    ]
    table = pd.DataFrame(
        [candidate for candidate in candidates if candidate is not None], columns=COLUMNS
    )
    table = table.sort_values("low", ascending=False, kind="stable", ignore_index=True)
    # Over a long horizon every second row may honestly be followed by an injury.
    limit = max(settings.limit(horizon_days), settings.times_base * float(event.mean()))
    caught = table[table["low"] > limit]
    return Audit(caught.empty, _sentence(table, caught, limit), table)


def _purest(
    name: str, values: Floats, event: Floats, settings: PuritySettings
) -> tuple[object, ...] | None:
    known = ~np.isnan(values)
    order = np.argsort(values[known], kind="stable")
    value, happened = values[known][order], event[known][order]
    if not len(value):
        return None
    events, rows = tie_sums(value, happened), tie_sums(value, np.ones(len(value)))
    distinct = np.unique(value)
    # Tails too: a leak that adds a little noise to its value leaves no single value twice.
    choices = [("at or above", distinct, _from_end(events), _from_end(rows))]
    choices += [("at or below", distinct, np.cumsum(events), np.cumsum(rows))]
    # Of a continuous measure single values are too rare, and looking at each would find luck.
    if len(distinct) <= _FEW_VALUES:
        choices += [("at", distinct, events, rows)]
    best: tuple[object, ...] | None = None
    lowest = 0.0
    for where, at, hits, total in choices:
        enough = (hits >= settings.least_events) & (total >= settings.least_rows)
        low = np.where(enough, wilson_low(hits, total), -1.0)
        top = int(np.argmax(low))
        if low[top] > lowest:
            lowest = float(low[top])
            counts = int(total[top]), int(hits[top])
            best = name, where, float(at[top]), *counts, float(hits[top] / total[top]), lowest
    return best


def wilson_low(hits: Floats, total: Floats) -> Floats:
    """Return the lower end of the 95 % interval of a share (Wilson 1927).

    Examples
    --------
    >>> wilson_low(np.array([10.0]), np.array([17.0])).round(2)
    array([0.36])
    """
    # Wilson's and not Wald's interval: with 10 of 10 hits Wald's would have no width at all.
    z = 1.96
    share = hits / total
    middle = share + z**2 / (2 * total)
    width = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    return np.asarray((middle - width) / (1 + z**2 / total))


def _from_end(amounts: Floats) -> Floats:
    return np.asarray(np.cumsum(amounts[::-1])[::-1])


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, limit: float) -> str:
    if table.empty:
        return "no value of a feature comes before enough injuries to be judged."
    worst = table.iloc[0]
    finding = (
        f"{worst['feature']} {worst['where']} {worst['value']:g} is followed by an injury in "
        f"{worst['share']:.0%} of {worst['rows']} rows"
    )
    if caught.empty:
        return f"{finding}, the most of {len(table)} features and not surely above {limit:.0%}."
    return (
        f"{finding}, surely above {limit:.0%}: it was written by the injury, or after it. Find out "
        "when this value is known, and leave it out until then."
    )
