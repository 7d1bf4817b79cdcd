"""A name is found however it is written, and taken out without harm to anybody else's words."""

import gzip
import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dataset.file_names import renamed
from pipelines.upkeep.name_pattern import pattern_of, read_out, removed
from pipelines.upkeep.person import Person
from pipelines.upkeep.texts import mentions

ZOE = Person(("Zoë O'Brien", "José Núñez"), "acode", frozenset({"bo ek", "zoe obrian"}))


@pytest.mark.parametrize(
    "text",
    [
        "Zoë O'Brien", "ZOE OBRIEN ran", "O\u2019Brien, Zoe", 'x,"O\'Brien","Zoë",y', "zoe_o'brien",
        # JSON and HTML escape letters in their own ways; a search in the raw bytes finds neither.
        "Jos\\u00e9 N\\u00fa\\u00f1ez", "Jos&#233; N&uacute;&#xF1;ez",
        "<b>Jose\u0301</b> Nun\u0303ez",
        "jose.nunez@club.org", "&CJosé Núñez", "with acode.",
    ],
)  # fmt: skip
def test_every_writing_is_found(text):
    assert ZOE.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zoë O'Brians",
        "José Núñez-Gil",
        "Mary-José Núñez",
        # Two lines of a list are two people.
        "José\nNúñez",
        "xacode",
        "Zoë",
        "O'Brien",
    ],
)
def test_other_words_are_not(text):
    assert not ZOE.is_in(text)


def test_a_name_is_taken_out_where_its_letters_are_escaped():
    assert ZOE.without('{"with": "Jos\\u00e9 N\\u00fa\\u00f1ez", "a": "\\u00e9"}') == (
        '{"with": "", "a": "\\u00e9"}'
    )
    assert ZOE.without("a &amp; Jos&#233; N&uacute;&#241;ez &lt;") == "a &amp;  &lt;"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["Zoe OBrien", "NÚÑEZ José"]))
def test_what_is_taken_out_is_gone_and_the_rest_stays(before, after, name):
    left = ZOE.without(f"{before}\n{name}\n{after}")
    assert not ZOE.is_in(left)
    if not ZOE.is_in(before) and not ZOE.is_in(after) and "&" not in before + after:
        assert left == f"{before}\n\n{after}"


def test_two_people_told_apart_by_an_accent_alone_stay_two():
    jose = Person(("José Núñez",), "acode", frozenset({"jose nunez"}))
    assert jose.is_named("José Núñez")
    assert not jose.is_named("Jose Nunez")
    assert not jose.is_named("NUNEZ José")
    assert ZOE.is_named("OBRIEN Zoe (U17)")
    assert not ZOE.is_named(7.0)


@pytest.mark.parametrize("depth", [1, 2])
def test_what_is_packed_is_searched(depth):
    content = json.dumps({"who": "José Núñez"}).encode()
    for _ in range(depth):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.json.gz", gzip.compress(content))
        content = target.getvalue()
    assert mentions(content, ZOE)
    assert not mentions(content.replace(b"PK\x03\x04", b"PK\x03\x05", 1)[:30], ZOE)


def test_a_name_inside_the_name_of_a_file_becomes_a_code():
    codes = {"Zoë O'Brien": "a1", "Bo Ek": "b2", "Bo": "b2"}
    assert renamed("Bo Ek/Run with zoë o'brien.gpx", codes) == "b2/Run with a1.gpx"
    assert renamed("dump Bo_Ek, Zoë O'Brien.zip!Bob/Bo.csv", codes) == "dump b2, a1.zip!Bob/b2.csv"
    assert renamed("all/Ann Bo Ekman.csv", codes) == "all/Ann Bo Ekman.csv"


def test_a_long_text_with_an_escape_needs_no_many_times_its_size():
    text = "<trkpt><ele>4</ele></trkpt>\n" * 10_000 + "a &amp; b"
    tracemalloc.start()
    try:
        assert next(iter(read_out(text))).endswith("a & b")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # A copy of the text for each of its escapes would be thousands of times its size.
    assert peak < 8 * len(text)


def test_a_sign_that_opens_no_tag_does_not_swallow_the_next_one():
    assert [*read_out("CRP < 5, <b>Ann</b>\nMoreau")] == ["CRP < 5, Ann\nMoreau"]


def test_names_are_cut_out_between_escapes_and_nothing_else():
    text = (
        r'{"a": "x &amp; J&#252;rgen M\u00fcller &lt;", "b": "\u00e9 Tom &amp; J\u00fcrgen Müller"}'
    )
    assert removed(text, pattern_of(["Jürgen Müller"])) == (
        r'{"a": "x &amp;  &lt;", "b": "\u00e9 Tom &amp; "}'
    )
