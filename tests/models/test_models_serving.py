"""A real tracking server takes a run, and a real model server answers with its probabilities."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from models.store.tracking import track
from models.store.tracking_record import ChildRun, RunRecord, TrackedModel

pytestmark = [
    pytest.mark.slow,
    # MLflow's own use of deprecated interfaces of its dependencies is not ours to mend.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:mlflow", "ignore::ResourceWarning"),
]


QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    # `models serve` looks for uvicorn by name; the environment need not be activated for a test.
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(folder: Path, port: int, health: str, *arguments: str, **environment: str):
    """Run an MLflow server until the block ends; it has to answer within three minutes."""
    log = (folder / f"{port}.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "mlflow", *arguments, "--host", "127.0.0.1", "--port", str(port)],
        cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        env=os.environ | QUIET | environment,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}{health}", process, Path(log.name))
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        log.close()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 180
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)
    pytest.fail(f"{address} did not answer: {log.read_text()}")


@pytest.fixture(scope="module")
def matrix() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return pd.DataFrame(rng.normal(size=(300, 2)), columns=["spike", "sleep_h"])


@pytest.fixture(scope="module")
def booster(matrix) -> lgb.Booster:
    labels = (matrix["spike"] > 0.8).astype(int)
    settings = {"objective": "binary", "verbosity": -1, "num_threads": 1, "deterministic": True}
    return lgb.train(settings, lgb.Dataset(matrix, labels), num_boost_round=5)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    arguments = (
        "server", "--backend-store-uri", f"sqlite:///{folder}/m.db", "--workers", "1",
        "--artifacts-destination", str(folder / "artifacts"),
    )  # fmt: skip
    with running(folder, free_port(), "/health", *arguments) as address:
        yield address


def test_a_run_goes_to_a_server_and_its_model_is_served(server, booster, matrix, tmp_path):
    record = RunRecord(
        dataset="demo",
        outcome="any",
        params={"model": "risk"},
        metrics={"auroc": 0.7},
        tags={"dvc_exp_name": "tall-oak"},
        children=[ChildRun(kind="fold", name="fold 0", metrics={"auroc": 0.6})],
        model=TrackedModel(
            booster=booster, medians=matrix.median().to_frame().T, description="a forecast"
        ),
    )
    run, written = track(record, uri=server, artifact_root=tmp_path / "unused")
    assert written
    assert track(record, uri=server, artifact_root=tmp_path / "unused") == (run, False)
    assert not (tmp_path / "unused").exists()
    asked = matrix.head(7).copy()
    asked.loc[3, "sleep_h"] = np.nan
    arguments = (
        "models", "serve", "-m", "models:/stridecast-demo-any@challenger",
        "--env-manager", "local", "--workers", "1",
    )  # fmt: skip
    port = free_port()
    with running(tmp_path, port, "/ping", *arguments, MLFLOW_TRACKING_URI=server) as address:
        answered = ask(f"{address}/invocations", asked)
    np.testing.assert_allclose(answered, booster.predict(asked), rtol=1e-12)
    assert all(0 < probability < 1 for probability in answered)


def ask(address: str, rows: pd.DataFrame) -> list[float]:
    body = '{"dataframe_split": ' + rows.to_json(orient="split", index=False) + "}"
    request = urllib.request.Request(
        address, data=body.encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return list(json.loads(answer.read())["predictions"])
