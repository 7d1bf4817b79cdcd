"""`--help` and wrong usage in every language, over all commands of a coach."""

import sys

import pytest
import typer

from common.language import catalogue, languages
from common.retold import HELP
from pipelines.cli import app, main
from pipelines.runtime.help_words import paragraphs

CODES = [code for code in languages() if code != "en"]
OF_A_DEVELOPER = {
    "promote", "evaluate", "recalibrate", "leave-team-out", "cross-validate", "lovdal", "compare",
    "experiments", "reproduced",
}  # fmt: skip
"""Commands for who trains models: of them the list's line alone is in every language."""


def texts(command, *, whole=True):
    told = paragraphs(command.help or "")
    yield from told if whole else told[:1]
    if whole:
        yield from paragraphs(command.epilog or "")
        yield from (one.help for one in command.params if getattr(one, "help", None))
    for name, below in getattr(command, "commands", {}).items():
        if whole or name not in OF_A_DEVELOPER:
            yield from texts(below, whole=whole and name not in OF_A_DEVELOPER)


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_the_help_has_its_translation(code):
    held = catalogue(code)
    wanted = set(texts(typer.main.get_command(app)))
    assert len(wanted) > 100
    assert [one for one in wanted if held.get(one, HELP) is None] == []


def said(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["stridecast", *words])
    monkeypatch.setenv("COLUMNS", "300")
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr()
    return end.value.code, told.out, told.err


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["score", "--languag", "de", "--language", "de"],
         "stridecast: die Option --languag gibt es nicht (möglich: --language) "
         "(`stridecast score --help` zeigt, was möglich ist)\n"),
        (["score", "--language", "es"],
         "stridecast: valor no válido: indique la carpeta del equipo, por ejemplo "
         "data/raw/northside (`stridecast score --help` muestra lo que admite)\n"),
        (["score", "team", "--as-of", "10.2.2020", "--language=de"],
         "stridecast: ungültiger Wert für '--as-of': '10.2.2020' ist kein Tag; so schreiben: "
         "2026-03-01 (`stridecast score --help` zeigt, was möglich ist)\n"),
        (["backtest", "--weeks", "two"],
         "stridecast: Invalid value for '--weeks': a whole number is expected "
         "(`stridecast backtest --help` says what it takes)\n"),
        (["data", "answer", "--language", "de"],
         "stridecast: es fehlt das Argument 'folder' "
         "(`stridecast data answer --help` zeigt, was möglich ist)\n"),
        (["score", "a", "--data", "b"],
         "stridecast: Invalid value: two folders were named: a and b "
         "(`stridecast score --help` says what it takes)\n"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line_in_the_language_asked_for(words, line, monkeypatch, capsys):
    assert said(monkeypatch, capsys, *words) == (2, "", line)


def test_help_speaks_the_language_of_the_settings(tmp_path, monkeypatch, capsys):
    (tmp_path / "dataset.yaml").write_text("language: de\n", encoding="utf-8")
    code, out, _ = said(monkeypatch, capsys, "score", str(tmp_path), "--help")
    assert code == 0
    for word in ("Aufruf: stridecast score [OPTIONEN]", "Optionen", "Zeigt diese Hilfe und endet."):
        assert word in out
    assert "Usage" not in out
    assert "Folder" not in out


@pytest.mark.parametrize(("code", "day"), [("en", "YYYY-MM-DD"), ("de", "JJJJ-MM-TT")])
def test_help_says_in_words_what_an_option_takes(code, day, monkeypatch, capsys):
    _, out, _ = said(monkeypatch, capsys, "score", "--help", "--language", code)
    assert day in out
    assert "<" not in out  # typer's <bool>, <path>, <%Y-%m-%d>


def test_help_in_english_is_as_it_was(monkeypatch, capsys):
    code, out, _ = said(monkeypatch, capsys, "score", "--help")
    assert code == 0
    assert "Usage: stridecast score [OPTIONS]" in out
    # A paragraph is not broken where the source breaks it.
    assert "is shown to confirm, as `stridecast data init` does." in out
