"""A made-up cohort in the exact layout of Loevdal 2021, flaw included: no published row is copied.

Seventy-four runners, day by day: hard and easy days, rest, strength, other sports, ratings. The
hazard of an injury is known: who the runner is, kilometres against the usual of the past weeks,
and poor recovery. Rows are then chosen as published: a healthy row has three fit weeks either side,
so every injured row's previous row of the same athlete lies at least 22 days back, and any window
past seven days gives the outcome away.
"""

from typing import Annotated, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from pydantic import Field
from scipy.signal import lfilter

from common.arrays import Floats
from common.settings import Settings
from ingest.readers.datasets.lovdal_layout import DAY, WEEK, LovdalLayout
from simulation.settings.base import NonNegative

Days = npt.NDArray[np.int64]

REST_DAY: Final = -0.01
FIT_DAYS: Final = 21
"""Days without an injury that a healthy row has before and after it."""
FIRST_DAY: Final = 28
"""First day that may be an event day: its windows and the runner's usual are known."""

_KM, _RECOVERY = 1, 9  # places among the day file's fields
_REST_SHARE: Final = (0.1, 0.25)  # of the days; so are the next five
_HARD_SHARE, _DOUBLE_SHARE, _SPRINT_SHARE = 0.3, 0.2, 0.2
_STRENGTH_SHARE, _CROSS_SHARE = 0.08, 0.12
_USUAL_KM: Final = (np.log(9), 0.25)  # a day's kilometres: log mean and spread between runners
_VOLUME_SD, _DAILY_SD, _FORM_SD, _RATING_SD = 0.25, 0.35, 0.12, 0.1
_MEMORY: Final = 0.97  # of yesterday's level


class LovdalSettings(Settings):
    """The made-up cohort.

    Parameters
    ----------
    athletes, days : int
        Runners, and days of each log. The defaults give about as many rows and injuries as the
        published files have.
    daily_hazard : float
        Probability of an injury on the day of an average fit runner.
    frailty_sd : float
        Spread between runners, log hazard.
    spike : float
        Log hazard per standard deviation of the week's kilometres above the runner's usual.
    tired : float
        Log hazard per standard deviation of recovery below the runner's usual.
    out_days : tuple of int
        Least and most days until the runner trains again.
    seed : int
        Seed of everything.
    """

    athletes: Annotated[int, Field(ge=2)] = 74
    days: Annotated[int, Field(ge=120)] = 910
    daily_hazard: Annotated[float, Field(gt=0, lt=1)] = 0.0105
    frailty_sd: NonNegative = 0.6
    spike: NonNegative = 0.4
    tired: NonNegative = 0.25
    out_days: tuple[int, int] = (22, 56)
    seed: int = 0


class LovdalCohort(NamedTuple):
    """Both files, and the hazard that nobody who reads them is told.

    Parameters
    ----------
    day, week : bytes
        The CSV files.
    hazard : dict of str to pandas.Series
        By kind (``day``, ``week``): the true log-hazard of each row's event day.
    """

    day: bytes
    week: bytes
    hazard: dict[str, pd.Series]


def lovdal_cohort(settings: LovdalSettings | None = None) -> LovdalCohort:
    """Return both files of a made-up cohort.

    Parameters
    ----------
    settings : LovdalSettings, optional
        None takes the defaults.
    """
    settings = settings or LovdalSettings()
    # A stream for each runner, so that more runners leave the first ones as they were.
    seeds = np.random.SeedSequence(settings.seed).spawn(settings.athletes)
    lives = [_life(np.random.default_rng(seed), settings) for seed in seeds]
    parts = {
        layout.kind: pd.concat([_rows(layout, n, *life) for n, life in enumerate(lives)])
        for layout in (DAY, WEEK)
    }
    files = {kind: part.drop(columns="hazard").to_csv(index=False) for kind, part in parts.items()}
    hazard = {k: part["hazard"].reset_index(drop=True) for k, part in parts.items()}
    return LovdalCohort(files["day"].encode(), files["week"].encode(), hazard)


def _life(
    rng: np.random.Generator, settings: LovdalSettings
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return one runner's log (days, fields), log hazard and injuries by day."""
    log = _log(rng, settings.days)
    risk = np.log(settings.daily_hazard) + rng.normal(0, settings.frailty_sd)
    risk = risk + settings.spike * _above_usual(log[:, _KM])
    risk = risk - settings.tired * _above_usual(log[:, _RECOVERY])
    struck = rng.random(settings.days) < 1 - np.exp(-np.exp(risk))
    injured = np.zeros(settings.days, dtype=bool)
    back = FIRST_DAY
    for day in np.flatnonzero(struck).tolist():
        if day >= back:
            injured[day] = True
            back = day + int(rng.integers(*settings.out_days, endpoint=True))
            log[day + 1 : back] = _resting(back - day - 1)[: settings.days - day - 1]
    return log, risk, injured


def _log(rng: np.random.Generator, days: int) -> Floats:
    """Return ten fields of each day, in the day file's order."""

    def happens(share: float) -> npt.NDArray[np.bool_]:
        return rng.random(days) < share

    rests = happens(rng.uniform(*_REST_SHARE))
    hard, double = ~rests & happens(_HARD_SHARE), ~rests & happens(_DOUBLE_SHARE)
    usual = rng.lognormal(*_USUAL_KM) * np.exp(_wandering(rng, days, _VOLUME_SD))
    km = np.where(rests, 0, usual * rng.lognormal(0, _DAILY_SD, days) * (1 + double / 2))
    form = _wandering(rng, days, _FORM_SD)
    effort, success, recovery = (
        np.clip(level + form + rng.normal(0, _RATING_SD, days), 0, 1)
        for level in (0.25 + 0.35 * hard, 0.5, 0.45)
    )
    fields = [
        np.where(rests, 0, 1.0 + double), km, km * hard * rng.uniform(0.1, 0.35, days),
        km * hard * rng.uniform(0.05, 0.3, days), 0.3 * (hard & happens(_SPRINT_SHARE)),
        1.0 * happens(_STRENGTH_SHARE), happens(_CROSS_SHARE) * rng.uniform(0.5, 2, days),
        *(np.where(rests, REST_DAY, rating) for rating in (effort, success, recovery)),
    ]  # fmt: skip
    return np.round(np.column_stack(fields), 2)


def _wandering(rng: np.random.Generator, days: int, sd: float) -> Floats:
    """Return a slowly wandering level: first-order autoregression, standard deviation `sd`."""
    noise = rng.normal(0, sd * np.sqrt(1 - _MEMORY**2), days)
    # It starts with its full spread; from 0 the first weeks of all runners would be too alike.
    noise[0] = rng.normal(0, sd)
    return np.asarray(lfilter([1], [1, -_MEMORY], noise))


def _above_usual(series: Floats) -> Floats:
    """Return the mean of the past 7 days against the 28 before them, in standard deviations."""
    z_scores = np.zeros(len(series))
    week = sliding_window_view(series, 7)[:-1].mean(axis=1)  # ends the day before `day = 7 + i`
    for day in range(FIRST_DAY + 7, len(series)):
        usual = series[day - 35 : day - 7]
        # The mean of 7 days spreads less than a single day does, by the root of 7.
        z_scores[day] = (week[day - 7] - usual.mean()) / (usual.std() / np.sqrt(7) + 1e-9)
    return np.clip(z_scores, -4, 4)


def _resting(days: int) -> Floats:
    rest = np.zeros((days, len(DAY.fields)))
    rest[:, 7:] = REST_DAY
    return rest


def _rows(
    layout: LovdalLayout, athlete: int, log: Floats, risk: Floats, injured: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Return one runner's rows as the file has them, with the hazard beside."""
    at = _chosen(injured, layout.periods * layout.step_days)
    columns: dict[str, npt.NDArray[np.float64] | Days] = {}
    for place in range(layout.periods):
        before = next(b for b in range(1, layout.periods + 1) if layout.place(b) == place)
        last = at - (before - 1) * layout.step_days
        for field, values in zip(layout.fields, _period(layout, log, last), strict=True):
            columns[layout.column(field, place)] = np.round(values, 2)
    columns |= {"Athlete ID": np.full(len(at), athlete), "injury": injured[at].astype(int)}
    columns |= _relative(layout, columns) | {"Date": at, "hazard": risk[at]}
    return pd.DataFrame(columns)


def _chosen(injured: npt.NDArray[np.bool_], window: int) -> Days:
    """Return event days of rows: injuries, and days with three fit weeks either side."""
    near = np.convolve(injured, np.ones(2 * FIT_DAYS + 1), mode="same") > 0
    days = np.flatnonzero(injured | ~near)
    # Of the last days nobody knows whether three fit weeks would have followed.
    return days[(days >= max(window, FIRST_DAY)) & (days < len(injured) - FIT_DAYS)]


def _period(layout: LovdalLayout, log: Floats, end: Days) -> list[Floats]:
    """Return the layout's fields over the period that ends the day before `end`."""
    days = log[end[:, None] - np.arange(layout.step_days, 0, -1)]  # rows, days, fields
    if layout is DAY:
        return list(days[:, 0].T)
    n, km, easy, fast, _, strength, cross, *felt = np.moveaxis(days, 2, 0)
    hard = easy + fast
    rested = n == 0
    counts = [n.sum(1), rested.sum(1), km.sum(1), km.max(1), hard.sum(1), (fast > 0).sum(1)]
    amounts = [(hard > 0).sum(1), easy.sum(1), easy.max(1), fast.sum(1), fast.max(1)]
    return [*counts, *amounts, cross.sum(1), strength.sum(1), *_rated(felt, rested)]


def _rated(felt: list[Floats], rested: npt.NDArray[np.bool_]) -> list[Floats]:
    """Return mean, least and most of each rating over the days that were trained."""
    columns: list[Floats] = []
    trained = ~rested
    for values in felt:
        mean = (values * trained).sum(1) / np.maximum(trained.sum(1), 1)
        # Ratings lie in 0 to 1: a rest day filled with 1 is never the least, with 0 never the most.
        least = np.where(trained, values, 1).min(1)
        most = np.where(trained, values, 0).max(1)
        none = ~trained.any(1)
        columns += [np.where(none, REST_DAY, statistic) for statistic in (mean, least, most)]
    return columns


def _relative(
    layout: LovdalLayout, columns: dict[str, npt.NDArray[np.float64] | Days]
) -> dict[str, Floats]:
    """Return the week file's ratios of weekly kilometres; the day file has none."""
    if layout is DAY:
        return {}
    weeks = [columns[layout.column(layout.tell, place)] for place in range(layout.periods)]
    pairs = {"0_1": (0, 1), "0_2": (0, 2), "1_2": (1, 2)}
    return {
        f"rel total kms week {name}": np.round(weeks[a] / np.maximum(weeks[b], 0.01), 3)
        for name, (a, b) in pairs.items()
    }
