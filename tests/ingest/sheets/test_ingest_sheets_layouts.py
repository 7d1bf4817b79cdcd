"""Where a table begins and how it is laid out: titles, headings in several rows, across."""

import pytest

from ingest.readers.registry import find_reader
from ingest.records.owner import OWNER_OF_FILE
from tests.ingest.sheets import sheet_files as files

WEEKS = ["2025-03-03", "2025-03-10", "2025-03-17"]
KM = ("athlete", "week_start", "km", "about", "word")
EXPECTED = {
    ("Ann Lee", WEEKS[0], 30.0, False, ""),
    ("Ann Lee", WEEKS[1], 32.5, False, ""),
    ("Ann Lee", WEEKS[2], None, False, "injured"),
    ("Tom B", WEEKS[0], 40.0, True, ""),
    ("Tom B", WEEKS[2], None, False, "unknown"),
}
ANN, TOM = [30, "32,5", "INJ"], ["c. 40", None, "?"]


def across(first, days):
    return [
        [first, "Ann Lee", "Tom B", "TOTAL"],
        *([d, a, t, 70] for d, a, t in zip(days, ANN, TOM, strict=True)),
    ]


TITLE = ["Northside RC - weekly km (please fill in!)"]
LAYOUTS = {
    "athletes across": [
        TITLE,
        [],
        *across("Week commencing", map(files.day, WEEKS)),
        ["Average", 31, 40],
    ],
    "week numbers down": [["Kilometer 2025"], *across("KW", ["KW 10", "KW 11", "KW 12"])],
    "weeks across": [
        TITLE,
        ["Name", *map(files.day, WEEKS)],
        ["Ann Lee", *ANN],
        ["Tom B", *TOM],
        ["Total", 70, 32, 0],
    ],
    "week numbers across": [
        ["Kilometrage 2025"],
        ["Coureur", "S10", "S11", "S12"],
        ["Ann Lee", *ANN],
        ["Tom B", *TOM],
    ],
    "a row per week": [
        ["Semana del", "Corredor", "Kms semanales"],
        *([d, "Ann Lee", km] for d, km in zip(WEEKS, ANN, strict=True)),
        *([d, "Tom B", km] for d, km in zip(WEEKS, TOM, strict=True) if km),
    ],
}


@pytest.mark.parametrize("write", [files.workbook, files.open_document])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_weeks_in_every_layout(tmp_path, layout, write):
    path = write(
        tmp_path / ("km.xlsx" if write is files.workbook else "km.ods"), {"S": LAYOUTS[layout]}
    )
    parsed = files.read(path)
    assert set(files.told(parsed, "weekly_km", *KM)) == EXPECTED
    assert parsed.account.rejected == 0
    assert parsed.account.read_as == "kilometres a week"


def test_the_csv_of_a_german_excel_says_the_same(tmp_path):
    rows = across("Woche ab", ["03.03.2025", "10.03.2025", "17.03.2025"])
    path = files.table(tmp_path / "wochenkilometer.csv", rows, ";", "cp1252")
    assert set(files.told(files.read(path), "weekly_km", *KM)) == EXPECTED


def test_what_is_not_read_is_named(tmp_path):
    tabs = {"2025": LAYOUTS["athletes across"], "Kit sizes": [["Name", "T-shirt"], ["Ann", "M"]]}
    tabs["2025"] = [*tabs["2025"], ["* on the treadmill", None]]
    unread = files.read(files.workbook(tmp_path / "book.xlsx", tabs)).account.unread
    assert ("Kit sizes", "no training in it (Name, T-shirt)") in unread
    assert ("2025, row 8 '* on the treadmill'", "a note") in unread
    # Row 7 is the average of the rows above: a total is no loss and needs no note.
    assert not any("row 7" in what for what, _ in unread)


def test_two_rows_of_headings_merged_or_not(tmp_path):
    rows = [
        ["Team log", None, None, None],
        ["Name", "Date", "Training", None],
        [None, None, "km", "min"],
        ["Ann Lee", files.day("2025-03-03"), 8, 40],
        [None, files.day("2025-03-05"), 10, 50],
    ]
    merged = {"S": ["A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5"]}
    for number, cells in enumerate((merged, {})):
        path = files.workbook(tmp_path / f"log{number}.xlsx", {"S": rows}, cells)
        found = files.told(
            files.read(path), "sessions", "athlete", "local_date", "distance_km", "duration_min"
        )
        assert found == [
            ("Ann Lee", "2025-03-03", 8.0, 40.0),
            ("Ann Lee", "2025-03-05", 10.0, 50.0),
        ]


def test_a_group_stands_above_the_headings(tmp_path):
    rows = [
        ["Styrketest 2025-02-10"],
        [None, None, "Höftabduktion (N)", None, "Knäextension (Nm)", None],
        ["Namn", "Datum", "Vä", "Hö", "Vä", "Hö"],
        # A dash is a test that was not made, and no force of 0.
        ["Ann Lee", files.day("2025-02-10"), 210, 220, 140, "-"],
    ]
    parsed = files.read(files.workbook(tmp_path / "styrka.xlsx", {"S": rows}))
    assert files.told(parsed, "strength", "test", "side", "value", "unit", "metric") == [
        ("hip_abduction", "left", 210.0, "N", "peak_force"),
        ("hip_abduction", "right", 220.0, "N", "peak_force"),
        ("knee_extension", "left", 140.0, "Nm", "peak_torque"),
    ]


def test_tables_below_one_another_and_side_by_side(tmp_path):
    stacked = [
        ["Injuries"],
        ["Date", "Name", "Injury"],
        [files.day("2025-03-03"), "Ann", "left knee"],
        [],
        ["Strength tests (kg)"],
        ["Name", "Date", "Hip Abd L"],
        ["Ann", files.day("2025-02-03"), 20],
        [],
        ["* by physio"],
    ]
    parsed = files.read(files.workbook(tmp_path / "stacked.xlsx", {"S": stacked}))
    assert set(parsed.records) == {"injuries", "strength"}
    beside = [["Name", "Km wk 10", None, "Name", "Km wk 10"], ["Ann", 30, None, "Tom", 40]]
    parsed = files.read(files.workbook(tmp_path / "side.xlsx", {"km 2025": beside}))
    assert files.told(parsed, "weekly_km", "athlete", "week_start", "km") == [
        ("Ann", "2025-03-03", 30.0),
        ("Tom", "2025-03-03", 40.0),
    ]


def test_a_tab_per_week_and_a_tab_per_athlete(tmp_path):
    weeks = {f"KW {n}": [["Name", "Kilometer"], ["Ann", 20 + n]] for n in (10, 11)}
    parsed = files.read(files.workbook(tmp_path / "km 2025.xlsx", weeks))
    assert files.told(parsed, "weekly_km", "week_start", "km", "record") == [
        # Calendar week 10 of 2025 begins on Monday 3 March.
        ("2025-03-03", 30.0, "KW 10!2"),
        ("2025-03-10", 31.0, "KW 11!2"),
    ]
    log = [["Date", "Km", "Min"], [files.day("2025-03-03"), 10, 50]]
    parsed = files.read(files.workbook(tmp_path / "diary.xlsx", {"Ann Lee": log, "Tom B": log}))
    assert [row[0] for row in files.told(parsed, "sessions", "athlete")] == ["Ann Lee", "Tom B"]


def test_a_file_of_nobody_waits_for_its_owner_and_one_without_headings_is_asked_about(tmp_path):
    path = files.table(
        tmp_path / "km.csv", [["Date", "Km"], ["2025-03-03", "10"], ["2025-03-04", "9"]]
    )
    parsed = files.read(path)
    assert files.reasons(parsed) == []
    assert set(parsed.records["sessions"]["athlete"]) == {OWNER_OF_FILE}
    rows = [["2025-03-03", "Ann Lee", "8.2", "45"], ["2025-03-04", "Tom B", "7", "40"]]
    path = files.table(tmp_path / "log.csv", rows)
    parsed = files.read(path)
    assert files.reasons(parsed) == ["unknown_sheet"]
    (question,) = parsed.account.questions
    assert question.setting == ("sheets", "log.csv", "kind")
    assert len(question.rows) == 2
    columns = {"A": "date", "B": "athlete", "C": "distance_km", "D": "duration_min"}
    parsed = files.read(path, sheets={"log.csv": {"columns": columns}})
    assert files.told(parsed, "sessions", "athlete", "distance_km", "duration_min") == [
        ("Ann Lee", 8.2, 45.0),
        ("Tom B", 7.0, 40.0),
    ]


def test_own_headings_by_hand(tmp_path):
    rows = [["Zorp", "Blub", "Fnord"], ["2025-03-03", "Ann Lee", "8.2"], ["2025-03-04", "Tom", "7"]]
    path = files.table(tmp_path / "own.csv", rows)
    columns = {"Zorp": "date", "Blub": "athlete", "Fnord": "distance_km"}
    parsed = files.read(path, sheets={"own.csv": {"columns": columns, "kind": "form"}})
    assert [row[0] for row in files.told(parsed, "sessions", "distance_km")] == [8.2, 7.0]


def test_values_below_people_are_told_apart(tmp_path):
    rows = [
        [None, "Ann Lee", None, "Bo Ek", None],
        ["Week", "km", "Hours", "km", "Hours"],
        ["2025-01-06", 20, 2, 30, 3],
        ["2025-01-13", 25, 3, "INJ", None],
    ]
    parsed = files.read(files.workbook(tmp_path / "plan.xlsx", {"S": rows}))
    assert files.told(parsed, "weekly_km", "athlete", "week_start", "km", "word") == [
        ("Ann Lee", "2025-01-06", 20.0, ""),
        ("Ann Lee", "2025-01-13", 25.0, ""),
        ("Bo Ek", "2025-01-06", 30.0, ""),
        ("Bo Ek", "2025-01-13", None, "injured"),
    ]
    assert parsed.account.unread


def test_answers_below_people_keep_what_their_heading_states(tmp_path):
    heads = ["Sleep (1 = bad, 5 = good)", "Fatigue (1 = none, 5 = exhausted)"]
    rows = [
        [None, "Ann Lee", None, "Bo Ek", None],
        ["Date", *heads, *heads],
        ["2025-01-06", 5, 1, 1, 5],
        ["2025-01-07", 3, 3, 3, 3],
    ]
    parsed = files.read(files.workbook(tmp_path / "wellness.xlsx", {"S": rows}))
    assert sorted(
        files.told(parsed, "wellness", "athlete", "date", "sleep_quality", "fatigue"), key=str
    )[:2] == [("Ann Lee", "2025-01-06", 1.0, None), ("Ann Lee", "2025-01-06", None, 1.0)]
    assert not parsed.account.questions


def test_a_workbook_of_any_make_reaches_the_reader_of_sheets(tmp_path):
    rows = [["Week", "Ann Lee", "Bo Ek"], ["2025-01-06", 20, 30]]
    for path in (
        files.open_document(tmp_path / "km.ods", {"km": rows}),
        files.workbook(tmp_path / "km.xlsx", {"km": rows}),
    ):
        reader = find_reader(path)
        assert reader is not None
        assert reader.kind == "sheet"


def test_a_name_that_begins_like_a_mark_of_averages_is_somebody(tmp_path):
    rows = [
        ["Name", "Week", "km"],
        ["Østergård, Jack", "2025-01-06", 20],
        # German sheets mark a row of averages with this sign alone.
        ["Ø", "2025-01-06", 20],
        ["Ø Team", "2025-01-06", 20],
    ]
    parsed = files.read(files.table(tmp_path / "km.csv", rows, ";"))
    assert files.told(parsed, "weekly_km", "athlete", "km") == [("Østergård, Jack", 20.0)]


def test_a_title_names_the_test_of_columns_of_sides_and_trials(tmp_path):
    rows = [
        ["Hip abduction strength (kg)", "", "", "", "", ""],
        ["Athlete", "L1", "L2", "R1", "R2", "Test date"],
        ["Ann", "21.2", "22.0", "24.1", "23.7", "12/01/2025"],
        ["Bo", "30", "31", "31", "30", "13/01/2025"],
    ]
    parsed = files.read(files.table(tmp_path / "Strength.csv", rows))
    values = files.told(parsed, "strength", "athlete", "test", "side", "value", "unit")
    # Kilograms become newtons; of two trials a side the better one counts.
    assert [(who, test, side, round(newton / 9.80665, 1), unit)
            for who, test, side, newton, unit in values] == [
        ("Ann", "hip_abduction", "left", 22.0, "N"), ("Bo", "hip_abduction", "left", 31.0, "N"),
        ("Ann", "hip_abduction", "right", 24.1, "N"), ("Bo", "hip_abduction", "right", 31.0, "N"),
    ]  # fmt: skip


def test_days_with_weekdays_across_without_a_word_of_what_they_hold_are_asked_about(tmp_path):
    rows = [
        ["Athlete", "Mon 3/3", "Tue 4/3", "Wed 5/3", "Thu 6/3", "Total"],
        ["Ann Lee", "8", "-", "10", "rest", "18"],
        ["Bo Ray", "", "12k", "8 easy", "5+5", ""],
    ]
    parsed = files.read(files.table(tmp_path / "Log March 2025.csv", rows))
    assert [question.kind for question in parsed.account.questions] == ["sheet"]


def test_weekdays_down_are_the_days_of_the_titles_week(tmp_path):
    rows = [
        ["Daily km - week of 3 March 2025", "", ""],
        ["", "Ann Lee", "Bo Ray"],
        *[[day, km, "6"] for day, km in zip(
            ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), ("8", "", "12", "", "10", "", "16"),
            strict=True)],
    ]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    days = files.told(parsed, "sessions", "athlete", "local_date", "distance_km")
    assert [(day, km) for who, day, km in sorted(days) if who == "Ann Lee"] == [
        ("2025-03-03", 8.0),
        ("2025-03-05", 12.0),
        ("2025-03-07", 10.0),
        ("2025-03-09", 16.0),
    ]


@pytest.mark.parametrize(
    # "45 min" alone may be a run or an ice bath: only the title tells.
    ("title", "cell", "sessions"),
    [("Training 2025", "45 min", 4), ("Runs", "45 min", 4), ("Club", "8 km", 4),
     ("Ice bath", "12 min", 0), ("Stretching", "15 min", 0), ("Bike", "40 km", 0)],
)  # fmt: skip
def test_cells_with_units_are_runs_unless_a_title_says_something_else(
    tmp_path, title, cell, sessions
):
    rows = [["Date", "Ann Lee", "Bo Ek"], *[[f"2025-07-{day}", cell, cell] for day in (14, 15)]]
    parsed = files.read(files.workbook(tmp_path / f"{title}.xlsx", {"Sheet1": rows}))
    assert len(parsed.records.get("sessions", ())) == sessions
    assert bool(parsed.account.questions) == (sessions == 0)


@pytest.mark.parametrize(
    "days",
    [["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
     ["14/07/2025", "15/07/2025", "16/07/2025"]],
)  # fmt: skip
def test_days_across_without_a_column_beside_them_end_no_reader(tmp_path, days):
    rows = [["Week commencing 14/07/2025"], days, [f"{at + 5} km" for at in range(len(days))]]
    parsed = files.read(files.workbook(tmp_path / "plan of Ann Lee.xlsx", {"Sheet1": rows}))
    assert not parsed.records
    assert parsed.account.unread or parsed.account.questions


@pytest.mark.parametrize(
    ("headings", "days"),
    [
        (["Nom", "Lun", "Mar", "Mer", "Jeu", "Ven", "Sam", "Dim"], 7),
        # "Nom", "Nr" and "km" are as short as names of days.
        (["Nr", "Name", "Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"], 7),
        (["Name", "Mon", "Tue", "Wed", "Thu", "Fri", "km"], 5),
    ],
)
def test_short_headings_beside_weekdays_are_no_weekdays(tmp_path, headings, days):
    before = [7, "Ann Lee"] if headings[0] == "Nr" else ["Ann Lee"]
    cells = [*before, *range(5, 5 + len(headings) - len(before))]
    title = ["Week 14/07/2025 - km"]
    parsed = files.read(files.workbook(tmp_path / "x.xlsx", {"S": [title, headings, cells]}))
    dates = files.told(parsed, "sessions", "local_date", "distance_km")
    assert dates == [(f"2025-07-{14 + at}", 5.0 + at) for at in range(days)]


def test_a_column_of_a_long_name_with_a_group_is_somebody_and_any_other_is_told(tmp_path):
    rows = [
        # A bracket marks an age group as well as a unit.
        ["Settimana dal", "Tom van der Berg (U17)", "Priya M.", "Temperature (C)"],
        ["2025-01-06", "55 km", "28", "cold, then rain"],
        ["2025-01-13", "riposo", "71", "snow all of the week"],
    ]
    parsed = files.read(files.table(tmp_path / "Chilometraggio.csv", rows))
    names = {name for (name,) in files.told(parsed, "weekly_km", "athlete")}
    assert names == {"Tom van der Berg (U17)", "Priya M."}
    assert ("columns Temperature (C)", "nothing uses them") in parsed.account.unread
