r"""WHO and WHEN: whether forecasts tell runners apart, and a runner's weeks apart.

With l the log-odds of a forecast, the outcome is regressed on the mean of the athlete's own earlier
forecasts and on this week's deviation from it, both known on the day (logistic; the split of a
covariate into between and within, Neuhaus & Kalbfleisch 1998, Biometrics 54:638):

.. math:: \mathrm{logit}\, P(y = 1) = c + \mathrm{who}\; \bar l + \mathrm{when}\; (l - \bar l)

1 and 1 is right; below 1 forecasts differ too much. The spread is the standard deviation of the
deviation: how much a forecast dares. The concordance within athletes is the share of pairs of weeks
of one athlete, weighed by :math:`y_i (1 - y_j)`, in which the first had the higher forecast.

On drawn events the concordance is biased for whatever counts injuries: weeks after an injury are
later controls with a higher count. On the true probabilities of simulated weeks it is not.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from features.kernels.jit import kernel
from models.metrics.resampling import Resampling, ratio
from models.numeric.newton_kernel import slopes, solved
from models.numeric.weighted_logistic import logit
from models.settings.evaluation import IntervalSettings

MEASURES: Final = ("who_slope", "when_slope", "when_spread", "concordance_within")
_ROUNDS: Final = 25
_TINY: Final = 1e-8
_RIDGE: Final = 1e-9
_LONGEST: Final = 2.0  # step, log-odds


def who_when(
    y: npt.ArrayLike,
    p: Floats,
    athletes: npt.ArrayLike,
    dates: npt.ArrayLike,
    settings: IntervalSettings,
) -> pd.DataFrame:
    """Return the slopes, the spread of the deviation and the concordance within athletes.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1, or true probabilities.
    p : ndarray of shape (n,)
        Forecasts of one model.
    athletes, dates : array-like of shape (n,)
        Whose forecasts, and of which day.
    settings : IntervalSettings
        Draws of athletes, coverage, seed.

    Returns
    -------
    pandas.DataFrame
        measure, value, low, high in the order of :data:`MEASURES`; nan where nothing varies.
    """
    table = pd.DataFrame(
        {"athlete": np.asarray(athletes), "date": np.asarray(dates), "y": np.asarray(y, float)}
    )
    table = table.assign(logit=logit(np.asarray(p, float))).sort_values(["athlete", "date"])
    table = table.assign(past=_own_past(table)).dropna(subset=["past"])
    columns = ["measure", "value", "low", "high"]
    if table.empty:
        return pd.DataFrame([[name, *[np.nan] * 3] for name in MEASURES], columns=columns)
    event, deviation = table["y"].to_numpy(), (table["logit"] - table["past"]).to_numpy()
    draws = Resampling.of(event > 0, table["athlete"], settings)
    counts = np.vstack([np.ones(draws.counts.shape[1]), draws.counts])
    of_draws = _slopes(event, table["past"].to_numpy(), deviation, draws.codes, counts)
    moments = draws.totals(np.column_stack([np.ones(len(event)), deviation, deviation**2]))
    # From moments of athletes: no draw has to go through the rows.
    mean = ratio(moments[:, 1], moments[:, 0])
    spread = np.sqrt(np.maximum(ratio(moments[:, 2], moments[:, 0]) - mean**2, 0.0))
    pairs = _pairs_within(event, table["logit"].to_numpy(), draws)
    estimates = [*of_draws.T, spread, ratio(counts @ pairs[:, 0], counts @ pairs[:, 1])]
    rows = [[name, *draws.interval(v)] for name, v in zip(MEASURES, estimates, strict=True)]
    return pd.DataFrame(rows, columns=columns)


def _own_past(table: pd.DataFrame) -> pd.Series:
    """Return the mean of each athlete's earlier forecasts; nan before the second."""
    # Shifted: with this week in it the mean would not be known before this week's forecast.
    before = table.groupby("athlete")["logit"].shift()
    earlier = table.groupby("athlete").cumcount()
    return before.groupby(table["athlete"]).cumsum() / earlier


def _slopes(
    event: Floats, past: Floats, deviation: Floats, codes: npt.NDArray[np.int64], counts: Floats
) -> Floats:
    """Return the two slopes on each draw, shape (draws, 2); nan where they are not defined."""
    if min(past.std(), deviation.std()) < _TINY:
        return np.full((len(counts), 2), np.nan)
    x = np.stack([np.ones(len(event)), past - past.mean(), deviation])
    athlete, sample = codes.astype(np.int64), np.ones((1, counts.shape[1]))
    # Each draw begins at the sample's fit, from which it is a few steps away.
    start, coefficients = np.zeros((1, 3)), np.empty((len(counts), 3))
    _fits(x, event, athlete, sample, np.zeros(3), start)
    _fits(x, event, athlete, counts, start[0], coefficients)
    return coefficients[:, 1:]


@kernel
def _fits(
    x: Floats,
    event: Floats,
    codes: npt.NDArray[np.int64],
    counts: Floats,
    start: Floats,
    coefficients: Floats,
) -> None:
    """Write the coefficients of a weighted logistic regression on each draw, by Newton's steps."""
    weight = np.empty(len(event))
    for d in range(len(counts)):
        for i in range(len(event)):
            weight[i] = counts[d, codes[i]]
        for j in range(len(start)):
            coefficients[d, j] = start[j]
        for _ in range(_ROUNDS):
            if _step(x, event, weight, coefficients[d]) < _TINY:
                break


@kernel
def _step(x: Floats, event: Floats, weight: Floats, at: Floats) -> float:
    """Move coefficients by one step, and return its length in the longest direction."""
    k, n = x.shape
    log_odds, gradient, information = np.zeros(n), np.empty(k), np.empty((k, k))
    for j in range(k):
        for i in range(n):
            log_odds[i] += at[j] * x[j, i]
    slopes(x, event, weight, log_odds, gradient, information)
    for j in range(k):
        information[j, j] += _RIDGE
    solved(information, gradient)
    longest = 0.0
    for j in range(k):
        longest = max(longest, abs(gradient[j]))
        # Draws with few events would else jump to where p is 0 or 1 and nothing pulls back.
        at[j] += min(max(gradient[j], -_LONGEST), _LONGEST)
    return longest


def _pairs_within(event: Floats, score: Floats, draws: Resampling) -> Floats:
    """Return concordant and all pairs of each athlete, weighed by y_i (1 - y_j)."""
    pairs = np.zeros((draws.counts.shape[1], 2))
    # Rows stand in the order of athletes: a search among all rows for each would take the square.
    bounds = np.searchsorted(draws.codes, np.arange(len(pairs) + 1))
    for code in range(len(pairs)):
        mine = slice(bounds[code], bounds[code + 1])
        y, s = event[mine], score[mine]
        weight = y[:, None] * (1 - y)[None, :]
        np.fill_diagonal(weight, 0.0)
        apart = s[:, None] - s[None, :]
        pairs[code] = (weight * ((apart > 0) + 0.5 * (apart == 0))).sum(), weight.sum()
    return pairs
