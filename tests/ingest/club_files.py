"""A small club as files: what the ingest tests read, every line under the test's control."""

from collections.abc import Iterable, Sequence
from pathlib import Path

GARMIN_HEADER = [
    "Activity Type",
    "Date",
    "Favorite",
    "Title",
    "Distance",
    "Calories",
    "Time",
    "Avg HR",
    "Max HR",
    "Aerobic TE",
    "Avg Run Cadence",
    "Max Run Cadence",
    "Avg Pace",
    "Best Pace",
    "Total Ascent",
    "Total Descent",
    "Avg Stride Length",
    "Avg Vertical Ratio",
    "Avg Vertical Oscillation",
    "Avg Ground Contact Time",
    "Avg GAP",
    "Normalized Power® (NP®)",
    "Training Stress Score®",
    "Avg Power",
    "Max Power",
    "Steps",
    "Total Reps",
    "Total Sets",
    "Decompression",
    "Best Lap Time",
    "Number of Laps",
    "Moving Time",
    "Elapsed Time",
    "Min Elevation",
    "Max Elevation",
]

SETTINGS = """\
name: testclub
pseudonyms: public
simulated: true
time_zone: Europe/Berlin
observed_from: 2024-01-01
observed_to: 2024-12-29
wellness_scales:
  sleep_quality: {worst: 1, best: 5}
  fatigue: {worst: 5, best: 1}
"""

RUN = {
    "Activity Type": "Running",
    "Date": "2024-05-06 18:00:00",
    "Favorite": "false",
    "Title": "Evening run",
    "Distance": "10.24",
    # With the comma of thousands that Garmin writes: the cell needs quotes.
    "Calories": "1,381",
    "Time": "00:53:55",
    "Avg HR": "152",
    "Max HR": "171",
    "Avg Run Cadence": "172",
    "Avg Stride Length": "1.10",
    "Avg Vertical Ratio": "7.9",
    "Avg Vertical Oscillation": "8.7",
    "Avg Ground Contact Time": "248",
    "Total Ascent": "120",
    "Total Descent": "118",
    "Moving Time": "00:53:10",
    "Elapsed Time": "00:55:00",
}


def activity(**changes: str) -> dict[str, str]:
    """One line of Activities.csv; keys are Garmin's columns with _ for blanks."""
    return RUN | {name.replace("_", " "): value for name, value in changes.items()}


def garmin_csv(path: Path, activities: Iterable[dict[str, str]]) -> Path:
    lines = [",".join(GARMIN_HEADER)]
    for one in activities:
        # Garmin writes two dashes where a value is missing.
        cells = [one.get(name, "--") for name in GARMIN_HEADER]
        lines.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
    return write(path, "\n".join(lines) + "\n")


def table_csv(path: Path, header: str, rows: Sequence[str]) -> Path:
    return write(path, "\n".join([header, *rows]) + "\n")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def small_club(folder: Path) -> Path:
    """Two athletes, a handful of sessions, one of every club file; nothing wrong with any."""
    write(folder / "dataset.yaml", SETTINGS)
    table_csv(
        folder / "roster.csv",
        "athlete,team,sex,birth_year,height_cm,level,running_since,joined,left",
        [
            "r1,north,female,1990,170,recreational,2015,,",
            "r2,north,male,1985,181,novice,,2024-02-01,2024-10-31",
        ],
    )
    garmin_csv(
        folder / "activities/r1/Activities.csv",
        [activity(), activity(Date="2024-05-04 08:00:00", Activity_Type="Trail Running")],
    )
    garmin_csv(folder / "activities/r2/Activities.csv", [activity(Date="2024-06-01 07:00:00")])
    table_csv(
        folder / "session_rpe.csv",
        "athlete,end,duration_min,rpe,activity,shoe",
        # The first belongs to the run at 18:00 of 55 minutes; no watch has the second.
        ["r1,2024-05-06 19:05,55,6,run,blue", "r1,2024-05-07 18:00,40,4,strength,"],
    )
    table_csv(
        folder / "wellness.csv",
        "athlete,date,sleep_h,sleep_quality,fatigue,soreness,stress,mood,readiness,"
        "resting_hr_bpm,hrv_rmssd_ms",
        ["r1,2024-05-06,7.5,4,2,,,,,51,62", "r2,2024-06-01,8,5,1,,,,,,"],
    )
    table_csv(
        folder / "pain.csv",
        "athlete,date,region,side,pain_0_10,when",
        ["r1,2024-05-06,knee,left,3,after"],
    )
    table_csv(
        folder / "exercise.csv",
        "athlete,date,exercise,target,sets,reps,load_kg,prescribed_sets",
        ["r1,2024-05-07,side-lying abduction,hip,3,12,2.5,3"],
    )
    table_csv(
        folder / "strength.csv",
        "athlete,date,test,side,metric,value,unit,reps,device",
        ["r1,2024-05-02,hip_abduction,left,peak_force,212,N,3,handheld"],
    )
    table_csv(
        folder / "gait.csv",
        "athlete,date,speed_m_s,metric,side,value,unit,device",
        ["r1,2024-05-02,3.1,peak_hip_adduction_deg,left,13.2,deg,lab"],
    )
    table_csv(
        folder / "injuries.csv",
        "athlete,onset_date,return_date,region,side,diagnosis,mode,severity",
        ["r1,2024-07-01,2024-08-10,knee,left,pfps,gradual,moderate"],
    )
    table_csv(folder / "shoes.csv", "athlete,shoe_id,first_use,retired", ["r1,blue,2024-01-03,"])
    table_csv(folder / "body.csv", "athlete,date,mass_kg", ["r1,2024-01-03,61.5"])
    return folder
