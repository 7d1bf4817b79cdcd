"""Plans: TrainingPeaks, calendars of two programs, a plain sheet; a plan is no session."""

import pandas as pd
import pytest

from ingest.readers.activity.training_peaks import TrainingPeaksReader
from ingest.readers.base import FileRefused
from ingest.readers.club.specs import TABLE_SPECS
from ingest.readers.club.tables import ClubReader
from ingest.readers.plans.calendar_file import CalendarReader
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
    assert list(reasons(parsed).values()) == ["no_training"]


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
    spec = next(one for one in TABLE_SPECS if one.name == "plans")
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
    spec = next(one for one in TABLE_SPECS if one.name == "plans")
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
