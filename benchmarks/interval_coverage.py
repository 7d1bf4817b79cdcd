"""Whether 95 % intervals hold the truth 95 times in a hundred: fresh cohorts, a frozen model.

Each cohort is drawn by a cheap simulator of weekly rows: risk factors that belong to the athlete
and to the week, an unseen frailty, weeks lost after each injury, athletes who leave. The model is
a fixed formula, a little wrong in level and slope, so that no measure sits at its ideal. What the
intervals should hold are the measures on one very large cohort.
"""

import argparse
import json
import time
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from common.arrays import Floats
from models.metrics.calibration_measures import calibration_slope, observed_expected
from models.metrics.intervals import Measures, replicate
from models.metrics.measures import auroc, brier
from models.settings.evaluation import IntervalSettings

MEASURES: Final[Measures] = {
    "auroc": (auroc, "drawn"),
    "brier": (brier, "drawn"),
    "calibration_slope": (calibration_slope, "drawn"),
    "observed_expected": (observed_expected, "drawn"),
}
LOG_ODDS: Final = {"any": -3.8, "knee": -4.8}
"""Weekly base rates near 3 % and 1 %, as on the demo's test part."""
WEEKS: Final = 42
# So large that its own sampling error is small beside the intervals'.
POPULATION: Final = 60_000
_POPULATION_SEED: Final = 1_000_000


@dataclass(frozen=True)
class Cohort:
    """Weekly rows at risk: outcome, forecast, athlete."""

    y: Floats
    p: Floats
    athletes: npt.NDArray[np.int64]


def cohort(athletes: int, log_odds: float, seed: int) -> Cohort:
    """Draw the test rows of so many athletes."""
    rng = np.random.default_rng(seed)
    shape = (athletes, WEEKS)
    seen = 0.5 * rng.normal(size=(athletes, 1)) + 0.7 * rng.normal(size=shape)
    frailty = 0.5 * rng.normal(size=(athletes, 1))
    hurt = rng.random(shape) < expit(log_odds + seen + frailty)
    # Off in level and slope: at the ideal values a broken interval may hold the truth by symmetry.
    forecast = expit(log_odds + 0.15 + 1.1 * seen)
    at_risk = _at_risk(hurt, rng)
    who = np.broadcast_to(np.arange(athletes)[:, None], shape)
    return Cohort(hurt[at_risk].astype(float), forecast[at_risk], who[at_risk])


def coverage(cohorts: int, athletes: int, log_odds: float, settings: IntervalSettings) -> object:
    """Return the share of cohorts whose intervals hold the population's measures."""
    large = cohort(POPULATION, log_odds, _POPULATION_SEED)
    ones = np.ones(len(large.y))
    truth = np.array([f(large.y, large.p, ones) for f, _ in MEASURES.values()])
    below, above, events = [], [], 0.0
    for seed in range(cohorts):
        sample = cohort(athletes, log_odds, seed)
        # Other draws for each cohort: the same ones would tie the errors of all cohorts together.
        again = settings.model_copy(update={"seed": seed})
        table = replicate(
            {"drawn": sample.y}, {"m": sample.p}, MEASURES, sample.athletes, again
        ).frame()
        below.append(truth < table["low"].to_numpy())
        above.append(truth > table["high"].to_numpy())
        events += sample.y.sum() / cohorts
    too_high, too_low = np.mean(below, axis=0), np.mean(above, axis=0)
    measures = {
        str(name): {
            "truth": round(float(truth[at]), 4),
            "coverage": round(float(1 - too_high[at] - too_low[at]), 3),
            "interval_too_high": round(float(too_high[at]), 3),
            "interval_too_low": round(float(too_low[at]), 3),
        }
        for at, name in enumerate(MEASURES)
    }
    return {"events_per_cohort": round(events, 1), "measures": measures}


def _at_risk(hurt: npt.NDArray[np.bool_], rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Return which weeks count: before the athlete leaves, and not within an absence."""
    athletes, weeks = hurt.shape
    leaves = rng.integers(weeks // 3, weeks + 1, athletes)
    absence = rng.integers(4, 13, hurt.shape)
    back = np.zeros(athletes, dtype=np.int64)
    at_risk = np.zeros(hurt.shape, dtype=bool)
    for week in range(weeks):
        at_risk[:, week] = (week >= back) & (week < leaves)
        now = at_risk[:, week] & hurt[:, week]
        back[now] = week + absence[now, week]
    return at_risk


def main() -> None:
    """Print the coverage of every measure for a frequent and a rare outcome."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohorts", type=int, default=400)
    parser.add_argument("--athletes", type=int, default=150, help="per cohort")
    parser.add_argument("--replicates", type=int, default=500)
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    options = parser.parse_args()
    settings = IntervalSettings(replicates=options.replicates)
    begin = time.process_time()
    figures: dict[str, object] = {
        name: coverage(options.cohorts, options.athletes, log_odds, settings)
        for name, log_odds in LOG_ODDS.items()
    }
    figures |= {"cohorts": options.cohorts, "athletes": options.athletes, "level": settings.level}
    figures |= {"cpu_seconds": round(time.process_time() - begin, 1)}
    print(json.dumps(figures) if options.json else json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
