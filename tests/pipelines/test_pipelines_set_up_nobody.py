"""A folder of which nobody can be read is refused in one line, and stays as it was."""

import pytest
from typer.testing import CliRunner

from pipelines.cli import app

RUN = CliRunner()


@pytest.mark.parametrize(
    "content", [None, b"%PDF-1.4\n", b"Date,Meet,Town\n2025-03-03,Relays,Ayr\n"]
)
def test_set_up_of_a_folder_with_nobody_fails_and_writes_nothing(tmp_path, monkeypatch, content):
    monkeypatch.setenv("STRIDECAST_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "club"
    folder.mkdir()
    if content is not None:
        (folder / "minutes.csv").write_bytes(content)
    found = RUN.invoke(app, ["data", "init", str(folder), "--yes"])
    assert found.exit_code == 1, found.output
    assert not (folder / "dataset.yaml").exists()
    assert not (folder / "roster.csv").exists()


def test_a_sheet_with_one_name_is_somebody(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "log.csv").write_text("Date,Name,Sport,Km,Minutes\n2025-03-03,Ann Lee,run,8,45\n")
    found = RUN.invoke(app, ["data", "init", str(folder), "--yes"])
    assert found.exit_code == 0, found.output
    assert "Ann Lee" in (folder / "roster.csv").read_text()
