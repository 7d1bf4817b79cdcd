"""Run `stridecast backtest`: replay, verify, and write the page, the tables and the summary."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.frame_files import write_csv
from common.language import message
from common.store import write_json, write_text
from pipelines.runtime.lock import keep_out_of_git, only_writer
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.truth import true_probabilities
from pipelines.studies.backtest import BacktestRequest, Progress, Season, replay_season
from pipelines.studies.backtest_tables import SeasonTables, season_tables
from pipelines.weekly.score_folder import Say
from reporting.backtest.page import backtest_markdown, render_backtest
from reporting.backtest.tables import BacktestFrames

PAGE: Final = "backtest.html"
CSV_TABLES: Final = (
    "weeks",
    "flags",
    "injuries",
    "alert_budget",
    "decomposition",
    "calibration",
    "calibration_over_time",
    "metrics",
)


def backtest(request: BacktestRequest, out: Path, say: Say, progress: Progress) -> dict[str, Any]:
    """Replay a season, write everything to a folder, and return the summary.

    Parameters
    ----------
    request : BacktestRequest
        What is to be replayed.
    out : Path
        Folder for backtest.html, .md and .json, forecasts.csv and one CSV file per table.
    say, progress : callable
        Called with what is being done, and the weeks done, in all, and the week at hand.

    Raises
    ------
    StridecastError
        If the data cannot be read, hold too few weeks or injuries, or another run writes here.
    """
    season = replay_season(request, say, progress)
    say(message("verifying"))
    tables = season_tables(season, request, _best_forecast(season, request))
    # Only now: the replay takes minutes and writes nothing.
    with only_writer(out):
        # The folder holds forecasts of single people.
        keep_out_of_git(out)
        write(out, season, tables)
    return tables.summary


def write(out: Path, season: Season, tables: SeasonTables) -> None:
    """Write the files of a replayed season; the page last."""
    frames = BacktestFrames(
        metrics=tables.metrics,
        decomposition=tables.decomposition,
        calibration=tables.calibration,
        alert_budget=tables.alert_budget,
        weeks=tables.weeks,
        flags=tables.flags,
    )
    # Before the page, which is what people look for: where it stands, everything else does.
    write_csv(out / "forecasts.csv", season.rows)
    for name in CSV_TABLES:
        write_csv(out / f"{name}.csv", getattr(tables, name))
    write_json(out / "backtest.json", tables.summary | _as_json(tables))
    write_text(out / "backtest.md", backtest_markdown(tables.summary, frames))
    write_text(out / PAGE, render_backtest(tables.summary, frames))


def _as_json(tables: SeasonTables) -> dict[str, Any]:
    named = ("metrics", "decomposition", "alert_budget")
    return {name: _records(getattr(tables, name)) for name in named}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values; JSON has no nan."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]


def _best_forecast(season: Season, request: BacktestRequest) -> Floats | None:
    """Return what could be known of a simulated season at best; 0 for who is injured in truth."""
    name = season.config.name
    truth = true_probabilities(Workspace(request.project, name), season.rows, request.outcome)
    # A club's own folder may bear the name of a simulated dataset by chance.
    if request.data is not None or truth is None:
        return None
    return np.asarray(truth["observable"].fillna(0.0), dtype=float)
