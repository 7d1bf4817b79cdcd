"""How often the monitor cries wolf: clean simulated teams, scored and monitored on eight Mondays.

One model is trained on a large simulated cohort; every clean run is a team it has never seen, of
the same simulator, whose data and risks stay as they are. Any verdict but `fine` or `too early to
tell`, on any Monday, is a false alarm.

    python benchmarks/monitor_false_alarms.py --runs 20 --athletes 60 --json
"""

import argparse
import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from features.audits.lookahead import cut_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from forecasting.forecaster import Forecaster
from forecasting.monitoring.outcomes import followed
from forecasting.monitoring.verdict import monitor
from forecasting.settings import ScoreSettings, StatusSettings
from ingest.run import ingest
from models.estimators.risk import RiskModel, RiskSettings
from models.sampling.outcomes import label
from models.settings.outcomes import OutcomeSettings
from pipelines.weekly.week import forecast_week
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

MONDAYS = 8
WEEKS = 44
TRAINING = {"athletes": 600, "weeks": 60, "seed": 1000}
HORIZON = 7
CALM = {"fine", "too early to tell"}
NO_ACTIONS = pd.DataFrame({"athlete": ["nobody"], "date": [pd.Timestamp(0)], "did": [""]})


def cohort_tables(settings: SimulationSettings) -> dict[str, pd.DataFrame]:
    """Simulate a cohort and read its files back as the tables of the contract."""
    with TemporaryDirectory() as folder:
        write_cohort(simulate(settings), Path(folder) / "raw", Path(folder) / "truth")
        return ingest(Path(folder) / "raw").tables


def trained(tables: dict[str, pd.DataFrame], settings: FeatureSettings) -> Forecaster:
    """Train the risk model on all weeks of a cohort."""
    rows = feature_matrix(tables, settings)
    labels = label(
        rows[["athlete", "date"]], tables["injuries"], tables["athletes"], "any",
        OutcomeSettings(horizon_days=HORIZON), settings.injuries, tables["sessions"],
    )  # fmt: skip
    known, names = labels["event"].notna(), [f.name for f in catalogue(settings.blocks)]
    model = RiskModel(RiskSettings(), {})
    model.fit(rows.loc[known, names], labels.loc[known, "event"], groups=rows.loc[known, "athlete"])
    return Forecaster(
        label="benchmark",
        outcome="any",
        base_rate=float(labels.loc[known, "event"].mean()),
        simulated=True,
        predict_proba=lambda rows_asked: model.predict_proba(rows_asked[names]),
        contributions=lambda rows_asked: pd.DataFrame(0.0, index=rows_asked.index, columns=names),
    )


def mondays(
    tables: dict[str, pd.DataFrame], forecaster: Forecaster, settings: FeatureSettings
) -> list[dict[str, Any]]:
    """Score the last Mondays but one week, monitor after each, and return the reports."""
    rows = feature_matrix(tables, settings)
    # One day more than Mondays: each forecast is judged a week later.
    days = sorted(rows["date"].unique())[-MONDAYS - 1 :]
    scores, reports = [], []
    for day, until in pairwise(days):
        week = forecast_week(
            # Cut at the day: statuses must not know who is hurt in the week that is forecast.
            cut_tables(tables, day), rows[rows["date"] == day], day, [forecaster],
            data_simulated=True, features=settings, score=ScoreSettings(), status=StatusSettings(),
        )  # fmt: skip
        scores.append(week.scores)
        archive = pd.concat(scores, ignore_index=True)
        seen = followed(archive, tables, until, HORIZON, settings.injuries)
        scored_rows = rows[rows["date"].isin(archive["as_of"])]
        reports.append(monitor(seen, scored_rows, NO_ACTIONS, HORIZON))
    return reports


def main() -> None:
    """Run the clean teams and print the false alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--athletes", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    settings = FeatureSettings()
    forecaster = trained(cohort_tables(SimulationSettings(**TRAINING)), settings)
    verdicts: list[Counter[str]] = []
    kinds: Counter[str] = Counter()
    for seed in range(arguments.runs):
        cohort = SimulationSettings(athletes=arguments.athletes, weeks=WEEKS, seed=seed)
        reports = mondays(cohort_tables(cohort), forecaster, settings)
        verdicts.append(Counter(report["verdict"] for report in reports))
        kinds.update(finding["kind"] for r in reports for finding in r["findings"])
        if not arguments.json:
            summary = dict(verdicts[-1]), round(max(r["evidence"]["any"] for r in reports), 1)
            print(f"seed {seed}:", *summary, flush=True)
    alarms = sum(sum(verdict[name] for name in verdict.keys() - CALM) for verdict in verdicts)
    result = {
        "runs": arguments.runs,
        "athletes": arguments.athletes,
        "mondays": arguments.runs * MONDAYS,
        "mondays_with_false_alarm": alarms,
        "runs_with_false_alarm": sum(not set(verdict) <= CALM for verdict in verdicts),
        "findings_by_kind": dict(kinds),
    }
    print(json.dumps(result, indent=2 if not arguments.json else None))


if __name__ == "__main__":
    main()
