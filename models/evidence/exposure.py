"""Hours: those expected of the coming week, and the record behind an athlete's own rate."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats, Ints
from common.vocabulary import LEVELS
from models.evidence.columns import Columns
from models.evidence.figures import Coefficients, Exposure

RECREATIONAL: Final = LEVELS.index("recreational")
OTHER_LEVELS: Final = tuple(level for level in LEVELS if level != "recreational")
WEEKS_PER_MONTH: Final = 4
LEAST_WEEKS: Final = 1.0


@dataclass(frozen=True, eq=False)
class Background:
    """What the hazard needs beside its terms, one value per row.

    Parameters
    ----------
    log_rate : ndarray of shape (n,)
        Log of the published injuries a week at the level's usual hours.
    level : ndarray of shape (n, 3)
        1 in the column of the level (novice, competitive, elite).
    log_hours : ndarray of shape (n,)
        Log of the expected hours over the level's.
    record_log_hours : ndarray of shape (n,)
        The same of the hours a week on record.
    record_log_weeks : ndarray of shape (n,)
        Log of the weeks at risk on record.
    injuries : ndarray of shape (n,)
        Injuries in them.
    on_record : ndarray of bool, shape (n,)
        Whether the injuries are known.
    """

    log_rate: Floats
    level: Floats
    log_hours: Floats
    record_log_hours: Floats
    record_log_weeks: Floats
    injuries: Floats
    on_record: npt.NDArray[np.bool_]


def expected_log_hours(columns: Columns, exposure: Exposure) -> Floats:
    """Return the log of the hours expected of the coming week, NaN where nothing is known.

    The weighted mean of the logs of the past week, the past four weeks and the usual week; what
    is unknown of the three leaves its weight to the others.
    """
    weekly = np.stack(
        [
            columns["hours_7d"],
            columns["hours_28d"] / WEEKS_PER_MONTH,
            columns["usual_hours_week"],
        ]
    )
    known = ~np.isnan(weekly)
    weights = np.array([exposure.week, exposure.month, exposure.usual])[:, None] * known
    # A week of rest has no logarithm, and its runner is not free of risk in the coming week.
    logs = np.log(np.where(known, weekly, 0.0) + exposure.least_hours)
    total = weights.sum(axis=0)
    mean = (weights * logs).sum(axis=0) / np.where(total > 0, total, 1.0)
    return np.where(total > 0, mean, np.nan)


def usual_log_hours(columns: Columns, exposure: Exposure) -> Floats:
    """Return the log of the usual hours a week, of the past half year or else of four weeks."""
    month = columns["hours_28d"] / WEEKS_PER_MONTH
    usual = np.where(np.isnan(columns["usual_hours_week"]), month, columns["usual_hours_week"])
    return np.log(usual + exposure.least_hours)


def usual_hours(rows: pd.DataFrame) -> dict[str, Floats]:
    """Return the columns of recent hours as they would be in usual weeks; else as they are."""
    columns = Columns(rows)
    usual = columns["usual_hours_week"]
    known = ~np.isnan(usual)
    return {
        "hours_7d": np.where(known, usual, columns["hours_7d"]),
        "hours_28d": np.where(known, WEEKS_PER_MONTH * usual, columns["hours_28d"]),
    }


def level_log_hours(columns: Columns, figures: Coefficients) -> Floats:
    """Return the log of the weekly hours that are usual for the rows' levels, shape (n,)."""
    hours = [figures.baseline.levels[name].hours for name in LEVELS]
    return np.asarray(np.log(hours)[_level_code(columns)])


def _level_code(columns: Columns) -> Ints:
    """Return the place in LEVELS of each row's level; unknown is recreational."""
    code = columns["level_code"]
    known = np.clip(np.round(np.nan_to_num(code)), 0, len(LEVELS) - 1)
    # Recreational runners are the reference: most studies are of them.
    return np.where(np.isnan(code), RECREATIONAL, known).astype(np.int64)


def background(columns: Columns, figures: Coefficients) -> Background:
    """Return levels, hours and records of the rows; unknown hours are those of the level."""
    at = _level_code(columns)
    levels = [figures.baseline.levels[name] for name in LEVELS]
    hours = level_log_hours(columns, figures)
    rate = np.log([level.incidence / 1000 * level.hours for level in levels])[at]
    record = np.log(columns["hours_week_on_record"] + figures.exposure.least_hours)
    record = np.where(np.isnan(record), usual_log_hours(columns, figures.exposure), record)
    weeks = columns["weeks_at_risk_on_record"]
    injuries = columns["injuries_on_record"]
    on_record = ~(np.isnan(weeks) | np.isnan(injuries))
    coming = expected_log_hours(columns, figures.exposure)
    return Background(
        log_rate=rate,
        level=np.stack([at == LEVELS.index(name) for name in OTHER_LEVELS], axis=1).astype(float),
        # Unknown hours become those of the level, whose log ratio is 0.
        log_hours=np.nan_to_num(coming - hours),
        record_log_hours=np.nan_to_num(record - hours),
        # A record of no weeks has no logarithm; one week says so little that it changes nothing.
        record_log_weeks=np.log(np.maximum(np.nan_to_num(weeks, nan=LEAST_WEEKS), LEAST_WEEKS)),
        injuries=np.nan_to_num(injuries),
        on_record=on_record,
    )
