"""The roster as a file that people edit: a change touches its own line."""

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
