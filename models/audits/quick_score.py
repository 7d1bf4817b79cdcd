"""A quick model's forecasts of the rows, out of fold: what audits measure gains and losses on."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from common.arrays import Bools, Floats
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
    areas = _Areas.of(scored.rows, replicates, seed)
    return _with_interval(areas(scored.score) - areas(scored.score, areas.events_but(marked)))


def paired_gain(
    scored: Scored, blind: Scored, spared: pd.DataFrame, replicates: int, seed: int
) -> tuple[float, float, float]:
    """Return the AUROC lost without the columns that carry a trace, and its 95 % interval.

    Both models forecast the same rows, so that what makes an injury easy or hard to foresee
    cancels. What the columns tell honestly is taken off: it is what they bring to the injuries that
    the trace surely spared (nothing, if they bring those less than nothing or there are none).

    Parameters
    ----------
    scored, blind : Scored
        The same rows, scored with all columns and without those that bear the trace.
    spared : pandas.DataFrame
        athlete and date (of onset) of the events without any trace.
    replicates, seed : int
        Draws of athletes.
    """
    areas = _Areas.of(scored.rows, replicates, seed)
    # All rows without an injury stay: an area needs the same others on both sides.
    others = (areas.event == 0) | ~areas.events_but(spared)
    whole = areas(scored.score) - areas(blind.score)
    honest = areas(scored.score, others) - areas(blind.score, others)
    # A negative honest gain would be added to the trace's: luck would then look like a leak.
    return _with_interval(whole - np.fmax(honest, 0.0))


def _with_interval(gain: Floats) -> tuple[float, float, float]:
    """Return the first value, and the 95 % interval of the others, which are draws."""
    if not np.isfinite(gain[1:]).any():
        return np.nan, np.nan, np.nan
    low, high = np.nanquantile(gain[1:], [0.025, 0.975])
    return float(gain[0]), float(low), float(high)


@dataclass(frozen=True, eq=False)
class _Areas:
    """The AUROC of scores of the same rows: of all athletes, then of each draw of them.

    Parameters
    ----------
    keys : pandas.MultiIndex
        athlete and onset_date of each row.
    event : ndarray of shape (n,)
    codes : ndarray of shape (n,)
        The athlete of each row.
    counts : ndarray of shape (1 + draws, athletes)
        How often each athlete counts.
    """

    keys: pd.MultiIndex
    event: Floats
    codes: npt.NDArray[np.intp]
    counts: Floats

    @classmethod
    def of(cls, rows: pd.DataFrame, replicates: int, seed: int) -> Self:
        codes, names = pd.factorize(rows["athlete"].to_numpy(), sort=True)
        # The same draws for both areas, so that their difference is paired.
        draws = athlete_draws(len(names), IntervalSettings(replicates=replicates, seed=seed))
        keys = pd.MultiIndex.from_frame(rows[["athlete", "onset_date"]])
        event = rows["event"].to_numpy(dtype=float)
        return cls(keys, event, codes, np.vstack([np.ones(len(names)), draws]))

    def events_but(self, left_out: pd.DataFrame) -> Bools:
        """Say which rows stay without some events (athlete and date of onset)."""
        named = pd.MultiIndex.from_frame(left_out[["athlete", "date"]])
        return np.asarray(~(self.keys.isin(named) & (self.event == 1)))

    def __call__(self, score: Floats, mask: Bools | None = None) -> Floats:
        """Return the areas, of the kept rows where some are given."""
        order = np.argsort(score, kind="stable")
        order = order if mask is None else order[mask[order]]
        return drawn_areas(self.event[order], score[order], self.codes[order], self.counts)
