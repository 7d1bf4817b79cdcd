"""Tabs that a workbook hides are read, and told."""

import openpyxl

from tests.ingest.sheets import sheet_files as files


def test_hidden_tabs_are_read_and_told(tmp_path):
    rows = [["Date", "Name", "Km"], ["2025-03-03", "Ann Lee", 8], ["2025-03-04", "Ann Lee", 9]]
    path = files.workbook(tmp_path / "club.xlsx", {"Now": rows, "Old": rows})
    shown = files.read(path)
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    with_hidden = files.read(path)
    assert with_hidden.account.read == shown.account.read == 4
    assert with_hidden.account.read_as.endswith(", hidden tabs among them")
    assert "hidden" not in shown.account.read_as


def test_a_hidden_tab_in_which_nothing_is_read_is_told_by_its_name_alone(tmp_path):
    rows = [["Date", "Name", "Km"], ["2025-03-03", "Ann Lee", 8], ["2025-03-04", "Ann Lee", 9]]
    path = files.workbook(tmp_path / "club.xlsx", {"Now": rows, "Lists": [["a", "b"], ["c", "d"]]})
    book = openpyxl.load_workbook(path)
    book["Lists"].sheet_state = "hidden"
    book.save(path)
    account = files.read(path).account
    assert "hidden" not in account.read_as
    assert [part.what for part in account.unread] == ["Lists"]
