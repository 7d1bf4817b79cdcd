"""Compile the kernels of measures once, at set-up; run as `python -m models.warm_up`."""

import numpy as np

from models.metrics.measures import auroc, average_precision
from models.metrics.ranking_draws import drawn_areas


def warm_up() -> tuple[float, float]:
    """Measure four invented forecasts; the compiled kernels stay in the environment's folder."""
    event, probability = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.1, 0.4, 0.4, 0.8])
    drawn_areas(event, probability, np.arange(4), np.ones((1, 4)))
    return auroc(event, probability), average_precision(event, probability)


if __name__ == "__main__":
    warm_up()
