"""Diaries and forms as clubs write them: a tab a month, Borg's scale, weeks for days, questions."""

import pytest

from ingest.injuries.severity_words import says
from ingest.readers.activity.sport_names import activity
from ingest.readers.sheets.words.headings import meaning_of
from ingest.records.owner import OWNER_OF_FILE
from tests.ingest.sheets import sheet_files as files
from tests.ingest.sheets.old_excel import old_workbook

DIARY = [
    ["Date", "Séance", "Durée", "Distance (km)", "D+ (m)"],
    ["2025-11-02", "Footing", "45 min", 7.5, 120],
    ["2025-11-03", "Repos", None, None, None],
    ["2025-11-04", "Seuil", "1h05", 12, 80],
]


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("Läufer/in", "athlete"), ("Athlet*innen", "athlete"), ("Sportler:in", "athlete"),
        ("Corredor/a", "athlete"), ("Coureur·se", "athlete"), ("Corridore/trice", "athlete"),
        ("Vad heter du?", "athlete"), ("Hva heter du?", "athlete"), ("Hoe heet je?", "athlete"),
        ("Comment t'appelles-tu ?", "athlete"), ("Como te chamas?", "athlete"),
        ("Skadad den", "onset"), ("Frånvaro dagar", "days_lost"),
        ("Si oui, où ?", "pain_place"), ("If yes, where?", "pain_place"),
        ("Hvis ja, hvor?", "pain_place"), ("Wenn ja, wo?", "pain_place"),
        ("How do your legs feel? (1 = trashed, 5 = fresh)", "soreness"),
        ("D+ (m)", "ascent_m"), ("Denivelé positif", "ascent_m"),
    ],
)  # fmt: skip
def test_headings_of_clubs_nobody_had_shown(heading, concept):
    assert meaning_of(heading).concept == concept


@pytest.mark.parametrize(
    "name",
    ["OL-träning", "Orientering", "Orienteering", "Löpintervaller", "Laufintervalle", "løbetur",
     "Looptraining", "Fell run", "Course d'orientation"],
)  # fmt: skip
def test_sessions_on_foot_are_runs(name):
    assert activity(name).sport == "run"


@pytest.mark.parametrize("name", ["Rullskidor", "Längdskidåkning", "Laufrad fahren"])
def test_other_sports_stay_other(name):
    assert activity(name).sport != "run"


@pytest.mark.parametrize("words", ["mono", "strep throat", "forkylning, feber", "drusenfieber"])
def test_an_illness_is_no_injury(words):
    assert says(words, "illness")


def test_tabs_of_months_are_one_persons_and_rest_is_no_fault(tmp_path):
    tabs = {"Octobre": DIARY, "Novembre": DIARY}
    parsed = files.read(files.workbook(tmp_path / "Carnet Inès Faure.xlsx", tabs))
    assert set(parsed.records["sessions"]["athlete"]) == {OWNER_OF_FILE}
    assert parsed.account.rejected == 0
    assert parsed.records["sessions"]["ascent_m"].tolist() == [120, 80, 120, 80]


def test_tabs_of_people_stay_people(tmp_path):
    tabs = {"Ann Lee": DIARY, "April": DIARY}
    parsed = files.read(files.workbook(tmp_path / "Diaries.xlsx", tabs))
    assert set(parsed.records["sessions"]["athlete"]) == {"Ann Lee", "April"}


@pytest.mark.parametrize(
    ("heading", "answers", "rpe"),
    [
        ("Borg (6-20)", [6, 13, 20], [0, 5, 10]),
        ("Ansträngning Borg", [9, 13, 17], [30 / 14, 5, 110 / 14]),
        ("RPE (1-5)", [1, 3, 5], [0, 5, 10]),
        ("RPE", [2, 7, 10], [2, 7, 10]),
        ("RPE (0-10)", [2, 7, 15], [None] * 3),
        ("RPE", [2, 7, 15], [None] * 3),
    ],
)
def test_exertion_on_other_scales(tmp_path, heading, answers, rpe):
    rows = [["Date", "Name", "Minutes", heading]]
    rows += [[f"2025-01-0{at}", "Ann", 40, one] for at, one in enumerate(answers, start=1)]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    told = [one for (one,) in files.told(parsed, "sessions", "rpe")]
    assert told == [None if one is None else pytest.approx(one, abs=1e-4) for one in rpe]


def test_a_week_in_place_of_a_day_is_its_monday(tmp_path):
    rows = [["Namn", "Skadad den", "Skada", "Frisk igen"], ["Erik", "v. 36", "knä", "v. 39"]]
    parsed = files.read(files.workbook(tmp_path / "Skador 2025.xlsx", {"Skador": rows}))
    told = files.told(parsed, "injuries", "onset_date", "return_date")
    assert told == [("2025-09-01", "2025-09-22")]
    assert parsed.account.repairs["onset_of_a_week_monday_taken"] == 1


_H2 = ("Full participation, but with a health problem", "Reduced participation due to a problem",
       "Could not participate due to a problem")  # fmt: skip


@pytest.mark.parametrize(
    ("volume", "answers", "points"),
    [
        ("To what extent did you modify your training?", (_H2[1], "To a major extent",
         "To a moderate extent", "To a severe extent"), (17, 25, 17, 25)),
        ("To what extent have you reduced your training volume?", (_H2[1], "To a major extent",
         "To a major extent", "To a moderate extent"), (17, 19, 19, 17)),
        ("To what extent did you modify your training?", (_H2[0], "To a minor extent",
         "To a minor extent", "To a mild extent"), (8, 8, 8, 8)),
        ("To what extent have you reduced your training volume?", (_H2[2], "Cannot participate",
         "Cannot participate", "To a severe extent"), (25, 25, 25, 25)),
    ],
)  # fmt: skip
def test_words_of_both_editions_of_the_ostrc_questionnaire(tmp_path, volume, answers, points):
    rows = [
        ["Date", "Name", "Any difficulty participating due to health problems?", volume,
         "To what extent have health problems affected performance?",
         "To what extent have you experienced symptoms?", "Which part of the body?"],
        ["2025-03-09", "Ann Lee", *answers, "left calf"],
    ]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "health.csv", rows))
    columns = ("participation", "volume", "performance", "symptoms", "region")
    assert files.told(parsed, "ostrc", *columns) == [(*map(float, points), "lower_leg")]


def test_a_number_of_pain_beside_yes_and_no(tmp_path):
    rows = [
        ["Fecha", "Nombre", "¿Tienes alguna molestia?", "¿Dónde?", "¿Cuánto te molesta? (0-10)"],
        ["2025-03-13", "Ann Lee", "Sí", "rodilla izquierda", 4],
        ["2025-03-14", "Ann Lee", "No", "", ""],
    ]
    parsed = files.read(files.table(tmp_path / "encuesta.csv", rows))
    assert files.told(parsed, "pain", "pain_0_10", "region", "side") == [
        (4.0, "knee", "left"),
        (0.0, "unknown", None),
    ]


def test_a_workbook_of_old_excel_is_read_like_any(tmp_path):
    rows = [
        ["Naam", "Datum blessure", "Blessure", "Weer fit"],
        ["Ann Lee", "2025-03-03", "knie links", "2025-03-20"],
        ["Bo Ek", "2025-02-01", "achillespees", None],
    ]
    week = [["Week", "Ann Lee", "Bo Ek"], ["2025-03-03", 42, 30.5], ["2025-03-10", 38, "ziek"]]
    path = old_workbook(tmp_path / "club.xls", {"Blessures": rows, "Km per week": week})
    parsed = files.read(path)
    assert files.told(parsed, "injuries", "athlete", "onset_date", "return_date", "region") == [
        ("Ann Lee", "2025-03-03", "2025-03-20", "knee"),
        ("Bo Ek", "2025-02-01", None, "achilles"),
    ]
    km = files.told(parsed, "weekly_km", "athlete", "week_start", "km")
    assert sorted(one for one in km if one[2] is not None) == [
        ("Ann Lee", "2025-03-03", 42.0),
        ("Ann Lee", "2025-03-10", 38.0),
        ("Bo Ek", "2025-03-03", 30.5),
    ]


def test_a_session_of_a_name_of_ones_own_is_a_run_at_a_runners_pace(tmp_path):
    rows = [
        ["Date", "Name", "Session", "Km", "Minutes"],
        ["2025-01-06", "Ann", "Grossmugl", 10, 55],
        ["2025-01-07", "Ann", "Grossmugl", 30, 60],
        ["2025-01-08", "Ann", "Grossmugl", 5, 60],
        ["2025-01-09", "Ann", "Grossmugl", None, 60],
        ["2025-01-10", "Ann", "Rollerski", 12, 60],
    ]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    sports = [one for (one,) in files.told(parsed, "sessions", "sport")]
    assert sports == ["run", "other", "other", "other", "other"]
    assert parsed.account.repairs["sport_by_its_pace_run_taken"] == 1


def test_hours_of_a_week_that_nothing_uses_are_told(tmp_path):
    rows = [["Timestamp", "Name", "Sleep quality (1 = bad, 10 = good)", "Hours trained this week"],
            ["2025-10-05 20:05:00", "Ann Lee", 7, 6]]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert "Hours trained this week" in " ".join(one.what for one in parsed.account.unread)


def test_a_column_of_days_out_is_no_day_of_injury(tmp_path):
    """Spanish "Baja" may be the day on which somebody stops, or for how long."""
    rows = [["REGISTRO DE LESIONES 2025"],
            ["Fecha", "Nombre y apellidos", "Lesión", "Lado", "Baja (días)", "Observaciones"],
            ["17/02/2025", "Juan Pérez", "Tendinopatía rotuliana", "izq", 20, ""],
            ["20/03/2025", "Pilar Ruiz", "Rotura fibrilar gemelo", "dcha", None, "sigue de baja"],
            ["31/03/2025", "Ana Gil", "Molestias rodilla", "D", 0, "entrena normal"]]  # fmt: skip
    parsed = files.read(files.workbook(tmp_path / "Lesiones.xlsx", {"2025": rows}))
    found = files.told(parsed, "injuries", "athlete", "onset_date", "region")
    assert found == [
        ("Juan Pérez", "2025-02-17", "knee"), ("Pilar Ruiz", "2025-03-20", "lower_leg"),
        ("Ana Gil", "2025-03-31", "knee"),
    ]  # fmt: skip


PHYSIO = """Suivi kiné - saison 2024/2025;;;
;;;
Coureur;Vu le;Problème;Conduite à tenir
Luc L.;le 12 mars 2025;Syndrome rotulien gauche;Arrêt 2 semaines
Zoé;25/03/25;douleur mollet D;reprise progressive
M. Béranger;20 janv. 2025;entorse cheville droite;arrêt 3 sem., reprise le 10/02/2025
"""


def test_a_physiotherapists_list_is_a_list_of_injuries(tmp_path):
    path = tmp_path / "Suivi kiné.csv"
    path.write_bytes(PHYSIO.encode("cp1252"))
    columns = ("athlete", "onset_date", "return_date", "region", "side")
    assert files.told(files.read(path), "injuries", *columns) == [
        ("Luc L.", "2025-03-12", "2025-03-26", "knee", "left"),
        ("Zoé", "2025-03-25", None, "lower_leg", "right"),
        ("M. Béranger", "2025-01-20", "2025-02-10", "ankle", "right"),
    ]


def test_whose_a_sheet_without_names_is_is_asked_where_its_name_may_tell(tmp_path):
    """It was refused, and told only by its columns."""
    rows = [["Semaine du", "Km"], ["10/02/2025", 35], ["17/02/2025", 38]]
    parsed = files.read(files.table(tmp_path / "Maelle suivi.csv", rows, ";"))
    assert set(parsed.records["weekly_km"]["athlete"]) == {OWNER_OF_FILE}


def test_dots_part_hours_minutes_and_seconds_where_a_length_is_told(tmp_path):
    rows = [
        ["Dato", "Navn", "Km", "Tid"],
        ["05-01-2025", "Mette Kjær", "10,2", "0.58.30"],
        ["14-01-2025", "Mette Kjær", "21,1", "1.55.06"],
    ]
    parsed = files.read(files.table(tmp_path / "log.csv", rows, ";"))
    assert files.told(parsed, "sessions", "distance_km", "duration_min") == [
        (10.2, 58.5),
        (21.1, 115.1),
    ]


def test_a_list_of_members_with_the_day_they_joined_is_no_form(tmp_path):
    rows = [
        ["Fornavn", "Efternavn", "Fødselsdato", "Vægt (kg)", "Indmeldt"],
        ["Mette", "Kjær", "1990-05-03", 58, "2019-08-01"],
        ["Rasmus", "Bæk", "1992-07-01", 71, "2021-02-01"],
    ]
    parsed = files.read(files.workbook(tmp_path / "Medlemmer.xlsx", {"Ark1": rows}))
    assert list(parsed.records) == ["members", "profiles"]
    assert not parsed.account.questions


def test_a_sport_beside_the_minutes_is_no_run(tmp_path):
    rows = [
        ["Date", "Ann Lee", "Bo Ray"],
        ["2025-02-03", "45", "60 min easy"],
        ["2025-02-14", "50", "30 bike"],
        ["2025-02-15", "40 swim", "1h10"],
    ]
    parsed = files.read(files.table(tmp_path / "Minutes run.csv", rows, ";"))
    assert sorted(files.told(parsed, "sessions", "athlete", "sport", "duration_min")) == [
        ("Ann Lee", "run", 45.0), ("Ann Lee", "run", 50.0), ("Ann Lee", "swim", 40.0),
        ("Bo Ray", "ride", 30.0), ("Bo Ray", "run", 60.0), ("Bo Ray", "run", 70.0),
    ]  # fmt: skip
    assert parsed.account.repairs["sport_not_told_run_taken"] == 4


def test_what_belongs_to_a_run_makes_no_other_sport_of_it(tmp_path):
    rows = [
        ["Date", "Name", "km"],
        ["2025-02-03", "Ann Lee", "8 km easy + strength"],
        ["2025-02-04", "Ann Lee", "7 (walk breaks)"],
        ["2025-02-05", "Ann Lee", "9 km, gym"],
        ["2025-02-06", "Ann Lee", "30 bike"],
    ]
    parsed = files.read(files.table(tmp_path / "diary.csv", rows, ";"))
    assert files.told(parsed, "sessions", "sport", "distance_km") == [
        ("run", 8.0), ("run", 7.0), ("run", 9.0), ("ride", 30.0),
    ]  # fmt: skip


def test_several_weeks_below_each_other_are_each_dated_by_their_title(tmp_path):
    days = ["Name", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    rows = [
        ["Week commencing 24/02/2025"], days, ["Ann", "8 km", "", "", "", "", "", "18 km"],
        ["Bo", "", "7 km"], [],
        ["Week commencing 03/03/2025"], [], days, ["Ann", "", "9 km"], ["Bo", "10 km"],
        ["w/c 10 March 2025"], days, ["Ann", "", "", "5 km"],
    ]  # fmt: skip
    wide = [row + [""] * (8 - len(row)) for row in rows]
    parsed = files.read(files.table(tmp_path / "log.csv", wide))
    assert sorted(files.told(parsed, "sessions", "athlete", "local_date", "distance_km")) == [
        ("Ann", "2025-02-24", 8.0),
        ("Ann", "2025-03-02", 18.0),
        ("Ann", "2025-03-04", 9.0),
        ("Ann", "2025-03-12", 5.0),
        ("Bo", "2025-02-25", 7.0),
        ("Bo", "2025-03-03", 10.0),
    ]
