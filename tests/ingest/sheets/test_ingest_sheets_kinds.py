"""Every kind of sheet: what the manual shows works, and what a few rows give, by hand."""

import re
import zipfile
from pathlib import Path

import pytest

from common.contracts import CONTRACTS, conform
from ingest.injuries.complaints import complaints
from ingest.readers.base import FileRefused
from ingest.readers.registry import find_reader
from tests.ingest.sheets import sheet_files as files

MANUAL = (Path(__file__).parents[3] / "data" / "README.md").read_text()
EXAMPLES = re.findall(r"^\| ([a-zA-Z ]+) \| .* \| `([^`]+)` / `([^`]+)` \|$", MANUAL, re.MULTILINE)
TABLES = {
    "sessions": "sessions",
    "kilometres a week": "weekly_km",
    "wellness": "wellness",
    "pain": "pain",
    "OSTRC questionnaire": "ostrc",
    "injury list": "injuries",
    "strength": "strength",
    "gait": "gait",
    "body mass": "body",
    "members": "members",
}


def test_the_manual_has_an_example_of_every_kind():
    assert [kind for kind, _, _ in EXAMPLES] == list(TABLES)


@pytest.mark.parametrize(
    ("kind", "heading", "row"), EXAMPLES, ids=[example[0] for example in EXAMPLES]
)
def test_an_example_of_the_manual_is_read(tmp_path, kind, heading, row):
    rows = [heading.split(";"), row.split(";")]
    parsed = files.read(files.table(tmp_path / "club km.csv", rows, ";"))
    table = parsed.records[TABLES[kind]]
    assert parsed.account.rejected == 0
    assert not parsed.account.questions
    if TABLES[kind] in CONTRACTS:
        columns = [name for name in CONTRACTS[TABLES[kind]].columns if name in table]
        conform(TABLES[kind], table[columns].assign(source_hash="x")) if kind == "sessions" else (
            conform(TABLES[kind], table[columns])
        )


def test_gait_in_other_units(tmp_path):
    rows = [
        [
            "Runner",
            "Date",
            "Speed (km/h)",
            "Cadence",
            "GCT L (s)",
            "Vert osc (cm)",
            "Knee Asym (%)",
        ],
        ["Ann", "2020-01-25", 10.8, 82, 0.25, 9.7, 4],
    ]
    parsed = files.read(files.table(tmp_path / "gait.csv", rows))
    assert files.told(parsed, "gait", "metric", "side", "value", "speed_m_s") == [
        ("cadence_spm", "both", 164.0, 3.0),
        ("contact_ms", "left", 250.0, 3.0),
        ("vertical_oscillation_mm", "both", 97.0, 3.0),
    ]


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (["Full participation without problems", "", "", ""], (0, 0, 0, 0, 0, 0)),
        (["8", "6", "13", "8"], (8, 6, 13, 8, 35, 1)),
        (["17", "8", "8", "17"], (17, 8, 8, 17, 50, 0)),
        (["Kann nicht teilnehmen", "", "", "starke"], (25, 25, 25, 25, 100, 1)),
        (["Met problemen", "In geringe mate", "In matige mate", "Licht"], (8, 8, 17, 8, 41, 1)),
    ],
)
def test_the_weekly_questionnaire_on_health_problems(tmp_path, answers, points):
    rows = [
        ["Date", "Name", "Participation", "Training volume", "Performance", "Symptoms", "Where"],
        ["2025-03-09", "Ann", *answers, "left knee"],
    ]
    parsed = files.read(files.table(tmp_path / "ostrc.csv", rows))
    columns = ("participation", "volume", "performance", "symptoms", "score", "substantial")
    assert files.told(parsed, "ostrc", *columns) == [tuple(map(float, points))]
    assert files.told(parsed, "ostrc", "region", "side") == [("knee", "left")]


def test_a_session_with_clocks_miles_and_words(tmp_path):
    rows = [
        ["Date", "Name", "Sport", "Time", "Miles", "RPE (0-10)", "Sleep", "Muscle soreness (0-10)"],
        ["2025-03-03", "Ann", "run", "45:30", "5", "4", "7h", ""],
        ["2025-03-04", "Ann", "rest", "", "", "", "7:45", ""],
        ["2025-03-05", "Ann", "bike", "1:30:00", "c. 20", "3", "8", ""],
    ]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert files.told(parsed, "sessions", "sport", "duration_min", "distance_km", "rpe") == [
        ("run", 45.5, 8.0467, 4.0),
        ("ride", 90.0, 32.1869, 3.0),
    ]
    assert [row[0] for row in files.told(parsed, "wellness", "sleep_h")] == [7.0, 7.75, 8.0]


def test_a_test_by_hand_under_another_name(tmp_path):
    rows = [["Name", "Date", "Zorp"], ["Ann", "2020-01-18", "18.5"]]
    path = files.table(tmp_path / "t.csv", rows)
    sheets = {"t.csv": {"kind": "strength", "columns": {"Zorp": "Hip Abd L (N)"}}}
    parsed = files.read(path, sheets=sheets)
    assert files.told(parsed, "strength", "test", "side", "value") == [
        ("hip_abduction", "left", 18.5)
    ]


def test_damage_is_refused_by_name(tmp_path):
    whole = files.workbook(tmp_path / "whole.xlsx", {"S": [["Name", "Km"], ["Ann", 3]]})
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name)[:60])
    with pytest.raises(FileRefused, match="cannot be opened"):
        files.read(path)


def test_a_contact_time_in_spanish_is_no_duration(tmp_path):
    rows = [
        ["Atleta", "Fecha", "Velocidad (km/h)", "Tiempo de contacto izq (ms)"],
        ["Ann", "13/02/2025", "12", "231"],
    ]
    parsed = files.read(files.table(tmp_path / "marcha.csv", rows))
    assert files.told(parsed, "gait", "metric", "side", "value") == [("contact_ms", "left", 231.0)]


def test_lists_without_training_are_left_out_and_named(tmp_path):
    day = files.day("2025-03-03")
    tabs = {
        "Members": [["Name", "Date of birth", "Phone"], ["Ann", day, "0170 123"]],
        "Duties": [["Date", "Name", "Duty"], [day, "Ann", "cake"]],
        "Empty": [["Date", "Name", "Km"]],
    }
    account = files.read(files.workbook(tmp_path / "club.xlsx", tabs)).account
    left_out = {what for what, _ in account.unread}
    assert left_out >= {"Duties", "Empty"}
    assert "Members" not in left_out
    assert (account.read_as, account.read, account.questions) == ("a list of members", 1, ())
    del tabs["Members"]
    account = files.read(files.workbook(tmp_path / "club.xlsx", tabs)).account
    assert (account.read, account.questions) == (0, ())
    assert "no rows below its headings" in account.ignored


def test_nought_kilometres_are_no_session(tmp_path):
    rows = [["Date", "Name", "Km"], ["2025-03-03", "Ann", "0"], ["2025-03-04", "Ann", "8"]]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert files.told(parsed, "sessions", "local_date") == [("2025-03-04",)]
    assert parsed.account.rejected == 0


def test_a_form_with_one_heading_of_its_own_is_a_sheet(tmp_path):
    rows = [["athlete", "date", "fatigue", "Sleep"], ["Ann", "2025-03-03", 2, 4]]
    path = files.table(tmp_path / "hooper.csv", rows)
    assert find_reader(path).kind == "sheet"
    assert find_reader(files.table(tmp_path / "wellness.csv", rows)).kind == "sheet"


def test_sessions_that_runners_call_by_their_own_names_are_runs(tmp_path):
    rows = [
        ["Datum", "Name", "Einheit", "km", "Dauer"],
        ["2025-01-06", "Ann", "DL locker", 10.2, "55:10"],
        ["2025-01-07", "Ann", "6 x 1000 m", 12, "1:02:00"],
        ["2025-01-08", "Ann", "Rad Intervalle", 30, "1:30:00"],
        ["2025-01-09", "Ann", "Gartenarbeit", "", "1:30:00"],
    ]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert [one for (one,) in files.told(parsed, "sessions", "sport")] == [
        "run",
        "run",
        "ride",
        "other",
    ]
    assert parsed.account.repairs["sport_by_its_description_run_taken"] == 2


def test_a_tab_that_states_the_scale_of_its_cells(tmp_path):
    rows = [["Name", "3.2.2025", "4.2.2025", "5.2.2025"], ["Ann", 3, 4, 5], ["Bo", 1, 10, 9]]
    path = files.workbook(tmp_path / "w.xlsx", {"Müdigkeit (1=fit, 10=kaputt)": rows})
    parsed = files.read(path)
    assert not parsed.account.questions
    assert files.told(parsed, "wellness", "athlete", "fatigue")[:2] == [
        ("Ann", round(7 / 9, 4)),
        ("Bo", 1.0),
    ]


def test_a_list_of_members_is_not_asked_about(tmp_path):
    rows = [["Vorname", "Nachname", "Telefon", "Geburtsdatum"], ["Ann", "Lee", "0170", "1.2.1990"]]
    parsed = files.read(files.table(tmp_path / "Kontakte.csv", rows, ";"))
    assert not parsed.account.questions
    assert files.told(parsed, "profiles", "member", "birth_year") == [("Ann Lee", 1990.0)]
    nameless = [["Telefon", "Geburtsdatum"], ["0170", "1.2.1990"]]
    with pytest.raises(FileRefused, match="no reader knows"):
        files.read(files.table(tmp_path / "Kontakte.csv", nameless, ";"))


def test_yes_to_pain_without_a_number_is_a_complaint_of_unknown_size(tmp_path):
    """Nobody who says that it hurts stands as one who said nothing."""
    rows = [
        ["Timestamp", "Name", "Any pain?", "Where?"],
        ["2025-10-05 20:05:00", "Ann Lee", "Yes", "left knee"],
        ["2025-10-06 20:05:00", "Ann Lee", "No", ""],
        ["2025-10-07 20:05:00", "Ann Lee", "yes", ""],
        ["2025-10-08 20:05:00", "Ann Lee", "Yes, right shin", ""],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert files.told(parsed, "pain_told", "date", "region", "side") == [
        ("2025-10-05", "knee", "left"),
        ("2025-10-07", "unknown", None),
        ("2025-10-08", "lower_leg", "right"),
    ]
    assert files.told(parsed, "pain", "date", "pain_0_10") == [("2025-10-06", 0.0)]
    assert parsed.account.rejected == 0
    found = complaints(parsed.records)
    assert found["severity"].tolist() == ["unknown"] * 3
    assert found["value_0_10"].isna().all()
    assert found["kind"].eq("pain_answer").all()


def test_yes_to_pain_stays_where_the_number_beside_it_is_left_empty(tmp_path):
    rows = [
        ["Fecha", "Nombre", "¿Tienes alguna molestia?", "¿Dónde?", "¿Cuánto te molesta? (0-10)"],
        ["2025-03-13", "Ann Lee", "Sí", "rodilla izquierda", ""],
        ["2025-03-14", "Ann Lee", "No", "", ""],
        ["2025-03-15", "Ann Lee", "Sí", "gemelo derecho", 4],
    ]
    parsed = files.read(files.table(tmp_path / "encuesta.csv", rows))
    assert files.told(parsed, "pain_told", "date", "region") == [("2025-03-13", "knee")]
    assert files.told(parsed, "pain", "date", "pain_0_10") == [
        ("2025-03-14", 0.0),
        ("2025-03-15", 4.0),
    ]


@pytest.mark.parametrize(
    ("headings", "row", "kind"),
    [
        (("Name", "Injured on", "Region"), ("Ann Lee", "2025-03-13", "knee"), "sheet_injuries"),
        (("Name", "Date", "Knee extension left (N)"), ("Ann Lee", "2025-03-13", 300),
         "sheet_strength"),
    ],
)  # fmt: skip
def test_pain_and_effort_beside_injuries_and_tests_are_told(tmp_path, headings, row, kind):
    rows = [[*headings, "Pain (0-10)", "RPE"], [*row, 4, 6]]
    account = files.read(files.table(tmp_path / "list.csv", rows)).account
    assert account.kind == kind
    assert [part.what for part in account.unread] == ["columns Pain (0-10), RPE"]


def test_the_lists_of_who_is_injured_that_the_manual_shows_are_read(tmp_path):
    """Names of files and sentences as they stand in the manual."""
    name = re.search(r"`(Injured [^`]+\.csv)`", MANUAL)[1]
    sentence = re.search(r"`(Ann Lee - [^`]+)`", MANUAL)[1]
    rows = [["Name", "Status", "Injury"], ["Ann Lee", "out", "left knee"], ["Tom B", "fit", ""]]
    told = files.told(files.read(files.table(tmp_path / name, rows)), "injuries", "onset_date")
    assert told == [("2025-03-03",)]
    letter = tmp_path / "letter 2025-03-09.txt"
    letter.write_text(f"Injuries 2025-03-09\n\n{sentence}\nTom B - right calf, out\n")
    columns = ("athlete", "onset_date", "region", "side")
    assert sorted(files.told(files.read(letter), "injuries", *columns))[:1] == [
        ("Ann Lee", "2025-03-03", "knee", "left")
    ]


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        (["Date", "Name", "Km"], "sessions"),
        (["Date", "Name", "Km", "Hours of sleep"], "sessions, answers of a form"),
        (["Date", "Name", "Hours of sleep"], "answers of a form"),
    ],
)
def test_a_list_of_sessions_is_called_one(tmp_path, heads, words):
    """Lists of runs were called answers of a form."""
    rows = [
        ["2025-03-02", "Ann Lee", 7.5, 8][: len(heads)],
        ["2025-03-03", "Bo Ek", 8.5, 8][: len(heads)],
    ]
    parsed = files.read(files.table(tmp_path / "runs.csv", [heads, *rows]))
    assert parsed.account.read_as == words
