"""What a Monday costs: a team of 30 end to end, and 100,000 athletes scored with reasons.

    python benchmarks/score.py --json

Keys: `team30_s`, seconds of `stridecast score` for a team of 30 in a process of its own, the
median of three after a first run; `team30_cpu_s`, the processor's seconds of the same, which a busy
machine does not stretch, and where they go: `import`, `read` and `score` (features, forecasts,
reasons, page); `rows_per_s`, athletes scored with reasons per second of
one processor; `x_lightgbm`, that time over
the time LightGBM itself takes for probabilities and SHAP values.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from forecasting.forecaster import Forecaster
from forecasting.scoring.week import score_week
from ingest.run import ingest
from models.estimators.risk import RiskModel, RiskSettings
from models.explanation.contributions import explain
from models.sampling.outcomes import label
from models.settings.outcomes import OutcomeSettings
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

ROOT = Path(__file__).parents[1]


def timed(work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds of one call."""
    start = clock()
    work()
    return clock() - start


PARTS = """
import json, sys, time
from pathlib import Path
from pipelines.weekly.score_folder import ScoreRequest, score_folder
marks = [time.process_time()]
folder = Path(sys.argv[1])
def mark(line):
    if line.startswith("features"):
        marks.append(time.process_time())
request = ScoreRequest(folder / "raw", folder / "out", None, folder)
score_folder(request, mark)
marks.append(time.process_time())
print(json.dumps(marks))
"""


def team_parts(folder: Path) -> dict[str, float]:
    """Return the processor's seconds of importing, reading and scoring, of a warm folder."""
    done = subprocess.run(
        [sys.executable, "-c", PARTS, str(folder)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    imported, read, scored = json.loads(done.stdout)
    parts = {"import": imported, "read": read - imported, "score": scored - read}
    return {"team30_cpu_s": scored} | {f"team30_cpu_{name}_s": s for name, s in parts.items()}


def team_seconds(folder: Path) -> float:
    """Write a team's exports and time the command on them, imports included."""
    cohort = simulate(SimulationSettings(athletes=30, weeks=52, seed=5))
    write_cohort(cohort, folder / "raw", folder / "truth")
    command = [
        sys.executable, "-m", "pipelines.cli", "score", "--data", str(folder / "raw"),
        "--out", str(folder / "out"), "--project", str(folder),
    ]  # fmt: skip

    def once() -> None:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    # Once before: compiling and the empty cache are not what a second Monday costs.
    once()
    # The median: one of three runs may meet a busy machine.
    return statistics.median(timed(once) for _ in range(3))


def trained_rows(folder: Path) -> tuple[RiskModel, pd.DataFrame, list[str]]:
    """Train a model on a cohort and return it with the cohort's feature rows."""
    write_cohort(simulate(SimulationSettings(athletes=120, weeks=40)), folder / "r", folder / "t")
    tables, settings = ingest(folder / "r").tables, FeatureSettings()
    rows = feature_matrix(tables, settings)
    labels = label(
        rows[["athlete", "date"]], tables["injuries"], tables["athletes"], "any",
        OutcomeSettings(), settings.injuries, tables["sessions"],
    )  # fmt: skip
    known, names = labels["event"].notna(), [f.name for f in catalogue(settings.blocks)]
    model = RiskModel(RiskSettings(), {})
    model.fit(rows.loc[known, names], labels.loc[known, "event"], groups=rows.loc[known, "athlete"])
    return model, rows, names


def many(folder: Path, athletes: int) -> dict[str, float]:
    """Score many athletes with reasons, and let LightGBM alone do its part."""
    model, rows, names = trained_rows(folder)
    day = pd.Timestamp("2024-11-24")
    drawn = rows.iloc[np.random.default_rng(0).integers(0, len(rows), athletes)]
    week = drawn.assign(athlete=[f"a{i:012d}" for i in range(athletes)], date=day)
    week = week.reset_index(drop=True)
    status = pd.DataFrame({"athlete": week["athlete"], "team": "", "status": "running"})
    status = status.assign(
        status_note="", last_record=day, days_since_record=pd.array([0] * athletes, dtype="Int64")
    )
    entries = catalogue()
    forecaster = Forecaster(
        label="benchmark",
        outcome="any",
        base_rate=0.02,
        simulated=True,
        predict_proba=lambda rows_asked: model.predict_proba(rows_asked[names]),
        contributions=lambda rows_asked: explain(model, rows_asked, entries).contributions,
    )
    values = week[names].to_numpy(dtype=np.float64)
    # The processor's seconds, one thread on both sides: a busy machine does not stretch them.
    lightgbm = sum(
        timed(partial(model.booster_.predict, values, num_threads=1, **kind), time.process_time)
        for kind in ({}, {"pred_contrib": True})
    )
    scored = partial(score_week, week, forecaster, status, day, entries, data_simulated=True)
    whole = timed(scored, time.process_time)
    return {
        "rows": athletes,
        "rows_per_s": athletes / whole,
        "x_lightgbm": whole / lightgbm,
        "share_lightgbm": lightgbm / whole,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Run both parts and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--athletes", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        figures = many(Path(folder), arguments.athletes)
        figures["team30_s"] = team_seconds(Path(folder) / "team")
        figures |= team_parts(Path(folder) / "team")
    rounded = {name: round(value, 3) for name, value in figures.items()}
    print(json.dumps(rounded, indent=None if arguments.json else 2))


if __name__ == "__main__":
    main()
