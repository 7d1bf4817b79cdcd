"""The empty MLflow store that set-up keeps: MLflow's own, copied only where there is none."""

import re
import sqlite3
import sys
from contextlib import closing

import pytest

from models.store import tracking, tracking_empty
from models.store.tracking_model import _as_required

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def rows(path, query):
    with closing(sqlite3.connect(path)) as store:
        return store.execute(query).fetchall()


def schema(path):
    query = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    # MLflow writes the constraints of a table and their values in an order that varies.
    return [
        (kind, name, sorted(re.findall(r"\w+", sql or ""))) for kind, name, sql in rows(path, query)
    ]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            tracking_empty, "EMPTY_STORES", tmp_path_factory.mktemp("environment") / "var"
        )
        patch.setattr(sys, "prefix", "an environment")
        yield tracking_empty.keep_empty_store()


def test_it_is_what_mlflow_makes_without_the_experiment_that_names_a_folder(kept, tmp_path):
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    path = tmp_path / "migrated.db"
    SqlAlchemyStore(f"sqlite:///{path}", str(tmp_path)).engine.dispose()
    assert schema(kept) == schema(path)
    version = "SELECT * FROM alembic_version"
    assert rows(kept, version) == rows(path, version)
    assert rows(kept, "SELECT * FROM experiments") == []
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]


def test_a_new_store_begins_with_it_and_migrates_nothing(kept, tmp_path, monkeypatch):
    from mlflow.store.db import utils

    monkeypatch.setattr(utils, "_upgrade_db", lambda _: pytest.fail("migrated"))
    path = tmp_path / "project" / "mlflow.db"
    with tracking.opened(f"sqlite:///{path}") as client:
        (first,) = client.search_experiments()
        assert first.name == "Default"
        assert client.create_experiment("demo/any") == "1"
    assert [file.name for file in path.parent.iterdir()] == ["mlflow.db"]
    assert rows(kept, "SELECT * FROM experiments") == []


@pytest.mark.parametrize("there", [b"", b"somebody's"])
def test_what_is_there_stays(kept, tmp_path, there):
    path = tmp_path / "mlflow.db"
    path.write_bytes(there)
    tracking_empty.begin_with_empty_store(f"sqlite:///{path}")
    assert path.read_bytes() == there


@pytest.mark.parametrize(
    "uri", ["http://localhost:5000", "sqlite:///{}/m.db?timeout=3", "sqlite://"]
)
def test_other_addresses_are_left_to_mlflow(kept, tmp_path, monkeypatch, uri):
    monkeypatch.chdir(tmp_path)
    tracking_empty.begin_with_empty_store(uri.format(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_store_that_cannot_be_put_there_is_left_to_mlflow(kept, tmp_path):
    (tmp_path / "file").write_text("no folder")
    tracking_empty.begin_with_empty_store(f"sqlite:///{tmp_path / 'file' / 'mlflow.db'}")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_without_a_kept_one_nothing_is_put_there(tmp_path, monkeypatch):
    monkeypatch.setattr(tracking_empty, "EMPTY_STORES", tmp_path / "nothing")
    tracking_empty.begin_with_empty_store(f"sqlite:///{tmp_path / 'mlflow.db'}")
    assert not list(tmp_path.iterdir())


def test_an_environment_that_cannot_be_written_has_none_and_set_up_goes_on(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(tracking_empty, "EMPTY_STORES", tmp_path / "file" / "var")
    monkeypatch.setattr(sys, "prefix", "an environment")
    kept = tracking_empty.keep_empty_store()
    assert kept is not None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    tracking_empty.begin_with_empty_store(f"sqlite:///{tmp_path / 'mlflow.db'}")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_without_an_environment_or_mlflow_none_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(tracking_empty, "EMPTY_STORES", tmp_path)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert not tracking_empty.keep_empty_store().exists()

    def missing(_):
        raise tracking_empty.metadata.PackageNotFoundError

    monkeypatch.setattr(tracking_empty.metadata, "version", missing)
    assert tracking_empty.keep_empty_store() is None
    tracking_empty.begin_with_empty_store(f"sqlite:///{tmp_path / 'mlflow.db'}")
    assert not list(tmp_path.iterdir())


def test_mlflow_looks_through_no_packages_while_a_model_is_logged():
    """MLflow has the function that is set aside, and has it again afterwards."""
    from mlflow.utils import environment

    before = environment.warn_dependency_requirement_mismatches
    with _as_required():
        assert environment.warn_dependency_requirement_mismatches is not before
        environment._process_pip_requirements([], ["surely-not-installed==1"])
    assert environment.warn_dependency_requirement_mismatches is before


def test_a_library_is_left_out_only_while_something_is_imported(monkeypatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with tracking._without("colorsys"), pytest.raises(ModuleNotFoundError):
        import colorsys
    import colorsys

    with tracking._without("colorsys"):
        assert sys.modules["colorsys"] is colorsys
    assert sys.modules["colorsys"] is colorsys
