"""Every repair that the readers may write has words in every language."""

import ast
from pathlib import Path

import pytest

from common.language import languages, speaking
from reporting.languages.repairs import repair_words

ROOT = Path(__file__).parents[2]
OTHERS = [code for code in languages() if code != "en"]


def written():
    """Return the codes that `repair` calls write; a figure of a code reads `rpe`."""
    found = set()
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "ingest").rglob("*.py")))
    for text in texts:
        # Most files write no repair; parsing all of them took half a second.
        for node in ast.walk(ast.parse(text)) if "repair(" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "repair":
                found |= {text_of(one) for argument in node.args[1:] for one in either(argument)}
    return sorted(found - {""})


def either(node):
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def text_of(node):
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(getattr(value, "value", "")) if isinstance(value, ast.Constant) else "rpe"
            for value in node.values
        )
    return ""


CODES = [
    code
    for code in written()
    # Of a research dataset, of which no coach has an export.
    if code not in {"rpe_before_rpe_set_null", "rpe_set_null"}
]


def test_the_readers_were_read():
    assert len(CODES) > 25
    assert "metres_to_km" in CODES
    assert "rpe_rounded_by_hand" in CODES


@pytest.mark.parametrize("language", OTHERS)
def test_each_has_words_in_the_language(language):
    with speaking(language):
        same = [code for code in CODES if repair_words(code) == code.replace("_", " ")]
    assert same == []


def test_a_column_is_named_in_the_language():
    with speaking("de"):
        assert repair_words("bad_height_cm_set_null") == (
            "Körpergröße (cm): falscher Wert, bleibt leer"
        )
        assert repair_words("bad_odd_thing_set_null") == "odd thing: falscher Wert, bleibt leer"
        assert repair_words("clock_moved_by_+4_h") == "Uhr um +4 h verschoben"
        assert repair_words("of_nobody") == "of nobody"
