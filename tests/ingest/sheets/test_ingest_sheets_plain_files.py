"""Files called like a plain CSV of the documentation, filled in as a club does."""

# ruff: noqa: E501 - rows of files read best as lines

from pathlib import Path

import pytest

from ingest.readers.base import Parsed
from ingest.readers.registry import find_reader
from tests.ingest.sheets import sheet_files as files


def read(path: Path) -> Parsed:
    return files.read(path, find_reader(path))


@pytest.mark.parametrize(
    ("name", "rows", "table"),
    [
        ("wellness", [["date of entry", "athlete", "sleep (h)"], ["2025-03-01", "Ann", 7]], "wellness"),
        ("wellness", [["date", "nom", "sommeil (h)"], ["2025-03-01", "Ann", 7]], "wellness"),
        ("sessions", [["Athlete", "Date", "Sport", "Minutes", "Km"], ["Ann", "2025-03-01", "run", 50, 9]], "sessions"),
        ("sessions", [["athlete", "date", "sport", "intensity", "km"], ["Ann", "2025-03-01", "run", "easy", 9]], "sessions"),
        ("body", [["Date", "Name", "Weight"], ["2025-03-01", "Ann", 61]], "body"),
        ("injuries", [["name", "onset", "region"], ["Ann", "2025-03-01", "knee"]], "injuries"),
        ("strength", [["Name", "Date", "Hip abduction left (N)"], ["Ann", "2025-03-01", 200]], "strength"),
        ("pain", [["Name", "Date", "Body part", "Pain (0-10)"], ["Ann", "2025-03-01", "knee", 3]], "pain"),
    ],
)  # fmt: skip
def test_a_name_is_no_claim_to_a_file(tmp_path, name, rows, table):
    """Each was refused, or half read, for what its columns are called."""
    parsed = read(files.table(tmp_path / f"{name}.csv", rows))
    assert len(parsed.records[table]) == 1
    assert parsed.account.rejected == 0


def test_cells_in_another_form_are_no_reason_to_refuse_a_row(tmp_path):
    rows = [
        ["athlete", "onset_date", "return_date", "region", "side"],
        ["Ann", "12.02.2025", "", "left knee", ""],
        ["Bo", "20.01.2025", "3.2.2025", "shin splints", "left"],
    ]
    parsed = read(files.table(tmp_path / "injuries.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date", "return_date", "region") == [
        ("Ann", "2025-02-12", None, "knee"),
        ("Bo", "2025-01-20", "2025-02-03", "lower_leg"),
    ]


def test_days_of_either_order_are_asked_about(tmp_path):
    rows = [
        ["athlete", "onset_date", "region"],
        # Both days can be read either way.
        ["Ann", "02/03/2025", "knee"],
        ["Bo", "05/03/2025", "hip"],
    ]
    parsed = read(files.table(tmp_path / "injuries.csv", rows))
    assert [question.kind for question in parsed.account.questions] == ["dates"]


def test_a_row_that_is_wrong_in_any_form_stays_with_the_headings(tmp_path):
    rows = [["athlete", "date", "region", "pain_0_10"]]
    rows += [["Ann", f"2025-03-0{day}", "knee", "3"] for day in range(1, 8)]
    rows += [["Bo", "2025-03-01", "hip", "14"]]
    parsed = read(files.table(tmp_path / "pain.csv", rows))
    assert parsed.account.kind == "club_pain"
    assert dict(parsed.account.rejects["reason"].value_counts()) == {"bad_pain_0_10": 1}


def test_answers_about_pain_beside_a_body_part_are_no_injuries(tmp_path):
    rows = [
        ["Name", "Date", "Region", "Side", "Pain 0-10"],
        ["Ann", "2025-03-01", "knee", "left", 2],
        ["Bo", "2025-03-01", "hip", "", 0],
    ]
    parsed = files.read(files.table(tmp_path / "Monday form.csv", rows))
    assert "injuries" not in parsed.records
    assert files.told(parsed, "pain", "athlete", "region", "pain_0_10") == [
        ("Ann", "knee", 2.0),
        ("Bo", "hip", 0.0),
    ]
