"""Athletes scored a second by the real path: probability, range, reasons, for both outcomes.

The page apart. Trees of each outcome are grown on a simulated club with the settings and as many
features as in the demo; athletes are drawn from its rows and scored in portions, so that memory
does not grow.
"""

import resource
import time
from typing import Any, Final

import numpy as np
import pandas as pd

from features.catalogue.core import core
from features.catalogue.entry import Feature
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from forecasting.forecaster import Forecaster
from forecasting.scoring.week import score_week
from models.estimators.risk import RiskModel, RiskSettings
from models.explanation.contributions import explain
from models.sampling.feature_cap import capped
from models.sampling.outcomes import label
from models.settings.outcomes import Outcome, OutcomeSettings
from models.settings.training import TrainSettings

OUTCOMES: Final[tuple[Outcome, ...]] = ("any", "knee")
PORTION: Final = 20_000
DAY: Final = pd.Timestamp("2024-11-24")


def scored_per_second(tables: dict[str, pd.DataFrame], athletes: int) -> dict[str, float]:
    """Return athletes per second of one processor, both outcomes, and the memory at the highest."""
    rows = feature_matrix(tables, FeatureSettings())
    forecasters = [_forecaster(tables, rows, outcome) for outcome in OUTCOMES]
    rng, spent, listed = np.random.default_rng(0), 0.0, 0
    for first in range(0, athletes, PORTION):
        count = min(PORTION, athletes - first)
        week = rows.iloc[rng.integers(0, len(rows), count)].reset_index(drop=True)
        week = week.assign(athlete=[f"a{first + i:012d}" for i in range(count)], date=DAY)
        status = _running(week)
        # Drawing the rows is not scoring them.
        begin = time.process_time()
        for forecaster in forecasters:
            result = score_week(week, forecaster, status, DAY, catalogue(), data_simulated=True)
            listed += int(result.scores["probability_low"].notna().sum())
        spent += time.process_time() - begin
    # A forecast without a range would be quicker, and is not what the product gives.
    if listed != len(OUTCOMES) * athletes:
        raise RuntimeError("an athlete was left without a range")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"scored": athletes, "scored_per_s": athletes / spent, "scored_peak_gb": peak}


def _forecaster(
    tables: dict[str, pd.DataFrame], rows: pd.DataFrame, outcome: Outcome
) -> Forecaster:
    model, entries = trained(tables, rows, outcome)
    names = [entry.name for entry in entries]
    return Forecaster(
        label="benchmark",
        outcome=outcome,
        base_rate=model.base_rate_,
        simulated=True,
        predict_proba=lambda rows_asked: model.predict_proba(rows_asked[names]),
        contributions=lambda rows_asked: explain(model, rows_asked, entries).contributions,
        range_=lambda rows_asked: model.range_(rows_asked[names]),
    )


def trained(
    tables: dict[str, pd.DataFrame], rows: pd.DataFrame, outcome: Outcome
) -> tuple[RiskModel, tuple[Feature, ...]]:
    """Return trees with the settings and features of the demo, their range, and these features."""
    settings = FeatureSettings()
    labels = label(
        rows[["athlete", "date"]], tables["injuries"], tables["athletes"], outcome,
        OutcomeSettings(), settings.injuries, tables["sessions"],
    )  # fmt: skip
    known = labels["event"].notna()
    most = TrainSettings().most_features_of(outcome)
    entries = capped(catalogue(), most, first=core(outcome))
    x, y = rows.loc[known, [e.name for e in entries]], labels.loc[known, "event"]
    who = rows.loc[known, "athlete"]
    model = RiskModel.of_catalogue(entries, RiskSettings())
    return model.fit(x, y, who).fit_range(x, y, who), entries


def _running(week: pd.DataFrame) -> pd.DataFrame:
    facts: dict[str, Any] = {
        "athlete": week["athlete"],
        "team": "",
        "status": "running",
        "status_note": "",
        "last_record": DAY,
        "days_since_record": pd.array([0] * len(week), dtype="Int64"),
    }
    return pd.DataFrame(facts)
