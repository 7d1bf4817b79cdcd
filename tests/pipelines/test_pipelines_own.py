"""The documented estimator that may be promoted, from its file to the week that it scores."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from common.extensions import VARIABLE
from common.store import read_json, write_json
from features.catalogue.settings import FeatureSettings
from models.store.champion import champion_folder
from pipelines import collect, comparators, evaluate, nested, own, train
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.tracked_models import own_models
from pipelines.weekly.verification import verified
from pipelines.weekly.week import forecaster_for

_SPEC = importlib.util.spec_from_file_location(
    "small_cohort", Path(__file__).with_name("small_cohort.py")
)
small = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(small)
ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "extensions" / "estimators"
NAME = "proportional_hazards"
ROUNDS = """
from pathlib import Path
import json
import importlib.util

spec = importlib.util.spec_from_file_location("example", {path!r})
example = importlib.util.module_from_spec(spec)
spec.loader.exec_module(example)


class Rounds(example.ProportionalHazards):
    def to_text(self):
        found = json.loads(super().to_text())
        found["coefficients_"] = [round(one, 2) for one in found["coefficients_"]]
        return json.dumps(found)


ESTIMATORS = (("rounds", Rounds()),)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project with the two example estimators, and one that rounds what it writes."""
    root = tmp_path_factory.mktemp("project")
    home = root / "extensions" / "estimators"
    shutil.copytree(EXAMPLES, home, ignore=shutil.ignore_patterns("__pycache__"))
    (home / "rounds.py").write_text(ROUNDS.format(path=str(EXAMPLES / f"{NAME}.py")))
    small.write_params(root, "alpha")
    workspace = small.write_cohort_tables(
        root, "alpha", small.small_tables(3, base=-2.9, effect=1.6)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(home.parent))
        stage = Stage(load_params(root / "params.yaml"), workspace, "any")
        for step in (train, comparators, nested, own, evaluate, collect):
            step.main(stage)
    write_json(workspace.reports / "ingest.json", {"dataset": "alpha"})
    return root


@pytest.fixture
def project(made, tmp_path, monkeypatch):
    root = tmp_path / "project"
    shutil.copytree(made, root)
    monkeypatch.chdir(root)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    monkeypatch.delenv("DVC_ROOT", raising=False)
    monkeypatch.setenv(VARIABLE, str(root / "extensions"))
    return root


def test_it_is_measured_beside_the_others_and_who_fails_is_a_row(project):
    folder = Workspace(project, "alpha").evaluation("any")
    metrics = read_json(folder / "metrics.json")
    assert {NAME, "naive_bayes", "risk", "logistic"} <= set(metrics)
    assert metrics[NAME]["auroc"]["value"] > 0.7
    (failed,) = pd.read_csv(folder / "not_fitted.csv").to_dict("records")
    assert failed["model"] == "rounds"
    assert "forecasts otherwise when it is read back from its text" in failed["reason"]


def test_where_no_model_is_due_it_is_named_and_not_fitted(project, capsys):
    workspace = Workspace(project, "alpha")
    write_json(workspace.model("any") / "columns.json", {"columns": []})
    own.main(Stage(load_params(project / "params.yaml"), workspace, "any"))
    told = capsys.readouterr().out
    assert "too few for a model" in told
    assert NAME in told
    assert not (workspace.own("any") / NAME).exists()


def test_without_estimators_there_is_an_empty_list_and_evaluation_does_without(
    project, monkeypatch
):
    monkeypatch.setenv(VARIABLE, str(project / "nothing"))
    workspace = Workspace(project, "alpha")
    stage, folder = (
        Stage(load_params(project / "params.yaml"), workspace, "any"),
        workspace.own("any"),
    )
    own.main(stage)
    (list_,) = folder.iterdir()
    assert list_.read_text() == "model,reason\n"
    rows = pd.DataFrame({"athlete": ["a"], "date": [pd.Timestamp("2024-01-07")]})
    assert evaluate._own(stage, rows) == {}
    list_.unlink()
    with pytest.raises(StridecastError, match=r"predictions\.parquet"):
        evaluate._own(stage, rows)


def test_the_account_of_the_split_has_the_injuries_of_its_table(project):
    """By it `nested` decides whether they are few, without reading the table."""
    workspace = Workspace(project, "alpha")
    events = pd.read_parquet(workspace.model("any") / "split.parquet")["event"].sum()
    assert nested._events(Stage(load_params(project / "params.yaml"), workspace, "any")) == events


def test_what_it_rests_on_is_measured(project):
    folder = Workspace(project, "alpha").own("any") / NAME
    table = pd.read_csv(folder / "contributions_by_feature.csv")
    assert "soreness" in table["feature"][0]
    blocks = pd.read_csv(folder / "contributions_by_block.csv")
    assert blocks.set_index("block")["mean_abs_log_odds"].idxmax() == "recovery"


def test_it_passes_the_same_gates_and_scores_with_reasons(stridecast, project):
    told = stridecast("promote", "--candidate", NAME)
    for gate in ("reality", "audits", "slope", "level", "unseen_slope", "rules", "incumbent"):
        assert f"passed  {gate}: " in told
    assert "champion is version 0001, own model" in told
    workspace = Workspace(project, "alpha")
    folder = champion_folder(workspace.champion("any"))
    names = {path.name for path in folder.iterdir()}
    assert names >= {"own.json", "own.txt", "model.json", "features.json", "audits.json"}
    assert not [name for name in names if name.endswith((".parquet", ".py"))]
    settings = FeatureSettings.model_validate(small.SETTINGS["features"])
    forecaster = forecaster_for(folder, "any", 7, settings)
    assert forecaster.label.startswith("proportional_hazards model of alpha, 2023-")
    rows = pd.read_parquet(workspace.features).tail(40)
    log_odds = np.log(p := forecaster.probability(rows)) - np.log1p(-p)
    effects = forecaster.contributions(rows)
    base = log_odds - effects.sum(axis=1)
    np.testing.assert_allclose(base, base.iloc[0], atol=1e-8)
    assert "soreness" in effects.abs().mean().idxmax()
    assert "the proportional_hazards model is the champion already" in stridecast(
        "promote", "--candidate", NAME
    )
    found = verified(workspace, {"any": folder})
    assert found.metrics["model"].iloc[0] == NAME
    assert set(found.alert_budget["model"]) == {NAME}
    assert "own model of alpha" in stridecast("evaluate", "--model", "alpha")


def test_a_failed_gate_stops_it_too(stridecast, project):
    small.write_params(project, "alpha", promotion={"interval_low": 0.99, "interval_high": 1.0})
    told = stridecast("promote", "--candidate", NAME, code=1)
    assert f"the {NAME} model is not promoted: optimism-corrected calibration slope" in told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("naive_bayes", "'naive_bayes' cannot be promoted for any: it cannot write itself"),
        ("rounds", "the estimator 'rounds' cannot be promoted for any: on a trial with"),
    ],
)
def test_who_may_not_be_promoted_is_told_in_one_line(stridecast, name, told):
    output = stridecast("promote", "--candidate", name, code=1)
    assert told in output
    assert len(output.strip().splitlines()) == 1


def test_a_champion_whose_file_of_code_is_gone_scores_nobody(stridecast, project, monkeypatch):
    stridecast("promote", "--candidate", NAME)
    monkeypatch.setenv(VARIABLE, str(project / "nothing"))
    told = stridecast("evaluate", "--model", "alpha", code=1)
    assert "needs the estimator 'proportional_hazards', which no file in extensions" in told


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::UserWarning:mlflow", "ignore::ResourceWarning")
def test_it_is_registered_found_by_its_promotion_and_loads_elsewhere(
    stridecast, project, empty_mlflow_store
):
    """The nested run brings the model; what loads it has none of this project."""
    from mlflow import MlflowClient  # seconds

    from models.store.tracking import track
    from models.store.tracking_record import ChildRun, RunRecord

    workspace = Workspace(project, "alpha")
    stage = Stage(load_params(project / "params.yaml"), workspace, "any")
    model = own_models(stage)[NAME]
    child = ChildRun(kind="comparator", name=NAME, metrics={"auroc": 0.7}, model=model)
    record = RunRecord(
        dataset="alpha", outcome="any", params={}, metrics={"auroc": 0.6}, tags={}, children=[child]
    )
    shutil.copyfile(empty_mlflow_store, project / "mlflow.db")
    uri = f"sqlite:///{project / 'mlflow.db'}"
    assert track(record, uri=uri, artifact_root=project / "mlartifacts")[1]
    assert not track(record, uri=uri, artifact_root=project / "mlartifacts")[1]
    told = stridecast("promote", "--candidate", NAME)
    assert "@champion of stridecast-alpha-any is set" in told
    version = MlflowClient(uri).get_model_version_by_alias("stridecast-alpha-any", "champion")
    assert version.tags["stridecast.model_sha256"] == model.model_sha256
    rows = pd.read_parquet(workspace.features).tail(25)
    rows.to_parquet(project / "rows.parquet")
    wanted = model.own.predict(rows)
    code = (
        "import sys, mlflow, pandas; mlflow.set_tracking_uri(sys.argv[1]);"
        "m = mlflow.pyfunc.load_model('models:/stridecast-alpha-any@champion');"
        "x = pandas.read_parquet('rows.parquet')[m.metadata.get_input_schema().input_names()];"
        "print(*m.predict(x[x.columns[::-1]]).tolist())"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-W", "always::UserWarning", "-c", code, uri],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose([float(one) for one in done.stdout.split()], wanted, atol=1e-12)
    assert "of real athletes it says nothing" in done.stderr
