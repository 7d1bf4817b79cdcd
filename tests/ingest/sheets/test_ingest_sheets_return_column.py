"""The column of the return, as the file calls it, in the project's own form and in others."""

import pytest

from ingest.readers.sheets.return_column import return_heading

OWN = "athlete,onset_date,return_date,region\nAnn,2024-03-01,,knee\n"


@pytest.mark.parametrize(
    ("content", "heading"),
    [
        (OWN, "return_date"),
        (OWN.replace("\n", "\r\n"), "return_date"),
        ("\ufeff" + OWN, "return_date"),
        (OWN.replace(",", ";"), "return_date"),
        ("Name,Injured on,Back on,Where\nAnn,2024-03-01,2024-04-01,knee\n", "Back on"),
        ("athlete,onset_date,region\nAnn,2024-03-01,knee\n", ""),
        ("", ""),
    ],
)
def test_the_heading_is_the_one_in_the_file(tmp_path, content, heading):
    path = tmp_path / "injuries.csv"
    path.write_text(content, encoding="utf-8", newline="")
    assert return_heading(path) == heading


def test_no_file_has_no_heading(tmp_path):
    assert return_heading(tmp_path / "gone.csv") == ""
