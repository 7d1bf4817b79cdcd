"""Compile the kernels of measures once, at set-up; run as `python -m models.warm_up`."""

import numpy as np
import pandas as pd

from models.comparators.forest import ForestRisk
from models.metrics.calibration_measures import calibration_slope
from models.metrics.measures import auroc
from models.metrics.sums_of_draws import ON_DRAWS
from models.numeric.normal_kernel import normal_below
from models.numeric.telling_values import most_telling
from models.settings.comparators import ForestSettings


def warm_up() -> tuple[float, float]:
    """Measure invented forecasts; the compiled kernels stay in the environment's folder."""
    event, probability = np.tile([0.0, 1.0], 4), np.linspace(0.1, 0.8, 8)
    for on_draws in ON_DRAWS.values():
        on_draws(event, probability, np.arange(8) % 3, np.ones((2, 3)))
    normal_below(event)
    forest = ForestRisk(ForestSettings(trees=1, min_rows_in_leaf=1))
    forest.fit(table := pd.DataFrame({"feature": probability}), event).predict_proba(table)
    single = probability.astype(np.float32)
    most_telling(single, single, 1, 1)
    return auroc(event, probability), calibration_slope(event, probability)


if __name__ == "__main__":
    warm_up()
