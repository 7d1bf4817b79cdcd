"""A plan typed on the command line, and what is said of a bad one."""

import pandas as pd
import pytest

from common.errors import StridecastError
from ingest.readers.text.plan_words import kind_of, minutes_of
from ingest.readers.text.typed_plan import typed_plan

SUNDAY = pd.Timestamp("2024-11-17")


def told(text):
    plan = typed_plan(text, "a", SUNDAY)
    days = (plan["date"] - SUNDAY).dt.days
    km = plan["planned_distance_km"]
    return list(zip(days, km.fillna(-1.0), plan["intensity"].fillna(""), strict=True))


def test_weekdays_kilometres_and_kinds():
    assert told("Tue 8, Thu 10 km hard; Sat rest, Sun 18.5 long") == [
        (2, 8.0, ""),
        (4, 10.0, "hard"),
        (6, -1.0, "rest"),
        (7, 18.5, "long"),
    ]
    assert told("Di 7,5 locker, So 18") == [(2, 7.5, "easy"), (7, 18.0, "")]
    assert told("martes 8, domingo 18") == [(2, 8.0, ""), (7, 18.0, "")]
    assert told("2024-11-20 5 mi")[0][0] == 3


def test_minutes_are_no_kilometres():
    plan = typed_plan("Mon 45 min, Wed 1.5 h", "a", SUNDAY)
    assert plan["planned_duration_min"].tolist() == [45.0, 90.0]
    assert plan["planned_distance_km"].isna().all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the plan is empty"),
        ("18 km", "no day of the week"),
        ("someday 18", "no day of the week"),
        ("Sun", "no kilometres or minutes"),
        ("Sun long", "no kilometres or minutes"),
        ("2024-11-30 18", "not in the week after 2024-11-17"),
        ("Sun 1800", "is no run"),
    ],
)
def test_a_bad_plan_is_one_clear_line(text, said):
    with pytest.raises(StridecastError, match=said) as told_:
        typed_plan(text, "a", SUNDAY)
    assert "\n" not in str(told_.value)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        # The pace, the shoes or the week of a race are no race.
        ("Long run, last 5 km at race pace", "hard"), ("10 km at marathon pace", "hard"),
        ("18 km easy, marathon shoes", "easy"), ("race week: easy", "easy"),
        ("Langer Lauf, letzte 5 km Wettkampftempo", "hard"), ("15 km im Renntempo", "hard"),
        ("Locker nach dem Wettkampf", "easy"), ("Sortie longue, 5 km allure marathon", "hard"),
        ("Footing 10 km, chaussures de course", "easy"), ("footing avant la course", "easy"),
        ("Course à pied 10 km", None), ("Course lente 45 min", "easy"),
        ("Rodaje, últimos 3 a ritmo de carrera", "hard"), ("Carrera suave 40 min", "easy"),
        ("suave antes de la carrera", "easy"), ("Lungo 25 km, ultimi 5 a ritmo gara", "hard"),
        ("Duurloop 18 km, laatste 5 wedstrijdtempo", "hard"),
        ("Longão 20 km, ritmo de prova", "hard"), ("Långpass, sista 5 km i tävlingsfart", "hard"),
        ("Langtur, siste 5 km i konkurransefart", "hard"),
        ("Langtur, sidste 5 km i konkurrencetempo", "hard"),
        ("Race 10 km", "race"), ("City Marathon", "race"), ("Wettkampf", "race"),
        ("Maratón", "race"), ("Course 10 km", "race"), ("Carrera 10k", "race"), ("Gara", "race"),
        ("Wedstrijd", "race"), ("Prova 10 km", "race"), ("Tävling", "race"),
        ("Konkurranse", "race"), ("Konkurrence", "race"),
        # Parts of words, and a rest between repeats.
        ("entlang der Isar, locker", "easy"), ("along the river, easy", "easy"),
        ("schmerzfrei laufen", None), ("bracelet", None), ("difficile", None), ("platt", None),
        ("6x1000 descanso 2 min", "hard"), ("8 x 400, repos 1'", "hard"), ("Descanso", "rest"),
        ("lauffrei", "rest"), ("lätt 8 km", "easy"), ("Långpass", "long"),
    ],
)  # fmt: skip
def test_what_words_of_a_plan_mean(words, kind):
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Compétition", "race"), ("Rustig rennen 8 km", None), ("rennen 8 km rustig", "easy"),
     ("Rennen Hamburg", "race"), ("Rust", "rest"), ("Vila", "rest"), ("Hvile", "rest")],
)  # fmt: skip
def test_rest_and_race_in_other_languages(words, kind):
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("Seuil 3x10'", None), ("rest between reps 2 min, 6x800", None), ("6x800, 60 min", 60.0),
     ("5 x 3 min, 1 h", 60.0), ("8 x 400 m", None), ("45 min", 45.0)],
)  # fmt: skip
def test_the_time_of_a_repeat_is_not_that_of_the_session(words, minutes):
    """ "3 x 10 min" was a plan of ten minutes."""
    assert minutes_of(words) == minutes
