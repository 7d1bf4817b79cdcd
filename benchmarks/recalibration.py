"""What the monitor's shift gives a forecast that travels: half a season of clubs in two worlds.

A model learns from one cohort of the first world. It then forecasts clubs of unseen athletes, week
by week for half a year: of another cohort of the first world, and of the second mechanism with
ordinary label errors. Each week is shifted by what the club's verified weeks had taught until then
(:mod:`forecasting.monitoring.shift`): the forecasts as they are, and with their odds made half and
twice as high, as a club's own way of recording injuries may do. `gain` is in log score against the
true risk, nats per 1,000 athlete-weeks: of all weeks, and of the last half of them (`gain_late`;
`gain_recorded` against the records there). `off_before` and `off_after` are the mean distance of
the log of expected over true injuries from 0, in the last half.

    python -m benchmarks.recalibration --json
    python -m benchmarks.recalibration --full
"""

import argparse
import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import expit

from benchmarks.cohort_parts.small_clubs_cohort import kept_rows
from benchmarks.small_clubs import FIRST_SEED, SEEDS_APART
from forecasting.monitoring.shift import shifted_as_it_went
from models.evidence.model import EvidenceModel
from models.numeric.log_score import log_score
from pipelines.runtime.params import Params, load_params

WORLDS: Final = ("first", "second_label_errors")
WEEKS: Final = 26
HORIZON_DAYS: Final = 7
ODDS: Final = (1.0, 0.5, 2.0)
"""Factors on the odds of the forecasts."""
PER: Final = 1000


def learnt(params: Params, seed: int, athletes: int, keep: Path | None) -> EvidenceModel:
    """Return the model that travels."""
    rows = kept_rows(params, seed, WORLDS[0], athletes, keep)
    start = EvidenceModel.published()
    return start.updated(rows, rows["event_any"], rows["event_knee"], rows["athlete"])


def half_season(rows: pd.DataFrame, club: int, size: int, seed: int) -> pd.DataFrame:
    """Return the athlete-weeks of a club of unseen athletes in half a year that is drawn."""
    rng = np.random.default_rng([seed, club])
    names = rng.choice(np.sort(rows["athlete"].unique()), size, replace=False)
    days = np.sort(rows["date"].unique())
    first = int(rng.integers(0, len(days) - WEEKS))
    chosen = rows["athlete"].isin(names) & rows["date"].isin(days[first : first + WEEKS])
    # Without a true risk there is nothing that the shift could be judged by.
    known = rows["full_any"].notna()
    return rows[chosen & known].sort_values("date", ignore_index=True)


def club_figures(model: EvidenceModel, weeks: pd.DataFrame, odds: float) -> dict[str, float]:
    """Return what the shift gave one club whose forecasts' odds are a factor too high."""
    before = np.asarray(expit(model.log_odds(weeks) + np.log(odds)))
    table = pd.DataFrame(
        {"as_of": weeks["date"], "probability": before, "event": weeks["event_any"]}
    )
    after = shifted_as_it_went(table, HORIZON_DAYS)
    truth = weeks["full_any"].to_numpy(dtype=np.float64)
    gain = PER * (log_score(truth, after) - log_score(truth, before))
    event = weeks["event_any"].to_numpy(dtype=np.float64)
    recorded = PER * (log_score(event, after) - log_score(event, before))
    late = (weeks["date"] > weeks["date"].median()).to_numpy()
    return {
        "injuries": float(weeks["event_any"].sum()),
        "gain": float(gain.mean()),
        "gain_late": float(gain[late].mean()),
        "gain_recorded": float(recorded[late].mean()),
        "off_before": abs(float(np.log(before[late].mean() / truth[late].mean()))),
        "off_after": abs(float(np.log(after[late].mean() / truth[late].mean()))),
    }


def world_figures(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """Return the means over clubs of a world, with the standard error over them."""
    params = load_params(Path("params.yaml"))
    records: list[dict[str, float]] = []
    for number in range(options.cohorts):
        seed = FIRST_SEED + SEEDS_APART * options.seed + 2 * number
        model = learnt(params, seed, options.athletes, options.keep)
        # Another cohort than the model's: it is to forecast people whom it has not seen.
        rows = kept_rows(params, seed + 1, name, options.athletes, options.keep)
        clubs = [half_season(rows, club, options.size, seed) for club in range(options.clubs)]
        records += [
            {"odds": odds} | club_figures(model, club, odds) for club in clubs for odds in ODDS
        ]
    parts = pd.DataFrame(records).groupby("odds", sort=False)
    return {f"odds x {odds:g}": _mean_and_error(part.drop(columns="odds")) for odds, part in parts}


def _mean_and_error(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    errors = table.std(ddof=1) / np.sqrt(len(table))
    return {
        str(measure): {"mean": round(float(table[measure].mean()), 3), "se": round(float(error), 3)}
        for measure, error in errors.items()
    }


def main() -> None:
    """Print the figures, or one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--full", action="store_true", help="five cohorts of 440")
    parser.add_argument("--seed", type=int, default=1, help="another seed is other cohorts")
    parser.add_argument("--cohorts", type=int)
    parser.add_argument("--athletes", type=int, help="of a cohort")
    parser.add_argument("--clubs", type=int, default=20, help="of each cohort")
    parser.add_argument("--size", type=int, default=40, help="athletes of a club")
    parser.add_argument("--keep", type=Path, help="folder where the cohorts' rows are kept")
    options = parser.parse_args()
    options.cohorts = options.cohorts or (5 if options.full else 1)
    options.athletes = options.athletes or (440 if options.full else 240)
    by_world: dict[str, Any] = {name: world_figures(name, options) for name in WORLDS}
    made_of = {
        "seed": options.seed, "cohorts": options.cohorts, "athletes": options.athletes,
        "clubs": options.cohorts * options.clubs, "size": options.size, "weeks": WEEKS,
    }  # fmt: skip
    if options.json:
        print(json.dumps({"made_of": made_of, "worlds": by_world}, indent=1))
        return
    print(made_of)
    for name, figures in by_world.items():
        print(name, json.dumps(figures))


if __name__ == "__main__":
    main()
