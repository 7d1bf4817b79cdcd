"""Remarks of a diary become complaints and injuries of their day, or make somebody unclear."""

import datetime as dt

import pandas as pd
import pytest

from ingest.injuries.repeated_reports import injuries_from_remarks
from ingest.setup.examine import examine
from tests.ingest.sheets import sheet_files as files

TODAY = dt.date(2025, 3, 3)
HEADS = ("Date", "Session", "km", "Time", "Notes")
RUNS = [(f"2025-02-{day:02}", "Easy", 8, "0:45:00", "") for day in (1, 3, 6, 8, 11, 13)]


def diary(tmp_path, *rows, heads=HEADS, name="Diary Ann Lee.csv"):
    files.table(tmp_path / name, [list(heads), *map(list, RUNS), *map(list, rows)])
    return examine(tmp_path, today=TODAY).result


def told(result, table, *columns):
    return [
        tuple(str(cell.date()) if isinstance(cell, pd.Timestamp) else cell for cell in row)
        for row in result.tables[table][list(columns)].itertuples(index=False, name=None)
    ]


@pytest.mark.parametrize(
    "heading",
    ["Notes", "Bemerkungen", "Commentaire", "Comentarios", "Note", "Opmerkingen", "Observações",
     "Kommentar", "Anteckningar", "Bemærkninger"],
)  # fmt: skip
def test_a_remark_is_a_complaint_of_its_day_of_unknown_size(tmp_path, heading):
    result = diary(
        tmp_path,
        ("2025-02-15", "Easy", 8, "0:45:00", "left knee sore after 5 km"),
        ("2025-02-16", "Rest", "", "", "Achilles tight"),
        ("2025-02-18", "Easy", 8, "0:45:00", "no knee pain"),
        heads=(*HEADS[:4], heading),
    )
    assert told(result, "complaints", "date", "region", "side", "severity") == [
        ("2025-02-15", "knee", "left", "unknown"),
        ("2025-02-16", "achilles", pytest.approx(float("nan"), nan_ok=True), "unknown"),
    ]
    assert not result.report["unclear"]
    assert len(result.tables["sessions"]) == len(RUNS) + 2


def test_grave_words_are_one_injury_with_its_return(tmp_path):
    result = diary(
        tmp_path,
        ("2025-02-15", "Rest", "", "", "stress fracture tibia confirmed, no running 6 weeks"),
        ("2025-02-17", "Rest", "", "", "boot because of the fracture"),
    )
    assert told(result, "injuries", "onset_date", "return_date", "region", "class") == [
        # Six weeks from 15 February; the boot two days later is the same fracture.
        ("2025-02-15", "2025-03-29", "lower_leg", "injury")
    ]
    assert result.tables["injury_spans"].empty  # a diary is no list of injuries


@pytest.mark.parametrize("remark", ["left knee again", "injured", "MRI knee tomorrow"])
def test_who_may_be_injured_is_unclear_until_the_next_run(tmp_path, remark):
    doubt = ("2025-02-15", "Rest", "", "", remark)
    result = diary(tmp_path, doubt)
    assert list(result.report["unclear"]) == list(result.names.values())
    assert any(entry.kind == "injuries" and "8" in entry.rows for entry in result.not_read)
    later = diary(tmp_path, doubt, ("2025-02-19", "Easy", 8, "0:45:00", "felt good"))
    assert not later.report["unclear"]
    entry = next(entry for entry in later.not_read if entry.rows == ("8",))
    assert entry.kind == "other"
    assert entry.local == f"{entry.sentence} ('{remark}')"


def test_a_word_in_place_of_the_kilometres_is_an_absence(tmp_path):
    result = diary(tmp_path, ("2025-02-15", "Easy", "INJ", "", ""))
    assert list(result.report["unclear"]) == list(result.names.values())


@pytest.mark.parametrize(("onset", "is_unclear"), [("2024-03-01", True), ("2025-01-20", False)])
def test_only_an_injury_that_may_still_last_explains_an_absence(tmp_path, onset, is_unclear):
    files.table(
        tmp_path / "injuries.csv", [["Name", "Date", "Injury"], ["Ann Lee", onset, "left knee"]]
    )
    result = diary(tmp_path, ("2025-02-15", "Easy", "INJ", "", ""))
    assert bool(result.report["unclear"]) == is_unclear


def test_an_injury_of_the_list_is_no_second_one_in_the_diary(tmp_path):
    files.table(
        tmp_path / "injuries.csv",
        [["Name", "Date", "Injury"], ["Ann Lee", "2025-02-14", "stress fracture tibia left"]],
    )
    result = diary(tmp_path, ("2025-02-15", "Rest", "", "", "stress fracture, boot"))
    assert len(result.tables["injuries"]) == 1


def test_other_body_parts_and_later_days_are_other_injuries():
    def row(day, region, back=None):
        return {
            "athlete": "a", "onset_date": pd.Timestamp(day), "return_date": pd.Timestamp(back),
            "region": region, "side": None, "diagnosis": None, "class": "injury",
        }  # fmt: skip

    rows = pd.DataFrame(
        [
            row("2025-01-01", "knee"), row("2025-01-10", "unknown", "2025-02-10"),
            row("2025-02-09", "knee"), row("2025-01-12", "hip"), row("2025-06-01", "knee"),
        ]
    )  # fmt: skip
    joined = injuries_from_remarks(rows, rows.iloc[:0])
    assert joined["region"].tolist() == ["knee", "hip", "knee"]
    assert joined["onset_date"].dt.strftime("%m-%d").tolist() == ["01-01", "01-12", "06-01"]
    assert joined["return_date"].iloc[0] == pd.Timestamp("2025-02-10")


GRID = [
    ["Week commencing", "Ann Lee", "Bo Ek", "Cara Diaz", "Dan Fox"],
    *([f"{day}.2025", 40, 30, 50, 35] for day in ("13.01", "20.01", "27.01", "03.02")),
    ["10.02.2025", 41, 31, "verletzt", 35],
    ["17.02.2025", 42, "INJ", 50, 35],
    ["24.02.2025", 43, "INJ", 50, "blessé"],
]


@pytest.mark.parametrize("weeks_across", [False, True])
def test_a_word_in_a_grid_of_weeks_makes_unclear_until_kilometres_again(tmp_path, weeks_across):
    """Nobody became unclear, and where nobody has a watch the first reading broke off."""
    rows = [list(column) for column in zip(*GRID, strict=True)] if weeks_across else GRID
    files.table(tmp_path / "Weekly km 2025.csv", rows)
    result = examine(tmp_path, today=TODAY).result
    athletes = {code: name for name, code in result.names.items()}
    assert {athletes[code] for code in result.report["unclear"]} == {"Bo Ek", "Dan Fox"}
    kinds = [entry.kind for entry in result.not_read if "injured" in entry.sentence]
    assert sorted(kinds) == ["injuries", "other"]
