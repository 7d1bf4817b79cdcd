"""The load line as a rule for simulated weeks, from what a club would know on Sunday evening."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.week_ahead.week import DAYS, Before, ComingWeek
from forecasting.planning.ahead import Ahead
from forecasting.planning.load_line import longest_run_line
from forecasting.scoring.bands import Band
from models.evidence.model import EvidenceModel
from models.week_ahead.effects import PlanEffects, prior_effects
from models.week_ahead.hours import HoursBefore
from simulation.people.roster import Traits
from simulation.people.state import State
from simulation.training.plan import HARD, RACED, Plan
from simulation.training.week import PACE_OF_KIND

MONTH: Final = 28
NO_SPIKE: Final = 1.1


@dataclass
class LoadLine:
    """How far each run may go so that the forecast of the week stays below a band.

    No run is shortened to less than 10 % beyond the longest of 30 days, as the page's advice never
    asks for less than what is run every week: a shorter one moves hours to other days, and no
    published effect. That is also the limit of who is in the band even without the longest run.

    Parameters
    ----------
    band : str
        The band that is not to be reached.
    effects : PlanEffects
        What weeks do; published figures by default.
    """

    band: Band
    effects: PlanEffects = field(default_factory=prior_effects)
    model: EvidenceModel = field(default_factory=EvidenceModel.published)
    day: int = -1
    weeks: int = 0
    hours: Floats = field(default_factory=lambda: np.zeros(0))
    injuries: Floats = field(default_factory=lambda: np.zeros(0))
    hurt_until: Floats = field(default_factory=lambda: np.zeros(0))

    def __call__(self, traits: Traits, state: State, plan: Plan) -> Floats:
        """Return the limit of each run, rows x 7, km."""
        self._remember(traits, state)
        rows = self._rows(traits, state)
        ahead = self._ahead(traits, state, rows)
        week = coming_week(traits, plan)
        # Draws only make the line's interval, which no rule reads.
        line = longest_run_line(ahead, week, self.band, draws=1)
        least = NO_SPIKE * state.km.max(axis=1)
        crossing = np.where(line.never | np.isnan(line.km), np.inf, line.km)
        most = np.where(line.always, least, np.maximum(crossing, least))
        return np.broadcast_to(most[:, None], plan.km.shape)

    def _remember(self, traits: Traits, state: State) -> None:
        """Keep the record of hours and injuries; a life that begins anew begins a new record."""
        # Time goes back when the same runners are lived again under another scale.
        if state.day <= self.day or not len(self.hours):
            none = np.zeros(traits.rows)
            self.weeks, self.hours, self.injuries = 0, none, none
            self.hurt_until = state.return_day.astype(np.float64)
        self.day = state.day
        self.weeks += 1
        self.hours = self.hours + state.km[:, -DAYS:].sum(axis=1) / traits.speed_km_h
        self.injuries = self.injuries + (state.return_day > self.hurt_until)
        self.hurt_until = np.maximum(self.hurt_until, state.return_day)

    def _rows(self, traits: Traits, state: State) -> pd.DataFrame:
        """Return the features that the evidence reads."""
        since = (state.day - state.return_day).astype(np.float64)
        hours = state.km / traits.speed_km_h[:, None]
        return pd.DataFrame(
            {
                "hours_7d": hours[:, -DAYS:].sum(axis=1),
                "hours_28d": hours[:, -MONTH:].sum(axis=1),
                # Only what a club would have on record: the rule must not know the simulator's own
                # state.
                "usual_hours_week": self.hours / self.weeks,
                "level_code": traits.level.astype(np.float64),
                "injuries_on_record": self.injuries,
                "weeks_at_risk_on_record": float(self.weeks),
                "hours_week_on_record": self.hours / self.weeks,
                "injuries_12m": self.injuries,
                "days_since_return": np.where(self.injuries > 0, np.maximum(since, 0.0), np.nan),
            }
        )

    def _ahead(self, traits: Traits, state: State, rows: pd.DataFrame) -> Ahead:
        chance = self.model.predict_proba(rows)[:, 1]
        unknown = np.full(len(chance), np.nan)
        longest = state.km.max(axis=1)
        return Ahead(
            probability=chance,
            low=unknown,
            high=unknown,
            base_rate=float(chance.mean()),
            hours_before=HoursBefore.of(rows),
            before=Before(np.where(longest > 0, longest, np.nan), np.zeros(len(chance), bool)),
            pace=60 / traits.speed_km_h,
            effects=self.effects,
        )


def coming_week(traits: Traits, plan: Plan) -> ComingWeek:
    """Return the drawn plan as a week ahead."""
    speed = traits.speed_km_h[:, None] * PACE_OF_KIND[plan.kind]
    hard = np.isin(plan.kind, (HARD, RACED)) & (plan.km > 0)
    return ComingWeek(plan.km, plan.km, 60 * plan.km / speed, hard)
