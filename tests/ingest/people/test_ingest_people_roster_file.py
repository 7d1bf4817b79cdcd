"""The roster as a file that people edit: a change touches its own line."""

import csv

import pytest

from common.errors import StridecastError
from ingest.people.roster_file import RosterFile, aliases_of


def test_lines_keep_their_separator_and_comments(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("# the team\nteam;athlete;level\nA;r1;novice", encoding="utf-8")
    roster = RosterFile.load(path)
    roster.add_athlete("Neu; Zoe")
    roster.save()
    assert path.read_text(encoding="utf-8") == (
        '# the team\nteam;athlete;level\nA;r1;novice\n;"Neu; Zoe";\n'
    )


def test_an_alias_is_added_once_and_taken_back(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("athlete,team\nAnn Lee,north\nBo Ek\n", encoding="utf-8")
    roster = RosterFile.load(path)
    for name in ("A. Lee", "Annie", "A. Lee", "Ann Lee"):
        roster.add_alias("Ann Lee", name)
    roster.save()
    assert path.read_text(encoding="utf-8") == (
        "athlete,team,also_known_as\nAnn Lee,north,A. Lee; Annie\nBo Ek,,\n"
    )
    again = RosterFile.load(path)
    assert again.every_alias == ["A. Lee", "Annie"]
    assert again.remove_alias("A. Lee") == "Ann Lee"
    assert again.every_alias == ["Annie"]


def test_only_a_bare_line_is_taken_away(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("athlete,team\nAnn Lee,north\nBo Ek,\n", encoding="utf-8")
    roster = RosterFile.load(path)
    assert not roster.remove_athlete("Ann Lee")
    assert roster.remove_athlete("Bo Ek")
    assert roster.athletes == ["Ann Lee"]


def test_what_cannot_be_written_is_an_error_with_the_remedy(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("athlete\nAnn Lee\n", encoding="utf-8")
    roster = RosterFile.load(path)
    with pytest.raises(StridecastError, match="no athlete 'Bo'"):
        roster.add_alias("Bo", "B")
    with pytest.raises(StridecastError, match="separates names"):
        roster.add_alias("Ann Lee", "A; B")
    path.write_text("name\nAnn Lee\n", encoding="utf-8")
    with pytest.raises(StridecastError, match="no column athlete"):
        RosterFile.load(path)


def test_a_cell_holds_several_names():
    assert aliases_of(" A. Lee ;Annie;") == ("A. Lee", "Annie")
    assert aliases_of(None) == ()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_name_that_a_spreadsheet_would_calculate_is_guarded_and_read_as_it_is(tmp_path, sign):
    path, name = tmp_path / "roster.csv", f"{sign}HYPERLINK(1)"
    roster = RosterFile(path)
    roster.add_athlete(name)
    roster.add_athlete("Ann Lee")
    roster.add_alias("Ann Lee", "A. Lee")
    roster.add_alias("Ann Lee", name)
    roster.save()
    cells = [
        cell for line in csv.reader(path.read_text(encoding="utf-8").splitlines()) for cell in line
    ]
    assert f"'{name}" in cells
    assert f"A. Lee; '{name}" in cells
    again = RosterFile.load(path)
    assert again.people == [(name, ()), ("Ann Lee", ("A. Lee", name))]
    again.save()
    assert RosterFile.load(path).people == again.people


def test_what_else_a_club_writes_stays_as_it_is(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("athlete,phone,sex\nAnn Lee,+49 30 1,-\n", encoding="utf-8")
    RosterFile.load(path).save()
    assert path.read_text(encoding="utf-8") == "athlete,phone,sex\nAnn Lee,+49 30 1,-\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_roster_saved_by_a_spreadsheet_is_read_in_its_code_page(tmp_path, encoding):
    path = tmp_path / "roster.csv"
    path.write_bytes("athlete;team\nJürgen Müller;Süd\n".encode(encoding))
    assert RosterFile.load(path).athletes == ["Jürgen Müller"]


def test_a_roster_that_is_no_table_is_one_line(tmp_path):
    path = tmp_path / "roster.csv"
    for content in (b"", bytes(range(256)), b'athlete,team\n"Ann' + b"x" * 200_000):
        path.write_bytes(content)
        with pytest.raises(StridecastError, match=r"roster\.csv: no"):
            RosterFile.load(path)
