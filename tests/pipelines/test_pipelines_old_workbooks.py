"""A workbook of a kind that nothing here writes: the others' values stay, as XLSX."""

import datetime as dt
import zipfile

import openpyxl
import pytest

from pipelines.upkeep.person import Person
from pipelines.upkeep.places import EXPORTS
from pipelines.upkeep.removal import remove
from pipelines.upkeep.search import Hit, mentions
from tests.ingest.sheets import sheet_files as files
from tests.ingest.sheets.old_excel import old_workbook

ANN = Person(("Ann Lee",), "acode", frozenset({"bo ek", "cy dahl"}))
TABS = {
    "Weeks": [["Name", "km"], ["Ann Lee", 40], ["Bo Ek", 50.5], ["Cy Dahl", "=20+1"]],
    "Ann Lee": [["day", "km"], ["Mo", 8]],
    # A mention in somebody else's row: the row stays, the note goes.
    "Notes": [["who", "note"], ["Bo Ek", "ran with Ann Lee"]],
}
WRITERS = {".xls": old_workbook, ".ods": files.open_document}


def removed(path):
    hit = Hit(path, EXPORTS, "text")
    assert mentions(path.read_bytes(), ANN)
    return remove(hit, ANN)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_values_of_the_others_stay_in_an_xlsx_file_of_the_same_name(tmp_path, kind):
    (tmp_path / "dataset.yaml").write_text(
        f"sheets:\n  km{kind}:\n    ignore: true\n  otherkm{kind}:\n    ignore: true\n"
    )
    path = WRITERS[kind](tmp_path / f"km{kind}", TABS)
    assert removed(path) == "rewritten"
    assert not path.exists()
    assert not mentions((tmp_path / "km.xlsx").read_bytes(), ANN)
    book = openpyxl.load_workbook(tmp_path / "km.xlsx")
    held = {one.title: [[cell.value for cell in row] for row in one.iter_rows()] for one in book}
    assert held == {
        "Weeks": [["Name", "km"], ["Bo Ek", 50.5], ["Cy Dahl", "=20+1"]],
        "Notes": [["who", "note"], ["Bo Ek", None]],
    }
    # What is a text stays one: it is not run as a formula.
    assert book["Weeks"]["B3"].data_type == "s"
    told = (tmp_path / "dataset.yaml").read_text()
    assert told == f"sheets:\n  km.xlsx:\n    ignore: true\n  otherkm{kind}:\n    ignore: true\n"


def test_the_settings_of_files_of_the_same_name_elsewhere_stay(tmp_path):
    other = "  Bo Ek/km.xls:\n    ignore: true\n  my km.xls:\n    ignore: true\n"
    (tmp_path / "dataset.yaml").write_text(
        f"sheets:\n{other}  club/km.xls#Weeks:\n    ignore: true\n"
    )
    (tmp_path / "club").mkdir()
    assert removed(old_workbook(tmp_path / "club" / "km.xls", TABS)) == "rewritten"
    told = (tmp_path / "dataset.yaml").read_text()
    assert told == f"sheets:\n{other}  club/km.xlsx#Weeks:\n    ignore: true\n"


def test_a_name_beyond_latin_letters_is_found_in_a_wide_text(tmp_path):
    path = old_workbook(tmp_path / "km.xls", {"S": [["Name"], ["Łukasz Wójcik"]]})
    who = Person(("Łukasz Wójcik",), "acode", frozenset())
    assert mentions(path.read_bytes(), who)


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_not_clear_or_would_lie_over_another_file_stays(tmp_path, kind):
    both = {"S": [["who", "km", "with"], ["Ann Lee", 8, "Bo Ek"], ["Cy Dahl", 7, None]]}
    path = WRITERS[kind](tmp_path / f"km{kind}", both)
    before = path.read_bytes()
    assert removed(path) == "by hand"
    clear = WRITERS[kind](tmp_path / f"plain{kind}", TABS)
    (tmp_path / "plain.xlsx").write_bytes(b"another file")
    assert removed(clear) == "by hand"
    assert path.read_bytes() == before
    assert (tmp_path / "plain.xlsx").read_bytes() == b"another file"


def test_a_file_of_hers_alone_goes_and_a_damaged_one_stays(tmp_path):
    alone = old_workbook(tmp_path / "a.xls", {"Ann Lee": [["day", "km"], ["Mo", 8]]})
    assert removed(alone) == "rewritten"
    assert list(tmp_path.iterdir()) == []
    torn = old_workbook(tmp_path / "b.xls", TABS)
    # Still named, and no longer readable: only a person can decide.
    torn.write_bytes(torn.read_bytes()[:1500] + b"Ann Lee")
    assert removed(torn) == "by hand"
    assert torn.exists()


def test_a_date_stays_a_date(tmp_path):
    first = dt.datetime(2025, 7, 1)  # noqa: DTZ001 - a cell knows no zone
    rows = [["Name", "day"], ["Ann Lee", first], ["Bo Ek", first + dt.timedelta(days=1)]]
    removed(files.open_document(tmp_path / "k.ods", {"S": rows}))
    value = openpyxl.load_workbook(tmp_path / "k.xlsx").active["B2"].value
    assert value.date() == dt.date(2025, 7, 2)


def test_inside_an_archive_it_is_left_to_a_person(tmp_path):
    path = old_workbook(tmp_path / "km.xls", TABS)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, "km.xls")
    assert removed(tmp_path / "all.zip") == "by hand"
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == ["km.xls"]
