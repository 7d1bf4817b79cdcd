"""How far the forecasts should be shifted, learnt from verified weeks: the level first.

Recalibrate before you retrain: the intercept alone held up best over seasons (Bullock 2022). It is
drawn towards 0 by a prior, so that the first injuries move it a little and many move it all the
way; the slope is left at 1 until there are injuries enough to learn it (Collins 2016: 100). A shift
whose 90 % interval holds 0 is not made: where the level was right the noise of a few injuries would
do more harm than good. Whether it helps is judged as it went: each week is shifted by what the
weeks before it had taught.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import expit

from common.arrays import Floats
from models.evidence.recalibration import SLOPE_SD, recalibration
from models.numeric.log_score import log_score
from models.numeric.weighted_logistic import logit

LEVEL_SD: Final = 0.4
"""How far the level of a team lies from a forecast's, in log-odds (as in the evidence model)."""
HELD: Final = 1e-6
"""Spread of a slope that is not learnt."""
EVENTS_FOR_SLOPE: Final = 100
REACH: Final = 1.645
"""Standard errors to either end of a 90 % interval."""
PER: Final = 1000


@dataclass(frozen=True)
class Shift:
    """log-odds = intercept + slope x forecast's log-odds.

    Parameters
    ----------
    intercept, slope : float
        0 and 1 change nothing.
    error : float
        Standard deviation of the intercept.
    events : int
        Injuries it was learnt from.
    """

    intercept: float
    slope: float
    error: float
    events: int

    @property
    def low(self) -> float:
        """Lower end of the intercept's 90 % interval."""
        return self.intercept - REACH * self.error

    @property
    def high(self) -> float:
        """Upper end of the intercept's 90 % interval."""
        return self.intercept + REACH * self.error

    @property
    def is_called_for(self) -> bool:
        """Whether the level is surely off."""
        return not self.low <= 0 <= self.high

    def of(self, probability: Floats) -> Floats:
        """Return shifted probabilities, shape (n,)."""
        return np.asarray(expit(self.intercept + self.slope * logit(probability)))


def learnt_shift(probability: Floats, event: Floats) -> Shift:
    """Return the shift that verified forecasts ask for.

    Parameters
    ----------
    probability, event : ndarray of shape (n,)
        Forecasts and what followed, 0 or 1. Without any the shift is none.
    """
    events = int(event.sum())
    # A very narrow prior keeps the slope at 1; a spread of 0 would have no inverse.
    free = SLOPE_SD if events >= EVENTS_FOR_SLOPE else HELD
    gaussian = recalibration(logit(probability), event, LEVEL_SD, free)
    error = float(np.sqrt(gaussian.covariance[0, 0]))
    return Shift(float(gaussian.mean[0]), float(gaussian.mean[1]), error, events)


def shifted_as_it_went(forecasts: pd.DataFrame, horizon_days: int) -> Floats:
    """Return each forecast shifted where that was called for on its day, shape (n,).

    Parameters
    ----------
    forecasts : pandas.DataFrame
        as_of, probability and event (0 or 1) of one outcome.
    horizon_days : int
        A week teaches once its horizon is over.
    """
    shifted_forecasts = np.empty(len(forecasts))
    days = forecasts["as_of"].to_numpy()
    p = forecasts["probability"].to_numpy(dtype=np.float64)
    event = forecasts["event"].to_numpy(dtype=np.float64)
    for day in np.unique(days):
        # A week whose horizon was still open on that day had taught nothing yet.
        now, over = days == day, days + np.timedelta64(horizon_days, "D") <= day
        # To judge a shift by the weeks that taught it would always find that it helps.
        shift = learnt_shift(p[over], event[over])
        shifted_forecasts[now] = shift.of(p[now]) if shift.is_called_for else p[now]
    return shifted_forecasts


def shift_table(forecasts: pd.DataFrame, horizon_days: int) -> list[dict[str, Any]]:
    """Return of each outcome the shift that its verified weeks ask for, and whether it helps.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        outcome, as_of, probability, event (0 or 1): forecasts nobody acted on.
    horizon_days : int
        Length of the forecast period.

    Returns
    -------
    list of dict
        outcome, events, intercept with its 90 % interval low and high, is_called_for (the interval
        does not hold 0), odds_factor (exp of the intercept),
        slope (1 while it is not learnt), slope_is_learnt, and gain: log score per 1,000 forecasts
        gained by shifting as it went (above 0 it would have helped). Outcomes without a verified
        forecast are left out.
    """
    return [
        _row(str(outcome), part, horizon_days)
        for outcome, part in forecasts.groupby("outcome", sort=False)
    ]


def _row(outcome: str, part: pd.DataFrame, horizon_days: int) -> dict[str, Any]:
    p = part["probability"].to_numpy(dtype=np.float64)
    event = part["event"].to_numpy(dtype=np.float64)
    shift = learnt_shift(p, event)
    gain = log_score(event, shifted_as_it_went(part, horizon_days)) - log_score(event, p)
    return {
        "outcome": outcome,
        "events": shift.events,
        "intercept": shift.intercept,
        "low": shift.low,
        "high": shift.high,
        "is_called_for": shift.is_called_for,
        "odds_factor": float(np.exp(shift.intercept)),
        "slope": shift.slope,
        "slope_is_learnt": shift.events >= EVENTS_FOR_SLOPE,
        "gain": PER * float(gain.mean()),
    }
