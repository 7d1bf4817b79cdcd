"""Plans as files: the club's own sheet, or TrainingPeaks' list with its planned columns."""

from pathlib import Path
from typing import Final

import numpy as np

from common.arrays import Ints, Texts
from simulation.cohort import Cohort
from simulation.export.columns import Columns, ids, same
from simulation.export.text import days, decimals, lines, pick
from simulation.training.written import WrittenPlans
from simulation.truth.table import athlete_ids

INTENSITIES: Final = ("", "easy", "long", "hard", "race")
TITLES: Final = ("", "Easy run", "Long run", "Interval run", "Race")
TRAININGPEAKS: Final = (
    "Title", "WorkoutType", "WorkoutDescription", "PlannedDuration", "PlannedDistanceInMeters",
    "WorkoutDay", "CoachComments", "DistanceInMeters", "PowerAverage", "HeartRateAverage",
    "HeartRateMax", "TimeTotalInHours", "TSS", "IF", "AthleteComments", "Feeling",
)  # fmt: skip


def write_plans(cohort: Cohort, folder: Path) -> None:
    """Write the plans, if coaches write any: into one sheet or a list for each runner."""
    if not cohort.settings.plans.written:
        return
    if cohort.settings.plans.file == "sheet":
        (folder / "plans.csv").write_text(_text(_sheet(cohort)), encoding="utf-8", newline="")
        return
    body = lines(list(_list(cohort).values()))
    runner = cohort.plans.runner
    for number, name in enumerate(athlete_ids(cohort.settings.athletes)):
        low, high = np.searchsorted(runner, [number, number + 1])
        # An empty list would say that a coach writes for this runner.
        if low == high:
            continue
        target = folder / "plans" / name / "workouts.csv"
        target.parent.mkdir(parents=True)
        text = "\n".join([",".join(TRAININGPEAKS), *body[low:high]]) + "\n"
        target.write_text(text, encoding="utf-8", newline="")


def _text(columns: Columns) -> str:
    return "\n".join([",".join(columns), *lines(list(columns.values()))]) + "\n"


def _sheet(cohort: Cohort) -> Columns:
    plans, settings = cohort.plans, cohort.settings
    return {
        "athlete": ids(cohort, plans.runner),
        "date": days(settings.start, plans.day),
        "sport": same("running", len(plans.day)),
        "planned_duration_min": _minutes(plans),
        "planned_distance_km": decimals(plans.km, 1),
        "intensity": _word(INTENSITIES, plans.kind),
        "known_since": days(settings.start, plans.written),
    }


def _list(cohort: Cohort) -> Columns:
    plans = cohort.plans
    n = len(plans.day)
    cells = {
        "Title": _word(TITLES, plans.kind),
        "WorkoutType": same("Run", n),
        "PlannedDuration": decimals(plans.hours, 2),
        "PlannedDistanceInMeters": decimals(plans.km * 1000, 0),
        "WorkoutDay": days(cohort.settings.start, plans.day),
    }
    return {name: cells.get(name, same("", n)) for name in TRAININGPEAKS}


def _minutes(plans: WrittenPlans) -> Texts:
    return decimals(np.maximum(np.rint(plans.hours * 12) * 5, 5), 0)


def _word(names: tuple[str, ...], kind: Ints) -> Texts:
    return pick(names, kind)
