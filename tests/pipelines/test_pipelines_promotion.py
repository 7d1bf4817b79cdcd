"""The promotion commands as they are typed: gates, champion, rollback, transport, recalibration."""

import importlib.util
import json
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from common.store import read_json, write_json
from models.store.artifact import load_any
from models.store.champion import read_pointer
from models.store.recalibration import FEWEST_EVENTS
from pipelines import train
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import AUDITS_FILE, Workspace

_SPEC = importlib.util.spec_from_file_location(
    "small_cohort", Path(__file__).with_name("small_cohort.py")
)
small = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(small)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project with a trained model of alpha, and beta: other athletes who are hurt more often."""
    root = tmp_path_factory.mktemp("project")
    small.write_params(root, "beta")
    beta = small.write_cohort_tables(root, "beta", small.small_tables(2, base=-2.2, effect=1.6))
    train.main(Stage(load_params(root / "params.yaml"), beta, "any"))
    small.write_params(root, "alpha")
    # Seed 1 draws too few injuries of the 30 test athletes for the gate of the level.
    alpha = small.write_cohort_tables(root, "alpha", small.small_tables(3, base=-2.9, effect=1.6))
    train.main(Stage(load_params(root / "params.yaml"), alpha, "any"))
    return root


@pytest.fixture
def project(made, tmp_path, monkeypatch):
    root = tmp_path / "project"
    shutil.copytree(made, root)
    monkeypatch.chdir(root)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.delenv("DVC_ROOT", raising=False)
    return root


def champion(root):
    home = Workspace(root, "alpha").champion("any")
    return read_pointer(home).stack[-1] if read_pointer(home).stack else None


def train_again(root, features=(), without=()):
    own = {
        "train": small.SETTINGS["train"] | {"without": list(without)},
        "features": small.SETTINGS["features"],
    }
    own["features"] = own["features"] | dict(features)
    small.write_params(root, "alpha", **own)
    train.main(Stage(load_params(root / "params.yaml"), Workspace(root, "alpha"), "any"))


def shuffle(root):
    """Give every row another row's features."""
    path = root / "data/features/alpha/features.parquet"
    rows = pd.read_parquet(path)
    shuffled = rows.sample(frac=1, random_state=0).reset_index(drop=True)
    shuffled[["athlete", "date"]] = rows[["athlete", "date"]]
    shuffled.to_parquet(path)


def test_a_model_that_passes_is_exported_whole_and_told_gate_by_gate(stridecast, project):
    told = stridecast("promote")
    for gate in (
        "reality",
        "audits",
        "slope",
        "level",
        "unseen_slope",
        "unseen_level",
        "rules",
        "incumbent",
    ):
        assert f"passed  {gate}: " in told
    assert "better than all 9 rules" in told
    assert "not worse than the evidence model" in told
    assert "alpha/any: champion is version 0001, evidence model" in told
    assert "registry: alias not moved, scoring is not affected" in told
    folder = project / "artifacts" / "champion" / "alpha" / "any" / "0001"
    names = {path.name for path in folder.iterdir()}
    assert names >= {"model.json", "evidence.json", "residual.txt", "features.json", "gates.json"}
    assert not [name for name in names if name.endswith(".parquet")]
    athletes = pd.read_parquet(project / "data/tables/alpha/athletes.parquet")["athlete"]
    for path in folder.iterdir():
        assert athletes[0] not in path.read_text(), path
    assert set(read_json(folder / "manifest.json")) == names - {"manifest.json"}
    assert "is the champion already" in stridecast("promote")
    assert champion(project).version == "0001"


def test_a_dry_run_tells_and_moves_nothing(stridecast, project):
    assert "would be promoted (dry run)" in stridecast("promote", "--dry-run")
    assert not (project / "artifacts" / "champion").exists()
    assert not (project / "reports" / "promotion").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda w: (w.model("any") / AUDITS_FILE).unlink(), "no audit of the training data"),
        (
            lambda w: write_json(
                w.model("any") / AUDITS_FILE,
                {"units": {"passed": False, "sentence": "2 series jump."}},
            ),
            "units: 2 series jump.",
        ),
        (
            lambda w: (w.model("any") / "out_of_fold.parquet").unlink(),
            "no out-of-fold forecasts",
        ),
    ],
)
def test_a_failed_gate_stops_and_says_what_fell_short(stridecast, project, change, told):
    change(Workspace(project, "alpha"))
    output = stridecast("promote", code=1)
    assert f"the trained evidence model is not promoted: {told}" in output
    assert champion(project) is None
    gates = read_json(project / "reports" / "promotion" / "alpha" / "any.json")["gates"]
    # Without out-of-fold forecasts neither slope nor level can be shown.
    unshown = 2 if told == "no out-of-fold forecasts" else 1
    assert [gate["passed"] for gate in gates].count(False) == unshown
    assert (Workspace(project, "alpha").model("any") / "evidence.json").exists()


def test_a_slope_out_of_its_range_names_the_number(stridecast, project):
    small.write_params(project, "alpha", promotion={"interval_low": 0.99, "interval_high": 1.0})
    output = stridecast("promote", code=1)
    assert "not shown to be calibrated: not inside 0.99 to 1" in output
    assert "FAILED  slope: optimism-corrected calibration slope" in output


def test_noise_is_not_promoted(stridecast, project):
    shuffle(project)
    train_again(project)
    output = stridecast("promote", code=1)
    assert "FAILED  rules: better than" in output
    assert champion(project) is None


def test_a_second_model_rollback_and_its_end(stridecast, project):
    stridecast("promote")
    train_again(project, without=["ramp_4w"])
    assert "not worse than the champion" in stridecast("promote")
    assert champion(project).version == "0002"
    stridecast("promote", "--candidate", "additive")
    assert (champion(project).version, champion(project).kind) == ("0003", "additive")
    assert "would go back from 0003 to 0002" in stridecast("promote", "--rollback", "--dry-run")
    assert "back from version 0003 to version 0002" in stridecast("promote", "--rollback")
    assert "back from version 0002 to version 0001" in stridecast("promote", "--rollback")
    told = stridecast("promote", "--rollback", code=1)
    assert "there is only one champion, so none to roll back to" in told
    assert "Traceback" not in told
    assert champion(project).version == "0001"


def test_a_worse_model_does_not_replace_the_champion(stridecast, project):
    stridecast("promote")
    shuffle(project)
    # Other settings, so that the champion's own matrix is made anew, of the tables.
    train_again(project, features={"silence_days": 11})
    output = stridecast("promote", code=1)
    assert "FAILED  incumbent: worse than the champion: AUROC -0." in output
    assert "not worse than the champion" not in output
    assert champion(project).version == "0001"


def test_an_altered_champion_is_refused_until_it_is_rolled_back(stridecast, project):
    stridecast("promote")
    train_again(project, without=["ramp_4w"])
    stridecast("promote")
    path = project / "artifacts/champion/alpha/any/0002/evidence.json"
    path.write_text(path.read_text().replace('"slope": ', '"slope": 9', 1))
    refused = "evidence.json: the champion's file was changed after its promotion"
    assert refused in stridecast("evaluate", "--model", "alpha", "--dataset", "beta", code=1)
    assert refused in stridecast("promote", code=1)
    assert "back from version 0002 to version 0001" in stridecast("promote", "--rollback")
    stridecast("evaluate", "--model", "alpha", "--dataset", "beta")


def test_a_locked_store_delays_the_alias_and_nothing_else(stridecast, project, monkeypatch):
    monkeypatch.setattr("models.store.registry._PATIENCE_S", 0.1)
    holder = sqlite3.connect(project / "mlflow.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    told = stridecast("promote")
    holder.close()
    assert "registry: alias not moved, scoring is not affected: MLflow store" in told
    assert "database is locked" in told
    assert champion(project).version == "0001"


def test_another_promotion_at_the_same_moment_is_refused(stridecast, project):
    from pipelines.runtime.lock import only_writer

    with only_writer(Workspace(project, "alpha").champion("any")):
        assert "another stridecast run is writing here" in stridecast("promote", code=1)
    assert champion(project) is None


def test_real_athletes_are_not_scored_by_a_model_of_simulated_ones(stridecast, project):
    path = project / "data/tables/alpha/dataset.json"
    config = json.loads(path.read_text()) | {"simulated": False, "pseudonyms": "keyed"}
    path.write_text(json.dumps(config))
    output = stridecast("promote", code=1)
    assert "FAILED  reality: learnt from simulated athletes, would score real ones" in output
    for command in (["evaluate", "--model", "beta"], ["recalibrate", "--model", "beta"]):
        assert "may not score real ones" in stridecast(*command, "--dataset", "alpha", code=1)


def test_transport_tells_measures_groups_and_what_to_do(stridecast, project):
    told = stridecast("evaluate", "--model", "alpha", "--dataset", "beta")
    assert "evidence model of alpha on beta, any: " in told
    assert "(all rows at risk)" in told
    assert "team team 1: " in told
    assert "O/E 1." in told.splitlines()[-1]
    assert "would do" in told or "would not do" in told  # beta is hurt more often
    report = read_json(project / "reports/transport/beta/any.json")
    assert report["measures"]["model"]["observed_expected"]["low"] > 1.2
    groups = pd.read_csv(project / "reports/transport/beta/any_subgroups.csv")
    assert set(groups["variable"]) == {"sex", "age", "level", "history", "team"}
    own = stridecast("evaluate", "--model", "alpha")
    assert "(the test part, for the model learnt from this dataset)" in own


@pytest.mark.parametrize("flags", [(), ("--slope",)])
def test_a_recalibrated_model_is_a_challenger_with_its_calibration_inside(
    stridecast, project, flags
):
    told = stridecast("recalibrate", "--model", "alpha", "--dataset", "beta", *flags)
    assert "waits for its gates" in told
    workspace = Workspace(project, "beta")
    old, _ = load_any(Workspace(project, "alpha").model("any"))
    new, facts = load_any(workspace.recalibrated("any"))
    x = pd.read_parquet(workspace.features).head(300)
    before, after = old.decision_function(x), new.decision_function(x)
    slope = new.calibration_.slope / old.calibration_.slope
    shift = after - slope * before
    assert shift.std() < 1e-9
    assert shift.mean() > 0.2  # beta is hurt more often
    assert (slope == 1.0) is (not flags)
    assert facts.recalibrated.startswith("intercept and slope on" if flags else "intercept on")
    told = stridecast("promote", "--dataset", "beta", "--candidate", "recalibrated")
    assert "beta/any: champion is version 0001, evidence model" in told


def test_too_few_injuries_to_recalibrate_are_said(stridecast, monkeypatch):
    monkeypatch.setitem(FEWEST_EVENTS, True, 10_000)  # noqa: FBT003 - a key
    told = stridecast("recalibrate", "--dataset", "alpha", "--slope", code=1)
    assert "injuries are too few to learn the slope anew (at least 10000 are needed)" in told
    assert "waits for its gates" in stridecast("recalibrate", "--dataset", "alpha")


def test_each_team_is_left_out_in_turn(stridecast, project):
    told = stridecast("leave-team-out")
    for team in range(3):
        assert f"team {team}: learnt from " in told
    table = pd.read_csv(project / "reports/teams/alpha/any.csv")
    assert list(dict.fromkeys(table["group"])) == ["all teams", "team 0", "team 1", "team 2"]
    pooled = table[(table["group"] == "all teams") & (table["metric"] == "auroc")].iloc[0]
    assert pooled["low"] > 0.6


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["promote", "--candidate", "best"], 2, "is none of risk, additive, recalibrated"),
        (["promote", "--candidate", "recalibrated"], 1, "no recalibrated model of alpha for any"),
        (["promote", "--outcome", "hip"], 1, "outcome 'hip' is none of any"),
        (["promote", "--dataset", "gamma"], 1, "no risk model of gamma for any there"),
        (["promote", "--rollback"], 1, "there is no champion, so none to roll back to"),
        (["evaluate", "--model", "gamma"], 1, "no model of 'gamma' for any"),
        (["evaluate"], 2, "Missing option '--model'"),
    ],
)
def test_a_mistake_is_one_line(stridecast, arguments, code, told):
    output = stridecast(*arguments, code=code)
    assert told in output
    assert "Traceback" not in output
