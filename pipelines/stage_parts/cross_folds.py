"""Cross-validation of the main model: refitted in every fold, settings chosen inside if asked."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.errors import StridecastError
from features.catalogue.entry import Feature
from models.estimators.tuning import Judge, tune
from models.sampling.folds import Split, summary
from models.sampling.splitters import Splitter, checked_folds
from pipelines.runtime.params import Params
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import known_features, model_features

Say = Callable[[str], None]
FEWEST_EVENTS: Final = 5
"""With fewer injuries to learn from a fold is passed over."""


@dataclass(frozen=True)
class CrossFolds:
    """One outcome's rows in the folds of a splitter.

    Parameters
    ----------
    params : Params
        Settings.
    outcome : str
        What is forecast.
    rows : pandas.DataFrame
        athlete, date, team, event, related and features; every outcome is known.
    splitter : Splitter
        Divides the rows.
    trials : int
        Trials of tuning inside each training part (nested cross-validation); 0 takes the settings
        as they are.
    chosen : dict of int to dict
        Filled while the folds run: what tuning changed in each fold.
    """

    params: Params
    outcome: str
    rows: pd.DataFrame
    splitter: Splitter
    trials: int
    chosen: dict[int, dict[str, Any]] = field(default_factory=dict)

    def folds(self) -> list[Split]:
        """Return the places of training and test rows of each fold.

        Raises
        ------
        StridecastError
            If the splitter divides rows so that a test is none.
        """
        # The gap is the reach of the outcome: an injury must not be seen from both sides.
        gap = self.params.outcome.reach_days
        return checked_folds(self.splitter.split(self.rows, gap_days=gap), self.rows, gap)

    def described(self) -> pd.DataFrame:
        """Return dates, athletes, rows and events of both parts of each fold."""
        return summary(self.folds(), self.rows, self.rows["event"])

    def forecasts(self, say: Say) -> pd.DataFrame:
        """Refit in every fold and forecast what is left out.

        Returns
        -------
        pandas.DataFrame
            athlete, date, event, fold and probability of each tested row.

        Raises
        ------
        StridecastError
            If no fold has enough injuries to learn from.
        """
        parts = [
            rows
            for at, fold in enumerate(self.folds())
            if (rows := self._forecast(at, fold, say)) is not None
        ]
        if not parts:
            raise StridecastError(
                f"{self.outcome}: no fold has {FEWEST_EVENTS} injuries to learn from",
                "take another splitter or outcome",
            )
        return pd.concat(parts, ignore_index=True)

    def _forecast(self, at: int, fold: Split, say: Say) -> pd.DataFrame | None:
        learnt, judged = fold
        train, test = self.rows.iloc[learnt], self.rows.iloc[judged]
        if train["event"].sum() < FEWEST_EVENTS:
            say(f"fold {at}: passed over, {train['event'].sum():.0f} injuries to learn from")
            return None
        # By the fold's training rows alone, as everything that is learnt here.
        used = known_features(model_features(self.params, self.outcome), train)
        params = self._tuned(at, train, used, say) if self.trials else self.params
        model = main_model(params, self.outcome, used)
        fit_main(model, train[[f.name for f in used]], train)
        outcomes = test[["athlete", "date", "event"]]
        return outcomes.assign(fold=at, probability=model.predict_proba(test)[:, 1])

    def _tuned(self, at: int, train: pd.DataFrame, used: tuple[Feature, ...], say: Say) -> Params:
        """Return the settings that the training part alone would choose."""
        params = self.params
        judge = Judge(
            train[[f.name for f in used]],
            train["event"].to_numpy(dtype=float),
            train["related"].to_numpy(dtype=float),
            train,
            {f.name: f.monotone for f in used if f.monotone},
            max(params.split.gap_days, params.outcome.reach_days),
            params.tune,
        )
        with tempfile.TemporaryDirectory() as folder:
            # A study of its own: trials of another fold have seen this fold's test rows.
            file = Path(folder) / "study.db"
            result = tune(judge, params.risk, file, "inner", self.trials, params.tune.seed)
        changed = {k: v for k, v in result["keep"].items() if v != getattr(params.risk, k)}
        # Kept for the report: settings that change from fold to fold are settings of chance.
        self.chosen[at] = changed
        say(f"  inside: {', '.join(f'{k} = {v}' for k, v in changed.items()) or 'settings stay'}")
        return params.model_copy(update={"risk": params.risk.model_copy(update=result["keep"])})
