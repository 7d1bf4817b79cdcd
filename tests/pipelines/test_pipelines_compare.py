"""`stridecast compare` finds a run's forecasts by folder, experiment, commit and MLflow run."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from ingest.errors import StridecastError
from pipelines import kept_forecasts as kept
from pipelines.cli import main
from pipelines.kept_forecasts import PREDICTIONS_TAG, content_md5, kept_forecasts

ROOT = Path(__file__).parents[2]
PLACE = Path("reports/evaluation/any")
PIPELINE = """
stages:
  evaluate:
    cmd: cp -r ${forecasts} reports/evaluation/any
    params: [forecasts]
    outs: [reports/evaluation/any]
"""


def forecasts(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "athlete": np.repeat([f"a{i}" for i in range(30)], 4),
            "date": np.tile(pd.date_range("2024-01-07", periods=4, freq="7D"), 30),
            "event": (np.random.default_rng(0).random(120) < 0.3).astype(float),
            "risk": rng.uniform(0.05, 0.6, 120),
        }
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with a committed run (seed 1), an experiment (seed 2) and neither in the way."""
    folder = tmp_path_factory.mktemp("compare")
    for seed in (1, 2):
        (folder / f"seed{seed}").mkdir()
        forecasts(seed).to_parquet(folder / f"seed{seed}" / "predictions.parquet")
    (folder / "reports" / "evaluation").mkdir(parents=True)
    (folder / "reports" / "evaluation" / ".keep").touch()
    (folder / "dvc.yaml").write_text(PIPELINE)
    (folder / "params.yaml").write_text("forecasts: seed1\ndataset: demo\noutcomes: [any]\n")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    tell(folder, "git", "init", "-q")
    tell(folder, "dvc", "init", "-q")
    tell(folder, "dvc", "repro", "-q")
    tell(folder, "git", "add", "-A")
    tell(folder, *git, "commit", "-qm", "first")
    tell(folder, "dvc", "exp", "run", "-q", "-n", "tall-oak", "-S", "forecasts=seed2")
    shutil.rmtree(folder / PLACE)
    return folder


def tell(folder: Path, program: str, *arguments: str) -> None:
    command = [program] if program != "dvc" else [sys.executable, "-m", "dvc"]
    environment = os.environ | {"DVC_NO_ANALYTICS": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    environment |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    environment |= {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b"}
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "seed"), [("tall-oak", 2), ("HEAD", 1)])
def test_experiments_and_commits_are_read_from_the_cache(project, name, seed):
    pd.testing.assert_frame_equal(kept_forecasts(name, "any", project), forecasts(seed))


def test_a_folder_is_read_as_it_lies_there(project):
    pd.testing.assert_frame_equal(
        kept_forecasts(str(project / "seed2"), "any", project), forecasts(2)
    )


@contextmanager
def a_store(tags: dict[str, str]):
    run = SimpleNamespace(data=SimpleNamespace(tags=tags), info=SimpleNamespace(experiment_id="1"))
    yield SimpleNamespace(
        get_run=lambda _: run, get_experiment=lambda _: SimpleNamespace(name="demo/any")
    )


def test_an_mlflow_run_leads_to_the_cache_by_its_digest(project, monkeypatch):
    tags = {PREDICTIONS_TAG: content_md5(project / "seed1" / "predictions.parquet")}
    monkeypatch.setattr(kept, "opened", lambda _: a_store(tags))
    pd.testing.assert_frame_equal(kept_forecasts("ab" * 16, "any", project), forecasts(1))
    with pytest.raises(StridecastError, match="is of demo/any, not of 'knee'"):
        kept_forecasts("ab" * 16, "knee", project)


def test_forecasts_that_are_gone_are_said_to_be(project, monkeypatch):
    monkeypatch.setattr(kept, "opened", lambda _: a_store({PREDICTIONS_TAG: "0" * 32}))
    with pytest.raises(StridecastError, match="no longer kept on this machine"):
        kept_forecasts("ab" * 16, "any", project)


@pytest.mark.parametrize(
    ("name", "told"),
    [("tall-oka", "no folder, no MLflow run, no DVC"), ("HEAD", "no kept forecasts of 'knee'")],
)
def test_a_name_that_leads_nowhere_is_one_line(project, name, told):
    with pytest.raises(StridecastError, match=told):
        kept_forecasts(name, "knee", project)


def test_forecasts_that_left_the_cache_are_said_to_be_gone(project, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    shutil.rmtree(copy / ".dvc" / "cache")
    with pytest.raises(StridecastError, match="tall-oak: has no kept forecasts of 'any'"):
        kept_forecasts("tall-oak", "any", copy)


def test_the_command_prints_differences_and_a_verdict(project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    monkeypatch.setattr(sys, "argv", ["stridecast", "compare", "HEAD", "tall-oak"])
    params = Path("params.yaml").read_text()
    Path("params.yaml").write_text(params.replace("forecasts: seed2\n", ""))
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert "any, risk: tall-oak against HEAD" in out
    assert "brier" in out
    assert "nan" not in out
    assert "interval includes 0" in out or "better" in out or "worse" in out
