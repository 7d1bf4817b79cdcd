"""The week ahead of a team: what is planned, what is usual, and what the forecast makes of it."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from common.arrays import Bools
from features.week_ahead.planned import planned_week
from features.week_ahead.run_days import RunDays, run_days
from features.week_ahead.usual import usual_week
from features.week_ahead.week import ComingWeek
from forecasting.planning.ahead import Ahead
from forecasting.planning.rules_of_thumb import Seen, seen_before
from forecasting.reasons.team_baseline import OF_THESE_ROWS, TeamReference
from models.week_ahead.effects import PlanEffects
from models.week_ahead.hours import HoursBefore


@dataclass(frozen=True, eq=False)
class TeamPlan:
    """The week ahead of the athletes who have a forecast, one row each.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date (the as-of day).
    ahead : Ahead
        Forecasts that know the week.
    usual, planned : ComingWeek
        The usual week, and the planned one; where there is no plan, the usual one again.
    has_usual, has_plan : ndarray of bool
        Whether there are such weeks.
    seen : Seen
        What the record holds.
    run : RunDays
        Running day by day.
    """

    rows: pd.DataFrame
    ahead: Ahead
    usual: ComingWeek
    planned: ComingWeek
    has_usual: Bools
    has_plan: Bools
    seen: Seen
    run: RunDays

    @property
    def as_of(self) -> pd.Timestamp:
        """Day of the forecast."""
        return pd.Timestamp(self.rows["date"].iloc[0])

    def with_plans(self, plans: pd.DataFrame) -> "TeamPlan":
        """Return the team with other plans for the athletes that these plans name."""
        week, is_planned = planned_week(plans, self.rows, self.run.pace, self.usual)
        return replace(
            self, planned=week.where(is_planned, self.planned), has_plan=self.has_plan | is_planned
        )


def team_plan(
    scores: pd.DataFrame,
    rows: pd.DataFrame,
    sessions: pd.DataFrame,
    plans: pd.DataFrame,
    effects: PlanEffects,
    reference: TeamReference = OF_THESE_ROWS,
) -> TeamPlan | None:
    """Return the week ahead of a scored team; None without a forecast, or a plan to take notes of.

    Parameters
    ----------
    scores : pandas.DataFrame
        Of one outcome and day, from :func:`forecasting.scoring.week.score_week`.
    rows : pandas.DataFrame
        Feature rows that include the day.
    sessions : pandas.DataFrame
        The `sessions` table.
    plans : pandas.DataFrame
        The `plans` table as known on the day.
    effects : PlanEffects
        What weeks do.
    reference : TeamReference
        Where the pace of the team comes from.
    """
    scored = scores[scores["probability"].notna()]
    if scored.empty:
        return None
    as_of = pd.Timestamp(scored["as_of"].iloc[0])
    keys = scored[["athlete"]].assign(date=as_of).reset_index(drop=True)
    # In the order of the scores: all arrays below are matched by position.
    today = keys.merge(rows[rows["date"] == as_of], on=["athlete", "date"], how="left")
    run = run_days(sessions, keys["athlete"], as_of, reference.pace)
    # Without any plan the paces, which were noted just now, are all that athletes have in common.
    if reference.takes_notes and plans.empty:
        return None
    # The usual week stands in where nothing is planned, so that each athlete has a week to weigh.
    usual, has_usual = usual_week(run, keys)
    # With `not later`, so that a plan without such a day still counts.
    known = plans[~(plans["known_since"] > as_of)]
    planned, has_plan = planned_week(known, keys, run.pace, usual)
    low, high, chance = (
        scored[name].to_numpy(dtype=np.float64, na_value=np.nan)
        for name in ("probability_low", "probability_high", "probability")
    )
    ahead = Ahead(
        probability=chance,
        low=low,
        high=high,
        base_rate=float(scored["base_rate"].iloc[0]),
        hours_before=HoursBefore.of(today),
        before=run.before(keys),
        pace=keys["athlete"].map(run.pace).to_numpy(dtype=np.float64),
        effects=effects,
    )
    return TeamPlan(keys, ahead, usual, planned, has_usual, has_plan, seen_before(run, keys), run)
