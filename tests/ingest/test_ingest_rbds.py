import os
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.datasets.reference_ranges import document, reference_table, strength_per_kg
from tests.ingest import strength_files as files

HEADER = ["Subject", "FileName", "Age", "Height", "Mass", "Gender", "Injury", "InjuryLoc",
          "Diagnostic", "InjuryOnDate", "RHIPABD", "LHIPABD", "RHIPEXT", "LHIPEXT", "RHIPER",
          "LHIPER", "RHIPIR"]  # fmt: skip
ONE = ["1", "a.txt", "22", "181", "50", "M", "Yes", "Right knee", "Iliotibial band syndrome",
       "3/15/2015", "20", "25", "18", "18", "9", "9", "10"]  # fmt: skip


def sheet(folder, *rows):
    text = "\n".join("\t".join(row) for row in (HEADER, *rows)) + "\n"
    return files.read_text(folder, text, "rbds", name="RBDSinfo.txt")


def changed(**cells):
    return list((dict(zip(HEADER, ONE, strict=True)) | cells).values())


def test_repeated_rows_of_a_runner_are_told_from_contradictions(tmp_path):
    parsed = sheet(tmp_path, ONE, changed(FileName="b.txt"), changed(FileName="c.txt", Age="23"))
    assert list(parsed.account.rejects["reason"]) == ["repeat_of_runner", "contradicts_first_row"]
    people = parsed.records["cross_section"]
    assert people[["region", "side", "diagnosis"]].to_numpy().tolist() == [
        ["knee", "right", "itbs"]
    ]
    strength = parsed.records["undated_strength"]
    # Seven cells hold a force; the left internal rotation has no column here.
    assert len(strength) == 7
    assert set(strength["unit"]) == {"kg"}
    assert "date" not in strength


def test_a_finding_that_contradicts_the_place_is_left_out(tmp_path):
    row = changed(InjuryLoc="Left anterior tibia", Diagnostic="Aquilles tendinitis")
    people = sheet(tmp_path, row).records["cross_section"]
    assert people["region"].tolist() == ["lower_leg"]
    assert people["diagnosis"].isna().all()


def test_per_kilogram_and_side_difference_by_hand(tmp_path):
    parsed = sheet(tmp_path, ONE)
    table = strength_per_kg(parsed.records["cross_section"], parsed.records["undated_strength"])
    row = table.set_index("test").loc["hip_abduction"]
    assert row["right"] == pytest.approx(20 * 9.80665 / 50)
    assert row["mean"] == pytest.approx(22.5 * 9.80665 / 50)
    # (20 - 25) / 25.
    assert row["difference"] == pytest.approx(-0.2)
    assert pd.isna(table.set_index("test").loc["hip_internal_rotation", "mean"])


@pytest.mark.parametrize(
    ("men", "women", "groups"),
    [
        (5, 5, {"all", "men", "women", "men < 30", "women < 30"}),
        # With all six shown, the one woman could be worked out.
        (5, 1, {"men", "men < 30"}),
        (4, 0, set()),
    ],
)
def test_no_cell_below_five_is_shown_nor_given_away(men, women, groups):
    people = pd.DataFrame({"athlete": [str(n) for n in range(men + women)], "age": 25.0})
    people["sex"] = ["male"] * men + ["female"] * women
    per_kg = people[["athlete"]].assign(test="hip_abduction", left=3.0, right=4.0, mean=3.5)
    table = reference_table(people, per_kg.assign(difference=0.25))
    assert set(table["group"] if len(table) else []) == groups
    assert not len(table) or (table["n"] >= 5).all()


def test_the_document_is_that_of_the_published_sheet():
    shared = Path(os.environ.get("STRIDECAST_SHARED", "../shared"))
    path = shared / "data/rbds/RBDSinfo.txt"
    if not path.is_file():
        pytest.skip("RBDS is not on this machine")
    kept = Path(__file__).parents[2] / "docs" / "reference_ranges.md"
    assert document(path) == kept.read_text(encoding="utf-8")
