"""The page shows figures of the model it scores with, and of no other."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.estimators.risk import RiskModel, RiskSettings
from models.store.artifact import Provenance, save
from pipelines import report
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.weekly.verification import verified

SETTINGS = RiskSettings(trees=2, min_data_in_leaf=5, calibration_folds=0, range_replicates=2)


def trained(folder, seed):
    rng = np.random.default_rng(seed)
    x = pd.DataFrame(rng.normal(size=(80, 2)), columns=["distance_7d_km", "sleep_h_7d"])
    y = (rng.random(80) < 0.4).astype(float)
    who = np.repeat(np.arange(8), 10)
    model = RiskModel(SETTINGS).fit(x, y, groups=who).fit_range(x, y, groups=who)
    told = Provenance(
        outcome="any", dataset="club", simulated=True, horizon_days=7, lead_days=0,
        rows=80, events=int(y.sum()), athletes=8, trained_from="2024-01-07",
        trained_to="2024-06-30",
    )  # fmt: skip
    save(model, told, folder)
    return folder


@pytest.fixture
def workspace(tmp_path):
    found = Workspace(tmp_path, "club")
    trained(found.model("any"), 0)
    numbers = {"value": 0.7, "low": 0.6, "high": 0.8}
    write(found.reports / "ingest.json", {"dataset": "club"})
    write(found.reports / "metrics.json",
          {"any": {"base_rate": {"auroc": numbers}, "risk": {"auroc": numbers}}})  # fmt: skip
    table(found.evaluation("any") / "alert_budget.csv", model=["base_rate", "risk"], recall=[0, 1])
    table(found.evaluation("any") / "calibration.csv", predicted=[0.1])
    table(found.explanation("any") / "stability.csv", measure=["first_again"], value=[0.5])
    return found


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content))


def table(path, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(columns).to_csv(path, index=False)


def test_the_model_in_use_stands_first_and_its_alerts_alone(workspace):
    found = verified(workspace, {"any": workspace.model("any")})
    assert found.metrics["model"].tolist() == ["risk", "base_rate"]
    assert found.alert_budget["recall"].tolist() == [1]
    assert found.stability["outcome"].tolist() == ["any"]
    assert len(found.calibration) == 1


def test_figures_of_another_model_or_dataset_are_none(workspace, tmp_path):
    # Same outcome and dataset: only the digest tells the two models apart.
    older = trained(tmp_path / "champion", 1)
    assert verified(workspace, {"any": older}).metrics is None
    write(workspace.reports / "ingest.json", {"dataset": "another"})
    found = verified(workspace, {"any": workspace.model("any")})
    assert found.metrics is found.stability is found.alert_budget is None


def test_published_evidence_has_no_figures(workspace):
    assert verified(workspace, {}).metrics is None


@pytest.mark.parametrize("gone", ["evaluation", "explanation"])
def test_the_page_is_not_written_without_what_an_earlier_stage_left(workspace, gone):
    write(workspace.evaluation("any") / "metrics.json", {})
    table(workspace.explanation("any") / "features.csv", feature=["sleep_h_7d"])
    (workspace.root / "params.yaml").write_text("dataset: club\noutcomes: [any]\n")
    stage = Stage(load_params(workspace.root / "params.yaml"), workspace)
    with pytest.raises(StridecastError, match=r"scores\.parquet"):  # beyond the check
        report.main(stage)
    shutil.rmtree(getattr(workspace, gone)("any"))
    told = rf"reports/{gone}/any/\w+\.\w+: not found; run `dvc repro` first"
    with pytest.raises(StridecastError, match=told):
        report.main(stage)
    assert not (workspace.reports / "forecast.html").exists()


def test_a_dataset_without_a_model_needs_no_explanation(workspace):
    write(workspace.evaluation("knee") / "metrics.json", {})
    (workspace.root / "params.yaml").write_text("dataset: club\noutcomes: [knee]\n")
    stage = Stage(load_params(workspace.root / "params.yaml"), workspace)
    with pytest.raises(StridecastError, match=r"scores\.parquet"):
        report.main(stage)
