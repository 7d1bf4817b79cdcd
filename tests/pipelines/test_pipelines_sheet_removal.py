"""What is a person's in a shared sheet goes, and nothing of anybody else."""

import openpyxl
import pytest

from pipelines.upkeep.person import Person
from pipelines.upkeep.places import EXPORTS
from pipelines.upkeep.removal import remove
from pipelines.upkeep.search import Hit, mentions
from pipelines.upkeep.shared_files.sheet_removal import rewrite_csv, rewrite_workbook
from pipelines.upkeep.shared_files.sheet_shares import share_of

ANN = Person(("Ann Lee",), "acode", frozenset({"bo ek", "cy dahl"}))


def csv_without(tmp_path, content: bytes) -> bytes | None:
    """Return a text without Ann; None where it was left as it is."""
    path = tmp_path / "shared.csv"
    path.write_bytes(content)
    assert mentions(content, ANN)
    if rewrite_csv(path, ANN):
        return path.read_bytes()
    assert path.read_bytes() == content
    return None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name,note\nAnn Lee,a\u2028b\nBo Ek,c\n", "name,note\nBo Ek,c\n"),
        ("name,note\nBo Ek,a\x0bb\nAnn Lee,c\n", "name,note\nBo Ek,a\x0bb\n"),
        # What another one wrote about her goes, their record stays, and so do those below it.
        (
            "who,km,note\nBo Ek,9,with Ann Lee\nCy Dahl,8,\nBo Ek,7,\n",
            "who,km,note\nBo Ek,9,\nCy Dahl,8,\nBo Ek,7,\n",
        ),
        ("Ann Lee,knee,left\nBo Ek,hip,right\n", "Bo Ek,hip,right\n"),
        ("day,Ann Lee,Bo Ek\r\nMo,8,9\r\n", "day,Bo Ek\r\nMo,9\r\n"),
        # A roster holds nothing but names until its coach fills it in.
        ("athlete,level\nAnn Lee,\nBo Ek,\n", "athlete,level\nBo Ek,\n"),
        ("athlete,level\nBo Ek,elite\nAnn Lee,\n", "athlete,level\nBo Ek,elite\n"),
        # Blank names below hers are merged cells, but not where somebody else is named.
        ("who,km,with\nAnn Lee,8,\n,7,\n,6,Bo Ek\n", "who,km,with\n,6,Bo Ek\n"),
    ],
)
def test_others_keep_every_byte_of_their_records(tmp_path, text, wanted):
    assert csv_without(tmp_path, text.encode()) == wanted.encode()


@pytest.mark.parametrize(
    "text",
    [
        "who,km,with\nAnn Lee,8,Bo Ek\nCy Dahl,7,\n",
        "who,km,with\nBo Ek,8,Ann Lee\nCy Dahl,7,\n",
        # Names above what each of them did are titles.
        "Ann Lee,\nMonday,8\nBo Ek,\nMonday,9\n",
        "Bo Ek,\nMonday,9\nAnn Lee,\nMonday,8\n",
        'who,note\nBo Ek,"sore\nCy Dahl,none\nAnn Lee,none\n',
    ],
)
def test_a_row_of_two_people_and_a_quote_left_open_are_left_to_a_person(tmp_path, text):
    assert csv_without(tmp_path, text.encode()) is None


@pytest.mark.parametrize("cell", ["Ann", "Ann ", "\xa0ann"])
def test_a_workbook_that_knows_her_by_her_first_name_alone_is_found_and_cut(tmp_path, cell):
    """Of a workbook's XML a cell is the text of an element."""
    who = Person(("Ann Lee", "Ann"), "acode", frozenset({"bo ek", "cy dahl"}))
    book = openpyxl.Workbook()
    for row in (["Name", "Place"], [cell, "knee"], ["Bo Ek", "hip"], ["Anna", "foot"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert mentions((tmp_path / "list.xlsx").read_bytes(), who)
    assert remove(Hit(tmp_path / "list.xlsx", EXPORTS, "text"), who) == "rewritten"
    assert not mentions((tmp_path / "list.xlsx").read_bytes(), who)
    left = openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True)
    assert list(left) == [("Name", "Place"), ("Bo Ek", "hip"), ("Anna", "foot")]


def test_bytes_that_no_code_page_knows_stay(tmp_path):
    text = b"name,note\nAnn Lee,x\nBo Ek,\x9d\xe4\n"
    assert csv_without(tmp_path, text) == b"name,note\nBo Ek,\x9d\xe4\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_searched_and_written_as_it_was(tmp_path, encoding):
    text = "\ufeffname,note\nAnn Lee,x\nBo Ek,\u00e4\n"
    left = csv_without(tmp_path, text.encode(encoding))
    assert left == text.replace("Ann Lee,x\n", "").encode(encoding)


def test_merged_cells_move_with_their_rows(tmp_path):
    """openpyxl leaves merged ranges where they were; the next reader would lose Cy's name."""
    path = tmp_path / "merged.xlsx"
    book = openpyxl.Workbook()
    rows = [("group", "who", "km"), ("A", "Ann Lee", 1), (None, None, 2), (None, "Bo Ek", 3),
            (None, None, 4), (None, None, 5), (None, "Cy Dahl", 6), (None, None, 7)]  # fmt: skip
    for row in rows:
        book.active.append(row)
    for area in ("A2:A8", "B2:B3", "B4:B6", "B7:B8"):
        book.active.merge_cells(area)
    book.save(path)
    assert rewrite_workbook(path, ANN)
    sheet = openpyxl.load_workbook(path).active
    assert list(sheet.iter_rows(values_only=True)) == [
        ("group", "who", "km"), ("A", "Bo Ek", 3), (None, None, 4), (None, None, 5),
        (None, "Cy Dahl", 6), (None, None, 7),
    ]  # fmt: skip
    assert {area.coord for area in sheet.merged_cells.ranges} == {"A2:A6", "B2:B4", "B5:B6"}


@pytest.mark.parametrize(
    ("name", "how", "content"),
    [
        ("text.xlsx", "text", b"who,km\nAnn Lee,8\n"),
        ("cut.xlsx", "text", b"PK\x03\x04 Ann Lee"),
        ("cut.parquet", "rows", b"PAR1 Ann Lee"),
        ("dataset.yaml", "text", b"athletes: {Annie: Ann Lee, Bob: Bo Ek}\n"),
    ],
)
def test_what_cannot_be_taken_apart_ends_no_removal(tmp_path, name, how, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert remove(Hit(path, EXPORTS, how), ANN) == "by hand"
    assert path.read_bytes() == content


def test_a_line_of_settings_goes_alone(tmp_path):
    path = tmp_path / "dataset.yaml"
    path.write_text("athletes:\n  Annie: Ann Lee\n  Bob: Bo Ek\n")
    assert remove(Hit(path, EXPORTS, "text"), ANN) == "rewritten"
    assert path.read_text() == "athletes:\n  Bob: Bo Ek\n"


def test_two_short_names_beside_each_other_are_not_one_persons_columns():
    who = Person(("Ann Lee",), "acode", frozenset({"ann wood", "bo lee"}))
    grid = [["date", "Tom", "Ann", "Lee"], ["2024-01-01", "1", "2", "3"]]
    assert not share_of(grid, who).is_clear
    assert share_of([["date", "Tom", "Ann Lee"], *grid[1:]], who).columns == {2}
