"""LightGBM as it is used here: deterministic, directed, few leaves; fractional outcomes allowed."""

from collections.abc import Mapping, Sequence
from typing import Any

import lightgbm as lgb
import numpy as np

from common.arrays import Floats
from models.estimators.booster_calibration import average
from models.sampling.matrix_columns import Stored
from models.settings.risk import RiskSettings


def binned(
    values: Stored, target: Floats, names: Sequence[str], settings: RiskSettings
) -> lgb.Dataset:
    """Return the binned training data; every fold and replicate shares the bins.

    Parameters
    ----------
    values : ndarray of shape (n, k)
        Features; nan where unknown.
    target : ndarray of shape (n,)
        Outcomes in [0, 1].
    names : sequence of str
        Columns.
    settings : RiskSettings
        Bins and threads.
    """
    binning = {
        "max_bin": settings.max_bin,
        "feature_pre_filter": False,
        "num_threads": settings.threads,
        "verbosity": -1,
    }
    return lgb.Dataset(values, target, feature_name=list(names), params=binning).construct()


def boosted(
    data: lgb.Dataset,
    monotone: Mapping[str, int],
    settings: RiskSettings,
    *,
    seed: int = 0,
    by_rows: bool = False,
) -> lgb.Booster:
    """Train one booster, the mean of `ensemble` seeds.

    Parameters
    ----------
    data : lightgbm.Dataset
        Of :func:`binned`, or a subset of it.
    monotone : mapping of str to int
        Directions by name; the rest is free.
    settings : RiskSettings
        Hyper-parameters.
    seed : int
        Added to the settings' seed.
    by_rows : bool
        Whether histograms are added up row by row, which is faster where all columns are used and
        hold few values; the trees are the same.
    """
    directions = [int(monotone.get(name, 0)) for name in data.get_feature_name()]
    first = settings.seed + seed
    return average(
        [
            lgb.train(
                _parameters(settings, directions, member_seed, by_rows=by_rows),
                data,
                settings.trees,
            )
            for member_seed in range(first, first + settings.ensemble)
        ]
    )


def raw_scores(
    booster: lgb.Booster, values: Stored, threads: int, *, start: int = 0, trees: int = -1
) -> Floats:
    """Return log-odds, shape (n,), of all trees or of a stretch of them."""
    scores = booster.predict(
        values, raw_score=True, num_threads=threads, start_iteration=start, num_iteration=trees
    )
    return np.asarray(scores, dtype=float)


def _parameters(
    settings: RiskSettings, directions: list[int], seed: int, *, by_rows: bool
) -> dict[str, Any]:
    return {
        # The binary objective for fractions: with outcomes of 0 and 1 the likelihood is the same.
        "objective": "cross_entropy",
        "learning_rate": settings.learning_rate,
        "num_leaves": settings.num_leaves,
        "min_data_in_leaf": settings.min_data_in_leaf,
        "lambda_l2": settings.lambda_l2,
        "feature_fraction": settings.feature_fraction,
        "bagging_fraction": settings.bagging_fraction,
        # Without a frequency LightGBM ignores bagging_fraction.
        "bagging_freq": 1,
        "extra_trees": settings.extra_trees,
        "max_bin": settings.max_bin,
        "feature_pre_filter": False,
        # With few events a fitted curve would often run against what is known, by chance alone.
        "monotone_constraints": directions,
        "monotone_constraints_method": settings.monotone_method,
        # The same data on the same machine give the same file, byte for byte.
        "deterministic": True,
        # With one thread, and of the columns that a tree may use alone; the trees are the same.
        "force_col_wise": not by_rows,
        "force_row_wise": by_rows,
        "num_threads": settings.threads,
        "seed": seed,
        "verbosity": -1,
    }
