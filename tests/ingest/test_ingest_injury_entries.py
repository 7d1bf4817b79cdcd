"""Lines of injury registers in the words of real clubs: place, return and class."""

import pandas as pd
import pytest

from ingest.injuries.entries import settle_entry
from ingest.injuries.entry import InjuryEntry
from ingest.injuries.returns import read_return
from ingest.injuries.spelling import corrected

ONSET = pd.Timestamp("2020-03-05")


def settled(text, remark="", own=None, **cells):
    return settle_entry(InjuryEntry(ONSET, text=text, remark=remark, **cells), own or {})


@pytest.mark.parametrize(
    ("text", "remark", "place", "kind"),
    [
        ("Achilessehne re. gereitzt", "ca 2 Wo. Pause", ("achilles", "right"), "days_lost"),
        ("Knie vorne re (PFPS), Physio", "dosiert laufen", ("knee", "right"), "clinician"),
        ("Schienbein li., V.a. Stressfraktur", "offen", ("lower_leg", "left"), "listed"),
        ("Plantarfaszie li.", "läuft weiter m. Schmerzen", ("foot", "left"), "listed"),
        ("Rücken", "immer mal wieder", ("lumbar", None), "niggle"),
        ("left calf tight", "on and off", ("lower_leg", "left"), "niggle"),
        ("broken wrist", "6 weeks", ("arm", None), "region"),
        ("Knie geprellt", "Fahrradsturz", ("knee", None), "other_cause"),
        ("Covid", "1 week", ("unknown", None), "illness"),
        ("douleur mollet droit", "repos 10 jours", ("lower_leg", "right"), "days_lost"),
        ("dolor rodilla izq", "fisio", ("knee", "left"), "clinician"),
        ("fastidio al ginocchio sx", "ogni tanto", ("knee", "left"), "niggle"),
        ("kuitklachten rechts", "2 weken rust", ("lower_leg", "right"), "days_lost"),
        ("vondt i legg høyre", "3 uker", ("lower_leg", "right"), "days_lost"),
        ("dor no joelho direito", "treina normalmente", ("knee", "right"), "no_days_lost"),
        ("something felt odd", "", ("unknown", None), "listed"),
        ("no knee pain any more", "", ("unknown", None), "place_unknown"),
    ],
)
def test_place_and_class(text, remark, place, kind):
    found = settled(text, remark)
    assert (found.region, found.side, found.class_reason) == (*place, kind)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("days_lost", "injury"), ("listed", "injury"), ("clinician", "injury"),
        ("niggle", "complaint"), ("region", "not_running"), ("place_unknown", None),
    ],
)  # fmt: skip
def test_a_reason_belongs_to_one_class(reason, kind):
    texts = {
        "days_lost": ("knee", "2 weeks"), "listed": ("knee", ""), "clinician": ("knee", "MRI"),
        "niggle": ("knee niggle", ""), "region": ("elbow", ""), "place_unknown": ("no pain", ""),
    }  # fmt: skip
    found = settled(*texts[reason])
    assert (found.injury_class, found.class_reason) == (kind, reason)


def test_days_lost_outweigh_words():
    assert settled("knee niggle", days_lost=0.0).injury_class == "complaint"
    assert settled("knee niggle", days_lost=3.0).injury_class == "injury"
    assert settled("knee", severity_cell="moderate").class_reason == "severity"


def test_cells_of_their_own_fill_what_the_text_does_not_tell():
    found = settled("felt it after the long run", region_cell="Oberschenkel", side_cell="L")
    assert (found.region, found.side) == ("thigh", "left")
    assert settled("felt it", code="KT1X").region == "knee"
    assert settled("felt it", code="TMHX").diagnosis == "muscle_strain"


def test_a_text_that_says_none_is_no_injury():
    assert not settled("keine").injury
    assert settled("knee").injury


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Wo.", "2020-03-12"),
        ("2-3 weeks", "2020-03-23"),
        ("zwei Wochen Pause", "2020-03-19"),
        ("10 Tage", "2020-03-15"),
        ("1 mois", "2020-04-04"),
        ("wieder dabei seit 25.3.", "2020-03-25"),
        ("wieder fit am 2.1.", "2021-01-02"),  # the first such day from the onset on
        ("4 Wochen, am 30.3. wieder Training", "2020-03-30"),
        ("back 2020-03-19", "2020-03-19"),
        ("19.03.20", "2020-03-19"),
        ("offen!! MRT am 3.4.", None),
        ("seit 2 Wochen", None),
        ("noch 2 Wochen", None),
        ("MRI in 2 weeks", None),
        ("dosiert laufen", None),
        ("back 31.2.", None),
        ("back 4.3.2020", None),  # before the onset
        ("", None),
    ],
)
def test_returns_in_words(text, day):
    found = read_return(text, ONSET)
    assert found == (None if day is None else pd.Timestamp(day))


def test_without_an_onset_weeks_say_nothing():
    assert read_return("3 weeks", None) is None


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("muskelfasserris", "muskelfaserriss"),
        ("wadenzerung", "wadenzerrung"),
        ("umgeknikt", "umgeknickt"),
        ("hamstirng", "hamstring"),
        ("knei", "knei"),  # too short to be sure
        ("marathon", "marathon"),
        ("training", "training"),
    ],
)
def test_spelling(written, right):
    assert corrected(written) == right


def test_own_words_decide():
    from ingest.dataset.settings import InjuryMeaning  # beside its only use

    own = {"zwick": InjuryMeaning(region="hip")}
    found = settled("der alte zwick", own=own)
    assert (found.region, found.class_reason) == ("hip", "own_words")


def test_what_keeps_people_away_is_an_injury_beside_a_part_of_the_body_only():
    beside = settled("work", region_cell="left knee")
    assert (beside.injury, beside.region, beside.side) == (True, "knee", "left")
    assert not settled("work").injury
    assert not settled("holiday", remark="back on Monday").injury
    assert not settled("none", region_cell="knee").injury
