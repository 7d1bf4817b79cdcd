"""A handful of real people: every stage runs, no model is fitted, published evidence scores."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from common.store import read_json
from tests.pipelines.fork_server import run_module

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("STRIDECAST_SHARED", ROOT.parent / "shared"))
STAGES = (
    "ingest", "featurize", "audit", "train", "comparators", "nested", "own", "evaluate", "collect",
    "explain", "score", "report", "card", "track --outcome any", "track --outcome knee", "summary",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SHARED / "data" / "pmdata").is_dir(), reason=f"no pmdata in {SHARED}"),
]


def test_pmdata_runs_through_and_is_scored_by_published_evidence(tmp_path):
    settings = Path("data") / "raw" / "pmdata"
    shutil.copytree(ROOT / settings, tmp_path / settings)
    params = yaml.safe_load((ROOT / "params.yaml").read_text()) | {"dataset": "pmdata"}
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(params))
    environment = os.environ | {"PYTHONPATH": str(ROOT), "STRIDECAST_SHARED": str(SHARED)}
    environment.pop("MLFLOW_TRACKING_URI", None)
    environment.pop("DVC_ROOT", None)
    for stage in STAGES:
        module, *arguments = stage.split()
        done = run_module(tmp_path, f"pipelines.{module}", *arguments, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr
    for one in read_json(tmp_path / "reports" / "ingest.json")["files"]:
        assert one["read"] == one["accepted"] + one["repaired"] + one["rejected"], one["file"]
    scores = pd.read_parquet(tmp_path / "artifacts" / "scores" / "pmdata" / "scores.parquet")
    assert scores["athlete"].nunique() == 16
    assert scores["model"].str.contains("published evidence").all()
    page = (tmp_path / "reports" / "forecast.html").read_text()
    assert "Published evidence, updated by your own weeks and injuries." in page
    stored = [path.name for path in (tmp_path / "mlartifacts").rglob("*") if path.is_file()]
    assert "model_card.md" in stored
    assert "forecast.html" not in stored
