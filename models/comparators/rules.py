"""The rules coaches use, as published (a threshold) and as a continuous score.

Each is turned into a probability by a one-variable logistic regression fitted on the training
part, so that its Brier score is fair. The direction stays the published one: a rule that would
have to be turned upside down to fit says nothing, and forecasts the base rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.extensions import offered
from models.comparators.names import BASE_RATE
from models.numeric.weighted_logistic import fit_logistic, logit
from models.sampling.matrix_columns import numbers

_TAIL: Final = 0.01  # scores are held within these training quantiles: ratios have long tails
_NEVER_HAPPENED: Final = 0.5  # added to both cells where no flagged or no spared row had an event


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule of thumb.

    Parameters
    ----------
    name : str
        Name in tables.
    feature : str
        Column that it reads.
    above : float
        The rule flags values above this.
    source : str
        Where it comes from.
    """

    name: str
    feature: str
    above: float
    source: str


RULES: Final = (
    Rule(
        "ten_percent_rule", "week_change", 1.10, "no more than 10 % a week; refuted by Buist 2008"
    ),
    Rule("acwr_above_1_5", "acwr_uncoupled", 1.5, "'danger zone' of Blanch & Gabbett 2016"),
    Rule("longest_run_spike", "longest_run_spike", 1.10, "Frandsen 2025"),
    Rule("previous_injury", "injuries_12m", 0.0, "Saragiotto 2014"),
    *offered("comparators"),
)


@dataclass(frozen=True, slots=True)
class RuleModel:
    """A rule with its recalibration.

    Parameters
    ----------
    rule : Rule
        The rule.
    continuous : bool
        Whether the value itself is the score, or only whether it is above the threshold.
    low, high, middle : float
        Limits of the score and what stands for an unknown value.
    intercept, slope : float
        Log-odds of the probability at score 0 and per unit of the score; slope >= 0.
    """

    rule: Rule
    continuous: bool
    low: float
    high: float
    middle: float
    intercept: float
    slope: float

    def score(self, x: pd.DataFrame) -> Floats:
        """Return the rule's score: 0 or 1, or the value; an unknown value raises no flag."""
        (value,) = numbers(x, [self.rule.feature]).T
        if not self.continuous:
            # A comparison with nan is False: who is unknown is not flagged.
            return np.asarray(value > self.rule.above, dtype=float)
        known = np.where(np.isnan(value), self.middle, value)
        return np.asarray(np.clip(known, self.low, self.high))

    def probability(self, x: pd.DataFrame) -> Floats:
        """Return the recalibrated probability, shape (n,)."""
        from scipy.special import expit  # pages read the rules and forecast nothing by them

        return expit(self.intercept + self.slope * self.score(x))


def rule_names(rules: tuple[Rule, ...] = RULES) -> frozenset[str]:
    """Return the names under which rules stand in the tables: as a threshold and as a score."""
    return frozenset(name for rule in rules for name in (rule.name, f"{rule.name}_score"))


def fit_rules(
    x: pd.DataFrame, y: npt.ArrayLike, rules: tuple[Rule, ...] = RULES
) -> dict[str, RuleModel]:
    """Recalibrate every rule on the training part.

    Parameters
    ----------
    x : pandas.DataFrame
        Feature matrix of the training rows.
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    rules : tuple of Rule
        The rules; each is fitted as a threshold (its name) and as a score (name + ``_score``).
    """
    outcome = np.asarray(y, dtype=float)
    fitted = {}
    for rule in rules:
        fitted[rule.name] = _fit(rule, x, outcome, continuous=False)
        fitted[f"{rule.name}_score"] = _fit(rule, x, outcome, continuous=True)
    return fitted


def rule_probabilities(
    models: Mapping[str, RuleModel], x: pd.DataFrame, base_rate: float
) -> dict[str, Floats]:
    """Return the probabilities of every rule, and the base rate for everyone.

    Parameters
    ----------
    models : mapping of str to RuleModel
        What :func:`fit_rules` returned.
    x : pandas.DataFrame
        Feature matrix.
    base_rate : float
        Event rate of the training part.
    """
    return {BASE_RATE: np.full(len(x), base_rate)} | {
        n: m.probability(x) for n, m in models.items()
    }


def _fit(rule: Rule, x: pd.DataFrame, outcome: Floats, *, continuous: bool) -> RuleModel:
    (value,) = numbers(x, [rule.feature]).T
    known = value[~np.isnan(value)]
    if not len(known):
        known = np.zeros(1)
    # From the training rows alone, like everything that is fitted.
    low, middle, high = (float(q) for q in np.quantile(known, [_TAIL, 0.5, 1 - _TAIL]))
    plain = RuleModel(rule, continuous, low, high, middle, 0.0, 0.0)
    intercept, slope = _recalibrated(plain.score(x), outcome)
    return RuleModel(rule, continuous, low, high, middle, intercept, slope)


def _recalibrated(score: Floats, outcome: Floats) -> tuple[float, float]:
    """Intercept and non-negative slope of the outcome's log-odds on the score."""
    rate = float(logit(outcome.mean()))
    if np.ptp(score) == 0:
        return rate, 0.0
    ones = np.ones(len(score))
    intercept, slope = fit_logistic(np.stack([ones, score]), outcome, ones)
    # Separated classes, as where no flagged athlete was hurt; half an event more keeps it finite.
    if not np.isfinite(slope):
        intercept, slope = _smoothed_cells(score, outcome)
    # A rule turned upside down would be a discovery of ours and no rule of coaches.
    return (float(intercept), float(slope)) if slope > 0 else (rate, 0.0)


def _smoothed_cells(score: Floats, outcome: Floats) -> tuple[float, float]:
    """Log-odds of the upper and lower half of the score with half an event added to each cell."""
    cut = (score.max() + score.min()) / 2
    flagged = score > cut

    def log_odds(rows: npt.NDArray[np.bool_]) -> float:
        events = outcome[rows].sum()
        return float(np.log((events + _NEVER_HAPPENED) / (rows.sum() - events + _NEVER_HAPPENED)))

    low, high = float(score[~flagged].mean()), float(score[flagged].mean())
    slope = (log_odds(flagged) - log_odds(~flagged)) / (high - low)
    return log_odds(~flagged) - slope * low, slope
