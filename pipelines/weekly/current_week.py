"""A week by the models in use, each on the features it was made with."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from features.catalogue.settings import FeatureSettings
from forecasting.evidence.team_forecaster import BASE_RATE
from forecasting.planning.planned_scores import Scored, planned_scores
from forecasting.planning.team_plan import TeamPlan, team_plan
from forecasting.settings import BandSettings, ScoreSettings, StatusSettings
from models.evidence.export import content
from models.evidence.model import ANY
from models.evidence.team import TeamEvidence, learnable, team_evidence
from models.settings.outcomes import OutcomeSettings
from models.week_ahead.effects import PlanEffects, prior_effects
from models.week_ahead.learning import team_effects
from pipelines.weekly.models_in_use import ModelInUse
from pipelines.weekly.week import FRAMES, Week, forecast_week, forecaster_for, has_model

Matrix = Callable[[FeatureSettings], pd.DataFrame]


def current_week(
    tables: Mapping[str, pd.DataFrame],
    models: Mapping[str, ModelInUse],
    as_of: pd.Timestamp,
    horizon_days: int,
    matrix: Matrix,
    *,
    data_simulated: bool,
    score: ScoreSettings,
    status: StatusSettings,
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

    Returns
    -------
    tuple of (Week, pandas.DataFrame)
        The forecasts in the order of `models`, and the day's feature rows of the first of them.
    """
    weeks, first = [], pd.DataFrame()
    for settings, names in _grouped(models):
        rows = matrix(settings)
        first = rows if first.empty else first
        folders = {name: models[name].folder for name in names}
        team, window = None, OutcomeSettings(horizon_days=horizon_days)
        if not all(has_model(folder) for folder in folders.values()):
            team = team_evidence(rows, tables, as_of, window, settings.injuries)
        # Of the day alone: the stage has rows of many weeks, the command's models need no other.
        today = rows[rows["date"] == as_of]
        forecasters = [
            forecaster_for(folder, name, horizon_days, settings, team, recent=today)
            for name, folder in folders.items()
        ]
        week = forecast_week(
            tables,
            rows,
            as_of,
            forecasters,
            data_simulated=data_simulated,
            features=settings,
            score=score,
            status=status,
        )
        if ANY in names:
            effects = _effects(team, rows, tables, as_of, window, settings)
            week = replace(week, ahead=_ahead(week, rows, tables, effects))
        weeks.append(week if team is None else replace(week, learnt=_learnt(team)))
    return _as_planned(_joined(weeks), score.bands), first[first["date"] == as_of].reset_index(
        drop=True
    )


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
    week: Week, rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], effects: PlanEffects
) -> TeamPlan | None:
    scores = week.scores[week.scores["outcome"] == ANY]
    return team_plan(scores, rows, tables["sessions"], tables["plans"], effects)


def _as_planned(week: Week, settings: BandSettings) -> Week:
    """Return the week whose forecasts know the plans; the week ahead keeps those that do not."""
    if week.ahead is None:
        return week
    known = Scored(week.scores, week.reasons, week.blocks)
    planned_forecasts = planned_scores(known, week.ahead, settings, untouched=(BASE_RATE,))
    return replace(
        week,
        scores=planned_forecasts.scores,
        reasons=planned_forecasts.reasons,
        blocks=planned_forecasts.blocks,
    )


def _learnt(team: TeamEvidence) -> dict[str, Any]:
    """Return what the team's own weeks have taught, by outcome, as plain values."""
    return {name: content(model) for name, model in team.models.items()}


def _grouped(models: Mapping[str, ModelInUse]) -> list[tuple[FeatureSettings, list[str]]]:
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
    once = (
        "daily_load", "records", "figures", "to_check", "strength", "injuries", "complaints",
        "measured",
    )  # fmt: skip
    shared = {name: getattr(weeks[0], name) for name in once}
    frames = {
        name: pd.concat([getattr(week, name) for week in weeks], ignore_index=True)
        for name in FRAMES
        if name not in shared
    }
    learnt = next((week.learnt for week in weeks if week.learnt), {})
    ahead = next((week.ahead for week in weeks if week.ahead is not None), None)
    way_back = weeks[0].way_back
    return Week(**frames, **shared, way_back=way_back, learnt=learnt, ahead=ahead)
