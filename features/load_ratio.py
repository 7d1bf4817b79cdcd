"""How it changes: acute over chronic load, monotony, fitness and fatigue, ramps."""

import math
from typing import Final

import numpy as np

from features.catalogue import Feature
from features.days import Days, ratio
from features.definition import Definition
from features.load_volume import FOSTER, LOAD_RULE
from features.measured import measured_ewma, measured_mean, measured_sum
from features.session_load import session_load
from features.windows import Daily

ACUTE_DAYS: Final = 7
CHRONIC_DAYS: Final = 28
FITNESS_DAYS: Final = 42
WILLIAMS: Final = "Williams 2017"
NO_EFFECT: Final = (
    "carried for comparison: negative or no relation in 5,205 runners (Frandsen 2025)"
)


def acwr_uncoupled(days: Days) -> Daily:
    """Mean of days 0-6 over mean of days 7-27."""
    chronic = days.mean("run_km", CHRONIC_DAYS - ACUTE_DAYS, lag=ACUTE_DAYS)
    return ratio(days.mean("run_km", ACUTE_DAYS), chronic)


def acwr_srpe_uncoupled(days: Days) -> Daily:
    """Mean sRPE load of days 0-6 over mean of days 7-27."""
    load, before = session_load(days), CHRONIC_DAYS - ACUTE_DAYS
    acute = measured_mean(days, load, "sessions", ACUTE_DAYS)
    return ratio(acute, measured_mean(days, load, "sessions", before, lag=ACUTE_DAYS))


def acwr_coupled(days: Days) -> Daily:
    """Mean of days 0-6 over mean of days 0-27; at most 4 when every day is known."""
    return ratio(days.mean("run_km", ACUTE_DAYS), days.mean("run_km", CHRONIC_DAYS))


def acwr_ewma(days: Days) -> Daily:
    """EWMA with lambda = 2 / (7 + 1) over EWMA with lambda = 2 / (28 + 1)."""
    acute = days.ewma("run_km", 2 / (ACUTE_DAYS + 1))
    return ratio(acute, days.ewma("run_km", 2 / (CHRONIC_DAYS + 1)))


def acwr_srpe_ewma(days: Days) -> Daily:
    """Divide the EWMA of sRPE load with N = 7 by that with N = 28."""
    load = session_load(days)
    acute = measured_ewma(days, load, "sessions", 2 / (ACUTE_DAYS + 1))
    return ratio(acute, measured_ewma(days, load, "sessions", 2 / (CHRONIC_DAYS + 1)))


def acute_over_constant(days: Days) -> Daily:
    """Mean of days 0-6 over a denominator that never moves: the athlete's first chronic mean."""
    return ratio(days.mean("run_km", ACUTE_DAYS), days.on_every_day(_first_regular_mean))


def _first_regular_mean(days: Days) -> Daily:
    regular = days.sum("run_sessions", CHRONIC_DAYS) >= CHRONIC_DAYS / 7
    chronic = np.where(regular, days.mean("run_km", CHRONIC_DAYS), np.nan)
    return days.first_positive("regular run_km", chronic)


def week_change(days: Days) -> Daily:
    """Distance of the past 7 days over distance of the 7 days before."""
    return ratio(days.sum("run_km", 7), days.sum("run_km", 7, lag=7))


def ramp(days: Days) -> Daily:
    """Least-squares slope of the last four weekly distances over their mean, per week."""
    last, second, third, fourth = (days.sum("run_km", 7, lag=7 * week) for week in range(4))
    slope = (3 * last + second - third - 3 * fourth) / 10
    return ratio(slope, (last + second + third + fourth) / 4)


def monotony(days: Days) -> Daily:
    """Mean over sample standard deviation of 7 days' sRPE load."""
    load = session_load(days)
    return ratio(measured_mean(days, load, "sessions", 7), days.std(load, 7))


def strain(days: Days) -> Daily:
    """Load of the week (sRPE) times its monotony."""
    return measured_sum(days, session_load(days), "sessions", 7) * monotony(days)


def banister(days: Days, time_constant: int) -> Daily:
    """EWMA of sRPE load with lambda = 1 - exp(-1 / time constant)."""
    return measured_ewma(days, session_load(days), "sessions", 1 - math.exp(-1 / time_constant))


def form(days: Days) -> Daily:
    """Fitness minus fatigue."""
    return banister(days, FITNESS_DAYS) - banister(days, ACUTE_DAYS)


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
            "distance this week against the three weeks before (acute:chronic)",
            "mean daily running distance of days 0-6 / mean of days 7-27",
            NO_EFFECT,
        ),
        acwr_uncoupled,
    ),
    Definition(
        _ratio(
            "acwr_coupled",
            "distance this week against the past four weeks (coupled acute:chronic)",
            "mean daily running distance of days 0-6 / mean of days 0-27",
            "Lolli 2017: acute is inside chronic, which pulls the ratio towards 1",
            5.0,
        ),
        acwr_coupled,
    ),
    Definition(
        _ratio(
            "acwr_ewma",
            "distance lately against the longer run (weighted acute:chronic)",
            "EWMA of daily running distance with lambda = 2/8 / EWMA with lambda = 2/29, both "
            "begun at the first known day",
            WILLIAMS,
        ),
        acwr_ewma,
    ),
    Definition(
        _ratio(
            "acute_over_constant",
            "distance this week against a fixed level (null check of acute:chronic)",
            "mean daily running distance of days 0-6 / the athlete's first mean of 28 days with "
            "at least 4 runs, which never changes afterwards",
            "Impellizzeri 2020: a ratio must beat its own numerator over a constant",
        ),
        acute_over_constant,
    ),
    Definition(
        _ratio(
            "acwr_srpe_uncoupled",
            "session load this week against the three weeks before (acute:chronic)",
            "mean daily sRPE load of days 0-6 / mean of days 7-27" + LOAD_RULE,
            NO_EFFECT,
        ),
        acwr_srpe_uncoupled,
    ),
    Definition(
        _ratio(
            "acwr_srpe_ewma",
            "session load lately against the longer run (weighted acute:chronic)",
            "EWMA of daily sRPE load with lambda = 2/8 / EWMA with lambda = 2/29" + LOAD_RULE,
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
            "fitness_42d",
            "fitness (load of the past weeks, faded)",
            "EWMA of daily sRPE load with lambda = 1 - exp(-1/42), begun at the first known day"
            + LOAD_RULE,
            "Banister 1975; " + FOSTER,
            0.0,
            5000.0,
        ),
        lambda d: banister(d, FITNESS_DAYS),
    ),
    Definition(
        _load(
            "load_fatigue_7d",
            "fatigue from load (load of the past days, faded)",
            "EWMA of daily sRPE load with lambda = 1 - exp(-1/7), begun at the first known day"
            + LOAD_RULE,
            "Banister 1975; " + FOSTER,
            0.0,
            5000.0,
        ),
        lambda d: banister(d, ACUTE_DAYS),
    ),
    Definition(
        _load(
            "form",
            "form (fitness minus fatigue from load)",
            "fitness_42d - load_fatigue_7d",
            "Banister 1975",
            -5000.0,
            5000.0,
        ),
        form,
    ),
)
