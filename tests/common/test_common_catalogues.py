"""The catalogues are whole: every message in every language, with the same figures in braces."""

from string import Formatter

import pytest

from common.language import catalogue, languages, speaking
from common.retold import CONTEXT, ERROR, retold, retold_error
from tests.common.messages_in_source import error_sentences, file_sentences, messages

CODES = [code for code in languages() if code != "en"]


def figures(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def said():
    return messages()


def test_the_source_is_read(said):
    assert len(said) > 200
    assert said["{count} athlete"] == "{count} athletes"
    assert "Look at first" in said


@pytest.mark.parametrize("code", CODES)
def test_every_message_has_its_translation(code, said):
    held = catalogue(code)
    assert [text for text in said if text not in held or not held[text].string] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_figures_of_its_message(code):
    for one in catalogue(code):
        texts = one.id if one.pluralizable else (one.id,)
        forms = one.string if one.pluralizable else (one.string,)
        wanted = set().union(*map(figures, texts))
        for form in forms:
            assert figures(form) == wanted, one.id


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_about_a_file_has_its_translation(code):
    held = catalogue(code)
    wanted = file_sentences()
    assert len(wanted) > 150
    lacking = [text for text in wanted if held.get(text, CONTEXT) is None]
    assert lacking == []


@pytest.mark.parametrize("code", CODES)
def test_every_error_of_a_coachs_command_has_its_translation(code):
    held = catalogue(code)
    wanted = error_sentences()
    assert len(wanted) > 200
    assert "{a}: no such folder" in wanted
    assert "all load" in wanted
    lacking = [text for text in wanted if held.get(text, ERROR) is None]
    assert lacking == []


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("team: no such folder", "team: Den Ordner gibt es nicht"),
        ("nobody in team called 'Bo'", "niemand in team namens 'Bo'"),
        ("x.csv: row 7: no day is written in it", "x.csv: Zeile 7: Es steht kein Tag darin"),
        ("a: f: not YAML (line 3)", "a: f: kein YAML (Zeile 3)"),
        (
            "s.yaml: nothing in it; its lines are keys and values, such as time_zone: "
            "Europe/Berlin",
            "s.yaml: nichts darin; die Zeilen sind Schlüssel und Werte, etwa time_zone: "
            "Europe/Berlin",
        ),
        ("p: No space left on device, so nothing was logged",
         "p: kein Platz mehr auf dem Datenträger, also wurde nichts notiert"),
        ("what nobody ever wrote: so", "what nobody ever wrote: so"),
    ],
)  # fmt: skip
def test_an_error_is_said_again_with_its_figures_and_the_place_it_names(english, german):
    assert retold_error(english) == english
    with speaking("de"):
        assert retold_error(english) == german


def test_a_sentence_about_a_file_is_said_again_with_its_figures():
    english = "row 7: '? | Rücken | immer mal': no day of onset is written in it"
    assert retold(english) == english
    with speaking("de"):
        assert retold(english) == (
            "Zeile 7: '? | Rücken | immer mal': Es steht kein Tag des Beginns darin"
        )
        assert retold("columns Foot strike, Shoe") == "Spalten Foot strike, Shoe"
        shifted = retold("row 3: 12 fields, the header has 9")
        assert shifted == "Zeile 3: 12 Felder, die Kopfzeile hat 9"
        assert retold("a sentence of nobody") == "a sentence of nobody"
    with speaking("es"):
        assert "{worst: 7, best: 1}" in retold(
            "no scale is declared for mood; say which end is best under wellness_scales: in "
            "dataset.yaml, such as {worst: 7, best: 1}"
        )


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("figure", ["7", "a, b", "'x': y", "{odd}", ""])
def test_any_figure_comes_through(code, figure):
    with speaking(code):
        said = retold(f"columns {figure}")
    assert said.endswith(figure)


def test_items_of_a_form_are_named_in_the_language_and_columns_as_the_file_has_them():
    with speaking("de"):
        assert retold("its answers on sleep, fatigue are not read") == (
            "die Antworten zu Schlaf, Müdigkeit werden nicht gelesen"
        )
        assert retold("columns fatigue, mood") == "Spalten fatigue, mood"
    with speaking("es"):
        assert "sueño, agujetas" in retold("its answers on sleep, soreness are not read")
