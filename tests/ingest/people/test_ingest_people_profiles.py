"""What a list of members says of sex and year of birth, for athletes whose roster says nothing."""

import datetime as dt

import pandas as pd
import pytest

from ingest.people.members import with_profiles
from ingest.setup.examine import examine
from tests.ingest.sheets import sheet_files as files

RUNS = "Date,Distance (km),Duration (min)\n" + "".join(
    f"2025-03-{day:02d},10,55\n" for day in range(1, 15, 2)
)


def _profiles(tmp_path, heading, born, rows):
    lines = [["Name", heading, born], *rows]
    parsed = files.read(files.table(tmp_path / "members.csv", lines))
    return files.told(parsed, "profiles", "member", "sex", "birth_year"), parsed


@pytest.mark.parametrize(
    ("heading", "letters"),
    [("Sex", "fm"), ("Geschlecht", "wm"), ("Sexe", "FH"), ("Sexo", "MH"), ("Geslacht", "VM"),
     ("Gender", ("Female", "male")), ("Sexo", ("mujer", "hombre"))],
)  # fmt: skip
def test_letters_of_sexes_are_those_of_their_column(tmp_path, heading, letters):
    rows = [["Ann Lee", letters[0], "12.03.1999"], ["Bo Ek", letters[1], "2001"]]
    told, parsed = _profiles(tmp_path, heading, "Born", rows)
    assert told == [("Ann Lee", "female", 1999.0), ("Bo Ek", "male", 2001.0)]
    assert not parsed.account.unread


def test_a_letter_alone_an_age_and_a_day_of_joining_tell_nothing(tmp_path):
    told, _ = _profiles(tmp_path, "Sexo", "Born", [["Ann Lee", "M", "26"], ["Bo Ek", "M", "1999"]])
    assert told == [("Bo Ek", None, 1999.0)]
    told, _ = _profiles(tmp_path, "Sex", "Member since", [["Ann Lee", "f", "2019"]])
    assert told == [("Ann Lee", "female", None)]


def test_the_roster_stays_and_two_members_of_one_name_tell_nothing():
    athletes = pd.DataFrame({"athlete": ["Ann Lee", "Bo Ek"], "sex": ["other", None]})
    members = pd.DataFrame(
        {"member": ["Lee, Ann", "Bo Ek", "Bo Ek"], "sex": ["female", "male", "male"],
         "birth_year": [1999.0, 1990.0, 1991.0]}
    )  # fmt: skip
    both = with_profiles(athletes, members)
    assert both["sex"].tolist()[0] == "other"
    assert both["birth_year"].tolist()[0] == 1999
    assert both.loc[1, ["sex", "birth_year"]].isna().all()


def test_one_list_tells_the_sex_and_another_the_year():
    members = pd.DataFrame(
        {"member": ["Ann Lee", "Lee, Ann"], "sex": ["female", None], "birth_year": [None, 1999.0]}
    )
    (row,) = with_profiles(pd.DataFrame({"athlete": ["Ann Lee"]}), members).to_dict("records")
    assert (row["sex"], row["birth_year"]) == ("female", 1999.0)


def test_members_who_do_not_run_are_nobody_of_the_team(tmp_path):
    (tmp_path / "Ann Lee.csv").write_text(RUNS, encoding="utf-8")
    text = "Name,Sex,Born\nAnn Lee,f,1999\nBo Ek,m,1988\n"
    (tmp_path / "members.csv").write_text(text, encoding="utf-8")
    result = examine(tmp_path, today=dt.date(2025, 3, 17)).result
    table = result.tables["athletes"]
    assert table[["sex", "birth_year"]].to_numpy().tolist() == [["female", 1999]]
    assert [entry for entry in result.not_read if entry.matters] == []
