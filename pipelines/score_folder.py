"""`stridecast score`: from a folder of exports to a ranked list and a page, without DVC."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from features.matrix import feature_matrix
from features.settings import FeatureSettings
from forecasting.score import ScoreSettings
from forecasting.spreadsheet import write_safe_csv
from forecasting.status import StatusSettings
from ingest.dataset import DatasetConfig, load_config
from ingest.errors import StridecastError
from ingest.pseudonym import key_for, pseudonym
from ingest.run import IngestResult, ingest
from ingest.settings_error import settings_error
from ingest.store import read_json, write_json
from models.outcomes import OutcomeSettings
from pipelines.page_context import page_context, write_page
from pipelines.weekly import Week, forecast_week, forecaster_for
from pipelines.workspace import FEATURE_SETTINGS_FILE, Workspace

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
    """

    data: Path
    out: Path
    as_of: pd.Timestamp | None
    project: Path
    with_names: bool = False


def score_folder(request: ScoreRequest, say: Say) -> tuple[Week, dict[str, str]]:
    """Score a folder and write the page, the scores and the account of what was read.

    Parameters
    ----------
    request : ScoreRequest
        What is asked for.
    say : callable
        Told what is being done, one line each.

    Returns
    -------
    tuple of (Week, dict of str to str)
        The forecasts, and the names to show in place of pseudonyms (none unless asked for).

    Raises
    ------
    StridecastError
        If there is nothing to score, or the day lies outside the data.
    """
    config = load_config(request.data)
    say(f"reading {request.data}")
    result = ingest(request.data, observed_to=_last_day(config, request.as_of))
    for line in (_account(result), *_refused(result, request.out)):
        say(line)
    as_of = request.as_of or _latest_record(result)
    workspace = Workspace(request.project, config.name)
    features = _feature_settings(workspace)
    say(f"features as of {as_of.date()}")
    rows = feature_matrix(result.tables, features, pd.DatetimeIndex([as_of]))
    if rows.empty:
        raise StridecastError(
            f"nobody in {request.data} is under observation on {as_of.date()}",
            f"choose a day from {config.observed_from} to {config.observed_to}",
        )
    horizon = OutcomeSettings().horizon_days
    week = forecast_week(
        result.tables,
        rows,
        as_of,
        [forecaster_for(workspace.model(name), name, horizon) for name in OUTCOMES],
        data_simulated=config.simulated,
        features=features,
        score=ScoreSettings(),
        status=StatusSettings(),
    )
    week.write(request.out)
    write_json(request.out / "ingest.json", result.report)
    write_safe_csv(request.out / REJECTS, result.tables["rejects"])
    names = _names(request.data, config) if request.with_names else {}
    context = page_context(
        week, workspace, simulated=config.simulated, horizon_days=horizon, names=names
    )
    write_page(context, request.out / PAGE)
    return week, names


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


def _feature_settings(workspace: Workspace) -> FeatureSettings:
    """Return the settings the models' features were made with."""
    for name in OUTCOMES:
        path = workspace.model(name) / FEATURE_SETTINGS_FILE
        if path.exists():
            try:
                return FeatureSettings.model_validate(read_json(path))
            except ValidationError as error:
                raise settings_error(str(path), error, FeatureSettings) from None
    return FeatureSettings()


def _names(folder: Path, config: DatasetConfig) -> dict[str, str]:
    """Return the roster's id of each pseudonym; it is read here and stored nowhere."""
    rosters = sorted(folder.rglob("roster.csv"))
    ids = {name for path in rosters for name in pd.read_csv(path, dtype=str)["athlete"].dropna()}
    key = key_for(config)
    return {pseudonym(key, config.name, name): name for name in ids}
