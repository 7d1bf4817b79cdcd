"""A made-up club as the exports that athletes send, and its figures by plain arithmetic.

No code of the product is used on this side.
"""

import csv
import random
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

AS_OF = date(2024, 11, 24)  # a Sunday
ZONE = ZoneInfo("Europe/Berlin")
NAMES = ["Ada Arnold", "Ben Brandt", "Cleo Conte", "Dan O'Dahl", "Eva Ünal", "Finn & Fuchs"]
HEADINGS = [f"column {at}" for at in range(62)]
for at, heading in [
    (1, "Activity Date"), (3, "Activity Type"), (5, "Elapsed Time"), (6, "Distance"),
    (7, "Max Heart Rate"), (15, "Elapsed Time"), (16, "Moving Time"), (17, "Distance"),
    (30, "Max Heart Rate"),
]:  # fmt: skip
    HEADINGS[at] = heading


ELAPSED = 1.04
"""Time from start to end, as a multiple of the time in motion."""
INJURIES = [
    "Ada Arnold,2024-02-05,2024-03-01,knee,left,pfps,gradual,moderate",
    "Ada Arnold,2024-09-02,2024-09-20,knee,left,pfps,gradual,moderate",
    "Ben Brandt,2024-06-10,2024-07-15,foot,right,plantar_fasciitis,gradual,moderate",
    "Dan O'Dahl,2024-05-20,2024-05-30,thigh,left,,sudden,moderate",
]
SEXES = {"Ada Arnold": "female", "Ben Brandt": "male", "Cleo Conte": "male"}
TESTS = [("Ada Arnold", 21, 25), ("Ben Brandt", 16, 20), ("Dan O'Dahl", 30, 27)]
"""Hip abduction of 10 November in kg, left and right; the best of two trials each."""
MASSES = {"Ada Arnold": 54.0, "Ben Brandt": 71.5}
GAIT = [("Ben Brandt", 12.0, 9.0), ("Cleo Conte", 3.0, 4.0)]
"""Peak hip adduction of 11 November in degrees, left and right."""
LONG_RUN = (3, AS_OF - timedelta(days=2), 29.0)
"""Number of the athlete, day and kilometres of a run that is far beyond all others."""


def write_club(folder, seed):
    """Write one club's folder: settings, roster, a Strava list each, a list of injuries."""
    draw = random.Random(seed)
    (folder / "dataset.yaml").write_text(
        "name: lakeside\nkind: club\ntime_zone: Europe/Berlin\nobserved_from: 2024-01-01\n"
        "pseudonyms: keyed\n"
    )
    roster = "athlete,team,sex,birth_year,height_cm,level,running_since,joined,left\n"
    lines = [f'"{name}",,{SEXES.get(name, "")},,,recreational,,,' for name in NAMES]
    (folder / "roster.csv").write_text(roster + "\n".join(lines) + "\n", encoding="utf-8")
    injuries = "athlete,onset_date,return_date,region,side,diagnosis,mode,severity\n"
    (folder / "injuries.csv").write_text(injuries + "\n".join(INJURIES) + "\n", encoding="utf-8")
    write_tests(folder)
    for number, name in enumerate(NAMES):
        target = folder / name / "activities.csv"
        target.parent.mkdir()
        with target.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADINGS)
            writer.writerows(activities(draw, number))


def write_tests(folder):
    """Write strength, body mass and gait as a club keeps them."""
    kg = [
        f"{name},2024-11-10,hip_abduction,{side},peak_force,{best - less},kg"
        for name, *sides in TESTS
        for side, best in zip(("left", "right"), sides, strict=True)
        for less in (0, 2)
    ]
    header = "athlete,date,test,side,metric,value,unit\n"
    (folder / "strength.csv").write_text(header + "\n".join(kg) + "\n", encoding="utf-8")
    weighed = [f"{name},2024-11-01,{mass}" for name, mass in MASSES.items()]
    (folder / "body.csv").write_text("athlete,date,mass_kg\n" + "\n".join(weighed) + "\n")
    degrees = [
        f"{name},2024-11-11,peak_hip_adduction_deg,{side},{value},deg,lab"
        for name, *sides in GAIT
        for side, value in zip(("left", "right"), sides, strict=True)
    ]
    header = "athlete,date,metric,side,value,unit,device\n"
    (folder / "gait.csv").write_text(header + "\n".join(degrees) + "\n", encoding="utf-8")


def measured_by_hand(name):
    """Return the athlete's tests by plain arithmetic: name -> value."""
    found = {}
    for who, left, right in TESTS:
        mass = MASSES.get(name)
        if who == name and mass:
            found["hip_abduction_n_kg"] = 9.80665 * (left + right) / 2 / mass
        elif who == name:
            found["hip_abduction_kg"] = (left + right) / 2
    for who, left, right in GAIT:
        if who == name:
            found["peak_hip_adduction_deg"] = (left + right) / 2
    return found


def activities(draw, number):
    stop = AS_OF - timedelta(days=40) if number == 4 else AS_OF
    day = date(2024, 6, 1)
    while day <= stop:
        long = (number, day) == LONG_RUN[:2]
        if draw.random() < 0.55 or long:
            # Late starts: in UTC the day is another one than where the athlete was.
            local = datetime(day.year, day.month, day.day, draw.choice([0, 6, 18]),
                             draw.randrange(60), tzinfo=ZONE)  # fmt: skip
            km = LONG_RUN[2] if long else round(draw.uniform(4, 22), 2)
            moving = km * draw.uniform(5.0, 6.5) * 60
            has_distance = number not in {1, 2} or draw.random() < 0.7
            kind = "Run" if draw.random() < 0.8 or long else draw.choice(["Ride", "Swim", "Walk"])
            row = [""] * len(HEADINGS)
            row[0] = draw.randrange(10**9)
            row[1] = f"{local.astimezone(UTC):%b %-d, %Y, %-I:%M:%S %p}"
            row[3] = kind
            row[5] = row[15] = round(moving * ELAPSED)
            row[16] = round(moving, 1)
            row[6], row[17] = (km, round(1000 * km, 1)) if has_distance else ("", "")
            yield row
        day += timedelta(days=1)


def runs_of(folder, name):
    """Return one athlete's runs: local day, minutes in motion, km or None."""
    return [one[1:] for one in sessions_of(folder, name) if one[0] == "Run"]


def sessions_of(folder, name):
    """Read one athlete's sessions again: sport, local day, minutes in motion, km or None."""
    path = folder / name / "activities.csv"
    with path.open(newline="", encoding="utf-8") as file:
        for row in list(csv.reader(file))[1:]:
            start = datetime.strptime(f"{row[1]} +0000", "%b %d, %Y, %I:%M:%S %p %z")
            km = float(row[17]) / 1000 if row[17] else None
            yield row[3], start.astimezone(ZONE).date(), float(row[16]) / 60, km


def expected(folder, name):
    """Return the figures by plain arithmetic; an athlete who logs nothing has no windows."""
    runs = runs_of(folder, name)
    last = max(day for day, _, _ in runs)
    figures = {"last_run": last.isoformat(), "days_since_run": (AS_OF - last).days}
    figures["injuries_12m"] = len(onsets(name))
    if (AS_OF - last).days > 30:
        return figures

    def window(days):
        return [run for run in runs if 0 <= (AS_OF - run[0]).days < days]

    for days in (7, 28):
        part = window(days)
        figures[f"hours_{days}d"] = sum(minutes for _, minutes, _ in part) / 60
        figures[f"km_{days}d"] = sum(km for _, _, km in part if km is not None)
        figures[f"runs_without_km_{days}d"] = sum(km is None for _, _, km in part)
    figures["sessions_28d"] = len(window(28))
    figures["longest_run_km_30d"] = max(km for _, _, km in window(30) if km is not None)
    figures["longest_run_minutes_30d"] = max(minutes for _, minutes, _ in window(30))
    return figures | spike(runs)


def onsets(name, region=None):
    """Return the days of the injuries of the past 12 months, of one region or of all."""
    cells = [injury.split(",") for injury in INJURIES if injury.startswith(name)]
    days = [date.fromisoformat(cell[1]) for cell in cells if region in {None, cell[3]}]
    return [day for day in days if (AS_OF - day).days < 365]


def spike(runs):
    """Return the run of the past week furthest above the longest of the 30 days before it.

    More than a tenth above; none is claimed where a run of unknown length lies in either window.
    """
    jumps = []
    for back in range(7):
        day = AS_OF - timedelta(days=back)
        here = [km for when, _, km in runs if when == day]
        before = [km for when, _, km in runs if 0 < (day - when).days <= 30]
        week = [km for when, _, km in runs if 0 <= (AS_OF - when).days < 7]
        if here and before and None not in before and None not in week:
            jumps.append((max(here) / max(before), day, max(here), max(before)))
    ratio, day, km, longest = max(jumps, default=(0, None, None, None))
    if ratio <= 1.1:
        return {"spike_day": None, "spike_run_km": None, "spike_reference_km": None}
    return {"spike_day": day.isoformat(), "spike_run_km": km, "spike_reference_km": longest}


def reason_value(folder, name, feature):
    """Return what a reason is about, by arithmetic of its own; None for one not recomputed here."""
    sessions = list(sessions_of(folder, name))
    known = [(AS_OF - session[1]).days for session in sessions]
    recent = [one for one, back in zip(sessions, known, strict=True) if back < 28]
    runs = [one[1:] for one in recent if one[0] == "Run"]
    week = [run for run in runs if (AS_OF - run[0]).days < 7]
    found = {
        "hours_28d": sum(minutes for _, minutes, _ in runs) / 60,
        "hours_7d": sum(minutes for _, minutes, _ in week) / 60,
        "runs_28d": len(runs),
        "runs_7d": len(week),
        # Of other sports the whole time counts; of runs the time in motion.
        "cross_training_28d_min": sum(
            one[2] * ELAPSED for one in recent if one[0] in {"Ride", "Swim"}
        ),
        "injuries_12m": len(onsets(name)),
        "injuries_on_record": len(onsets(name)),
        "knee_injuries_12m": len(onsets(name, region="knee")),
        "longest_run_spike": jump_of(spike(runs_of(folder, name))),
    }
    return found.get(feature)


def jump_of(figures):
    """Return how far a spike is above its reference, as a ratio; None without one."""
    if figures["spike_day"] is None:
        return None
    return figures["spike_run_km"] / figures["spike_reference_km"]


def team_median_hours(folder):
    """Return the median of the team's hours of running a week, of those who logged lately."""
    hours = [figures["hours_28d"] / 4 for figures in (expected(folder, name) for name in NAMES)
             if "hours_28d" in figures]  # fmt: skip
    return median(hours)
