"""`stridecast score`: from a folder of exports to a ranked list and a page, without DVC."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

import pandas as pd

from common.errors import StridecastError
from common.file_set import file_set
from common.language import message, speaking
from common.machine.text_storage import python_text
from common.run_log import timed
from common.text.plain_words import plain_date
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from forecasting.monitoring.late_reports import with_reports
from forecasting.status.record_days import last_training_day
from forecasting.status.running_record import running_record
from ingest.dataset.key import existing_key
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.people.key_fingerprint import check_key, has_fingerprint
from ingest.people.pseudonym import key_for, pseudonym
from ingest.people.roster_file import ROSTER, RosterFile
from ingest.run import IngestResult, ingest
from models.week_ahead.learning import PLANS_BEFORE
from pipelines.history.injury_memory import InjuryMemory, last_list_before
from pipelines.history.plan_memory import PlanMemory
from pipelines.runtime.lock import keep_out_of_git, only_writer
from pipelines.runtime.params import Params, project_params
from pipelines.runtime.workspace import Workspace, kept_parses
from pipelines.weekly.current_week import current_week
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.models_in_use import (
    ModelInUse,
    forecastable,
    injury_rules,
    model_horizon,
    models_in_use,
)
from pipelines.weekly.past_forecasts import past_forecasts
from pipelines.weekly.score_files import write_files
from pipelines.weekly.score_lines import account_line, refused_lines, repaired_lines
from pipelines.weekly.scored import OUTCOMES, REJECTS, Scored, ScoreRequest
from pipelines.weekly.session_memory import KnownSessions
from pipelines.weekly.to_do import (
    ToDo,
    blank_levels,
    damaged_files,
    gone_sessions,
    impossible_days,
    no_injury_list,
    opposite_forms,
    quiet_week,
    return_dates,
    settings_to_check,
)
from pipelines.weekly.week import Week, has_model
from reporting.languages.other_sports import other_sports_line
from reporting.weekly.freshness import unknown_list

DAYS_PER_WEEK = 7
DAY = pd.Timedelta(days=1)

Say = Callable[[str], None]


def score_folder(request: ScoreRequest, say: Say) -> Scored:
    """Score a folder and write the page, the scores and the account of what was read.

    Parameters
    ----------
    request : ScoreRequest
        What is asked for.
    say : callable
        Called with what is being done, one line each.

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
    with speaking(request.language or config.language), python_text():
        return _scored(request, config, say)


def _scored(request: ScoreRequest, config: DatasetConfig, say: Say) -> Scored:
    if request.dry_run:
        return _score(request, config, say)
    with only_writer(request.out):
        keep_out_of_git(request.out)
        done = _score(request, config, say)
        # Not in a dry run, which has no lock: only the run with the lock may rename damaged files.
        done.archive.set_aside()
        with timed("step=write"), file_set(request.out) as draft:
            write_files(request, done, draft)
    return done


def _score(request: ScoreRequest, config: DatasetConfig, say: Say) -> Scored:
    say(message("reading {folder}", folder=request.data))
    archive = Archive(request.out, config.name)
    # First of all: with another key every athlete would begin a second history under a new code.
    check_archive_key(archive, request.data, config)
    config, result = _read(request, config)
    for line in _reading_lines(request, result):
        say(line)
    _demand_sessions(request, result)

    latest = last_training_day(result.tables)
    as_of = request.as_of or latest
    # Of the latest day, also in a look back: an entry is first seen when the folder is read.
    seen = _injuries_seen(archive, result, max(latest, as_of))
    result.tables["injuries"] = with_reports(result.tables["injuries"], seen)
    is_list_known = (
        # A past day without a list of that time: what the injury record said then is not known.
        as_of >= latest or last_list_before(archive.forecasts(), as_of + DAY) is not None
    )
    if not is_list_known:
        say(unknown_list(as_of))
    params = project_params(request.project)
    models, left_out = _usable_models(request, config, params)
    for line in left_out:
        say(line)
    if others := other_sports_line(running_record(result.tables, as_of)):
        say(others)
    say(message("features as of {day}", day=plain_date(as_of)))

    # A trained model needs the rows of one day; published evidence also learns from past weeks.
    learns = not all(has_model(model.folder) for model in models.values())
    days = weekly_days(result.tables, as_of) if learns else pd.DatetimeIndex([as_of])
    horizon = model_horizon(models)
    week, rows = current_week(
        result.tables | {"unclear": _unclear(result)} | _plans(archive, result, as_of, days),
        models,
        as_of,
        horizon,
        _feature_rows(request, config, result, days),
        data_simulated=config.simulated,
        score=params.score,
        status=params.status,
    )
    return Scored(
        week=week,
        rows=rows,
        names=names_of(request.data, config) if request.with_names else {},
        memory=past_forecasts(archive, week, result.tables, horizon, injury_rules(models)),
        config=config,
        result=result,
        models=models,
        horizon_days=horizon,
        is_hindcast=latest > as_of,
        to_do=_to_do(request, config, archive, result, week, models),
        archive=archive,
        injuries_seen=seen,
        is_list_known=is_list_known,
        left_out=tuple(left_out),
    )


def _read(request: ScoreRequest, config: DatasetConfig) -> tuple[DatasetConfig, IngestResult]:
    """Read the folder, and once more where its questions were answered on the way."""
    # A dry run writes nothing, not even what it parsed.
    is_unkept = request.dry_run and not request.keep_parses
    cache = None if is_unkept else kept_parses(request.project)
    last_day = _last_day(config, request.as_of)
    result = ingest(request.data, observed_to=last_day, cache=cache, needs_sessions=False)
    answers = request.decide(result.questions) if request.decide and result.questions else []
    if not answers:
        return config, result
    # Imported here: it takes a library that writes YAML with its comments.
    from ingest.setup.answers import answer_all

    answer_all(request.data, answers)
    # In full, because an answer can move sessions between athletes; the parsed files are cached.
    again = ingest(request.data, observed_to=last_day, cache=cache, needs_sessions=False)
    return load_config(request.data), again


def _reading_lines(request: ScoreRequest, result: IngestResult) -> list[str]:
    return [
        account_line(result),
        *repaired_lines(result.report["files"]),
        *refused_lines(result, request.out / REJECTS, with_names=request.with_names),
    ]


def _usable_models(
    request: ScoreRequest, config: DatasetConfig, params: Params
) -> tuple[dict[str, ModelInUse], list[str]]:
    """Return the models by outcome, and why an outcome has none."""
    workspace = Workspace(request.project, config.name)
    outcomes = (*OUTCOMES, *workspace.own_outcomes())
    return forecastable(workspace, models_in_use(workspace, outcomes, params.features))


def _plans(
    archive: Archive, result: IngestResult, as_of: pd.Timestamp, days: pd.DatetimeIndex
) -> dict[str, pd.DataFrame]:
    """Return the coming week's plans, and those of past weeks as each week knew them."""
    memory, plans = PlanMemory(archive.folder, archive.damage), result.tables["plans"]
    return {
        "plans": memory.known_on(plans, as_of, hindcast=last_training_day(result.tables) > as_of),
        PLANS_BEFORE: memory.history(plans, days[days < as_of]),
    }


def _feature_rows(
    request: ScoreRequest, config: DatasetConfig, result: IngestResult, days: pd.DatetimeIndex
) -> Callable[[FeatureSettings], pd.DataFrame]:
    """Return what computes the feature rows, and refuses a last day on which there are none."""

    def rows_of(settings: FeatureSettings) -> pd.DataFrame:
        rows = feature_matrix(result.tables, settings, days)
        if not (rows["date"] == days[-1]).any():
            last = config.observed_to or last_training_day(result.tables).date()
            raise StridecastError(
                f"nobody in {request.data} is under observation on {days[-1].date()}",
                f"choose a day from {config.observed_from} to {last}",
            )
        return rows

    return rows_of


def _injuries_seen(archive: Archive, result: IngestResult, day: pd.Timestamp) -> pd.DataFrame:
    """Return which entries of the injury record were seen by this or earlier runs, since when."""
    memory = InjuryMemory(archive.folder, archive.damage)
    return memory.seen(result.tables["injuries"], day, last_list_before(archive.forecasts(), day))


def _unclear(result: IngestResult) -> pd.DataFrame:
    """Return athlete and sentence of those about whom an injury entry could not be read."""
    sentences: Mapping[str, str] = result.report.get("unclear", {})
    columns = {"athlete": list(sentences), "sentence": list(sentences.values())}
    return pd.DataFrame(columns, dtype="str")


def _to_do(
    request: ScoreRequest,
    config: DatasetConfig,
    archive: Archive,
    result: IngestResult,
    week: Week,
    models: Mapping[str, ModelInUse],
) -> tuple[ToDo, ...]:
    """Return what to put right, the worst first."""
    names, tables = names_of(request.data, config), result.tables
    last = _last_day(config, request.as_of) or config.observed_to or datetime.now(tz=UTC).date()
    known = KnownSessions(archive.folder, config.time_zone, archive.damage)
    gone = [] if request.accept_gone else known.gone(tables, pd.Timestamp(last))
    # Status and days since the last record are the same for every outcome: each athlete once.
    leading = week.scores[week.scores["outcome"] == week.scores["outcome"].iloc[0]]
    return (
        # Files of the history first: what they held cannot be exported a second time.
        *damaged_files(archive.damage_sentences()),
        *gone_sessions(gone),
        *impossible_days(tables["sessions"]),
        *quiet_week(leading, week.as_of, names),
        *no_injury_list(result.report["files"]),
        *opposite_forms(result.records.get("wellness", pd.DataFrame())),
        *settings_to_check(config),
        *return_dates(request.data, leading, tables, week.as_of, names),
        *(
            blank_levels(request.data, tables["athletes"], leading["athlete"])
            # A fitted model takes a blank as unknown; published figures must assume something.
            if any(model.origin == "evidence" for model in models.values())
            else ()
        ),
    )


def _last_day(config: DatasetConfig, as_of: pd.Timestamp | None) -> pd.Timestamp | None:
    """Let a forecast run past the `observed_to` that somebody once wrote down."""
    if as_of is None or (config.observed_to and as_of.date() <= config.observed_to):
        return None
    # While a team is followed its data end with the last session, which lies after most days
    # that somebody looks back at.
    today = pd.Timestamp(datetime.now(tz=UTC).date())
    return as_of if config.observed_to else max(as_of, today)


def weekly_days(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DatetimeIndex:
    """Return the days a whole number of weeks before a day, back to the first one observed."""
    first = tables["athletes"]["observed_from"].min()
    weeks = max((as_of - first).days // DAYS_PER_WEEK, 0)
    return pd.DatetimeIndex([as_of - pd.Timedelta(weeks=back) for back in range(weeks, -1, -1)])


def _demand_sessions(request: ScoreRequest, result: IngestResult) -> None:
    """Stop where there is nothing to forecast from, with what keeps it from being read."""
    if len(result.tables["sessions"]) or len(result.tables["mileage"]):
        return
    unread = [entry.sentence for entry in result.not_read if entry.matters]
    raise StridecastError(
        f"{request.data}: no session in any file" + (f"; {unread[0]}" if unread else ""),
        f"`stridecast data check {quote(str(request.data))}` lists all that was not read"
        if unread
        else "add an activity export or session_rpe.csv",
    )


def check_archive_key(archive: Archive, data: Path, config: DatasetConfig) -> None:
    """Stop if the codes of the athletes would not be those of the archive.

    Raises
    ------
    StridecastError
        If the pseudonym key is another than the archive's, or is missing.
    """
    # An archive of an earlier version has no fingerprint: there the codes themselves are compared.
    if has_fingerprint(archive.folder) or config.pseudonyms == "public":
        check_key(archive.folder, config)
        return
    forecasts = archive.forecasts()
    known = () if forecasts is None else forecasts["athlete"].unique()
    # The roster's codes need the key; where there is none, one would be made.
    has_key = existing_key(config) is not None
    codes = names_of(data, config) if len(known) and has_key else ()
    check_key(archive.folder, config, [str(code) for code in known], codes)


def names_of(folder: Path, config: DatasetConfig) -> dict[str, str]:
    """Return the roster's id of each pseudonym; it is read here and stored nowhere."""
    rosters = sorted(folder.rglob(ROSTER))
    ids = {name for path in rosters for name in RosterFile.load(path).athletes}
    key = key_for(config)
    return {pseudonym(key, config.name, name): name for name in ids}
