"""What a cell and a heading say: tables by hand, in the languages clubs write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.headings import meaning_of, unit_of
from ingest.readers.sheets.words.measure_headings import gait_heading, strength_heading
from ingest.readers.sheets.words.stated_scale import stated_scale
from ingest.readers.sheets.words.written_dates import dates_in, read_written, years_in
from ingest.readers.sheets.words.written_weeks import read_week


@pytest.mark.parametrize(
    ("cell", "value", "about"),
    [
        ("30", 30, False),
        ("6,5", 6.5, False),
        # "Circa": the number counts, with the mark that it is rough.
        ("c. 30", 30, True),
        ("ca. 45", 45, True),
        ("about 7", 7, True),
        ("etwa 7,5", 7.5, True),
        ("env. 40", 40, True),
        ("~45", 45, True),
        ("7h", 7, False),
        ("7 h 30", 7.5, False),
        ("1h05", 65 / 60, False),
        ("45 km", 45, False),
        # The middle of the range; of "50+" and ">50" only the bound is known.
        ("40-45", 42.5, True),
        ("50+", 50, True),
        (">50", 50, True),
        ("30?", 30, True),
        ("12 + 8", 20, False),
        # What stands in brackets is a part of it.
        ("30 (12 tempo)", 30, False),
        ("4 - leicht", 4, False),
        ("7½", 7.5, False),
        ("1.234,5", 1234.5, False),
        ("0", 0, False),
        ("8/10", 8, False),
    ],
)
def test_numbers_as_people_type_them(cell, value, about):
    found = read_amount(cell)
    assert found.value == pytest.approx(value)
    assert found.about == about


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("INJ", "injured"),
        ("verletzt", "injured"),
        ("blessée", "injured"),
        ("skadet", "injured"),
        ("ill", "ill"),
        ("krank", "ill"),
        ("ziek", "ill"),
        ("?", "unknown"),
        ("k.A.", "unknown"),
        ("-", "none"),
        ("Urlaub", "away"),
        ("Ruhetag", "rest"),
    ],
)
def test_a_word_in_place_of_a_number_is_no_number(cell, word):
    assert read_amount(cell) == (None, False, word, "", ())


def test_what_nobody_knows_is_not_understood():
    assert read_amount("felt ok") is None
    assert read_amount("x" * 100) is None


def test_the_files_decimal_mark_decides_only_what_is_open():
    # Where the file has points for decimals, the comma parts thousands.
    assert read_amount("1,234", ".").value == 1234
    assert read_amount("1,234", ",").value == 1.234
    assert read_amount("6,5", ".").value == read_amount("6,5", ",").value == 6.5


@given(st.floats(0, 999, allow_nan=False), st.sampled_from(["", " km", "km", "h"]))
def test_any_number_comes_back(value, unit):
    written = f"{value:.1f}"
    for text in (written, written.replace(".", ",")):
        assert read_amount(text + unit).value == pytest.approx(float(written))


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("14.10.2019", "2019-10-14", "2019-10-14"),
        # The only one of these that can be read either way.
        ("04/05/2025", "2025-05-04", "2025-04-05"),
        ("3. März 2020", "2020-03-03", "2020-03-03"),
        ("Feb 3, 2020", "2020-02-03", "2020-02-03"),
        ("Montag, 5. Mai 2025", "2025-05-05", "2025-05-05"),
        ("5 de mayo de 2025",) + ("2025-05-05",) * 2,
        ("2025/05/05 7:03:01 AM GMT+2", "2025-05-05", "2025-05-05"),
        ("20250505",) + ("2025-05-05",) * 2,
        ("tirsdag 6. maj 2025", "2025-05-06", "2025-05-06"),
        ("3-Feb-20", "2020-02-03", "2020-02-03"),
        ("1er avril 2024", "2024-04-01", "2024-04-01"),
        ("27.02.20", "2020-02-27", "2020-02-27"),
    ],
)
def test_dates_as_people_write_them(text, day_first, month_first):
    written = read_written(text)
    assert written.moment(day_first=True).date().isoformat() == day_first
    assert written.moment(day_first=False).date().isoformat() == month_first


@pytest.mark.parametrize(
    ("text", "clock", "offset"),
    [
        ("2025/05/05 7:03:01 AM GMT+2", (7, 3, 1), 120),
        ("2025/05/05 11:30:00 PM GMT-5", (23, 30, 0), -300),
        # 12 AM is midnight.
        ("05/05/2025 12:03:00 AM", (0, 3, 0), None),
        ("2025-05-05T07:03:01.000+02:00", (7, 3, 1), 120),
        ("2025-05-05 07:03:01 UTC", (7, 3, 1), 0),
        ("5/5/25 19:03", (19, 3, 0), None),
    ],
)
def test_stamps_of_form_tools(text, clock, offset):
    found = read_written(text)
    assert (found.clock, found.offset) == (clock, offset)


@pytest.mark.parametrize("text", ["?", "40", "7,5", "Jan 2020", "felt odd", "3:30", ""])
def test_what_is_no_date_is_none(text):
    assert read_written(text) is None


def test_dates_in_sentences_weeks_and_titles():
    found = dates_in("4 Wochen, am 30.12. wieder Training")
    assert [(one.first, one.second, one.year) for one in found] == [(30, 12, None)]
    assert read_week("KW 41") == (None, 41)
    assert read_week("2019-W41") == read_week("Week 41/2019") == (2019, 41)
    assert read_week("km") is None
    assert years_in(["Weekly mileage 2019-20"]) == (2019, 2020)


@pytest.mark.parametrize(
    ("heading", "concept"),
    [
        ("How did you sleep last night? (1 = very badly, 5 = very well)", "sleep_quality"),
        ("Hours of sleep", "sleep_h"),
        ("Wie viele Stunden hast du geschlafen?", "sleep_h"),
        ("Quante ore hai dormito questa notte?", "sleep_h"),
        ("Hur många timmar sov du?", "sleep_h"),
        ("How tired are you? (1 = not at all, 5 = exhausted)", "fatigue"),
        ("Quão cansado te sentes?", "fatigue"),
        ("Muskelkater (1-5)", "soreness"),
        ("Courbatures", "soreness"),
        ("Estrés", "stress"),
        ("Any pain? (0-10)", "pain"),
        ("Heeft u pijn?", "pain"),
        ("Har du ondt?", "pain"),
        ("Where does it hurt?", "pain_place"),
        ("Waar heb je klachten?", "pain_place"),
        ("Hvor gjør det vondt?", "pain_place"),
        ("Hvor mange km løb du?", "distance_km"),
        ("Wer", "athlete"),
        ("Nom et prénom", "athlete"),
        ("Horodateur", "stamp"),
        ("Zeitstempel", "stamp"),
        ("Tijdstempel", "stamp"),
        ("Carimbo de data/hora", "stamp"),
        ("Für welchen Tag gilt die Antwort?", "date"),
        ("Week commencing", "week"),
        ("Semana del", "week"),
        ("Dauer (min)", "duration_min"),
        ("Durée", "duration_min"),
        ("Kilometrage hebdo", "distance_km"),
        ("Körpergewicht [kg]", "mass_kg"),
        ("Verletzungsdatum", "onset"),
        ("Data infortunio", "onset"),
        ("Bemerkung / wieder fit", "return"),
        ("Terug", "return"),
        ("Dias de baja", "days_lost"),
        ("Kroppsdel", "region"),
        ("How do you feel? [Fatigue]", "fatigue"),
        ("OSIICS", "code"),
        ("T-shirt", ""),
        ("Phone number", ""),
    ],
)
def test_headings_in_ten_languages(heading, concept):
    assert meaning_of(heading).concept == concept


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("GCT L (ms)", "ms"),
        ("Gewicht in kg", "kg"),
        ("Quad L [Nm/kg]", "nm/kg"),
        ("Name", ""),
        ("Hip add (°)", "deg"),
    ],
)
def test_units_of_headings(heading, unit):
    assert unit_of(heading) == unit


@pytest.mark.parametrize(
    ("heading", "test", "side", "trial"),
    [
        ("Hip Abd L T1", "hip_abduction", "left", 1),
        ("Kniestreckung rechts (N)", "knee_extension", "right", 0),
        ("Höftabduktion vä", "hip_abduction", "left", 0),
        ("Quad L (Nm)", "knee_extension", "left", 0),
        ("Estensione ginocchio dx", "knee_extension", "right", 0),
        ("Hip ER left", "hip_external_rotation", "left", 0),
        ("Side plank R (s)", "side_plank", "right", 0),
        ("Adductor squeeze", "hip_adduction", "", 0),
    ],
)
def test_headings_of_strength_tests(heading, test, side, trial):
    assert strength_heading(heading)[:3] == (test, side, trial)


def test_headings_of_gait_values():
    assert gait_heading("Bodenkontaktzeit li (ms)")[:2] == ("contact_ms", "left")
    assert gait_heading("Peak hip add L (°)")[:2] == ("peak_hip_adduction_deg", "left")
    assert gait_heading("Foot strike").name == ""


@pytest.mark.parametrize(
    ("heading", "item", "scale"),
    [
        ("Sleep (1 = very badly, 5 = very well)", "sleep_quality", (1, 5, 1, 5)),
        ("How tired are you? (1 = not at all, 5 = exhausted)", "fatigue", (1, 5, 5, 1)),
        # Low, high, worst, best: the words tell which end is the worst, and not the item.
        ("Fatigue (1 = exhausted, 5 = fresh)", "fatigue", (1, 5, 1, 5)),
        ("Müdigkeit: 1 = frisch ... 10 = völlig erschöpft", "fatigue", (1, 10, 10, 1)),
        ("Qualité du sommeil (1 : très mauvaise, 5 : très bonne)", "sleep_quality", (1, 5, 1, 5)),
        ("How was your sleep? very bad (1) - very good (10)", "sleep_quality", (1, 10, 1, 10)),
        ("Mood [1 bad - 5 great]", "mood", (1, 5, 1, 5)),
        ("Sleep (1=best, 7=worst)", "sleep_quality", (1, 7, 7, 1)),
        ("Hvor sliten er du? (1 = ikke sliten, 5 = utslitt)", "fatigue", (1, 5, 5, 1)),
        ("Fatiga (1 = nada cansado, 10 = agotado)", "fatigue", (1, 10, 10, 1)),
        ("How recovered? (0 = not recovered, 10 = fully recovered)", "readiness", (0, 10, 0, 10)),
        # Numbers alone do not tell which end is the worst.
        ("Stress (1-5)", "stress", (1, 5, None, None)),
        ("Soreness out of 10", "soreness", (0, 10, None, None)),
        ("Stress", "stress", (None, None, None, None)),
    ],
)
def test_scales_that_headings_state(heading, item, scale):
    assert stated_scale(heading, item) == scale


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        # Short sides of one language are words of another.
        ("Hüftabduktion der linken Seite", "left"), ("Abduktion der Hüfte links", "left"),
        ("Extension de rodilla sin peso", ""), ("Kraft der Adduktoren", ""),
        ("Abduktion der rechten Hüfte", "right"), ("Hüftabduktion, bei dir gemessen", ""),
        ("Abducción de cadera der", "right"), ("Abd cadera Der 1 (kg)", "right"),
        ("Abd der", "right"), ("Abducción der cadera", "right"), ("Der", "right"),
        ("Anca abd sin 2", "left"), ("Sin", "left"), ("Ginocchio est dir", "right"),
    ],
)  # fmt: skip
def test_short_sides_count_in_their_own_language(heading, side):
    assert strength_heading(heading).side == side
