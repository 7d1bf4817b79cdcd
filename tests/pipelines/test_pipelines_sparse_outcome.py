"""Three outcomes at once, one with six injuries: it falls back alone, with a sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from common.errors import StridecastError
from common.frame_files import read_frame, write_frame
from common.store import write_json
from pipelines import (
    card,
    collect,
    comparators,
    evaluate,
    explain,
    nested,
    own,
    report,
    score,
    track,
    train,
)
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.weekly.models_in_use import forecastable, models_in_use
from tests.pipelines.small_cohort import AUDITS, small_tables, write_cohort_tables, write_params

pytestmark = pytest.mark.slow
OUTCOMES = ("any", "knee", "hip")
INGESTED = {
    "dataset": "demo", "athletes": 120, "injuries_by_region": {"foot": 205, "knee": 200, "hip": 6},
    "totals": {"read": 9, "accepted": 9, "repaired": 0, "rejected": 0},
}  # fmt: skip


def with_regions(tables):
    """Half the injuries are of the knee, six of the hip, the rest of the foot."""
    hurt = tables["injuries"]
    region = np.where(np.arange(len(hurt)) % 2, "foot", "knee").astype(object)
    # Spread over the whole time, so that training and test part both hold some.
    region[np.linspace(0, len(hurt) - 1, 6).astype(int)] = "hip"
    return tables | {
        "injuries": hurt.assign(region=region).astype({"region": hurt["region"].dtype})
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root: Path = tmp_path_factory.mktemp("three")
    write_params(root, "demo", outcomes=list(OUTCOMES))
    workspace = write_cohort_tables(root, "demo", with_regions(small_tables(1)))
    write_json(workspace.reports / "ingest.json", INGESTED)
    for outcome in OUTCOMES:
        write_json(workspace.audits(outcome), AUDITS)
    params = load_params(root / "params.yaml")
    for stage in (train, comparators, nested, own, evaluate, explain):
        for outcome in OUTCOMES:
            stage.main(Stage(params, workspace, outcome))
    for stage in (collect, score, report, card):
        stage.main(Stage(params, workspace))
    return root


def test_the_others_have_page_card_and_scores(project):
    workspace = Workspace(project, "demo")
    scores = read_frame(workspace.scores / "scores.parquet")
    assert list(dict.fromkeys(scores["outcome"])) == ["any", "knee"]
    assert scores.groupby("outcome")["probability"].count().min() > 50
    page = (workspace.reports / "forecast.html").read_text()
    assert page.count("Hip is not forecast: ") == 1
    assert "injuries in the training part are too few for a model" in page
    for title in ("Chance of any injury", "Chance of knee injury"):
        assert title.lower() in page.lower()
    text = (workspace.reports / "model_card.md").read_text()
    assert text.count("This outcome is not forecast; the others stand without it.") == 1
    assert text.count("Model in use: ") == 2


def test_every_outcome_leaves_a_run(project, monkeypatch):
    """The third run stands for the base rate: nothing else is at hand."""
    records = []
    monkeypatch.setattr(track, "track", lambda record, **_: records.append(record) or ("a", True))
    params = load_params(project / "params.yaml")
    for outcome in OUTCOMES:
        track.main(Stage(params, Workspace(project, "demo"), outcome))
    assert [record.params["model"] for record in records] == ["risk", "risk", "base_rate"]
    assert "auroc" in records[2].metrics
    assert "Training part: 3" not in records[0].note


def test_the_metrics_name_all_three(project):
    metrics = json.loads((project / "reports" / "metrics.json").read_text())
    assert set(metrics) == set(OUTCOMES)
    assert "risk" not in metrics["hip"]


def test_nothing_but_a_sparse_outcome_is_an_error(project):
    workspace = Workspace(project, "demo")
    with pytest.raises(StridecastError, match="hip is not forecast"):
        forecastable(workspace, models_in_use(workspace, ["hip"]))


def test_comparators_of_other_rows_are_refused(project):
    """A stage that is run by hand after another split would hold forecasts against strangers."""
    params, workspace = load_params(project / "params.yaml"), Workspace(project, "demo")
    path = workspace.comparators("any") / "predictions.parquet"
    said = read_frame(path)
    # The same rows in another order: their number would tell nothing.
    write_frame(path, said.iloc[::-1])
    try:
        with pytest.raises(StridecastError, match="other rows than those of the split"):
            evaluate.main(Stage(params, workspace, "any"))
    finally:
        write_frame(path, said)


def test_an_outcome_without_a_model_has_rules_and_no_fitted_comparator(project):
    said = read_frame(Workspace(project, "demo").comparators("hip") / "predictions.parquet")
    assert {"base_rate", "previous_injury"} <= set(said.columns)
    assert not {"logistic", "random_forest"} & set(said.columns)
