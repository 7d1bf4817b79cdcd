"""The owner of a file is the outermost folder or archive that is a person."""

import pytest

from ingest.people.folder_words import is_group, is_nobody, telling_part
from ingest.people.impossible import in_two_groups
from ingest.people.owners import FilePlace, Owners
from tests.ingest.people.people_cases import decided, named, places

BOTH = {"Ann Lee", "Bo Ek"}
FOLDERS = {
    "a person's folders inside": ["Ann Lee/fitbit/exercise.json", "Bo Ek/fitbit/exercise.json"],
    "archives": ["Ann Lee.zip!apple_health_export/export.xml",
                 "Bo Ek.zip!apple_health_export/export.xml"],
    "Garmin's account": ["Ann Lee/DI_CONNECT/DI-Connect-Fitness/x_summarizedActivities.json",
                         "Bo Ek.zip!DI_CONNECT/DI-Connect-Wellness/x_sleepData.json"],
    "Fitbit's account": ["Ann Lee/Takeout/Fitbit/Global Export Data/exercise-0.json",
                         "Bo Ek.zip!Takeout/Fitbit/Global Export Data/exercise-0.json"],
    "Strava's account": ["Ann Lee/export_12345678/activities.csv",
                         "Bo Ek.zip!activities/77.fit.gz"],
    "sources outside": ["Garmin/Ann Lee/a.fit", "Strava/Ann Lee/activities.csv",
                        "Garmin/Bo Ek/a.fit"],
    "days outside": ["2020-02-10/Ann Lee/a.fit", "2020-02-17/Ann Lee/a.fit", "KW08/Bo Ek/a.fit"],
    "groups outside": ["U18/Ann Lee/a.fit", "Gruppe Müller/Bo Ek/a.fit"],
    "unknown groups outside": ["Tigers/Ann Lee/a.fit", "Lions/Bo Ek/a.fit"],
    "one folder around all": ["North Side/Ann Lee/a.fit", "North Side/Bo Ek/a.fit"],
    "unknown words inside": ["Ann Lee/blub/a.fit", "Bo Ek/blub/a.fit"],
    "named files": ["Garmin_Ann Lee_2020-02.csv", "exports/Activities Bo Ek (2).csv"],
    "files beside folders": ["Ann Lee/activities.csv", "Bo Ek.csv"],
    "other spellings": ["2020-02-10/Ann Lee/a.fit", "2020-02-17/lee_ann/a.fit",
                        "2020-02-24/A. Lee/a.fit", "Bo Ek/b.fit"],
}  # fmt: skip


@pytest.mark.parametrize("habit", FOLDERS)
def test_every_habit_of_folders_gives_the_same_two_people(habit):
    found = decided(FOLDERS[habit])
    assert set(found.proposed.values()) == BOTH
    assert all(found.owners.values())
    assert [question for question in found.questions if not question.safe] == []


def test_single_names_in_groups_are_told_by_their_lists():
    found = decided(["Tigers/Ann/activities.csv", "Tigers/Bo/activities.csv",
                     "Lions/Cy/activities.csv"])  # fmt: skip
    assert set(found.proposed.values()) == {"Ann", "Bo", "Cy"}


def test_names_in_sheets_tell_people_from_groups():
    sources = ["Alpha/Ann/a.fit", "Beta/Bo/b.fit"]
    found = decided(sources, named(["Ann Lee", "Bo Ek"]))
    assert set(found.owners.values()) == {"Ann", "Bo"}
    assert set(found.proposed.values()) == {"Ann", "Bo"}


def test_a_file_of_nobody_is_asked_about_and_its_activity_is_no_name():
    found = decided(["Morning_Run.fit", "Berlin.gpx", "Ann Lee/a.fit"])
    assert set(found.proposed.values()) == {"Ann Lee"}
    asked = [question for question in found.questions if question.kind == "owner"]
    assert [one.file for one in asked] == ["Berlin.gpx", "Morning_Run.fit"]
    assert not any(one.safe for one in asked)


def test_ids_of_a_roster_name_folders_archives_and_files():
    roster = {"r1": (), "r10": ()}
    sources = ["r1.zip!activities/7.fit", "activities/r10/Activities.csv", "R1_lap.fit"]
    found = decided(sources, roster=roster)
    assert dict(found.owners) == dict(zip(sources, ("r1", "r10", "R1"), strict=True))
    assert set(found.settled.values()) == {"r1", "r10"}


def test_two_folders_side_by_side_are_two_people_until_somebody_says_else():
    found = decided(["Ann Lee/a.fit", "Anna Lee/a.fit", "Owen Hughes/a.fit", "Owen Huges/b.fit"])
    assert len(set(found.proposed.values())) == 2
    asked = {
        question.rows[0]: question.proposal for question in found.questions if not question.safe
    }
    assert set(asked.values()) == {"new"}
    assert {*asked, *found.proposed} == {"Ann Lee", "Anna Lee", "Owen Hughes", "Owen Huges"}


@pytest.mark.parametrize("ids", [("7", "12"), ("01", "02"), ("2001", "2002")])
def test_athletes_of_the_roster_may_be_called_by_any_number(ids):
    roster = dict.fromkeys(ids, ())
    sources = [f"{one}/garmin/a.fit" for one in ids]
    assert Owners(places(sources), roster).by_source == dict(zip(sources, ids, strict=True))


@pytest.mark.parametrize("name", ["8x400.csv", "6 x 400.csv", "400m Bahn.csv", "6X400 pm.csv"])
def test_metres_in_a_files_name_are_no_members_number(name):
    assert Owners(places([name]), {"Ada Conti": ("400",)}).by_source[name] != "400"


def test_a_file_that_begins_with_somebody_elses_last_name_has_its_own_owner():
    """The runs of "Smith-Jones Freja" were asked about as those of "Smith-Jones"."""
    sources = ["Haruka Smith-Jones workouts.csv", "Smith-Jones Freja Activities.csv"]
    found = decided(sources)
    assert found.owners[sources[1]].split() == ["Smith", "Jones", "Freja"]
    assert len(set(found.proposed.values())) == 2
    assert all(question.safe for question in found.questions)


def test_a_known_person_deep_below_an_unknown_folder_is_found():
    sources = ["moved/old/r1/a.fit", "r2/b.fit"]
    found = decided(sources, roster={"r1": (), "r2": ()})
    assert dict(found.owners) == dict(zip(sources, ("r1", "r2"), strict=True))
    assert not found.questions


def test_a_name_in_two_groups_may_be_two_people_and_is_told():
    sources = ["U18/Cy Dee/a.fit", "Masters/Cy Dee/b.fit", "Garmin/Bo Ek/a.fit",
               "2026-02-10/Bo Ek/b.fit", "Strava/Bo Ek/c.fit", "Season 2025/Di Fu/a.fit",
               "Season 2026/Di Fu/b.fit"]  # fmt: skip
    found = decided(sources)
    called = {**found.proposed, **found.settled}
    (sentence,) = in_two_groups(found.owners, called).values()
    assert sentence.startswith("Cy Dee: lies in the folders Masters, U18")


@pytest.mark.parametrize(
    "name",
    ["Indoor", "Treadmill", "Laufband", "Løpebånd", "Tapis roulant", "Trainingslager", "Bryton",
     "Trainingslager Mallorca 2025", "Mallorca Trainingslager", "Höhentrainingslager Livigno",
     "Camp Font-Romeu", "Training camp Kenya", "Summer Camp", "Vintercamp", "Stage", "Wahoo",
     "iGPSPORT", "Aquajogging", "Zepp"],
)  # fmt: skip
def test_activities_apps_and_camps_are_nobody_and_no_group(name):
    assert is_nobody(name)
    assert not is_group(name)


@pytest.mark.parametrize("name", ["Tom Camp", "Anna Stage", "Jack Lager", "Ann Sigma"])
def test_people_who_are_called_like_a_camp_stay_people(name):
    assert not is_nobody(name)


@pytest.mark.parametrize(
    ("stem", "rest"),
    [("Trainingslager Mallorca", ""), ("Ann Lee Trainingslager", "Ann Lee"), ("Summer camp", ""),
     ("Tom Camp 2025", "Tom Camp"), ("Logg Kari Dahl", "Kari Dahl"), ("Training camp Kenya", "")],
)  # fmt: skip
def test_a_file_of_a_camp_names_nobody(stem, rest):
    assert telling_part(stem) == rest


@pytest.mark.parametrize(
    ("names", "owners"),
    [
        (("Diario Giulia Neri", "Diario Marco Riva"), {"Giulia Neri", "Marco Riva"}),
        (("Giulia Neri", "Marco Riva", "Sara Villa"), {"Giulia Neri", "Marco Riva", "Sara Villa"}),
        (("Diario Giulia Neri",), {"Cuadernillos"}),
        (("Diario Giulia Neri", "km"), {"Cuadernillos"}),
        (("Giulia Neri 2024", "Giulia Neri 2025"), {"Cuadernillos"}),
    ],
)
def test_a_folder_with_a_file_of_each_person_is_nobody(names, owners):
    """Two people of a folder "Diari" were one athlete of that name."""
    files = [FilePlace(f"Cuadernillos/{name}.csv", may_name=True) for name in names]
    assert set(Owners(files, {}).by_source.values()) == owners
