"""Who is who: certain names are settled, the rest is proposed or asked about, never guessed."""

import pytest

from ingest.people.decision import SAME_RUNS, Roster, decide_people
from tests.ingest.people.people_cases import athletes, decided, named

FOLDERS = ["Ann Lee/a.fit", "Tom Baker/a.fit", "Tom Fischer/a.fit", "Jack Turner/a.fit"]
ROSTER = {"Ann Lee": ("Annie",), "Tom Baker": (), "Tom Fischer": (), "Jack Turner": ()}


def test_two_candidates_are_asked_about_with_the_one_who_is_left():
    found = decided(FOLDERS, named(["Tom", "Tom Baker", "Jack"]))
    assert found.proposed["Jack"] == "Jack Turner"
    assert "Tom" not in found.proposed
    (asked,) = [question for question in found.questions if not question.safe]
    assert (asked.rows, asked.proposal) == (("Tom",), "Tom Fischer")
    assert "Tom Baker" in asked.reason


def test_without_anybody_beside_it_nothing_is_proposed_for_two_candidates():
    found = decided(FOLDERS, named(["Tom"]))
    assert found.meant["Tom"] == ("Tom Baker", "Tom Fischer")
    (asked,) = [question for question in found.questions if not question.safe]
    assert asked.proposal == ""
    assert asked.choices == ("Tom Baker", "Tom Fischer", "new", "nobody")


def test_a_set_up_team_settles_spellings_and_asks_for_the_rest():
    found = decided(FOLDERS, named(["LEE, ann", "annie", "Jack T.", "Kwame"]), ROSTER)
    assert found.settled["LEE, ann"] == found.settled["annie"] == "Ann Lee"
    assert found.proposed == {"Jack T.": "Jack Turner", "Kwame": "Kwame"}
    assert {question.kind: question.safe for question in found.questions} == {
        "name": True,
        "person": True,
    }


@pytest.mark.parametrize("near", ["Anna Lee", "Ann Leen", "Jack Burner"])
def test_a_name_near_an_existing_one_is_no_new_athlete_by_default(near):
    found = decided(FOLDERS, named([near]), ROSTER)
    assert near not in athletes(found)
    (asked,) = found.questions
    assert not asked.safe


def test_spellings_of_one_name_are_asked_about_once():
    """Five spellings of somebody new beside a near name were five single questions."""
    beside = ["Anna Lee/a.fit", *FOLDERS]
    found = decided(beside, named(["Lee, Anna", "ANNA LEE", "anna lee"], "sheet.csv"))
    asked = [question for question in found.questions if not question.safe]
    assert len(asked) <= 1
    twice = decided(FOLDERS, named(["Jack Burner", "JACK BURNER", "Burner, Jack"]), ROSTER)
    (question,) = twice.questions
    assert question.rows == ("Burner, Jack",)


def test_a_last_name_behind_a_particle_is_no_short_form():
    found = decided(["Hélène van der Berg/a.fit", "Hélène Bergström/a.fit"])
    assert len(set(found.proposed.values())) == 2
    assert all(question.safe for question in found.questions)


def test_two_full_names_are_not_both_the_athlete_of_one_name():
    found = decided(["Tom/a.fit"], named(["Tom Baker", "Tom Fischer"], same_day=False))
    assert set(found.meant) == {"Tom Baker", "Tom Fischer"}


def test_a_group_in_brackets_makes_nobody_of_a_stranger():
    """ "María Kelly (U17)" alone in a sheet was asked about, for U17 is a group."""
    found = decided(FOLDERS, named(["María Kelly (U17)"]))
    assert found.proposed["María Kelly (U17)"] == "María Kelly (U17)"
    assert all(question.safe for question in found.questions)


def test_two_names_of_one_day_and_sheet_are_two_people():
    found = decided(["Ann Lee/a.fit"], named(["Ann Lee", "Ann"]))
    assert found.meant == {"Ann": ()}
    apart = decided(["Ann Lee/a.fit"], named(["Ann Lee", "Ann"], same_day=False))
    assert apart.proposed["Ann"] == "Ann Lee"


def test_who_is_nobody_of_the_team_is_asked_about_no_more():
    found = decided(FOLDERS, named(["Coach Kim"]), ROSTER, nobody=["coach kim"])
    assert found.settled["Coach Kim"] == ""
    assert found.questions == ()


def test_ids_stay_the_same_from_run_to_run():
    one = decided(FOLDERS, named(["Tom", "Kwame"]))
    two = decided([*FOLDERS, "Bo Ek/b.fit"], named(["Tom", "Kwame", "Bo"]))
    ids = {question.rows[0]: question.id for question in one.questions}
    again = {question.rows[0]: question.id for question in two.questions}
    assert {name: again[name] for name in ids} == ids


def test_what_sheets_add_to_a_folders_short_name_tells_further_spellings():
    """ "J.C. Pérez" was a new athlete beside the folder "Juan Carlos"."""
    names = ["Juan Carlos Pérez Gómez", "J.C. Pérez", "Pérez, J. C.", "Iñaki Etxeberria",
             "Etxeberria I."]  # fmt: skip
    found = decided(["Juan Carlos/a.fit", "Iñaki/a.fit"], named(names, same_day=False))
    assert {name: found.proposed[name] for name in names} == {
        "Juan Carlos Pérez Gómez": "Juan Carlos", "J.C. Pérez": "Juan Carlos",
        "Pérez, J. C.": "Juan Carlos", "Iñaki Etxeberria": "Iñaki", "Etxeberria I.": "Iñaki",
    }  # fmt: skip


def test_initials_of_a_folders_whole_name_are_asked_about_and_nobody_is_added():
    found = decided(["Juan Carlos/a.fit"], named(["J.C. Pérez"]))
    assert athletes(found) == {"Juan Carlos"}
    assert found.meant == {"J.C. Pérez": ("Juan Carlos",)}
    assert not next(
        question for question in found.questions if question.rows == ("J.C. Pérez",)
    ).safe


def test_two_long_names_of_one_short_folder_are_still_asked_about():
    found = decided(["Tom/a.fit"], named(["Tom Baker", "Tom Fischer", "T. Baker"], same_day=False))
    assert athletes(found) == {"Tom"}
    assert set(found.meant) >= {"Tom Baker", "Tom Fischer"}


def test_a_name_with_the_runs_of_a_folder_is_its_athletes_and_no_new_one():
    sources, names = ["Anna/a.fit", "Lena/a.fit"], named(["Müller"], same_day=False)
    owners = {"Anna/a.fit": "Anna", "Lena/a.fit": "Lena"}
    found = decide_people(owners, names, Roster(), None, {"Müller": "Anna"})
    assert found.proposed["Müller"] == "Anna"
    assert athletes(found) == {"Anna", "Lena"}
    assert {question.reason for question in found.questions if question.rows == ("Müller",)} == {
        SAME_RUNS
    }
    assert athletes(decided(sources, names)) == {"Anna", "Lena", "Müller"}


def test_a_question_names_the_sheet_that_lies_in_a_folder_and_a_persons_folder():
    found = decided(["Ann Lee/a.fit"], named(["Anna Lee"], "Trainer/strength test.xlsx"))
    files = {question.rows[0]: question.file for question in found.questions}
    assert files == {"Ann Lee": "Ann Lee/", "Anna Lee": "Trainer/strength test.xlsx"}


def test_a_name_with_the_runs_of_somebody_on_the_roster_is_proposed_with_the_reason():
    owners = {"Anna/a.fit": "Anna", "Lena/a.fit": "Lena"}
    roster = Roster({"Anna": (), "Lena": ()})
    found = decide_people(
        owners, named(["Müller"], same_day=False), roster, None, {"Müller": "Anna"}
    )
    assert "Müller" not in found.settled
    assert found.proposed == {"Müller": "Anna"}
    (asked,) = found.questions
    assert (asked.proposal, asked.reason, asked.safe) == ("Anna", SAME_RUNS, True)
