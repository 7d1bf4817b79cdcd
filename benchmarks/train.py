"""Training time: the estimator against plain LightGBM, and where the rest of the stage goes.

`x_lightgbm` compares fitting one calibrated-ready model (outcome and column checks, binning,
trees, folding, digest) with `LGBMClassifier.fit` of the same hyper-parameters, one thread each, in
turn, the best of some rounds. The out-of-fold fits of the calibration (as many as
`risk.calibration_folds`), the refits for the range and the additive model are not part of it and
stand beside it in seconds.

    python -m benchmarks.train --json
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scipy.special import expit

if not __package__:  # run as a file: a neighbour of the same name would hide the package
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import lightgbm as lgb
import numpy as np
import pandas as pd

from models.estimators.additive import AdditiveRisk
from models.estimators.risk import RiskModel
from models.settings.risk import RiskSettings

ROWS, COLUMNS, ATHLETES = 20_000, 130, 450  # the training part of the default demo
ROUNDS = 5
MISSING = 0.15


def matrix(seed: int = 0) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return features with gaps, outcomes at 2.5 % and athletes, of the demo's size."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(ROWS, COLUMNS)).astype(np.float32)
    log_odds = -3.9 + values[:, :10] @ np.linspace(0.4, 0.05, 10)
    y = (rng.random(ROWS) < expit(log_odds)).astype(float)
    # After the outcome was drawn: missing values are then no signal.
    values[rng.random(values.shape) < MISSING] = np.nan
    names = [f"feature_{j:03d}" for j in range(COLUMNS)]
    athletes = pd.Series(np.arange(ROWS) % ATHLETES).astype("str")
    return pd.DataFrame(values, columns=names), pd.Series(y), athletes


def plain(x: pd.DataFrame, y: pd.Series, settings: RiskSettings) -> object:
    """Fit scikit-learn's face of LightGBM with the same hyper-parameters."""
    model = lgb.LGBMClassifier(
        n_estimators=settings.trees,
        learning_rate=settings.learning_rate,
        num_leaves=settings.num_leaves,
        min_child_samples=settings.min_data_in_leaf,
        reg_lambda=settings.lambda_l2,
        colsample_bytree=settings.feature_fraction,
        subsample=settings.bagging_fraction,
        subsample_freq=1,
        extra_trees=settings.extra_trees,
        max_bin=settings.max_bin,
        min_child_weight=1e-3,
        random_state=settings.seed,
        n_jobs=settings.threads,
        deterministic=True,
        force_col_wise=True,
        verbosity=-1,
    )
    return model.fit(x, y)


def best(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the shortest time of each task, seconds; the tasks take turns."""
    spent = {name: float("inf") for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            spent[name] = min(spent[name], time.perf_counter() - began)
    return spent


def train_speed(rounds: int = ROUNDS) -> dict[str, float]:
    """Return seconds by part of the stage, and `x_lightgbm`."""
    x, y, athletes = matrix()
    settings = RiskSettings()
    # Plain LightGBM calibrates nothing, so neither does ours where the two are compared.
    bare = settings.model_copy(update={"calibration_folds": 0})
    risk = RiskModel(settings)
    spent = best(
        {
            "lightgbm_s": lambda: plain(x, y, settings),
            "estimator_s": lambda: RiskModel(bare).fit(x, y),
        },
        rounds,
    )
    parts = best({"with_calibration_s": lambda: risk.fit(x, y, athletes)}, 1)
    parts |= best({"range_s": lambda: risk.fit_range(x, y, athletes)}, 1)
    parts |= best({"additive_s": lambda: AdditiveRisk().fit(x, y, athletes)}, 1)
    return {
        "x_lightgbm": spent["estimator_s"] / spent["lightgbm_s"],
        "x_lightgbm_with_calibration": parts["with_calibration_s"] / spent["lightgbm_s"],
        **spent,
        **parts,
    }


def main() -> None:
    """Print the figures, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    figures = train_speed(options.rounds)
    if options.json:
        print(json.dumps(figures, indent=1))
        return
    for name, number in figures.items():
        print(f"{name:<30}{number:>10.3f}")


if __name__ == "__main__":
    main()
