"""Which language an error is told in, before or after a command knew its own."""

import sys

import pytest

from common.errors import StridecastError
from pipelines.runtime.one_line import tell
from pipelines.runtime.spoken import language_asked, language_of


@pytest.fixture
def team(tmp_path):
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "dataset.yaml").write_text("name: t\nlanguage: es\n", encoding="utf-8")
    return folder


def test_the_option_comes_before_the_settings_of_the_folder(team):
    assert language_asked(["score", str(team)]) == "es"
    assert language_asked(["score", str(team), "--language", "de"]) == "de"
    assert language_asked(["score", "--language=de", str(team)]) == "de"
    assert language_asked(["score", "elsewhere"]) == "en"


def test_a_language_that_there_is_none_of_is_english(team):
    (team / "dataset.yaml").write_text("language: xx\n", encoding="utf-8")
    assert language_asked(["score", str(team)]) == "en"
    assert language_asked(["score", "--language", "xx"]) == "en"
    assert language_asked(["score", "--language"]) == "en"


def test_settings_that_cannot_be_parsed_still_tell_the_language(team):
    (team / "dataset.yaml").write_bytes(b"language: 'de'\n{[\xff")
    assert language_asked([str(team)]) == "de"


def test_a_command_that_looks_into_faulty_settings_speaks_their_language(team, tmp_path):
    """`name: t` lacks the time zone: doctor tells so, as `score` tells its error, in Spanish."""
    assert language_of(team) == "es"
    assert language_of(team, "de") == "de"
    assert language_of(tmp_path / "none") == language_of(None) == "en"


def test_the_folder_of_the_forecasts_leads_to_the_team(team, tmp_path):
    history = tmp_path / "out" / "history" / "t"
    history.mkdir(parents=True)
    (history / "data_folder.txt").write_text(f"{team}\n", encoding="utf-8")
    assert language_asked(["act", "Ann", "--out", str(tmp_path / "out")]) == "es"
    (history / "data_folder.txt").write_bytes(b"\xff\0")
    assert language_asked(["act", "Ann", "--out", str(tmp_path / "out")]) == "en"


def test_an_error_and_its_remedy_are_told_in_one_line_of_that_language(team, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["stridecast", "score", str(team)])
    error = StridecastError("x: no data files", "copy the exports into this folder")
    assert tell(error, debug=False) == 1
    assert capsys.readouterr().err == (
        "stridecast: x: no hay archivos de datos; copie las exportaciones en esta carpeta\n"
    )
    assert tell(OSError(28, "No space left on device", "big.csv"), debug=False) == 1
    assert "big.csv: no queda espacio en el disco; libere espacio" in capsys.readouterr().err
