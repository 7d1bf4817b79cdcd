"""The evaluation of all models on one test part: one table of measures, one of differences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.comparators.names import ORACLE
from models.metrics.calibration_measures import (
    calibration_errors,
    calibration_intercept,
    calibration_slope,
    ici,
    observed_expected,
)
from models.metrics.intervals import Measures, Replicates, replicate
from models.metrics.measures import auroc, average_precision, brier, information, ipa
from models.metrics.ranking_error import ranking_errors
from models.settings.evaluation import IntervalSettings

MEASURES: Final[Measures] = {
    "auroc": (auroc, "drawn"),
    "average_precision": (average_precision, "drawn"),
    "brier": (brier, "drawn"),
    "ipa": (ipa, "drawn"),
    "observed_expected": (observed_expected, "drawn"),
    "calibration_intercept": (calibration_intercept, "drawn"),
    "calibration_slope": (calibration_slope, "drawn"),
    ("ici", "e50", "e90"): (calibration_errors, "drawn"),
}
"""Measures against what happened."""

TRUTH_MEASURES: Final[Measures] = {
    "auroc_soft": (auroc, "true"),
    "information_true": (information, "true"),
    "slope_true": (calibration_slope, "true"),
    "ici_true": (ici, "true"),
    ("ranking_error_true", "ranking_error_constant"): (ranking_errors, "true"),
}
"""Measures against the true probability, on simulated data."""


@dataclass(frozen=True)
class Evaluation:
    """What the models are worth on one test part.

    Parameters
    ----------
    table : pandas.DataFrame
        model, metric, value, low, high.
    replicates : Replicates
        The draws behind it, for paired differences.
    """

    table: pd.DataFrame
    replicates: Replicates

    def nested(self) -> dict[str, dict[str, dict[str, float | None]]]:
        """Return model -> metric -> {value, low, high}; None where undefined (JSON has no nan)."""
        by_model: dict[str, dict[str, dict[str, float | None]]] = {}
        for row in self.table.to_dict("records"):
            numbers = {k: _plain(row[k]) for k in ("value", "low", "high")}
            by_model.setdefault(str(row["model"]), {})[str(row["metric"])] = numbers
        return by_model


def evaluate(
    y: npt.ArrayLike,
    predictions: Mapping[str, Floats],
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    truth: npt.ArrayLike | None = None,
) -> Evaluation:
    """Measure every model, with intervals by resampling athletes.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities by model. A model called ``oracle`` is the yardstick of `share_of_oracle`.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed.
    truth : array-like of shape (n,), optional
        True probability of each row; adds :data:`TRUTH_MEASURES` and, with an oracle,
        `share_of_oracle` = (auroc_soft - 0.5) / (the oracle's - 0.5) and `information_share` =
        information_true / the oracle's: ranking alone says less than a reader takes from it.
    """
    labels = {"drawn": np.asarray(y, dtype=float)}
    measures = {**MEASURES}
    if truth is not None:
        labels["true"] = np.asarray(truth, dtype=float)
        measures |= {**TRUTH_MEASURES}
    replicates = replicate(labels, predictions, measures, athletes, settings)
    table = replicates.frame()
    if truth is not None and ORACLE in predictions:
        share = replicates.share_of(ORACLE, "auroc_soft").assign(metric="share_of_oracle")
        # Useless is 0 nats here, where a useless ranking is 0.5.
        gain = replicates.share_of(ORACLE, "information_true", nothing=0.0)
        gain = gain.assign(metric="information_share")
        table = pd.concat([table, share, gain], ignore_index=True)
    return Evaluation(table, replicates)


def compare(replicates: Replicates, model: str) -> pd.DataFrame:
    """Say of each other model whether `model` is better, by the rule declared beforehand.

    Better: a lower Brier score and a higher AUROC, the interval of the paired difference on the
    right side of zero for at least one and not on the wrong side for the other.

    Returns
    -------
    pandas.DataFrame
        against, auroc_gain, auroc_low, auroc_high, brier_gain, brier_low, brier_high (gains are
        positive where `model` is better), better (bool).
    """
    gaps = replicates.differences(model).set_index(["model", "metric"])
    rows = []
    for other in gaps.index.get_level_values("model").unique():
        auc, loss = gaps.loc[(other, "auroc")], gaps.loc[(other, "brier")]
        row = {
            "against": other,
            "auroc_gain": auc["value"],
            "auroc_low": auc["low"],
            "auroc_high": auc["high"],
            "brier_gain": -loss["value"],
            # A lower Brier score is better: with the sign the ends of the interval change places.
            "brier_low": -loss["high"],
            "brier_high": -loss["low"],
        }
        rows.append(row | {"better": _is_better(row)})
    return pd.DataFrame(rows)


def _is_better(row: Mapping[str, float]) -> bool:
    gains = row["auroc_gain"] > 0 and row["brier_gain"] > 0
    surely = row["auroc_low"] > 0 or row["brier_low"] > 0
    # A model that ranks better and is surely worse calibrated would else win.
    nowhere_worse = row["auroc_high"] >= 0 and row["brier_high"] >= 0
    return bool(gains and surely and nowhere_worse)


def _plain(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
