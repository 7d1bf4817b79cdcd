"""What `track` makes of the files of the stages, and what it says when something is wrong."""

import fcntl
import os
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from common.errors import StridecastError
from common.frame_files import write_csv
from common.store import write_json
from pipelines.runtime.lock import LOCK_FILE, only_writer
from pipelines.runtime.params import load_params
from pipelines.runtime.provenance import provenance, run_name
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace, original_root
from pipelines.stage_parts.track_nested import nested_runs, plain
from pipelines.track import main

NUMBERS = {"value": 0.7, "low": 0.6, "high": None}
METRICS = {"risk": {"auroc": NUMBERS}, "logistic": {"auroc": NUMBERS}}
STUDY = "demo/any/0123456789ab/132"


@pytest.fixture
def stage(tmp_path) -> Stage:
    (tmp_path / "params.yaml").write_text("dataset: demo\noutcomes: [any]\nrisk: {num_leaves: 3}\n")
    workspace = Workspace(tmp_path, "demo")
    write_json(workspace.model("any") / "split.json", {"digest": "0123456789abcdef"})
    return Stage(load_params(tmp_path / "params.yaml"), workspace, "any")


def a_study(stage: Stage, best: dict) -> None:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    place = stage.workspace.root / "artifacts" / "tuning" / "demo"
    place.mkdir(parents=True)
    study = optuna.create_study(storage=f"sqlite:///{place}/studies.db", study_name=STUDY)
    for leaves in (4, 3):
        study.enqueue_trial({"num_leaves": leaves})
    study.optimize(lambda trial: trial.suggest_int("num_leaves", 2, 8) / 100, n_trials=2)
    write_json(place / "any.json", {"study": STUDY, "best": best})


def test_comparators_and_folds_are_nested_under_the_names_of_the_parent(stage):
    folds = pd.DataFrame({"fold": [0, 1], "auroc": [0.65, np.nan], "events": [12, 0]})
    write_csv(stage.workspace.evaluation("any") / "folds.csv", folds)
    runs = nested_runs(stage, METRICS, stage.workspace.root)
    assert [(run.kind, run.name) for run in runs] == [
        ("comparator", "logistic"), ("fold", "fold 0"), ("fold", "fold 1"),
    ]  # fmt: skip
    assert runs[0].metrics == {"auroc": 0.7}
    assert runs[0].params == {"model": "logistic", "columns": "those of the model"}
    assert runs[1].metrics == {"auroc": 0.65, "events": 12.0}
    # A fold without injuries has no AUROC: MLflow takes no NaN.
    assert runs[2].metrics == {"events": 0.0}


@pytest.mark.parametrize(("best", "trials"), [({"num_leaves": 3}, 2), ({"num_leaves": 5}, 0)])
def test_trials_belong_to_the_run_that_uses_what_they_found(stage, best, trials):
    a_study(stage, best)
    runs = nested_runs(stage, METRICS, stage.workspace.root)
    found = [run for run in runs if run.kind == "trial"]
    assert len(found) == trials
    for run, leaves in zip(found, (4, 3), strict=False):
        assert run.metrics == {"log_loss": leaves / 100}
        assert run.params == {"risk.num_leaves": str(leaves)}


# Another last figure is the ablation of another model.
@pytest.mark.parametrize(
    ("auroc", "steps"), [(0.7, ["load", "+ recovery", "+ history"]), (0.71, [])]
)
def test_an_ablation_belongs_to_the_run_whose_model_is_one_of_its_steps(stage, auroc, steps):
    table = pd.DataFrame(
        {
            "model": ["risk"] * 3 + ["additive"],
            "added": ["load", "recovery", "history", "load"],
            "auroc": [0.6, 0.65, auroc, 0.1],
            "auroc_gain": [np.nan, 0.05, 0.05, np.nan],
            "verdict": [np.nan, "gain", "no gain", np.nan],
        }
    )
    place = stage.workspace.root / "reports" / "ablation" / "any"
    write_csv(place / "ablation.csv", table)
    runs = nested_runs(stage, METRICS, stage.workspace.root)
    found = [run for run in runs if run.kind == "ablation"]
    assert [run.name for run in found] == steps
    if steps:
        assert found[0].metrics == {"auroc": 0.6}
        assert found[2].metrics == {"auroc": 0.7, "auroc_gain": 0.05}
        assert found[2].params == {"verdict": "no gain"}


def test_unknown_bounds_are_left_out():
    assert plain(METRICS["risk"], bounds=("auroc",)) == {"auroc": 0.7, "auroc_low": 0.6}


def test_a_run_tells_commit_experiment_and_data(tmp_path, monkeypatch):
    lock = {
        "stages": {
            "ingest": {
                "deps": [{"path": "data/raw/demo", "md5": "aa.dir"}],
                "outs": [{"path": "data/tables/demo", "md5": "bb.dir"}],
            },
            "featurize": {"outs": [{"path": "data/features/demo", "md5": "cc.dir"}]},
        }
    }
    (tmp_path / "dvc.lock").write_text(yaml.safe_dump(lock))
    monkeypatch.setenv("DVC_EXP_NAME", "tall-oak")
    monkeypatch.setenv("DVC_EXP_BASELINE_REV", "f" * 40)
    told = provenance(tmp_path, "demo")
    assert (told["git_commit"], told["git_commit_is_baseline"]) == ("f" * 40, "true")
    assert (told["dvc_exp_name"], told["data_md5"]) == ("tall-oak", "aa.dir")
    assert told["features_md5"] == "cc.dir"
    monkeypatch.delenv("DVC_EXP_NAME")
    monkeypatch.delenv("DVC_EXP_BASELINE_REV")
    told = provenance(tmp_path, "pmdata")
    assert (told["git_commit"], told["git_commit_is_baseline"]) == ("none", "false")
    assert told["data_md5"] == ""


@pytest.mark.parametrize("text", [b"stages: {<<<<<<< HEAD\n", b"\xff\xfe", b"at: 2025-13-45\n"])
def test_a_damaged_lock_file_is_one_line(tmp_path, text):
    (tmp_path / "dvc.lock").write_bytes(text)
    with pytest.raises(StridecastError, match=r"dvc\.lock: not YAML") as fault:
        provenance(tmp_path, "demo")
    assert "git checkout dvc.lock" in str(fault.value.remedy)


def git(folder: Path, *arguments: str) -> str:
    who = {
        f"GIT_{role}_{what}": "a" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder, capture_output=True, text=True, check=True,
        env=os.environ | who | {"GIT_CONFIG_GLOBAL": os.devnull},
    )  # fmt: skip
    return done.stdout.strip()


def test_a_run_outside_experiments_is_named_by_branch_and_commit(tmp_path, monkeypatch):
    monkeypatch.delenv("DVC_EXP_NAME", raising=False)
    assert run_name(tmp_path) == ""
    (tmp_path / "dvc.lock").write_text("stages: {}\n")
    (tmp_path / "params.yaml").write_text("dataset: demo\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    commit = git(tmp_path, "rev-parse", "--short", "HEAD")
    (tmp_path / "dvc.lock").write_text("stages: {ingest: {}}\n")
    # `dvc repro` writes the lock itself: it is no change of the user's.
    assert run_name(tmp_path) == f"main@{commit}"
    assert provenance(tmp_path, "demo")["git_has_local_changes"] == "false"
    (tmp_path / "params.yaml").write_text("dataset: pmdata\n")
    assert run_name(tmp_path) == f"main@{commit}-changed"
    assert provenance(tmp_path, "demo")["git_has_local_changes"] == "true"
    monkeypatch.setenv("DVC_EXP_NAME", "tall-oak")
    assert run_name(tmp_path) == "tall-oak"


def test_make_ui_leads_to_the_server_that_is_set():
    command = ["make", "-s", "-o", ".venv/.installed", "ui"]
    told = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
        env=os.environ | {"MLFLOW_TRACKING_URI": "http://127.0.0.1:9"},
    )  # fmt: skip
    assert told.stdout == "the runs are on a server: open http://127.0.0.1:9\n"


def test_a_queued_experiment_writes_to_the_projects_own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("DVC_ROOT", str(tmp_path))
    assert original_root(tmp_path / ".dvc" / "tmp" / "exps" / "x") == tmp_path.resolve()


def test_a_missing_output_of_an_earlier_stage_is_one_line(stage):
    with pytest.raises(StridecastError, match=r"metrics.json: not found; run `dvc repro` first"):
        main(stage)
    assert not (stage.workspace.root / "mlflow.db").exists()


def test_a_second_writer_waits_and_then_gives_up_with_a_line(tmp_path):
    handle = os.open(tmp_path / LOCK_FILE, os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    told = "another stridecast run is writing here; wait until it has finished, or run again later"
    with (
        pytest.raises(StridecastError, match=told),
        only_writer(tmp_path, wait_seconds=0.3, remedy="run again later"),
    ):
        pytest.fail("two writers at once")
    os.close(handle)
    with only_writer(tmp_path):
        assert (tmp_path / LOCK_FILE).exists()


def test_a_writer_goes_on_when_the_other_has_finished(tmp_path, monkeypatch):
    handle = os.open(tmp_path / LOCK_FILE, os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    monkeypatch.setattr("filelock._api.time.sleep", lambda _: os.close(handle))
    with only_writer(tmp_path, wait_seconds=5):
        pass


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dataset: demo\noutcomes: [any]\nrisk: {num_leafs: 3}\n", "risk.num_leafs"),
        ("dataset: demo\noutcomes: [shin]\n", "outcomes"),
    ],
)
def test_a_renamed_parameter_is_named(tmp_path, text, told):
    path = Path(tmp_path) / "params.yaml"
    path.write_text(text)
    with pytest.raises(StridecastError, match=told):
        load_params(path)
