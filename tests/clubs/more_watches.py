"""Exports of the vendors that the generated clubs do not use: file name -> content."""

import datetime as dt
import json
from collections.abc import Callable, Sequence

from tests.clubs.truth import Run
from tests.clubs.watches import UTC_AHEAD, Export, table_text
from tests.ingest.fit_writer import FitFile, activity, file_id, session, steady_run, timer

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - naive like the runs
# FIT counts seconds from 31 December 1989 on.
_FIT_EPOCH = 631_065_600


def _unix(moment: dt.datetime) -> int:
    return int((moment - UTC_AHEAD - _EPOCH).total_seconds())


def garmin_account(runs: Sequence[Run]) -> Export:
    told = [
        {"activityId": 15_000_000 + at, "activityType": "running", "name": "Run",
         "startTimeGmt": _unix(run.start) * 1000.0,
         # Garmin writes the local clock as if it were UTC.
         "startTimeLocal": _unix(run.start) * 1000.0 + 3_600_000,
         # Milliseconds and centimetres.
         "duration": run.minutes * 60_000.0, "distance": run.km * 100_000}
        for at, run in enumerate(runs)
    ]  # fmt: skip
    place = "DI_CONNECT/"
    return {
        f"{place}DI-Connect-Fitness/runner_0_summarizedActivities.json": json.dumps(
            [{"summarizedActivitiesExport": told}]
        ).encode(),
        f"{place}DI-Connect-User/user_profile.json": b'{"userName": "runner"}',
    }


def fit(runs: Sequence[Run]) -> Export:
    return {f"Garmin/Activity/{run.start:%Y-%m-%d-%H-%M-%S}.fit": _recording(run) for run in runs}


def _recording(run: Run) -> bytes:
    start, seconds = _unix(run.start) - _FIT_EPOCH, run.minutes * 60
    told = session(start, float(seconds), total_distance=run.km * 1000)
    file = FitFile().extend([file_id(), timer(start, 0), *steady_run(seconds, start)])
    return file.extend([timer(start + seconds, 4), told, activity(at=start + seconds)]).done()


def gpx(runs: Sequence[Run]) -> Export:
    return {f"activities/{77 + at}.gpx": _track(run).encode() for at, run in enumerate(runs)}


def _track(run: Run) -> str:
    degrees = run.km / 111.195  # of latitude
    points = [
        f'<trkpt lat="{50 + degrees * share / 100:.7f}" lon="8"><time>'
        f"{run.start - UTC_AHEAD + dt.timedelta(seconds=run.minutes * 60 * share / 100):%Y-%m-%dT%H:%M:%SZ}"  # noqa: E501 - a format
        "</time></trkpt>"
        for share in range(101)
    ]
    return (
        '<?xml version="1.0"?><gpx creator="Coros" version="1.1"'
        ' xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type><trkseg>'
        f"{''.join(points)}</trkseg></trk></gpx>"
    )


def suunto(runs: Sequence[Run]) -> Export:
    return {
        f"entry_{at}.json": json.dumps(
            {"DeviceLog": {"Header": {
                "DateTime": f"{run.start:%Y-%m-%dT%H:%M:%S}.000+01:00", "Activity": "Running",
                "Duration": run.minutes * 60, "Distance": run.km * 1000, "StepCount": 9000,
            }}}
        ).encode()
        for at, run in enumerate(runs)
    }  # fmt: skip


def intervals(runs: Sequence[Run]) -> Export:
    header = [
        "id", "name", "type", "start_date_local", "distance", "moving_time", "elapsed_time",
        "total_elevation_gain", "icu_training_load", "icu_rpe", "average_heartrate",
        "max_heartrate", "average_cadence", "gear",
    ]  # fmt: skip
    rows = [
        [f"i{at}", "Run", "Run", f"{run.start:%Y-%m-%dT%H:%M:%S}", run.km * 1000, run.minutes * 60,
         run.minutes * 60, 0, "", "", 150, 170, "", ""]
        for at, run in enumerate(runs)
    ]  # fmt: skip
    return {"activities.csv": table_text([header, *rows]).encode()}


def training_peaks(runs: Sequence[Run]) -> Export:
    header = [
        "Title", "WorkoutType", "WorkoutDescription", "PlannedDuration", "PlannedDistanceInMeters",
        "WorkoutDay", "CoachComments", "DistanceInMeters", "PowerAverage", "HeartRateAverage",
        "HeartRateMax", "TimeTotalInHours", "TSS", "IF", "HRZone1Minutes", "HRZone3Minutes",
        "HRZone4Minutes", "HRZone5Minutes", "AthleteComments", "Feeling", "Rpe",
    ]  # fmt: skip
    rows = [
        # TrainingPeaks tells the day and no clock.
        ["Run", "Run", "", "", "", f"{run.start:%Y-%m-%d}", "", run.km * 1000, "", 150, 170,
         run.minutes / 60, "", "", "", "", "", "", "", "", ""]
        for run in runs
    ]  # fmt: skip
    return {"workouts.csv": table_text([header, *rows]).encode()}


MORE_VENDORS: dict[str, Callable[[Sequence[Run]], Export]] = {
    "garmin_account": garmin_account, "fit": fit, "gpx": gpx, "suunto": suunto,
    "intervals": intervals, "training_peaks": training_peaks,
}  # fmt: skip
