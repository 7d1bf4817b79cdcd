"""What changing a window length changes: the feature's ranks, and what it tells of injuries.

Per setting and feature, against the default windows: Spearman's rank correlation on the rows where
both are known, the share of rows known, and the AUROC of the feature alone for the outcome, with
the default's beside it. Small differences in AUROC are noise: with some 1,000 events its standard
error is near 0.01.

    python -m benchmarks.window_sensitivity [--dataset demo] [--outcome any] [--json]
"""

import argparse
import json
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.catalogue.window_settings import WindowSettings
from features.matrix import catalogue, feature_matrix
from models.metrics.measures import auroc
from models.sampling.outcomes import label
from models.settings.outcomes import Outcome, OutcomeSettings

TRIED: Final[dict[str, tuple[int, ...]]] = {
    "acute_days": (3, 5, 10, 14),
    "chronic_days": (21, 42, 56),
    "fitness_days": (28, 60),
    "fatigue_days": (3, 14),
    "spike_days": (14, 21, 42, 60),
}
"""Lengths tried, one parameter at a time."""


def sensitivity(
    tables: dict[str, pd.DataFrame],
    outcome: Outcome,
    tried: dict[str, tuple[int, ...]],
) -> pd.DataFrame:
    """Return one row per parameter, length and feature that it changes.

    Columns: parameter, days, default_days, feature, rank_correlation, known, known_default, auroc,
    auroc_default.
    """
    settings = FeatureSettings(blocks=("load",))
    usual = feature_matrix(tables, settings)
    events = label(
        usual,
        tables["injuries"],
        tables["athletes"],
        outcome,
        OutcomeSettings(),
        settings.injuries,
        tables["sessions"],
    )["event"]
    at_risk = events.notna().to_numpy()
    y = events.to_numpy()[at_risk]
    rows = []
    for parameter, lengths in tried.items():
        for days in lengths:
            windows = WindowSettings(**{parameter: days})
            other = feature_matrix(tables, settings.model_copy(update={"windows": windows}))
            for name, other_name in _pairs(windows):
                a, b = (
                    frame[column].to_numpy(dtype=float)[at_risk]
                    for frame, column in ((usual, name), (other, other_name))
                )
                # Most features do not depend on the window that is tried.
                if np.array_equal(a, b, equal_nan=True):
                    continue
                default = getattr(settings.windows, parameter)
                rows.append((parameter, days, default, other_name, *compared(a, b, y)))
    columns = ["parameter", "days", "default_days", "feature", "rank_correlation"]
    columns += ["known", "known_default", "auroc", "auroc_default"]
    return pd.DataFrame(rows, columns=columns)


def compared(
    usual: np.ndarray, other: np.ndarray, y: np.ndarray
) -> tuple[float, float, float, float, float]:
    """Return rank correlation, shares known (other, usual) and AUROCs on the rows both know."""
    # The same rows for both: a longer window is known on fewer, and other, rows.
    both = ~np.isnan(usual) & ~np.isnan(other)
    ranks = pd.Series(usual[both]).corr(pd.Series(other[both]), method="spearman")
    areas = auroc(y[both], other[both]), auroc(y[both], usual[both])
    return float(ranks), float((~np.isnan(other)).mean()), float((~np.isnan(usual)).mean()), *areas


def _pairs(windows: WindowSettings) -> list[tuple[str, str]]:
    """Pair names with the default windows and with others; the order is the same."""
    both = zip(catalogue(["load"]), catalogue(["load"], windows), strict=True)
    return [(default_feature.name, other.name) for default_feature, other in both]


def main() -> None:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--dataset", default="demo")
    parser.add_argument("--outcome", choices=("any", "knee"), default="any")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    tables = read_tables(Path("data/tables") / arguments.dataset)
    table = sensitivity(tables, arguments.outcome, TRIED)
    if arguments.json:
        print(json.dumps(json.loads(table.to_json(orient="records")), indent=1))
    else:
        print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
