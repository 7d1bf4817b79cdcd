"""Questions of forms about injuries, and lists of who is hurt in a column of states."""

import pytest

from ingest.injuries.text import read_injury_text
from ingest.quality.not_read import not_read
from ingest.readers.sheets.words.grave_answers import is_grave
from tests.ingest.sheets import sheet_files as files

ANSWERS = [
    ["2025-03-02 20:00:00", "Ann Lee", "left knee"],
    ["2025-03-02 20:05:00", "Bo Ek", ""],
    ["2025-03-09 20:00:00", "Ann Lee", "left knee hurts"],
    ["2025-03-09 20:05:00", "Bo Ek", "no"],
    ["2025-03-16 20:00:00", "Ann Lee", "knee fine again"],
    ["2025-03-16 20:05:00", "Bo Ek", ""],
]


@pytest.mark.parametrize(
    "asked", ["Any injuries?", "Any injury or pain? Where?", "Verletzungen?", "Where does it hurt?"]
)
@pytest.mark.parametrize("beside", ["", "How many km this week?", "Sleep (hours)"])
def test_what_a_form_tells_of_injuries_is_a_complaint(tmp_path, asked, beside):
    """The answers vanished, without a word where the form asked for sleep as well."""
    heads = ["Timestamp", "Name", *([beside] if beside else []), asked]
    rows = [[*row[:2], *([7] if beside else []), row[2]] for row in ANSWERS]
    parsed = files.read(files.table(tmp_path / "form.csv", [heads, *rows]))
    assert files.told(parsed, "pain_told", "athlete", "date", "region", "side") == [
        ("Ann Lee", "2025-03-02", "knee", "left"),
        ("Ann Lee", "2025-03-09", "knee", "left"),
    ]
    assert ("Ann Lee", "2025-03-16", 0.0) in files.told(
        parsed, "pain", "athlete", "date", "pain_0_10"
    )
    assert "injuries" not in parsed.records
    assert not parsed.account.unread


@pytest.mark.parametrize(
    ("answer", "region"),
    [
        ("bit of knee pain, not injured", "knee"),
        ("no, but the left calf is sore", "lower_leg"),
        ("leichtes Ziehen in der Wade, nicht verletzt", "lower_leg"),
        ("petite gêne au genou, pas blessé", "knee"),
    ],
)
def test_pain_beside_a_denial_is_a_complaint(tmp_path, answer, region):
    """The denial of an injury was one of pain."""
    heads = ["Timestamp", "Name", "Sleep (hours)", "Any injuries?"]
    rows = [
        ["2025-03-02 20:00:00", "Ann Lee", 7, "no"],
        ["2025-03-02 20:05:00", "Bo Ek", 7, "not injured"],
        ["2025-03-09 20:00:00", "Ann Lee", 7, answer],
        ["2025-03-09 20:05:00", "Bo Ek", 7, "no"],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", [heads, *rows]))
    assert files.told(parsed, "pain_told", "athlete", "date", "region") == [
        ("Ann Lee", "2025-03-09", region)
    ]
    assert "injury_reports" not in parsed.records


@pytest.mark.parametrize(
    ("answer", "region"),
    [
        ("stress fracture tibia", "lower_leg"),
        ("torn hamstring - can't run", "thigh"),
        ("Muskelfaserriss Wade links", "lower_leg"),
        ("blessé au genou", "knee"),
        ("lesionado, rodilla", "knee"),
    ],
)
def test_an_answer_that_tells_an_injury_is_one_and_no_mere_complaint(tmp_path, answer, region):
    """Who answered so stood as running, with a complaint of unknown size."""
    heads = ["Timestamp", "Name", "Sleep (hours)", "Any injuries?"]
    rows = [
        ["2025-03-02 20:00:00", "Ann Lee", 7, "no"],
        ["2025-03-02 20:05:00", "Bo Ek", 7, "no"],
        ["2025-03-09 20:00:00", "Ann Lee", 7, answer],
        ["2025-03-09 20:05:00", "Bo Ek", 7, "bit of knee pain"],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", [heads, *rows]))
    assert files.told(parsed, "injury_reports", "athlete", "date", "region", "severity") == [
        ("Ann Lee", "2025-03-09", region, "major")
    ]
    assert files.told(parsed, "pain_told", "athlete", "region") == [("Bo Ek", "knee")]


def test_words_beside_a_rating_tell_an_injury_as_well(tmp_path):
    rows = [
        ["Date", "Name", "Sleep (hours)", "Pain (0-10)", "Injury"],
        ["2025-03-03", "Ann Lee", 7, 3, "stress fracture, left tibia"],
        ["2025-03-03", "Bo Ek", 7, 0, ""],
        ["2025-03-03", "Cy Dee", 7, 2, "right knee"],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert files.told(parsed, "injury_reports", "athlete", "region") == [("Ann Lee", "lower_leg")]


@pytest.mark.parametrize(
    "text",
    ["no injury", "not injured", "keine Verletzung", "nicht verletzt", "rest day", "no fracture",
     "calf tight", "stress fracture healed", "torn calf, fine again",
     "Muskelfaserriss ausgeheilt", "torn hamstring recovered", "Bruch verheilt",
     # A record is broken here, and "Kriss" ends with the German word for a tear.
     "broke my 10 km record, knee sore", "Kriss", "pas blessé"],
)  # fmt: skip
def test_what_is_denied_or_slight_is_no_injury(text):
    assert not is_grave(text)


def test_words_beside_a_rating_tell_where_it_hurts(tmp_path):
    rows = [
        ["Date", "Name", "Sleep (hours)", "Pain (0-10)", "Injury"],
        ["2025-03-03", "Ann Lee", 7, 3, "left calf"],
        ["2025-03-03", "Bo Ek", 7, 0, ""],
        ["2025-03-03", "Cy Dee", 7, None, "right knee"],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert files.told(parsed, "pain", "athlete", "pain_0_10", "region") == [
        ("Ann Lee", 3.0, "lower_leg"),
        ("Bo Ek", 0.0, "unknown"),
    ]
    assert files.told(parsed, "pain_told", "athlete", "region") == [("Cy Dee", "knee")]


def test_a_form_to_report_an_injury_is_a_register(tmp_path):
    rows = [
        ["Timestamp", "Name", "Injury"],
        ["2025-03-02 20:00:00", "Ann Lee", "left knee"],
        ["2025-03-05 20:00:00", "Bo Ek", "right calf strain"],
    ]
    parsed = files.read(files.table(tmp_path / "report.csv", rows))
    assert len(parsed.records["injuries"]) == 2


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Etat", ("blessée", "apte", "reprise")),
        ("Ampel", ("rot", "grün", "gelb")),
        ("Etat de santé", ("blessée genou gauche", "OK", "mollet droit, en reprise")),
        ("Gesundheit", ("Knie links, Pause", "fit", "Wade rechts")),
    ],
)
def test_states_under_any_heading(tmp_path, heading, cells):
    rows = [["Nom", heading], *map(list, zip(("Ann Lee", "Bo Ek", "Cy Dee"), cells, strict=True))]
    parsed = files.read(files.table(tmp_path / f"{heading} 10.03.2025.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date", "class") == [
        ("Ann Lee", "2025-03-10", "injury"),
        ("Cy Dee", "2025-03-10", "injury"),
    ]
    assert files.reasons(parsed) == ["no_injury"]


def test_a_day_on_which_all_was_well_is_no_onset(tmp_path):
    rows = [
        ["Name", "Injury", "Notes"],
        ["Ann Lee", "left calf", "first seen by physio 4 Mar 2025"],
        ["Bo Ek", "right knee", "felt fine on 6 Mar 2025"],
    ]
    parsed = files.read(files.table(tmp_path / "injuries 10.03.2025.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date") == [("Ann Lee", "2025-03-04")]
    assert files.reasons(parsed) == ["no_day"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("vondt i legg v.", "left"), ("løperkne h.", "right"), ("h knä", "right"),
        ("genou g.", "left"), ("tendinite mollet D", "right"), ("rodilla d", "right"),
        # "V." is "very" here and "3 d" three days; a German knee has no French "gauche".
        ("knee v. sore", None), ("mollet, 3 d", None), ("Knie g", None),
        # "E" is "and"; as a side it is written "E.".
        ("joelho e perna", None), ("tibia e polpaccio", None), ("dor joelho E.", "left"),
        ("knä v 36", None), ("vondt 2 h kne", None), ("genou g et genou d", "both"),
    ],
)  # fmt: skip
def test_letters_tell_the_side_beside_body_parts_of_their_language(text, side):
    assert read_injury_text(text, {}).side == side


def test_a_column_about_injuries_that_nobody_reads_matters_as_injuries_do(tmp_path):
    heads = ["First name", "Last name", "Date of birth", "Member no", "Verletzungsgeschichte"]
    rows = [heads, ["Ann", "Lee", "1.2.1999", 12, "xx"], ["Bo", "Ek", "3.4.2000", 13, "yy"]]
    account = files.read(files.table(tmp_path / "members.csv", rows)).account
    people = type("Nobody", (), {"questions": (), "meant": {}, "proposed": {}})()
    kinds = {entry.kind for entry in not_read([account], people) if "Verletzung" in entry.sentence}
    assert kinds == {"injuries"}


@pytest.mark.parametrize("total", ["Total km", "Season km", "Gesamt-km", "Km cumulés"])
@pytest.mark.parametrize("own", ["Distance", "Km today", "Distance heute", "Km séance"])
def test_a_running_total_is_not_the_distance_of_the_session(tmp_path, total, own):
    """Thirty-two of thirty-five runs were refused: they were as long as the year so far."""
    rows = [["Date", "Name", total, own, "Time (min)"]]
    # 8 km a day, and their sum so far.
    rows += [[f"2025-03-{day:02d}", "Ann Lee", 8 * day, 8, 44] for day in range(1, 10)]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert {km for (km,) in files.told(parsed, "sessions", "distance_km")} == {8.0}


def test_a_total_beside_parts_of_the_session_is_its_distance(tmp_path):
    rows = [["Date", "Name", "Warm-up km", "Total km"], ["2025-03-03", "Ann Lee", 2, 10]]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert files.told(parsed, "sessions", "distance_km") == [(10.0,)]


def test_people_who_are_called_like_months(tmp_path):
    rows = [
        # "Jan" is January as well, and "Mei" the Dutch May.
        ["Woche", "Jan", "Piet", "Klaas", "Mei"],
        *([f"KW {k}", 30, 40, 25, 20] for k in (3, 4)),
    ]
    parsed = files.read(files.table(tmp_path / "km pro Woche 2025.csv", rows))
    assert {name for (name,) in files.told(parsed, "weekly_km", "athlete")} == set(rows[0][1:])


def test_a_rating_of_health_is_a_measure_and_no_state(tmp_path):
    rows = [["Date", "Name", "Sleep (hours)", "Gesundheit (1-10)"]]
    rows += [[f"2025-03-{day:02d}", "Ann Lee", 7, 5 + day % 4] for day in range(1, 25)]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert "injuries" not in parsed.records
    assert len(parsed.records["extra"]) == 24


@pytest.mark.parametrize("heading", ["Injured?", "Are you injured?", "Verletzt?"])
def test_whether_somebody_is_injured_is_a_question_and_no_day(tmp_path, heading):
    """Every line of such a form was refused, for "no" is no date: its sleep with it."""
    rows = [
        ["Timestamp", "Name", "Sleep (hours)", heading],
        ["2025-03-03 20:00:00", "Ann Lee", 7, "no"],
        ["2025-03-03 20:05:00", "Bo Ek", 8, "yes"],
        ["2025-03-03 20:10:00", "Cy Dee", 6, "yes, left shin"],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert files.told(parsed, "pain_told", "athlete", "region") == [
        ("Bo Ek", "unknown"), ("Cy Dee", "lower_leg"),
    ]  # fmt: skip
    assert len(parsed.records["wellness"]) == 3
