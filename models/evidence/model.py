"""The evidence model of one outcome: forecasts from published figures and the team's own weeks."""

from dataclasses import dataclass, field, replace
from statistics import NormalDist
from typing import Final, Self

import numpy as np
import pandas as pd

from common.arrays import Floats
from models.evidence.columns import Columns
from models.evidence.exposure import background, usual_hours
from models.evidence.figures import Coefficients, packaged
from models.evidence.gaussian import Gaussian
from models.evidence.hazard import FIXED, HOURS, LEVEL, OWN_RATE, Hazard
from models.evidence.posterior import hazard_likelihood, laplace, share_likelihood
from models.evidence.prior import hazard_prior, share_prior
from models.evidence.reads import stand_in
from models.evidence.scaling import Scaling
from models.evidence.terms import KNEE_TERMS, LASTING, TERMS, Term
from models.numeric.row_blocks import blocks, by_blocks
from models.numeric.row_sums import row_products, row_sums

KNEE: Final = "knee"
ANY: Final = "any"
OUTCOMES: Final = (ANY, KNEE)
"""Outcomes for which there are published figures."""

HOURS_READ: Final = ("hours_28d", "usual_hours_week", "hours_7d")
"""Hours are told as the first of these that rows hold."""
_SUMMANDS: Final = (LEVEL, HOURS, OWN_RATE)
_SMALL: Final = 1e-9
DAYS_PER_WEEK: Final = 7


@dataclass(frozen=True)
class Counts:
    """How much a posterior has seen.

    Parameters
    ----------
    rows, events, athletes : int
        Athlete-weeks, new injuries among them, athletes.
    knee : int
        Injuries of the knee; 0 where that was not asked.
    """

    rows: int = 0
    events: int = 0
    athletes: int = 0
    knee: int = 0


@dataclass(frozen=True, eq=False)
class EvidenceModel:
    """Weekly probability of a new injury, with additive contributions and ranges.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``; the knee's hazard is that of any injury times the knee's share.
    hazard : Gaussian
        Coefficients of the hazard of any injury.
    share : Gaussian
        Coefficients of the knee's share.
    scaling, share_scaling : Scaling
        Centres of the terms.
    figures : Coefficients
        Published figures.
    counts : Counts
        What the posterior has seen; zeros for the prior.
    horizon_days : int
        Length of the coming period.
    """

    outcome: str
    hazard: Gaussian
    share: Gaussian
    scaling: Scaling
    share_scaling: Scaling
    figures: Coefficients = field(default_factory=packaged)
    counts: Counts = field(default_factory=Counts)
    horizon_days: int = DAYS_PER_WEEK

    @classmethod
    def published(
        cls,
        outcome: str = ANY,
        figures: Coefficients | None = None,
        horizon_days: int = DAYS_PER_WEEK,
    ) -> Self:
        """Return the model before any data: published evidence alone.

        Raises
        ------
        ValueError
            If there is no published incidence of the outcome.
        """
        if outcome not in OUTCOMES:
            raise ValueError(f"no published incidence is at hand for the outcome {outcome!r}")
        coefficients = figures or packaged()
        return cls(
            outcome,
            hazard_prior(coefficients),
            share_prior(coefficients),
            Scaling.published(TERMS, coefficients.terms),
            Scaling.published(KNEE_TERMS, coefficients.knee_share.terms),
            coefficients,
            horizon_days=horizon_days,
        )

    def updated(
        self, rows: pd.DataFrame, injured: pd.Series, knee: pd.Series, athletes: pd.Series
    ) -> "EvidenceModel":
        """Return the posterior given athlete-weeks and what followed them.

        Parameters
        ----------
        rows : pandas.DataFrame of shape (n, ...)
            Feature rows of weeks at risk.
        injured : pandas.Series of shape (n,)
            1 where a new injury of any region followed, else 0.
        knee : pandas.Series of shape (n,)
            1 where a new injury of the knee followed, else 0.
        athletes : pandas.Series of shape (n,)
            Whose weeks they are.
        """
        columns = Columns(rows)
        centred = self._centred(columns, athletes)
        event, of_knee = (s.to_numpy(dtype=np.float64) for s in (injured, knee))
        # The share is learnt among injuries alone: weeks without one say nothing of their region.
        hurt = event > 0
        weeks = [
            (centred.hazard_of(Columns(rows.iloc[block])), event[block])
            for block in blocks(len(rows))
        ]
        share_x, _ = centred.share_scaling.scaled(Columns(rows.loc[hurt]))
        return replace(
            centred,
            # From the prior of this model, with the team's centres, so that forecasts and fit scale
            # alike.
            hazard=laplace(self.hazard, hazard_likelihood(weeks)),
            share=laplace(self.share, share_likelihood(share_x, of_knee[hurt])),
            counts=Counts(len(rows), int(event.sum()), athletes.nunique(), int(of_knee.sum())),
        )

    def predict_proba(self, rows: pd.DataFrame) -> Floats:
        """Return probabilities of no injury and of an injury, shape (n, 2)."""
        hazard = np.exp(self.log_hazard(rows))
        # expm1 keeps the digits of a small risk that 1 - exp(-hazard) would lose.
        return np.column_stack([np.exp(-hazard), -np.expm1(-hazard)])

    def log_odds(self, rows: pd.DataFrame) -> Floats:
        """Return the log-odds of an injury, shape (n,)."""
        return _log_odds(self.log_hazard(rows))

    def log_hazard(self, rows: pd.DataFrame) -> Floats:
        """Return the log of the weekly hazard of the outcome, shape (n,)."""

        def log_hazard(block: slice) -> Floats:
            columns = Columns(rows.iloc[block])
            total = self.hazard_of(columns).log_hazard(self.hazard.mean)
            return total + self._log_share(columns) if self.outcome == KNEE else total

        return by_blocks(len(rows), log_hazard)

    def usual_log_odds(self, rows: pd.DataFrame) -> Floats:
        """Return the log-odds of a week like the athlete's usual one, shape (n,).

        The hours are those of the past half year, and what tells of this week alone (the
        longest-run spike, sleep and freshness against the own past, pain) is as usual.
        """
        usual = rows.assign(**usual_hours(rows))
        return replace(
            self,
            scaling=self.scaling.without_week(),
            share_scaling=self.share_scaling.without_week(),
        ).log_odds(usual)

    @property
    def reference_log_hazard(self) -> float:
        """Log hazard of the reference runner: recreational, usual hours, all else average."""
        total = self._reference_log_rate
        if self.outcome == KNEE:
            total -= np.log1p(np.exp(-self.share.mean[0]))
        return float(total)

    @property
    def reference_probability(self) -> float:
        """Probability of the reference runner."""
        return float(-np.expm1(-np.exp(self.reference_log_hazard)))

    def contributions(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return what each feature adds to the reference runner's log-odds.

        The log hazard is additive, the log-odds are not quite: each summand is scaled by the mean
        slope between the two along the straight line from the reference runner to the row
        (integrated gradients, Sundararajan 2017), so that a row sums exactly to its log-odds less
        those of the reference runner.

        Returns
        -------
        pandas.DataFrame
            Log-odds, one column per feature of the catalogue.
        """
        parts = self._summands(rows)
        total = row_sums(parts)
        base = self.reference_log_hazard
        rise = _log_odds(base + total) - _log_odds(np.array(base))
        # A sum of 0 would divide 0 by 0; for small risks log-odds and log hazard rise alike, hence
        # a slope of 1.
        flat = np.abs(total) < _SMALL
        slope = np.where(flat, 1.0, rise / np.where(flat, 1.0, total))
        return parts.mul(slope, axis=0)

    def standard_error(self, rows: pd.DataFrame) -> Floats:
        """Return the standard deviation of the log hazard, shape (n,).

        It includes the uncertainty of the coefficients and, where a value is unknown, of the value.
        """
        columns = Columns(rows)
        hazard = self.hazard_of(columns)
        jacobian = hazard.jacobian(self.hazard.mean)
        variance = self.hazard.variance_along(jacobian)
        _, known = self.scaling.scaled(columns)
        moved = hazard.sensitivity(self.hazard.mean) ** 2 * ~known
        variance += row_products(
            moved, self._unknown_variance(self.hazard, self.scaling, len(FIXED))
        )
        if self.outcome == KNEE:
            variance += self._share_variance(columns)
        return np.sqrt(variance)

    def range_(self, rows: pd.DataFrame, level: float = 0.9) -> tuple[Floats, Floats]:
        """Return the low and high end of each probability, shape (n,) each."""
        middle = self.log_hazard(rows)
        # From the standard library: scoring a week without a trained model loads no SciPy.
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.standard_error(rows)
        low, high = (-np.expm1(-np.exp(middle + sign * reach)) for sign in (-1, 1))
        return np.asarray(low), np.asarray(high)

    def share_from_evidence(self, rows: pd.DataFrame) -> float:
        """Return how much of the forecasts of rows rests on published evidence, 0 to 1.

        In a normal model the posterior mean weighs the prior by posterior over prior variance;
        this is the ratio of the means of both over the rows.
        """
        columns = Columns(rows)
        jacobian = self.hazard_of(columns).jacobian(self.hazard.mean)
        # Along the forecasts and not by coefficient: what no row needs must not count as unlearnt.
        before = hazard_prior(self.figures).variance_along(jacobian).mean()
        return float(np.clip(self.hazard.variance_along(jacobian).mean() / before, 0.0, 1.0))

    def _centred(self, columns: Columns, athletes: pd.Series) -> "EvidenceModel":
        return replace(
            self,
            scaling=self.scaling.of_team(columns, athletes),
            share_scaling=self.share_scaling.of_team(columns, athletes),
        )

    def hazard_of(self, columns: Columns) -> Hazard:
        """Return the hazard of any injury of rows, as a function of the coefficients."""
        x, _ = self.scaling.scaled(columns)
        weight, weeks = self.figures.own_rate.weight, self.horizon_days / DAYS_PER_WEEK
        return Hazard(background(columns, self.figures), x, LASTING, weight, weeks)

    @property
    def _reference_log_rate(self) -> float:
        level = self.figures.baseline.levels["recreational"]
        weeks = self.horizon_days / DAYS_PER_WEEK
        return float(np.log(level.incidence / 1000 * level.hours * weeks) + self.hazard.mean[0])

    def _summands(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Summands of the log hazard by feature, less those of the reference runner."""
        columns = Columns(rows)
        parts = self.hazard_of(columns).parts(self.hazard.mean)
        parts[:, 0] -= self._reference_log_rate
        hours = next((name for name in HOURS_READ if name in rows.columns), HOURS_READ[0])
        first = {LEVEL: "level_code", HOURS: hours, OWN_RATE: "injuries_on_record"}
        names = [*(first[name] for name in _SUMMANDS), *_features(TERMS, rows)]
        table = pd.DataFrame(parts, columns=names, index=rows.index)
        if self.outcome == KNEE:
            share = self._share_summands(columns, rows)
            table = pd.concat([table, share], axis=1)
        added = table.T.groupby(level=0, sort=False).sum().T
        # What the rows do not hold is unknown of everybody and adds nothing.
        return added[[name for name in added.columns if name in rows.columns]]

    def _share_summands(self, columns: Columns, rows: pd.DataFrame) -> pd.DataFrame:
        """Summands of the log share by feature; scaled, because the logit of a share bends."""
        x, _ = self.share_scaling.scaled(columns)
        terms = x * self.share.mean[1:]
        total = row_sums(terms)
        rise = self._log_share(columns) + np.log1p(np.exp(-self.share.mean[0]))
        flat = np.abs(total) < _SMALL
        slope = np.where(flat, 0.0, rise / np.where(flat, 1.0, total))
        names = _features(KNEE_TERMS, rows)
        return pd.DataFrame(terms * slope[:, None], columns=names, index=rows.index)

    def _log_share(self, columns: Columns) -> Floats:
        x, _ = self.share_scaling.scaled(columns)
        logit = self.share.mean[0] + row_products(x, self.share.mean[1:])
        return np.asarray(-np.logaddexp(0.0, -logit), dtype=np.float64)

    def _share_variance(self, columns: Columns) -> Floats:
        x, known = self.share_scaling.scaled(columns)
        # The derivative of log share by its log-odds: a share near 1 can hardly grow.
        free = 1 - np.exp(self._log_share(columns))
        design = np.column_stack([np.ones(len(x)), x]) * free[:, None]
        unknown = row_products(~known, self._unknown_variance(self.share, self.share_scaling, 1))
        return np.asarray(self.share.variance_along(design) + unknown * free**2)

    @staticmethod
    def _unknown_variance(of: Gaussian, scaling: Scaling, first: int) -> Floats:
        """Variance that an unknown value of each term leaves: E[b^2] times that of x."""
        mean, variance = of.mean[first:], np.diag(of.covariance)[first:]
        # Also where the mean effect is 0: an uncertain effect of an unknown value leaves something
        # open.
        return np.asarray((mean**2 + variance) * scaling.spreads**2)


def _features(terms: tuple[Term, ...], rows: pd.DataFrame) -> list[str]:
    return [stand_in(term, rows.columns) for term in terms]


def _log_odds(log_hazard: Floats) -> Floats:
    """Log-odds of p = 1 - exp(-H), that is log(exp(H) - 1)."""
    return np.asarray(np.log(np.expm1(np.exp(log_hazard))), dtype=np.float64)
