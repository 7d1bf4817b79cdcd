"""`stridecast score`: from a folder of exports to a ranked list and a page, without DVC."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from common.errors import StridecastError
from common.store import write_json
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from forecasting.scoring.machine_readable import machine_readable
from forecasting.scoring.spreadsheet import write_safe_csv
from forecasting.scoring.week import ScoreSettings
from forecasting.status.athlete_status import StatusSettings
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.people.names_in_sheets import STRANGER
from ingest.people.newcomers import Newcomer, newcomers, strangers
from ingest.people.pseudonym import key_for, pseudonym
from ingest.run import IngestResult, ingest
from pipelines.runtime.lock import keep_out_of_git, only_writer
from pipelines.runtime.workspace import Workspace, kept_parses
from pipelines.weekly.current_week import current_week
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.models_in_use import ModelInUse, injury_rules, model_horizon, models_in_use
from pipelines.weekly.next_monday import next_monday
from pipelines.weekly.page_context import Memory, page_context, write_page
from pipelines.weekly.past_forecasts import recall
from pipelines.weekly.session_memory import KnownSessions
from pipelines.weekly.to_do import (
    ToDo,
    as_json,
    blank_levels,
    gone_sessions,
    people_without_a_line,
    quiet_week,
    return_dates,
)
from pipelines.weekly.week import Week

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
        Folder whose `artifacts` hold the models; see
        :func:`pipelines.weekly.models_in_use.models_in_use`.
    with_names : bool
        Whether the page shows the roster's ids in place of pseudonyms.
    dry_run : bool
        Whether everything is done but the writing.
    accept_gone : bool
        Whether sessions that an earlier run read and this one does not were removed on purpose.
    """

    data: Path
    out: Path
    as_of: pd.Timestamp | None
    project: Path
    with_names: bool = False
    dry_run: bool = False
    accept_gone: bool = False


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
    models : dict of str to ModelInUse
        Each outcome's model.
    horizon_days : int
        Length of the forecast period.
    is_hindcast : bool
        Whether later records lay in the folder already.
    to_do : tuple of ToDo
        What a coach has to put right.
    """

    week: Week
    rows: pd.DataFrame
    names: dict[str, str]
    memory: Memory
    config: DatasetConfig
    result: IngestResult
    models: dict[str, ModelInUse]
    horizon_days: int
    is_hindcast: bool
    to_do: tuple[ToDo, ...]


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
        keep_out_of_git(request.out)
        done = _score(request, config, say)
        _write(request, done)
    return done


def _score(request: ScoreRequest, config: DatasetConfig, say: Say) -> Scored:
    say(f"reading {request.data}")
    # A dry run writes nothing, not even what it parsed.
    cache = None if request.dry_run else kept_parses(request.project)
    result = ingest(request.data, observed_to=_last_day(config, request.as_of), cache=cache)
    people = _newcomers(request, config, result)
    for line in (
        _account(result),
        *repaired_lines(result.report["files"]),
        *_refused(result, request.out, people),
    ):
        say(line)
    latest = _latest_record(result)
    as_of = request.as_of or latest
    workspace = Workspace(request.project, config.name)
    models = models_in_use(workspace, (*OUTCOMES, *workspace.own_outcomes()))
    horizon = model_horizon(models)
    say(f"features as of {as_of.date()}")

    def matrix(settings: FeatureSettings) -> pd.DataFrame:
        rows = feature_matrix(result.tables, settings, pd.DatetimeIndex([as_of]))
        last = config.observed_to or latest.date()
        if rows.empty:
            raise StridecastError(
                f"nobody in {request.data} is under observation on {as_of.date()}",
                f"choose a day from {config.observed_from} to {last}",
            )
        return rows

    week, rows = current_week(
        result.tables,
        models,
        as_of,
        horizon,
        matrix,
        data_simulated=config.simulated,
        score=ScoreSettings(),
        status=StatusSettings(),
    )
    archive = Archive(request.out, config.name)
    memory = recall(archive, week, result.tables, horizon, injury_rules(models))
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
        to_do=_to_do(request, config, result, week, models, people),
    )


def _to_do(
    request: ScoreRequest,
    config: DatasetConfig,
    result: IngestResult,
    week: Week,
    models: Mapping[str, ModelInUse],
    people: Sequence[Newcomer],
) -> tuple[ToDo, ...]:
    """Return what to put right, the worst first."""
    names, tables = names_of(request.data, config), result.tables
    last = _last_day(config, request.as_of) or config.observed_to or datetime.now(tz=UTC).date()
    known = KnownSessions(Archive(request.out, config.name).folder, config.time_zone)
    gone = [] if request.accept_gone else known.gone(tables, pd.Timestamp(last))
    leading = week.scores[week.scores["outcome"] == week.scores["outcome"].iloc[0]]
    return (
        *gone_sessions(gone),
        *quiet_week(leading, week.as_of, names),
        *people_without_a_line(request.data, people),
        *return_dates(request.data, leading, tables, week.as_of, names),
        *(
            blank_levels(request.data, tables["athletes"], leading["athlete"])
            # A fitted model takes a blank as unknown; published figures must assume something.
            if any(one.origin == "evidence" for one in models.values())
            else ()
        ),
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
                done.config.name,
                done.horizon_days,
                week.scores,
                week.reasons,
                compared,
                week.facts(),
            )
            | {"to_do": as_json(done.to_do)},
        )
    write_json(out / "ingest.json", done.result.report)
    write_safe_csv(out / REJECTS, done.result.tables["rejects"])
    archive = Archive(out, done.config.name)
    archive.store(week.scores, done.rows, hindcast=done.is_hindcast)
    archive.remember_folder(request.data)
    KnownSessions(archive.folder, done.config.time_zone).store(
        done.result.tables["sessions"], forget=request.accept_gone
    )
    context = page_context(
        week,
        Workspace(request.project, done.config.name),
        simulated=done.config.simulated,
        horizon_days=done.horizon_days,
        models=done.models,
        names=done.names,
        memory=done.memory,
    )
    acted_on = replace(
        context,
        to_do=[one.told(done.names) for one in done.to_do],
        made_on=pd.Timestamp(datetime.now(tz=UTC).date()),
        looks_back=done.is_hindcast,
        commands=next_monday(request.data, out, request.project, with_names=request.with_names),
    )
    write_page(acted_on, out / PAGE)


def _last_day(config: DatasetConfig, as_of: pd.Timestamp | None) -> pd.Timestamp | None:
    """Let a forecast run past the `observed_to` that somebody once wrote down."""
    if as_of is None or (config.observed_to and as_of.date() <= config.observed_to):
        return None
    # While a team is followed its data end with the last session, which lies after most days
    # that somebody looks back at.
    today = pd.Timestamp(datetime.now(tz=UTC).date())
    return as_of if config.observed_to else max(as_of, today)


def _latest_record(result: IngestResult) -> pd.Timestamp:
    return pd.Timestamp(result.tables["sessions"]["local_date"].max())


def _account(result: IngestResult) -> str:
    totals, files = result.report["totals"], result.report["files"]
    logs = sum(not one["ignored"] and one["kind"] != "club_roster" for one in files)
    return (
        f"{logs:,} files with records ({len(files) - logs:,} more: archives, settings or no log):"
        f" {totals['read']:,} records read = "
        f"{totals['accepted']:,} accepted + {totals['repaired']:,} repaired + "
        f"{totals['rejected']:,} rejected"
    )


def repaired_lines(files: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say what was repaired; which file it was names people, and stands in ingest.json alone."""
    found: Counter[str] = Counter()
    for account in files:
        found.update(account["repairs"])
    told = [f"{code.replace('_', ' ')} ({count:,})" for code, count in found.most_common()]
    return [f"  repaired: {', '.join(told)}; ingest.json says where"] if told else []


def _newcomers(
    request: ScoreRequest, config: DatasetConfig, result: IngestResult
) -> list[Newcomer]:
    """Return whose exports lie in the folder although the roster has no line for them."""
    rejects = result.tables["rejects"][["source", "reason"]]
    return newcomers(
        request.data,
        result.report["files"],
        strangers(rejects.itertuples(index=False, name=None)),
        names_of(request.data, config).values(),
    )


def _refused(result: IngestResult, out: Path, people: Sequence[Newcomer]) -> list[str]:
    """Return the first refused records in words, and where all of them are."""
    rejects = result.tables["rejects"]
    # Of people without a line in the roster one to-do tells all.
    explained = {source for one in people for source in one.sources}
    told = rejects[~(rejects["reason"].eq(STRANGER) & rejects["source"].isin(explained))]
    lines = [f"  {row['source']}: {row['sentence']}" for row in told.to_dict("records")]
    more = [f"  all {len(rejects):,} in {out / REJECTS}"] if len(lines) > SHOWN_REJECTS else []
    return lines[:SHOWN_REJECTS] + more


def names_of(folder: Path, config: DatasetConfig) -> dict[str, str]:
    """Return the roster's id of each pseudonym; it is read here and stored nowhere."""
    rosters = sorted(folder.rglob("roster.csv"))
    ids = {name for path in rosters for name in pd.read_csv(path, dtype=str)["athlete"].dropna()}
    key = key_for(config)
    return {pseudonym(key, config.name, name): name for name in ids}
