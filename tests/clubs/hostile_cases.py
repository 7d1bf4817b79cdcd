"""Odd days of real training, the truth written first: what counts, and what is only to check.

Each case is one athlete of a club in Berlin (UTC+1 in winter). Invented; each is one of a kind.
"""

# ruff: noqa: E501 - rows of files read best as lines

import datetime as dt
import gzip
from dataclasses import dataclass, field

from tests.clubs.hostile_files import (
    at,
    bare,
    fit,
    garmin,
    gpx,
    multisport,
    strava,
    tcx,
    track,
    zigzag,
)
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
    # Only the last leg is a run; the two transitions are of no sport.
    "triathlon with transitions": Truth(
        [(9, 50.0, 10.0)], others=2,
        files={"race.fit": multisport([(at(9, "08:00"), 30, 1.5, 5), (at(9, "08:30"), 3, 0.3, 3), (at(9, "08:33"), 70, 40, 2), (at(9, "09:43"), 2, 0.2, 3), (at(9, "09:45"), 50, 10, 1)])},
    ),
    "watch left on overnight": Truth([(4, 60.0, 11.0)], files={"evening.fit": fit(at(4, "18:00"), [(0, 60, 11), (60, 540, 0.0)])}),
    # Ten hours for 11 km in the list; the recording beside it ends after one.
    "watch left on, the summary alone tells": Truth(
        [(4, 60.0, 11.0)], files={"Activities.csv": garmin([("Running", "2025-02-04 18:00:00", "11.00", "10:00:00")]), "a/evening.fit": fit(at(4, "17:00"), [(0, 60, 11)])},
    ),
    # 18:00 in the list is 17:00 UTC of the pod: one run.
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
    # The watch ran before and after the mats: 52:12 and 50:31 are one race.
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
    # 6 and 7.5 mi x 1.609344.
    "a diary in miles": Truth(
        [(3, 48.0, 9.656), (6, 60.0, 12.07)], files={"running log.csv": _hand(["Date,Sport,Distance (miles),Duration (min)", "2025-02-03,Run,6,48", "2025-02-06,Run,7.5,60"])},
    ),
    # 10 x 5:30 and 8 x 6:00.
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
    # 2:30 does not exist in Berlin on 30 March 2025.
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
    # 18.7 km in 2.4 minutes.
    "laps of car speed, in either format": Truth(
        [(3, 40.0, 8.0)], to_check=2,
        files={
            "run.fit": fit(at(3, "17:00"), [(0, 40, 8)]),
            "car.tcx": tcx([(at(4, "17:00"), 2.4, 18.7)]), "car.fit": fit(at(5, "17:00"), [(0, 2.4, 18.7)]),
        },
    ),
    "paused all day and resumed in the evening": Truth(
        [(7, 30.0, 6.0), (7, 40.0, 8.0)], parts=True, files={"resumed.fit": fit(at(7, "06:00"), [(0, 30, 6), (690, 40, 8)])},
    ),
    "three lists of one run": Truth(
        [(10, 50.0, 10.0)],
        files={
            "run.fit": fit(at(10, "17:00"), [(0, 50, 10)]),
            "activities.csv": strava([(at(10, "17:00"), "Evening Run", "Run", 50, 50, 10.0, "")]),
            "log.csv": _hand(["Date,Sport,Distance (km),Duration (min)", "2025-02-10,Run,10,50"]),
        },
    ),
    # A run of the 11th that is answered on the 12th.
    "an answer in the night after a late run": Truth(
        [(11, 45.0, 9.0)],
        files={"late.fit": fit(at(11, "21:30"), [(0, 45, 9)]), "session_rpe.csv": _hand(["athlete,end,duration_min,rpe,sport", "{athlete},2025-02-12 00:40,45,6,run"])},
    ),
    "a run home after a race, minutes later": Truth(
        [(16, 75.0, 15.0)], parts=True, files={"race.fit": fit(at(16, "09:00"), [(0, 45, 10)]), "home.fit": fit(at(16, "09:52"), [(0, 30, 5)])},
    ),
    "Strava's walks and hikes beside one run": Truth(
        [(12, 40.0, 7.5)], others=2,
        files={"activities.csv": strava([(at(12, "06:00"), "Dog", "Walk", 30, 25, 2.0, "activities/1.gpx"), (at(12, "10:00"), "Hill", "Hike", 120, 100, 8.0, "activities/2.gpx"), (at(12, "17:00"), "Run", "Run", 41, 40, 7.5, "activities/3.gpx")])},
    ),
    "stub rows that a program may not show": Truth(
        [(12, 40.0, 7.5)],
        files={"activities.csv": _hand(["id,name,type,start_date_local,distance,moving_time,elapsed_time,total_elevation_gain,icu_training_load,icu_rpe,average_heartrate,max_heartrate,average_cadence,gear",
                                       "i1,Run,Run,2025-02-12T18:00:00,7500,2400,2400,0,,,150,170,,", "i2,,,2025-02-13T18:00:00,,,,,,,,,,"])},
    ),
    # 3000 seconds are 50 minutes; as minutes they are two days.
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
    # 6 x 8:30 and 7.5 x 9:10.
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
    # 60 minutes, 2 between the devices, and 40.
    "a watch that died and the phone that went on": Truth(
        [(5, 102.0, 20.0)], files={"watch.fit": fit(at(5, "17:00"), [(0, 60, 12)]), "phone.gpx": gpx([track(at(5, "18:02"), 40, 8)])},
    ),
    "a watch that died beside a phone that saw it all": Truth(
        [(5, 100.0, 20.0)], files={"watch.fit": fit(at(5, "17:00"), [(0, 60, 12)]), "phone.gpx": gpx([track(at(5, "17:00"), 100, 20)])},
    ),
    "a phone without signal for half the way": Truth(
        [(6, 50.0, 10.0)], files={"watch.fit": fit(at(6, "17:00"), [(0, 50, 10)]), "phone.gpx": gpx([track(at(6, "17:01"), 20, 4), track(at(6, "17:45"), 5, 1, ahead_km=8)])},
    ),
    "to work and home again": Truth([(6, 25.0, 5.0), (6, 27.0, 5.0)], files={"a.fit": fit(at(6, "06:30"), [(0, 25, 5)]), "b.fit": fit(at(6, "16:00"), [(0, 27, 5)])}),
    "a double day alike, and a diary of both": Truth(
        [(7, 40.0, 8.0), (7, 40.0, 8.0)],
        files={"a.fit": fit(at(7, "06:00"), [(0, 40, 8)]), "b.fit": fit(at(7, "17:00"), [(0, 40, 8)]), "log.csv": _hand(["Date,Sport,Distance (km),Duration (min)", "2025-02-07,Run,8,40", "2025-02-07,Run,8,40"])},
    ),
    "a double day in two lists on two clocks": Truth(
        [(7, 40.0, 8.0), (7, 30.0, 6.0), (9, 60.0, 12.0), (11, 35.0, 7.0)],
        files={
            "activities.csv": strava([(at(7, "05:00"), "a", "Run", 40, 40, 8.0, "activities/1.gpx"), (at(7, "17:00"), "b", "Run", 30, 30, 6.0, "activities/2.gpx"), (at(9, "08:00"), "c", "Run", 60, 60, 12.0, "activities/3.gpx"), (at(11, "17:00"), "d", "Run", 35, 35, 7.0, "activities/4.gpx")]),
            "Activities.csv": garmin([("Running", "2025-02-07 06:00:00", "8.00", "00:40:00"), ("Running", "2025-02-07 18:00:00", "6.00", "00:30:00"), ("Running", "2025-02-09 09:00:00", "12.00", "01:00:00"), ("Running", "2025-02-11 18:00:00", "7.00", "00:35:00")]),
        },
    ),
    "intervals in a file each": Truth(
        [(8, 48.0, 12.0)], parts=True, files={f"{rep}.fit": fit(at(8, "17:00") + 6 * rep * MIN, [(0, 4, 1)]) for rep in range(12)},
    ),
    "a band that found a quarter of an hour of the run": Truth(
        [(9, 50.0, 9.0)], files={"run.fit": fit(at(9, "17:00"), [(0, 50, 9)]), "fitbit/exercise.json": b'[{"logId": 1, "activityName": "Run", "startTime": "2025-02-09 18:10:00", "duration": 900000, "activeDuration": 900000}]'},
    ),
    "a workout that two apps gave to the phone": Truth(
        [(10, 50.0, 9.0)],
        files={"apple_health_export/export.xml": (
            '<?xml version="1.0" encoding="UTF-8"?><HealthData locale="de_DE"><ExportDate value="2025-02-20 10:00:00 +0100"/>' + "".join(
                f'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="{minutes}" durationUnit="min" sourceName="{app}" startDate="2025-02-10 18:0{first}:00 +0100" endDate="2025-02-10 18:5{first}:00 +0100">'
                f'<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" startDate="2025-02-10 18:0{first}:00 +0100" endDate="2025-02-10 18:5{first}:00 +0100" sum="{km}" unit="km"/></Workout>'
                for app, first, minutes, km in (("Watch", 0, 50, 9.0), ("Strava", 0, 49.5, 8.97))) + "</HealthData>").encode()},
    ),
    "a summary without a record": Truth([(11, 45.0, 9.0)], files={"bare.fit": bare(at(11, "17:00"), 45, 9)}),
    "metres under a heading without a unit": Truth(
        [(3, 40.0, 8.0), (6, 55.0, 11.0)], files={"running log.csv": _hand(["Date,Sport,Distance,Duration (min)", "2025-02-03,Run,8000,40", "2025-02-06,Run,11000,55"])},
    ),
    "rows pasted twice": Truth(
        [(3, 40.0, 8.0), (6, 55.0, 11.0)],
        files={"Activities.csv": garmin([("Running", "2025-02-03 18:00:00", "8.00", "00:40:00"), ("Running", "2025-02-06 18:00:00", "11.00", "00:55:00"), ("Running", "2025-02-03 18:00:00", "8.00", "00:40:00")])},
    ),
    "the whole of Strava's archive": Truth(
        [(12, 40.0, 8.0), (14, 50.0, 10.0)],
        files={
            "activities.csv": strava([(at(12, "17:00"), "Lunch", "Run", 41, 40, 8.0, "activities/1.fit.gz"), (at(14, "17:00"), "Long", "Run", 600, 50, 10.0, "activities/2.gpx.gz")]),
            "activities/1.fit.gz": gzip.compress(fit(at(12, "17:00"), [(0, 40, 8)]), mtime=0), "activities/2.gpx.gz": gzip.compress(gpx([track(at(14, "17:00"), 50, 10)]), mtime=0),
        },
    ),
    "a watch left on, in Strava's list alone": Truth([(13, 55.0, 10.5)], files={"activities.csv": strava([(at(13, "17:00"), "Run", "Run", 620, 55, 10.5, "activities/1.fit.gz")])}),
    # Five and a half hours ahead of UTC, where most zones are whole hours.
    "a camp in India": Truth(
        _TRUE,
        files={
            "activities.csv": strava([(start - 5.5 * H, "Run", "Run", minutes, minutes, km, f"activities/{start.day}.fit.gz") for start, minutes, km in _RUNS]),
            "Activities.csv": garmin([("Running", f"{start}", f"{km:.2f}", _clock(minutes)) for start, minutes, km in _RUNS]),
        },
    ),
    # The lists are one hour apart before the night to 30 March and two hours after it.
    "two lists over the change of the clocks": Truth(
        [(28, 40.0, 8.0), (29, 50.0, 10.0), (30, 60.0, 12.0), (31, 45.0, 9.0)], month=3,
        files={
            "activities.csv": strava([(at(28, "17:00", 3), "a", "Run", 40, 40, 8.0, "activities/1.gpx"), (at(29, "17:00", 3), "b", "Run", 50, 50, 10.0, "activities/2.gpx"), (at(30, "08:00", 3), "c", "Run", 60, 60, 12.0, "activities/3.gpx"), (at(31, "16:00", 3), "d", "Run", 45, 45, 9.0, "activities/4.gpx")]),
            "Activities.csv": garmin([("Running", "2025-03-28 18:00:00", "8.00", "00:40:00"), ("Running", "2025-03-29 18:00:00", "10.00", "00:50:00"), ("Running", "2025-03-30 10:00:00", "12.00", "01:00:00"), ("Running", "2025-03-31 18:00:00", "9.00", "00:45:00")]),
        },
    ),
    "files of a watch abroad and its list": Truth(
        _TRUE,
        files={
            "Activities.csv": garmin([("Running", f"{start}", f"{km:.2f}", _clock(minutes)) for start, minutes, km in _RUNS]),
            **{f"{start.day}.tcx": tcx([(start + 5 * H, minutes, km)]) for start, minutes, km in _RUNS},
        },
    ),
    "a watch stopped for a drink, in files of their own": Truth(
        [(17, 82.0, 16.0)], files={"a.fit": fit(at(17, "17:00"), [(0, 50, 10)]), "b.fit": fit(at(17, "17:53"), [(0, 32, 6)])},
    ),
    "a watch left on beside a phone that was stopped": Truth(
        [(18, 50.0, 10.0)], files={"watch.fit": fit(at(18, "17:00"), [(0, 50, 10), (50, 200, 0.1)]), "phone.gpx": gpx([track(at(18, "17:00"), 50, 10)])},
    ),
    "a day and a night of a hundred miles": Truth([(14, 1680.0, 161.0)], files={"hundred.fit": fit(at(14, "05:00"), [(0, 28 * 60, 161)])}),
    "an interval timer that restarts": Truth(
        [(15, 60.0, 12.0)], files={"t.tcx": tcx([(at(15, "17:00") + 10 * part * MIN, 10, 2) for part in range(6)])},
    ),
    "a run of two files in two formats and a list": Truth(
        [(16, 70.0, 14.0)],
        files={"r.fit": fit(at(16, "08:00"), [(0, 70, 14)]), "r.tcx": tcx([(at(16, "08:00"), 70, 13.9)]), "r.gpx": gpx([track(at(16, "08:00"), 70, 13.95)]), "Activities.csv": garmin([("Trail Running", "2025-02-16 09:00:00", "14.00", "01:10:00")])},
    ),
    "a clock of summer on a day of winter": Truth(
        [(3, 40.0, 8.0), (5, 47.0, 9.4), (7, 54.0, 10.9), (9, 61.0, 12.3), (12, 44.0, 8.7)],
        files={
            "watch/Activities.csv": garmin([("Running", f"2025-02-{day:02} 19:00:00", f"{km:.2f}", _clock(minutes)) for day, minutes, km in ((3, 40, 8.0), (5, 47, 9.4), (7, 54, 10.9), (9, 61, 12.3), (12, 44, 8.7))]),
            **{f"phone/{day}.gpx": gpx([track(at(day, "17:00"), minutes, km)]) for day, minutes, km in ((3, 40, 8.0), (5, 47, 9.4), (7, 54, 10.9), (9, 61, 12.3), (12, 44, 8.7))},
        },
    ),
}  # fmt: skip
