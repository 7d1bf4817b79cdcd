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

from features.audits.result import Audit
from features.catalogue.entry import Feature
from models.metrics.measures import tie_sums
from models.numeric.weighted_logistic import Floats
from models.settings.audits import PuritySettings

COLUMNS: Final = ["feature", "where", "value", "rows", "events", "share"]
_FEW_VALUES: Final = 50


def audit_purity(
    x: pd.DataFrame,
    y: npt.ArrayLike,
    catalogue: Iterable[Feature],
    settings: PuritySettings | None = None,
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

    Returns
    -------
    Audit
        The table holds each feature's most telling value or tail, the worst first.
    """
    settings = settings or PuritySettings()
    event = np.asarray(y, dtype=float)
    found = [_purest(f.name, x[f.name].to_numpy(dtype=float), event, settings) for f in catalogue]
    table = pd.DataFrame([one for one in found if one is not None], columns=COLUMNS)
    table = table.sort_values("share", ascending=False, kind="stable", ignore_index=True)
    limit = max(settings.highest_share, settings.times_base * float(event.mean()))
    caught = table[table["share"] > limit]
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
    choices = [("at or above", distinct, _from_end(events), _from_end(rows))]
    choices += [("at or below", distinct, np.cumsum(events), np.cumsum(rows))]
    if len(distinct) <= _FEW_VALUES:
        choices += [("at", distinct, events, rows)]
    best: tuple[object, ...] | None = None
    for where, at, hits, total in choices:
        share = np.where(hits >= settings.least_events, hits / total, -1.0)
        top = int(np.argmax(share))
        if share[top] > (0.0 if best is None else float(best[-1])):  # type: ignore[arg-type]
            best = name, where, float(at[top]), int(total[top]), int(hits[top]), float(share[top])
    return best


def _from_end(amounts: Floats) -> Floats:
    return np.asarray(np.cumsum(amounts[::-1])[::-1])


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, limit: float) -> str:
    if table.empty:
        return "no value of a feature comes before enough injuries to be judged."
    worst = table.iloc[0]
    found = (
        f"{worst['feature']} {worst['where']} {worst['value']:g} is followed by an injury in "
        f"{worst['share']:.0%} of {worst['rows']} rows"
    )
    if caught.empty:
        return f"{found}, the most of {len(table)} features and not above {limit:.0%}."
    return (
        f"{found}, above {limit:.0%}: it was written by the injury, or after it. Find out when "
        "this value is known, and leave it out until then."
    )
