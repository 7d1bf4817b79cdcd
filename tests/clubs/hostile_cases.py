"""Odd days of real training, the truth written first: what counts, and what is only to check.

Each case is one athlete of a club in Berlin (UTC+1 in winter). Invented; each is one of a kind.
"""

# ruff: noqa: E501 - rows of files read best as lines

import datetime as dt
import gzip
from dataclasses import dataclass, field

from tests.clubs.hostile_files import at, fit, garmin, gpx, multisport, strava, tcx, track, zigzag
from tests.clubs.watches import Export

H = dt.timedelta(hours=1)
MIN = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Truth:
    """What the athlete did.

    Parameters
    ----------
    runs : list of (day of February, minutes in motion, km or None)
        Runs that count; of a day with several the sum may stand in any number of sessions if
        `parts` is true.
    others : int
        Sessions of other sports.
    to_check : int
        Runs that are shown to be checked and count nowhere.
    """

    runs: list[tuple[int, float, float | None]]
    others: int = 0
    to_check: int = 0
    parts: bool = False
    month: int = 2
    files: Export = field(default_factory=dict)


_EIGHT = [
    (2, "07:10"),
    (4, "18:20"),
    (6, "07:15"),
    (8, "09:00"),
    (11, "18:05"),
    (13, "07:25"),
    (15, "09:40"),
    (18, "18:45"),
]
_RUNS = [
    (at(day, clock), 40 + 3 * place, 7.1 + 0.7 * place) for place, (day, clock) in enumerate(_EIGHT)
]
_TRUE = [(start.day, float(minutes), km) for start, minutes, km in _RUNS]


def _clock(minutes: float) -> str:
    seconds = round(60 * minutes)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _hand(rows: list[str]) -> bytes:
    return "\n".join(rows).encode()


CASES: dict[str, Truth] = {
    "triathlon with transitions": Truth(
        [(9, 50.0, 10.0)], others=2,
        files={"race.fit": multisport([(at(9, "08:00"), 30, 1.5, 5), (at(9, "08:30"), 3, 0.3, 3), (at(9, "08:33"), 70, 40, 2), (at(9, "09:43"), 2, 0.2, 3), (at(9, "09:45"), 50, 10, 1)])},
    ),
    "watch left on overnight": Truth([(4, 60.0, 11.0)], files={"evening.fit": fit(at(4, "18:00"), [(0, 60, 11), (60, 540, 0.0)])}),
    "watch left on, the summary alone tells": Truth(
        [(4, 60.0, 11.0)], files={"Activities.csv": garmin([("Running", "2025-02-04 18:00:00", "11.00", "10:00:00")]), "a/evening.fit": fit(at(4, "17:00"), [(0, 60, 11)])},
    ),
    "treadmill with a pod and typed in the list": Truth(
        [(5, 45.0, 8.4)], files={"pod.fit": fit(at(5, "17:00"), [(0, 45, 8.4)], sub_sport=1), "Activities.csv": garmin([("Treadmill Running", "2025-02-05 18:00:00", "8.40", "00:45:00")])},
    ),
    "two segments hours apart": Truth(
        [(6, 30.0, 6.0), (6, 45.0, 8.0)], files={"day.gpx": gpx([track(at(6, "06:00"), 30, 6), track(at(6, "17:00"), 45, 8, ahead_km=20)])},
    ),
    "a month in one track": Truth(
        [(day, 30.0 + day, 6.0 + day / 4) for day in range(3, 28, 3)],
        files={"all.gpx": gpx([track(at(day, "17:00"), 30 + day, 6 + day / 4) for day in range(3, 28, 3)])},
    ),
    "auto-pause at every light": Truth(
        [(7, 50.0, 10.0)], files={"lights.fit": fit(at(7, "17:00"), [(7.0 * place, 5, 1) for place in range(10)], elapsed=68)},
    ),
    "clock that rolls back": Truth([(8, 40.0, 8.0)], files={"roll.gpx": gpx([zigzag(track(at(8, "09:00"), 40, 8))])}),
    "first point of another year": Truth(
        [(8, 40.0, 8.0)], files={"fix.gpx": gpx([[(dt.datetime(2015, 1, 1), 0.0), *track(at(8, "09:00"), 40, 8)]])},  # noqa: DTZ001
    ),
    "a week here and a week there": Truth(
        _TRUE,
        files={
            "activities.csv": strava([(start - (H if start.day < 9 else -5 * H), "Run", "Run", minutes, minutes, km, f"activities/{start.day}.fit.gz") for start, minutes, km in _RUNS]),
            "Activities.csv": garmin([("Running", f"{start}", f"{km:.2f}", _clock(minutes)) for start, minutes, km in _RUNS]),
        },
    ),
    "chip time and watch time": Truth(
        [(3, 45.0, 8.0), (9, 52.2, 10.12)],
        files={"race.fit": fit(at(9, "09:59"), [(0, 52.2, 10.12)]), "log.csv": _hand(["Date,Sport,Distance (km),Time,Comment", "2025-02-03,Run,8,0:45:00,easy", "2025-02-09,Run,10,0:50:31,City 10K chip time"])},
    ),
    "two devices begun apart": Truth(
        [(10, 60.0, 11.0)], files={"watch.fit": fit(at(10, "17:00"), [(0, 60, 11)]), "phone.gpx": gpx([track(at(10, "17:06"), 50, 9.2)], "")},
    ),
    "warm-up, race, cool-down": Truth(
        [(16, 72.0, 14.0)], parts=True,
        files={"1.fit": fit(at(16, "08:30"), [(0, 15, 2.5)]), "2.fit": fit(at(16, "09:00"), [(0, 42, 10)]), "3.fit": fit(at(16, "09:50"), [(0, 15, 1.5)])},
    ),
    "indoor track without satellites": Truth([(11, 48.0, 9.6)], files={"hall.tcx": tcx([(at(11, "17:00"), 24, 4.8), (at(11, "17:24"), 24, 4.8)])}),
    "walk breaks of a beginner": Truth([(12, 120.0, 10.2)], files={"breaks.fit": fit(at(12, "09:00"), [(0, 120, 10.2)])}),
    "eleven hours of an ultra": Truth([(15, 660.0, 82.0)], files={"ultra.fit": fit(at(15, "05:00"), [(0, 660, 82.0)])}),
    "decimal commas in Excel's list": Truth(
        [(3, 44.0, 8.05), (5, 61.0, 11.3), (8, 95.0, 18.75)],
        files={"Activities.csv": garmin([("Laufen", "03.02.2025 18:00", "8.05", "00:44:00"), ("Laufen", "05.02.2025 18:10", "11.30", "01:01:00"), ("Laufen", "08.02.2025 09:00", "18.75", "01:35:00")], decimal=",").replace(b"Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR", "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø Herzfrequenz,Maximale Herzfrequenz".encode())},
    ),
    "Apple in miles": Truth(
        [(3, 50.0, 8.0467)],
        files={"apple_health_export/export.xml": (
            b'<?xml version="1.0" encoding="UTF-8"?><HealthData locale="en_US"><ExportDate value="2025-02-20 10:00:00 +0100"/>'
            b'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="50" durationUnit="min" sourceName="Watch" startDate="2025-02-03 18:00:00 +0100" endDate="2025-02-03 18:50:00 +0100">'
            b'<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" startDate="2025-02-03 18:00:00 +0100" endDate="2025-02-03 18:50:00 +0100" sum="5" unit="mi"/></Workout></HealthData>')},
    ),
    "a diary in miles": Truth(
        [(3, 48.0, 9.656), (6, 60.0, 12.07)], files={"running log.csv": _hand(["Date,Sport,Distance (miles),Duration (min)", "2025-02-03,Run,6,48", "2025-02-06,Run,7.5,60"])},
    ),
    "a diary of kilometres and paces": Truth(
        [(3, 55.0, 10.0), (6, 48.0, 8.0)], files={"running log.csv": _hand(["Date,Sport,Distance (km),Pace (min/km)", "2025-02-03,Run,10,5:30", "2025-02-06,Run,8,6:00"])},
    ),
    "swims in yards": Truth(
        [(3, 40.0, 7.5)], others=1,
        files={"Activities.csv": garmin([("Pool Swim", "2025-02-04 07:00:00", "1,500", "00:35:00"), ("Running", "2025-02-03 18:00:00", "7.50", "00:40:00")])},
    ),
    "one file under three names": Truth(
        [(13, 40.0, 8.0)],
        files={"a.fit": fit(at(13, "17:00"), [(0, 40, 8)]), "copy of a.fit": fit(at(13, "17:00"), [(0, 40, 8)]), "a.fit.gz": gzip.compress(fit(at(13, "17:00"), [(0, 40, 8)]), mtime=0)},
    ),
    "two uploads of one run in Strava": Truth(
        [(13, 41.0, 8.1)],
        files={"activities.csv": strava([(at(13, "17:00"), "Evening Run", "Run", 41, 41, 8.1, "activities/1.fit.gz"), (at(13, "17:00") + 20 * dt.timedelta(seconds=1), "Outdoor Run", "Run", 40, 40, 8.0, "activities/2.gpx")])},
    ),
    "over midnight": Truth([(14, 70.0, 12.0)], files={"night.fit": fit(at(14, "22:30"), [(0, 70, 12)])}),
    "an hour that the clock skips": Truth(
        [(30, 60.0, 11.0)], month=3, files={"Activities.csv": garmin([("Running", "2025-03-30 02:30:00", "11.00", "01:00:00")])},
    ),
    "walking found by a band during the run": Truth(
        [(17, 50.0, 9.0)], others=1,
        files={"run.fit": fit(at(17, "17:00"), [(0, 50, 9)]), "fitbit/exercise.json": b'[{"logId": 1, "activityName": "Walk", "startTime": "2025-02-17 18:04:00", "duration": 2400000, "activeDuration": 2400000}]'},
    ),
    "a treadmill that knows no distance": Truth([(18, 30.0, None)], files={"mill.fit": fit(at(18, "17:00"), [(0, 30, 0.0)], sub_sport=1)}),
    "a lap that lies": Truth(
        [(19, 50.0, 9.0)], files={"lap.tcx": tcx([(at(19, "17:00"), 50, 9.0)]).replace(b"<TotalTimeSeconds>3000", b"<TotalTimeSeconds>30")},
    ),
    "seconds typed for minutes": Truth(
        [(3, 40.0, 8.0)], to_check=1, files={"running log.csv": _hand(["Date,Sport,Distance (km),Duration (min)", "2025-02-03,Run,8,40", "2025-02-05,Run,10,3000"])},
    ),
    "laps of a clock that was not set": Truth(
        [(8, 40.0, 8.0)],
        files={"fix.tcx": tcx([(at(8, "09:00"), 40, 8)]).replace(b'StartTime="2025-02-08', b'StartTime="2005-01-01').replace(b"<Time>2025-02-08T09:00:00Z", b"<Time>2005-01-01T00:00:01Z")},
    ),
    "a diary of paces under a word for time": Truth(
        [(3, 55.0, 10.0), (6, 49.2, 8.2)], files={"Lauftagebuch.csv": _hand(["Datum;Sport;Strecke km;Tempo", "03.02.2025;Laufen;10,0;5:30", "06.02.2025;Laufen;8,2;6'00\""])},
    ),
    "a diary of times and paces": Truth(
        [(3, 55.0, 10.0), (6, 48.0, 8.0)], files={"running log.csv": _hand(["Date,Sport,Duration (min),Pace (min/km)", "2025-02-03,Run,55,5:30", "2025-02-06,Run,48,6:00"])},
    ),
    "a diary of miles and paces": Truth(
        [(3, 51.0, 9.656), (6, 68.75, 12.07)], files={"running log.csv": _hand(["Date,Sport,Miles,Pace", "2025-02-03,Run,6,8:30", "2025-02-06,Run,7.5,9:10"])},
    ),
    "a virtual run and a treadmill": Truth(
        [(3, 40.0, 7.0), (5, 30.0, 5.5)],
        files={"activities.csv": strava([(at(3, "17:00"), "Zwift", "Virtual Run", 40, 40, 7.0, "activities/1.fit.gz"), (at(5, "17:00"), "Band", "Run", 31, 30, 5.5, "activities/2.fit.gz")])},
    ),
    "a long walk and a run at the end": Truth(
        [(20, 30.0, 6.0)], others=1, files={"hike.fit": fit(at(20, "09:00"), [(0, 180, 12)], sport=17), "run.fit": fit(at(20, "12:10"), [(0, 30, 6)])},
    ),
    "half an hour to change trains": Truth(
        [(21, 80.0, 16.0)], parts=True, files={"a.fit": fit(at(21, "17:00"), [(0, 40, 8)]), "b.fit": fit(at(21, "18:10"), [(0, 40, 8)])},
    ),
    "a cycle computer on the baby jogger": Truth(
        [(22, 40.0, 7.0)], files={"jogger.csv": _hand(["Date,Sport,Distance (km),Time", "2025-02-22,Run with stroller,7,0:40:00"])},
    ),
}  # fmt: skip
