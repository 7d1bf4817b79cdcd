"""`stridecast score`: from a folder of exports to a ranked list and a page, without DVC."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from features.matrix import feature_matrix
from features.settings import FeatureSettings
from forecasting.machine import machine_readable
from forecasting.score import ScoreSettings
from forecasting.spreadsheet import write_safe_csv
from forecasting.status import StatusSettings
from ingest.dataset import DatasetConfig, load_config
from ingest.errors import StridecastError
from ingest.pseudonym import key_for, pseudonym
from ingest.run import IngestResult, ingest
from ingest.settings_error import settings_error
from ingest.store import read_json, write_json
from models.artifact import FACTS_FILE, read_facts
from models.outcomes import OutcomeSettings
from pipelines.archive import Archive
from pipelines.lock import only_writer
from pipelines.page_context import Memory, page_context, write_page
from pipelines.recall import recall
from pipelines.weekly import Week, forecast_week, forecaster_for
from pipelines.workspace import FEATURE_SETTINGS_FILE, Workspace, kept_parses

OUTCOMES = ("any", "knee")
PAGE = "forecast.html"
REJECTS = "rejects.csv"
SHOWN_REJECTS = 5

Say = Callable[[str], None]


@dataclass(frozen=True)
class ScoreRequest:
    """What a coach asks for.

    Parameters
    ----------
    data : Path
        Folder with `dataset.yaml` and the exports.
    out : Path
        Folder for scores and page.
    as_of : pandas.Timestamp or None
        Day of the forecast; None takes the day of the latest record.
    project : Path
        Folder with trained models (`artifacts/models/<dataset>`); without one for this dataset
        the evidence index is used.
    with_names : bool
        Whether the page shows the roster's ids in place of pseudonyms.
    dry_run : bool
        Whether everything is done but the writing.
    """

    data: Path
    out: Path
    as_of: pd.Timestamp | None
    project: Path
    with_names: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Scored:
    """A scored week and what it was made from.

    Parameters
    ----------
    week : Week
        The forecasts.
    rows : pandas.DataFrame
        The feature rows behind them.
    names : dict of str to str
        The names to show in place of pseudonyms (none unless asked for).
    memory : Memory
        Earlier weeks.
    config : DatasetConfig
        The dataset's settings.
    result : IngestResult
        What was read.
    models : dict of str to Path
        Folder of each outcome's model.
    horizon_days : int
        Length of the forecast period.
    is_hindcast : bool
        Whether later records lay in the folder already.
    """

    week: Week
    rows: pd.DataFrame
    names: dict[str, str]
    memory: Memory
    config: DatasetConfig
    result: IngestResult
    models: dict[str, Path]
    horizon_days: int
    is_hindcast: bool


def score_folder(request: ScoreRequest, say: Say) -> Scored:
    """Score a folder and write the page, the scores and the account of what was read.

    Parameters
    ----------
    request : ScoreRequest
        What is asked for.
    say : callable
        Told what is being done, one line each.

    Returns
    -------
    Scored
        The forecasts, and what they were made from.

    Raises
    ------
    StridecastError
        If there is nothing to score, the day lies outside the data, a model is not whole, or
        another run writes to the same folder.
    """
    # Before the lock, so that a mistyped folder leaves no empty --out behind.
    config = load_config(request.data)
    if request.dry_run:
        return _score(request, config, say)
    with only_writer(request.out):
        done = _score(request, config, say)
        _write(request, done)
    return done


def _score(request: ScoreRequest, config: DatasetConfig, say: Say) -> Scored:
    say(f"reading {request.data}")
    # A dry run writes nothing, not even what it parsed.
    cache = None if request.dry_run else kept_parses(request.project)
    result = ingest(request.data, observed_to=_last_day(config, request.as_of), cache=cache)
    for line in (_account(result), *_refused(result, request.out)):
        say(line)
    latest = _latest_record(result)
    as_of = request.as_of or latest
    workspace = Workspace(request.project, config.name)
    models = {name: workspace.scoring_model(name) for name in OUTCOMES}
    features = feature_settings(models.values())
    say(f"features as of {as_of.date()}")
    rows = feature_matrix(result.tables, features, pd.DatetimeIndex([as_of]))
    if rows.empty:
        raise StridecastError(
            f"nobody in {request.data} is under observation on {as_of.date()}",
            f"choose a day from {config.observed_from} to {config.observed_to}",
        )
    horizon = model_horizon(models.values())
    week = forecast_week(
        result.tables,
        rows,
        as_of,
        [forecaster_for(folder, name, horizon, features) for name, folder in models.items()],
        data_simulated=config.simulated,
        features=features,
        score=ScoreSettings(),
        status=StatusSettings(),
    )
    archive = Archive(request.out, config.name)
    memory = recall(archive, week, result.tables, horizon, features)
    return Scored(
        week=week,
        rows=rows,
        names=names_of(request.data, config) if request.with_names else {},
        memory=memory,
        config=config,
        result=result,
        models=models,
        horizon_days=horizon,
        is_hindcast=latest > as_of,
    )


def _write(request: ScoreRequest, done: Scored) -> None:
    """Write every file in one step each; the page last, for it is what people wait for."""
    week, out = done.week, request.out
    week.write(out)
    compared = done.memory.compared
    if compared is not None:
        write_json(
            out / "scores.json",
            machine_readable(
                done.config.name, done.horizon_days, week.scores, week.reasons, compared
            ),
        )
    write_json(out / "ingest.json", done.result.report)
    write_safe_csv(out / REJECTS, done.result.tables["rejects"])
    Archive(out, done.config.name).store(week.scores, done.rows, hindcast=done.is_hindcast)
    context = page_context(
        week,
        Workspace(request.project, done.config.name),
        simulated=done.config.simulated,
        horizon_days=done.horizon_days,
        models=done.models,
        names=done.names,
        memory=done.memory,
    )
    write_page(context, out / PAGE)


def _last_day(config: DatasetConfig, as_of: pd.Timestamp | None) -> pd.Timestamp | None:
    """Let a forecast run past the `observed_to` that somebody once wrote down."""
    if as_of is None or as_of.date() <= config.observed_to:
        return None
    return as_of


def _latest_record(result: IngestResult) -> pd.Timestamp:
    return pd.Timestamp(result.tables["sessions"]["local_date"].max())


def _account(result: IngestResult) -> str:
    totals = result.report["totals"]
    return (
        f"{len(result.report['files']):,} files: {totals['read']:,} records read = "
        f"{totals['accepted']:,} accepted + {totals['repaired']:,} repaired + "
        f"{totals['rejected']:,} rejected"
    )


def _refused(result: IngestResult, out: Path) -> list[str]:
    """Return the first refused records in words, and where all of them are."""
    rejects = result.tables["rejects"]
    lines = [f"  {row['source']}: {row['sentence']}" for row in rejects.to_dict("records")]
    more = [f"  all {len(lines):,} in {out / REJECTS}"] if len(lines) > SHOWN_REJECTS else []
    return lines[:SHOWN_REJECTS] + more


def feature_settings(models: Iterable[Path]) -> FeatureSettings:
    """Return the settings the models' features were made with."""
    for folder in models:
        path = folder / FEATURE_SETTINGS_FILE
        if path.exists():
            try:
                return FeatureSettings.model_validate(read_json(path))
            except ValidationError as error:
                raise settings_error(str(path), error, FeatureSettings) from None
    return FeatureSettings()


def model_horizon(models: Iterable[Path]) -> int:
    """Return the horizon the models were trained for."""
    for folder in models:
        if (folder / FACTS_FILE).exists():
            return read_facts(folder).horizon_days
    return OutcomeSettings().horizon_days


def names_of(folder: Path, config: DatasetConfig) -> dict[str, str]:
    """Return the roster's id of each pseudonym; it is read here and stored nowhere."""
    rosters = sorted(folder.rglob("roster.csv"))
    ids = {name for path in rosters for name in pd.read_csv(path, dtype=str)["athlete"].dropna()}
    key = key_for(config)
    return {pseudonym(key, config.name, name): name for name in ids}
