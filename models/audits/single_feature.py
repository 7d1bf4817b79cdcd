"""The too-good audit: no single feature forecasts injuries well; one that does has read the label.

Honest discrimination for new running injuries is AUROC 0.60-0.70 with every feature together
(SCIENCE.md), so one feature above 0.9 is a leak until somebody has explained it.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.audits.result import Audit
from features.catalogue.entry import Feature
from models.metrics.measures import auroc
from models.settings.audits import SingleSettings

COLUMNS: Final = ["feature", "auroc", "direction", "rows", "events"]


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
    event = np.asarray(y, dtype=float)
    rows = [_alone(f.name, x[f.name].to_numpy(dtype=float), event) for f in catalogue]
    table = pd.DataFrame(rows, columns=COLUMNS)
    enough = (table["events"] >= settings.least_events) & table["auroc"].notna()
    table = table[enough].sort_values("auroc", ascending=False, kind="stable", ignore_index=True)
    caught = table[table["auroc"] > settings.highest_auroc]
    return Audit(caught.empty, _sentence(table, caught, settings), table)


def _alone(
    name: str, values: npt.NDArray[np.float64], event: npt.NDArray[np.float64]
) -> tuple[str, float, int, int, int]:
    known = ~np.isnan(values)
    area = auroc(event[known], values[known]) if known.any() else np.nan
    better = area if not area < 0.5 else 1 - area  # noqa: PLR2004 - a coin
    return name, better, -1 if area < 0.5 else 1, int(known.sum()), int(event[known].sum())  # noqa: PLR2004


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, settings: SingleSettings) -> str:
    if table.empty:
        return (
            f"no feature is known in {settings.least_events} rows with an injury: nothing to judge."
        )
    best = table.iloc[0]
    found = (
        f"feature {best['feature']} alone reaches AUROC {best['auroc']:.3f} on {best['rows']} rows"
    )
    if caught.empty:
        return (
            f"{found}, the most of {len(table)} features and not above {settings.highest_auroc:g}."
        )
    return (
        f"{found} with {best['events']} injuries, above {settings.highest_auroc:g}: no honest "
        "feature does. Either it was written after the injury (a diagnosis, a treatment, a pause "
        "that began with it) or rows were chosen by the outcome; find out which before "
        "anything is trained."
    )
