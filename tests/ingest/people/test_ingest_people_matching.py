"""Names as people write them: who is meant, who is asked about, who is a stranger."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.people.likeness import Likeness
from ingest.people.matching import match_names
from ingest.people.spelling import spelling

TEAM = dict.fromkeys(
    (
        "Ann Lee", "José Núñez", "Zoë O'Brien", "Łukasz Wójcik", "Tom Baker", "Tom Fischer",
        "Jürgen Müller", "Renée van der Berg", "Beatriz Conceição", "Owen Hughes", "Jack Turner",
        "Björn Åkesson", "Robert Smith", "Ida-Marie Sørensen",
    ),
    (),
)  # fmt: skip

MEANT = [
    ("Ann Lee ", "Ann Lee", Likeness.SAME),
    ("LEE, Ann", "Ann Lee", Likeness.ORDER),
    ("ann_lee", "Ann Lee", Likeness.SAME),
    ("AnnLee", "Ann Lee", Likeness.SAME),
    ("ann.lee@club.example", "Ann Lee", Likeness.SAME),
    ("A. Lee", "Ann Lee", Likeness.INITIALS),
    ("Lee A", "Ann Lee", Likeness.INITIALS),
    ("Jose Nunez", "José Núñez", Likeness.SAME),
    ("José Nuñez (injured)", "José Núñez", Likeness.BRACKETS),
    ("zoe o'brien", "Zoë O'Brien", Likeness.SAME),
    ("OBrien Zoe", "Zoë O'Brien", Likeness.ORDER),
    ("Lukasz", "Łukasz Wójcik", Likeness.ONE_NAME),
    ("Juergen Mueller", "Jürgen Müller", Likeness.SAME),
    ("Jurgen Muller", "Jürgen Müller", Likeness.SAME),
    ("Müller J.", "Jürgen Müller", Likeness.INITIALS),
    ("R. v. d. Berg", "Renée van der Berg", Likeness.INITIALS),
    ("Renee Berg", "Renée van der Berg", Likeness.MORE_NAMES),
    ("Bea", "Beatriz Conceição", Likeness.NICKNAME),
    ("Bob Smith", "Robert Smith", Likeness.NICKNAME),
    ("Owen Huges", "Owen Hughes", Likeness.TYPING_ERROR),
    ("Owne Hughes", "Owen Hughes", Likeness.TYPING_ERROR),
    ("Jack T (U17)", "Jack Turner", Likeness.INITIALS),
    ("Tom B.", "Tom Baker", Likeness.INITIALS),
    ("Bjoern Akesson", "Björn Åkesson", Likeness.SAME),
    ("Ida Marie Sorensen", "Ida-Marie Sørensen", Likeness.SAME),
]


@pytest.mark.parametrize(("written", "athlete", "grade"), MEANT)
def test_a_name_means_one_athlete_and_the_reason_is_told(written, athlete, grade):
    match = match_names([written], TEAM)[written]
    assert (match.athlete, match.likeness) == (athlete, grade)
    assert match.is_safe
    assert match.reason == grade.reason


@pytest.mark.parametrize(
    ("written", "candidates"),
    [
        ("Tom", ("Tom Baker", "Tom Fischer")),
        ("T.", ()),
        ("Anna Lee", ("Ann Lee",)),
        ("Tom Bauer", ("Tom Baker",)),
        ("Jans Sorensen", ()),
        ("Marta", ()),
        ("Kwame Mensah", ()),
        ("Ann Baker", ()),
    ],
)
def test_what_may_be_somebody_else_is_never_safe(written, candidates):
    match = match_names([written], TEAM)[written]
    assert match.candidates == candidates
    assert not match.is_safe


def test_names_of_the_roster_come_first_and_accents_alone_keep_two_athletes_apart():
    team = {"Ann Lee": ("Speedy", "Tom"), "Tom Baker": (), "Jan Novák": (), "Jan Novak": ()}
    found = match_names(["speedy", "Tom", "Jan Novák", "Jan Novak", "Novak, Jan"], team)
    assert [found[one].athlete for one in found] == ["Ann Lee", "Ann Lee", "Jan Novák",
                                                     "Jan Novak", ""]  # fmt: skip
    assert found["Novak, Jan"].candidates == ("Jan Novak", "Jan Novák")


def test_codes_that_differ_in_a_digit_are_different_people():
    team = dict.fromkeys(("p01", "p02", "Athlete 1", "Athlete 10", "r1"), ())
    written = ["p03", "P01", "athlete 1", "Athlete 2", "r10", "Athlete 10"]
    found = match_names(written, team)
    assert [one.athlete for one in found.values()] == ["", "p01", "Athlete 1", "", "", "Athlete 10"]
    assert match_names(["12 Ann Lee"], TEAM)["12 Ann Lee"].is_certain


NAMES = st.sampled_from(sorted(TEAM))


@given(name=NAMES, upper=st.booleans(), blanks=st.integers(0, 2), comma=st.booleans())
@settings(max_examples=60, deadline=None)
def test_case_blanks_and_order_never_change_who_is_meant(name, upper, blanks, comma):
    first, *rest = name.split()
    written = f"{' '.join(rest)}, {first}" if comma else name
    written = " " * blanks + (written.upper() if upper else written)
    match = match_names([written], TEAM)[written]
    assert match.athlete == name
    assert match.is_certain


@pytest.mark.parametrize(
    ("written", "athlete"),
    [
        ("Mª José Santos", "Maria José Santos"), ("M.ª José Santos", "Maria José Santos"),
        ("JC Pérez", "Juan Carlos Pérez"), ("Pérez JC", "Juan Carlos Pérez"),
        ("J.C. Pérez", "Juan Carlos Pérez"), ("Tó Gonçalves", "António Gonçalves"),
        ("Gigi", "Luigi Bianchi"), ("Kees de Boer", "Cornelis de Boer"),
    ],
)  # fmt: skip
def test_short_forms_of_other_countries_are_proposed(written, athlete):
    team = dict.fromkeys(
        ["Maria José Santos", "Juan Carlos Pérez", "António Gonçalves", "Luigi Bianchi",
         "Cornelis de Boer"], ()
    )  # fmt: skip
    match = match_names([written], team)[written]
    assert match.athlete == athlete
    assert match.is_safe


def test_two_capitals_of_a_name_in_capitals_are_no_initials():
    assert spelling("LI NA").words == ("li", "na")


@pytest.mark.parametrize("code", ["PP", "VP", "SB", "KT"])
def test_codes_with_numbers_stay_apart(code):
    assert spelling(f"{code} 01").key != spelling(f"{code} 02").key


@pytest.mark.parametrize(
    ("written", "known"),
    [("MR Tom Baker", "Tom Baker"), ("DR. Anna Berg", "Anna Berg"), ("ST. JOHN", "St. John")],
)
def test_titles_in_capitals_are_no_initials(written, known):
    assert spelling(written).key == spelling(known).key
