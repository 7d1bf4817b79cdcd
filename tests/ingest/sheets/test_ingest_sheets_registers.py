"""Lists of injuries and absences as clubs keep them."""

import pytest

from ingest.injuries.settle import settle
from ingest.readers.base import FileRefused
from tests.ingest.sheets import sheet_files as files


def test_a_register_in_german_free_text(tmp_path):
    rows = [
        ["Datum", "Wer", "Was", "Bemerkung / wieder fit"],
        ["2.12.2019", "A. Lee", "Läuferknie rechts (ITBS)", "4 Wochen, am 30.12. wieder Training"],
        ["20.01.2020", "Sofia", "Schienbein li., V.a. Stressfraktur", "offen!! MRT am 3.2."],
        ["?", "Lars", "Rücken", "immer mal wieder"],
        ["11.11.19", "Tom F.", "Sprunggelenk links umgeknikt", "wieder dabei seit 25.11."],
    ]
    parsed = files.read(files.workbook(tmp_path / "Verletztenliste.xlsx", {"Verletzte": rows}))
    columns = ("athlete", "onset_date", "return_date", "region", "side")
    assert files.told(parsed, "injuries", *columns) == [
        ("A. Lee", "2019-12-02", "2019-12-30", "knee", "right"),
        ("Sofia", "2020-01-20", None, "lower_leg", "left"),
        ("Tom F.", "2019-11-11", "2019-11-25", "ankle", "left"),
    ]
    (reject,) = parsed.account.rejects.itertuples()
    assert (reject.record, reject.athlete) == ("4", "Lars")
    assert reject.reason.startswith("no_day")
    assert "'? | … | Rücken | immer mal wieder'" in reject.sentence


def test_codes_days_lost_and_a_region_that_nobody_told(tmp_path):
    rows = [
        ["date_injured", "athlete", "OSIICS", "what happened", "side", "days lost"],
        # A code alone tells the region; 17 days from 3 January end on the 20th.
        ["2025-01-03", "Ann", "KJP", "", "left", 17],
        ["2025-02-03", "Tom", "", "felt a pop", "", ""],
    ]
    parsed = files.read(files.table(tmp_path / "injuries.csv", rows))
    assert files.told(parsed, "injuries", "onset_date", "return_date", "region", "side") == [
        ("2025-01-03", "2025-01-20", "knee", "left"),
        ("2025-02-03", None, "unknown", None),
    ]
    assert parsed.account.repairs["region_not_told"] == 1


def test_sides_in_the_letters_of_a_language(tmp_path):
    rows = [
        ["Nom", "Blessé le", "Blessure", "Côté"],
        # G is gauche and D droite; in German D would be nothing.
        ["Ann", "13/02/2025", "tendinite rotulienne", "G"],
        ["José", "14/02/2025", "entorse cheville", "D"],
    ]
    parsed = files.read(files.table(tmp_path / "blessures.csv", rows))
    assert files.told(parsed, "injuries", "region", "side") == [
        ("knee", "left"),
        ("ankle", "right"),
    ]


def test_problems_without_a_side_have_none(tmp_path):
    answers = files.read(
        files.table(
            tmp_path / "ostrc.csv",
            [
                ["Date", "Name", "OSTRC Q1", "OSTRC Q2", "OSTRC Q3", "OSTRC Q4", "Where"],
                ["2025-03-09", "Ann", 25, 25, 25, 25, "knee"],
            ],
        )
    ).records["ostrc"]
    injuries = settle({"ostrc": answers}, files.LAST_DAY).injuries
    assert injuries["side"].isna().all()
    assert injuries["region"].tolist() == ["knee"]


def test_an_absence_with_its_own_unit_is_no_training(tmp_path):
    rows = [
        ["Athlete", "When", "Injury", "Side", "Time out", "Status"],
        ["Ann Lee", "Jan 6, 2025", "Calf strain", "L", "3 wks", "back"],
        ["Bo Ek", "13 Feb 2025", "Stress fracture tibia", "R", "", "still out"],
        ["Cy Oh", "13 Feb 2025", "Sprained ankle", "R", "10", ""],
    ]
    parsed = files.read(files.table(tmp_path / "Injury log.csv", rows))
    assert "sessions" not in parsed.records
    assert files.told(parsed, "injuries", "onset_date", "return_date", "region") == [
        # "3 wks" has its own unit; the bare 10 below is in days.
        ("2025-01-06", "2025-01-27", "lower_leg"),
        ("2025-02-13", None, "lower_leg"),
        ("2025-02-13", "2025-02-23", "ankle"),
    ]


@pytest.mark.parametrize(
    "headings",
    [("Nom", "Vu le", "Blessé le", "Région"), ("Nombre", "Visto el", "Lesionado el", "Zona"),
     ("Name", "Gesehen am", "Verletzt am", "Region"), ("Name", "Seen on", "Injured on", "Region")],
)  # fmt: skip
def test_the_day_of_an_injury_goes_before_the_day_it_was_seen(tmp_path, headings):
    rows = [headings, ["Ann Lee", "2025-03-20", "2025-03-13", "knee"]]
    for columns in (rows, [[row[0], row[2], row[1], row[3]] for row in rows]):
        parsed = files.read(files.table(tmp_path / "list.csv", columns))
        assert files.told(parsed, "injuries", "onset_date") == [("2025-03-13",)]


def test_fecha_de_alta_ends_an_injury(tmp_path):
    rows = [["Nombre", "Lesión", "Fecha de baja", "Fecha de alta"],
            ["Ana Gil", "rodilla", "2025-03-03", "2025-03-20"]]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "lesiones.csv", rows))
    assert files.told(parsed, "injuries", "onset_date", "return_date") == [
        ("2025-03-03", "2025-03-20")
    ]


def test_days_of_injury_written_as_numbers_are_no_days_out(tmp_path):
    rows = [["Name", "Verletzt am", "Region"],
            *[["Ann Lee", f"{day}.3", "Knie"] for day in (24, 3, 12)]]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "Verletzungen 2024.csv", rows, ";"))
    onsets = {onset for (onset,) in files.told(parsed, "injuries", "onset_date")}
    assert onsets == {"2024-03-03", "2024-03-12", "2024-03-24"}


def test_a_list_of_who_is_available_tells_the_hurt_from_those_on_holiday(tmp_path):
    rows = [
        ["Player", "Status", "Since", "Reason", "Expected return"],
        ["Ann", "Out", "2025-03-01", "Hamstring L", "2025-03-21"],
        ["Bo", "Available", "", "", ""],
        ["Cy", "Modified", "2025-02-20", "patellar tendinopathy", ""],
        # Both are out: only the reason tells who is hurt.
        ["Di", "Out", "2025-03-02", "holiday", ""],
        ["Ed", "Out", "2025-03-02", "fell at work", ""],
    ]
    parsed = files.read(files.table(tmp_path / "Availability.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date", "region") == [
        ("Ann", "2025-03-01", "thigh"),
        ("Cy", "2025-02-20", "knee"),
        ("Ed", "2025-03-02", "unknown"),
    ]
    assert list(parsed.account.rejects["reason"]) == ["no_injury", "no_injury"]


def test_a_list_of_absences_without_a_part_of_the_body_is_no_register(tmp_path):
    rows = [
        ["Name", "Von", "Bis", "Grund"],
        ["Ann", "01.03.2025", "21.03.2025", "Urlaub"],
        ["Bo", "02.03.2025", "09.03.2025", "Klassenfahrt"],
    ]
    with pytest.raises(FileRefused, match="no reader knows"):
        files.read(files.table(tmp_path / "Abwesenheiten.csv", rows))


def test_a_question_mark_and_a_return_are_injuries_of_which_nobody_knows_more(tmp_path):
    rows = [
        ["Name", "Injury", "Date", "Return"],
        ["Ann Lee", "Achilles", "2025-03-01", ""],
        ["Bo Ray", "?", "2025-03-02", ""],
        ["Cy Orr", "-", "2025-03-03", "2025-03-13"],
        ["Di Elm", "-", "2025-03-04", ""],
    ]
    parsed = files.read(files.table(tmp_path / "injuries.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "region") == [
        ("Ann Lee", "achilles"), ("Bo Ray", "unknown"), ("Cy Orr", "unknown"),
    ]  # fmt: skip
    assert list(parsed.account.rejects["reason"]) == ["nothing_answered"]


@pytest.mark.parametrize(
    ("heading", "back"),
    [("Weeks out", "2025-03-22"), ("Days out (this week)", "2025-03-04"),
     ("Uker borte", "2025-03-22"), ("Wochen Pause", "2025-03-22")],
)  # fmt: skip
def test_days_and_weeks_out_are_told_by_what_the_heading_counts(tmp_path, heading, back):
    rows = [["Name", "Injury", "Date", heading], ["Ann Lee", "knee", "2025-03-01", 3]]
    parsed = files.read(files.table(tmp_path / "injuries.csv", rows))
    assert files.told(parsed, "injuries", "return_date") == [(back,)]


def test_an_onset_years_before_the_other_lines_is_asked_about_not_forgotten(tmp_path):
    rows = [
        ["Onset", "Name", "Injury", "Return"],
        # Ten years between onset and return: most likely a slip of one digit.
        ["2015-03-02", "Ann", "left knee", "2025-03-20"],
        ["2025-01-10", "Bo", "calf", "2025-01-30"],
        ["2025-02-03", "Cy", "hip", "2025-02-20"],
        ["2024-11-01", "Di", "shin splints", "open"],
    ]
    parsed = files.read(files.table(tmp_path / "injuries 2.csv", rows))
    assert [name for (name,) in files.told(parsed, "injuries", "athlete")] == ["Bo", "Cy", "Di"]
    (reject,) = parsed.account.rejects.itertuples()
    assert (reject.reason, reject.athlete) == ("unclear_onset_year", "Ann")
    rows[1][3] = "2015-04-20"
    old = files.read(files.table(tmp_path / "injuries 3.csv", rows))
    assert len(old.records["injuries"]) == 4


@pytest.mark.parametrize(
    ("heading", "back"),
    # Who is out up to the 31st runs again on the first.
    [("Last day out", "2025-02-01"), ("Letzter Ausfalltag", "2025-02-01"), ("Back", "2025-01-31")],
)
def test_the_day_after_the_last_day_out_is_the_return(tmp_path, heading, back):
    rows = [["Onset", "Name", "Injury", heading], ["2025-01-10", "Bo", "calf", "2025-01-31"]]
    parsed = files.read(files.table(tmp_path / "injuries.csv", rows))
    assert files.told(parsed, "injuries", "return_date") == [(back,)]


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Bo", "Bo: Rücken zwickt"), ("Bo Lee", "BO sagt: Rücken"), ("Ed", "Rücken (Ed)"),
        ("田中", "田中は Rücken"), ("Annika", "annika, Rücken"),
    ],
)  # fmt: skip
def test_no_name_however_short_stands_in_the_quote_of_a_refused_row(tmp_path, name, note):
    rows = [
        ["Datum", "Wer", "Was", "Bemerkung"],
        ["2.12.2019", "A. Lee", "Läuferknie rechts", ""],
        ["20.01.2020", "Sofia", "Schienbein links", ""],
        ["?", name, "Rücken", note],
    ]
    parsed = files.read(files.workbook(tmp_path / "Verletztenliste.xlsx", {"Verletzte": rows}))
    (reject,) = parsed.account.rejects.itertuples()
    quote = reject.sentence.casefold()
    assert not any(part.casefold() in quote for part in name.split())
    assert "Rücken" in reject.sentence
