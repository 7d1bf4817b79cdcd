"""From values to the x of the coefficients: centred, scaled, held in range, 0 where unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats, Ints
from models.evidence.columns import Columns
from models.evidence.figures import TermFigure
from models.evidence.terms import Term

MEASURED_ATHLETES: Final = 8
"""From so many athletes on, a team's own mean is the centre of what devices measure differently."""


@dataclass(frozen=True)
class Scaling:
    """Centres of the terms; everything else stands in the figures.

    Parameters
    ----------
    terms : tuple of Term
        In the order of the columns.
    figures : mapping of str to TermFigure
        By name of the term.
    centres : tuple of float
        In the units of the values.
    left_out : frozenset of str
        Terms that are taken at their centre whatever the rows hold.
    """

    terms: tuple[Term, ...]
    figures: Mapping[str, TermFigure]
    centres: tuple[float, ...]
    left_out: frozenset[str] = frozenset()

    @classmethod
    def published(cls, terms: Sequence[Term], figures: Mapping[str, TermFigure]) -> Self:
        """Return the scaling with the centres of the file."""
        return cls(tuple(terms), figures, tuple(figures[t.name].centre for t in terms))

    def of_team(self, columns: Columns, athletes: pd.Series) -> "Scaling":
        """Return the scaling with the team's own centres where enough athletes were measured."""
        whose = pd.factorize(athletes, sort=True)[0]
        centres = [
            _own_centre(term.value(columns), whose, centre)
            if self.figures[term.name].by_team
            else centre
            for term, centre in zip(self.terms, self.centres, strict=True)
        ]
        return replace(self, centres=tuple(centres))

    def without_week(self) -> "Scaling":
        """Return the scaling that takes what tells of this week alone at its centre."""
        of_week = frozenset(term.name for term in self.terms if term.of_week)
        return replace(self, left_out=of_week)

    def scaled(self, columns: Columns) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Return x, shape (n, terms), and which of it is known."""
        x = np.zeros((len(columns), len(self.terms)))
        for at, (term, centre) in enumerate(zip(self.terms, self.centres, strict=True)):
            figure = self.figures[term.name]
            value = centre if term.name in self.left_out else term.value(columns)
            # Held in range: a typing error in one sheet must not multiply a risk by ten.
            x[:, at] = np.clip((value - centre) / figure.unit, figure.low, figure.high)
        known = ~np.isnan(x)
        # The mean of runners and not the best value: unknown is never favourable.
        return np.where(known, x, 0.0), known

    @property
    def spreads(self) -> Floats:
        """Standard deviation of each x over runners."""
        return np.array([self.figures[term.name].spread for term in self.terms])


def _own_centre(values: Floats, whose: Ints, centre: float) -> float:
    """Return the mean of the athletes' latest values, or the given centre if they are too few.

    `whose` numbers the athletes in the order of their names.
    """
    known = np.flatnonzero(~np.isnan(values) & (whose >= 0))
    # One value per athlete: who is tested often would else set the centre.
    last = np.full(whose.max(initial=-1) + 1, -1)
    last[whose[known]] = known
    latest = values[last[last >= 0]]
    return float(latest.mean()) if len(latest) >= MEASURED_ATHLETES else centre
