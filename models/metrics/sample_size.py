"""How many rows and events a model needs, after Riley and colleagues.

The criteria count parameters of a regression and take rows as independent. For trees, and for
many weeks of one athlete, they are a lower bound.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np


@dataclass(frozen=True, slots=True)
class SampleSize:
    """What is there against what is needed.

    Parameters
    ----------
    rows, events : int
        In the training part.
    parameters : int
        Candidate parameters.
    needed_rows, needed_events : int
        For a shrinkage of at least `shrinkage`.
    affordable_parameters : int
        What the rows at hand allow.
    c_statistic, shrinkage : float
        Assumptions.
    """

    rows: int
    events: int
    parameters: int
    needed_rows: int
    needed_events: int
    affordable_parameters: int
    c_statistic: float
    shrinkage: float

    @property
    def is_enough(self) -> bool:
        """Whether the rows suffice for the parameters."""
        return self.rows >= self.needed_rows

    def sentence(self) -> str:
        """Return the verdict in words."""
        verdict = "enough" if self.is_enough else "too few"
        return (
            f"{self.rows:,} rows with {self.events:,} events are {verdict} for {self.parameters} "
            f"parameters: {self.needed_rows:,} rows and {self.needed_events:,} events are needed "
            f"(shrinkage {self.shrinkage:g}, expected c = {self.c_statistic:g}; "
            f"these rows carry {self.affordable_parameters})"
        )


def cox_snell_r2(c_statistic: float, prevalence: float) -> float:
    """Return the Cox-Snell R2 that goes with a c-statistic at a prevalence.

    The log-odds are taken as normal with equal variance in both classes, whose means then lie
    sqrt(2) * Phi^-1(c) apart (Riley, Van Calster & Collins 2021, Stat Med 40:859). Their
    simulation of a large sample is replaced by its limit: R2 = 1 - exp(-2 (l - l0)), with l and l0
    the expected log-likelihood per row with and without the score, by Gauss-Hermite quadrature.

    Parameters
    ----------
    c_statistic : float
        Above 0.5, below 1.
    prevalence : float
        Above 0, below 1.

    Raises
    ------
    ValueError
        Outside these ranges.

    Examples
    --------
    >>> round(cox_snell_r2(0.70, 0.02), 4)
    0.0107
    """
    if not (0.5 < c_statistic < 1 and 0 < prevalence < 1):  # noqa: PLR2004 - 0.5 is chance
        raise ValueError("needs 0.5 < c-statistic < 1 and 0 < prevalence < 1")
    apart = np.sqrt(2) * NormalDist().inv_cdf(c_statistic)
    nodes, node_weights = np.polynomial.hermite_e.hermegauss(80)
    node_weights = node_weights / node_weights.sum()
    # Moved so that the log-odds of a normal score are calibrated in both classes.
    base = np.log(prevalence / (1 - prevalence)) - apart**2 / 2
    # log(1 / (1 + exp(-x))) = -log(exp(0) + exp(-x)).
    in_events = -np.logaddexp(0, -(base + apart * (nodes + apart)))
    in_others = -np.logaddexp(0, base + apart * nodes)
    score = node_weights @ (prevalence * in_events + (1 - prevalence) * in_others)
    return float(1 - np.exp(-2 * (score - _null_log_likelihood(prevalence))))


def needed_rows(
    parameters: int, prevalence: float, c_statistic: float, shrinkage: float = 0.9
) -> int:
    """Return the rows needed for an expected uniform shrinkage of at least `shrinkage`.

    n = k / ((S - 1) ln(1 - R2 / S)) (Riley 2019, Stat Med 38:1276, criterion 1).

    Parameters
    ----------
    parameters : int
        Candidate parameters k.
    prevalence : float
        Share of rows with the outcome.
    c_statistic : float
        Expected c-statistic.
    shrinkage : float
        S.
    """
    r2 = cox_snell_r2(c_statistic, prevalence)
    return int(np.ceil(parameters / ((shrinkage - 1) * np.log1p(-r2 / shrinkage))))


def sample_size(
    rows: int, events: int, parameters: int, c_statistic: float = 0.7, shrinkage: float = 0.9
) -> SampleSize:
    """Compare the size of a training set with the sample that is needed.

    Parameters
    ----------
    rows, events : int
        Rows at risk and those with the outcome.
    parameters : int
        Features, or parameters where a feature has several.
    c_statistic, shrinkage : float
        Expected c-statistic and wanted shrinkage.

    Raises
    ------
    ValueError
        If there are no events, or nothing but events.
    """
    prevalence = events / rows if rows else 0.0
    needed = needed_rows(parameters, prevalence, c_statistic, shrinkage)
    # The need grows with the parameters, so a thousand give the rows of one without rounding.
    thousand = needed_rows(1000, prevalence, c_statistic, shrinkage)
    return SampleSize(
        rows=rows,
        events=events,
        parameters=parameters,
        needed_rows=needed,
        needed_events=int(np.ceil(needed * prevalence)),
        affordable_parameters=int(1000 * rows / thousand),
        c_statistic=c_statistic,
        shrinkage=shrinkage,
    )


def _null_log_likelihood(prevalence: float) -> float:
    return float(prevalence * np.log(prevalence) + (1 - prevalence) * np.log1p(-prevalence))
