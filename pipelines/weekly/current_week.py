"""A week by the models in use, each on the features it was made with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from features.catalogue.settings import FeatureSettings
from forecasting.evidence.team_forecaster import BASE_RATE
from forecasting.forecaster import Forecaster
from forecasting.planning.planned_scores import Scored, planned_scores
from forecasting.planning.team_plan import TeamPlan, team_plan
from forecasting.scoring.on_record import RECORDS
from forecasting.settings import BandSettings, ScoreSettings, StatusSettings
from models.evidence.export import content
from models.evidence.model import ANY
from models.evidence.team import TeamEvidence, learnable, team_evidence
from models.settings.outcomes import OutcomeSettings
from models.week_ahead.effects import PlanEffects, prior_effects
from models.week_ahead.learning import team_effects
from pipelines.weekly.everybody import AT_HAND, Everybody, Learnt, Rested
from pipelines.weekly.models_in_use import ModelInUse
from pipelines.weekly.week import FRAMES, Week, forecast_week, forecaster_for, has_model

Matrix = Callable[[FeatureSettings], pd.DataFrame]
MOST_DESCRIBED: Final = 2_000
"""On what forecasts rest, a whole percentage, is told of so many athletes at the most: the first by
pseudonym, which is as good as drawn."""


def current_week(  # noqa: PLR0913 - each is a choice of its own
    tables: Mapping[str, pd.DataFrame],
    models: Mapping[str, ModelInUse],
    as_of: pd.Timestamp,
    horizon_days: int,
    matrix: Matrix,
    *,
    data_simulated: bool,
    score: ScoreSettings,
    status: StatusSettings,
    everybody: Everybody = AT_HAND,
) -> tuple[Week, pd.DataFrame]:
    """Score a day for every outcome.

    Champions of two outcomes may have been promoted at different times, with other feature blocks
    or windows: outcomes that share their settings share a matrix.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    models : mapping of str to ModelInUse
        By outcome.
    as_of : pandas.Timestamp
        Day of the forecast.
    horizon_days : int
        Length of the forecast period, for published evidence.
    matrix : callable
        Feature rows that include the day, by settings; the evidence model learns from the weeks
        before it.
    data_simulated : bool
        Whether the athletes are simulated.
    score, status
        Settings.
    everybody : Everybody
        What forecasts take from all athletes, where the tables hold some of them.

    Returns
    -------
    tuple of (Week, pandas.DataFrame)
        The forecasts in the order of `models`, and the day's feature rows of the first of them.
    """
    weeks, first = [], pd.DataFrame()
    for place, (settings, names) in enumerate(settings_groups(models)):
        rows = matrix(settings)
        # One matrix goes to the archive, so that drift is watched on one set of settings.
        first = rows if first.empty else first
        group = [models[name] for name in names]
        if place in everybody.learnt:
            learnt = everybody.learnt[place]
            forecasters = [_resting(model, learnt, horizon_days) for model in group]
        else:
            learnt, forecasters = learnt_of(group, rows, tables, as_of, horizon_days)
        week = forecast_week(
            tables,
            rows,
            as_of,
            forecasters,
            data_simulated=data_simulated,
            features=settings,
            score=score,
            status=status,
            everybody=everybody,
        )
        # What a plan does is learnt for any injury; `_as_planned` moves regions by the same ratio.
        if ANY in names:
            week = replace(week, ahead=_ahead(week, rows, tables, learnt.effects, everybody))
        team = learnt.evidence
        weeks.append(week if team is None else replace(week, learnt=_learnt(team)))
    # After the join: a plan also moves outcomes whose features have other settings.
    week = _as_planned(_joined(weeks), score.bands, everybody)
    return week, first[first["date"] == as_of].reset_index(drop=True)


def learnt_of(
    group: Sequence[ModelInUse],
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    horizon_days: int,
) -> tuple[Learnt, list[Forecaster]]:
    """Return what the records of all athletes have taught, and the forecaster of each model.

    Parameters
    ----------
    group : sequence of ModelInUse
        The models; all with the same settings of features.
    rows : pandas.DataFrame
        Feature rows that include the day.
    tables : mapping of str to pandas.DataFrame
        The tables; read where an outcome has no model, or no model but published evidence.
    as_of, horizon_days
        As for :func:`current_week`.
    """
    settings = group[0].features
    evidence, window = None, OutcomeSettings(horizon_days=horizon_days)
    if not all(has_model(model.folder) for model in group):
        evidence = team_evidence(rows, tables, as_of, window, settings.injuries)
    # The day's rows only, so that the stage (rows of many weeks) and the command say the same.
    today = rows[rows["date"] == as_of].sort_values("athlete", kind="stable").head(MOST_DESCRIBED)
    forecasters = [
        forecaster_for(m.folder, m.outcome, horizon_days, settings, evidence, recent=today)
        for m in group
    ]
    rests = {
        forecaster.outcome: Rested(forecaster.base_rate, forecaster.origin)
        for forecaster in forecasters
    }
    effects = prior_effects()
    if any(model.outcome == ANY for model in group):
        effects = _effects(evidence, rows, tables, as_of, window, settings)
    return Learnt(evidence, effects, rests), forecasters


def _resting(model: ModelInUse, learnt: Learnt, horizon_days: int) -> Forecaster:
    """Return the forecaster of a model that tells on what all forecasts of its outcome rest."""
    evidence = learnt.evidence
    # The recent weeks only serve to say what the forecasts rest on, which is known already.
    without_recent = (
        None if evidence is None else replace(evidence, recent=evidence.recent.iloc[:0])
    )
    forecaster = forecaster_for(
        model.folder, model.outcome, horizon_days, model.features, without_recent
    )
    return replace(forecaster, **learnt.rests[model.outcome]._asdict())


def _effects(
    team: TeamEvidence | None,
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    as_of: pd.Timestamp,
    window: OutcomeSettings,
    settings: FeatureSettings,
) -> PlanEffects:
    """Return what the week ahead does: as published where no rows of past weeks are at hand."""
    if team is None or team.recent.empty:
        return prior_effects()
    rules = settings.injuries
    learnt = learnable(rows[rows["date"] <= as_of], tables, as_of, window, rules)
    return team_effects(learnt, team.models[ANY], tables, as_of, window, rules)


def _ahead(
    week: Week,
    rows: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    effects: PlanEffects,
    everybody: Everybody,
) -> TeamPlan | None:
    scores = week.scores[week.scores["outcome"] == ANY]
    sessions, plans = tables["sessions"], tables["plans"]
    return team_plan(scores, rows, sessions, plans, effects, everybody.team)


def _as_planned(week: Week, settings: BandSettings, everybody: Everybody) -> Week:
    """Return the week whose forecasts know the plans; the week ahead keeps those that do not."""
    if week.ahead is None:
        return week
    known = Scored(week.scores, week.reasons, week.blocks)
    planned_forecasts = planned_scores(
        known, week.ahead, settings, untouched=(BASE_RATE,), reference=everybody.team
    )
    return replace(
        week,
        scores=planned_forecasts.scores,
        reasons=planned_forecasts.reasons,
        blocks=planned_forecasts.blocks,
    )


def _learnt(team: TeamEvidence) -> dict[str, Any]:
    """Return what the team's own weeks have taught, by outcome, as plain values."""
    return {name: content(model) for name, model in team.models.items()}


def settings_groups(models: Mapping[str, ModelInUse]) -> list[tuple[FeatureSettings, list[str]]]:
    """Return the settings of features in use, each with the outcomes that share them."""
    groups: list[tuple[FeatureSettings, list[str]]] = []
    for name, model in models.items():
        for settings, names in groups:
            if settings == model.features:
                names.append(name)
                break
        else:
            groups.append((model.features, [name]))
    return groups


def _joined(weeks: list[Week]) -> Week:
    if len(weeks) == 1:
        return weeks[0]
    # Records are of the athletes, not of an outcome: joined they would stand there twice.
    shared = {name: getattr(weeks[0], name) for name in RECORDS}
    frames = {
        name: pd.concat([getattr(week, name) for week in weeks], ignore_index=True)
        for name in FRAMES
        if name not in shared
    }
    learnt = next((week.learnt for week in weeks if week.learnt), {})
    ahead = next((week.ahead for week in weeks if week.ahead is not None), None)
    way_back = weeks[0].way_back
    return Week(**frames, **shared, way_back=way_back, learnt=learnt, ahead=ahead)
