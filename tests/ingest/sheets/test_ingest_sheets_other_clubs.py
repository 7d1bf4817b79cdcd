"""Sheets of clubs unlike those before: a ski club's diary, a group's log, a plan for groups."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.people.likeness import Likeness, likeness
from ingest.people.spelling import spelling
from ingest.quality.kinds_of_files import kind_of
from ingest.readers.base import FileRefused
from ingest.readers.sheets.words.amounts import read_amount
from ingest.records.account import refused_file
from tests.ingest.sheets import sheet_files as files

DIARY = [
    ["Uke", "Dato", "Dag", "Økt", "Aktivitet", "Varighet", "Distanse (km)", "Søvn (t)"],
    [28, "06.07.2025", "man", 1, "Løping", "1:00", 11, 8],
    [28, "07.07.2025", "tir", 1, "Rulleski klassisk", "2:00", 25, 7],
    [28, "07.07.2025", "tir", 2, "Styrke", "1:00", None, 7],
    [28, "13.07.2025", "man", 1, "Langrenn", "2:00", 24, 9],
]


@pytest.mark.parametrize("number", ["Økt", "Pass", "Session", "Einheit"])
def test_the_number_of_a_session_is_no_sport(tmp_path, number):
    """Two hours on roller skis were a run of 25 km, for "Session 1" was taken for the sport."""
    rows = [[number if cell == "Økt" else cell for cell in DIARY[0]], *DIARY[1:]]
    (tmp_path / "Ola Nordmann").mkdir()
    path = files.table(tmp_path / "Ola Nordmann" / "dagbok.csv", [["Navn", *rows[0]]] + [
        ["Ola Nordmann", *row] for row in rows[1:]
    ])  # fmt: skip
    parsed = files.read(path)
    assert files.told(parsed, "sessions", "sport") == [
        ("run",),
        ("other",),
        ("strength",),
        ("other",),
    ]
    assert files.told(parsed, "wellness", "sleep_h")[0] == (8.0,)


def test_of_two_columns_the_one_that_names_sports_is_the_sport(tmp_path):
    rows = [
        ["Date", "Name", "Session", "Activity", "Distance (km)", "Duration (min)"],
        ["2025-03-02", "Ann Lee", "easy", "Roller ski", 20, 80],
        ["2025-03-03", "Ann Lee", "10 x 400", "Run", 12, 60],
    ]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert files.told(parsed, "sessions", "sport") == [("other",), ("run",)]


def test_a_remark_that_is_a_sport_and_nothing_else_is_the_sport(tmp_path):
    """Forty kilometres on a bicycle were a run of forty kilometres."""
    rows = [
        ["Datum", "Name", "Umfang", "Dauer", "Bemerkung"],
        ["13.3.2025", "Ann Lee", "10 km", "50", "locker"],
        ["14.3.2025", "Ann Lee", "40 km", "90", "Rad"],
        ["15.3.2025", "Ann Lee", "8 km", "40", "Rad kaputt, daher gelaufen"],
    ]
    parsed = files.read(files.table(tmp_path / "Trainingstagebuch.csv", rows))
    assert files.told(parsed, "sessions", "sport") == [("run",), ("ride",), ("run",)]


GROUP = [
    ["Date", "Ann", "Bo", "Cy"],
    ["29 Aug 2025", "5k 27:10", "5k", "24:31"],
    ["1 Sep 2025", "10k", "calf - missed", "6 miles"],
    ["5 Sep 2025", "5k in 26:50", "8 km", "1:02:00"],
]


def test_distances_with_times_and_times_alone_in_a_groups_log(tmp_path):
    parsed = files.read(files.workbook(tmp_path / "group log.xlsx", {"2025": GROUP}))
    told = files.told(parsed, "sessions", "athlete", "distance_km", "duration_min")
    assert sorted(told, key=str) == sorted(
        [
            ("Ann", 5.0, 27.1667), ("Ann", 10.0, None), ("Ann", 5.0, 26.8333),
            ("Bo", 5.0, None), ("Bo", 8.0, None),
            # 24:31 and 1:02:00 without a distance; 6 mi x 1.609344.
            ("Cy", None, 24.5167), ("Cy", 9.6561, None), ("Cy", None, 62.0),
        ],
        key=str,
    )  # fmt: skip
    assert not parsed.account.questions


@pytest.mark.parametrize(
    ("cell", "km", "minutes"),
    [
        ("10 km @ 5:30/km", 10, None), ("10 km 5:30", 10, None), ("12 km 18:30", 12, None),
        # Minutes or hours, whichever somebody can run.
        ("1k 3:10", 1, 3.1667), ("42k 4:10", 42, 250.0), ("10 km 1:05", 10, 65.0),
        ("6 mi, 50 min", 9.6561, None), ("40 km bike 1:20:00", 40, 80.0),
    ],
)  # fmt: skip
def test_a_pace_or_a_time_of_day_is_no_time_of_a_distance(tmp_path, cell, km, minutes):
    """Ten kilometres "@ 5:30" were a run of five minutes and a half, and lost as impossible."""
    rows = [["Date", "Name", "Distance"], ["2025-08-29", "Ann Lee", cell]]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert files.told(parsed, "sessions", "distance_km", "duration_min") == [(km, minutes)]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [("Programme", ["10 km easy", "hills", "Track at 18:00", "12 km steady run", "drills", "gym"]),
     ("Weather", ["12 C", "14 C rain", "wind", "storm", "sun", "3 C"])],
)  # fmt: skip
def test_a_column_of_sentences_beside_athletes_is_of_nobody(tmp_path, heading, cells):
    rows = [
        ["Date", "Ann", "Bo", heading],
        *([f"2025-08-{10 + at:02d}", "10 km", f"{5 + at} km", cell] for at, cell in
          enumerate(cells)),
    ]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "group log.csv", rows))
    assert {name for (name,) in files.told(parsed, "sessions", "athlete")} == {"Ann", "Bo"}


@given(
    km=st.integers(1, 60),
    unit=st.sampled_from(["k", "km", " km", " mi"]),
    between=st.sampled_from([" ", " in ", ", ", " @ ", " - "]),
    minutes=st.integers(4, 300),
    seconds=st.integers(0, 59),
)
@settings(max_examples=60, deadline=None)
def test_a_distance_with_its_time_keeps_the_distance(km, unit, between, minutes, seconds):
    amount = read_amount(f"{km}{unit}{between}{minutes}:{seconds:02d}")
    assert amount is not None
    assert amount.value == km


def test_a_plan_for_groups_is_of_nobody(tmp_path):
    rows = [
        ["Trainingsplan KW 38"],
        ["Tag", "Gruppe A", "Gruppe B"],
        ["Di", "10x400m, 12 km gesamt", "8 km locker"],
        ["Mi", "10 km locker", "Stabi"],
        ["So", "20 km lang", "14 km"],
    ]
    with pytest.raises(FileRefused, match="no reader knows"):
        files.read(files.table(tmp_path / "Trainingsplan KW 38.csv", rows))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Trainingsplan KW 38.csv", "other"), ("plan.csv", "other"), ("training.csv", "sessions"),
     ("Flugplanung.csv", "other"), ("planet training.csv", "sessions"),
     ("Verletzungsplan.csv", "injuries"), ("Physio schedule.csv", "injuries"),
     ("Training plan and log.csv", "sessions"), ("Wellness schedule.csv", "wellness")],
)  # fmt: skip
def test_a_plan_that_is_not_read_keeps_no_training_from_the_page(name, kind):
    account = refused_file(name, "sheet", "unknown_format", f"{name}: no reader knows it")
    assert kind_of(account) == kind


@pytest.mark.parametrize(
    ("written", "known", "grade"),
    [
        ("Cyy Dee", "Cy Dee", Likeness.VAGUE), ("Bob Ek", "Bo Ek", Likeness.VAGUE),
        # Another letter is another name, and another number another person.
        ("Tim Roe", "Tom Roe", None), ("An Lee", "Jo Lee", None), ("p1 Lee", "p11 Lee", None),
    ],
)  # fmt: skip
def test_a_letter_more_in_a_short_name_is_asked_about(written, known, grade):
    """Added by default, "Cyy Dee" would be a second athlete beside Cy Dee."""
    assert likeness(spelling(written), spelling(known)) == grade


@pytest.mark.parametrize("text", ["RAS", "r.a.s.", "rien", "-"])
def test_nothing_to_report_is_none(text):
    amount = read_amount(text)
    assert amount is not None
    assert amount.word == "none"


def test_weeks_in_tabs_that_nobody_understands_are_one_question(tmp_path):
    """Seven tabs of one layout were seven single questions."""
    days = ["Lun", "Mar", "Mer", "Gio", "Ven", "Sab", "Dom"]
    tabs = {
        f"Sett {week}": [
            [f"Settimana {week} - dal {3 + 7 * week:02d}/02/2025"],
            ["Atleta", *days, "Tot"],
            ["Rossi Giulia", None, "10", "riposo", "8,5", None, "6", "16", "40,5"],
        ]
        for week in range(3)
    }
    parsed = files.read(files.workbook(tmp_path / "Allenamenti.xlsx", tabs))
    (question,) = parsed.account.questions
    answered = files.read(
        tmp_path / "Allenamenti.xlsx", sheets={"Allenamenti.xlsx": {"kind": question.proposal}}
    )
    assert not answered.account.questions
    km = [km for (km,) in files.told(answered, "sessions", "distance_km")]
    assert km == [10.0, 8.5, 6.0, 16.0] * 3


@pytest.mark.parametrize(
    "heading", ["Alumno/a", "Student", "Schülerin", "Élève", "Aluno", "Leerling", "Elev"]
)
def test_pupils_are_people(tmp_path, heading):
    rows = [["Date", heading, "Km"], ["2025-03-03", "Ann Lee", 8], ["2025-03-03", "Bo Ek", 9]]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert {one for (one,) in files.told(parsed, "sessions", "athlete")} == {"Ann Lee", "Bo Ek"}
