"""The too-good audit: no single feature forecasts injuries well; one that does has read the label.

Honest discrimination for new running injuries is AUROC 0.60-0.70 with every feature together
(leak-free re-analyses of Loevdal 2021: 0.59-0.63), so one feature above 0.9 is a leak until
somebody has explained it.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.audits.result import NOT_JUDGED, Audit
from features.catalogue.entry import Feature
from models.metrics.measures import auroc
from models.settings.audits import SingleSettings

COLUMNS: Final = ["feature", "auroc", "low", "direction", "rows", "events"]
MOSTLY_NULL: Final = 0.05
_SHOWN: Final = 3


def audit_single_features(
    x: pd.DataFrame,
    y: npt.ArrayLike,
    catalogue: Iterable[Feature],
    settings: SingleSettings | None = None,
) -> Audit:
    """Measure the AUROC of each feature alone, on the rows on which it is known.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Feature matrix of the rows at risk.
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    catalogue : iterable of Feature
        Entries of the columns.
    settings : SingleSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        The table holds every feature with enough events, the best first; `auroc` is at least 0.5,
        `direction` is 1 where high values come before injuries and -1 where low ones do.
    """
    settings = settings or SingleSettings()
    event, entries = np.asarray(y, dtype=float), list(catalogue)
    rows = [_alone(f.name, x[f.name].to_numpy(dtype=float), event) for f in entries]
    table = pd.DataFrame(rows, columns=COLUMNS)
    enough = (table["events"] >= settings.least_events) & table["auroc"].notna()
    table = table[enough].sort_values("auroc", ascending=False, kind="stable", ignore_index=True)
    # The lower end: of many features with few events one exceeds any limit by luck.
    caught = table[table["low"] > settings.highest_auroc]
    status = NOT_JUDGED if table.empty else ""
    silent = constant_features(x[[f.name for f in entries]])
    sentence = _sentence(table, caught, settings)
    if silent:
        sentence += (
            f" {len(silent)} features say nothing here (constant, or known in under "
            f"{MOSTLY_NULL:.0%} of the rows): {', '.join(silent[:3])}"
            + (" and more." if len(silent) > _SHOWN else ".")
        )
    return Audit(caught.empty, sentence, table, status)


def constant_features(x: pd.DataFrame) -> list[str]:
    """Return the columns that are constant where they are known, or hardly ever known."""
    return [
        str(name)
        for name in x.columns
        if x[name].notna().mean() < MOSTLY_NULL or x[name].min() == x[name].max()
    ]


def _alone(
    name: str, values: npt.NDArray[np.float64], event: npt.NDArray[np.float64]
) -> tuple[str, float, float, int, int, int]:
    known = ~np.isnan(values)
    area = auroc(event[known], values[known]) if known.any() else np.nan
    # A feature that falls before injuries leaks as much as one that rises.
    better = area if not area < 0.5 else 1 - area  # noqa: PLR2004 - a coin
    rows, events = int(known.sum()), int(event[known].sum())
    low = better - 1.96 * auroc_error(better, events, rows - events)
    return name, better, low, -1 if area < 0.5 else 1, rows, events  # noqa: PLR2004 - a coin


def auroc_error(area: float, events: int, others: int) -> float:
    """Return the standard error of an AUROC (Hanley & McNeil 1982, Radiology 143:29)."""
    if not events or not others:
        return np.inf
    first, second = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area)
    spread += (events - 1) * (first - area**2) + (others - 1) * (second - area**2)
    return float(np.sqrt(max(spread, 0.0) / (events * others)))


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, settings: SingleSettings) -> str:
    if table.empty:
        return f"no feature is known in {settings.least_events} rows with an injury: not judged."
    best = table.iloc[0]
    finding = (
        f"feature {best['feature']} alone reaches AUROC {best['auroc']:.3f} on {best['rows']} rows"
    )
    if caught.empty:
        return (
            f"{finding}, the most of {len(table)} features and not surely above "
            f"{settings.highest_auroc:g}."
        )
    return (
        f"{finding} with {best['events']} injuries, surely above {settings.highest_auroc:g}: no "
        "honest feature does. Either it was written after the injury (a diagnosis, a treatment, a "
        "pause that began with it) or rows were chosen by the outcome; find out which before "
        "anything is trained."
    )
