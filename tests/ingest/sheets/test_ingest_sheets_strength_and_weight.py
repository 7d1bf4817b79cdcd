"""Strength tests and body mass in sheets: trials, units, days."""

from tests.ingest.sheets import sheet_files as files


def test_three_trials_in_kilograms(tmp_path):
    rows = [
        ["HHD testing", None, "units: kg"],
        ["Name", "Date", "Hip Abd L", None, None, "Knee Ext R", None, None],
        [None, None, "T1", "T2", "T3", "T1", "T2", "T3"],
        ["Ann", files.day("2020-01-18"), 18.5, "23,2", 19, 30, "-", 31],
    ]
    parsed = files.read(files.workbook(tmp_path / "hhd.xlsx", {"S": rows}))
    assert files.told(parsed, "strength", "test", "side", "value", "unit", "reps") == [
        ("hip_abduction", "left", round(23.2 * 9.80665, 4), "N", 3.0),
        ("knee_extension", "right", round(31 * 9.80665, 4), "N", 2.0),
    ]


def test_a_unit_that_nobody_tells_is_asked(tmp_path):
    rows = [["Name", "Date", "Hip Abd L"], ["Ann", "2020-01-18", "18.5"]]
    parsed = files.read(files.table(tmp_path / "t.csv", rows))
    assert not parsed.records
    (question,) = parsed.account.questions
    assert (question.proposal, question.setting) == ("kg", ("sheets", "t.csv", "unit"))
    parsed = files.read(tmp_path / "t.csv", sheets={"t.csv": {"unit": "N"}})
    assert files.told(parsed, "strength", "value", "unit") == [(18.5, "N")]


def test_weights_a_week_apart_keep_their_days(tmp_path):
    rows = [
        ["Weight in kg"],
        ["Date", "Ann", "Tom"],
        ["2025-03-03", 55, 72],
        ["2025-03-10", 56, 71],
    ]
    parsed = files.read(files.table(tmp_path / "mass.csv", rows))
    days = [row[0] for row in files.told(parsed, "body", "date")]
    assert days == ["2025-03-03", "2025-03-10"] * 2


def test_trials_side_by_side_in_a_list_of_tests(tmp_path):
    rows = [
        ["Nombre", "Fecha", "Prueba", "Lado", "Intento 1", "Intento 2", "Unidad"],
        ["Ann", "2025-02-01", "abducción de cadera", "izq", "180", "190", "N"],
        ["Ann", "2025-02-01", "extensión de rodilla", "der", "400", "", "N"],
    ]
    parsed = files.read(files.table(tmp_path / "fuerza.csv", rows))
    assert files.told(parsed, "strength", "test", "side", "value", "reps") == [
        ("hip_abduction", "left", 190.0, 2.0),
        ("knee_extension", "right", 400.0, 1.0),
    ]


def test_trials_of_a_row_with_their_unit_in_a_column(tmp_path):
    rows = [
        ["Name", "Datum", "Übung", "Seite", "Versuch 1", "Versuch 2", "Einheit"],
        ["Ann", "20.01.2025", "Hüftabduktion", "links", "18,5", "19", "kg"],
    ]
    parsed = files.read(files.table(tmp_path / "Kraftwerte.csv", rows, ";"))
    assert files.told(parsed, "strength", "test", "side", "value", "unit", "reps") == [
        ("hip_abduction", "left", round(19 * 9.80665, 4), "N", 2.0)
    ]
    assert not parsed.account.unread
