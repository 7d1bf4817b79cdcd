"""One run per result, a challenger that answers with probabilities, nobody's row stored."""

import json
import os
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

from ingest.errors import StridecastError
from models.tracking import RunRecord, TrackedModel, default_uri, track

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


def a_record(booster, matrix, *, auroc=0.7) -> RunRecord:
    return RunRecord(
        dataset="demo",
        outcome="any",
        params={"risk.num_leaves": "7"},
        metrics={"risk.auroc": auroc},
        tags={"git_commit": "abc"},
        model=TrackedModel(
            booster=booster, features=matrix, digest="d1", description="a weekly forecast"
        ),
    )


def runs_in(uri: str) -> int:
    from mlflow import MlflowClient  # noqa: PLC0415

    client = MlflowClient(tracking_uri=uri)
    return len(client.search_runs([client.get_experiment_by_name("demo/any").experiment_id]))


def test_the_same_result_is_one_run_and_another_result_another(tmp_path, booster, matrix):
    uri = f"sqlite:///{tmp_path}/m.db"
    first, written = track(a_record(booster, matrix), uri=uri, artifact_root=tmp_path / "a")
    again, rewritten = track(a_record(booster, matrix), uri=uri, artifact_root=tmp_path / "a")
    assert (written, rewritten) == (True, False)
    assert first == again
    assert runs_in(uri) == 1
    other, _ = track(a_record(booster, matrix, auroc=0.8), uri=uri, artifact_root=tmp_path / "a")
    assert other != first
    assert runs_in(uri) == 2


def test_the_challenger_answers_with_probabilities_and_holds_no_row(tmp_path, booster, matrix):
    import mlflow  # noqa: PLC0415

    uri = f"sqlite:///{tmp_path}/m.db"
    track(a_record(booster, matrix), uri=uri, artifact_root=tmp_path / "a")
    mlflow.set_tracking_uri(uri)
    served = mlflow.pyfunc.load_model("models:/stridecast-demo-any@challenger")
    np.testing.assert_allclose(served.predict(matrix), booster.predict(matrix), rtol=1e-12)
    example = next((tmp_path / "a").rglob("input_example.json"))
    shown = np.array(json.loads(example.read_text())["data"]).ravel()
    np.testing.assert_allclose(shown, matrix.median().to_numpy())
    assert not [p for p in (tmp_path / "a").rglob("*") if p.suffix in {".pkl", ".joblib"}]


def test_a_store_out_of_reach_is_one_clear_line(tmp_path, booster, matrix):
    (tmp_path / "file").write_text("not a folder")
    uri = f"sqlite:///{tmp_path}/file/m.db"
    with pytest.raises(StridecastError, match="MLflow store"):
        track(a_record(booster, matrix), uri=uri, artifact_root=tmp_path / "a")


def test_a_server_that_is_down_is_one_clear_line(tmp_path, booster, matrix, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(StridecastError, match="MLflow store http"):
        track(a_record(booster, matrix), uri="http://127.0.0.1:9", artifact_root=tmp_path / "a")


def test_the_default_store_is_absolute_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert default_uri(tmp_path) == f"sqlite:///{tmp_path.resolve()}/mlflow.db"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://tracking:5000")
    assert default_uri(Path()) == "http://tracking:5000"
