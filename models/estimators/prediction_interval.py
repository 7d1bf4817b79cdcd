"""The range of a probability: how far it would move had other athletes been watched.

A replicate draws the training athletes with replacement and is fitted anew, with half the trees
at twice the step: the same shrinkage in half the time. The spread of the replicates' log-odds
about their mean is the sampling error of the forecast; it says nothing of chance in the coming
week, nor of what no feature knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, ndtri

from common.arrays import Floats
from common.errors import StridecastError
from models.estimators.booster_calibration import concatenated
from models.estimators.boosting import boosted, raw_scores
from models.estimators.step_tables import tables_of
from models.settings.risk import RiskSettings

FASTER: Final = 2


@dataclass(frozen=True)
class Spread:
    """Refits on resampled athletes, one after the other in one native model.

    Parameters
    ----------
    booster : lightgbm.Booster
        Trees of replicate 0, then of replicate 1, and so on.
    trees : tuple of int
        Trees of each replicate. LightGBM drops a tree that finds no split, so that they differ
        where rows are few or mostly null.
    """

    booster: lgb.Booster
    trees: tuple[int, ...]

    @property
    def replicates(self) -> int:
        """How many there are."""
        return len(self.trees)

    def standard_error(self, values: Floats, threads: int) -> Floats:
        """Return the standard deviation of the replicates' raw log-odds, shape (n,)."""
        tables = tables_of(self.booster, self.trees)
        if tables is not None:
            # About their own mean and not about the model, from which the faster refits differ a
            # little.
            return np.asarray(np.std(tables.log_odds(values), axis=1, ddof=1))
        scores = [
            raw_scores(self.booster, values, threads, start=self._start(replicate), trees=trees)
            for replicate, trees in enumerate(self.trees)
        ]
        return np.asarray(np.std(scores, axis=0, ddof=1))

    def contributions(self, replicate: int, values: Floats) -> Floats:
        """Return the SHAP values of a replicate's raw log-odds, without the base, shape (n, k)."""
        shap_values = self.booster.predict(
            values,
            pred_contrib=True,
            start_iteration=self._start(replicate),
            num_iteration=self.trees[replicate],
        )
        return np.asarray(shap_values, dtype=float)[:, :-1]

    def _start(self, replicate: int) -> int:
        return sum(self.trees[:replicate])


def fit_spread(
    data: lgb.Dataset,
    athletes: npt.ArrayLike,
    monotone: Mapping[str, int],
    settings: RiskSettings,
) -> Spread:
    """Refit on `settings.range_replicates` draws of the athletes.

    Parameters
    ----------
    data : lightgbm.Dataset
        Binned training data; its weights are used and taken off again.
    athletes : array-like of shape (n,)
        The athlete of each row.
    monotone : mapping of str to int
        Directions.
    settings : RiskSettings
        Of the model whose range is wanted.
    """
    codes, names = pd.factorize(np.asarray(athletes), sort=True)
    rng = np.random.default_rng(settings.seed)
    even = np.full(len(names), 1 / len(names))
    draws = rng.multinomial(len(names), even, size=settings.range_replicates)
    fast = settings.model_copy(
        update={
            "trees": _trees_asked_for(settings),
            "learning_rate": min(1.0, settings.learning_rate * FASTER),
            "ensemble": 1,
        }
    )
    boosters = []
    for seed, drawn in enumerate(draws):
        # Weights instead of repeated rows: all replicates share the bins, which are dear to make.
        data.set_weight(drawn[codes].astype(float))
        boosters.append(boosted(data, monotone, fast, seed=seed))
    # The data set is the caller's: weights left behind would bend the next training.
    data.set_weight(None)
    return Spread(concatenated(boosters), tuple(booster.num_trees() for booster in boosters))


def read_spread(text: str, trees: Sequence[int], settings: RiskSettings) -> Spread:
    """Return the refits of a model file.

    Parameters
    ----------
    text : str
        LightGBM's own, of all replicates.
    trees : sequence of int
        Trees of each replicate; empty in files of versions that did not write them.
    settings : RiskSettings
        That the refits were grown with.

    Raises
    ------
    StridecastError
        If the file does not say which trees are of which replicate.
    """
    booster = lgb.Booster(model_str=text)
    # Where every tree that was asked for is there, none was dropped and the runs are equal.
    runs = tuple(trees) or (_trees_asked_for(settings),) * settings.range_replicates
    if sum(runs) != booster.num_trees():
        raise StridecastError(
            f"{booster.num_trees()} trees where {sum(runs)} were expected, so that it cannot be "
            "said which trees are of which refit",
            "train again",
        )
    return Spread(booster, runs)


def _trees_asked_for(settings: RiskSettings) -> int:
    return max(1, settings.trees // FASTER)


def probability_range(log_odds: Floats, error: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the normal interval in log-odds as probabilities, low and high.

    The spread of 20 replicates gives a standard error to about 16 %; their extreme quantiles would
    be far noisier.

    Parameters
    ----------
    log_odds, error : ndarray of shape (n,)
        Forecast and its standard error, in log-odds.
    level : float
        Coverage.
    """
    # In log-odds, where the error is nearly normal, and where no end leaves 0 to 1.
    reach = float(ndtri((1 + level) / 2)) * error
    return expit(log_odds - reach), expit(log_odds + reach)
