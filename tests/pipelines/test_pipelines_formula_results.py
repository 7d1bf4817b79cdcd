"""Sums that count somebody who is forgotten are told by no workbook any more."""

import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from python_calamine import CalamineWorkbook

from pipelines.upkeep.person import Person
from pipelines.upkeep.shared_files.cell_areas import Cell
from pipelines.upkeep.shared_files.formula_results import results_of
from pipelines.upkeep.shared_files.sheet_removal import rewrite_workbook
from pipelines.upkeep.shared_files.sheet_shares import Share

ANN = Person(("Ann Lee",), "acode", frozenset({"bo ek", "cy dahl"}))
ROWS = (
    ["week", "Ann Lee", "Bo Ek", "Cy Dahl", "all", "two", "mean", "share"],
    ["w1", 30, 40, 50, "=SUM(B2:D2)", "=C2+D2", "=E2/3", "=C2/$E$2"],
    ["w2", 31, 41, 51, "=SUM(B3:D3)", "=SUM(C3:D3)", "=AVERAGE(C:C)", "=SUM(2:2)"],
)
RESULTS = {"E2": 120, "F2": 90, "G2": 40, "H2": 0.25, "E3": 123, "F3": 92, "G3": 40.5, "H3": 370}


def computed(book, results):
    """The bytes of a workbook as a spreadsheet saves it: every formula with its last result."""
    target, kept = io.BytesIO(), io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for at, result in results.items():
                    cell = rf'(<c r="{at}"[^>]*><f>[^<]*</f>)<v ?/?>(</v>)?'
                    text, count = re.subn(cell, rf"\g<1><v>{result}</v>", text.decode())
                    assert count == 1, at
                    text = text.encode()
            new.writestr(name, text)
    return kept.getvalue()


def test_a_total_that_counted_her_has_no_result_and_the_sums_of_others_keep_theirs(tmp_path):
    path = tmp_path / "km.xlsx"
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    path.write_bytes(computed(book, RESULTS))
    before = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert before[1][4:] == [120, 90, 40, 0.25]
    assert rewrite_workbook(path, ANN)
    after = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert [row[2:4] for row in after] == [row[2:4] for row in before]
    # All less the others is hers: 120 - 40 - 50. So the sum goes, and what is computed from it.
    assert after[1] == ["w1", "", 40, 50, "", 90, "", ""]
    assert after[2] == ["w2", "", 41, 51, "", 92, 40.5, ""]
    formulas = openpyxl.load_workbook(path).active
    assert [formulas.cell(2, at).value for at in range(5, 9)] == ROWS[1][4:]
    with zipfile.ZipFile(path) as parts:
        assert b'fullCalcOnLoad="1"' in parts.read("xl/workbook.xml")


def test_a_workbook_that_had_no_settings_of_computing_gets_them_in_their_place(tmp_path):
    path = tmp_path / "km.xlsx"
    book = openpyxl.Workbook()
    for row in ROWS[:2]:
        book.active.append(row)
    book.defined_names["all_weeks"] = DefinedName("all_weeks", attr_text="Sheet!$A$2:$A$3")
    with zipfile.ZipFile(io.BytesIO(computed(book, {}))) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"<calcPr[^>]*/>", b"", old.read(name)))
    assert rewrite_workbook(path, ANN)
    with zipfile.ZipFile(path) as parts:
        names = re.findall(r"<(?:\w+:)?(\w+)", parts.read("xl/workbook.xml").decode())
    assert names.index("calcPr") == names.index("definedName") + 1


@pytest.mark.parametrize(
    ("formula", "counts"),
    [
        ("=B2", True),
        ("=C2", False),
        ("=SUM(A1:C9)", True),
        ("=SUM(C1:D9)", False),
        ("='Other one'!B2", False),
        ("='First one'!$B$7", True),
        ("=hers+1", True),
        ("=his+1", False),
        ("=Table1[km]", True),
        # Where it looks is known only when it is computed: in doubt its result goes.
        ("=OFFSET(C2,0,-1)", True),
        ('=INDIRECT("B2")', True),
        ("=[2]Sheet!C2", True),
        ("=Zz", True),
        ("=1+2", False),
        ("=SUM(1:1)", True),
        ("=LOOKUP(C2,D:D)", False),
        (ArrayFormula("F2", "=SUM(B2:B3*C2:C3)"), True),
        (ArrayFormula("F2", "=SUM(C2:C3*C2:C3)"), False),
    ],
)
def test_a_formula_counts_a_column_that_is_emptied(formula, counts):
    book = openpyxl.Workbook()
    book.active.title = "First one"
    book.create_sheet("Other one")
    book.defined_names["hers"] = DefinedName("hers", attr_text="'First one'!$B$2:$B$3")
    book.defined_names["his"] = DefinedName("his", attr_text="'First one'!$C$2:$C$3")
    book["First one"]["F2"] = formula
    book["First one"]["F3"] = "=F2*2"
    book["Other one"]["A1"] = "='First one'!F3"
    target = io.BytesIO()
    book.save(target)
    chain = {Cell("First one", 1, 5), Cell("First one", 2, 5), Cell("Other one", 0, 0)}
    found = results_of(target.getvalue(), {"First one": Share(columns={1}), "Other one": Share()})
    assert found == (chain if counts else set())


def test_rows_and_single_cells_count_too():
    book = openpyxl.Workbook()
    book.active["F9"] = "=SUM(C2:C4)"
    target = io.BytesIO()
    book.save(target)
    for share, counts in (
        (Share(rows={1}), True), (Share(rows={3}), True), (Share(rows={4}), False),
        (Share(cells={(2, 2)}), True), (Share(cells={(2, 3)}), False),
    ):  # fmt: skip
        found = results_of(target.getvalue(), {"Sheet": share})
        assert found == ({Cell("Sheet", 8, 5)} if counts else set()), share


def _by_every_pair(shares, formulas):
    """The same answer by a look at every pair of formulas, the definition itself."""
    emptied = {
        cell
        for cell, (left, top, right, bottom) in formulas.items()
        if any(
            (row, column) in shares.cells or row in shares.rows or column in shares.columns
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )
    }
    while newest := {
        cell
        for cell, (left, top, right, bottom) in formulas.items()
        if cell not in emptied
        and any(top <= row <= bottom and left <= column <= right for row, column in emptied)
    }:
        emptied |= newest
    return emptied


@settings(max_examples=150)
@given(data=st.data())
def test_chains_of_formulas_are_followed_as_a_look_at_every_pair_does(data):
    places = st.tuples(st.integers(0, 7), st.integers(0, 4))
    formulas = {}
    for cell in data.draw(st.sets(places, max_size=20)):
        (top, left), (bottom, right) = sorted(data.draw(st.tuples(places, places)))
        formulas[cell] = (min(left, right), top, max(left, right), bottom)
    share = Share(
        rows=data.draw(st.sets(st.integers(0, 7), max_size=1)),
        columns=data.draw(st.sets(st.integers(0, 4), max_size=1)),
        cells=data.draw(st.sets(places, max_size=2)),
    )
    book = openpyxl.Workbook()
    for (row, column), (left, top, right, bottom) in formulas.items():
        area = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"
        book.active.cell(row + 1, column + 1, f"=SUM({area})")
    target = io.BytesIO()
    book.save(target)
    found = results_of(target.getvalue(), {"Sheet": share})
    assert {(cell.row, cell.column) for cell in found} == _by_every_pair(share, formulas)


def test_a_long_column_of_running_totals_is_followed_to_its_end():
    book = openpyxl.Workbook()
    for row in range(1, 5001):
        book.active.append([f"=B{row}+A{row + 1}", 3, f"=SUM(B$1:B{row})"])
    target = io.BytesIO()
    book.save(target)
    found = results_of(target.getvalue(), {"Sheet": Share(cells={(4999, 1)})})
    # Each of the 5,000 sums in A reads the next one; of C only the last area holds the cell.
    assert len(found) == 5001


def test_a_formula_of_many_cells_has_its_results_in_all_of_them():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row[:4])
    sheet["J5"] = ArrayFormula("J5:J6", "=B2:B3*2")
    sheet["J6"] = 62  # a spreadsheet keeps the other results as plain values
    sheet["K5"] = "=J6"
    sheet["J8"] = ArrayFormula("J8:J9", "=C2:C3*2")
    sheet["J9"] = 82
    target = io.BytesIO()
    book.save(target)
    places = results_of(target.getvalue(), {sheet.title: Share(columns={1})})
    assert {(cell.row, cell.column) for cell in places} == {(4, 9), (5, 9), (4, 10)}
