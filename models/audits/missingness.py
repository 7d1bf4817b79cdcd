"""The missingness audit: whether the mere absence of data gives the outcome away.

In the Loevdal files every window past seven days is empty for injured rows only; a model scored
0.987 from that alone. So each feature's missing rate is compared between outcome classes, and a
model is trained on the pattern of missing values and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Floats
from features.audits.result import NOT_JUDGED, PASSED, STOPPED
from features.catalogue.entry import Feature
from models.audits.quick_score import QuickRows
from models.metrics.intervals import replicate
from models.metrics.measures import auroc
from models.settings.audits import MissingnessSettings
from models.settings.evaluation import IntervalSettings
from models.settings.risk import RiskSettings

PATTERN: Final = "missing_pattern"


@dataclass(frozen=True)
class MissingnessAudit:
    """Outcome of the audit.

    Parameters
    ----------
    rates : pandas.DataFrame
        feature, structural, missing_events, missing_others, difference, standardised_difference,
        the most uneven first.
    auroc, low, high : float
        Of the pattern model, out of fold, with its interval; nan if it was not fitted.
    passed : bool
        Whether the run may go on.
    sentence : str
        The verdict in words.
    """

    rates: pd.DataFrame
    auroc: float
    low: float
    high: float
    passed: bool
    sentence: str
    status: str = ""

    @property
    def verdict(self) -> str:
        """Return the status, as that of :class:`features.audits.result.Audit`."""
        return self.status or (PASSED if self.passed else STOPPED)


class MissingValues:
    """Which values of the rows are missing, and the pattern of it, ready to be learnt from.

    It holds no outcome, so that outcomes share it.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Feature matrix of the rows at risk.
    catalogue : iterable of Feature
        Entries of the columns.
    """

    def __init__(self, x: pd.DataFrame, catalogue: Iterable[Feature]) -> None:
        self.features = [str(name) for name in x.columns]
        # "Never injured" is null too, and forecasts honestly: with it the audit would stop good
        # data.
        self.structural = {f.name for f in catalogue if f.structural_null}
        # Features down: what is asked of a feature then lies together.
        self._missing: Bools = np.ascontiguousarray(x.isna().to_numpy().T)

    def rates(self, mask: Bools) -> Floats:
        """Return each feature's missing rate among some rows, shape (k,); nan without rows."""
        missing = self._missing[:, mask]
        with np.errstate(invalid="ignore"):
            return np.asarray(missing.sum(axis=1) / missing.shape[1])

    @cached_property
    def pattern(self) -> QuickRows | None:
        """One 0/1 column per distinct pattern; None without a column that ever varies."""
        varying = self._missing.any(axis=1) & ~self._missing.all(axis=1)
        judged = [j for j in np.flatnonzero(varying) if self.features[j] not in self.structural]
        # Features of one sensor go missing together; copies of a column would only slow the model
        # down.
        first = {self._missing[j].tobytes(): j for j in reversed(judged)}
        columns = sorted(first.values())
        if not columns:
            return None
        names = [self.features[j] for j in columns]
        return QuickRows(pd.DataFrame(self._missing[columns].T.astype(np.float32), columns=names))


def pattern_score(
    missing: MissingValues, y: Floats, athletes: npt.ArrayLike, settings: MissingnessSettings
) -> Floats | None:
    """Return what a model of the missing pattern alone says, out of fold; None if none is fitted.

    Parameters
    ----------
    missing, y, athletes, settings
        As for :func:`audit_missingness`.
    """
    if missing.pattern is None or not settings.least_events <= y.sum() < len(y):
        return None
    return _out_of_fold(missing.pattern, y, athletes, settings)


def audit_missingness(
    missing: MissingValues,
    y: npt.ArrayLike,
    athletes: npt.ArrayLike,
    settings: MissingnessSettings | None = None,
    score: Floats | None = None,
) -> MissingnessAudit:
    """Compare missing rates between outcome classes and train on the missing pattern alone.

    Features whose nulls are structural ("never injured" is information) are in the table, but not
    in the pattern.

    Parameters
    ----------
    missing : MissingValues
        Of the rows at risk.
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : MissingnessSettings, optional
        None takes the defaults.
    score : ndarray of shape (n,), optional
        What :func:`pattern_score` says, where it was asked before.
    """
    settings = settings or MissingnessSettings()
    outcome = np.asarray(y, dtype=float)
    rates = missing_rates(missing, outcome)
    if score is None:
        score = pattern_score(missing, outcome, athletes, settings)
    if score is None:
        sentence = _not_fitted(missing.pattern, int(outcome.sum()), settings)
        status = PASSED if missing.pattern is None else NOT_JUDGED
        return MissingnessAudit(
            rates, np.nan, np.nan, np.nan, passed=True, sentence=sentence, status=status
        )
    value, low, high = _interval(score, outcome, athletes, settings)
    # The lower bound and not the value: with few events a pattern reaches 0.6 by chance. An area
    # that is nan passes here, because nothing was found.
    passed = not low > settings.highest_lower_bound
    sentence = _verdict(value, low, high, settings, rates, passed=passed)
    return MissingnessAudit(rates, value, low, high, passed=passed, sentence=sentence)


def missing_rates(missing: MissingValues, outcome: Floats) -> pd.DataFrame:
    """Return each feature's missing rate among events and others.

    The standardised difference is (a - b) / sqrt((a (1 - a) + b (1 - b)) / 2) for the rates a
    among events and b among others (Austin 2009); beyond +/-0.1 deserves a look. It is infinite
    if one class always and the other never misses the value.

    Parameters
    ----------
    missing : MissingValues
    outcome : ndarray of shape (n,)
        0 or 1.
    """
    among_events, among_others = missing.rates(outcome == 1), missing.rates(outcome == 0)
    gap = among_events - among_others
    spread = np.sqrt((among_events * (1 - among_events) + among_others * (1 - among_others)) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        standardised = np.where(gap == 0, 0.0, gap / spread)
    table = pd.DataFrame(
        {
            "feature": missing.features,
            "structural": [name in missing.structural for name in missing.features],
            "missing_events": among_events,
            "missing_others": among_others,
            "difference": gap,
            "standardised_difference": standardised,
        }
    )
    order = table["standardised_difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _out_of_fold(
    pattern: QuickRows, outcome: Floats, athletes: npt.ArrayLike, settings: MissingnessSettings
) -> Floats:
    # Own settings: the audit must stay as sharp when the risk model's are made cautious.
    quick = RiskSettings(
        trees=60,
        num_leaves=6,
        min_data_in_leaf=20,
        learning_rate=0.1,
        lambda_l2=1.0,
        feature_fraction=1.0,
        extra_trees=False,
        calibration_folds=settings.folds,
        seed=settings.seed,
    )
    return pattern.held_out(quick, outcome, athletes, by_rows=True)


def _interval(
    score: Floats, outcome: Floats, athletes: npt.ArrayLike, settings: MissingnessSettings
) -> tuple[float, float, float]:
    draws = IntervalSettings(replicates=settings.replicates, seed=settings.seed)
    measured = replicate(
        {"drawn": outcome}, {PATTERN: score}, {"auroc": (auroc, "drawn")}, athletes, draws
    )
    (row,) = measured.frame()[["value", "low", "high"]].to_numpy(dtype=float)
    return float(row[0]), float(row[1]), float(row[2])


def _not_fitted(pattern: QuickRows | None, events: int, settings: MissingnessSettings) -> str:
    if pattern is None:
        return "no feature has missing values beyond structural ones: nothing to give away."
    return (
        f"{events} events are too few to judge the pattern of missing values "
        f"(at least {settings.least_events} are needed): read the table of missing rates."
    )


def _verdict(
    value: float,
    low: float,
    high: float,
    settings: MissingnessSettings,
    rates: pd.DataFrame,
    *,
    passed: bool,
) -> str:
    finding = f"missing values alone reach AUROC {value:.3f} ({low:.3f} to {high:.3f})"
    limit = f"{settings.highest_lower_bound:.2f}"
    if passed:
        return f"{finding}; the lower bound is not above {limit}."
    worst = rates[~rates["structural"]].iloc[0]
    return (
        f"{finding}: the lower bound is above {limit}, so absence of data gives the outcome away; "
        f"most uneven is {worst['feature']}, missing in {worst['missing_events']:.0%} of the rows "
        f"with an injury and {worst['missing_others']:.0%} of the others."
    )
