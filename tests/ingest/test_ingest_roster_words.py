"""What clubs write into roster.csv: sexes as letters and words, heights with their unit."""

import pytest

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
