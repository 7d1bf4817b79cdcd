"""Compile the kernels of measures once, at set-up, and keep an empty MLflow store for first runs.

Run as `python -m models.warm_up`.
"""

import numpy as np
import pandas as pd

from models.comparators.forest import ForestRisk
from models.metrics.calibration_draws import drawn_curves, drawn_slopes
from models.metrics.calibration_measures import calibration_slope
from models.metrics.measures import auroc
from models.metrics.sums_of_draws import ON_DRAWS
from models.metrics.who_when import who_when
from models.numeric.normal_kernel import normal_below
from models.numeric.telling_values import most_telling
from models.numeric.weighted_logistic import fit_logistic
from models.settings.comparators import ForestSettings
from models.settings.evaluation import IntervalSettings
from models.store.tracking_empty import keep_empty_store


def warm_up() -> tuple[float, float]:
    """Measure invented forecasts; the compiled kernels stay in the environment's folder."""
    event, probability = np.tile([0.0, 1.0], 4), np.linspace(0.1, 0.8, 8)
    for on_draws in ON_DRAWS.values():
        on_draws(event, probability, np.arange(8) % 3, np.ones((2, 3)))
    _warm_up_measures_of_many_rows()
    # As pandas gives its columns: not to be written to, for which code is compiled apart.
    (fixed := event.copy()).flags.writeable = False
    fit_logistic(np.ones((1, len(fixed))), fixed, np.ones(len(fixed)))
    normal_below(event)
    forest = ForestRisk(ForestSettings(trees=1, min_rows_in_leaf=1))
    forest.fit(table := pd.DataFrame({"feature": probability}), event).predict_proba(table)
    single = probability.astype(np.float32)
    most_telling(single, single, 1, 1)
    return auroc(event, probability), calibration_slope(event, probability)


def _warm_up_measures_of_many_rows() -> None:
    """Measure as many invented forecasts as a test part has: of few, other kernels do the work."""
    rows, athletes = 200, 10
    event, probability = np.tile([0.0, 1.0], rows // 2), np.linspace(0.1, 0.8, rows)
    codes, counts = np.arange(rows) % athletes, np.ones((2, athletes))
    drawn_slopes(event, probability, codes, counts)
    drawn_curves(event, probability, codes, counts, np.array([0.2, 0.4]))
    dates = np.arange(rows) // athletes
    who_when(event, probability, codes, dates, IntervalSettings(replicates=2))


if __name__ == "__main__":
    warm_up()
    keep_empty_store()
