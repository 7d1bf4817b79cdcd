"""The evidence index: a weekly probability from published figures alone.

The hazard of the coming horizon is incidence per hour x expected running hours x hazard ratios, and
the probability is 1 - exp(-hazard). It is what a team gets before it has a model of its own, and a
comparator everywhere. It is never fitted.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.errors import StridecastError
from common.vocabulary import LEVELS
from forecasting.evidence.figures import Evidence, load_evidence
from forecasting.forecaster import Forecaster

Floats = NDArray[np.float64]

FACTORS: Final = (
    "level_code",
    "hours_28d",
    "longest_run_spike",
    "injuries_12m",
    "sleep_quality_7d",
)
"""Feature columns the index reads; an absent or null one counts as an average runner's."""

PUBLISHED: Final = ("any", "knee")
"""Outcomes for which there are published figures."""

_WEEKS_OF_HOURS: Final = 4
_SMALL: Final = 1e-9


@dataclass(frozen=True)
class EvidenceIndex:
    r"""Probability of a new injury from published evidence, with additive contributions.

    With :math:`\eta` the sum of the log hazard ratios and :math:`H_0` the hazard of the reference
    runner (recreational, 1.5 h a week, everything else average),

    .. math:: p = 1 - \exp(-H_0 e^{\eta}).

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``; a knee injury takes the published share of the hazard.
    horizon_days : int
        Length of the coming period.
    evidence : Evidence
        The figures, by default the packaged ones.
    """

    outcome: str = "any"
    horizon_days: int = 7
    evidence: Evidence = field(default_factory=load_evidence)

    def __post_init__(self) -> None:
        if self.outcome not in PUBLISHED:
            raise StridecastError(
                f"no published incidence is at hand for the outcome {self.outcome!r}",
                "it is forecast once a model of its own is trained; leave it out until then",
            )

    @property
    def reference_probability(self) -> float:
        """Probability of the reference runner; the base rate of the index."""
        return float(-np.expm1(-np.exp(self._reference_log_hazard)))

    @property
    def _reference_log_hazard(self) -> float:
        share = self.evidence.knee_share.value if self.outcome == "knee" else 1.0
        per_hour = self.evidence.incidence_per_1000_h["recreational"].value / 1000
        hours = self.evidence.weekly_hours.reference * self.horizon_days / 7
        return float(np.log(per_hour * hours * share))

    def log_hazard_ratios(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the log hazard ratio of each factor against the average runner, 0 where unknown.

        Parameters
        ----------
        rows : pandas.DataFrame
            Feature rows; the columns of :data:`FACTORS` are read where present.

        Returns
        -------
        pandas.DataFrame, shape (n, 5)
            Columns as in :data:`FACTORS`, index of `rows`.
        """
        known = _numbers(rows)
        terms = {
            "level_code": self._level(known["level_code"]),
            "hours_28d": self._hours(known["hours_28d"]),
            "longest_run_spike": self._spike(known["longest_run_spike"]),
            "injuries_12m": self._previous_injury(known["injuries_12m"]),
            "sleep_quality_7d": self._sleep(known["sleep_quality_7d"]),
        }
        ratios = {n: np.where(np.isnan(known[n]), 0.0, term) for n, term in terms.items()}
        return pd.DataFrame(ratios, index=rows.index)

    def unknown(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return which factors of which row are unknown, as booleans of shape (n, 5)."""
        known = _numbers(rows)
        return pd.DataFrame({n: np.isnan(v) for n, v in known.items()}, index=rows.index)

    def predict_proba(self, rows: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and of an injury, shape (n, 2)."""
        hazard = np.exp(self._log_hazard(rows))
        return np.column_stack([np.exp(-hazard), -np.expm1(-hazard)])

    def contributions(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return what each factor adds to the reference runner's log-odds.

        The log hazard is additive, the log-odds are not quite; each log hazard ratio is scaled by
        the mean slope between the two along the straight line from the reference runner to the
        row (integrated gradients, Sundararajan 2017), so that the row sums exactly to
        ``logit(p) - logit(reference_probability)``.

        Returns
        -------
        pandas.DataFrame, shape (n, 5)
            Log-odds; columns as in :data:`FACTORS`.
        """
        ratios = self.log_hazard_ratios(rows)
        eta = ratios.sum(axis=1).to_numpy()
        rise = _log_odds(self._reference_log_hazard + eta) - _log_odds(self._reference_log_hazard)
        flat = np.abs(eta) < _SMALL
        slope = np.where(flat, _slope(self._reference_log_hazard), rise / np.where(flat, 1, eta))
        return ratios.mul(slope, axis=0)

    def forecaster(self, base_rate: float | None = None) -> Forecaster:
        """Return the index in the form :func:`forecasting.scoring.week.score_week` takes.

        Parameters
        ----------
        base_rate : float, optional
            What the bands are measured against; by default the reference runner's probability.
        """
        return Forecaster(
            label=self.evidence.label,
            outcome=self.outcome,
            base_rate=self.reference_probability if base_rate is None else base_rate,
            simulated=False,
            predict_proba=self.predict_proba,
            contributions=self.contributions,
        )

    def _log_hazard(self, rows: pd.DataFrame) -> Floats:
        total = self.log_hazard_ratios(rows).sum(axis=1).to_numpy(dtype=np.float64)
        return self._reference_log_hazard + total

    def _level(self, code: Floats) -> Floats:
        incidence = [self.evidence.incidence_per_1000_h[level].value for level in LEVELS]
        relative = np.log(np.array(incidence) / incidence[LEVELS.index("recreational")])
        at = np.nan_to_num(code, nan=LEVELS.index("recreational")).astype(int)
        return np.asarray(relative[np.clip(at, 0, len(LEVELS) - 1)])

    def _hours(self, hours_28d: Floats) -> Floats:
        hours = self.evidence.weekly_hours
        weekly = np.maximum(hours_28d / _WEEKS_OF_HOURS, hours.least)
        return np.log(weekly / hours.reference)

    def _spike(self, ratio: Floats) -> Floats:
        classes = self.evidence.longest_run_spike.classes
        ratios = np.array([1.0, *(one.hazard_ratio for one in classes)])
        # A rise of exactly 10 % is still reference, also where float32 stores it as 10.00000238 %.
        at = np.searchsorted([one.above for one in classes], np.round(ratio, 6), side="left")
        return np.asarray(np.log(ratios[at]))

    def _previous_injury(self, injuries: Floats) -> Floats:
        figure = self.evidence.previous_injury
        average = 1 + figure.exposed_share * (figure.hazard_ratio - 1)
        return np.log(np.where(injuries >= 1, figure.hazard_ratio, 1.0) / average)

    def _sleep(self, quality: Floats) -> Floats:
        figure = self.evidence.poor_sleep_quality
        return np.where(quality < figure.below, np.log(figure.hazard_ratio), 0.0)


def _numbers(rows: pd.DataFrame) -> dict[str, Floats]:
    present = rows.reindex(columns=list(FACTORS))
    return {name: present[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in FACTORS}


def _log_odds(log_hazard: Floats | float) -> Floats:
    """Log-odds of p = 1 - exp(-H), that is log(exp(H) - 1)."""
    return np.asarray(np.log(np.expm1(np.exp(log_hazard))))


def _slope(log_hazard: float) -> float:
    hazard = np.exp(log_hazard)
    return float(hazard / -np.expm1(-hazard))
