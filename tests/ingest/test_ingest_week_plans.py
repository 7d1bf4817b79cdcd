"""Plans with the days of a week across: rows of athletes, rows of weeks, and what is none."""

import openpyxl
import pandas as pd
import pytest

from ingest.readers.base import FileRefused
from ingest.readers.plans.week_sheet import WeekPlanReader
from ingest.readers.registry import find_reader
from tests.ingest.export_files import context, put, read, reasons

WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
DAYS = ";".join(f"{day} {6 + at:02d}.01.2025" for at, day in enumerate(WEEKDAYS))
TEAM = (
    "Herzlich willkommen;;;;;;;\n"
    f"Name;{DAYS}\n"
    "r1;frei;8 km locker;6 x 800;;10,5 km;Rad 60 min;18\n"
    "r2;frei;10 km;Tempo 8 km;45 min;Zahnarzt;Wettkampf 10 km;20 km\n"
    "Fremde;frei;;;;;;\n"
)
WEEKS = (
    "Week,Mon,Tue,Wed,Thu,Fri,Sat,Sun\n"
    "06/01/2025,rest,8 km easy,6 x 800,rest,10 km,rest,18 km long\n"
    "13/01/2025,rest,8,tempo 8 km,rest,10 km,rest,20 km long\n"
)


def team(tmp_path, name="Trainingsplan KW2.csv", text=TEAM):
    path = tmp_path / name
    path.write_text(text)
    return path


def rows(parsed):
    plans = parsed.records["plans"]
    days = plans["date"].dt.strftime("%m-%d")
    return list(zip(plans["athlete"], days, plans["planned_distance_km"], strict=True))


def test_a_row_per_athlete_under_dates(tmp_path):
    parsed = read(WeekPlanReader(), team(tmp_path), context(tmp_path))
    assert isinstance(find_reader(team(tmp_path)), WeekPlanReader)
    plans = parsed.records["plans"]
    own = plans[plans["athlete"] == "r1"].reset_index(drop=True)
    assert own["date"].dt.day.tolist() == [6, 7, 8, 10, 11, 12]
    assert own["intensity"].fillna("-").tolist() == ["rest", "easy", "hard", "-", "-", "-"]
    assert own["sport"].tolist() == ["run", "run", "run", "run", "ride", "run"]
    assert own["planned_distance_km"].dropna().tolist() == [8.0, 10.5, 18.0]
    assert own.loc[4, "planned_duration_min"] == 60.0
    assert ("r2", "01-11", 10.0) in rows(parsed)
    # the dentist is no training, and a stranger's cell is refused by its place
    assert reasons(parsed) == {"4, column 6": "no_training", "5, column 2": "unknown_athlete"}


@pytest.mark.parametrize(
    "weeks", [WEEKS, WEEKS.replace("06/01/2025", "2025-W02").replace("13/01/2025", "2025-W03")]
)
def test_a_row_per_week_under_weekdays(tmp_path, weeks):
    path = put(tmp_path, "plan weeks.csv", weeks)
    parsed = read(WeekPlanReader(), path, context(tmp_path))
    assert len(parsed.records["plans"]) == 14
    assert ("r1", "01-12", 18.0) in rows(parsed)
    assert ("r1", "01-14", 8.0) in rows(parsed)
    assert ("r1", "01-19", 20.0) in rows(parsed)


def test_dates_by_month_first_are_read_where_only_so_they_follow_one_another(tmp_path):
    days = ",".join(f"1/{d}/2025" for d in range(6, 13))
    path = team(tmp_path, "Plan.csv", f"Name,{days}\nr1,rest,8,rest,8,rest,8,18\nr2,,,,,,,12\n")
    parsed = read(WeekPlanReader(), path, context(tmp_path))
    assert ("r2", "01-12", 12.0) in rows(parsed)


def test_dates_without_a_year_are_of_the_week_to_come(tmp_path):
    days = ";".join(f"{d:02d}.01." for d in range(6, 13))
    path = team(tmp_path, "Plan.csv", f"Name;{days}\nr1;frei;8;frei;8;frei;8;18\nr2;;;;;;;12\n")
    parsed = read(WeekPlanReader(), path, context(tmp_path))
    assert parsed.records["plans"]["date"].max() == pd.Timestamp("2025-01-12")


def test_a_workbook_is_read_as_its_text_would_be(tmp_path):
    workbook = openpyxl.Workbook()
    for line in TEAM.splitlines():
        workbook.active.append([cell or None for cell in line.split(";")])
    path = tmp_path / "Trainingsplan.xlsx"
    workbook.save(path)
    text = read(WeekPlanReader(), team(tmp_path), context(tmp_path))
    same = read(WeekPlanReader(), path, context(tmp_path))
    sizes = ["athlete", "date", "sport", "planned_distance_km", "planned_duration_min", "intensity"]
    pd.testing.assert_frame_equal(same.records["plans"][sizes], text.records["plans"][sizes])


def test_what_is_not_called_a_plan_or_has_no_days_across_is_none(tmp_path):
    done = team(tmp_path, "Kilometer.csv")
    assert not WeekPlanReader().knows(done, done.read_bytes())
    plank = team(tmp_path, "plank times.csv")
    assert not WeekPlanReader().knows(plank, plank.read_bytes())
    table = team(tmp_path, "plan.csv", "athlete,date,sport\nr1,2025-01-06,run\nr2,2025-01-06,run\n")
    assert not WeekPlanReader().knows(table, table.read_bytes())


def test_an_empty_plan_is_one_clear_line(tmp_path):
    path = team(tmp_path, "Plan.csv", f"Name;{DAYS}\nr1;;;;;;;\n")
    with pytest.raises(FileRefused, match="nothing is planned"):
        WeekPlanReader().read(path, context(tmp_path))


def book(tmp_path, tabs, name="Trainingsplan 2025.xlsx"):
    whole = openpyxl.Workbook()
    whole.remove(whole.active)
    for tab, lines in tabs.items():
        sheet = whole.create_sheet(tab)
        for line in lines:
            sheet.append(line)
    path = tmp_path / "r1" / name
    path.parent.mkdir(exist_ok=True)
    whole.save(path)
    return path


def week(first, corner="Name"):
    return [corner, *[f"{first + at:02d}.01.2025" for at in range(7)]]


OWN = ["r1", "frei", "8 km", "", "5 km", "", "", "18 km"]
LATER = ["r1", "frei", "9 km", "", "6 km", "", "", "20 km"]
BOTH = {("r1", "01-07", 8.0), ("r1", "01-12", 18.0), ("r1", "01-14", 9.0), ("r1", "01-19", 20.0)}


@pytest.mark.parametrize(
    "tabs",
    [
        {"Plan": [week(6), OWN, [], week(13, "KW 3"), LATER]},  # one below the other
        {"KW 2": [week(6), OWN], "KW 3": [week(13), LATER]},
    ],
)
def test_each_week_has_its_own_days(tmp_path, tabs):
    parsed = read(WeekPlanReader(), book(tmp_path, tabs), context(tmp_path))
    assert set(rows(parsed)) >= BOTH
    assert len(parsed.records["plans"]) == 8
    assert not len(parsed.account.rejects)
    assert parsed.records["plans"]["record"].is_unique


@pytest.mark.parametrize(
    ("heading", "cell"), [("Datum", "06.01.2025"), ("Phase", "GA1"), ("Ziel", "locker")]
)
def test_a_column_of_something_else_before_weekdays_names_nobody(tmp_path, heading, cell):
    plan = [["KW", heading, *WEEKDAYS], ["KW 2 2025", cell, *OWN[1:]]]
    parsed = read(WeekPlanReader(), book(tmp_path, {"Plan": plan}), context(tmp_path))
    assert set(parsed.records["plans"]["athlete"]) == {"r1"}


def test_rows_of_two_sessions_a_day_are_nobodys_names(tmp_path):
    plan = [week(6, ""), ["vormittags", *OWN[1:]], ["nachmittags", "", "6 km", "", "", "", "", ""]]
    parsed = read(WeekPlanReader(), book(tmp_path, {"Plan": plan}), context(tmp_path))
    assert {("r1", "01-07", 8.0), ("r1", "01-07", 6.0)} <= set(rows(parsed))


def test_other_sheets_of_the_workbook_are_read_or_told(tmp_path):
    tabs = {
        "Woche": [week(6), OWN],
        "Verletzungen": [["Name", "Verletzt am", "Region"], ["r2", "03.12.2024", "Knie"]],
        "Plan April": [["Datum", "km"], ["01.12.2024", 8]],
    }
    parsed = read(WeekPlanReader(), book(tmp_path, tabs), context(tmp_path))
    assert parsed.records["injuries"]["athlete"].tolist() == ["r2"]
    assert set(parsed.records) == {"plans", "injuries"}
    assert [part.what for part in parsed.account.unread] == ["Plan April"]
    tabs.pop("Verletzungen")
    parsed = read(WeekPlanReader(), book(tmp_path, tabs), context(tmp_path))
    assert [part.what for part in parsed.account.unread] == ["Plan April"]
