"""A store that was moved or copied leads to its own files, and to nobody else's."""

import os
import shutil
import sqlite3

import pytest

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

from common.errors import StridecastError
from models.store.tracking import opened
from models.store.tracking_moved import mend

pytestmark = pytest.mark.filterwarnings(
    # MLflow's own use of deprecated interfaces of its dependencies is not ours to mend.
    "ignore::DeprecationWarning",
    "ignore::FutureWarning",
    "ignore::UserWarning:mlflow",
    "ignore::ResourceWarning",
)


def uri_of(project):
    return f"sqlite:///{project}/mlflow.db"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A project with one experiment of its own and one whose files lie on a share."""
    project = tmp_path_factory.mktemp("projects") / "original"
    project.mkdir()
    (project / "note.txt").write_text("of the original")
    with opened(uri_of(project)) as client:
        ours = client.create_experiment("demo/any", (project / "mlartifacts").as_uri())
        client.create_experiment("other", "file:///mnt/share/files")
        run = client.create_run(ours).info.run_id
        client.log_artifact(run, str(project / "note.txt"))
    return project, run


def test_a_copy_reads_and_writes_beside_itself(original, tmp_path):
    project, run = original
    copy = tmp_path / "copy of it"
    shutil.copytree(project, copy)
    before = sorted(path.name for path in (project / "mlartifacts").rglob("*"))
    (copy / "new.txt").write_text("of the copy")
    with opened(uri_of(copy)) as client:
        assert client.get_run(run).info.artifact_uri.startswith(copy.as_uri())
        ours = client.get_experiment_by_name("demo/any").experiment_id
        client.log_artifact(client.create_run(ours).info.run_id, str(copy / "new.txt"))
        assert client.get_experiment_by_name("other").artifact_location == "file:///mnt/share/files"
    assert sorted(path.name for path in (project / "mlartifacts").rglob("*")) == before
    assert list((copy / "mlartifacts").rglob("new.txt"))


def test_a_moved_store_says_where_it_came_from_and_is_mended_once(original, tmp_path):
    project, _ = original
    moved = tmp_path / "moved"
    shutil.copytree(project, moved)
    assert mend(uri_of(moved)) == (project / "mlartifacts").as_uri()
    assert mend(uri_of(moved)) == ""
    assert mend(uri_of(project)) == ""


def test_a_server_and_a_database_that_is_none_are_left_alone(tmp_path):
    assert mend("http://127.0.0.1:5000") == ""
    assert mend(uri_of(tmp_path)) == ""
    (tmp_path / "mlflow.db").write_text("no database")
    assert mend(uri_of(tmp_path)) == ""


def test_a_store_that_has_to_be_mended_and_cannot_be_written_is_one_line(
    original, tmp_path, monkeypatch
):
    monkeypatch.setattr("models.store.tracking_moved._WAIT_SECONDS", 0.1)
    moved = tmp_path / "moved"
    shutil.copytree(original[0], moved)
    holder = sqlite3.connect(moved / "mlflow.db")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StridecastError, match="lie elsewhere now"):
        mend(uri_of(moved))
    holder.close()
