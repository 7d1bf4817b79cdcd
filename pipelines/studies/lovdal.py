"""The benchmark on Loevdal 2021: the recipe as published, without its leak, and ours, side by side.

The files hold windows before a day, so this benchmark stands apart from the session tables. Every
recipe keeps to what the seven days (or three weeks) of a row hold; windows past that would be empty
for injured rows alone.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.comparators.balanced_bagging import BalancedBagging
from models.comparators.names import ORACLE
from models.estimators.risk import RiskModel
from models.evaluation.model_table import evaluate
from models.metrics.measures import auroc
from models.sampling.folds import AthleteTimeFolds, Split
from models.settings.comparators import BalancedBaggingSettings
from models.settings.evaluation import IntervalSettings
from pipelines.studies.lovdal_columns import (
    KEEP_OFF_DAYS,
    days_since_previous_row,
    measured,
    newest_athletes,
    scaled_by_past,
    scaled_by_whole_career,
    within_seven_days,
)

REPEATS: Final = 5
FIRST_DAY: Final = pd.Timestamp("2012-01-01")
"""Stands for day 0; the files count days only."""

PUBLISHED_AUROC: Final = {"day": 0.724, "week": 0.678}
"""Loevdal 2021, 10 newest athletes, mean of five repeats."""

METRICS: Final = (
    "auroc", "average_precision", "brier", "ipa", "observed_expected", "calibration_slope", "ici",
)  # fmt: skip


class Recipe(NamedTuple):
    """What is put on trial: columns, an estimator, and the leak that comes with it, if any."""

    name: str
    columns: Callable[[pd.DataFrame], pd.DataFrame]
    model: Callable[[int], BalancedBagging | RiskModel]
    repeats: int
    leak: str = ""


def _published(rows: pd.DataFrame) -> pd.DataFrame:
    return scaled_by_whole_career(rows, measured(rows))


def _leak_free(rows: pd.DataFrame) -> pd.DataFrame:
    return scaled_by_past(rows, measured(rows))


def _bagging(seed: int) -> BalancedBagging:
    return BalancedBagging(
        BalancedBaggingSettings(per_athlete=True, calibration_folds=2, seed=seed)
    )


def _risk(seed: int) -> RiskModel:
    del seed
    return RiskModel()


RECIPES: Final = (
    Recipe(
        "as published",
        _published,
        _bagging,
        REPEATS,
        "each athlete, also of the test, is scaled by all their healthy rows, later ones included",
    ),
    Recipe("published recipe, leak-free", _leak_free, _bagging, REPEATS),
    Recipe("stridecast, seven-day limit", within_seven_days, _risk, 1),
)


def protocols(rows: pd.DataFrame, seed: int = 0) -> dict[str, list[Split]]:
    """Return training and test rows by protocol.

    Parameters
    ----------
    rows : pandas.DataFrame
        What :func:`ingest.readers.datasets.lovdal_rows.load_lovdal` returns.
    seed : int
        Seed of the deal of athletes.

    Returns
    -------
    dict of str to list of (training rows, test rows)
        ``10 newest athletes``: as published, unseen athletes at any time. ``unseen athletes,
        later``: five folds of athletes, tested on the later half, trained on the others' earlier
        half with a gap, so that neither athlete nor season is shared.
    """
    newest = newest_athletes(rows)
    groups = pd.DataFrame(
        {"athlete": rows["athlete"], "date": FIRST_DAY + pd.to_timedelta(rows["day"], unit="D")}
    )
    folds = AthleteTimeFolds(athlete_folds=5, time_cuts=1, gap_days=KEEP_OFF_DAYS, seed=seed)
    return {
        "10 newest athletes": [(np.flatnonzero(~newest), np.flatnonzero(newest))],
        "unseen athletes, later": folds.split(None, rows["injury"], groups),
    }


def benchmark(
    rows: pd.DataFrame,
    settings: IntervalSettings,
    *,
    log_hazard: pd.Series | None = None,
    recipes: Sequence[Recipe] = RECIPES,
    say: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """Return every recipe under every protocol.

    Parameters
    ----------
    rows : pandas.DataFrame
        One of the two files, as :func:`ingest.readers.datasets.lovdal_rows.load_lovdal` returns it.
    settings : IntervalSettings
        Intervals by resampling athletes.
    log_hazard : pandas.Series, optional
        On made-up files: the true log-hazard, whose ranking no honest forecast can beat by more
        than luck. The probability behind it is 1 - exp(-hazard).
    recipes : sequence of Recipe
        What is put on trial.
    say : callable
        Called with what is being fitted.

    Returns
    -------
    pandas.DataFrame
        protocol, recipe, leak, rows, events, prevalence, then each measure with `_low` and
        `_high`, and `auroc_repeats`, the mean over the repeats as published.
    """
    oracle = None
    if log_hazard is not None:
        oracle = 1 - np.exp(-np.exp(log_hazard.to_numpy(dtype=float)))
    tables = []
    for name, splits in protocols(rows).items():
        tried = {}
        for recipe in recipes:
            say(f"{name}: {recipe.name}")
            tried[recipe] = _forecasts(rows, splits, recipe)
        test = np.concatenate([there for _, there in splits])
        tables.append(_table(rows.iloc[test], tried, oracle, test, settings).assign(protocol=name))
    table = pd.concat(tables, ignore_index=True)
    return table[["protocol", *table.columns.drop("protocol")]]


def distance_gives_it_away(rows: pd.DataFrame) -> float:
    """Return the AUROC of the distance to the athlete's previous row, which is no feature.

    1 means that any window reaching past seven days tells injured rows by being empty.
    """
    distance = days_since_previous_row(rows)
    known = ~np.isnan(distance)
    return auroc(rows["injury"].to_numpy(dtype=float)[known], distance[known])


def _forecasts(rows: pd.DataFrame, splits: list[Split], recipe: Recipe) -> list[Floats]:
    """Return one array of forecasts per repeat, nan off the test rows."""
    event, athletes = rows["injury"].to_numpy(dtype=float), rows["athlete"].to_numpy()
    x = recipe.columns(rows)
    several = []
    # The published figure is a mean over repeats; five folds are repeats enough.
    for repeat in range(recipe.repeats if len(splits) == 1 else 1):
        p = np.full(len(rows), np.nan)
        for seen, there in splits:
            model = recipe.model(repeat).fit(x.iloc[seen], event[seen], athletes[seen])
            p[there] = model.predict_proba(x.iloc[there])[:, 1]
        several.append(p)
    return several


def _table(
    rows: pd.DataFrame,
    tried: dict[Recipe, list[Floats]],
    oracle: Floats | None,
    test: npt.NDArray[np.int64],
    settings: IntervalSettings,
) -> pd.DataFrame:
    """Return every recipe's measures on the test rows, and the oracle's."""
    event = rows["injury"].to_numpy(dtype=float)
    # Intervals need one forecast per row: that of the first repeat. The mean stands beside them.
    forecasts = {recipe.name: several[0][test] for recipe, several in tried.items()}
    if oracle is not None:
        forecasts[ORACLE] = oracle[test]
    measures = evaluate(event, forecasts, rows["athlete"].to_numpy(), settings).table
    repeats = {
        recipe.name: float(np.mean([auroc(event, forecast[test]) for forecast in several]))
        for recipe, several in tried.items()
    }
    leaks = {recipe.name: recipe.leak for recipe in tried}
    counts = {"rows": len(event), "events": int(event.sum()), "prevalence": event.mean()}
    return pd.DataFrame(
        [
            {"recipe": name, "leak": leaks.get(name, ""), **counts, **_numbers(measures, name)}
            | {"auroc_repeats": repeats.get(name, np.nan)}
            for name in forecasts
        ]
    )


def _numbers(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """Return measure, measure_low, measure_high of one recipe."""
    own = table[table["model"] == name].set_index("metric")[["value", "low", "high"]]
    numbers: dict[str, Any] = {}
    for metric in METRICS:
        value, low, high = own.loc[metric].to_numpy(dtype=float)
        numbers |= {metric: value, f"{metric}_low": low, f"{metric}_high": high}
    return numbers
