"""One run per result, whole or not at all; a challenger that answers; nobody's row stored."""

import json
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest
from sqlalchemy.exc import IntegrityError

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

from mlflow import MlflowClient

from common.errors import StridecastError
from models.store import tracking
from models.store.registry import note_gates, point_champion
from models.store.tracking import default_uri, track
from models.store.tracking_model import SIMULATED_TAG
from models.store.tracking_record import ChildRun, DataUsed, RunRecord, TrackedModel

pytestmark = pytest.mark.filterwarnings(
    # MLflow's own use of deprecated interfaces of its dependencies is not ours to mend.
    "ignore::DeprecationWarning",
    "ignore::FutureWarning",
    "ignore::UserWarning:mlflow",
    "ignore::ResourceWarning",
)


@pytest.fixture(scope="module")
def matrix() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return pd.DataFrame(rng.normal(size=(400, 3)), columns=["spike", "sleep", "hours"])


@pytest.fixture(scope="module")
def booster(matrix) -> lgb.Booster:
    labels = (matrix["spike"] > 0.5).astype(int)
    settings = {"objective": "binary", "verbosity": -1, "num_threads": 1, "deterministic": True}
    return lgb.train(settings, lgb.Dataset(matrix, labels), num_boost_round=5)


@pytest.fixture
def store(tmp_path, empty_mlflow_store) -> str:
    shutil.copyfile(empty_mlflow_store, tmp_path / "m.db")
    return f"sqlite:///{tmp_path}/m.db"


def aliases_in(store: str) -> dict:
    with tracking.opened(store) as client:
        aliases = client.get_registered_model("stridecast-demo-any").aliases
    return {name: int(version) for name, version in aliases.items()}


def a_record(booster, matrix, *, auroc=0.7, **others) -> RunRecord:
    model = TrackedModel(
        booster=booster, medians=matrix.median().to_frame().T, description="a weekly forecast"
    )
    return RunRecord(
        dataset="demo",
        outcome="any",
        params={"risk.num_leaves": "7"},
        metrics={"auroc": auroc},
        tags={"git_commit": "abc", "dvc_exp_name": "tall-oak", "data_md5": "d1"},
        name="tall-oak",
        data=[
            DataUsed(
                name="demo", context="training", digest="d1", profile={"num_rows": 400},
                columns=list(matrix),
            )
        ],
        children=[ChildRun(kind="fold", name="fold 0", metrics={"auroc": 0.6})],
        **({"model": model} | others),
    )  # fmt: skip


def put(record, store, tmp_path):
    return track(record, uri=store, artifact_root=tmp_path / "a")


def runs_in(store: str) -> list:
    with tracking.opened(store) as client:
        found = client.get_experiment_by_name("demo/any")
        return list(client.search_runs([found.experiment_id])) if found else []


def versions_in(store: str) -> list:
    with tracking.opened(store) as client:
        return list(client.search_model_versions("name = 'stridecast-demo-any'"))


def test_the_same_result_is_one_run_and_another_result_another(store, tmp_path, booster, matrix):
    first, written = put(a_record(booster, matrix), store, tmp_path)
    again, rewritten = put(a_record(booster, matrix), store, tmp_path)
    assert (written, rewritten) == (True, False)
    assert first == again
    assert len(runs_in(store)) == 2  # with its fold
    other, _ = put(a_record(booster, matrix, auroc=0.8), store, tmp_path)
    assert other != first
    assert len(runs_in(store)) == 4


def test_nested_runs_that_come_later_join_the_run(store, tmp_path, booster, matrix):
    record = a_record(booster, matrix, model=None)
    run, _ = put(record, store, tmp_path)
    later = [*record.children, ChildRun(kind="ablation", name="+ history", metrics={"auroc": 0.7})]
    for _ in range(2):
        again, written = put(replace(record, children=later), store, tmp_path)
        assert (again, written) == (run, False)
    names = sorted(one.info.run_name for one in runs_in(store) if one.info.run_id != run)
    assert names == ["+ history", "fold 0"]


def test_a_run_tells_its_data_its_origin_and_its_parts(store, tmp_path, booster, matrix):
    run, _ = put(a_record(booster, matrix), store, tmp_path)
    by_id = {one.info.run_id: one for one in runs_in(store)}
    parent = by_id.pop(run)
    (fold,) = by_id.values()
    assert parent.info.run_name == "tall-oak"
    assert fold.data.tags["mlflow.parentRunId"] == run
    assert (fold.info.run_name, fold.data.metrics) == ("fold 0", {"auroc": 0.6})
    (used,) = parent.inputs.dataset_inputs
    assert (used.dataset.name, used.dataset.digest) == ("demo", "d1")
    assert json.loads(used.dataset.profile) == {"num_rows": 400}
    (version,) = versions_in(store)
    assert version.description == "a weekly forecast"
    assert version.tags["git_commit"] == "abc"
    assert aliases_in(store) == {"challenger": int(version.version)}


def test_the_challenger_answers_with_probabilities_and_holds_no_row(
    store, tmp_path, booster, matrix, monkeypatch
):
    import mlflow

    put(a_record(booster, matrix), store, tmp_path)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", store)
    served = mlflow.pyfunc.load_model("models:/stridecast-demo-any@challenger")
    np.testing.assert_allclose(served.predict(matrix), booster.predict(matrix), rtol=1e-12)
    assert served.metadata.signature.inputs.input_names() == list(matrix)
    turned = served.predict(matrix[list(matrix)[::-1]])
    np.testing.assert_array_equal(turned, served.predict(matrix))
    whole = matrix.round()
    np.testing.assert_array_equal(served.predict(whole.astype("int64")), served.predict(whole))
    example = next((tmp_path / "a").rglob("input_example.json"))
    shown = np.array(json.loads(example.read_text())["data"]).ravel()
    np.testing.assert_allclose(shown, matrix.median().to_numpy())
    assert not [p for p in (tmp_path / "a").rglob("*") if p.suffix in {".pkl", ".joblib"}]


def test_a_result_that_comes_back_is_the_challenger_again(store, tmp_path, booster, matrix):
    for auroc in (0.7, 0.8, 0.7):
        run, _ = put(a_record(booster, matrix, auroc=auroc), store, tmp_path)
    of_run = {version.run_id: int(version.version) for version in versions_in(store)}
    assert aliases_in(store) == {"challenger": of_run[run]}


@pytest.mark.parametrize("breaks", ["log_model", "_write_child"])
@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_a_run_that_breaks_leaves_nothing(
    store, tmp_path, booster, matrix, monkeypatch, breaks, error
):
    def fail(*_):
        raise error

    monkeypatch.setattr(tracking, breaks, fail)
    with pytest.raises((StridecastError, KeyboardInterrupt)):
        put(a_record(booster, matrix), store, tmp_path)
    assert runs_in(store) == []
    monkeypatch.undo()
    assert put(a_record(booster, matrix), store, tmp_path)[1]
    assert len(runs_in(store)) == 2


def test_what_a_killed_run_left_is_cleared_away_by_the_next(
    store, tmp_path, booster, matrix, monkeypatch
):
    """Killed after the model was registered, with no time to clean up."""
    monkeypatch.setattr(tracking, "_delete", lambda *_: None)
    monkeypatch.setattr(tracking, "point_challenger", lambda *_: 1 / 0)
    monkeypatch.setattr(tracking, "DIGEST_TAG", "never")
    with pytest.raises(ZeroDivisionError):
        put(a_record(booster, matrix), store, tmp_path)
    left = {run.info.run_id for run in runs_in(store)}
    monkeypatch.undo()
    with tracking.opened(store) as client:
        for run in left:
            client.set_tag(run, tracking.WRITING_TAG, a_record(booster, matrix).digest())
    run, written = put(a_record(booster, matrix), store, tmp_path)
    assert written
    assert not left & {one.info.run_id for one in runs_in(store)}
    assert [version.run_id for version in versions_in(store)] == [run]


def test_a_store_out_of_reach_is_one_clear_line(tmp_path, booster, matrix):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StridecastError, match="MLflow store"):
        put(a_record(booster, matrix), f"sqlite:///{tmp_path}/file/m.db", tmp_path)


def test_a_locked_database_is_one_clear_line_and_nothing_is_written(
    store, tmp_path, booster, matrix
):
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    def be_impatient(_connection, _cursor, statement, parameters, _context, _many):
        return statement.replace("busy_timeout = 20000", "busy_timeout = 50"), parameters

    event.listen(Engine, "before_cursor_execute", be_impatient, retval=True)
    other = sqlite3.connect(store.removeprefix("sqlite:///"), isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StridecastError, match=r"is locked by .*nothing was kept"):
            put(a_record(booster, matrix), store, tmp_path)
    finally:
        other.close()
        event.remove(Engine, "before_cursor_execute", be_impatient)
    assert runs_in(store) == []


def test_a_server_that_is_down_is_one_clear_line(tmp_path, booster, matrix, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(StridecastError, match=r"MLflow store http://127.0.0.1:9: no answer"):
        put(a_record(booster, matrix), "http://127.0.0.1:9", tmp_path)


def test_a_password_in_the_address_is_not_told(tmp_path, booster, matrix, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(StridecastError) as told:
        put(a_record(booster, matrix), "http://me:secret@127.0.0.1:9", tmp_path)
    assert "secret" not in str(told.value)


def test_the_store_of_one_run_does_not_become_that_of_the_next(
    store, tmp_path, booster, matrix, monkeypatch
):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://tracking:5000")
    put(a_record(booster, matrix), store, tmp_path)
    assert MlflowClient().tracking_uri == "http://tracking:5000"
    monkeypatch.delenv("MLFLOW_TRACKING_URI")
    put(a_record(booster, matrix, auroc=0.6), store, tmp_path)
    assert "MLFLOW_TRACKING_URI" not in os.environ
    assert default_uri(tmp_path / "other").endswith("other/mlflow.db")


def test_two_writers_at_once_both_arrive(store, tmp_path, booster, matrix):
    records = [a_record(booster, matrix, auroc=auroc, model=None) for auroc in (0.6, 0.7)]
    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(lambda record: put(record, store, tmp_path), records))
    assert all(new for _, new in written)
    assert len(runs_in(store)) == 4


def test_a_writer_that_came_second_to_the_same_dataset_begins_again(
    store, tmp_path, booster, matrix, monkeypatch
):
    log_inputs, others = MlflowClient.log_inputs, []

    def beaten_once(self, run, datasets):
        if not others:
            others.append(run)
            raise IntegrityError("INSERT INTO datasets", {}, Exception("UNIQUE constraint failed"))
        return log_inputs(self, run, datasets)

    monkeypatch.setattr(MlflowClient, "log_inputs", beaten_once)
    run, new = put(a_record(booster, matrix, model=None), store, tmp_path)
    assert new
    assert run != others[0]
    assert {found.info.run_id for found in runs_in(store)} >= {run}
    assert others[0] not in {found.info.run_id for found in runs_in(store)}


def test_the_default_store_is_absolute_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert default_uri(tmp_path) == f"sqlite:///{tmp_path.resolve()}/mlflow.db"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://tracking:5000")
    assert default_uri(Path()) == "http://tracking:5000"


def test_a_promotion_finds_its_version_again_and_takes_the_alias_off_for_a_stranger(
    store, tmp_path, booster, matrix
):
    for auroc, digest in ((0.7, "first"), (0.8, "second")):
        record = a_record(booster, matrix, auroc=auroc)
        put(replace(record, model=replace(record.model, model_sha256=digest)), store, tmp_path)
    name = "stridecast-demo-any"
    assert point_champion(store, name, "second")
    assert aliases_in(store) == {"challenger": 2, "champion": 2}
    assert point_champion(store, name, "first")
    assert aliases_in(store)["champion"] == 1
    assert note_gates(store, name, "second", "rules: better than 3 of 9")
    told = {int(v.version): v.tags.get("stridecast.gates") for v in versions_in(store)}
    assert told == {1: None, 2: "rules: better than 3 of 9"}
    assert not point_champion(store, name, "not logged")
    assert aliases_in(store) == {"challenger": 2}
    assert not note_gates(store, name, "not logged", "")
    with pytest.raises(StridecastError, match="no MLflow store there yet"):
        point_champion(f"sqlite:///{tmp_path}/none.db", name, "first")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("simulated", [True, False])
def test_a_simulated_model_says_so_in_the_registry_and_when_loaded(
    store, tmp_path, booster, matrix, simulated
):
    record = a_record(booster, matrix)
    model = replace(record.model, simulated=simulated)
    put(replace(record, model=model), store, tmp_path)
    (version,) = versions_in(store)
    assert version.tags[SIMULATED_TAG] == str(simulated).lower()
    (described,) = (tmp_path / "a").rglob("MLmodel")
    assert f"{SIMULATED_TAG}: {str(simulated).lower()}" in described.read_text()


def test_a_served_simulated_model_warns_who_loads_it(monkeypatch):
    # MLflow warns of its own hints while the file is imported: here it may, elsewhere it is fatal.
    from models.store import served_evidence, served_model

    monkeypatch.setattr(served_evidence, "revived_stack", lambda *_: "stack")
    monkeypatch.setattr(served_evidence.Path, "read_text", lambda *_, **__: "{}")
    files = {"evidence": "e", "residual": "r"}
    with pytest.warns(UserWarning, match="of real athletes it says nothing"):
        served_evidence.ServedEvidence().load_context(
            SimpleNamespace(artifacts=files, model_config={served_model.SIMULATED: True})
        )
    quiet = served_evidence.ServedEvidence()
    quiet.load_context(SimpleNamespace(artifacts=files, model_config=None))
    assert quiet.model == "stack"
    assert served_model.SIMULATED == SIMULATED_TAG
