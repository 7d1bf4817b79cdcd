"""What a team's own weeks teach of the week ahead: planned where there was a plan, else as run."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.injuries.settings import InjuryRules
from features.week_ahead.as_run import censored_at_onset
from features.week_ahead.planned import planned_week
from features.week_ahead.run_days import RunDays, run_days
from features.week_ahead.usual import usual_week
from features.week_ahead.week import Measures, measured
from models.evidence.model import ANY, EvidenceModel
from models.evidence.posterior import Likelihood, laplace
from models.evidence.team import known_labels
from models.settings.outcomes import OutcomeSettings
from models.week_ahead.effects import PlanEffects, prior_effects, spike_log_ratio
from models.week_ahead.hours import HoursBefore

PLANS_BEFORE: Final = "plans_before"
LEAST_WEEKS: Final = 50
"""Fewer weeks have no mean of their own to count from."""


@dataclass(frozen=True, eq=False)
class WeeksAhead:
    """Past weeks in numbers.

    Parameters
    ----------
    week : Measures
        What is learnt from: the plan, or the running without what an onset left in it.
    before : HoursBefore
        Hours before them; unknown where the hours of the week teach nothing.
    whole : Measures
        The plan, or all of the running: what an average week is.
    """

    week: Measures
    before: HoursBefore
    whole: Measures


def learnt_effects(weeks: WeeksAhead, log_hazard: Floats, event: Floats) -> PlanEffects:
    """Return the effects after weeks whose outcome is known.

    Parameters
    ----------
    weeks : WeeksAhead
        Of n weeks.
    log_hazard : ndarray of shape (n,)
        Log hazard that was forecast without knowing the week.
    event : ndarray of shape (n,)
        1 where a new injury followed, else 0.
    """
    start = prior_effects()
    if len(event) < LEAST_WEEKS:
        return start
    # Centred on the weeks that teach, or the level would have to take the difference up.
    design = _centred(start, weeks.week).design(weeks.week, weeks.before)
    gaussian = laplace(start.coefficients, _likelihood(design, log_hazard, event))
    return replace(
        # Forecasts are of whole weeks, so they are counted from the means of whole weeks.
        _centred(start, weeks.whole),
        coefficients=gaussian,
        weeks=len(event),
        events=int(event.sum()),
    )


def _centred(start: PlanEffects, week: Measures) -> PlanEffects:
    """Return the effects counted from the means of weeks."""
    spikes = spike_log_ratio(week.ratio)
    known = np.isfinite(spikes)
    return replace(
        start,
        mean_spike=float(spikes[known].mean()) if known.any() else start.mean_spike,
        mean_pairs=float(week.hard_pairs.mean()),
    )


def team_effects(
    learnt: pd.DataFrame,
    model: EvidenceModel,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    outcome: OutcomeSettings,
    rules: InjuryRules,
) -> PlanEffects:
    """Return what the weeks of a team have taught up to a day.

    Parameters
    ----------
    learnt : pandas.DataFrame
        From :func:`models.evidence.team.learnable`.
    model : EvidenceModel
        Of any injury.
    tables : mapping of str to pandas.DataFrame
        athletes, injuries, sessions and, where plans are known, `plans_before` (as known on each
        past day, with the day in `as_of`).
    as_of, outcome, rules
        The day, horizon, and how injuries are counted.
    """
    if len(learnt) < LEAST_WEEKS:
        return prior_effects()
    run = run_days(tables["sessions"], learnt["athlete"], as_of)
    plans = tables.get(PLANS_BEFORE)
    if plans is None:
        plans = tables["plans"].iloc[:0].assign(as_of=tables["plans"]["date"].iloc[:0])
    weeks = weeks_ahead(learnt, run, plans, tables, as_of, outcome, rules)
    event = learnt[f"event_{ANY}"].to_numpy(dtype=np.float64)
    return learnt_effects(weeks, model.log_hazard(learnt), event)


def weeks_ahead(
    rows: pd.DataFrame,
    run: RunDays,
    plans: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    outcome: OutcomeSettings,
    rules: InjuryRules,
) -> WeeksAhead:
    """Return the weeks after past rows in numbers: planned where there was a plan, else as run.

    Parameters
    ----------
    rows : pandas.DataFrame
        Feature rows whose week is over.
    run : RunDays
        Running up to `as_of`.
    plans : pandas.DataFrame
        Plans as known on each row's day, with the day in `as_of`.
    tables : mapping of str to pandas.DataFrame
        athletes, injuries and, where they are known, sessions and mileage.
    as_of : pandas.Timestamp
        Nothing later is used.
    outcome, rules
        Horizon, and how injuries are counted.
    """
    # By the same ends of injuries as the events that are learnt from: a week is cut at the onset
    # that makes it an event, and at no other.
    labels = known_labels(rows, (ANY,), tables, as_of, outcome, rules)[ANY]
    usual, _ = usual_week(run, rows)
    planned, has_plan = planned_week(plans, rows, run.pace, usual)
    # Running stops with the injury: uncut, few hours and no long run would seem to cause injuries.
    cut = censored_at_onset(run.after(rows), usual, rows, labels["onset_date"])
    before = run.before(rows)
    return WeeksAhead(
        week=measured(planned.where(has_plan, cut), before),
        # What was run before an onset is no measure of the week's hours.
        before=HoursBefore.of(rows).where(has_plan),
        whole=measured(planned.where(has_plan, run.after(rows)), before),
    )


def _likelihood(design: Floats, log_hazard: Floats, event: Floats) -> Likelihood:
    """Return the likelihood of weekly events with p = 1 - exp(-H), H log-linear in the effects."""

    def likelihood(coefficients: Floats) -> tuple[float, Floats, Floats]:
        rate = np.exp(np.clip(log_hazard + design @ coefficients, -30.0, 5.0))
        odds = rate / np.expm1(rate)
        gradient = design.T @ (event * odds - (1 - event) * rate)
        information = (design * (rate * odds)[:, None]).T @ design
        logs = event * np.log(-np.expm1(-rate)) - (1 - event) * rate
        return float(logs.sum()), gradient, information

    return likelihood
