import csv
import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.text.spreadsheet import harmless, unguarded
from forecasting.scoring.spreadsheet import safe_csv, write_safe_csv


# The last is the wide equals sign of East Asian keyboards, which starts a formula too.
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe(start):
    assert harmless(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_a_formula_after_a_semicolon_is_harmless_too():
    # Where the semicolon separates cells, as in Germany, this opens as two of them.
    assert harmless("Ann;=1+1") == "Ann;'=1+1"


@given(st.text(alphabet="=+-@;'\t\n Aä"))
def test_a_guarded_cell_means_what_it_meant(cell):
    guarded = harmless(cell)
    assert harmless(guarded) == guarded
    if unguarded(cell) == cell:
        assert unguarded(guarded) == cell


@pytest.mark.parametrize("cell", ["Ann", "a = b", "", "km/h", -0.5, None, 3])
def test_other_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


@given(st.lists(st.text(), min_size=1))
@example(["\r="])
@example(["a\n=1"])
def test_no_cell_of_the_file_begins_like_a_formula(names):
    frame = pd.DataFrame({"=name": names, "effect": -0.5})
    rows = list(csv.reader(io.StringIO(safe_csv(frame), newline="")))
    assert rows[0] == ["'=name", "effect"]
    assert len(rows) == 1 + len(names)
    for row in rows[1:]:
        assert row[0][:1] not in tuple("=+-@\t\r")


def test_the_file_has_iso_days_plain_numbers_and_blank_nulls(tmp_path):
    frame = pd.DataFrame(
        {
            # A known attack: opened as a formula it starts a program.
            "name": ["=cmd|' /C calc'!A0", None],
            "day": pd.to_datetime(["2024-11-24", None]),
            "effect": [-0.25, None],
            "rank": pd.array([1, None], dtype="Int64"),
        }
    )
    write_safe_csv(tmp_path / "scores.csv", frame)
    text = (tmp_path / "scores.csv").read_text(encoding="utf-8")
    assert text == "name,day,effect,rank\n'=cmd|' /C calc'!A0,2024-11-24,-0.25,1\n,,,\n"
