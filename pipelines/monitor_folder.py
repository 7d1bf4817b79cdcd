"""`stridecast monitor`: archived forecasts against what happened, and the data against earlier."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from forecasting.followed import followed
from forecasting.monitoring import monitor
from ingest.dataset import load_config
from ingest.errors import StridecastError
from ingest.run import ingest
from ingest.store import write_json, write_text
from pipelines.actions import read_actions
from pipelines.archive import Archive
from pipelines.lock import only_writer
from pipelines.models_in_use import injury_rules, model_horizon, models_in_use
from pipelines.score_folder import OUTCOMES, Say
from pipelines.workspace import Workspace, kept_parses
from reporting.monitor_page import render_monitor

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
    """

    data: Path
    out: Path
    until: pd.Timestamp | None
    project: Path


def monitor_folder(request: MonitorRequest, say: Say) -> dict[str, Any]:
    """Monitor an output folder, write monitor.json and monitor.html, and return the report.

    Raises
    ------
    StridecastError
        If there are no archived forecasts, or another run writes to the folder.
    """
    config = load_config(request.data)
    archive = Archive(request.out, config.name)
    forecasts, rows = archive.forecasts(), archive.features()
    if forecasts is None or rows is None:
        raise StridecastError(
            f"{request.out}: no forecasts of {config.name} here yet",
            "run `stridecast score` with the same --out first",
        )
    say(f"reading {request.data}")
    cache = kept_parses(request.project)
    result = ingest(request.data, observed_to=request.until, cache=cache)
    until = request.until or pd.Timestamp(result.tables["sessions"]["local_date"].max())
    workspace = Workspace(request.project, config.name)
    models = models_in_use(workspace, (*OUTCOMES, *workspace.own_outcomes()))
    horizon = model_horizon(models)
    seen = forecasts[forecasts["as_of"] <= until]
    if seen.empty:
        raise StridecastError(
            f"{request.out}: every forecast is later than {until.date()}", "choose a later day"
        )
    found = followed(seen, result.tables, until, horizon, injury_rules(models))
    report = {
        "dataset": config.name,
        "simulated": config.simulated,
        "until": str(until.date()),
        "weeks": int(seen["as_of"].nunique()),
        "hindcasts": int(seen.loc[seen["hindcast"], "as_of"].nunique()),
        "horizon_days": horizon,
    } | monitor(found, rows[rows["date"] <= until], read_actions(archive.folder), horizon)
    with only_writer(request.out):
        write_json(request.out / FILE, report)
        write_text(request.out / PAGE, render_monitor(report))
    return report
