"""A long search tells how far it is, and looks into every file once."""

from contextlib import contextmanager

import pytest

from common.language import speaking
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for
from pipelines.upkeep import rights
from pipelines.upkeep.person import Person
from pipelines.upkeep.search import Place, search

ANN = Person(("Ann Lee",), "acode", frozenset())


@pytest.fixture
def folders(tmp_path):
    for name in ("club/notes/1.txt", "club/notes/2.txt", "club/.kept/3.txt", "out/scores.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("with Ann Lee" if name.endswith(("2.txt", "3.txt")) else "nobody")
    (tmp_path / "club/link.txt").symlink_to(tmp_path / "club/notes/2.txt")
    (tmp_path / "mlflow.db").write_text("Ann Lee")
    return [Place(tmp_path / name, name) for name in ("club", "out", "mlflow.db")]


def test_every_file_of_all_places_is_counted_once_and_told_before_it_is_read(folders):
    told = []
    hits = list(search(folders, ANN, lambda *step: told.append(step)))
    assert [hit.path.name for hit in hits] == ["3.txt", "2.txt", "mlflow.db"]
    names = ["3.txt", "1.txt", "2.txt", "scores.txt", "mlflow.db"]
    assert told == [(done, 5, name) for done, name in enumerate(names)]


def test_the_bar_of_a_report_speaks_the_language(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    club, bars = tmp_path / "club", {}
    club.mkdir()
    (club / "dataset.yaml").write_text("name: club\ntime_zone: UTC\nobserved_from: 2025-01-01\n")
    (club / "roster.csv").write_text("athlete\nAnn Lee\nBo Ek\n")
    runs = "athlete,date,sport,duration_min\nAnn Lee,2025-07-01,run,40\n"
    (club / "sessions.csv").write_text(runs)
    key_for(load_config(club))

    @contextmanager
    def recorded(name):
        bars[name] = steps = []
        yield lambda *step: steps.append(step)

    monkeypatch.setattr(rights, "file_progress", recorded)
    with speaking("de"):
        rights.report(rights.Request("Ann Lee", club, tmp_path / "out", tmp_path / "project"))
    assert [file for _, _, file in bars["wird durchsucht"]] == [
        "dataset.yaml", "roster.csv", "sessions.csv",
    ]  # fmt: skip
