"""An estimator of one's own that can be promoted: it writes itself, and is calibrated like ours.

What scores is not the fitted object but the model that was read back from its text, from the first
evaluation on: a text that says something else is refused before it is measured.
"""

from typing import ClassVar, Final, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.untyped import Untyped
from models.estimators.base import RiskEstimator, cloned
from models.estimators.booster_calibration import Calibration
from models.estimators.reference_contributions import contributions
from models.estimators.written_model import (
    WritesItself,
    WrittenModel,
    check_read_back,
    columns,
    raw_log_odds,
    revived,
)
from models.sampling.matrix_columns import numbers
from models.sampling.training_rows import calibration_folds, checked_outcomes
from models.settings.own import OwnSettings

Reasons = Literal["own", "sum", "averaged"]
PROBED: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Quantiles of the training columns that make the rows a text is proved by: nobody's rows."""
_TRIED: Final = 200
_ROUNDING: Final = 1e-8


def writes_itself(estimator: object) -> bool:
    """Say whether an estimator has what a promotion needs: `to_text` and `from_text`."""
    return isinstance(estimator, WritesItself)


class OwnRisk(RiskEstimator[OwnSettings]):
    """Probability of a new injury by somebody's own estimator, calibrated out of fold.

    It has the interface of :class:`models.estimators.risk.RiskModel`.

    Parameters
    ----------
    estimator : WritesItself
        Unfitted; cloned for every fit.
    settings : OwnSettings
        Its name, calibration and reasons.

    Attributes
    ----------
    text_ : str
        What the fitted estimator wrote.
    written_ : WrittenModel
        What was read back from it, calibrated: all forecasts are its.
    medians_ : ndarray of shape (k,)
        Median of each column of the training rows: the reference of the contributions.
    probe_ : ndarray of shape (m, k), probe_log_odds_ : ndarray of shape (m,)
        Rows of quantiles, and what the estimator itself says of them.
    reasons_ : {"own", "sum", "averaged"}
        Whether contributions are the estimator's own, exact because its log-odds are a sum of one
        function per feature, or an average over orders.
    calibration_, out_of_fold_, fold_, base_rate_, training_digest_, feature_names_in_
        As in :class:`models.estimators.risk.RiskModel`.
    """

    settings_class: ClassVar[type] = OwnSettings

    def __init__(self, estimator: Untyped, settings: OwnSettings) -> None:
        self.estimator = estimator
        self.settings = settings

    def fit(
        self,
        x: pd.DataFrame,
        y: npt.ArrayLike,
        groups: npt.ArrayLike | None = None,
        *,
        folds: npt.ArrayLike | None = None,
    ) -> Self:
        """Fit, write, read back, calibrate; the arguments are those of :meth:`RiskModel.fit`.

        Raises
        ------
        StridecastError
            If the estimator cannot write itself, forecasts otherwise when it is read back, or
            gives contributions that do not add up to its log-odds.
        ValueError
            If it gives no probabilities.
        """
        settings, names = self.settings_in_use, [str(name) for name in x.columns]
        table, event = columns(x, names), checked_outcomes(y)
        who = None if groups is None else np.asarray(groups)
        self.fold_ = calibration_folds(event, who, folds, settings.calibration_folds, settings.seed)
        whole = self._fitted(table, event, who, self.fold_)
        self.text_ = self._text(whole)
        model = revived(cloned(self.estimator), self.text_, settings.estimator)
        # Rows from all over the table: tables stand by athlete and date, the first rows are one
        # person.
        tried = table.iloc[_spread(len(table))]
        check_read_back(settings.estimator, raw_log_odds(whole, tried), raw_log_odds(model, tried))
        # Forecasts of rows that were learnt from are too good: a slope fitted on them would be too
        # steep.
        raw = self._out_of_fold(table, event, who)
        self.calibration_ = self._calibrate(raw, event, event)
        self.written_ = _written(model, names, self.calibration_)
        self._probe(table)
        self.reasons_ = self._kind_of_reasons(tried)
        self._remember(names, [table.to_numpy()], event)
        return self

    def decision_function(self, x: pd.DataFrame) -> Floats:
        """Return calibrated log-odds, shape (n,)."""
        return self.written_.log_odds(x)

    def contributions(self, x: pd.DataFrame) -> Floats:
        """Return contributions in log-odds, shape (n, k + 1); the last column is the base value.

        The estimator's own, if it has a method of this name (of its own log-odds); else those
        against the median row, see :mod:`models.estimators.reference_contributions`.
        """
        uncalibrated, calibration = self._contributions(x)[0], self.calibration_
        scaled: Floats = calibration.slope * uncalibrated
        scaled[:, -1] += calibration.intercept
        return scaled

    def recalibrated(self, calibration: Calibration) -> Self:
        """Take another calibration; what else was fitted stays."""
        self.calibration_ = calibration
        self.written_ = _written(self.written_.model, list(self.written_.names), calibration)
        return self

    def _contributions(self, x: pd.DataFrame) -> tuple[Floats, Reasons]:
        model, names = self.written_.model, self.written_.names
        own_method = getattr(model, "contributions", None)
        if own_method is not None:
            return np.asarray(own_method(columns(x, names)), dtype=float), "own"

        def log_odds(values: Floats) -> Floats:
            return raw_log_odds(model, pd.DataFrame(values, columns=list(names)))

        settings = self.settings_in_use
        shares, exact = contributions(
            log_odds, numbers(x, names), self.medians_, settings.orders, settings.seed
        )
        return shares, "sum" if exact else "averaged"

    def _kind_of_reasons(self, tried: pd.DataFrame) -> Reasons:
        shares, kind = self._contributions(tried)
        name, shape = self.settings_in_use.estimator, (len(tried), len(self.written_.names) + 1)
        if shares.shape != shape:
            raise StridecastError(
                f"the estimator {name!r}: contributions gave shape {shares.shape}, not {shape}",
                "give one column per feature and the base value last",
            )
        worst = np.abs(shares.sum(axis=1) - raw_log_odds(self.written_.model, tried)).max()
        if not worst < _ROUNDING:
            raise StridecastError(
                f"the estimator {name!r}: its contributions miss its log-odds by {worst:.2g}",
                "let them add up, or leave the method out: they are then found from outside",
            )
        return kind

    def _fitted(
        self, table: pd.DataFrame, event: Floats, who: Untyped, folds: Untyped
    ) -> WritesItself:
        model: WritesItself = cloned(self.estimator).fit(table, event, groups=who, folds=folds)
        return model

    def _text(self, model: WritesItself) -> str:
        text = model.to_text()
        if not isinstance(text, str) or not text:
            raise StridecastError(
                f"the estimator {self.settings_in_use.estimator!r}: to_text gave "
                f"{type(text).__name__}, not a text",
                "write the fitted model as text or JSON",
            )
        return text

    def _out_of_fold(self, table: pd.DataFrame, event: Floats, who: Untyped) -> Floats:
        """Own log-odds of each row by a model that has not seen its athlete."""
        raw = np.empty(len(table))
        for fold in np.unique(self.fold_):
            outside = self.fold_ == fold
            inside = ~outside
            model = self._fitted(
                # A plain index: somebody's estimator may join by position and must not see where
                # rows stood.
                table[inside].reset_index(drop=True),
                event[inside],
                None if who is None else who[inside],
                self.fold_[inside],
            )
            raw[outside] = raw_log_odds(model, table[outside].reset_index(drop=True))
        return raw

    def _probe(self, table: pd.DataFrame) -> None:
        """Keep rows of quantiles; of the last one all that is ever unknown is unknown."""
        quantiles = table.quantile(list(PROBED))
        self.medians_ = quantiles.loc[0.5].to_numpy(dtype=float)
        # Unknown values take another way through most models, so a text can be wrong for them
        # alone.
        gaps = np.where(table.isna().any(), np.nan, self.medians_)
        self.probe_ = np.vstack([quantiles.to_numpy(dtype=float), gaps])
        asked = pd.DataFrame(self.probe_, columns=table.columns)
        self.probe_log_odds_ = raw_log_odds(self.written_.model, asked)


def _written(model: WritesItself, names: list[str], calibration: Calibration) -> WrittenModel:
    return WrittenModel(model, tuple(names), calibration.intercept, calibration.slope)


def _spread(rows: int) -> npt.NDArray[np.int64]:
    """Places spread evenly over the rows."""
    return np.unique(np.linspace(0, rows - 1, _TRIED).astype(np.int64))
