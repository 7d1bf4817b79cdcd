"""Clubs with less than others: weekly kilometres alone, and files that nobody owns."""

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from ingest.setup.examine import examine
from pipelines.cli import app

RUN = CliRunner()
AS_OF = "2025-05-11"
MONDAYS = ("24.03.", "31.03.", "07.04.", "14.04.", "21.04.", "28.04.", "05.05.")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("CACHE", "KEY_FILE"):
        monkeypatch.setenv(f"STRIDECAST_{name}", str(tmp_path / name))
    made = tmp_path / "club"
    made.mkdir()
    return made


def scored(folder):
    """Score a folder as a new user would, and return the exit code and what was written."""
    out = folder.parent / "forecast"
    told = ["score", str(folder), "--yes", "--as-of", AS_OF, "--out", str(out)]
    found = RUN.invoke(app, [*told, "--project", str(out)])
    assert found.exit_code in {0, 3}, found.output
    return found, json.loads((out / "scores.json").read_text())


def test_a_club_with_weekly_kilometres_alone_is_scored(folder):
    weeks = [f"{day}2025;{30 + at};{'INJ' if at == 6 else 20}" for at, day in enumerate(MONDAYS)]
    (folder / "km pro Woche.csv").write_text(
        "\n".join(["Woche ab;Anna Lee;Bo Ek", *weeks, ""]), encoding="utf-8"
    )
    found, scores = scored(folder)
    figures = sorted(one["figures"]["km_28d"] for one in scores["athletes"])
    assert figures == [60.0, 33.0 + 34 + 35 + 36]
    assert {one["figures"]["hours_28d"] for one in scores["athletes"]} == {None}
    assert all(one["forecasts"] for one in scores["athletes"])
    assert "24 Mar 2025 to 11 May 2025" in found.output


def test_files_of_nobody_beside_those_of_people_are_asked_about(folder):
    runs = [f"2025-05-{day:02d},run,8.0,45" for day in range(1, 12, 2)]
    (folder / "Ann Lee").mkdir()
    for place in ("Ann Lee", "."):
        rows = "\n".join(["Date,Sport,Km,Minutes", *runs, ""])
        (folder / place / "my runs.csv").write_text(rows)
    found, scores = scored(folder)
    assert [one["figures"]["km_28d"] for one in scores["athletes"]] == [48.0]
    assert found.exit_code == 3
    assert "my runs.csv" in found.output
    assert [one["kind"] for one in scores["questions"]] == ["owner"]


def test_names_of_a_form_that_waits_for_its_scale_are_on_the_first_screen(folder):
    (folder / "Zoë Kelly").mkdir()
    runs = [f"2025-05-{day:02d},run,8.0,45" for day in range(1, 12, 2)]
    (folder / "Zoë Kelly" / "log.csv").write_text("\n".join(["Date,Sport,Km,Minutes", *runs, ""]))
    answers = ["2025-05-05 07:00:01,zoe k.,3", "2025-05-06 07:00:01,Ann Lee,2"]
    (folder / "form.csv").write_text("\n".join(["Timestamp,Name,Fatigue", *answers, ""]))
    found = examine(folder, today=dt.date(2025, 5, 12)).result
    asked = {row: one.screen for one in found.questions for row in one.rows}
    assert asked["zoe k."] == asked["Ann Lee"] == "people"
    assert found.people.proposed["zoe k."] == "Zoë Kelly"
    assert found.tables["wellness"].empty
