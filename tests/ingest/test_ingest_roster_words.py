"""What clubs write into roster.csv: sexes as letters and words, heights with their unit."""

import pytest

from ingest.people.roster_file import aliases_of
from ingest.readers.club.roster import RosterReader
from tests.ingest.export_files import context


@pytest.fixture
def read(tmp_path):
    def once(sex, height):
        path = tmp_path / "roster.csv"
        path.write_text(
            "athlete,team,sex,birth_year,height_cm,level,running_since,joined,left\n"
            f"Ann,,{sex},,{height},,,,\n",
            encoding="utf-8",
        )
        return RosterReader().read(path, context(tmp_path))

    return once


@pytest.mark.parametrize(
    ("written", "sex"),
    [("f", "female"), ("W", "female"), ("M", "male"), ("männlich", "male"), ("d", "other"),
     ("Female", "female")],
)  # fmt: skip
def test_a_sex_is_read_as_clubs_write_it(read, written, sex):
    assert read(written, "170").records["athletes"]["sex"].tolist() == [sex]


@pytest.mark.parametrize(("written", "cm"), [("178 cm", 178), ("1.78 m", 178), ("178", 178)])
def test_a_height_may_carry_its_unit(read, written, cm):
    assert read("f", written).records["athletes"]["height_cm"].tolist() == [cm]


def test_what_is_no_sex_is_unknown_and_told(read):
    parsed = read("q", "170")
    assert parsed.records["athletes"]["sex"].isna().all()
    assert parsed.account.repaired == 1


def test_a_guarded_name_is_read_as_the_person_is_called(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("athlete,also_known_as\n'=1+1,'@ann; '-Ann\n'Abd al-Aziz,\n", encoding="utf-8")
    found = RosterReader().read(path, context(tmp_path)).records["athletes"]
    assert found["athlete"].tolist() == ["=1+1", "'Abd al-Aziz"]
    assert aliases_of(found["also_known_as"].iloc[0]) == ("@ann", "-Ann")
