"""The load line: how far the longest run, or the week, may go before the forecast changes band.

Everything else of the week stays as it is. Because more running never lowers a forecast there is
one crossing, and it is found by halving on a grid of 0.1 km.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats, Ints
from features.week_ahead.week import ComingWeek, Measures, hard_pairs
from forecasting.planning.ahead import Ahead, cumulative_hazard, probability
from forecasting.scoring.bands import BANDS, DEFAULT_BANDS, Band
from forecasting.settings import BandSettings
from models.week_ahead.effects import nonnegative

STEP_KM: Final = 0.1
MOST_TIMES: Final = 2.0
"""A run of more than twice the longest, or a week of more than twice this one, was hardly studied:
no line is drawn beyond."""
DRAWS: Final = 200
LEVEL: Final = 0.9

Numbers = Callable[[Floats], Measures]
"""From kilometres of shape (n, k) to the week's numbers of the same shape."""


@dataclass(frozen=True, eq=False)
class Line:
    """Where forecasts cross a band, km, one value per row.

    Parameters
    ----------
    km : ndarray
        The longest that stays below the band; NaN where even 0 km is in it, and where it cannot
        be told: nothing to lengthen, no pace, or no run in the 30 days before.
    low, high : ndarray
        90 % range, from the uncertainty of what a week does; the athlete's own level, which is
        uncertain too, is taken as forecast.
    never : ndarray of bool
        Whether no length up to twice the longest run, or the week, crosses: `km` is that length.
    always : ndarray of bool
        Whether even 0 km is in the band.
    """

    km: Floats
    low: Floats
    high: Floats
    never: npt.NDArray[np.bool_]
    always: npt.NDArray[np.bool_]


def longest_run_line(
    ahead: Ahead,
    week: ComingWeek,
    band: Band,
    settings: BandSettings = DEFAULT_BANDS,
    draws: int = DRAWS,
) -> Line:
    """Return how long the week's longest run may be, all other runs as they are.

    Parameters
    ----------
    ahead : Ahead
        Of n athletes.
    week : ComingWeek
        Their weeks.
    band : str
        The band that is not to be reached.
    settings : BandSettings
        Where the bands change.
    draws : int
        Of the effects, for the range.
    """
    at = np.arange(len(week))
    day = np.argmax(week.longest_km, axis=1)
    length = week.longest_km[at, day]
    per_km = np.divide(
        week.minutes[at, day], week.km[at, day], out=ahead.pace.copy(), where=week.km[at, day] > 0
    )
    others = week.longest_km.copy()
    # A second run of that day stays; it cannot be longer than the longest.
    others[at, day] = np.clip(week.km[at, day] - length, 0.0, length)
    rest_hours = week.hours - np.nan_to_num(length * per_km) / 60
    pairs = hard_pairs(week.hard, ahead.before.hard_today)

    def numbers(km: Floats) -> Measures:
        longest = np.maximum(km, others.max(axis=1)[:, None])
        hours = np.maximum(rest_hours[:, None], 0.0) + km * per_km[:, None] / 60
        return _numbers(ahead, hours, longest, pairs)

    known = ~np.isnan(per_km) & (ahead.before.longest_km > 0)
    return _crossing(
        ahead, numbers, band, settings, MOST_TIMES * ahead.before.longest_km, known, draws
    )


def week_line(
    ahead: Ahead, week: ComingWeek, band: Band, settings: BandSettings = DEFAULT_BANDS
) -> Line:
    """Return how many km the week may have if all its runs are scaled by one factor."""
    numbers, known = _scaled(ahead, week)
    return _crossing(ahead, numbers, band, settings, MOST_TIMES * week.week_km, known, DRAWS)


def risks_of_weeks(ahead: Ahead, week: ComingWeek, km: Floats) -> Floats:
    """Return the risk of weeks of other lengths, all runs made longer or shorter alike.

    Parameters
    ----------
    ahead : Ahead
        Of n athletes.
    week : ComingWeek
        Their weeks.
    km : ndarray of shape (n, k)
        Lengths of the week.

    Returns
    -------
    ndarray of shape (n, k)
        NaN where the week has no kilometres, or no run of the 30 days before is known.
    """
    numbers, known = _scaled(ahead, week)
    mean = nonnegative(ahead.effects.coefficients.mean[None, :])
    # NaN would warn in every formula on its way; the rows are blanked again at the end.
    of_known = np.where(known[:, None], km, 0.0)
    columns = [_risk(ahead, numbers(of_known[:, [at]]), mean) for at in range(km.shape[1])]
    return np.where(known[:, None], np.concatenate(columns, axis=1), np.nan)


def _scaled(ahead: Ahead, week: ComingWeek) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Return the measures of the week as a function of its kilometres, and which rows know them."""
    whole = week.week_km
    pairs = hard_pairs(week.hard, ahead.before.hard_today)

    def numbers(km: Floats) -> Measures:
        times = km / np.where(whole > 0, whole, 1.0)[:, None]
        hours, longest = times * week.hours[:, None], times * week.longest[:, None]
        return _numbers(ahead, hours, longest, pairs)

    return numbers, (whole > 0) & (ahead.before.longest_km > 0)


def _numbers(ahead: Ahead, hours: Floats, longest: Floats, pairs: Floats) -> Measures:
    reference = ahead.before.longest_km[:, None]
    ratio = np.where(longest > 0, longest / reference, 0.0)
    return Measures(hours, ratio, np.broadcast_to(pairs[:, None], hours.shape))


def _crossing(
    ahead: Ahead,
    numbers: Numbers,
    band: Band,
    settings: BandSettings,
    most: Floats,
    known: npt.NDArray[np.bool_],
    draws: int,
) -> Line:
    mean = nonnegative(ahead.effects.coefficients.mean[None, :])
    # A fixed seed: the same week must give the same line on the terminal and on the page.
    drawn = nonnegative(ahead.effects.coefficients.draws(draws, seed=0))
    steps = np.rint(np.where(known, most, 0.0) / STEP_KM).astype(np.int64)
    last = _last_below(ahead, numbers, mean, band, settings, steps)[:, 0]
    spread = _last_below(ahead, numbers, drawn, band, settings, steps)
    # "nearest", because steps are whole: between two of them there is no length.
    ends = np.quantile(spread, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=1, method="nearest")
    always = known & (last < 0)

    def km(step: Floats | Ints) -> Floats:
        return np.where(known, np.round(np.maximum(step, 0) * STEP_KM, 1), np.nan)

    return Line(
        km=np.where(always, np.nan, km(last)),
        low=km(ends[0]),
        high=km(ends[1]),
        never=known & (last >= steps),
        always=always,
    )


def _last_below(
    ahead: Ahead,
    numbers: Numbers,
    coefficients: Floats,
    band: Band,
    settings: BandSettings,
    steps: Ints,
) -> Ints:
    """Return the last step below the band, -1 if there is none; shape (n, draws)."""
    shape = (len(ahead.probability), len(coefficients))
    low = np.full(shape, -1)
    high = np.broadcast_to(steps[:, None] + 1, shape)
    while (high - low > 1).any():
        # Halving is right because more running never lowers a forecast: there is one crossing.
        middle = (low + high) // 2
        weeks = numbers(np.round(middle * STEP_KM, 1))
        reached = in_band(_risk(ahead, weeks, coefficients), ahead.base_rate, band, settings)
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return low


def _risk(ahead: Ahead, week: Measures, coefficients: Floats) -> Floats:
    """Return the risk under each draw of the effects, shape (n, draws)."""
    design = ahead.effects.design(week, ahead.hours_before)
    moved = (design * coefficients).sum(axis=-1)
    return probability(cumulative_hazard(ahead.probability)[:, None] * np.exp(moved))


def in_band(
    risk: Floats, base_rate: float, band: Band, settings: BandSettings = DEFAULT_BANDS
) -> npt.NDArray[np.bool_]:
    """Say of which risks the band is this one or a higher one, by the ratio as it is shown.

    Examples
    --------
    >>> in_band(np.array([0.019, 0.0391, 0.5]), 0.02, "high")
    array([False,  True,  True])
    """
    # As the page rounds: a line at "2.0 x" must belong to the band that the reader sees.
    ratio = np.round(risk / base_rate, 1)
    if band == BANDS[0]:
        return np.ones(risk.shape, dtype=np.bool_)
    if band == BANDS[-1]:
        return np.asarray(ratio > settings.very_high)
    return np.asarray(ratio >= (settings.raised if band == BANDS[1] else settings.high))
