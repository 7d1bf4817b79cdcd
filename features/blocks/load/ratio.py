"""How it changes: acute over chronic load, monotony, fitness and fatigue, ramps."""

import math
from typing import Final

import numpy as np

from features.blocks.load.session_load import session_load
from features.blocks.load.sparse_measures import measured_ewma, measured_mean, measured_sum
from features.blocks.load.volume import FOSTER, LOAD_RULE
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition

WILLIAMS: Final = "Williams 2017"
NO_EFFECT: Final = (
    "carried for comparison: negative or no relation in 5,205 runners (Frandsen 2025)"
)


def acwr_uncoupled(days: Days) -> Daily:
    """Mean of the acute days over the mean of the chronic days before them."""
    w = days.settings.windows
    # The lag uncouples: with the acute days inside, the ratio is pulled towards 1 (Lolli 2017).
    chronic = days.mean("run_km", w.chronic_days - w.acute_days, lag=w.acute_days)
    return ratio(days.mean("run_km", w.acute_days), chronic)


def acwr_srpe_uncoupled(days: Days) -> Daily:
    """Mean sRPE load of the acute days over the mean of the chronic days before them."""
    load, w = session_load(days), days.settings.windows
    acute = measured_mean(days, load, "sessions", w.acute_days)
    before = w.chronic_days - w.acute_days
    return ratio(acute, measured_mean(days, load, "sessions", before, lag=w.acute_days))


def acwr_coupled(days: Days) -> Daily:
    """Mean of the acute days over the mean of all chronic days; at most chronic / acute."""
    w = days.settings.windows
    return ratio(days.mean("run_km", w.acute_days), days.mean("run_km", w.chronic_days))


def acwr_ewma(days: Days) -> Daily:
    """EWMA with lambda = 2 / (acute days + 1) over EWMA with lambda = 2 / (chronic days + 1)."""
    w = days.settings.windows
    acute = days.ewma("run_km", 2 / (w.acute_days + 1))
    return ratio(acute, days.ewma("run_km", 2 / (w.chronic_days + 1)))


def acwr_srpe_ewma(days: Days) -> Daily:
    """Divide the EWMA of sRPE load over the acute days by that over the chronic days."""
    load, w = session_load(days), days.settings.windows
    acute = measured_ewma(days, load, "sessions", 2 / (w.acute_days + 1))
    return ratio(acute, measured_ewma(days, load, "sessions", 2 / (w.chronic_days + 1)))


def acute_over_constant(days: Days) -> Daily:
    """Mean of the acute days over a denominator that never moves: the first chronic mean."""
    acute = days.mean("run_km", days.settings.windows.acute_days)
    # On every day, although only some are wanted: the first mean may lie on a day that is not.
    return ratio(acute, days.on_every_day(_first_regular_mean))


def _first_regular_mean(days: Days) -> Daily:
    chronic_days = days.settings.windows.chronic_days
    # A start-up month of one run would be a tiny denominator for good.
    regular = days.sum("run_sessions", chronic_days) >= chronic_days / 7
    chronic = np.where(regular, days.mean("run_km", chronic_days), np.nan)
    return days.first_positive("regular run_km", chronic)


def week_change(days: Days) -> Daily:
    """Distance of the past 7 days over distance of the 7 days before."""
    return ratio(days.sum("run_km", 7), days.sum("run_km", 7, lag=7))


def ramp(days: Days) -> Daily:
    """Least-squares slope of the last four weekly distances over their mean, per week."""
    last, second, third, fourth = (days.sum("run_km", 7, lag=7 * week) for week in range(4))
    # Least squares of four equally spaced values in closed form.
    slope = (3 * last + second - third - 3 * fourth) / 10
    return ratio(slope, (last + second + third + fourth) / 4)


def monotony(days: Days) -> Daily:
    """Mean over sample standard deviation of 7 days' sRPE load."""
    load = session_load(days)
    # Load that never changes has no spread: its monotony is null and not infinite.
    return ratio(measured_mean(days, load, "sessions", 7), days.std(load, 7))


def strain(days: Days) -> Daily:
    """Load of the week (sRPE) times its monotony."""
    return measured_sum(days, session_load(days), "sessions", 7) * monotony(days)


def banister(days: Days, time_constant: int) -> Daily:
    """EWMA of sRPE load with lambda = 1 - exp(-1 / time constant)."""
    return measured_ewma(days, session_load(days), "sessions", 1 - math.exp(-1 / time_constant))


def fitness(days: Days) -> Daily:
    """Load faded with the longer time constant."""
    return banister(days, days.settings.windows.fitness_days)


def load_fatigue(days: Days) -> Daily:
    """Load faded with the shorter time constant."""
    return banister(days, days.settings.windows.fatigue_days)


def form(days: Days) -> Daily:
    """Fitness minus fatigue."""
    return fitness(days) - load_fatigue(days)


def _ratio(name: str, label: str, formula: str, source: str, high: float = 100.0) -> Feature:
    return Feature(
        name=name,
        block="load",
        label=label,
        unit="",
        formula=formula + "; null if the denominator is 0",
        source=source,
        changeable=True,
        high=high,
        decimals=2,
    )


def _load(name: str, label: str, formula: str, source: str, low: float, high: float) -> Feature:
    return Feature(
        name=name,
        block="load",
        label=label,
        unit="AU",
        formula=formula,
        source=source,
        changeable=True,
        low=low,
        high=high,
    )


RATIOS: Final = (
    Definition(
        _ratio(
            "acwr_uncoupled",
            "distance of the past {acute_days} days against the days before, back to "
            "{chronic_days} "
            "(acute:chronic)",
            "mean daily running distance of days 0-{last_acute} / mean of days "
            "{acute_days}-{last_chronic}",
            NO_EFFECT,
        ),
        acwr_uncoupled,
    ),
    Definition(
        _ratio(
            "acwr_coupled",
            "distance of the past {acute_days} days against the past {chronic_days} (coupled "
            "acute:chronic)",
            "mean daily running distance of days 0-{last_acute} / mean of days 0-{last_chronic}",
            "Lolli 2017: acute is inside chronic, which pulls the ratio towards 1",
            5.0,
        ),
        acwr_coupled,
    ),
    Definition(
        _ratio(
            "acwr_ewma",
            "distance lately against the longer run (weighted acute:chronic)",
            "EWMA of daily running distance with lambda = 2/({acute_days} + 1) / EWMA with "
            "lambda = 2/({chronic_days} + 1), both "
            "begun at the first known day",
            WILLIAMS,
        ),
        acwr_ewma,
    ),
    Definition(
        _ratio(
            "acute_over_constant",
            "distance of the past {acute_days} days against a fixed level (null check of "
            "acute:chronic)",
            "mean daily running distance of days 0-{last_acute} / the athlete's first mean of "
            "{chronic_days} days with "
            "at least a run a week, which never changes afterwards",
            "Impellizzeri 2020: a ratio must beat its own numerator over a constant",
        ),
        acute_over_constant,
    ),
    Definition(
        _ratio(
            "acwr_srpe_uncoupled",
            "session load of the past {acute_days} days against the days before, back to "
            "{chronic_days} (acute:chronic)",
            "mean daily sRPE load of days 0-{last_acute} / mean of days {acute_days}-{last_chronic}"
            + LOAD_RULE,
            NO_EFFECT,
        ),
        acwr_srpe_uncoupled,
    ),
    Definition(
        _ratio(
            "acwr_srpe_ewma",
            "session load lately against the longer run (weighted acute:chronic)",
            "EWMA of daily sRPE load with lambda = 2/({acute_days} + 1) / EWMA with lambda = "
            "2/({chronic_days} + 1)" + LOAD_RULE,
            WILLIAMS,
        ),
        acwr_srpe_ewma,
    ),
    Definition(
        _ratio(
            "week_change",
            "distance this week against last week",
            "running distance of days 0-6 / running distance of days 7-13",
            "no relation (Frandsen 2025); the 10 % rule had no effect (Buist 2008)",
            50.0,
        ),
        week_change,
    ),
    Definition(
        Feature(
            name="ramp_4w",
            block="load",
            label="trend of the weekly distance over four weeks",
            unit="per week",
            formula="least-squares slope of the four latest weekly running distances (days 0-6, "
            "7-13, 14-20, 21-27) / their mean; null if the mean is 0",
            source="Nielsen 2014: > 30 % weekly progression, HR 1.59 (0.96-2.66)",
            changeable=True,
            low=-1.2,
            high=1.2,
            decimals=2,
        ),
        ramp,
    ),
    Definition(
        _ratio(
            "monotony_7d",
            "sameness of the week's load (monotony)",
            "mean / sample standard deviation of daily sRPE load over 7 days, rest days as 0"
            + LOAD_RULE,
            "Foster 1998",
            20.0,
        ),
        monotony,
    ),
    Definition(
        _load(
            "strain_7d",
            "strain of the week",
            "sRPE load of 7 days x monotony_7d",
            "Foster 1998",
            0.0,
            200_000.0,
        ),
        strain,
    ),
    Definition(
        _load(
            "fitness_{fitness_days}d",
            "fitness (load of the past weeks, faded)",
            "EWMA of daily sRPE load with lambda = 1 - exp(-1/{fitness_days}), begun at the "
            "first known day" + LOAD_RULE,
            "Banister 1975; " + FOSTER,
            0.0,
            5000.0,
        ),
        fitness,
    ),
    Definition(
        _load(
            "load_fatigue_{fatigue_days}d",
            "fatigue from load (load of the past days, faded)",
            "EWMA of daily sRPE load with lambda = 1 - exp(-1/{fatigue_days}), begun at the "
            "first known day" + LOAD_RULE,
            "Banister 1975; " + FOSTER,
            0.0,
            5000.0,
        ),
        load_fatigue,
    ),
    Definition(
        _load(
            "form",
            "form (fitness minus fatigue from load)",
            "fitness_{fitness_days}d - load_fatigue_{fatigue_days}d",
            "Banister 1975",
            -5000.0,
            5000.0,
        ),
        form,
    ),
)
