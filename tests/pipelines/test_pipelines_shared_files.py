"""A person leaves workbooks with formulas and charts, documents, calendars, and files of others."""

import gzip
import io
import zipfile

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from ingest.readers.sheets.opening.document import document_tabs
from pipelines.upkeep.person import Person
from pipelines.upkeep.places import EXPORTS
from pipelines.upkeep.removal import remove
from pipelines.upkeep.search import Hit
from pipelines.upkeep.shared_files.sheet_shares import share_of
from pipelines.upkeep.shared_files.workbook_parts import without_person
from pipelines.upkeep.texts import mentions
from pipelines.upkeep.where_named import places_named

ANN = Person(("Ann Lee",), "acode", frozenset({"bo ek", "cy dahl"}))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def removed(path):
    return remove(Hit(path, EXPORTS, "text", source=path.name), ANN)


def rows_of(path):
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def mileage(path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["week", "Ann Lee", "Bo Ek", "sum"], ["w1", 30, 40, "=SUM(B2:C2)"],
                ["w2", 31, 41, "=SUM(B3:C3)"]):  # fmt: skip
        sheet.append(row)
    sheet.append([CellRichText(TextBlock(InlineFont(b=True), "Ann"), " Lee"), None, 4])
    chart = BarChart()
    chart.add_data(Reference(sheet, 2, 1, 3, 3), titles_from_data=True)
    sheet.add_chart(chart, "F2")
    sheet["C2"].comment = Comment("ran with Ann Lee", "Ann Lee")
    sheet["B3"].comment = Comment("sore calf", "coach")
    sheet["C3"].comment = Comment("strong", "coach")
    choices = DataValidation(type="list", formula1='"Ann Lee,Bo Ek"')
    sheet.add_data_validation(choices)
    choices.add("J1")
    book.defined_names["Ann_Lee"] = DefinedName("Ann_Lee", attr_text="Sheet!$B$2:$B$3")
    sheet.oddHeader.center.text = "Ann Lee"
    book.properties.creator = "Ann Lee"
    book.save(path)


def test_a_workbook_with_formulas_and_a_chart_is_emptied_where_it_stands(tmp_path):
    path = tmp_path / "mileage.xlsx"
    mileage(path)
    assert removed(path) == "rewritten"
    assert not mentions(path.read_bytes(), ANN)
    assert rows_of(path)[:3] == [
        ["week", None, "Bo Ek", "sum"], ["w1", None, 40, "=SUM(B2:C2)"],
        ["w2", None, 41, "=SUM(B3:C3)"],
    ]  # fmt: skip
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        everything = b"".join(book.read(name) for name in names)
    assert "xl/charts/chart1.xml" in names
    assert b"sore calf" not in everything  # a comment on her cell
    assert b"strong" in everything


@pytest.mark.parametrize("formula", ['=COUNTIF(A:A,"Ann Lee")', "='Ann Lee'!A1"])
def test_a_formula_that_names_her_leaves_the_workbook_to_a_person(tmp_path, formula):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    for row in (["who", "km"], ["Ann Lee", 8], ["Bo Ek", 9], ["sum", formula]):
        book.active.append(row)
    book.save(path)
    before = path.read_bytes()
    assert removed(path) == "by hand"
    assert path.read_bytes() == before
    assert places_named(path, path.name, ANN)[0] == "Sheet!A2"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TABLE = [[0, 1], [2, 3], [4, 5]]
SHARED = ["who", "note", "Ann Lee", "cried", "Bo Ek", "fine"]


def test_strings_that_no_cell_shows_any_more_go_with_the_row():
    """Spreadsheets keep the texts of all cells in one part; a note of hers would stay there."""
    rows = "".join(
        "<row>" + "".join(f'<c r="{"AB"[at]}{number}" t="s"><v>{text}</v></c>'
                          for at, text in enumerate(row)) + "</row>"
        for number, row in enumerate(TABLE, 1)
    )  # fmt: skip
    strings = "".join(f"<si><t>{text}</t></si>" for text in SHARED)
    content = zipped(**{
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REFERENCES}"><sheets>'
                           '<sheet name="a" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="x"><Relationship Id="r1" '
                                      'Target="worksheets/s.xml"/></Relationships>',
        "xl/worksheets/s.xml": f'<worksheet xmlns="{MAIN}">{rows}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    })  # fmt: skip
    share = share_of([[SHARED[text] for text in row] for row in TABLE], ANN)
    with zipfile.ZipFile(io.BytesIO(without_person(content, ANN, {"a": share}))) as book:
        left = etree.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = etree.fromstring(book.read("xl/worksheets/s.xml"))
    texts = ["".join(string.itertext()) for string in left]
    assert texts == ["who", "note", "", "", "Bo Ek", "fine"]
    assert ["".join(cell.itertext()) for cell in sheet.iter("{*}c")] == ["0", "1", "", "", "4", "5"]


def document(path, lines):
    body = "".join(f"<w:p><w:r><w:t>{line[:3]}</w:t></w:r><w:r><w:t>{line[3:]}</w:t></w:r></w:p>"
                   for line in lines)  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )


def test_a_document_loses_the_lines_about_her_and_keeps_those_about_others(tmp_path):
    path = tmp_path / "injured.docx"
    document(path, ["Injured today", "Ann Lee: knee", "Bo Ek: calf, says Ann Lee"])
    assert removed(path) == "rewritten"
    (tab,) = document_tabs(path)
    assert [cell.text for row in tab.rows for cell in row] == ["Injured today", "Bo Ek: calf, says"]


def test_sentences_lose_hers_and_a_remark_about_two_is_told_with_its_row(tmp_path):
    path = tmp_path / "injured.txt"
    path.write_text("Injured\nAnn Lee has a sore knee\nBo Ek is out, says Ann Lee\n")
    assert removed(path) == "rewritten"
    assert path.read_text() == "Injured\nBo Ek is out, says \n"
    path.write_text("Injured\nnobody but Ann Lee and Bo Ek\n")
    assert removed(path) == "by hand"
    assert places_named(path, path.name, ANN) == ["row 2"]


EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{who}: 10 km\r\nEND:VEVENT\r\n"


def test_a_calendar_loses_her_events_also_where_a_line_is_folded(tmp_path):
    path = tmp_path / "plan.ics"
    both = EVENT.format(uid=1, who="An\r\n n Lee") + EVENT.format(uid=2, who="Bo Ek")
    path.write_bytes(f"BEGIN:VCALENDAR\r\n{both}END:VCALENDAR\r\n".encode())
    assert removed(path) == "rewritten"
    left = EVENT.format(uid=2, who="Bo Ek")
    assert path.read_bytes() == f"BEGIN:VCALENDAR\r\n{left}END:VCALENDAR\r\n".encode()


def test_a_run_of_another_stays_theirs_whoever_came_along(tmp_path):
    """Its title goes; the run, and the day's other columns, do not."""
    titles = "date,title,km\n2025-07-01,with Ann Lee,8\n2025-07-02,easy,9\n"
    path = tmp_path / "Bo Ek.zip"
    path.write_bytes(zipped(**{"a.csv": titles, "b.gz": gzip.compress(b'{"a": "Ann Lee"}')}))
    assert removed(path) == "rewritten"
    with zipfile.ZipFile(path) as archive:
        assert archive.read("a.csv").decode() == titles.replace("Ann Lee", "")
        assert gzip.decompress(archive.read("b.gz")) == b'{"a": ""}'


def test_a_file_of_another_that_is_called_by_her_is_renamed(tmp_path):
    folder = tmp_path / "Bo Ek"
    folder.mkdir()
    path = folder / "Run with Ann Lee.gpx"
    path.write_text("<gpx><name>Run with Ann Lee</name></gpx>")
    assert remove(Hit(path, EXPORTS, "text", source="Bo Ek/Run with Ann Lee.gpx"), ANN)
    assert [file.name for file in folder.iterdir()] == ["Run with .gpx"]
    assert "Ann" not in (folder / "Run with .gpx").read_text()


def test_what_a_watch_wrote_in_its_own_format_is_left_and_told(tmp_path):
    path = tmp_path / "Bo Ek.fit"
    path.write_bytes(b"\x0e\x20\0\0.FIT Ann Lee\0")
    assert removed(path) == "by hand"
    assert places_named(path, path.name, ANN) == ["inside"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # First and last name in a cell each, in either order.
        ("last,first,km\nLee,Ann,8\nEk,Bo,9\n", "last,first,km\nEk,Bo,9\n"),
        # The row of somebody whom nobody knows stays, without what it says about her.
        ("who,km,note\nDan,9,met Ann Lee\n", "who,km,note\nDan,9,\n"),
        ("who,km\nLEE Ánn,9\nBo Ek,8\n", "who,km\nBo Ek,8\n"),
        ("Report\nwho;km\nAnn Lee;9,5\nBo Ek;8\n", "Report\nwho;km\nBo Ek;8\n"),
    ],
)
def test_rows_are_hers_by_any_spelling_and_notes_of_others_are_not(tmp_path, text, wanted):
    path = tmp_path / "shared.csv"
    path.write_text(text)
    assert removed(path) == "rewritten"
    assert path.read_text() == wanted
