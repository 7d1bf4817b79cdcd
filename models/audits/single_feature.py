"""The too-good audit: no single feature forecasts injuries well; one that does has read the label.

Honest discrimination for new running injuries is AUROC 0.60-0.70 with every feature together
(leak-free re-analyses of Loevdal 2021: 0.59-0.63), so one feature above 0.9 is a leak until
somebody has explained it.
"""

from typing import Final

import numpy as np
import pandas as pd

from features.audits.result import NOT_JUDGED, Audit
from models.audits.values_alone import ValueAlone, ValuesAlone
from models.settings.audits import SingleSettings

COLUMNS: Final = ["feature", "auroc", "low", "direction", "rows", "events"]
MOSTLY_NULL: Final = 0.05
_SHOWN: Final = 3


def audit_single_features(measured: ValuesAlone, settings: SingleSettings | None = None) -> Audit:
    """Judge the AUROC of each feature alone, on the rows on which it is known.

    Parameters
    ----------
    measured : ValuesAlone
        Every feature against the outcome.
    settings : SingleSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        The table holds every feature with enough events, the best first; `auroc` is at least 0.5,
        `direction` is 1 where high values come before injuries and -1 where low ones do.
    """
    settings = settings or SingleSettings()
    table = pd.DataFrame([_row(alone) for alone in measured.features], columns=COLUMNS)
    enough = (table["events"] >= settings.least_events) & table["auroc"].notna()
    table = table[enough].sort_values("auroc", ascending=False, kind="stable", ignore_index=True)
    # The lower end: of many features with few events one exceeds any limit by luck.
    caught = table[table["low"] > settings.highest_auroc]
    status = NOT_JUDGED if table.empty else ""
    silent = silent_features(measured)
    sentence = _sentence(table, caught, settings)
    if silent:
        sentence += (
            f" {len(silent)} features say nothing here (constant, or known in under "
            f"{MOSTLY_NULL:.0%} of the rows): {', '.join(silent[:3])}"
            + (" and more." if len(silent) > _SHOWN else ".")
        )
    return Audit(caught.empty, sentence, table, status)


def silent_features(measured: ValuesAlone) -> list[str]:
    """Return the features that are constant where they are known, or hardly ever known."""
    least = MOSTLY_NULL * measured.at_risk
    return [
        alone.feature for alone in measured.features if alone.rows < least or alone.distinct == 1
    ]


def _row(alone: ValueAlone) -> tuple[str, float, float, int, int, int]:
    # A feature that falls before injuries leaks as much as one that rises.
    falls = alone.area < 0.5  # noqa: PLR2004 - a coin
    better = 1 - alone.area if falls else alone.area
    low = better - 1.96 * auroc_error(better, alone.events, alone.rows - alone.events)
    return alone.feature, better, low, -1 if falls else 1, alone.rows, alone.events


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
