"""A made-up team whose exports are as mixed as a real club's: nothing is named after an id.

    python -m tests.pipelines.mixed_team FOLDER

A third of the runners hand in FIT files, a third a Strava account archive, a third Garmin's
`Activities.csv`; strength, wellness and injuries are one sheet each for the whole team, by name.
"""

import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from ingest.run import ingest
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings
from tests.ingest.export_files import lines
from tests.ingest.fit_writer import EPOCH, FitFile, activity, file_id, record, session, timer
from tests.ingest.test_ingest_strava import HEADER

FIRST = (
    "Anna", "Ben", "Carla", "David", "Emma", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karla",
    "Luis", "Mara", "Nils", "Olga", "Pavel", "Quinn", "Rosa", "Sven", "Tilda", "Umar", "Vera",
    "Willem", "Xenia", "Yann",
)  # fmt: skip
LAST = ("Berg", "Okafor", "Diaz", "Lindqvist", "Moreau")
ZONE = "Europe/Berlin"
START = date(2025, 4, 7)
SPORTS = {"run": 1, "ride": 2, "strength": 10}
STRAVA = {"run": "Run", "ride": "Ride", "strength": "Weight Training"}
GARMIN = {"run": "Running", "ride": "Cycling", "strength": "Strength Training"}


def team_tables(athletes: int, weeks: int, seed: int) -> dict[str, pd.DataFrame]:
    """Simulate the team and give every athlete a name."""
    settings = SimulationSettings(athletes=athletes, weeks=weeks, seed=seed, start=START)
    with tempfile.TemporaryDirectory() as folder:
        write_cohort(simulate(settings), Path(folder) / "raw", Path(folder) / "truth")
        tables = ingest(Path(folder) / "raw").tables
    names = {
        one: f"{FIRST[at % len(FIRST)]} {LAST[at % len(LAST)]}"
        for at, one in enumerate(sorted(tables["athletes"]["athlete"]))
    }
    return {
        name: frame.assign(athlete=frame["athlete"].map(names)) if "athlete" in frame else frame
        for name, frame in tables.items()
    }


def write_team(folder: Path, athletes: int = 25, weeks: int = 33, seed: int = 11) -> list[str]:
    """Write the exports into a folder and return the athletes' names."""
    tables = team_tables(athletes, weeks, seed)
    every = tables["sessions"]
    sessions = every[every["sport"].isin(SPORTS) & every["moving_min"].notna()]
    # Each of the three exports has to write an elapsed time.
    sessions = sessions.fillna({"duration_min": sessions["moving_min"]})
    makers = (write_fit, write_strava, write_garmin)
    names = sorted(tables["athletes"]["athlete"])
    for at, name in enumerate(names):
        makers[at % 3](folder, name, sessions[sessions["athlete"] == name].reset_index(drop=True))
    put(folder / "ForceFrame.csv", strength_sheet(tables["strength"]))
    put(folder / "wellness form.csv", wellness_sheet(tables["wellness"]))
    put(folder / "injuries 2025.csv", injury_sheet(tables["injuries"]))
    return names


def put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_fit(folder: Path, name: str, sessions: pd.DataFrame) -> None:
    for row in sessions.to_dict("records"):
        stamp = row["start"].tz_convert(ZONE).strftime("%Y-%m-%d-%H-%M-%S")
        put(folder / "watches" / name / f"{stamp}.fit", fit_file(row))


def fit_file(row: dict) -> bytes:
    """One session with a record per minute."""
    start = int(row["start"].timestamp()) - EPOCH
    ahead = int(row["start"].tz_convert(ZONE).utcoffset().total_seconds())
    seconds = round(row["duration_min"] * 60)
    metres = 0.0 if pd.isna(row["distance_km"]) else 1000 * row["distance_km"]
    heart = {} if pd.isna(row["hr_mean"]) else {"heart_rate": round(row["hr_mean"])}
    file = FitFile().extend([file_id(), timer(start, 0)])
    for at in range(0, seconds + 1, 60):
        file.extend([record(start + at, distance=metres * at / max(seconds, 1), **heart)])
    known = {
        "total_distance": metres or None, "avg_heart_rate": row["hr_mean"],
        "max_heart_rate": row["hr_max"], "total_ascent": row["ascent_m"],
    }  # fmt: skip
    more = {key: None if pd.isna(value) else value for key, value in known.items()}
    moving = min(round(row["moving_min"] * 60), seconds)
    whole = session(
        start, float(seconds), sport=SPORTS[row["sport"]], total_timer_time=float(moving), **more
    )
    return file.extend([timer(start + seconds, 4), whole, activity(ahead, start + seconds)]).done()


def write_strava(folder: Path, name: str, sessions: pd.DataFrame) -> None:
    """Write an account archive: the list, its FIT files and a list that is no training log."""
    rows, files = [], {}
    for at, row in enumerate(sessions.to_dict("records")):
        # Some rows name a recording and some stand alone, as typed entries do.
        file = f"activities/{9000 + at}.fit" if row["sport"] == "run" and at % 4 == 0 else ""
        if file:
            files[file] = fit_file(row)
        rows.append(strava_row(9000 + at, row, file))
    path = folder / "strava" / f"{name}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("activities.csv", lines([HEADER, *rows]))
        archive.writestr("profile.csv", "Athlete ID,First Name\n1,A\n")
        archive.writestr("shoes.csv", "Shoe Name,Shoe Brand\nBlue,Brand\n")
        for file, content in files.items():
            archive.writestr(file, content)


def strava_row(number: int, row: dict, file: str) -> list[str]:
    when = f"{row['start']:%b} {row['start'].day}, {row['start']:%Y, %I:%M:%S %p}"
    elapsed, km = 60 * row["duration_min"], np.nan_to_num(row["distance_km"])
    known = {
        # Strava names some columns twice: those from 15 on are in seconds and metres.
        0: number, 1: when, 2: "Morning", 3: STRAVA[row["sport"]], 5: round(elapsed),
        6: f"{km:.2f}", 7: text(row["hr_max"], 0), 12: file, 15: f"{elapsed:.1f}",
        16: f"{60 * row['moving_min']:.1f}", 17: f"{1000 * km:.1f}", 20: text(row["ascent_m"]),
        21: text(row["descent_m"]), 30: text(row["hr_max"], 0), 31: text(row["hr_mean"]),
        43: text(row["rpe"], 0),
    }  # fmt: skip
    return [str(known.get(at, "")) for at in range(len(HEADER))]


GARMIN_HEADER = (
    "Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR",
    "Max HR", "Avg Run Cadence", "Avg Pace", "Total Ascent", "Total Descent", "Avg Stride Length",
    "Moving Time", "Elapsed Time",
)  # fmt: skip


def write_garmin(folder: Path, name: str, sessions: pd.DataFrame) -> None:
    # Garmin's list starts with the newest.
    rows = [garmin_row(row) for row in sessions.iloc[::-1].to_dict("records")]
    put(folder / "garmin" / f"{name}.csv", lines([GARMIN_HEADER, *rows]))


def garmin_row(row: dict) -> list[str]:
    local = row["start"].tz_convert(ZONE)
    elapsed, moving = clock(row["duration_min"]), clock(row["moving_min"])
    return [
        GARMIN[row["sport"]], f"{local:%Y-%m-%d %H:%M:%S}", "false", "Berlin",
        text(row["distance_km"], 2) or "0.00", "500", moving, text(row["hr_mean"], 0, "--"),
        text(row["hr_max"], 0, "--"), text(row["cadence_spm"], 0, "--"), "--",
        text(row["ascent_m"], 0, "--"), text(row["descent_m"], 0, "--"),
        text(row["step_length_m"], 2, "--"), moving, elapsed,
    ]  # fmt: skip


def clock(minutes: float) -> str:
    seconds = round(60 * minutes)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def text(value: float, digits: int = 1, missing: str = "") -> str:
    return missing if pd.isna(value) else f"{value:.{digits}f}"


def strength_sheet(strength: pd.DataFrame) -> str:
    """Hip abduction (pull) and adduction (squeeze), as a VALD ForceFrame writes them."""
    header = [
        "Name", "Date (UTC)", "Time", "Device", "Mode", "Test", "Position", "Direction", "L Reps",
        "R Reps", "L Max Force (N)", "R Max Force (N)", "Max Imbalance", "L Max Ratio",
    ]  # fmt: skip
    rows = [header]
    hips = strength[strength["test"].isin(["hip_abduction", "hip_adduction"])]
    for (name, day, test), part in hips.groupby(["athlete", "date", "test"]):
        force = part.groupby("side")["value"].max()
        way = "Squeeze" if test == "hip_adduction" else "Pull"
        left, right = force.get("left", np.nan), force.get("right", np.nan)
        rows.append([
            name, f"{day:%m/%d/%Y}", "4:47 PM", "FF", "m", "Hip AD/AB", "60", way, "3", "3",
            text(left), text(right), "", "",
        ])  # fmt: skip
    quoted = (",".join(f'"{cell}"' for cell in row) for row in rows)
    return "\ufeff" + "\n".join(quoted) + "\n"


def wellness_sheet(wellness: pd.DataFrame) -> str:
    """A web form's answers, 1 to 5: fatigue, soreness and stress with 5 = worst."""
    # In the tables 1 is the best of each item; in the form 1 is the best of a complaint.
    rising: Callable[[float], str] = lambda v: text(1 + 4 * v, 0)  # noqa: E731
    falling: Callable[[float], str] = lambda v: text(5 - 4 * v, 0)  # noqa: E731
    rows = [["Timestamp", "Name", "Sleep quality (1 = very bad, 5 = very good)",
             "Fatigue (1 = none, 5 = exhausted)", "Soreness (1 = none, 5 = severe)",
             "Stress (1 = none, 5 = extreme)", "Sleep hours"]]  # fmt: skip
    for at, row in enumerate(wellness.to_dict("records")):
        answers = [
            rising(row["sleep_quality"]), falling(row["fatigue"]), falling(row["soreness"]),
            falling(row["stress"]), text(row["sleep_h"]),
        ]  # fmt: skip
        # A form has no row for a day on which nothing was answered.
        if any(answers):
            rows.append([f"{row['date']:%Y-%m-%d} 07:{at % 60:02}:00", row["athlete"], *answers])
    return lines(rows)


WORDS = {"knee": "runner's knee", "lower_leg": "shin splints", "achilles": "achilles pain",
         "foot": "plantar fasciitis", "thigh": "hamstring strain"}  # fmt: skip


def injury_sheet(injuries: pd.DataFrame) -> str:
    rows = [["Name", "Date of injury", "Injury", "Side", "Back in training"]]
    for row in injuries.to_dict("records"):
        words = WORDS.get(row["region"], str(row["region"]).replace("_", " ") + " pain")
        back = "" if pd.isna(row["return_date"]) else f"{row['return_date']:%Y-%m-%d}"
        side = row["side"] if row["side"] in ("left", "right") else ""
        rows.append([row["athlete"], f"{row['onset_date']:%Y-%m-%d}", words, side, back])
    return lines(rows)


if __name__ == "__main__":
    write_team(Path(sys.argv[1]))
