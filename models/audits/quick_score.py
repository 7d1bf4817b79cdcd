"""A quick model's forecasts of the rows, out of fold: what audits measure gains and losses on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.estimators.booster_calibration import fit_calibration
from models.estimators.boosting import binned, boosted, raw_scores
from models.metrics.intervals import athlete_draws
from models.metrics.ranking_draws import drawn_areas
from models.sampling.matrix_columns import numbers
from models.sampling.training_rows import calibration_folds, checked_outcomes
from models.settings.evaluation import IntervalSettings
from models.settings.risk import RiskSettings


@dataclass(frozen=True)
class Scored:
    """Rows at risk with a quick model's scores; no scores where there is too little to learn.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date, event, onset_date (of the event).
    score : ndarray of shape (n,)
        Out of fold; constant where nothing was fitted.
    """

    rows: pd.DataFrame
    score: Floats


def quick_score(x: pd.DataFrame, y: Floats, who: npt.ArrayLike, *, folds: int, seed: int) -> Floats:
    """Return out-of-fold forecasts of a model with settings of its own.

    The audits must stay as sharp when the risk model's settings are made cautious.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Features.
    y : ndarray of shape (n,)
        Outcomes, 0 or 1.
    who : array-like of shape (n,)
        The athlete of each row.
    folds, seed : int
        Athlete-disjoint folds, and their seed.
    """
    settings = RiskSettings(
        trees=60,
        num_leaves=6,
        min_data_in_leaf=30,
        learning_rate=0.1,
        feature_fraction=0.5,
        extra_trees=False,
        calibration_folds=folds,
        seed=seed,
    )
    return held_out(settings, x, y, who)


def held_out(settings: RiskSettings, x: pd.DataFrame, y: Floats, who: npt.ArrayLike) -> Floats:
    """Return what :class:`RiskModel` would keep as `out_of_fold_`, without the model of all rows.

    Parameters
    ----------
    settings : RiskSettings
        Of the quick model; it has calibration folds.
    x, y, who
        As for :func:`quick_score`.
    """
    names = [str(name) for name in x.columns]
    values, outcome = numbers(x, names), checked_outcomes(y)
    data = binned(values, outcome, names, settings)
    fold = calibration_folds(outcome, who, None, settings.calibration_folds, settings.seed)
    raw = np.empty(len(outcome))
    for fold_number in np.unique(fold):
        outside = fold == fold_number
        inside = data.subset(np.flatnonzero(~outside).tolist()).construct()
        raw[outside] = raw_scores(boosted(inside, {}, settings), values[outside], settings.threads)
    bounds = (settings.slope_low, settings.slope_high)
    calibration = fit_calibration(raw, outcome, bounds, outcome)
    return expit(calibration.intercept + calibration.slope * raw)


def auroc_gain(
    scored: Scored, marked: pd.DataFrame, replicates: int, seed: int
) -> tuple[float, float, float]:
    """Return the AUROC with all events less that without the marked ones, and its 95 % interval.

    Parameters
    ----------
    scored : Scored
    marked : pandas.DataFrame
        athlete and date (of onset) of the events that are left out.
    replicates, seed : int
        Draws of athletes.
    """
    keys = pd.MultiIndex.from_frame(scored.rows[["athlete", "onset_date"]])
    named = pd.MultiIndex.from_frame(marked[["athlete", "date"]])
    event = scored.rows["event"].to_numpy(dtype=float)
    kept = ~(keys.isin(named) & (event == 1))
    codes, names = pd.factorize(scored.rows["athlete"].to_numpy(), sort=True)
    draws = athlete_draws(len(names), IntervalSettings(replicates=replicates, seed=seed))
    counts = np.vstack([np.ones(len(names)), draws])
    order = np.argsort(scored.score, kind="stable")
    whole = _areas(event, scored.score, codes, counts, order)
    rest = _areas(event, scored.score, codes, counts, order[kept[order]])
    gain = whole - rest
    if not np.isfinite(gain[1:]).any():
        return np.nan, np.nan, np.nan
    low, high = np.nanquantile(gain[1:], [0.025, 0.975])
    return float(gain[0]), float(low), float(high)


def _areas(
    event: Floats,
    score: Floats,
    codes: npt.NDArray[np.intp],
    counts: Floats,
    order: npt.NDArray[np.intp],
) -> Floats:
    y, p, who = event[order], score[order], codes[order]
    return drawn_areas(y, p, who, counts)
