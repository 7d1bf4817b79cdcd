"""What monitoring leaves in MLflow: the team's figures once, and nothing about anybody."""

import json
import shutil

import pytest
from mlflow import MlflowClient

from pipelines.weekly.monitor_run import has_store, log_monitoring, record_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings(
        # MLflow's own use of deprecated interfaces of its dependencies is not ours to mend.
        "ignore::DeprecationWarning",
        "ignore::FutureWarning",
        "ignore::UserWarning:mlflow",
        "ignore::ResourceWarning",
    ),
]
GROUP = {
    "outcome": "any", "group": "not acted", "forecasts": 120, "events": 3, "expected": 2.4,
    "oe": 1.25, "oe_low": 0.26, "oe_high": 3.65, "intercept": None, "slope": None,
    "slope_se": None, "brier": 0.024, "brier_skill": 0.01,
}  # fmt: skip
# Put into every field of the report that may hold a person.
PERSON = "a4ppkvgkybsaa"


def report(**changes):
    given = {
        "dataset": "northside", "simulated": False, "until": "2025-11-23", "weeks": 8,
        "hindcasts": 0, "horizon_days": 7, "verdict": "check the data",
        "sentence": f"1 fell silent: {PERSON}", "evidence": {"any": 12.5}, "outcomes": [GROUP],
        "findings": [{"kind": "silent", "verdict": "fine", "sentence": f"silent: {PERSON}"}],
        "silent": [{"athlete": PERSON, "since": "2025-11-10"}],
        "new_devices": [{"athlete": PERSON, "before": "garmin", "now": "stryd"}],
        "value_drift": [{"feature": "distance_7d_km", "drifted": True}],
        "missing_drift": [{"feature": "sleep_h_7d", "drifted": False}],
    }  # fmt: skip
    return given | changes


@pytest.fixture
def project(tmp_path, empty_mlflow_store, monkeypatch):
    shutil.copyfile(empty_mlflow_store, tmp_path / "mlflow.db")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'mlflow.db'}")
    return tmp_path


def test_the_figures_are_logged_once(project):
    first, again = log_monitoring(report(), project), log_monitoring(report(), project)
    assert first.endswith("logged")
    assert again.endswith("logged before")
    client = MlflowClient()
    experiment = client.get_experiment_by_name("northside/monitoring")
    log_monitoring(report(until="2025-11-30", weeks=9), project)
    runs = client.search_runs([experiment.experiment_id])
    assert sorted(run.info.run_name for run in runs) == [
        "northside up to 2025-11-23", "northside up to 2025-11-30",
    ]  # fmt: skip
    metrics = runs[-1].data.metrics
    assert metrics["any.not_acted.oe"] == pytest.approx(1.25)
    assert metrics["any.evidence_of_shift"] == pytest.approx(12.5)
    assert (metrics["silent_athletes"], metrics["new_devices"]) == (1, 1)
    assert runs[-1].data.tags["verdict"] == "check the data"
    assert runs[-1].data.tags["drifted_features"] == "distance_7d_km"


def test_nothing_about_anybody_leaves():
    record = record_of(report())
    told = json.dumps([dict(record.params), dict(record.metrics), dict(record.tags)])
    assert PERSON not in told
    assert record.artifacts == ()


def test_a_store_is_one_that_is_named_or_there(tmp_path, monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    assert not has_store(tmp_path)
    (tmp_path / "mlflow.db").touch()
    assert has_store(tmp_path)
