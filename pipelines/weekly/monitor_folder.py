"""`stridecast monitor`: archived forecasts against what happened, and the data against earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from common.errors import StridecastError
from common.file_set import file_set
from common.language import language, message
from common.store import write_json, write_text
from common.untyped import FromFile
from forecasting.monitoring.last_list import last_list
from forecasting.monitoring.late_reports import late_reports, with_reports
from forecasting.monitoring.outcomes import followed
from forecasting.monitoring.verdict import Unseen, monitor
from forecasting.status.record_days import last_training_day, logged_days, training_days
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.run import ingest
from pipelines.history.action_log import read_actions
from pipelines.history.injury_memory import InjuryMemory, last_list_before
from pipelines.runtime.lock import keep_out_of_git, only_writer
from pipelines.runtime.workspace import Workspace, kept_parses
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.models_in_use import (
    forecastable,
    injury_rules,
    model_horizon,
    models_in_use,
)
from pipelines.weekly.score_folder import Say, check_archive_key, names_of
from pipelines.weekly.scored import OUTCOMES
from reporting.pages.monitor import render_monitor

PAGE = "monitor.html"
FILE = "monitor.json"


@dataclass(frozen=True)
class MonitorRequest:
    """What is to be monitored.

    Parameters
    ----------
    data : Path
        The dataset's folder, with the injuries up to now.
    out : Path
        Folder of the forecasts and their history.
    until : pandas.Timestamp or None
        Last day that has been seen in full; None takes the day of the latest record.
    project : Path
        Folder with the models.
    with_names : bool
        Whether the page and the returned report show the roster's ids; the JSON never does.
    """

    data: Path
    out: Path
    until: pd.Timestamp | None
    project: Path
    with_names: bool = False


def monitor_folder(request: MonitorRequest, say: Say) -> dict[str, Any]:
    """Monitor an output folder, write monitor.json and monitor.html, and return the report.

    Raises
    ------
    StridecastError
        If there are no archived forecasts, or another run writes to the folder.
    """
    config = load_config(request.data)
    archive = Archive(request.out, config.name)
    check_archive_key(archive, request.data, config)
    forecasts, rows = _archived(archive, request, config, say)
    say(message("reading {folder}", folder=request.data))
    result = ingest(request.data, observed_to=request.until, cache=kept_parses(request.project))
    latest = last_training_day(result.tables)
    until = request.until or latest
    memory, day = InjuryMemory(archive.folder, archive.damage), max(latest, until)
    written = result.tables["injuries"]
    known = memory.seen(written, day, last_list_before(archive.forecasts(), day))
    tables = result.tables | {"injuries": with_reports(written, known)}
    # A forecast after the last day that was seen has no outcome yet.
    seen = forecasts[forecasts["as_of"] <= until]
    if seen.empty:
        raise StridecastError(
            f"{request.out}: every forecast is later than {until.date()}", "choose a later day"
        )
    report = _report(request, config, seen, tables, until, rows) | {
        "late_reports": late_reports(known, written, seen, day)
    }
    shown: dict[str, Any] = with_names(
        report, names_of(request.data, config) if request.with_names else {}
    )
    # The lock is taken late, so that a `score` is not kept out while this one reads.
    with only_writer(request.out):
        keep_out_of_git(request.out)
        archive.set_aside()
        with file_set(request.out) as draft:
            # Codes only: this file is read by programs, and `score` reads its verdict from it.
            write_json(draft / FILE, report)
            memory.store(known, archive.folder_in(draft))
            write_text(draft / PAGE, render_monitor(shown))
    return shown


def _archived(
    archive: Archive, request: MonitorRequest, config: DatasetConfig, say: Say
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the forecasts that were made, and the feature rows they were made from."""
    forecasts, rows = archive.forecasts(), archive.features()
    for line in archive.damage_sentences():
        say(line)
    if forecasts is None or rows is None:
        raise StridecastError(
            f"{request.out}: no forecasts of {config.name} here yet",
            "run `stridecast score` with the same --out first",
        )
    return forecasts, rows


def _report(
    request: MonitorRequest,
    config: DatasetConfig,
    seen: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    until: pd.Timestamp,
    rows: pd.DataFrame,
) -> dict[str, Any]:
    """Return what became of the forecasts that were made up to a day."""
    workspace = Workspace(request.project, config.name)
    models, _ = forecastable(
        workspace, models_in_use(workspace, (*OUTCOMES, *workspace.own_outcomes()))
    )
    horizon, last = model_horizon(models), _last_record(tables, until)
    followed_forecasts = followed(seen, tables, last, horizon, injury_rules(models))
    return {
        "dataset": config.name,
        "language": language(),
        "simulated": config.simulated,
        "until": str(until.date()),
        "weeks": int(seen["as_of"].nunique()),
        "hindcasts": int(seen.loc[seen["hindcast"], "as_of"].nunique()),
        "horizon_days": horizon,
        "last_record": str(last.date()),
        "last_list": last_list(followed_forecasts, tables["injuries"], horizon, last),
    } | monitor(
        followed_forecasts,
        rows[rows["date"] <= until],
        read_actions(Archive(request.out, config.name).folder),
        horizon,
        _unseen(seen, last, until, horizon),
    )


def _last_record(tables: Mapping[str, pd.DataFrame], until: pd.Timestamp) -> pd.Timestamp:
    """Return the last day up to `until` of which anything is known."""
    onsets, trained = tables["injuries"]["onset_date"], training_days(tables)
    seen = [onsets[onsets <= until], trained[trained <= until]]
    days = pd.concat([logged_days(tables, until)["date"], *seen])
    return until if days.empty else pd.Timestamp(days.max())


def _unseen(
    forecasts: pd.DataFrame, last: pd.Timestamp, until: pd.Timestamp, horizon_days: int
) -> Unseen | None:
    """Return the weeks that would be over on `until` and run past the last record."""
    end = forecasts["as_of"] + pd.Timedelta(days=horizon_days)
    weeks = sorted(forecasts.loc[(end > last) & (end <= until), "as_of"].unique())
    return Unseen(last, tuple(pd.Timestamp(day) for day in weeks)) if weeks else None


def with_names(report: FromFile, names: Mapping[str, str]) -> FromFile:
    """Return a report with names in place of pseudonyms, also within sentences."""
    if isinstance(report, dict):
        return {key: with_names(value, names) for key, value in report.items()}
    if isinstance(report, list):
        return [with_names(value, names) for value in report]
    if isinstance(report, str):
        for code, name in names.items():
            report = report.replace(code, name)
    return report
