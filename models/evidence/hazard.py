r"""The weekly hazard: published rate x exposure^a x exp(terms) x the athlete's own rate.

For athlete i and week t, with :math:`\mu` the log of the injuries expected of their level,

.. math::
    \log H = \mu + a \log(h / h_0) + c \log\frac{n + k}{E + k} + \sum_j b_j x_j, \qquad
    E = w\, e^{\mu} (\bar h / h_0)^a \exp\Big(\sum_{j \in L} b_j x_j\Big)

where n injuries in w weeks at risk of :math:`\bar h` hours are on record and E were expected. L are
the terms that last (strength, gait, usual sleep, sex, ...): who is weak is expected to have had
more injuries, so that a record without any tells more of them, and what a record shows already is
not counted a second time. With c = 1 the third term is the posterior mean of a Gamma(k, k) rate
(Gamma-Poisson; Buehlmann 1967), and the product over the weeks is the marginal likelihood of all of
an athlete's weeks.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from common.arrays import Floats
from models.evidence.exposure import OTHER_LEVELS, Background
from models.numeric.row_sums import row_products, row_sums

LEVEL: Final = "level"
HOURS: Final = "hours"
OWN_RATE: Final = "own_rate"
FIXED: Final = (LEVEL, *OTHER_LEVELS, HOURS, OWN_RATE)
"""Coefficients before those of the terms."""

_LEVELS: Final = slice(0, 1 + len(OTHER_LEVELS))
_HOURS_AT: Final = FIXED.index(HOURS)
_OWN_AT: Final = FIXED.index(OWN_RATE)


@dataclass(frozen=True, eq=False)
class Hazard:
    """Log hazard of rows as a function of the coefficients.

    Parameters
    ----------
    background : Background
        Levels, hours, records.
    x : ndarray of shape (n, terms)
        Scaled terms.
    lasting : ndarray of shape (terms,)
        1 where a term held in the weeks on record as well, else 0.
    weight : float
        Injuries that the prior of an athlete's own rate weighs (k).
    weeks : float
        Length of the coming period.
    """

    background: Background
    x: Floats
    lasting: Floats
    weight: float
    weeks: float = 1.0

    def log_hazard(self, coefficients: Floats) -> Floats:
        """Return the log hazard, shape (n,)."""
        # Sums that do not depend on the number of rows: a part of a team scores as the whole team
        # does.
        total: Floats = row_sums(self.parts(coefficients))
        return total

    def parts(self, coefficients: Floats) -> Floats:
        """Return the summands: level, hours, own rate, then the terms; shape (n, 3 + terms)."""
        back = self.background
        hours = coefficients[_HOURS_AT] * back.log_hours
        own = coefficients[_OWN_AT] * self._log_own_rate(coefficients)
        terms = self.x * coefficients[len(FIXED) :]
        level = self._log_level(coefficients) + np.log(self.weeks)
        return np.column_stack([level, hours, own, terms])

    def jacobian(self, coefficients: Floats) -> Floats:
        """Return the derivative of the log hazard by the coefficients, shape (n, k)."""
        back, pull = self.background, self._pull(coefficients)
        # The level is in the expected injuries as well, so the own rate takes back a part of its
        # move.
        levels = np.column_stack([np.ones(len(self.x)), back.level]) * (1 + pull)[:, None]
        hours = back.log_hours + pull * back.record_log_hours
        terms = self.x * self.sensitivity(coefficients)
        return np.column_stack([levels, hours, self._log_own_rate(coefficients), terms])

    def sensitivity(self, coefficients: Floats) -> Floats:
        """Return what a unit of each term's summand moves the log hazard by, shape (n, terms).

        1, or less where the term lasts: the record of the athlete has told a part of it.
        """
        return np.asarray(1 + np.outer(self._pull(coefficients), self.lasting))

    def _pull(self, coefficients: Floats) -> Floats:
        """Return how the log of the own rate falls with that of the expected injuries."""
        expected = np.exp(self._log_expected(coefficients))
        # With a long record this nears 1: the record then speaks, and lasting terms hardly add to
        # it.
        share = expected / (expected + self.weight)
        return np.asarray(-coefficients[_OWN_AT] * self.background.on_record * share)

    def _log_level(self, coefficients: Floats) -> Floats:
        level = coefficients[_LEVELS]
        return np.asarray(
            self.background.log_rate + level[0] + row_products(self.background.level, level[1:])
        )

    def _log_expected(self, coefficients: Floats) -> Floats:
        back = self.background
        hours = coefficients[_HOURS_AT] * back.record_log_hours
        lasting = row_products(self.x, self.lasting * coefficients[len(FIXED) :])
        return np.asarray(self._log_level(coefficients) + hours + lasting + back.record_log_weeks)

    def _log_own_rate(self, coefficients: Floats) -> Floats:
        """Log of the own rate over the expected one; 0 where injuries are not on record."""
        expected = np.exp(self._log_expected(coefficients))
        ratio = (self.background.injuries + self.weight) / (expected + self.weight)
        # No record is not a record without injuries: it leaves the rate at what is expected.
        return np.where(self.background.on_record, np.log(ratio), 0.0)
