"""The catalogues are whole: every message in every language, with the same figures in braces."""

from string import Formatter

import pytest

from common.language import catalogue, languages
from tests.common.messages_in_source import messages

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
