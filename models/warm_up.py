"""Compile the kernels of measures once, at set-up, and keep an empty MLflow store for first runs.

Run as `python -m models.warm_up`.
"""

import numpy as np

from models.comparators.forest import warm_up as warm_up_forest
from models.evaluation.warm_up import warm_up as warm_up_measures
from models.numeric.normal_kernel import normal_below
from models.numeric.telling_values import most_telling
from models.numeric.weighted_logistic import fit_logistic
from models.store.tracking_empty import keep_empty_store


def warm_up() -> None:
    """Call every kernel; the compiled code stays in the environment's folder."""
    warm_up_measures()
    event = np.tile([0.0, 1.0], 4)
    # As pandas gives its columns: not to be written to, for which code is compiled apart.
    (fixed := event.copy()).flags.writeable = False
    fit_logistic(np.ones((1, len(fixed))), fixed, np.ones(len(fixed)))
    normal_below(event)
    warm_up_forest()
    single = np.linspace(0.1, 0.8, 8, dtype=np.float32)
    most_telling(single, single, 1, 1)


if __name__ == "__main__":
    warm_up()
    keep_empty_store()
