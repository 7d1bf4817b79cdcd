"""Hyper-parameters by cross-validation inside the training part: other athletes, later weeks.

The score of a setting is the mean log-loss over folds that are athlete-disjoint and forward in
time, after an affine recalibration in log-odds that is fitted on the very same predictions: what
is tuned is ranking and shape, since level and slope are calibrated afterwards anyway. AUROC is
not used, because it rewards nothing but order; the test part is never read.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from common.arrays import Floats
from models.estimators.booster_calibration import fit_calibration
from models.estimators.boosting import binned, boosted, raw_scores
from models.estimators.residual_ladder import log_loss
from models.sampling.folds import AthleteTimeFolds, Split
from models.sampling.matrix_columns import stored_numbers
from models.sampling.training_rows import checked_outcomes, training_target
from models.settings.risk import RiskSettings
from models.settings.tuning import TuneSettings

if TYPE_CHECKING:
    import optuna


class Judge:
    """Cross-validated log-loss of settings, on the training part alone.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Features of the training rows.
    y, related : array-like of shape (n,)
        Outcome, and new injuries of any region.
    rows : pandas.DataFrame
        athlete and date.
    monotone : dict of str to int
        Directions of the catalogue.
    gap_days : int
        Gap between training and test weeks of a fold; at least the outcome window.
    settings : TuneSettings
        Folds and seed.
    """

    def __init__(
        self,
        x: pd.DataFrame,
        y: Floats,
        related: Floats,
        rows: pd.DataFrame,
        monotone: dict[str, int],
        gap_days: int,
        settings: TuneSettings,
    ) -> None:
        self._names = [str(name) for name in x.columns]
        self._values, self._outcome = stored_numbers(x, self._names), checked_outcomes(y)
        self._related, self._monotone = related, monotone
        folds = AthleteTimeFolds(
            settings.athlete_folds, settings.time_cuts, gap_days, settings.seed
        )
        self._athletes = rows["athlete"].to_numpy()
        self._everyone = np.unique(self._athletes)
        self.splits: list[Split] = folds.split(None, self._outcome, rows[["athlete", "date"]])

    def loss(self, settings: RiskSettings) -> float:
        """Return the mean log-loss per row of the recalibrated predictions."""
        return float(self.losses(settings).mean())

    def gain(self, start: RiskSettings, other: RiskSettings) -> tuple[float, float]:
        """Return how much lower the mean log-loss of `other` is, and the gain's standard error.

        Rows of an athlete belong together: the error is that of sums over athletes.
        """
        saved = self.losses(start) - self.losses(other)
        seen = np.concatenate([outside for _, outside in self.splits])
        # The same rows under both settings: what makes a row easy or hard cancels in the
        # difference.
        apart = (saved - saved.mean())[:, None] * (self._athletes[seen, None] == self._everyone)
        return float(saved.mean()), float(np.sqrt((apart.sum(axis=0) ** 2).sum()) / len(saved))

    def losses(self, settings: RiskSettings) -> Floats:
        """Return the log-loss of each held-out row, fold after fold."""
        target = training_target(self._outcome, self._related, settings.borrow)
        data = binned(self._values, target, self._names, settings)
        scores, seen = [], []
        for inside, outside in self.splits:
            part = data.subset(inside.tolist()).construct()
            booster = boosted(part, self._monotone, settings)
            scores.append(raw_scores(booster, self._values[outside], settings.threads))
            seen.append(self._outcome[outside])
        raw, y = np.concatenate(scores), np.concatenate(seen)
        # One map for all folds and not one each: with few events each fold's own would fit its
        # luck.
        bent = fit_calibration(raw, y, (settings.slope_low, settings.slope_high))
        # By log-odds: of a probability that rounds to 0 or 1 the logarithm is infinite.
        return log_loss(bent.intercept + bent.slope * raw, y)


def tune(
    judge: Judge,
    start: RiskSettings,
    study_file: Path,
    name: str,
    trials: int,
    seed: int,
    progress: Callable[[int, float], None] | None = None,
) -> dict[str, Any]:
    """Search for settings; a study that exists already is continued.

    Parameters
    ----------
    judge : Judge
        What scores a setting.
    start : RiskSettings
        The present settings: the first trial, and what is kept for everything not searched.
    study_file : pathlib.Path
        SQLite file of the study.
    name : str
        Of the study: data set, outcome, digest of the training rows and of how they are judged. A
        digest of the settings that are not searched is added, so that a study never mixes losses
        that cannot be compared.
    trials : int
        Further trials.
    seed : int
        Seed of the sampler.
    progress : callable, optional
        Called with the number of each trial and its loss.

    Returns
    -------
    dict
        study, trials, start_loss, best_loss, best (the settings of the lowest loss), gain,
        gain_error and keep: what belongs into `params.yaml`. With some hundred events the lowest
        of many losses is mostly luck, so `keep` holds the present settings unless `best` gains
        more than one standard error (Breiman et al. 1984).
    """
    import optuna  # half a second that only this stage needs

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study_file.parent.mkdir(parents=True, exist_ok=True)
    study = optuna.create_study(
        storage=f"sqlite:///{study_file.resolve()}",
        study_name=f"{name}/{_digest_of_fixed(start)}",
        load_if_exists=True,
        # Another seed after each pause: the same one would propose the same trials again.
        sampler=optuna.samplers.TPESampler(seed=seed),
    )
    done = len(study.trials)
    study.sampler = optuna.samplers.TPESampler(seed=seed + done)
    present = {key: getattr(start, key) for key in _SEARCHED}
    if present not in [trial.params for trial in study.trials]:
        # Without it the search could end above the present loss and nobody would notice.
        study.enqueue_trial(present)

    def objective(trial: "optuna.Trial") -> float:
        loss = judge.loss(start.model_copy(update=_proposal(trial)))
        if progress is not None:
            progress(trial.number, loss)
        return loss

    study.optimize(objective, n_trials=trials)
    finished = [t for t in study.trials if t.value is not None]
    if not finished:
        # The held-out rows are too few for any loss: nothing speaks for other settings.
        nothing = dict.fromkeys(("start_loss", "best_loss", "gain", "gain_error"), np.nan)
        return {"study": study.study_name, "trials": 0, **nothing, "best": present, "keep": present}
    gain, error = judge.gain(start, start.model_copy(update=study.best_params))
    return {
        "study": study.study_name,
        "trials": len(finished),
        # Of the settings as they are now: those of the first trial may be of an earlier day.
        "start_loss": study.best_value + gain,
        "best_loss": study.best_value,
        "best": study.best_params,
        "gain": gain,
        "gain_error": error,
        "keep": study.best_params if gain > error else present,
    }


_SEARCHED = (
    "trees",
    "num_leaves",
    "min_data_in_leaf",
    "lambda_l2",
    "feature_fraction",
    "bagging_fraction",
)


def _digest_of_fixed(settings: RiskSettings) -> str:
    fixed = settings.model_dump(mode="json", exclude=set(_SEARCHED))
    return hashlib.sha256(json.dumps(fixed, sort_keys=True).encode()).hexdigest()[:12]


def _proposal(trial: "optuna.Trial") -> dict[str, Any]:
    return {
        "trees": trial.suggest_int("trees", 100, 500, step=50),
        "num_leaves": trial.suggest_int("num_leaves", 2, 8),
        "min_data_in_leaf": trial.suggest_int("min_data_in_leaf", 50, 800, log=True),
        "lambda_l2": trial.suggest_float("lambda_l2", 1.0, 300.0, log=True),
        "feature_fraction": trial.suggest_float("feature_fraction", 0.1, 0.8),
        "bagging_fraction": trial.suggest_float("bagging_fraction", 0.4, 1.0),
    }
