"""Cells that carry their unit are read in the unit of their heading, and nothing else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.text.units_in_cells import in_unit
from ingest.run import ingest
from tests.ingest.club_files import small_club


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        # "7h30" is 7.5 in a column of hours and 450 in one of minutes.
        ("45 min", "min", 45), ("45'", "min", 45), ("7h30", "h", 7.5), ("7h30", "min", 450),
        ("1h 5m", "min", 65), ("1:05:00", "min", 65), ("0:50", "min", 50), ("1,5 h", "min", 90),
        ("90 Minuten", "min", 90), ("7 h", "h", 7), ("62 kg", "kg", 62), ("70,5kg", "kg", 70.5),
        # 140 x 0.45359237.
        ("140 lb", "kg", 63.502932), ("8 km", "km", 8), ("10000 m", "km", 10),
        # 6 x 1.609344.
        ("6 mi", "km", 9.656064), ("1.72 m", "cm", 172), ("12\u00b0", "deg", 12),
    ],
)  # fmt: skip
def test_a_cell_with_its_unit_is_a_number_in_the_unit_of_the_heading(cell, unit, number):
    assert float(in_unit(cell, unit)) == pytest.approx(number)


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        # A range has no one value, and kilograms are no kilometres.
        ("6 kg", "km"), ("about 7", "h"), ("7-8 h", "h"), ("ill", "min"), ("", "kg"),
        ("5 apples", "kg"),
    ],
)  # fmt: skip
def test_another_unit_or_a_word_stays_as_it_is(cell, unit):
    assert in_unit(cell, unit) is None


@given(st.floats(0.1, 400), st.sampled_from(["min", "kg", "km", "cm", "h", "deg", "bpm"]))
@settings(max_examples=40, deadline=None)
def test_a_number_with_the_headings_own_unit_stays_the_same(value, unit):
    # Three decimals are written: the rounding is 5e-4 at the most.
    assert float(in_unit(f"{value:.3f} {unit}", unit)) == pytest.approx(value, abs=6e-4)


def test_the_files_of_a_club_may_say_their_units(tmp_path):
    club = small_club(tmp_path / "club")
    (club / "body.csv").write_text(
        'athlete,date,mass_kg\nr1,2024-08-01,62 kg\nr1,2024-08-08,"61,5 kg"\nr1,2024-08-09,heavy\n',
        encoding="utf-8",
    )
    done = ingest(club)
    assert sorted(done.tables["body"]["mass_kg"]) == [61.5, 62.0]
    account = next(one for one in done.report["files"] if one["file"] == "body.csv")
    assert account["repairs"]["unit_in_cell"] == 2
    assert account["rejected"] == 1
