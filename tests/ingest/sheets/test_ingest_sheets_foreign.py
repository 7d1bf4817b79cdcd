"""Sheets of clubs that kept theirs in other ways than those seen before, one kind each."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from ingest.readers.sheets.deciding.scales import change_of_scale
from ingest.readers.sheets.words.headings import meaning_of, meanings_of
from ingest.readers.sheets.words.written_dates import read_written
from tests.ingest.sheets import sheet_files as files

MONDAY = dt.date(2025, 7, 14)


@pytest.mark.parametrize(
    "heading",
    ["Sleep last night (hrs)", "Sleep (hrs)", "Schlaf (Std)", "Uren geslapen", "Slept [hours]"],
)
def test_hours_of_sleep_are_no_training(heading):
    concepts = {meaning.concept for meaning in meanings_of(heading)}
    assert not concepts & {"duration_h", "duration_min"}


@pytest.mark.parametrize(
    "heading", ["Screen time (hrs)", "Hours at work", "Time in bed (h)", "Nap (hours)"]
)
def test_hours_of_other_things_are_no_training(heading):
    concepts = {meaning.concept for meaning in meanings_of(heading)}
    assert not concepts & {"duration_h", "duration_min"}


@pytest.mark.parametrize(
    "heading", ["Speed work (min)", "Session duration (school)", "Training at school (min)"]
)
def test_work_on_speed_and_sessions_at_school_are_training(heading):
    assert meaning_of(heading).concept == "duration_min"


def test_hours_of_training_still_are():
    assert meaning_of("Training [hours]").concept == "duration_h"
    assert meaning_of("Run (km)").concept == "distance_km"


def test_a_form_that_asks_for_sleep_tells_no_session(tmp_path):
    rows = [["When", "Name", "Sleep last night (hrs)"], ["Mon 10/13/2025 6 PM", "Ann Lee", 7]]
    parsed = files.read(files.table(tmp_path / "check in.csv", rows))
    assert "sessions" not in parsed.records
    assert files.told(parsed, "wellness", "athlete", "date", "sleep_h") == [
        ("Ann Lee", "2025-10-13", 7.0)
    ]


def test_units_and_scales_below_the_headings_are_no_record(tmp_path):
    rows = [
        ["Datum", "Training", "Afstand", "Tijd", "RPE"],
        [None, None, "(km)", "(u:mm:ss)", "0-10"],
        [dt.date(2025, 7, 15), "duurloop", "8,42", "0:45:00", 4],
    ]
    parsed = files.read(files.workbook(tmp_path / "logboek.xlsx", {"Femke": rows}))
    assert parsed.account.rejected == 0
    assert files.told(parsed, "sessions", "athlete", "distance_km", "duration_min", "rpe") == [
        ("Femke", 8.42, 45.0, 4.0)
    ]


def test_weeks_above_their_days_head_one_table(tmp_path):
    mondays = [MONDAY + dt.timedelta(days=7 * week) for week in range(5)]
    rows = [
        ["Kilométrage hebdomadaire 2025 (km)"],
        [None, *(f"S{day.isocalendar()[1]}" for day in mondays), "Total"],
        ["Nom Prénom", *(f"{day:%d/%m}" for day in mondays), None],
        # 14 July 2025 is the Monday of week 29; 150 is the sum of the row and no week.
        ["MOREAU Luc", 40, 42, "blessé", 38, "~30", 150],
    ]
    parsed = files.read(files.workbook(tmp_path / "km.xlsx", {"km": rows}))
    assert files.told(parsed, "weekly_km", "athlete", "week_start", "km") == [
        ("MOREAU Luc", "2025-07-14", 40.0),
        ("MOREAU Luc", "2025-07-21", 42.0),
        ("MOREAU Luc", "2025-07-28", None),
        ("MOREAU Luc", "2025-08-04", 38.0),
        ("MOREAU Luc", "2025-08-11", 30.0),
    ]


def test_numbers_of_shirts_head_columns(tmp_path):
    # Schools name their athletes by shirt: 4, 7 and 23 do not count upwards as lists do.
    rows = [["Miles run per day"], ["Date", 4, 7, 23], *_days_of_miles()]
    parsed = files.read(files.workbook(tmp_path / "XC miles 2025.xlsx", {"July": rows}))
    assert files.told(parsed, "sessions", "athlete", "local_date", "distance_km") == [
        ("4", "2025-07-14", round(5 * 1.609344, 4)),
        ("4", "2025-07-15", round(6 * 1.609344, 4)),
        ("7", "2025-07-14", round(4.5 * 1.609344, 4)),
        ("23", "2025-07-16", round(3 * 1.609344, 4)),
    ]


def _days_of_miles():
    day = MONDAY
    return [
        [day, 5, 4.5, None],
        [day + dt.timedelta(days=1), 6, None, "INJ"],
        [day + dt.timedelta(days=2), None, None, 3],
    ]


def test_numbers_that_count_head_no_athletes(tmp_path):
    rows = [["Date", 1, 2, 3], *_days_of_miles()]
    book = files.workbook(tmp_path / "laps km.xlsx", {"July": rows})
    names = {
        name
        for table in files.read(book).records.values()
        if "athlete" in table
        for name in table["athlete"]
    }
    assert not names & {"1", "2", "3"}


def test_a_list_of_members_with_a_column_of_numbers(tmp_path):
    rows = [["No.", "Name", "Grade"], [4, "LEE Ann", 10], [7, "OKAFOR Ben", 11], [23, "LEE Amy", 9]]
    parsed = files.read(files.table(tmp_path / "squad.csv", rows))
    assert files.told(parsed, "members", "athlete", "key") == [
        ("LEE Ann", "4"),
        ("OKAFOR Ben", "7"),
        ("LEE Amy", "23"),
    ]


@pytest.mark.parametrize("headings", [("No.", "Name"), ("Jersey", "Athlete"), ("Trikot", "Name")])
def test_a_list_of_members_of_names_and_numbers_alone(tmp_path, headings):
    rows = [headings, [4, "Ann Lee"], [7, "Bo Ek"], [23, "Cy Dahl"]]
    parsed = files.read(files.workbook(tmp_path / "squad.xlsx", {"Sheet1": rows}))
    assert files.told(parsed, "members", "athlete", "key") == [
        ("Ann Lee", "4"), ("Bo Ek", "7"), ("Cy Dahl", "23"),
    ]  # fmt: skip


def test_running_numbers_of_a_list_are_nobodys(tmp_path):
    # 1 and 2 are places in the list: as names they would belong to others next week.
    rows = [["No.", "Name", "Nickname"], [1, "Ann Lee", "Annie"], [2, "Bo Ek", None]]
    parsed = files.read(files.table(tmp_path / "squad.csv", rows))
    assert files.told(parsed, "members", "athlete", "key") == [
        ("Ann Lee", "Annie"),
        ("Bo Ek", None),
    ]


@pytest.mark.parametrize(
    ("heading", "back"),
    [
        ("Weer gestart", "2025-08-04"),
        ("Wieder gelaufen", "2025-08-04"),
        ("Fecha alta", "2025-08-04"),
        ("Igen i träning", "2025-08-04"),
        ("MRI", None),
        ("Next appointment", None),
    ],
)
def test_the_day_of_running_again(tmp_path, heading, back):
    rows = [
        ["Name", "Injury", "Date injured", heading],
        ["Ann Lee", "left knee", "25-7-2025", "4-8-2025"],
    ]
    parsed = files.read(files.table(tmp_path / "injuries.csv", rows))
    assert files.told(parsed, "injuries", "onset_date", "return_date") == [("2025-07-25", back)]


@pytest.mark.parametrize("title", ["Week commencing 04/08/2025", "Woche vom 4. August 2025", ""])
def test_weekdays_across_a_week_that_a_title_or_the_tab_names(tmp_path, title):
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    rows = [
        [title or "Group"],
        ["Name", *days, "Total"],
        ["Beth", 8, None, 10.5, None, 3, None, None, 21],
    ]
    book = files.workbook(
        tmp_path / "Group km 2025.xlsx", {"w-c 4 Aug": [*rows, ["Bill", *[5] * 8]]}
    )
    found = files.told(files.read(book), "sessions", "athlete", "local_date", "distance_km")
    bill = [("Bill", f"2025-08-{day:02d}", 5.0) for day in range(4, 11)]
    beth = [("2025-08-04", 8.0), ("2025-08-06", 10.5), ("2025-08-08", 3.0)]
    assert sorted(found) == [*(("Beth", *one) for one in beth), *bill]


def test_weekdays_of_a_week_that_begins_on_another_day_are_not_guessed(tmp_path):
    rows = [
        # A Wednesday: whether its Monday is two days before or five after, nobody says.
        ["Week 06/08/2025"],
        ["Name", "Mon", "Tue", "Wed", "Thu", "Fri"],
        ["Beth", 8, 9, 7, 6, 5],
    ]
    parsed = files.read(files.workbook(tmp_path / "km.xlsx", {"x": rows}))
    assert "sessions" not in parsed.records


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ([1, 3, 5, 4, 2, 5, 3], [7, 9, 4, 8, 10, 6], True),
        ([1, 3, 5, 4, 2, 5, 3], [3, 6, 4, 5, 2, 3, 1, 2], False),
        # Three answers are too few to say that the form ended at 5.
        ([1, 3, 5], [7, 9, 4, 8, 10, 6], False),
    ],
)
def test_a_scale_that_grows_after_few_answers(before, after, changed):
    values = np.array([*before, *after], dtype=float)
    days = pd.Series(pd.date_range("2025-08-04", periods=len(values), freq="D"))
    assert (change_of_scale(values, days) is not None) == changed


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Di 7.10.25", "2025-10-07"),
        ("07.10.25 18.30.15", "2025-10-07"),
        ("tirsdag 7.10.2025 kl. 18.30", "2025-10-07"),
    ],
)
def test_a_day_behind_a_weekday_is_no_time(written, told):
    moment = read_written(written).moment(day_first=True)
    assert moment.date().isoformat() == told


def test_a_time_in_dots_behind_its_day_still_is_one():
    assert read_written("07.10.2025 18.30.15").clock == (18, 30, 15)


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("Hvor udhvilet er du? (0 = helt udmattet, 100 = helt frisk)", "fatigue"),
        ("Hvor ømme er dine muskler?", "soreness"),
        ("Hvor gør det ondt?", "pain_place"),
        ("Hvor", "pain_place"),
        ("Veckor borta", "days_lost"),
        ("Settimane perse", "days_lost"),
    ],
)
def test_how_is_not_where_and_weeks_are_days(heading, concept):
    assert meaning_of(heading).concept == concept


def test_weeks_lost_in_other_languages(tmp_path):
    rows = [["Namn", "Skada", "Datum", "Veckor borta"], ["Linnea", "knä höger", "2025-08-11", "2"]]
    parsed = files.read(files.table(tmp_path / "skadelista.csv", rows))
    assert files.told(parsed, "injuries", "onset_date", "return_date") == [
        # Two weeks.
        ("2025-08-11", "2025-08-25")
    ]


def test_a_time_of_day_beside_the_minutes(tmp_path):
    rows = [
        ["Date", "Time", "Athlete", "Session", "RPE", "Minutes"],
        ["13/10/2025", "6:30pm", "Ann Lee", "Run", 6, 45],
        ["14/10/2025", "7:05am", "Ann Lee", "Run", 3, 30],
    ]
    parsed = files.read(files.table(tmp_path / "diary.csv", rows))
    assert files.told(parsed, "sessions", "duration_min", "rpe") == [(45.0, 6.0), (30.0, 3.0)]
    hours = parsed.records["sessions"]["start"].dt.tz_convert("Europe/Berlin").dt.hour
    assert hours.tolist() == [18, 7]


@pytest.mark.parametrize(
    ("beside", "cell"), [("Warm up (min)", 15), ("Moving time", "22:10"), ("Cool down", 10)]
)
def test_a_time_beside_that_of_a_part_of_the_run_is_a_length(tmp_path, beside, cell):
    rows = [["Date", "Athlete", "Km", "Time", beside], ["13/10/2025", "Ann Lee", 5, "22:34", cell]]
    parsed = files.read(files.table(tmp_path / "races.csv", rows))
    assert files.told(parsed, "sessions", "duration_min") == [
        (pytest.approx(22 + 34 / 60, abs=0.001),)
    ]
    assert parsed.records["sessions"]["day_only"].all()


def test_a_time_of_day_beside_a_length_in_minutes_is_one(tmp_path):
    rows = [["Date", "Athlete", "Km", "Time", "Minutes"], ["13/10/2025", "Ann Lee", 5, "18:30", 28]]
    parsed = files.read(files.table(tmp_path / "diary.csv", rows))
    assert files.told(parsed, "sessions", "duration_min", "day_only") == [(28.0, False)]


@pytest.mark.parametrize(
    ("written", "minutes"), [("0:45:10", 45 + 10 / 60), ("22:30", 22.5), ("45", 45)]
)
def test_times_of_runs_stay_lengths(tmp_path, written, minutes):
    rows = [["Date", "Athlete", "Time", "Km"], ["13/10/2025", "Ann Lee", written, 5]]
    parsed = files.read(files.table(tmp_path / "diary.csv", rows))
    assert files.told(parsed, "sessions", "duration_min") == [(round(minutes, 4),)]


def test_cells_with_units_say_what_a_table_without_a_title_holds(tmp_path):
    rows = [["Name", *range(1, 32)], ["Kathi", "8,4 km", "krank", "10 km", *[None] * 28]]
    rows.append(["Max", *["7 km"] * 3, *[None] * 28])
    parsed = files.read(files.workbook(tmp_path / "Training 2025.xlsx", {"Juli 25": rows}))
    assert sorted(files.told(parsed, "sessions", "athlete", "local_date", "distance_km")) == [
        ("Kathi", "2025-07-01", 8.4),
        ("Kathi", "2025-07-03", 10.0),
        *(("Max", f"2025-07-{day:02d}", 7.0) for day in (1, 2, 3)),
    ]


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        # 11.5 km take an hour and five minutes, not one minute and five seconds.
        ([("48:10", 9), ("1:05", 11.5), ("52:30", 10)], [48 + 1 / 6, 65, 52.5]),
        ([("0:48", 9), ("1:05", 11.5), ("4:05", 0.8)], [48, 65, 4 + 1 / 12]),
        ([("48:10", None), ("1:05", None), ("52:30", None)], [48 + 1 / 6, 65, 52.5]),
        ([("0:48", 9), ("4:05", 42.2), ("1:05", 11.5)], [48, 245, 65]),
    ],
)
def test_one_colon_is_read_by_the_distance_or_the_other_rows(tmp_path, cells, minutes):
    rows = [[f"{13 + at}/10/2025", "Ann Lee", *one] for at, one in enumerate(cells)]
    heads = ["Date", "Athlete", "Time", "Km"]
    parsed = files.read(files.table(tmp_path / "diary.csv", [heads, *rows]))
    assert files.told(parsed, "sessions", "duration_min") == [(round(one, 4),) for one in minutes]
