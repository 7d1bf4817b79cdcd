"""Messages in a language: whole sentences, forms of number, dates and decimals of the place."""

import pytest

from common.errors import StridecastError
from common.language import language, languages, message, plural, speaking, translated
from common.text.plain_words import number, plain_day, plain_weekday, probability_words, short_day


def test_english_is_the_key_and_the_default():
    assert language() == "en"
    assert languages()[0] == "en"
    assert {"de", "es"} <= set(languages())
    assert message("{km} km in the past 7 days", km="18.2") == "18.2 km in the past 7 days"


def test_a_language_holds_inside_its_block_alone():
    with speaking("de"):
        assert message("{km} km in the past 7 days", km="18,2") == "18,2 km in den letzten 7 Tagen"
        with speaking("en"):
            assert language() == "en"
        assert language() == "de"
    assert language() == "en"


def test_a_sentence_without_translation_stays_english():
    with speaking("es"):
        assert translated("no such sentence") == "no such sentence"
        assert plural("{count} thing", "{count} things", 2) == "2 things"


def test_an_unknown_language_is_refused_with_those_there_are():
    with pytest.raises(StridecastError, match="de, es"), speaking("xx"):
        pass


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ["Sun 23 Nov 2025", "2 Mar", "1,234.5", "4.2 %", "under 0.1 %", "Wednesday"]),
        ("de", ["So 23. Nov 2025", "2. März", "1.234,5", "4,2 %", "unter 0,1 %", "Mittwoch"]),
        ("es", ["dom 23 nov 2025", "2 mar", "1.234,5", "4,2 %", "menos del 0,1 %", "miércoles"]),
    ],
)
def test_days_and_numbers_follow_the_language(code, words):
    with speaking(code):
        said = [
            plain_day("2025-11-23"), short_day("2025-03-02"), number(1234.5),
            probability_words(0.0423), probability_words(0.0001), plain_weekday(2),
        ]  # fmt: skip
    assert said == words
