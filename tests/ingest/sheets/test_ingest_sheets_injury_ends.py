"""What registers and forms tell of ends: "knee fine again", "out until 20 March", and remarks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.injuries.recovered import is_recovered, names_nothing
from ingest.readers.base import FileRefused
from ingest.readers.sheets.reader import SheetReader
from tests.ingest.sheets import sheet_files as files

TOLD = ("athlete", "onset_date", "return_date", "region")
WELL = (
    "fine again", "is fine", "ok now", "pain gone", "pain free", "wieder gut", "schmerzfrei",
    "ist wieder in Ordnung", "va bien", "guérie", "ya está bien", "sin dolor", "va bene", "a posto",
    "weer goed", "geen pijn meer", "tudo bem", "sem dor", "bra igjen", "smertefri", "bra igen",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("knee fine again", True), ("Knie wieder gut", True), ("no more pain", True),
        ("plus aucune douleur au genou", True), ("ya no duele", True), ("all good", True),
        ("knee not ok", False), ("knee ok when walking", False), ("knee almost fine", False),
        ("pain gone but calf tight", False), ("Knie noch nicht gut", False), ("left knee", False),
        ("rolled over", False), ("no pain", False), ("trained through, ok", False), ("", False),
        ("the pain in my calf has gone", True), ("dor no joelho passou", True),
        ("no more pain with my knee", True), ("fine again after her hip", True),
        ("is fully recovered from her knee", True), ("is back from shin splints", True),
        ("is not recovered from her knee", False), ("is back from knee surgery", False),
        ("is no longer injured", True), ("back from holidays", False),
    ],
)  # fmt: skip
def test_words_of_an_end(text, over):
    assert is_recovered(text) is over


@pytest.mark.parametrize(
    "text",
    ["knee no good", "knee doesn't feel good", "pain all over", "season is over", "calf gone again",
     "la rodilla no va bien", "il ginocchio non va bene", "non guarito", "joelho não resolvido",
     "genou moins bien", "knie minder goed", "knä ej bra", "kneet ikkje bra", "bike ok", "X-ray ok",
     "walking is fine", "half recovered", "wird wieder gut", "Bruch schlecht verheilt", "fine?",
     "im Alltag schmerzfrei", "Operation gut", "rehab is over", "80% good", "far from fine",
     "sin alta médica", "hip pain running again", "knee sore training again",
     "calf problem, back running", "Knie Schmerzen voll dabei",
     "no more pain with painkillers", "plus aucune douleur au repos", "fine after knee surgery"],
)  # fmt: skip
def test_any_other_word_may_turn_words_of_an_end_round(text):
    """A line of somebody still injured was the end of the injury once, by its last word."""
    assert not is_recovered(text)


def test_the_end_of_one_side_is_none_of_the_other(tmp_path):
    rows = [
        ["Name", "Date", "Injury"],
        ["Ann Lee", "13 Jan 2025", "left calf"],
        ["Ann Lee", "3 Feb 2025", "right calf fine again"],
        ["Bo Ek", "13 Jan 2025", "left calf"],
        # Without a side it can only be the one calf on record.
        ["Bo Ek", "3 Feb 2025", "calf fine again"],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "return_date") == [
        ("Ann Lee", None), ("Bo Ek", "2025-02-03"),
    ]  # fmt: skip


def test_all_is_well_and_names_nothing():
    assert names_nothing("All good!")
    assert not names_nothing("knee fine")


@given(
    place=st.sampled_from(["left knee", "Achilles", "Wade", "mollet"]), well=st.sampled_from(WELL)
)
@settings(max_examples=40, deadline=None)
def test_the_end_of_a_place_is_no_injury_of_it(place, well):
    assert is_recovered(f"{place} {well}")
    assert not is_recovered(f"{place} {well}, but sore going downhill")


REGISTER = [
    ["Name", "Date", "Injury", "Notes"],
    ["Ann Lee", "13 Jan 2025", "left knee", ""],
    ["Bo Ek", "14 Jan 2025", "right calf", ""],
    ["Ann Lee", "3 Feb 2025", "knee fine again", ""],
    # Bo's knee was never entered: this line ends nothing of his.
    ["Bo Ek", "20 Feb 2025", "knee pain gone", ""],
    ["Cy Dee", "21 Feb 2025", "all good", ""],
    ["Bo Ek", "24 Feb 2025", "calf", "ok again"],
    ["Dan Roe", "25 Feb 2025", "shin", "ok again"],
]


def test_a_line_that_tells_an_end_ends_the_injury_of_an_earlier_one(tmp_path):
    """ "Knee fine again" was a new injury of the knee once."""
    parsed = files.read(files.table(tmp_path / "Injuries.csv", REGISTER))
    assert files.told(parsed, "injuries", *TOLD) == [
        ("Ann Lee", "2025-01-13", "2025-02-03", "knee"),
        ("Bo Ek", "2025-01-14", "2025-02-24", "lower_leg"),
    ]
    # "ok again" in the line of the shin says that it is over, and not since when.
    assert sorted(files.reasons(parsed)) == [*["no_injury"] * 3, "return_without_day"]
    assert files.told(parsed, "injury_ends", "athlete", "date", "region") == [
        ("Bo Ek", "2025-02-20", "knee")
    ]
    assert parsed.account.repairs["return_told_by_a_later_line"] == 2


@pytest.mark.parametrize(
    "words",
    ["out until 20 March", "Pause bis 20.3.", "arrêt jusqu'au 20 mars",
     "parada hasta el 20 de marzo", "fermo fino al 20 marzo", "rust tot 20 maart",
     "skadet til 20. mars", "back 20 March", "wieder fit ab 20. März",
     "MRI on 12 March, back 20 March", "seen 5.3. - back 20.3."],
)  # fmt: skip
def test_until_a_day_is_the_day_of_the_return(tmp_path, words):
    rows = [
        ["Name", "Date", "Injury", "Notes"],
        ["Ann Lee", "2025-03-04", "left calf", words],
        ["Bo Ek", "2025-03-05", f"left calf, {words}", ""],
        # An end of treatment is no return to running.
        ["Cy Dee", "2025-03-06", "left calf", "physio until 20 March"],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "return_date") == [
        ("Ann Lee", "2025-03-20"), ("Bo Ek", "2025-03-20"), ("Cy Dee", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["boot until 20 March", "Gips bis 20.3.",
     "béquilles jusqu'au 20 mars", "antibiotics until 20.3.",
     "ran until 20 March, then stopped", "could run until 20 March", "lief bis 20.3. durch",
     "corre hasta el 20 de marzo", "training until 20 March", "off until at least 20 March",
     "back to physio 20 March", "back at doctor 20 March", "return of pain 20 March",
     "pain returned 20 March", "wieder schlimmer 20.3.", "Knie wieder verdreht 20.3.",
     "vuelve a doler el 20/03", "resumed physio 20 March", "cleared to cycle 20 March",
     "back on the bike 20 March", "wieder Radfahren ab 20.3.",
     "back 4 March", "back went 20 March", "pain at night", "physio every 2 weeks",
     "pain 2 weeks now", "physio in 2 weeks", "antibiotics 10 days", "Gips 6 Wochen",
     "kiné 2 fois par semaine", "ice 3 times a day"],
)  # fmt: skip
def test_a_treatment_training_or_new_pain_is_no_return(tmp_path, words):
    """The injured were healthy from a day on which a boot came off or the pain returned.

    "Pain at night" was over after "a t", a day.
    """
    rows = [
        ["Name", "Date", "Injury", "Notes"],
        ["Ann Lee", "2025-03-04", "left calf", words],
        ["Bo Ek", "2025-03-04", f"left calf, {words}", ""],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "return_date") == [(None,), (None,)]


@pytest.mark.parametrize(
    "words",
    ["no running until 20 March", "kein Laufen bis 20.3.", "pas de course jusqu'au 20 mars",
     "cleared by physio 20 March", "back without pain 20 March", "schmerzfrei zurück am 20.3."],
)  # fmt: skip
def test_words_of_harm_that_are_denied_keep_the_day_of_the_return(tmp_path, words):
    rows = [["Name", "Date", "Injury", "Notes"], ["Ann Lee", "2025-03-04", "left calf", words]]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "return_date") == [("2025-03-20",)]


def test_the_day_of_an_appointment_is_no_return_beside_words_of_it(tmp_path):
    rows = [
        ["Name", "Date", "Injury", "Notes"],
        ["Ann Lee", "2025-02-04", "tibia", "IRM le 2/3, arrêt jusqu'à nouvel ordre"],
        ["Bo Ek", "2025-02-20", "calf", "MRI 13 March, back when ready"],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "return_date") == [(None,), (None,)]


def test_a_date_of_a_remark_is_the_onset_only_where_it_says_so(tmp_path):
    rows = [
        ["Name", "Injury", "Remarks"],
        ["Ann Lee", "knee pain", "saw the coach on 4 February 2025 about shoes"],
        ["Bo Ek", "knee pain", "4 February 2025"],
        ["Cy Dee", "calf", "pulled it on 5 February 2025"],
        ["Dan Roe", "shin", "new orthotics, since 6 February 2025"],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date") == [
        ("Bo Ek", "2025-02-04"), ("Cy Dee", "2025-02-05"), ("Dan Roe", "2025-02-06"),
    ]  # fmt: skip
    assert files.reasons(parsed) == ["no_day"]


def test_a_knee_that_is_ok_is_no_pain(tmp_path):
    rows = [["Date", "Name", "Sleep (h)", "Pain"]]
    rows += [["2025-03-03", "Ann Lee", 7, "knee ok"], ["2025-03-03", "Bo Ek", 8, "left calf"]]
    parsed = files.read(files.table(tmp_path / "wellness.csv", rows))
    told = [
        frame["athlete"].tolist() for name, frame in parsed.records.items() if name == "pain_told"
    ]
    assert told == [["Bo Ek"]]


@pytest.mark.parametrize("name", ["Kit.csv", "Fees 2025-03-10.csv"])
def test_out_and_available_are_states_of_kit_as_well(tmp_path, name):
    rows = [["Name", "Item", "Status"], ["Ann Lee", "Vest", "out"], ["Bo Ek", "Vest", "available"]]
    path = files.table(tmp_path / name, rows)
    with pytest.raises(FileRefused):
        files.read(path)
    squad = files.table(tmp_path / "Squad 2025-03-10.csv", [[a, c] for a, _, c in rows])
    assert files.told(files.read(squad), "injuries", "athlete", "onset_date") == [
        ("Ann Lee", "2025-03-10")
    ]


@pytest.mark.parametrize("name", ["Status", "Mannschaft", "Plantilla", "March"])
def test_states_alone_beside_names_are_of_people(tmp_path, name):
    """Who is out was refused with the whole list, where no title spoke of training."""
    rows = [["Name", "Status"], ["Ann Lee", "ok"], ["Bo Ek", "out"], ["Cy Dee", "limited"]]
    parsed = files.read(files.table(tmp_path / f"{name} 2025-03-10.csv", rows))
    assert [who for (who,) in files.told(parsed, "injuries", "athlete")] == ["Bo Ek", "Cy Dee"]
    with pytest.raises(FileRefused):
        files.read(files.table(tmp_path / "Race 2025-03-10.csv", rows))


def test_praise_with_a_day_is_no_list_of_injuries(tmp_path):
    """ "From" told harm, as "since" does: each line of it was an injury of that day."""
    lines = ["Ann: strong calf work from the track session", "Bo: good hamstring drills ab Montag"]
    path = tmp_path / "notes 2025-03-10.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert not SheetReader().knows(path, path.read_bytes())


def test_the_day_of_a_list_is_not_that_of_next_weeks_list(tmp_path):
    """An answer to last week's "Status.csv" dated this week's list of the same name."""
    rows = [["Name", "Status"], ["Ann Lee", "injured"], ["Bo Ek", "fit"]]
    (question,) = files.read(files.table(tmp_path / "Status.csv", rows)).account.questions
    *_, version = question.setting
    settings_of = {"Status.csv": {"days": {version: "2025-03-10"}}}
    answered = files.read(tmp_path / "Status.csv", sheets=settings_of)
    assert files.told(answered, "injuries", "onset_date") == [("2025-03-10",)]
    files.table(tmp_path / "Status.csv", [*rows, ["Cy Dee", "injured"]])
    later = files.read(tmp_path / "Status.csv", sheets=settings_of)
    assert len(later.account.questions) == 1
    assert "injuries" not in later.records


@pytest.mark.parametrize(
    ("injury", "back", "notes", "reason"),
    [
        ("left calf", "fit again", "", "return_without_day"),
        ("left calf", "yes", "", "return_without_day"),
        ("left calf", "", "ya recuperado", "return_without_day"),
        ("Wade wieder ok, Donnerstag voll", "", "", "end_not_understood"),
        ("left calf", "not yet", "", None),
        ("left calf", "", "ok for cycling", None),
        ("calf ok, knee sore", "", "", None),
    ],
)
def test_what_is_over_since_nobody_knows_when_is_unclear_and_no_open_injury(
    tmp_path, injury, back, notes, reason
):
    rows = [["Name", "Date", "Injury", "Return", "Notes"],
            ["Ann Lee", "2025-02-20", injury, back, notes]]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.reasons(parsed) == ([reason] if reason else [])
    assert bool(parsed.records) is (reason is None)


def test_what_was_over_months_ago_stays_in_the_history(tmp_path):
    rows = [
        ["Name", "Date", "Injury", "Return"],
        ["Ann Lee", "2024-09-20", "left calf", "fit again"],
        ["Bo Ek", "2025-02-20", "left knee", "2025-02-27"],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert len(parsed.records["injuries"]) == 2


MAIL = """Von: Praxis Sommer
Datum: 20.10.2025
Betreff: Verletzte

Hallo Peter,
hier der Stand von heute:

Lisa Braun: Läuferknie links, seit 12.10., noch mind. 2 Wochen Pause
Eva Roth: Fußgelenk umgeknickt am 18.10., MRT am 23.10.
der Rest ist fit.

Viele Grüße
Anja Sommer
"""


def test_a_mail_of_the_physiotherapist_is_a_list_as_of_its_day(tmp_path):
    path = tmp_path / "Mail Physio.txt"
    path.write_text(MAIL, encoding="utf-8")
    parsed = files.read(path)
    assert files.told(parsed, "injuries", "athlete", "onset_date", "region") == [
        ("Lisa Braun", "2025-10-12", "knee"),
        ("Eva Roth", "2025-10-18", "ankle"),
    ]


@pytest.mark.parametrize(
    "state", ["recovered", "closed", "Available", "abgeschlossen", "guérie", "curada", "genezen"]
)
def test_a_status_that_says_it_is_over_leaves_nobody_injured(tmp_path, state):
    rows = [
        ["Name", "Date", "Injury", "Status"],
        ["Ann Lee", "2025-02-20", "left calf", state],
        ["Bo Ek", "2025-02-21", "left knee", "active"],
    ]
    parsed = files.read(files.table(tmp_path / "Injuries.csv", rows))
    assert files.told(parsed, "injuries", "athlete") == [("Bo Ek",)]
    assert files.reasons(parsed) == ["return_without_day"]


def test_who_is_available_on_the_day_of_a_list_trains_with_it(tmp_path):
    rows = [["Name", "Status", "Body part"], ["Ann Lee", "Available", "left calf"],
            ["Bo Ek", "Out", "right knee"]]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "Squad 10.03.2025.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "class") == [
        ("Ann Lee", "complaint"),
        ("Bo Ek", "injury"),
    ]
