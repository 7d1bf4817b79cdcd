"""Lists of who is injured, as of a day or in sentences, and the next week's list of the same."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheets.opening.book import is_line_list
from ingest.readers.sheets.opening.injury_lines import line_of
from tests.ingest.sheets import sheet_files as files

TOLD = ("athlete", "onset_date", "return_date", "region", "class")
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STATES = [
    ["Player", "Status", "Notes"],
    ["Ann Lee", "Out", "left knee"],
    ["Bo Ek", "Available", ""],
    ["Eve Fox", "Modified", "achilles right since 1.3."],
    ["Flo Gray", "Ill", ""],
    ["Gus Hay", "Holiday", ""],
]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("Status.csv", [["Squad status 10 March 2025"]]),
        ("Status 2025-03-10.csv", []),
        ("Status_10.03.2025.csv", []),
    ],
)
def test_a_list_of_states_is_as_of_its_day(tmp_path, name, titles):
    parsed = files.read(files.table(tmp_path / name, [*titles, *STATES]))
    assert files.told(parsed, "injuries", *TOLD) == [
        ("Ann Lee", "2025-03-10", None, "knee", "injury"),
        # "since 1.3." beats the day of the list; an illness is none of running; a holiday is no
        # injury.
        ("Eve Fox", "2025-03-01", None, "achilles", "injury"),
        ("Flo Gray", "2025-03-10", None, "unknown", "not_running"),
    ]
    assert parsed.account.repairs["onset_by_the_day_of_the_list"] == 2
    assert set(parsed.account.rejects["reason"]) == {"no_injury"}
    assert not parsed.account.questions


def test_a_list_without_a_day_is_asked_about_and_then_read(tmp_path):
    path = files.table(tmp_path / "Status.csv", STATES)
    parsed = files.read(path)
    (question,) = parsed.account.questions
    assert question.setting[:3] == ("sheets", "Status.csv", "days")
    assert question.default == "3 of its lines are not read, and their athletes are unclear"
    assert "injuries" not in parsed.records
    answered = files.read(path, sheets={"Status.csv": {"day": "2025-03-10"}})
    assert len(answered.records["injuries"]) == 3
    assert not answered.account.questions


def test_sentences_a_line_a_person(tmp_path):
    text = """Injury list 10.3.2025

- Ann Lee: left knee since 3 Jan, back ~4 weeks
2) Bo Ek - shin splints, out
Cy Dee: tight calf, training normally
Dan Roe (right ankle), rolled it on 5 March
Kim Low - plantar fasciitis left, since February 3, no running
Next list on Thursday
"""
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    parsed = files.read(path)
    assert files.told(parsed, "injuries", *TOLD) == [
        # "back ~4 weeks" counts from the day of the list, 10 March, not from the onset.
        ("Ann Lee", "2025-01-03", "2025-04-07", "knee", "injury"),
        ("Bo Ek", "2025-03-10", None, "lower_leg", "injury"),
        ("Cy Dee", "2025-03-10", None, "lower_leg", "complaint"),
        ("Dan Roe", "2025-03-05", None, "ankle", "injury"),
        ("Kim Low", "2025-02-03", None, "foot", "injury"),
    ]
    assert not parsed.account.rejected
    (note,) = parsed.account.unread
    assert note == ("row 8 'Next list on Thursday'", "a note")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Injury list 16.11.2025\n"
            "Ann Lee is out with shin splints since 12 November\n"
            "Hugo de la Cruz has a sore hamstring since 14 November, says the physio\n"
            "Bo Ek's left knee hurts\n"
            "Cy Dee is fully recovered from her knee\n",
            [
                ("Ann Lee", "2025-11-12", None, "lower_leg", "injury"),
                ("Hugo de la Cruz", "2025-11-14", None, "thigh", "injury"),
                ("Bo Ek", "2025-11-16", None, "knee", "injury"),
            ],
        ),
        (
            "Verletzte 16.11.2025\n"
            "Anna Berg hat seit 10.11. Knieschmerzen und läuft nicht\n"
            "Tom Kurz fehlt wegen Achillessehne\n",
            [
                ("Anna Berg", "2025-11-10", None, "knee", "injury"),
                ("Tom Kurz", "2025-11-16", None, "achilles", "injury"),
            ],
        ),
    ],
    ids=["en", "de"],
)
def test_whole_sentences_name_who_is_hurt(tmp_path, text, lines):
    """A list of two such sentences was not read at all: nobody of it was hurt."""
    path = tmp_path / "injured 2025-11-16.txt"
    path.write_text(text, encoding="utf-8")
    assert files.told(files.read(path), "injuries", *TOLD) == lines


@pytest.mark.parametrize(
    "text",
    [
        "She has knee pain", "Everyone is fit", "Nobody is injured", "The left knee is sore",
        "Knee is sore", "Ann Lee is fit again", "Coach will bring knee pads",
        "Monday is knee day", "Training is hard on the knee", "Ann Lee is in Berlin",
    ],
)  # fmt: skip
def test_a_sentence_about_nobody_who_is_hurt_is_none_of_a_list(text):
    assert line_of(text) is None


def test_a_name_ends_where_its_verb_begins():
    """The comma made "Ann Lee is out" a name."""
    assert line_of("Ann Lee is out, left knee") == ("Ann Lee", "is out, left knee")


def test_the_title_of_a_letter_proposes_its_day(tmp_path):
    """Its first sentence headed the others once, and one of them "held nothing"."""
    path = tmp_path / "Verletzte.txt"
    path.write_text(
        "Liste der Verletzten (Stand 7.4.)\n"
        "Anna-Lena Müller - Läuferknie links seit 24.3., Pause ca. 2 Wochen\n"
        "Philipp Weiß - Wade rechts gezerrt am 1.4., wieder dabei 14.4.\n",
        encoding="cp1252",
    )
    parsed = files.read(path)
    (question,) = parsed.account.questions
    assert question.proposal == "2025-04-07"
    assert "injuries" not in parsed.records
    answered = files.read(path, sheets={"Verletzte.txt": {"day": "2025-04-07"}})
    assert files.told(answered, "injuries", *TOLD) == [
        ("Anna-Lena Müller", "2025-03-24", None, "knee", "injury"),
        ("Philipp Weiß", "2025-04-01", "2025-04-14", "lower_leg", "injury"),
    ]


def test_sentences_of_a_workbook_and_of_a_document(tmp_path):
    lines = [
        "Verletzte, 10.03.2025",
        "Ida Jo: Knie rechts seit 3.2.",
        "Hal Iver: Wade, 2 Wochen Pause",
    ]
    expected = [
        ("Ida Jo", "2025-02-03", None, "knee", "injury"),
        # Two weeks from the day of the list.
        ("Hal Iver", "2025-03-10", "2025-03-24", "lower_leg", "injury"),
    ]
    book = files.workbook(tmp_path / "a.xlsx", {"Liste": [[line] for line in lines]})
    assert files.told(files.read(book), "injuries", *TOLD) == expected
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    document = f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", document)
    assert files.told(files.read(tmp_path / "a.docx"), "injuries", *TOLD) == expected


@pytest.mark.parametrize(
    "what",
    [
        "left knee, out until 20 March", "Knie, Pause bis 20.3.", "knie links, bis 20.03.2025",
        "left knee, out 3 weeks", "left knee, 2.5 weeks out", "left knee (back 14 March)",
        "left knee, can run from 20 March", "left knee, out 3-4 weeks",
    ],
)  # fmt: skip
def test_a_length_or_the_day_of_an_end_is_no_onset(tmp_path, what):
    """ "Out 3 weeks" began on the 3rd of October, "until 20 March" a year ago."""
    rows = [["Player", "Injury"], ["Ann Lee", what], ["Bo Ek", "calf, since 3 March"]]
    parsed = files.read(files.table(tmp_path / "Injury list 2025-03-10.csv", rows))
    # A length or an end says nothing about the beginning: the day of the list stands in.
    onsets = files.told(parsed, "injuries", "athlete", "onset_date")
    assert onsets == [("Ann Lee", "2025-03-10"), ("Bo Ek", "2025-03-03")]


def test_who_is_back_by_the_day_of_the_list_is_unclear_not_injured(tmp_path):
    rows = [
        ["Player", "Injury"],
        ["Ann Lee", "calf, back in full training since 3 March"],
        ["Bo Ek", "Knie, schmerzfrei seit 3.3."],
        ["Cy Dee", "left knee, no running since 3 March"],
        # "Back since" tells a return, a lower back a place that hurts.
        ["Dan Roe", "lower back since 3 March"],
        ["Eve Fox", "left knee again since 3 March"],
    ]
    parsed = files.read(files.table(tmp_path / "Injury list 2025-03-10.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date") == [
        (name, "2025-03-03") for name in ("Cy Dee", "Dan Roe", "Eve Fox")
    ]
    assert files.reasons(parsed) == ["no_day", "no_day"]


def test_a_damaged_document_is_refused_by_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(Exception, match="the document cannot be opened"):
        files.read(tmp_path / "a.docx")


@pytest.mark.parametrize(
    "text",
    [
        "Training this week\nTuesday: hills\nThursday: track, 8 x 400\n",
        "Dear all,\nplease bring your knee pads.\nSee you there: Tom\n",
        "Kit: ordered\nBus: leaves at 8\n",
        "Week of 10.3.2025\nMonday: rest\nTuesday: ankle drills\nWed: calf raises 3x15\n",
        "Woche\nMontag: Pause\nDienstag: Knie hoch\nDonnerstag: Fu\u00df-Gymnastik\n",
        # Drills name body parts in the form of a list of injuries.
        "Circuit\nWarm up: hips\nStrength - knee extension\nAnkles: foot stretch\n",
        "Notes\nAnn Lee: hip drive much better\nBo Ek: ankle stiffness\nCy Dee: quick feet\n",
        "Order\nAnn Lee: knee sleeves M\nBo Ek: calf sleeves L\nCy Dee: shirt S\n",
    ],
)
def test_other_letters_are_no_lists(tmp_path, text):
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    assert not is_line_list(path, path.read_bytes())


def test_a_first_name_that_is_also_a_month_is_somebody():
    assert line_of("Jan: left knee since 3.3.").name == "Jan"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Lee, Ann: left knee since 3 March", ("Lee, Ann", "left knee since 3 March")),
        ("García López, María - calf strain", ("García López, María", "calf strain")),
        ("Müller, Anna (Knie links)", ("Müller, Anna", "Knie links")),
        ("Ann Lee, Ben Ott: shin splints", None), ("Ann & Ben: shin splints", None),
    ],
)  # fmt: skip
def test_a_last_name_and_the_first_are_one_person_in_a_line(text, line):
    """ "Lee, Ann" was taken for two people, and a letter of such lines was not read."""
    assert line_of(text) == line


@given(
    st.text(max_size=80)
    | st.builds(
        "{}{}{}".format,
        st.sampled_from(["Ann Lee", "Lee, Ann", "Zoë", "- Bo Ek", "Ann and Bo"])
        | st.text(max_size=9),
        st.sampled_from([": ", " - ", " (", "'s ", " is out with "]),
        st.sampled_from(["left knee", "calf strain)", "((", "Wade"]) | st.text(max_size=20),
    )
)
def test_any_line_is_read_or_not(text):
    line = line_of(text)
    assert line is None or (line.name and line.injury)


def test_coloured_marks_of_a_chat_begin_lines(tmp_path):
    text = (
        "*Injured* (as of Mon 10 March 2025)\n\n"
        "\U0001f534 Ann Lee - stress reaction L tibia, out 6 weeks\n"
        "\U0001f7e1 Bo Ek - tight hamstring, easy running only\n\u26aa Di Fox - away till Friday\n"
    )
    path = tmp_path / "injured list.txt"
    path.write_text(text, encoding="utf-8")
    assert files.told(files.read(path), "injuries", "athlete", "onset_date", "class") == [
        ("Ann Lee", "2025-03-10", "injury"),
        ("Bo Ek", "2025-03-10", "complaint"),
    ]


@pytest.mark.parametrize(
    ("remark", "onset"),
    [
        ("left knee since Monday", "2025-03-10"), ("left knee since last Friday", "2025-03-07"),
        ("Knie links seit Samstag", "2025-03-08"), ("genou gauche depuis mardi", "2025-03-11"),
        ("rodilla izq desde el jueves", "2025-03-06"), ("kne siden tirsdag", "2025-03-11"),
        ("left knee since yesterday", "2025-03-11"),
        ("joelho esquerdo desde quarta-feira", "2025-03-12"),
        ("left knee, back from Monday", "2025-03-12"),
    ],
)  # fmt: skip
def test_a_weekday_is_the_last_one_before_the_day_of_the_list(tmp_path, remark, onset):
    """Tuesday 11 March 2025 is a day before the list's own."""
    rows = [["Player", "Status", "Notes"], ["Ann Lee", "Out", remark], ["Bo Ek", "Available", ""]]
    parsed = files.read(files.table(tmp_path / "Injured 2025-03-12.csv", rows))
    assert files.told(parsed, "injuries", "athlete", "onset_date") == [("Ann Lee", onset)]
