"""What a download adds to a name is no part of it; diaries are called by their owner."""

import pytest

from ingest.people.folder_words import is_nobody, is_period, without_export_words
from tests.ingest.people.people_cases import decided, named


@pytest.mark.parametrize(
    ("archive", "person"),
    [
        ("Chidi Okafor export_884422", "Chidi Okafor"),
        ("export Jordan Smith", "Jordan Smith"),
        ("Ida Ek polar-user-data-export_1c9e0a51-7be2-4d6f-9a3c-0f1e2d3c4b5a", "Ida Ek"),
        ("Takeout Ann Lee 20260301", "Ann Lee"),
        ("Jan Long", "Jan Long"),
        ("Athlete 7", "Athlete 7"),
        ("Race Hill", "Race Hill"),
    ],
)
def test_words_of_an_export_are_shed_and_names_stay(archive, person):
    assert without_export_words(archive) == person


def test_an_archive_and_a_sheet_are_one_person_under_the_plain_name():
    found = decided(["Chidi Okafor export_884422.zip!activities.csv"], named(["Okafor, Chidi"]))
    assert set(found.proposed.values()) == {"Chidi Okafor"}
    assert not found.meant


def test_next_weeks_export_has_another_number_and_is_nobody_new():
    found = decided(["Ann Lee export_99.zip!activities.csv"], roster={"Ann Lee": ()})
    assert found.settled == {"Ann Lee export_99": "Ann Lee"}


def test_two_spellings_in_sheets_hide_no_owner_behind_a_first_name():
    sheets = named(["INÊS TER HORST", "Inês ter Horst", "Inês"])
    found = decided(["Ines ter Horst workouts.csv"], sheets)
    assert set(found.owners.values()) == {"Ines ter Horst"}


@pytest.mark.parametrize("tab", ["Novembre", "Sept. 26", "KW 12", "2025", "März", "Oct"])
def test_a_period_is_nobody(tab):
    assert is_period(tab)


@pytest.mark.parametrize("tab", ["Ann", "April Lee", "Jan de Vries", "Sheet1"])
def test_a_person_is_no_period(tab):
    assert not is_period(tab)


@pytest.mark.parametrize("folder", ["Trainer", "Coach", "Entraîneur", "Entrenadora", "Tränare"])
def test_a_coachs_folder_is_no_athletes(folder):
    """Columns of two runners in it were nobody's, for the file counted as one athlete's."""
    assert is_nobody(folder)
    assert not is_nobody(f"{folder} Ann Lee")
