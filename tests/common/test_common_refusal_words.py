"""Every reason for which a reader refuses a record has words in every language."""

import ast
import re
from pathlib import Path

import pytest

from common.language import languages, speaking
from common.text.refusal_words import refusal_words
from ingest.quality.not_read import UNDERSTOOD

ROOT = Path(__file__).parents[2]
OTHERS = [code for code in languages() if code != "en"]
REFUSING = {"reject", "refuse", "FileRefused", "refused_file", "_refused", "ParserDiedError",
            "rejects_of"}  # fmt: skip
PROBLEMS = ("ambiguous", "no_year", "unreadable")
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def written():
    """Return the codes of the calls that refuse; a figure of a code reads `date`."""
    found = set(UNDERSTOOD) | {
        f"{problem}_{what}" for problem in PROBLEMS for what in ("date", "week")
    }
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node) in REFUSING:
                found |= {text for argument in node.args for text in map(text_of, either(argument))}
    return sorted(code for code in found if CODE.fullmatch(code) and not code.startswith("date_"))


def name_of(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def either(node):
    if isinstance(node, ast.List | ast.Tuple):
        return [part for element in node.elts for part in either(element)]
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def text_of(node):
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(value.value) if isinstance(value, ast.Constant) else "date" for value in node.values
        )
    return ""


def test_the_readers_were_read():
    assert len(written()) > 90
    assert {"no_day", "impossible_date", "unknown_sheet"} <= set(written())


@pytest.mark.parametrize("language", OTHERS)
def test_each_has_words_in_the_language(language):
    english = {code: refusal_words(code) for code in written()}
    with speaking(language):
        same = [code for code in english if refusal_words(code) == english[code]]
    assert same == []


def test_a_column_is_named_in_the_language():
    with speaking("de"):
        assert refusal_words("bad_mass_kg") == "Gewicht (kg): kein möglicher Wert"
        assert refusal_words("no_year_week") == "Woche ohne Jahr"
        assert refusal_words("of_nobody") == "of nobody"
