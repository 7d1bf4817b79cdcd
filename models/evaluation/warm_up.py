"""Call the kernels of an evaluation: compiled at set-up, and loaded before processes part."""

import numpy as np

from common.arrays import Floats
from models.metrics.calibration_draws import drawn_curves, drawn_slopes
from models.metrics.calibration_measures import calibration_slope
from models.metrics.measures import auroc
from models.metrics.sums_of_draws import ON_DRAWS
from models.metrics.who_when import who_when
from models.settings.evaluation import IntervalSettings


def warm_up() -> None:
    """Measure invented forecasts, few and as many as a test part has: other kernels do the work."""
    event, probability = _invented(8)
    for on_draws in ON_DRAWS.values():
        on_draws(event, probability, np.arange(8) % 3, np.ones((2, 3)))
    auroc(event, probability)
    calibration_slope(event, probability)
    rows, athletes = 200, 10
    event, probability = _invented(rows)
    codes, counts = np.arange(rows) % athletes, np.ones((2, athletes))
    drawn_slopes(event, probability, codes, counts)
    drawn_curves(event, probability, codes, counts, np.array([0.2, 0.4]))
    dates = np.arange(rows) // athletes
    who_when(event, probability, codes, dates, IntervalSettings(replicates=2))


def _invented(rows: int) -> tuple[Floats, Floats]:
    return np.tile([0.0, 1.0], rows // 2), np.linspace(0.1, 0.8, rows)
