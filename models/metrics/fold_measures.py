"""What each cross-validation fold says: the measures of the evaluation on out-of-fold forecasts."""

from typing import Final

import pandas as pd

from models.metrics.calibration_measures import calibration_slope, observed_expected
from models.metrics.measures import auroc, brier, ipa

MEASURES: Final = {
    "auroc": auroc,
    "brier": brier,
    "ipa": ipa,
    "observed_expected": observed_expected,
    "calibration_slope": calibration_slope,
}
"""Under the names they have everywhere."""


def fold_measures(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the measures of each fold, whose rows its own forecast never learnt from.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, event, fold, probability: out-of-fold forecasts of the training part.

    Returns
    -------
    pandas.DataFrame
        fold, rows, athletes, events, forecast (mean probability) and the measures; nan where a
        fold has no event.
    """
    records = []
    for fold, fold_rows in rows.groupby("fold"):
        y, p = fold_rows["event"], fold_rows["probability"]
        counts = {
            "fold": fold,
            "rows": len(fold_rows),
            "athletes": fold_rows["athlete"].nunique(),
            "events": int(y.sum()),
            "forecast": p.mean(),
        }
        records.append(counts | {name: measure(y, p) for name, measure in MEASURES.items()})
    return pd.DataFrame(records)
