"""`stridecast compare` finds a run's forecasts by folder, experiment, commit and MLflow run."""

import json
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

from common.errors import StridecastError
from pipelines.cli import main
from pipelines.runtime.provenance import PREDICTIONS_TAG, content_md5
from pipelines.studies import mlflow_forecasts as kept
from pipelines.studies.run_forecasts import find_run

ROOT = Path(__file__).parents[2]
PLACE = Path("reports/evaluation/any")
PIPELINE = """
vars: [seed.yaml]
stages:
  evaluate:
    cmd: mkdir -p reports/evaluation && cp -r ${forecasts} reports/evaluation/any
    params:
      - seed.yaml: [forecasts]
    outs: [reports/evaluation]
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
    (folder / "dvc.yaml").write_text(PIPELINE)
    (folder / "params.yaml").write_text("dataset: demo\noutcomes: [any]\n")
    (folder / "seed.yaml").write_text("forecasts: seed1\n")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    tell(folder, "git", "init", "-q")
    tell(folder, "dvc", "init", "-q")
    tell(folder, "dvc", "repro", "-q")
    tell(folder, "git", "add", "-A")
    tell(folder, *git, "commit", "-qm", "first")
    tell(folder, "dvc", "exp", "run", "-q", "-n", "tall-oak", "-S", "seed.yaml:forecasts=seed2")
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
    pd.testing.assert_frame_equal(find_run(name, project).forecasts("any"), forecasts(seed))


def test_a_folder_is_read_as_it_lies_there(project):
    pd.testing.assert_frame_equal(
        find_run(str(project / "seed2"), project).forecasts("any"), forecasts(2)
    )


def logged(run_id: str, name: str, md5: str) -> SimpleNamespace:
    return SimpleNamespace(
        data=SimpleNamespace(tags={PREDICTIONS_TAG: md5} if md5 else {}),
        info=SimpleNamespace(run_id=run_id, run_name=name, experiment_id="1"),
    )


@pytest.fixture
def store(project, monkeypatch):
    """An MLflow store of demo/any, and of another dataset that must not be mixed in."""
    md5 = {n: content_md5(project / f"seed{n}" / "predictions.parquet") for n in (1, 2)}
    runs = {
        "1": [
            logged("ab" * 16, "main@10a0f8e", md5[1]),
            # Begins like the first id: the digits that are given must decide.
            logged("abab12" + "c" * 26, "old-oak", md5[2]),
            logged("d" * 32, "twice", md5[1]),
            logged("e" * 32, "twice", md5[2]),
            logged("f" * 32, "gone", "0" * 32),
            logged("9" * 32, "nested", ""),
        ],
        "2": [logged("7" * 32, "main@10a0f8e", md5[2])],
    }
    names = {"1": "demo/any", "2": "northside/any"}
    client = SimpleNamespace(
        get_run=lambda run: next(one for one in runs["1"] if one.info.run_id == run),
        get_experiment=lambda number: SimpleNamespace(name=names[number]),
        search_experiments=lambda: [
            SimpleNamespace(name=name, experiment_id=number) for number, name in names.items()
        ],
        search_runs=lambda numbers, *_, **__: runs[numbers[0]],
    )

    @contextmanager
    def opened(_: str):
        yield client

    monkeypatch.setattr(kept, "opened", opened)


@pytest.mark.parametrize(
    ("name", "seed"),
    [("ab" * 16, 1), ("abab12", 2), ("ababab", 1), ("main@10a0f8e", 1), ("old-oak", 2)],
)
def test_an_mlflow_run_is_found_by_name_id_or_first_digits(project, store, name, seed):
    pd.testing.assert_frame_equal(find_run(name, project).forecasts("any"), forecasts(seed))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("twice", "'twice' fits 2 MLflow runs of 'any'; name one: dddddddd, eeeeeeee"),
        ("gone", "no longer kept on this machine"),
        ("nested", "has no tag predictions_md5"),
        ("main@10a0f8", "is no folder, no DVC experiment, no git commit and no MLflow run"),
    ],
)
def test_an_mlflow_run_that_does_not_do_is_said_why(project, store, name, told):
    with pytest.raises(StridecastError, match=told):
        find_run(name, project).forecasts("any")


@pytest.mark.parametrize("name", ["ab" * 16, "HEAD", "tall-oak"])
def test_a_run_of_one_outcome_says_which(project, store, name):
    with pytest.raises(StridecastError, match=r"was run for any, not for 'knee'; pass --outcome"):
        find_run(name, project).forecasts("knee")


def test_forecasts_that_left_the_cache_are_said_to_be_gone(project, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(project, copy)
    shutil.rmtree(copy / ".dvc" / "cache")
    told = "tall-oak: its forecasts are not kept on this machine; run `dvc pull`"
    with pytest.raises(StridecastError, match=told):
        find_run("tall-oak", copy).forecasts("any")


def test_a_revision_with_an_output_for_each_outcome_is_read_as_well(project, tmp_path):
    """Of a time when each outcome was evaluated by a stage of its own."""
    older = tmp_path / "older"
    shutil.copytree(project, older)
    pipeline = PIPELINE.replace("outs: [reports/evaluation]", "outs: [reports/evaluation/any]")
    (older / "dvc.yaml").write_text(pipeline)
    (older / "seed.yaml").write_text("forecasts: seed2\n")
    tell(older, "dvc", "repro", "-q")
    tell(older, "git", "commit", "-qam", "an output for each")
    shutil.rmtree(older / PLACE)
    pd.testing.assert_frame_equal(find_run("HEAD", older).forecasts("any"), forecasts(2))
    with pytest.raises(StridecastError, match=r"was run for any, not for 'knee'"):
        find_run("HEAD", older).forecasts("knee")
    shutil.rmtree(older / ".dvc" / "cache")
    with pytest.raises(StridecastError, match=r"HEAD: its forecasts of 'any' are not kept"):
        find_run("HEAD", older).forecasts("any")


def test_shared_outcomes_are_compared_and_others_named(project, tmp_path, monkeypatch, capsys):
    for outcome in ("any", "knee"):
        place = tmp_path / "reports" / "evaluation" / outcome
        place.mkdir(parents=True)
        forecasts(1).to_parquet(place / "predictions.parquet")
    out, err = command(project, monkeypatch, capsys, str(tmp_path), "HEAD")
    assert out.splitlines() == [f"any, risk: HEAD against {tmp_path}: identical forecasts"]
    assert err.splitlines() == [f"knee: left out, only {tmp_path} has it"]


def test_a_run_that_repeats_another_is_told_by_its_largest_difference(
    project, tmp_path, monkeypatch, capsys
):
    place = tmp_path / PLACE
    place.mkdir(parents=True)
    repeated = forecasts(1)
    repeated.to_parquet(place / "predictions.parquet")
    ask = (project, monkeypatch, capsys, "HEAD", str(tmp_path))
    out, _ = command(*ask, name="reproduced")
    assert out == "any: 1 models, 120 rows: the same to the last bit\n"
    # As another processor rounds: not the same bits, and the same forecasts.
    repeated.assign(risk=repeated["risk"] + 2e-9).to_parquet(place / "predictions.parquet")
    out, _ = command(*ask, name="reproduced")
    assert out == (
        "any: 1 models, 120 rows: reproduced within 1e-06; the largest difference is 2.0e-09 "
        "(risk)\n"
    )
    out, _ = command(*ask, "--tolerance", "1e-10", name="reproduced", code=1)
    assert out == "any: 1 models, 120 rows: not reproduced within 1e-10: risk by 2.0e-09\n"
    out, _ = command(*ask, "--json", "--tolerance", "0", name="reproduced", code=1)
    told = json.loads(out)["outcomes"]["any"]
    assert not told["reproduced"]
    assert told["models"][0]["differing"] == 120
    repeated.head(100).to_parquet(place / "predictions.parquet")
    _, err = command(*ask, name="reproduced", code=1)
    assert "not reproduced: 120 and 100 test rows, of which 100 are the same" in err


def command(
    project, monkeypatch, capsys, *arguments: str, name: str = "compare", code: int = 0
) -> tuple[str, str]:
    monkeypatch.chdir(project)
    monkeypatch.setattr(sys, "argv", ["stridecast", name, *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    told = capsys.readouterr()
    assert left.value.code == code, told.err
    return told.out, told.err


def test_the_command_prints_differences_and_a_verdict(project, monkeypatch, capsys):
    out, _ = command(project, monkeypatch, capsys, "HEAD", "tall-oak")
    assert "any, risk: tall-oak against HEAD" in out
    assert "brier" in out
    assert "nan" not in out
    assert "interval includes 0" in out or "better" in out or "worse" in out
