"""Garmin Connect's ``Activities.csv``, one per runner, newest first."""

from pathlib import Path
from typing import Final

import numpy as np

from common.arrays import Floats, Texts
from simulation.cohort import Cohort
from simulation.export.text import clock, days, decimals, lines, minutes, pick, thousands
from simulation.observed.sessions import (
    ELLIPTICAL,
    GYM,
    HOUR,
    ON_FOOT_LAST,
    RIDE,
    TRAIL,
    TREADMILL,
    Sessions,
)
from simulation.training.plan import RACED
from simulation.truth.table import athlete_ids

MISSING: Final = "--"
# The header of the English export of 2025 for a list of runs.
HEADER: Final = (
    "Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR",
    "Max HR", "Aerobic TE", "Avg Run Cadence", "Max Run Cadence", "Avg Pace", "Best Pace",
    "Total Ascent", "Total Descent", "Avg Stride Length", "Avg Vertical Ratio",
    "Avg Vertical Oscillation", "Avg Ground Contact Time", "Avg GAP",
    "Normalized Power® (NP®)", "Training Stress Score®", "Avg Power", "Max Power", "Steps",
    "Total Reps", "Total Sets", "Decompression", "Best Lap Time", "Number of Laps",
    "Moving Time", "Elapsed Time", "Min Elevation", "Max Elevation",
)  # fmt: skip
# In the order of the numbers of sports in simulation.observed.sessions.
TYPES: Final = (
    "Running", "Trail Running", "Treadmill Running", "Track Running", "Cycling",
    "Strength Training", "Elliptical",
)  # fmt: skip
TITLES: Final = ("Run", "Trail Run", "Treadmill Run", "Track Run", "Ride", "Strength", "Elliptical")


def write_activities(cohort: Cohort, folder: Path) -> None:
    """Write ``activities/<athlete>/Activities.csv`` for every runner, sessions or not."""
    sessions = cohort.sessions
    recorded = np.flatnonzero(sessions.on_device)[::-1]
    whole = [column[recorded] for column in _columns(cohort)]
    body = lines(whole)
    runner = sessions.runner[recorded]
    for number, name in enumerate(athlete_ids(cohort.settings.athletes)):
        # `runner` falls, so look positions up in its negative
        low, high = np.searchsorted(-runner, [-number, -number + 1])
        target = folder / "activities" / name / "Activities.csv"
        target.parent.mkdir(parents=True)
        text = "\n".join([",".join(HEADER), *body[low:high]]) + "\n"
        target.write_text(text, encoding="utf-8", newline="")


def _columns(cohort: Cohort) -> list[Texts]:
    s, shown = cohort.sessions, cohort.recordings
    n = len(s.runner)
    foot, moves = s.sport <= ON_FOOT_LAST, (s.sport != GYM) & (s.sport != ELLIPTICAL)
    none, zero = np.full(n, MISSING, dtype=object), np.full(n, "0", dtype=object)
    pace = np.where(foot, s.moving_s / np.maximum(shown.km, 0.01), np.nan)
    date = days(cohort.settings.start, s.day) + " " + clock(s.start_s)
    # By the runner's number: writing draws nothing, so a new column moves no other.
    elevation = np.where(np.isnan(shown.ascent_m), np.nan, 30 + (s.runner * 37) % 400)
    moving, elapsed = clock(s.moving_s), clock(s.elapsed_s)
    cells = {
        "Activity Type": pick(TYPES, s.sport),
        "Date": date,
        "Favorite": np.full(n, "false", dtype=object),
        "Title": np.where(s.kind == RACED, "Race", pick(TITLES, s.sport)),
        "Distance": np.where(moves, decimals(np.nan_to_num(shown.km), 2), "0.00"),
        "Calories": thousands(_calories(cohort)),
        "Time": moving,
        "Avg HR": decimals(shown.hr_mean, 0, MISSING),
        "Max HR": decimals(shown.hr_max, 0, MISSING),
        "Aerobic TE": np.where(
            np.isnan(shown.hr_mean), MISSING, decimals(np.clip(s.effort / 2, 0.5, 5), 1)
        ),
        "Avg Run Cadence": decimals(shown.cadence, 0, MISSING),
        "Max Run Cadence": decimals(shown.cadence + 9, 0, MISSING),
        "Avg Pace": minutes(pace, MISSING),
        "Best Pace": minutes(pace * 0.82, MISSING),
        "Total Ascent": thousands(shown.ascent_m),
        "Total Descent": thousands(shown.descent_m),
        "Avg Stride Length": decimals(shown.stride_m, 2, MISSING),
        "Avg Vertical Ratio": decimals(shown.ratio_pct, 1, MISSING),
        "Avg Vertical Oscillation": decimals(shown.oscillation_cm, 1, MISSING),
        "Avg Ground Contact Time": decimals(shown.contact_ms, 0, MISSING),
        "Avg GAP": _graded_pace(s, pace),
        "Avg Power": decimals(shown.power_w, 0, MISSING),
        "Steps": thousands(np.where(foot, shown.cadence * s.moving_s / 60, np.nan)),
        "Decompression": np.full(n, "No", dtype=object),
        "Best Lap Time": minutes(np.where(foot, pace * 0.93, np.nan), MISSING),
        "Number of Laps": decimals(np.where(moves, np.floor(np.nan_to_num(shown.km)) + 1, 1.0), 0),
        "Total Reps": np.where(moves, MISSING, zero),
        "Total Sets": np.where(moves, MISSING, zero),
        "Moving Time": moving,
        "Elapsed Time": elapsed,
        "Min Elevation": thousands(elevation),
        "Max Elevation": thousands(elevation + np.nan_to_num(shown.ascent_m) * 0.4),
    }
    return [cells.get(name, none) for name in HEADER]


def _calories(cohort: Cohort) -> Floats:
    s = cohort.sessions
    mass = cohort.traits.mass_kg[s.runner]
    hours = s.moving_s / HOUR
    burnt = np.select(
        [s.sport <= ON_FOOT_LAST, s.sport == RIDE],
        [np.nan_to_num(s.km) * mass * 1.02, hours * mass * 7.0],
        hours * mass * 4.0,
    )
    return np.asarray(burnt, dtype=np.float64)


def _graded_pace(sessions: Sessions, pace: Floats) -> Texts:
    flat = (sessions.sport != TREADMILL) & (sessions.sport <= ON_FOOT_LAST)
    return minutes(
        np.where(flat, pace * np.where(sessions.sport == TRAIL, 0.95, 0.99), np.nan), MISSING
    )
