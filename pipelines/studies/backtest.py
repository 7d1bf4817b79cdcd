"""`stridecast backtest`: a season forecast week by week from what was known, and what came true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.language import message
from common.table_files import read_tables
from common.text.plain_words import plain_date
from features.catalogue.entry import Feature
from features.injuries.known_running import known_runs
from features.matrix import feature_matrix
from features.panel.athlete_days import LOGGING_SOURCES
from forecasting.scoring.season import season_status
from forecasting.status.statuses import SCORED
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.run import ingest
from models.comparators.names import EVIDENCE_MODEL, PUBLISHED_EVIDENCE
from models.comparators.rules import fit_rules
from models.estimators.additive import AdditiveRisk
from models.evaluation.replay import Known, Learn, Predict, replay, season
from models.evidence.learnt import learnt_evidence
from models.evidence.model import OUTCOMES, EvidenceModel
from models.settings.outcomes import Outcome
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.params import Params, project_params
from pipelines.runtime.workspace import Workspace, kept_parses
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import known_features, model_features
from pipelines.weekly.score_folder import Say

COMPARED = (
    "previous_injury_score",
    "longest_run_spike_score",
    "acwr_above_1_5_score",
)
"""Rules, as scores, that are replayed beside the models; refitted when these are."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class BacktestRequest:
    """What is to be replayed.

    Parameters
    ----------
    data : Path or None
        A club's folder with `dataset.yaml` and the exports; None takes the tables of `dataset`.
    dataset : str
        Name of a dataset whose stages have run.
    outcome : str
        What is forecast.
    model : {"risk", "additive"}
        Whose lists and figures are told in full.
    weeks : int or None
        Weeks to replay, the latest; None takes a year, or half of the data if that is less.
    retrain_every : int
        Weeks from one training to the next.
    per_team : int
        Places on each team's weekly list.
    project : Path
        Folder with `params.yaml`; without one the defaults hold.
    """

    data: Path | None
    dataset: str
    outcome: Outcome
    model: str
    weeks: int | None
    retrain_every: int
    per_team: int
    project: Path


@dataclass(frozen=True)
class Season:
    """A replayed season.

    Parameters
    ----------
    config : DatasetConfig
        The dataset's settings.
    params : Params
        Settings of features, models and evaluation.
    rows : pandas.DataFrame
        One row per athlete and week: athlete, team, date, status, trained_on, event (null where
        not known), onset_date, and a probability per model.
    models : tuple of str
        Their columns, the models first.
    """

    config: DatasetConfig
    params: Params
    rows: pd.DataFrame
    models: tuple[str, ...]


def replay_season(request: BacktestRequest, say: Say, progress: Progress) -> Season:
    """Read the data, forecast the season and add what happened.

    Raises
    ------
    StridecastError
        If the data cannot be read, or hold too few weeks or injuries.
    """
    params = project_params(request.project)
    tables, config = _tables(request, say)
    say(message("features as of {day}", day=plain_date(last_day(tables))))
    return replay_tables(tables, config, params, request, progress)


def replay_tables(
    tables: Mapping[str, pd.DataFrame],
    config: DatasetConfig,
    params: Params,
    request: BacktestRequest,
    progress: Progress,
) -> Season:
    """Forecast the season of a dataset's tables; nothing dated after a week moves its forecasts.

    Raises
    ------
    StridecastError
        If the tables hold too few weeks or injuries.
    """
    rows, last = feature_matrix(tables, params.features), last_day(tables)
    rules, outcome = params.features.injuries, params.outcome
    outcome_arguments = tables["injuries"], tables["athletes"], request.outcome, outcome, rules
    known = Known(*outcome_arguments, known_runs(tables, last))
    # A week whose horizon is not over yet cannot be verified.
    days = season(rows["date"], request.weeks, last - pd.Timedelta(days=outcome.reach_days))
    weeks = replay(
        rows,
        known,
        days,
        learner(params, request.outcome),
        retrain_every=request.retrain_every,
        least_events=params.train.min_events,
    )
    forecasts = []
    for done, week in enumerate(weeks, start=1):
        forecasts.append(week)
        progress(done, len(days), str(week["date"].iloc[0].date()))
    status = season_status(tables, days, params.features, params.status)
    return _with_outcomes(config, params, pd.concat(forecasts), status, known, last)


def _with_outcomes(
    config: DatasetConfig,
    params: Params,
    forecasts: pd.DataFrame,
    status: pd.DataFrame,
    known: Known,
    last: pd.Timestamp,
) -> Season:
    """Add status and outcome; who was not scored on the day has no probability."""
    models = tuple(str(c) for c in forecasts if c not in ("athlete", "date", "trained_on"))
    labels = known.labels(forecasts[["athlete", "date"]], last)
    labelled = forecasts.assign(event=labels["event"], onset_date=labels["onset_date"])
    joined = status.merge(labelled, on=["athlete", "date"], how="inner", validate="1:1")
    unscored = joined["status"] != SCORED
    # A club would have seen no number for them, so none may count in the verification.
    joined.loc[unscored, list(models)] = np.nan
    return Season(
        config, params, joined.sort_values(["date", "athlete"], ignore_index=True), models
    )


def learner(params: Params, outcome: Outcome) -> Learn:
    """Return what trains both kinds of model and the rules on the rows of a day.

    Parameters
    ----------
    params : Params
        Settings of features and models.
    outcome : str
        What is forecast.
    """
    entries = model_features(params, outcome)

    def learn(train: pd.DataFrame) -> Mapping[str, Predict]:
        return _models(params, outcome, entries, train)

    return learn


def _models(
    params: Params, outcome: Outcome, entries: tuple[Feature, ...], train: pd.DataFrame
) -> dict[str, Predict]:
    # For each training anew: early weeks know fewer features than the whole season.
    entries = known_features(entries, train)
    x, y = train[[f.name for f in entries]], train["event"]
    who, related = train["athlete"], train["related"]
    risk = fit_main(main_model(params, outcome, entries), x, train)
    additive = AdditiveRisk(params.additive).fit(x, y, who, related=related)
    rules = fit_rules(train, y)
    rate = float(y.mean())
    predictors: dict[str, Predict] = {
        "risk": lambda rows: _injury(risk.predict_proba(rows)),
        "additive": lambda rows: _injury(additive.predict_proba(rows)),
    }
    predictors |= {name: rules[name].probability for name in COMPARED}
    predictors |= _evidence(params, outcome, train)
    predictors["base_rate"] = lambda rows: np.full(len(rows), rate)
    return predictors


def _evidence(params: Params, outcome: Outcome, train: pd.DataFrame) -> dict[str, Predict]:
    """Return published figures alone and after the training rows, if there are such figures."""
    if outcome not in OUTCOMES:
        return {}
    horizon = params.outcome.horizon_days
    published = EvidenceModel.published(outcome, None, horizon)
    labels_and_groups = (train["event"], train["related"], train["athlete"])
    learnt = learnt_evidence(outcome, train, *labels_and_groups, horizon)
    return {
        PUBLISHED_EVIDENCE: lambda rows: _injury(published.predict_proba(rows)),
        EVIDENCE_MODEL: lambda rows: _injury(learnt.predict_proba(rows)),
    }


def _injury(both: Floats) -> Floats:
    return both[:, 1]


def _tables(request: BacktestRequest, say: Say) -> tuple[dict[str, pd.DataFrame], DatasetConfig]:
    if request.data is not None:
        config = load_config(request.data)
        say(message("reading {folder}", folder=request.data))
        result = ingest(request.data, cache=kept_parses(request.project))
        return result.tables, config
    workspace = Workspace(request.project, request.dataset)
    if not workspace.tables.exists():
        raise StridecastError(
            f"{workspace.tables}: no tables of {request.dataset!r} here",
            f"run `dvc exp run -S dataset={request.dataset}` first, or name a folder with --data",
        )
    return read_tables(workspace.tables), read_dataset(workspace)


def last_day(tables: Mapping[str, pd.DataFrame]) -> pd.Timestamp:
    """Return the last day that was seen: `observed_to` may lie ahead of the last record."""
    logged = [tables[name][column].max() for name, column in LOGGING_SOURCES.items()]
    return pd.Timestamp(min(max(filter(pd.notna, logged)), tables["athletes"]["observed_to"].max()))
