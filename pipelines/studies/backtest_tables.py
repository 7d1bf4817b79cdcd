"""The tables of a replayed season: verification, alert budget, lists, and a summary of counts."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from forecasting.monitoring.alerts import flags, led_injuries, weekly
from forecasting.status.statuses import SCORED
from models.evaluation.model_table import evaluate
from models.evaluation.replay import FEWEST_TO_VERIFY
from models.metrics.alert_budget import alert_budget
from models.metrics.calibration_curve import calibration_curve
from models.metrics.calibration_over_time import calibration_over_time
from models.metrics.murphy import murphy
from models.settings.evaluation import IntervalSettings
from pipelines.studies.backtest import BacktestRequest, Season

REPLICATES: Final = 200
"""Draws of athletes for the intervals: a season has many rows, and every measure is drawn anew."""


@dataclass(frozen=True)
class SeasonTables:
    """A replayed season in tables; see the functions that make them."""

    metrics: pd.DataFrame
    decomposition: pd.DataFrame
    calibration: pd.DataFrame
    calibration_over_time: pd.DataFrame
    alert_budget: pd.DataFrame
    weeks: pd.DataFrame
    flags: pd.DataFrame
    injuries: pd.DataFrame
    summary: dict[str, Any]


def season_tables(
    season: Season, request: BacktestRequest, truth: Floats | None = None
) -> SeasonTables:
    """Verify a season and see what its lists would have been worth.

    Parameters
    ----------
    season : Season
        From :func:`pipelines.studies.backtest.replay_season`.
    request : BacktestRequest
        The model and the length of the lists.
    truth : ndarray of shape (rows,), optional
        Best forecast of a simulated season; it gets an alert budget of its own, as a yardstick.

    Raises
    ------
    StridecastError
        If there are too few injuries to say anything.
    """
    lists = season.rows.assign(probability=season.rows[request.model])
    verified = (lists["status"] == SCORED) & lists["event"].notna()
    rows = lists[verified]
    _refuse_few(int(rows["event"].sum()), request)
    settings = season.params.evaluation.model_copy(
        update={"replicates": min(REPLICATES, season.params.evaluation.replicates)}
    )
    predictions = {name: rows[name].to_numpy(dtype=float) for name in season.models}
    budgets = predictions | ({} if truth is None else {"oracle": truth[verified.to_numpy()]})
    y, p, who = rows["event"], predictions[request.model], rows["athlete"]
    made = flags(lists, request.per_team)
    hurt = led_injuries(lists, request.per_team)
    return SeasonTables(
        metrics=evaluate(y, predictions, who, settings).table,
        decomposition=_decomposition(rows, predictions, settings),
        calibration=calibration_curve(y, p, who, settings),
        calibration_over_time=calibration_over_time(y, p, rows["date"], who, settings),
        alert_budget=alert_budget(rows, budgets, settings),
        weeks=weekly(lists, request.per_team),
        flags=made,
        injuries=hurt,
        summary=_facts(season, request) | _counts(lists, rows) | _led(made, hurt),
    )


def _refuse_few(events: int, request: BacktestRequest) -> None:
    if events < FEWEST_TO_VERIFY:
        raise StridecastError(
            f"{events} injuries ({request.outcome}) followed the replayed forecasts: with fewer "
            f"than {FEWEST_TO_VERIFY} nothing can be said about them",
            "replay more weeks (--weeks), or all injuries (--outcome any)",
        )


def _decomposition(
    rows: pd.DataFrame, predictions: dict[str, Floats], settings: IntervalSettings
) -> pd.DataFrame:
    # The base rate known at the time of each forecast: that of the whole season knows its end.
    climatology = predictions["base_rate"]
    return murphy(rows["event"], predictions, climatology, rows["athlete"], settings)


def _facts(season: Season, request: BacktestRequest) -> dict[str, Any]:
    rows = season.rows
    return {
        "dataset": season.config.name,
        "simulated": season.config.simulated,
        "outcome": request.outcome,
        "model": request.model,
        "first": str(rows["date"].min().date()),
        "last": str(rows["date"].max().date()),
        "weeks": int(rows["date"].nunique()),
        "horizon_days": season.params.outcome.horizon_days,
        "retrain_every": request.retrain_every,
        "trainings": int(rows["trained_on"].nunique()),
        "athletes": int(rows["athlete"].nunique()),
        "teams": int(rows["team"].nunique(dropna=False)),
        "per_team": request.per_team,
    }


def _counts(lists: pd.DataFrame, rows: pd.DataFrame) -> dict[str, Any]:
    unscored = lists.loc[lists["status"] != SCORED, "status"].value_counts()
    return {
        "forecasts": int((lists["status"] == SCORED).sum()),
        "verified": len(rows),
        "events": int(rows["event"].sum()),
        "expected": float(rows["probability"].sum()),
        "unscored": {str(status): int(n) for status, n in unscored.items()},
    }


def _led(made: pd.DataFrame, hurt: pd.DataFrame) -> dict[str, Any]:
    # With `eq`, because null (the outcome is not known) is neither True nor False.
    led = made["led"].eq(other=True)
    late = made["late_days"].notna()
    unscored = hurt["status"] != SCORED
    flagged, early = hurt["flagged"], hurt["weeks_flagged"] > 0
    return {
        "flags": {
            "made": len(made),
            "led": int(led.sum()),
            "late": int(late.sum()),
            "unknown": int(made["led"].isna().sum()),
            "nothing": int((made["led"].eq(other=False) & ~late).sum()),
            "lead_days": _histogram(made.loc[led, "lead_days"]),
        },
        "injuries": {
            "new": len(hurt),
            "unscored": int(unscored.sum()),
            "flagged": int(flagged.sum()),
            "earlier": int((early & ~flagged & ~unscored).sum()),
            "missed": int((~early & ~flagged & ~unscored).sum()),
        },
    }


def _histogram(days: pd.Series) -> dict[str, int]:
    counts = days.astype(int).value_counts().sort_index()
    return {str(day): int(n) for day, n in counts.items()}
