"""Whether forecast and outcome drift apart with the season."""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.resampling import Resampling, ratio
from models.metrics.subgroups import few_events
from models.settings.evaluation import IntervalSettings

Period = Literal["M", "Q"]


def calibration_over_time(
    y: npt.ArrayLike,
    probability: Floats,
    dates: pd.Series,
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
    period: Period = "M",
) -> pd.DataFrame:
    """Return forecast, outcome and O/E in each month or quarter.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1; a true probability is taken as well.
    probability : ndarray of shape (n,)
        Forecasts of one model.
    dates : pandas.Series
        As-of date of each row.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed.
    period : {"M", "Q"}
        Month or quarter.

    Returns
    -------
    pandas.DataFrame
        period (its first day), rows, events, forecast, observed (rates), observed_low,
        observed_high, observed_expected with _low and _high (observed over expected events), note.
    """
    event = np.asarray(y, dtype=float)
    # By the as-of date and not by the onset: only rows have a forecast.
    starts = pd.to_datetime(dates).dt.to_period(period).dt.start_time
    codes, periods = pd.factorize(starts.to_numpy(), sort=True)
    inside = (codes[:, None] == np.arange(len(periods))).astype(float)
    draws = Resampling.of(event, athletes, settings)
    rows = draws.totals(inside)
    events = draws.totals(inside * event[:, None])
    expected = draws.totals(inside * probability[:, None])
    observed, low, high = draws.interval(ratio(events, rows))
    over, over_low, over_high = draws.interval(ratio(events, expected))
    return pd.DataFrame(
        {
            "period": periods,
            "rows": rows[0].astype(int),
            "events": events[0],
            "forecast": ratio(expected[0], rows[0]),
            "observed": observed,
            "observed_low": low,
            "observed_high": high,
            "observed_expected": over,
            "observed_expected_low": over_low,
            "observed_expected_high": over_high,
            "note": [few_events(n) for n in events[0]],
        }
    )
