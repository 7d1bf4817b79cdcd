"""Plans: TrainingPeaks, intervals.icu, calendars, a plain sheet; a plan is no session."""

import json

import pandas as pd
import pytest

from ingest.readers.activity.training_peaks import TrainingPeaksReader
from ingest.readers.base import FileRefused
from ingest.readers.club.specs import TABLE_SPECS
from ingest.readers.club.tables import ClubReader
from ingest.readers.plans.calendar_file import CalendarReader
from ingest.readers.plans.intervals_events import IntervalsEventsReader
from ingest.readers.registry import find_reader
from tests.ingest.export_files import context, lines, put, read, reasons

PEAKS = (
    "Title", "WorkoutType", "PlannedDuration", "PlannedDistanceInMeters", "WorkoutDay",
    "DistanceInMeters", "TimeTotalInHours", "PowerAverage", "HeartRateAverage", "HeartRateMax",
    "HRZone4Minutes", "HRZone5Minutes", "HRZone6Minutes", "HRZone7Minutes", "HRZone8Minutes",
    "HRZone9Minutes", "HRZone10Minutes", "Rpe",
)  # fmt: skip


def peaks(**cells: str) -> list[str]:
    return [cells.get(name, "") for name in PEAKS]


def planned(parsed):
    plans = parsed.records["plans"]
    days = plans["date"].dt.strftime("%Y-%m-%d")
    return list(zip(days, plans["sport"], plans["planned_distance_km"], strict=True))


def test_a_planned_workout_is_a_plan_and_a_done_one_is_both(tmp_path):
    rows = [
        peaks(Title="Long run", WorkoutType="Run", PlannedDuration="1.5",
              PlannedDistanceInMeters="16000", WorkoutDay="2025-01-05"),
        peaks(Title="6 x 800 m", WorkoutType="Run", PlannedDuration="1", WorkoutDay="2024-05-06",
              DistanceInMeters="9000", TimeTotalInHours="0.8"),
        peaks(WorkoutType="Day Off", WorkoutDay="2024-05-07"),
    ]  # fmt: skip
    path = put(tmp_path, "workouts.csv", lines([PEAKS, *rows]))
    parsed = read(TrainingPeaksReader(), path, context(tmp_path))
    assert planned(parsed)[0] == ("2025-01-05", "run", 16.0)
    assert parsed.records["plans"]["intensity"].tolist() == ["long", "hard"]
    assert parsed.records["plans"]["planned_duration_min"].tolist() == [90.0, 60.0]
    assert parsed.records["sessions"]["distance_km"].tolist() == [9.0]
    assert reasons(parsed) == {"4": "not_done"}


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//club//EN
BEGIN:VEVENT
UID:1
SUMMARY:Easy run 8,5 km
DTSTART;VALUE=DATE:20241229
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Intervals
DTSTART:20241230T230000Z
DTEND:20241231T000000Z
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Dentist
DTSTART;TZID=Europe/Berlin:20241230T090000
DTEND;TZID=Europe/Berlin:20241230T093000
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:Sunday
CATEGORIES:Running
DESCRIPTION:18 km along the river
DTSTART;TZID=America/New_York:20250105T070000
DTEND;TZID=America/New_York:20250105T090000
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_gives_days_where_the_athlete_is(tmp_path):
    path = put(tmp_path, "plan.ics", CALENDAR.replace("\n", "\r\n"))
    parsed = read(CalendarReader(), path, context(tmp_path))
    frame = parsed.records["plans"].sort_values("date", ignore_index=True)
    # 23:00 UTC is midnight in Berlin: the next day; the event repeats for three weeks.
    assert frame["date"].dt.strftime("%m-%d").tolist() == [
        "12-29", "12-31", "01-05", "01-07", "01-14",
    ]  # fmt: skip
    assert frame["intensity"].tolist()[:2] == ["easy", "hard"]
    assert frame["planned_distance_km"].tolist()[0] == 8.5
    assert frame.loc[2, "planned_distance_km"] == 18.0
    assert frame.loc[2, "planned_duration_min"] == 120.0
    # The events are counted by their days: the appointment of 30 December is the second.
    assert reasons(parsed) == {"2": "no_training"}
    assert parsed.account.rejects["sentence"][0].startswith("record 2: the title names no sport")


def test_a_torn_calendar_loses_nothing_silently(tmp_path):
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\nSUMMARY:run\nEND:VEVENT\n"
    path = put(tmp_path, "plan.ics", text)
    with pytest.raises(FileRefused, match="export again"):
        CalendarReader().read(path, context(tmp_path))


def test_an_event_that_no_calendar_has_hides_no_other(tmp_path):
    # An end in two thousand years: found by fuzzing.
    text = CALENDAR.replace("New_York:20250105T090000", "New_York:40500210T090000")
    path = put(tmp_path, "plan.ics", text)
    parsed = read(CalendarReader(), path, context(tmp_path))
    days = parsed.records["plans"]["date"].dt.strftime("%m-%d").tolist()
    assert sorted(days) == ["01-07", "01-14", "12-29", "12-31"]
    assert sorted(reasons(parsed).values()) == ["damaged_event", "no_training"]


def test_a_plain_sheet_of_plans(tmp_path):
    text = (
        "athlete,date,sport,planned_duration_min,planned_distance_km,intensity,known_since\n"
        "r1,2025-01-12,run,90,16,long,2024-12-20\n"
        "r1,2025-01-13,run,,,,\n"
        "r1,2099-01-13,run,60,,,\n"
    )
    spec = next(spec for spec in TABLE_SPECS if spec.name == "plans")
    path = tmp_path / "plans.csv"
    path.write_text(text)
    parsed = read(ClubReader(spec), path, context(tmp_path))
    assert planned(parsed) == [("2025-01-12", "run", 16.0)]
    assert parsed.records["plans"]["known_since"].tolist() == [pd.Timestamp("2024-12-20")]
    assert set(reasons(parsed)) == {"3", "4"}


def test_the_words_of_a_plan_are_read(tmp_path):
    text = (
        "athlete,date,sport,planned_duration_min,planned_distance_km,intensity,known_since\n"
        "r1,2025-01-07,running,90,16,Long run,\n"
        "r1,2025-01-08,Dauerlauf,,8,locker,\n"
        "r1,2025-01-09,Ruhetag,,,,\n"
        "r1,2025-01-10,run,,10,6 x 800,\n"
        "r1,2025-01-11,Quidditch,60,,,\n"
    )
    spec = next(spec for spec in TABLE_SPECS if spec.name == "plans")
    path = tmp_path / "plans.csv"
    path.write_text(text)
    parsed = read(ClubReader(spec), path, context(tmp_path))
    plans = parsed.records["plans"]
    assert plans["sport"].tolist() == ["run"] * 4
    assert plans["intensity"].tolist() == ["long", "easy", "rest", "hard"]
    assert set(reasons(parsed)) == {"6"}


def test_an_impossible_size_of_a_plan_is_unknown_and_counted(tmp_path):
    row = peaks(WorkoutType="Run", PlannedDuration="900", PlannedDistanceInMeters="9000000",
                WorkoutDay="2025-01-05")  # fmt: skip
    path = put(tmp_path, "workouts.csv", lines([PEAKS, row]))
    event = "BEGIN:VEVENT\nUID:9\nSUMMARY:Run 9000 min\nDTSTART;VALUE=DATE:20241229\nEND:VEVENT\n"
    calendar = put(tmp_path, "plan.ics", f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n")
    for reader, file in ((TrainingPeaksReader(), path), (CalendarReader(), calendar)):
        parsed = read(reader, file, context(tmp_path))
        sizes = parsed.records["plans"][["planned_duration_min", "planned_distance_km"]]
        assert sizes.isna().all(axis=None)
        assert parsed.account.repaired == 1


def event(**fields):
    return {
        "id": 1, "start_date_local": "2025-01-07T00:00:00", "category": "WORKOUT", "type": "Run",
        "name": "Easy", "moving_time": 2700, "distance": 8000.0, "description": None,
        "updated": "2024-12-30T23:30:00.000+00:00", "icu_training_load": 40,
    } | fields  # fmt: skip


EVENTS = [
    event(),
    event(
        start_date_local="2025-01-12T00:00:00", name="Long run 18 km", distance=None, moving_time=0
    ),
    event(start_date_local="2025-01-11T08:00:00", category="RACE_A", type=None, name="Cross"),
    event(start_date_local="2025-01-09T00:00:00", type="VirtualRide", time_target=3600),
    event(category="NOTE", name="Holiday"),
    event(start_date_local="2099-01-01T00:00:00"),
    event(distance=9e9, updated=None),
]


def events_file(tmp_path, ending):
    if ending == "json":
        return put(tmp_path, "events.json", json.dumps(EVENTS))
    table = [list(EVENTS[0])] + [
        ["" if one[name] is None else str(one[name]) for name in EVENTS[0]] for one in EVENTS
    ]
    return put(tmp_path, "events.csv", lines(table))


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_intervals_icu_events_are_plans_and_never_sessions(tmp_path, ending):
    path = events_file(tmp_path, ending)
    assert isinstance(find_reader(path), IntervalsEventsReader)
    parsed = read(IntervalsEventsReader(), path, context(tmp_path))
    assert set(parsed.records) == {"plans"}
    assert planned(parsed) == [
        ("2025-01-07", "run", 8.0),
        ("2025-01-12", "run", 18.0),
        ("2025-01-11", "run", 8.0),
        ("2025-01-09", "ride", 8.0),
        ("2025-01-07", "run", pytest.approx(float("nan"), nan_ok=True)),
    ]
    plans = parsed.records["plans"]
    assert plans["intensity"].tolist()[:3] == ["easy", "long", "race"]
    assert plans["planned_duration_min"].tolist()[0] == 45.0
    assert pd.isna(plans["planned_duration_min"].iloc[1])
    # 23:30 UTC is the next day in Berlin; a plan without a time of change is of unknown age.
    assert plans["known_since"].iloc[0] == pd.Timestamp("2024-12-31")
    assert pd.isna(plans["known_since"].iloc[4])
    assert list(reasons(parsed).values()) == ["no_training", "impossible_start_date_local"]
    assert parsed.account.repaired >= 1
