"""A list of members says whom a number, an address or a nickname means."""

import datetime as dt

import pandas as pd
import pytest

from ingest.people.decision import LISTED, Roster, decide_people
from ingest.people.members import members_in
from ingest.people.owners import Owners
from ingest.readers.sheets.words.person_names import NAME_COLUMNS, person_names
from ingest.setup.examine import examine
from tests.ingest.people.people_cases import athletes, named, places
from tests.ingest.sheets.sheet_files import read, table, told, workbook

LIST = pd.DataFrame(
    [("Sanne de Vries", "4711"), ("Sanne de Vries", "sanne@club.nl"), ("Pieter Meer", "4712"),
     ("Filippo Rossi", "Pippo"), ("Ale Conti", "9"), ("Ada Conti", "9")],
    columns=["athlete", "key"],
)  # fmt: skip


def decided(sources=(), names=None, roster=None):
    roster = roster or {}
    in_sheets = names or named(())
    known = members_in({"members": LIST}, roster)
    owners = Owners(places(sources), known, in_sheets.names).by_source
    return decide_people(owners, in_sheets, Roster(roster), known)


def test_numbers_addresses_and_nicknames_are_their_members():
    found = decided(names=named(["4711", "sanne@club.nl", "Pippo", "4712"]))
    assert found.proposed == {
        "4711": "Sanne de Vries", "sanne@club.nl": "Sanne de Vries", "Pippo": "Filippo Rossi",
        "4712": "Pieter Meer",
    }  # fmt: skip
    # One question introduces each athlete, so that an answer finds somebody to be kept under.
    people = {question.rows[0] for question in found.questions if question.kind == "person"}
    assert len(people) == 3
    assert {
        question.proposal for question in found.questions if question.kind == "person"
    } == athletes(found)
    assert {question.reason for question in found.questions} == {LISTED}


def test_a_number_that_is_not_in_the_list_or_two_members_share_is_asked_about():
    found = decided(names=named(["4713", "9"]))
    assert not athletes(found)
    assert [question.safe for question in found.questions] == [False, False]


def test_nobody_is_an_athlete_for_standing_in_the_list():
    assert athletes(decided(names=named(["4711"]))) == {"Sanne de Vries"}


@pytest.mark.parametrize(
    "source",
    ["Watches/4711/activities.csv", "4711.zip!activities.csv", "4711_a.csv", "export 4711.csv"],
)
def test_folders_archives_and_files_may_be_called_by_a_number(source):
    assert athletes(decided([source, "Watches/4712/activities.csv"])) == {
        "Sanne de Vries", "Pieter Meer"
    }  # fmt: skip


def test_a_folder_of_a_month_is_no_members_number():
    owners = Owners(places(["Ann Lee/9/a.fit"]), {"Ada Conti": ("9",)}).by_source
    assert owners == {"Ann Lee/9/a.fit": "Ann Lee"}


def test_the_roster_keeps_its_spelling_of_a_member():
    found = decided(names=named(["4711"]), roster={"De Vries, Sanne": ()})
    assert found.settled == {"4711": "De Vries, Sanne"}


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"athlete": "Dupont", "first_name": "Luc"}, "Luc Dupont"),
        ({"athlete": "Luc", "last_name": "Dupont"}, "Luc Dupont"),
        ({"athlete": "Luc Dupont", "last_name": "Dupont"}, "Luc Dupont"),
        ({"athlete": "Luc Dupont", "first_name": "Luc", "last_name": "Dupont"}, "Luc Dupont"),
        ({"first_name": "Jan", "name_particle": "van", "last_name": "Dam"}, "Jan van Dam"),
        ({"first_name": "Eva", "last_name": "Gil", "second_last_name": "Mas"}, "Eva Gil Mas"),
        ({"first_name": "Ali", "last_name": "Ali"}, "Ali"),
        ({"athlete": "Ann", "nickname": "Annie", "email": "a@b.org"}, "Ann"),
        ({"nickname": "Annie", "email": "a@b.org", "member_no": "7"}, "Annie"),
        ({"email": "anonymous", "member_no": "7.0"}, "7"),
        ({"member_no": "1.05"}, "1.05"),
        ({"nickname": "Jan", "name_particle": "de", "last_name": "Vries"}, "Jan de Vries"),
        ({"nickname": "Annie", "first_name": "Ann", "last_name": "Lee"}, "Ann Lee"),
        ({"athlete": "A07", "first_name": "Luc"}, "A07"),
        ({"athlete": "Anoniem"}, ""),
        ({}, ""),
    ],
)
def test_a_name_is_put_together_from_its_columns(row, name):
    assert person_names(lambda concept: [row.get(concept, "")]) == [name]
    assert set(row) <= set(NAME_COLUMNS)


@pytest.mark.parametrize(
    "headings",
    [("Nom", "Prénom"), ("Name", "Vorname"), ("Cognome", "Nome"), ("Apellidos", "Nombre"),
     ("Surname", "Name"), ("Etternavn", "Navn"), ("Achternaam", "Roepnaam"),
     ("Nachname", "Rufname"), ("Efternamn", "Tilltalsnamn"), ("Last name", "Preferred name")],
)  # fmt: skip
def test_siblings_stay_two_whatever_their_columns_are_called(tmp_path, headings):
    """Of "Dupont, Luc" and "Dupont, Zoé" the last name alone made one athlete."""
    rows = [[*headings, "Date", "Km", "RPE"], ["Dupont", "Luc", "2025-03-13", 8, 4],
            ["Dupont", "Zoé", "2025-03-14", 9, 4]]  # fmt: skip
    parsed = read(table(tmp_path / "log.csv", rows))
    assert told(parsed, "sessions", "athlete") == [("Luc Dupont",), ("Zoé Dupont",)]


def test_parts_of_names_are_put_together_where_weeks_stand_across(tmp_path):
    rows = [["Km per week"], ["Nom", "Prénom", "2025-03-03", "2025-03-10", "2025-03-17"],
            ["Dupont", "Luc", 30, 31, 32], ["Dupont", "Zoé", 40, 41, 42]]  # fmt: skip
    parsed = read(table(tmp_path / "km.csv", rows))
    assert {name for (name,) in told(parsed, "weekly_km", "athlete")} == {
        "Luc Dupont", "Zoé Dupont"
    }  # fmt: skip


def test_a_list_of_members_is_read_as_one_and_holds_no_training(tmp_path):
    rows = [["Lidnr", "Voornaam", "Tussenvoegsel", "Achternaam", "Geb.datum", "E-mail",
             "Lid sinds"],
            [4711, "Sanne", "de", "Vries", "1990-03-10", "s@club.nl", "2019-09-01"],
            [4712, "Joost", "", "Bakker", "1991-03-10", "", "2019-09-01"]]  # fmt: skip
    parsed = read(table(tmp_path / "leden.csv", rows, ";"))
    assert parsed.account.kind == "sheet_members"
    assert told(parsed, "members", "athlete", "key") == [
        ("Sanne de Vries", "s@club.nl"), ("Sanne de Vries", "4711"), ("Joost Bakker", "4712"),
    ]  # fmt: skip
    assert set(parsed.records) == {"members", "profiles"}
    assert told(parsed, "profiles", "member", "birth_year") == [
        ("Sanne de Vries", 1990.0), ("Joost Bakker", 1991.0),
    ]  # fmt: skip


def test_somebody_to_call_is_no_contact_time(tmp_path):
    """A list of members with emergency contacts was read as gait values."""
    rows = [["Shirt No", "First Name", "Surname", "Known as", "Emergency contact"],
            [7, "Elizabeth", "Harmon", "Liz", "07700 900"]]  # fmt: skip
    parsed = read(table(tmp_path / "squad.csv", rows))
    assert told(parsed, "members", "athlete", "key") == [
        ("Elizabeth Harmon", "Liz"), ("Elizabeth Harmon", "7")
    ]  # fmt: skip


def test_members_of_one_last_name_are_told_by_what_they_are_called(tmp_path):
    rows = [["Lidnr", "Roepnaam", "Tussenvoegsel", "Achternaam"],
            [4711, "Sanne", "de", "Vries"], [4712, "Joost", "de", "Vries"]]  # fmt: skip
    members = told(read(table(tmp_path / "leden.csv", rows, ";")), "members", "athlete", "key")
    assert ("Sanne de Vries", "4711") in members
    assert ("Joost de Vries", "4712") in members


def test_kilometres_in_a_list_of_members_are_told(tmp_path):
    rows = [["Name", "Nickname", "Km"], ["Ann Lee", "Annie", 8], ["Bo Ek", "Bobo", 5]]
    parsed = read(table(tmp_path / "list.csv", rows))
    assert [part.what for part in parsed.account.unread] == ["columns Km"]


def test_names_without_a_heading_go_before_members_numbers(tmp_path):
    rows = [["", "Startnr", "Datum", "km"], ["Ann Lee", 17, "2025-03-03", 8],
            ["Bo Ek", 18, "2025-03-04", 9]]  # fmt: skip
    parsed = read(table(tmp_path / "list.csv", rows))
    assert told(parsed, "sessions", "athlete") == [("Ann Lee",), ("Bo Ek",)]


def test_injuries_in_the_remarks_on_members_are_told_as_not_read(tmp_path):
    """A squad list with years of birth was a list of members, and its remarks nobody's news."""
    rows = [["Name", "Jahrgang", "Bemerkung"], ["Ann Lee", "1999", "Wade links"]]
    (part,) = read(table(tmp_path / "Kader 2025-03-10.csv", rows)).account.unread
    assert part.what == "columns Bemerkung"
    assert "Wade" not in part.why
    harmless = [rows[0], ["Ann Lee", "1999", "Kassenwartin"]]
    assert not read(table(tmp_path / "Kader 2025-03-10.csv", harmless)).account.unread


@pytest.mark.parametrize(
    "members",
    ["Member no,First name,Last name,Former name\n12,Kate,Thompson,Miller\n13,Ben,Ford,\n",
     "Name,Former name\nKate Thompson,Miller\nBen Ford,-\n"],
)  # fmt: skip
def test_a_former_name_of_the_list_of_members_means_who_has_another_now(tmp_path, members):
    """Kate Miller was silent, and Kate Thompson new, from the day of the wedding on."""
    log = "Date,Name,Distance (km)\n2026-09-01,Kate Miller,10\n2026-09-20,Kate Thompson,10\n"
    (tmp_path / "log.csv").write_text(log, encoding="utf-8")
    (tmp_path / "members.csv").write_text(members, encoding="utf-8")
    result = examine(tmp_path, today=dt.date(2026, 10, 1)).result
    assert set(result.names) == {"Kate Thompson"}
    assert len(result.tables["sessions"]) == 2


def test_tabs_that_are_called_by_people_are_two_people_side_by_side(tmp_path):
    """Jon Smith was proposed as a spelling of John Smith, who has a tab and runs of his own."""
    rows = [["Date", "Km"], *([f"2026-09-{day:02d}", day] for day in range(1, 20))]
    workbook(tmp_path / "diaries.xlsx", {"Jon Smith": rows, "John Smith": rows[:9]})
    people = examine(tmp_path, today=dt.date(2026, 10, 1)).result.people
    (question,) = (asked for asked in people.questions if not asked.safe)
    assert question.proposal == "new"
