"""What `stridecast score` is asked for, and what it makes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from common.question import Question
from ingest.dataset.settings import DatasetConfig
from ingest.run import IngestResult
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.models_in_use import ModelInUse
from pipelines.weekly.to_do import ToDo
from pipelines.weekly.week import Week
from reporting.context import Memory

OUTCOMES = ("any", "knee")
PAGE = "forecast.html"
REJECTS = "rejects.csv"
SUMMARY = "summary.txt"


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
    keep_parses : bool
        Whether what was parsed is kept although it is a dry run.
    accept_gone : bool
        Whether sessions that an earlier run read and this one does not were removed on purpose.
    own_pages : bool
        Whether each athlete gets a page of their own.
    summary_names : bool
        Whether the summary for a chat names the athletes.
    language : str
        Code of the language; empty takes that of `dataset.yaml`.
    decide : callable or None
        Questions that are open -> those that are answered now; None answers none.
    """

    data: Path
    out: Path
    as_of: pd.Timestamp | None
    project: Path
    # Off by default: a page may be forwarded.
    with_names: bool = False
    dry_run: bool = False
    keep_parses: bool = False
    accept_gone: bool = False
    own_pages: bool = False
    summary_names: bool = False
    language: str = ""
    # A callable and not a flag, so that terminal, JSON and tests ask in their own way.
    decide: Callable[[Sequence[Question]], list[tuple[Question, str]]] | None = None


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
    archive : Archive
        The history that was read.
    injuries_seen : pandas.DataFrame
        From :func:`forecasting.monitoring.late_reports.updated`.
    is_list_known : bool
        Whether an earlier list tells what the injury record said on the day; always so of the
        latest day.
    left_out : tuple of str
        Of each outcome that cannot be forecast, why not.
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
    archive: Archive
    injuries_seen: pd.DataFrame
    is_list_known: bool
    left_out: tuple[str, ...] = ()
