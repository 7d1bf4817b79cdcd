"""Exports of watches and programs, as an account's owner downloads them: file name -> content."""

# ruff: noqa: E501 - rows of files read best as lines

import csv
import datetime as dt
import io
import json
import random
from collections.abc import Callable, Sequence

from tests.clubs.truth import Run

Export = dict[str, bytes]
UTC_AHEAD = dt.timedelta(hours=1)
"""The club lives in Berlin in winter."""


def table_text(rows: Sequence[Sequence[object]], delimiter: str = ",", end: str = "\n") -> str:
    """Return rows as text with separators."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


STRAVA = [
    "Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description",
    "Elapsed Time", "Distance", "Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note",
    "Activity Gear", "Filename", "Athlete Weight", "Bike Weight", "Elapsed Time", "Moving Time", "Distance",
    "Max Speed", "Average Speed", "Elevation Gain", "Elevation Loss", "Elevation Low", "Elevation High",
    "Max Grade", "Average Grade", "Average Positive Grade", "Average Negative Grade", "Max Cadence",
    "Average Cadence", "Max Heart Rate", "Average Heart Rate", "Max Watts", "Average Watts", "Calories",
    "Max Temperature", "Average Temperature", "Relative Effort", "Total Work", "Number of Runs",
    "Uphill Time", "Downhill Time", "Other Time", "Perceived Exertion", "Type", "Start Time",
    "Weighted Average Power", "Power Count", "Prefer Perceived Exertion", "Perceived Relative Effort",
    "Commute", "Total Weight Lifted", "From Upload", "Grade Adjusted Distance", "Weather Observation Time",
    "Weather Condition", "Weather Temperature", "Apparent Temperature", "Dewpoint", "Humidity",
    "Weather Pressure", "Wind Speed", "Wind Gust", "Wind Bearing", "Precipitation Intensity", "Sunrise Time",
    "Sunset Time", "Moon Phase", "Bike", "Gear", "Precipitation Probability", "Precipitation Type",
    "Cloud Cover", "Weather Visibility", "UV Index", "Weather Ozone", "Jump Count", "Total Grit",
    "Average Flow", "Flagged", "Average Elapsed Speed", "Dirt Distance", "Newly Explored Distance",
    "Newly Explored Dirt Distance", "Activity Count", "Total Steps", "Media",
]  # fmt: skip


def strava(runs: Sequence[Run], rng: random.Random) -> Export:
    rows: list[list[object]] = [list(STRAVA)]
    for at, run in enumerate(runs):
        # Strava's list is in UTC.
        moment = run.start - UTC_AHEAD
        row: list[object] = [""] * len(STRAVA)
        row[0] = 1000 + at
        row[1] = (
            f"{moment:%b} {moment.day}, {moment.year}, {moment.hour % 12 or 12}:{moment:%M:%S %p}"
        )
        row[2], row[3] = "Morning Run", "Run"
        # Two of its columns are called Elapsed Time, and two Distance: kilometres and metres.
        row[5] = row[15] = row[16] = run.minutes * 60
        row[6], row[17] = f"{run.km:.2f}", run.km * 1000
        rows.append(row)
    return {
        "activities.csv": table_text(rows).encode(),
        "profile.csv": b"Athlete ID,First Name\n1,x\n",
    }


GARMIN = {
    "en": ("Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR", "Max HR"),
    "de": ("Aktivitätstyp", "Datum", "Favorit", "Titel", "Distanz", "Kalorien", "Zeit",
           "Ø Herzfrequenz", "Maximale Herzfrequenz"),
    "es": ("Tipo de actividad", "Fecha", "Favorito", "Título", "Distancia", "Calorías", "Tiempo",
           "Frecuencia cardiaca media", "FC máxima"),
    "fr": ("Type d'activité", "Date", "Favori", "Titre", "Distance", "Calories", "Durée",
           "Fréquence cardiaque moyenne", "Fréquence cardiaque maximale"),
    "it": ("Tipo di attività", "Data", "Preferito", "Titolo", "Distanza", "Calorie", "Tempo", "FC Media", "FC max"),
    "nl": ("Activiteittype", "Datum", "Favoriet", "Titel", "Afstand", "Calorieën", "Tijd", "Gem. HS", "Max. HS"),
}  # fmt: skip
RUNNING = {
    "en": "Running",
    "de": "Laufen",
    "es": "Carrera",
    "fr": "Course à pied",
    "it": "Corsa",
    "nl": "Hardlopen",
}


def garmin(runs: Sequence[Run], rng: random.Random) -> Export:
    language = rng.choice(list(GARMIN))
    mark = rng.choice([".", "."] if language == "en" else [".", ","])
    rows: list[list[object]] = [list(GARMIN[language])]
    for run in runs:
        hours, minutes = divmod(run.minutes, 60)
        km = f"{run.km:.2f}".replace(".", mark)
        rows.append(
            [RUNNING[language], f"{run.start:%Y-%m-%d %H:%M:%S}", "false", "Run", km, "500",
             f"{hours:02}:{minutes:02}:00", "150", "170"]
        )  # fmt: skip
    return {
        "Activities.csv": table_text(rows).encode("utf-8-sig" if rng.random() < 0.3 else "utf-8")
    }


def fitbit(runs: Sequence[Run], rng: random.Random) -> Export:
    logs = [
        {"logId": at, "activityName": "Run", "startTime": f"{run.start:%Y-%m-%d %H:%M:%S}",
         "duration": run.minutes * 60_000, "activeDuration": run.minutes * 60_000,
         "distance": run.km, "distanceUnit": "Kilometer", "averageHeartRate": 150}
        for at, run in enumerate(runs)
    ]  # fmt: skip
    return {"fitbit/exercise.json": json.dumps(logs).encode()}


def fitbit_takeout(runs: Sequence[Run], rng: random.Random) -> Export:
    logs = [
        # The archive writes American dates with two digits of the year.
        {"logId": at, "activityName": "Run", "startTime": f"{run.start:%m/%d/%y %H:%M:%S}",
         "duration": run.minutes * 60_000, "activeDuration": run.minutes * 60_000,
         "distance": run.km, "distanceUnit": "Kilometer"}
        for at, run in enumerate(runs)
    ]  # fmt: skip
    place = "Takeout/Fitbit/Global Export Data/"
    half = len(logs) // 2
    return {
        # Its files are numbered by hundreds of logs.
        f"{place}exercise-0.json": json.dumps(logs[:half]).encode(),
        f"{place}exercise-100.json": json.dumps(logs[half:]).encode(),
    }


def google(runs: Sequence[Run], rng: random.Random) -> Export:
    header = [
        "exercise_id", "exercise_start", "exercise_end", "utc_offset", "activity_name",
        "tracker_total_distance_mm", "tracker_avg_heart_rate", "manually_logged_total_distance_mm",
    ]  # fmt: skip
    rows: list[list[object]] = [header]
    for at, run in enumerate(runs):
        start = run.start - UTC_AHEAD
        end = start + dt.timedelta(minutes=run.minutes)
        rows.append(
            [at, f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{end:%Y-%m-%dT%H:%M:%SZ}", "+01:00", "Run",
             # Google writes millimetres.
             round(run.km * 1e6), 150, ""]
        )  # fmt: skip
    place = "Takeout/Fitbit/Health Fitness Data_GoogleData/"
    return {f"{place}UserExercises_2025-01-01.csv": table_text(rows).encode()}


def samsung(runs: Sequence[Run], rng: random.Random) -> Export:
    head = "com.samsung.health.exercise."
    names = (
        "start_time",
        "exercise_type",
        "duration",
        "distance",
        "mean_heart_rate",
        "time_offset",
    )
    rows: list[list[object]] = [
        # Samsung's first line names the kind of the file; the header is the second.
        ["com.samsung.shealth.exercise", "6312003", "5"],
        ["total_calorie", *(head + name for name in names)],
    ]
    for run in runs:
        start = run.start - UTC_AHEAD
        rows.append(
            [
                500,
                f"{start:%Y-%m-%d %H:%M:%S}.000",
                # Samsung's number for running.
                1002,
                run.minutes * 60_000,
                run.km * 1000,
                150,
                "UTC+0100",
            ]
        )
    place = "samsunghealth_user_20250301/"
    return {f"{place}com.samsung.shealth.exercise.20250301.csv": table_text(rows).encode()}


def polar(runs: Sequence[Run], rng: random.Random) -> Export:
    export: Export = {}
    for at, run in enumerate(runs):
        start = f"{run.start:%Y-%m-%dT%H:%M:%S}.000"
        told = {
            "exportVersion": "1.6", "name": "Running", "startTime": start, "timeZoneOffset": 60,
            "exercises": [
                {"startTime": start, "timezoneOffset": 60, "duration": f"PT{run.minutes * 60}S",
                 "distance": run.km * 1000, "sport": "RUNNING", "heartRate": {"avg": 150}}
            ],
        }  # fmt: skip
        name = f"training-session-{run.start:%Y-%m-%d}-{4000 + at}-0d5c.json"
        export[f"polar-user-data-export/{name}"] = json.dumps(told).encode()
    return export


def whoop(runs: Sequence[Run], rng: random.Random) -> Export:
    header = [
        "Cycle start time", "Cycle end time", "Cycle timezone", "Workout start time", "Workout end time",
        "Duration (min)", "Activity name", "Activity Strain", "Average HR (bpm)", "Max HR (bpm)",
        "Distance (meters)",
    ]  # fmt: skip
    rows: list[list[object]] = [header]
    for run in runs:
        end = run.start + dt.timedelta(minutes=run.minutes)
        rows.append(
            # A cycle of WHOOP starts with falling asleep.
            [f"{run.start:%Y-%m-%d} 00:10:00", "", "UTC+01:00", f"{run.start:%Y-%m-%d %H:%M:%S}",
             f"{end:%Y-%m-%d %H:%M:%S}", run.minutes, "Running", 9, 150, 170, round(run.km * 1000)]
        )  # fmt: skip
    return {"my_whoop_data_2025_03_01/workouts.csv": table_text(rows).encode()}


def apple(runs: Sequence[Run], rng: random.Random) -> Export:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<HealthData locale="de_DE">']
    lines.append('<ExportDate value="2025-06-01 10:00:00 +0200"/>')
    for run in runs:
        end = run.start + dt.timedelta(minutes=run.minutes)
        span = f'startDate="{run.start:%Y-%m-%d %H:%M:%S} +0100" endDate="{end:%Y-%m-%d %H:%M:%S} +0100"'
        lines.append(
            '<Workout workoutActivityType="HKWorkoutActivityTypeRunning"'
            f' duration="{run.minutes}" durationUnit="min" sourceName="Watch" {span}>'
            '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning"'
            f' {span} sum="{run.km}" unit="km"/></Workout>'
        )
    return {"apple_health_export/export.xml": "\n".join([*lines, "</HealthData>"]).encode()}


def tcx(runs: Sequence[Run], rng: random.Random) -> Export:
    """Coros, Suunto and Polar give a file a run, called by the day."""
    brand = rng.choice(["COROS", "Suunto", "Polar"])
    return {f"{brand}/{run.start:%Y-%m-%d_%H-%M}_Run.tcx": _tcx(run).encode() for run in runs}


def _tcx(run: Run) -> str:
    start = run.start - UTC_AHEAD
    points = []
    for at in range(0, run.minutes * 60 + 1, 30):
        share = at / (run.minutes * 60)
        points.append(
            f"<Trackpoint><Time>{start + dt.timedelta(seconds=at):%Y-%m-%dT%H:%M:%SZ}</Time>"
            f"<DistanceMeters>{run.km * 1000 * share:.1f}</DistanceMeters>"
            "<HeartRateBpm><Value>150</Value></HeartRateBpm></Trackpoint>"
        )
    stamp = f"{start:%Y-%m-%dT%H:%M:%SZ}"
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase'
        ' xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="Running"><Id>{stamp}</Id><Lap StartTime="{stamp}">'
        f"<TotalTimeSeconds>{run.minutes * 60}</TotalTimeSeconds>"
        f"<DistanceMeters>{run.km * 1000}</DistanceMeters><Track>{''.join(points)}</Track></Lap>"
        "</Activity></Activities></TrainingCenterDatabase>"
    )


VENDORS: dict[str, Callable[[Sequence[Run], random.Random], Export]] = {
    "strava": strava, "garmin": garmin, "fitbit": fitbit, "takeout": fitbit_takeout,
    "google": google, "samsung": samsung, "polar": polar, "whoop": whoop, "apple": apple, "tcx": tcx,
}  # fmt: skip
