"""What was not read is told; also that a file holds headings and nothing below them."""

import pytest

from ingest.people.decision import People
from ingest.quality.kinds_of_files import kind_of
from ingest.quality.not_read import NOTHING_TO_DO, not_read
from ingest.records.account import Account, Unread, ignored_file, rejects_of

NOBODY = People({}, {}, {}, {}, ())


def test_a_file_with_headings_only_is_told_and_asks_for_nothing():
    empty = Account(source="Ann/sleep_score.csv", kind="pmdata_sleep_score", read=0, accepted=0)
    (one,) = not_read([empty], NOBODY)
    assert (one.kind, one.file, one.matters) == (NOTHING_TO_DO, "Ann/sleep_score.csv", False)
    assert "holds no records" in one.sentence


def test_files_that_hold_no_data_by_their_name_are_not_told():
    assert not_read([ignored_file("Thumbs.db", "written by a file manager")], NOBODY) == []


def test_a_file_of_which_no_sheet_holds_training_is_told():
    part = Unread("2025", "no training in it (Vecka, Ann Lee)")
    file = Account(
        source="club.xlsx", kind="sheet", read=0, accepted=0, ignored="not read", unread=(part,)
    )
    (one,) = not_read([file], NOBODY)
    assert (one.file, one.matters) == ("club.xlsx", False)
    assert "no training in it" in one.sentence
    assert "Ann" not in one.sentence


def refused(*sentences):
    rows = [("h.xlsx", str(at), "no_date", said) for at, said in enumerate(sentences, start=3)]
    return Account(
        source="h.xlsx", kind="injuries", read=len(rows), accepted=0, rejects=rejects_of(rows)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "row 3: '… | tumour, says the doctor | knee': no day is written in it",
        "row 3: 'it's a tumour': no day is written in it",
        "row 3: region is 'tumour'; expected one of knee, hip",
        'row 3: region is "Ann\'s tumour"; expected one of knee, hip',
        "row 3: 'tumour' is none of the tests that are read",
    ],
)
def test_no_cell_is_quoted_but_for_who_may_see_names(sentence):
    (one,) = not_read([refused(sentence)], NOBODY)
    assert "tumour" not in one.sentence
    assert "tumour" in one.local
    assert "tumour" not in str(one.as_json({}))
    assert one.sentence.startswith("h.xlsx: 1 of 1 lines not understood (row 3): ")
    assert one.sentence[-1] != "'"  # what was expected is still said


def test_a_note_in_a_table_is_told_by_its_row():
    parts = (
        Unread("Feb, row 9 'Ann: tumour found'", "a note"),
        Unread("Doctor", "no training in it (Ann, tumour, 3.4.)"),
    )
    account = Account(source="h.xlsx", kind="sheet", read=1, accepted=1, unread=parts)
    told = {one.sentence for one in not_read([account], NOBODY)}
    assert told == {
        "h.xlsx: Feb, row 9 '…': not read: a note",
        "h.xlsx: Doctor: not read: no training in it (…)",
    }


def test_how_an_unknown_file_begins_is_for_who_may_see_names():
    """A list in sentences that no reader knows begins with somebody's health."""
    whole = "notes.txt: no reader knows this kind of file (it begins with Ann has a tumour); help"
    rows = [("notes.txt", None, "unknown_format", whole)]
    account = Account(
        source="notes.txt", kind="unknown", read=1, accepted=0, rejects=rejects_of(rows)
    )
    (one,) = not_read([account], NOBODY)
    assert one.sentence == (
        "notes.txt: not read: no reader knows this kind of file (it begins with …); help"
    )
    assert "Ann has a tumour" in one.local
    assert "tumour" not in str(one.as_json({}))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        # A part of a word tells no kind of file.
        ("performance test.xlsx", "other"), ("information.csv", "other"),
        ("U18 platform.csv", "other"), ("Spain camp.csv", "other"), ("Osvaldo.csv", "other"),
        ("workforce.csv", "other"), ("possessions.csv", "other"), ("Traumlauf.csv", "other"),
        ("physiology lab.xlsx", "other"), ("blessing.csv", "other"), ("kmu.csv", "other"),
        ("Painter.csv", "other"), ("classickit.csv", "other"),
        ("Form responses.csv", "wellness"), ("daily_form.xlsx", "wellness"),
        ("Formulario bienestar.xlsx", "wellness"), ("pain diary.csv", "wellness"),
        ("Wochenkm.xlsx", "sessions"), ("km 2025.csv", "sessions"), ("session_rpe.csv", "sessions"),
        ("Verletzungsliste.xlsx", "injuries"), ("Skador 2025.xlsx", "injuries"),
        ("lesões.csv", "injuries"), ("Physio.xlsx", "injuries"), ("Trauma.csv", "injuries"),
        ("force plate.csv", "tests"), ("VALD export.csv", "tests"), ("walk.mot", "tests"),
        ("DailyForm.dat", "wellness"), ("PainLog.dat", "wellness"), ("RunScribe.dat", "tests"),
    ],
)  # fmt: skip
def test_what_a_file_of_unknown_format_holds_is_told_by_whole_words_of_its_name(name, kind):
    assert kind_of(Account(source=f"club/{name}", kind="unknown", read=0, accepted=0)) == kind
