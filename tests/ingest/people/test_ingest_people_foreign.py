"""Names as clubs wrote them that were not seen before: titles, joined initials, near neighbours."""

import pytest

from ingest.people.folder_words import without_export_words
from ingest.people.likeness import Likeness, likeness
from ingest.people.spelling import spelling
from tests.ingest.people.people_cases import decided, named


@pytest.mark.parametrize(
    ("written", "known", "grade"),
    [
        ("D. Bakker", "Daan B", Likeness.VAGUE),
        ("D. Bakker", "Daan V", None),
        ("BE Dahl", "Bjørn-Erik Dahl", Likeness.VAGUE),
        ("BE Dahl", "Bjørn Dahl", None),
        ("Holm, F.", "freja", Likeness.VAGUE),
        ("Holm, F.", "mikkel", None),
        ("Ana Gromann", "Ana Großmann", Likeness.TYPING_ERROR),
        ("Mme Lefèvre", "Hélène Lefèvre", Likeness.ONE_NAME),
        ("Sig. Rossi", "Mara Rossi", Likeness.ONE_NAME),
        ("Sig Berg", "Kari Berg", None),
        ("Hansen", "Sig Hansen", Likeness.ONE_NAME),
        ("Hr. Lund", "Ole Lund", Likeness.ONE_NAME),
        ("HR Meier", "Ann Meier", None),
        ("Sra. Peña", "Lucía Peña", Likeness.ONE_NAME),
    ],
)
def test_names_that_shorten_each_other(written, known, grade):
    assert likeness(spelling(written), spelling(known)) is grade


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("giulia rossi samsunghealth", "giulia rossi"),
        ("Bo Ek stravaexport", "Bo Ek"),
        ("Ann Leedata", "Ann Leedata"),
    ],
)
def test_a_download_in_one_word_is_no_name(name, kept):
    assert without_export_words(name) == kept


def test_a_name_that_also_fits_somebody_who_stands_beside_is_asked_about():
    folders = ["Paul Roux/Activities.csv", "Paule Roux/Activities.csv", "Ann Lee/Activities.csv"]
    found = decided(folders, named(["P. Roux", "Ann"]))
    assert found.proposed["Ann"] == "Ann Lee"
    assert "P. Roux" not in found.proposed
    asked = {question.rows[0] for question in found.questions if not question.safe}
    assert asked == {"Paule Roux", "P. Roux"}


@pytest.mark.parametrize(
    ("written", "name", "grade"),
    [
        ("Matteo Smithh-Jones", "Matteo Smith Jones", Likeness.TYPING_ERROR),
        ("Daniela García López", "Daniel García López", Likeness.VAGUE),
        ("Martina van Dijk", "Martin van Dijk", Likeness.VAGUE),
        ("Philipp Müller", "Philip Müller", Likeness.VAGUE),
    ],
)
def test_a_last_letter_twice_is_a_slip_in_a_long_name_alone(written, name, grade):
    assert likeness(spelling(written), spelling(name)) is grade
