"""What one athlete's forecast takes from all of them, where only some are at hand.

A week may be scored by parts of athletes. A part is the week of its athletes in the whole, to the
last bit, if it is told this: what the records of all have taught, and the medians of each team.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from forecasting.reasons.team_baseline import OF_THESE_ROWS, TeamReference
from forecasting.returning.blend import Blend
from models.evidence.team import TeamEvidence
from models.week_ahead.effects import PlanEffects


class Rested(NamedTuple):
    """What the forecasts of an outcome rest on: the base rate, and a sentence."""

    base_rate: float
    origin: str


@dataclass(frozen=True, eq=False)
class Learnt:
    """What the records of all athletes have taught about the outcomes of one set of features.

    Parameters
    ----------
    evidence : TeamEvidence or None
        The evidence model after the team's own weeks; None where no outcome is scored with it.
    effects : PlanEffects
        What the week ahead does.
    rests : mapping of str to Rested
        By outcome.
    """

    evidence: TeamEvidence | None
    effects: PlanEffects
    rests: Mapping[str, Rested]


@dataclass(frozen=True, eq=False)
class Everybody:
    """All athletes, as far as a part of them needs to know.

    Parameters
    ----------
    team : TeamReference
        Where medians of teams come from.
    returns : Blend, optional
        What all injuries teach of times to return; None takes those of the tables at hand.
    learnt : mapping of int to Learnt
        By the place of a set of features among those of the models; what is not there is learnt
        from the rows at hand.
    """

    team: TeamReference = OF_THESE_ROWS
    returns: Blend | None = None
    learnt: Mapping[int, Learnt] = field(default_factory=dict)


AT_HAND: Final = Everybody()
"""The tables and rows at hand are everybody's."""
