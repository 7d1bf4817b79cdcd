"""Whoever is named in a file about injuries that nobody could read is unclear, not healthy."""

from types import SimpleNamespace

import pytest

from common.question import MATTERS
from ingest.quality.named_in_unread import MOST_BYTES, with_named_athletes
from ingest.quality.not_read import NotRead, unclear_athletes

PEOPLE = SimpleNamespace(
    settled={"Ann Lee": "ann-lee", "Zoë Müller": "zoe-mueller", "Ann Berg": "ann-berg"},
    proposed={"Will Day": "will-day"},
)
ATHLETES = ["ann-lee", "zoe-mueller", "ann-berg", "will-day"]


def unread(kind=MATTERS[0], rows=(), athletes=()):
    return NotRead("a", kind, "injured.txt", rows, "injured.txt: not read", athletes)


def named(tmp_path, text, **fields):
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "injured.txt").write_bytes(content)
    (entry,) = with_named_athletes([unread(**fields)], tmp_path, PEOPLE, ATHLETES)
    return entry


@pytest.mark.parametrize(
    ("text", "athletes"),
    [
        ("Ann Lee saw the doctor, more on Monday", ("ann-lee",)),
        ("ANN LEE and zoe mueller", ("ann-lee",)),
        ("Zoë: the doctor says three weeks", ("zoe-mueller",)),
        ("Ann saw the doctor", ()),  # two are called so
        ("she will see the doctor one day", ()),  # no name: no capital
        ("Annlee, Bann Lee", ()),
        ("nobody", ()),
        ("Zoë Müller saw the doctor".encode("cp1252"), ("zoe-mueller",)),
        ("Zoë Müller saw the doctor".encode("utf-16"), ("zoe-mueller",)),
    ],
)
def test_names_in_a_text_are_found_without_accents_and_not_within_words(tmp_path, text, athletes):
    assert named(tmp_path, text).athletes == athletes


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("田中 太郎", "田中太郎は膝が痛い"), ("田中 太郎", "今日、田中 太郎 休み"),
        ("김민수", "김민수는 무릎이 아프다"), ("王伟", "王伟今天膝盖疼"),
        ("אבי כהן", "דיברתי עם אבי כהן, כואבת לו הברך"), ("אבי כהן", "ואבי כהן פצוע"),
        ("أحمد علي", "وأحمد علي مصاب في الركبة"), ("राहुल शर्मा", "राहुल शर्मा को चोट है"),
        ("สมชาย ใจดี", "วันนี้สมชาย ใจดีเจ็บเข่า"), ("გიორგი", "გიორგი ტრავმა"),
        ("Иван Петров", "Иван Петров: колено"),
    ],
)  # fmt: skip
def test_names_in_scripts_without_capitals_are_found(tmp_path, name, text):
    (tmp_path / "injured.txt").write_text(text, encoding="utf-8")
    people = SimpleNamespace(settled={name: "one", "Ann Lee": "two"}, proposed={})
    (entry,) = with_named_athletes([unread()], tmp_path, people, ["one", "two"])
    assert entry.athletes == ("one",)


@pytest.mark.parametrize(
    ("name", "text"),
    [("王伟", "李伟今天膝盖疼"), ("אבי", "הביאביב חזרנו"), ("علي", "المتعلي مصاب"), ("林", "林檎")],
)
def test_parts_of_words_in_such_scripts_name_nobody(tmp_path, name, text):
    (tmp_path / "injured.txt").write_text(text, encoding="utf-8")
    people = SimpleNamespace(settled={name: "one"}, proposed={})
    (entry,) = with_named_athletes([unread()], tmp_path, people, ["one"])
    assert entry.athletes == ()


def test_the_sentence_says_what_it_means_for_them(tmp_path):
    entry = named(tmp_path, "Ann Lee saw the doctor")
    assert entry.sentence.startswith("injured.txt: not read; until then their athletes")
    assert unclear_athletes([entry]) == {"ann-lee": "injured.txt: not read"}


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b"Ann Lee \x00\x01", {}),
        (b"Ann Lee " + b" " * MOST_BYTES, {}),
        (b"Ann Lee", {"kind": MATTERS[1]}),
        (b"Ann Lee", {"rows": ("3",)}),
        (b"Ann Lee", {"athletes": ("will-day",)}),
    ],
    ids=["no text", "too large", "another kind", "lines of it", "known"],
)
def test_other_files_stay_as_they_are(tmp_path, content, fields):
    assert named(tmp_path, content, **fields) == unread(**fields)


def test_a_file_within_an_archive_names_nobody(tmp_path):
    (entry,) = with_named_athletes([unread()], tmp_path, PEOPLE, ATHLETES)
    assert entry == unread()
