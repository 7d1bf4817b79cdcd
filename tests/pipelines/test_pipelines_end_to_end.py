"""One run of every stage on a small simulated cohort, and the coach's command on its folder."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
import yaml

from features.catalogue.entry import BLOCKS
from ingest.dataset.find import shared_folder
from tests.pipelines.fork_server import run_module
from tests.pipelines.notebooks import NOTEBOOKS, execute

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
METRICS = {
    "auroc", "average_precision", "brier", "ipa", "calibration_intercept", "calibration_slope",
    "ici", "auroc_soft", "share_of_oracle", "slope_true", "ici_true",
}  # fmt: skip
COMPARATORS = {
    "base_rate", "ten_percent_rule", "acwr_above_1_5", "longest_run_spike", "previous_injury",
    "logistic", "additive", "evidence_model", "published_evidence", "oracle",
    "spline_logistic", "random_forest", "loevdal_recipe",
}  # fmt: skip
STAGES = (
    "simulate", "ingest", "featurize", "audit", "train", "comparators", "nested", "own", "evaluate",
    "collect", "explain", "score", "report", "card", "track --outcome any", "summary",
)  # fmt: skip


def run(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "OMP_NUM_THREADS": "1",
    }
    environment.pop("MLFLOW_TRACKING_URI", None)
    environment.pop("DVC_ROOT", None)
    done = run_module(folder, *arguments, environment=environment)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A folder in which every stage has run."""
    folder = tmp_path_factory.mktemp("project")
    params = yaml.safe_load((ROOT / "params.yaml").read_text())
    params["simulation"] |= {"athletes": 70, "weeks": 60}
    params["train"]["min_events"] = 10
    params["risk"] |= {"trees": 30, "min_data_in_leaf": 50}
    params["evaluation"]["replicates"] = 40
    params["nested"]["below_events"] = 0
    params["audit"] |= {"athletes": 4, "days": 3}
    (folder / "params.yaml").write_text(yaml.safe_dump(params))
    for stage in STAGES:
        module, *arguments = stage.split()
        run(folder, f"pipelines.{module}", *arguments)
    return folder


def test_every_row_is_accounted_for(project):
    report = json.loads((project / "reports" / "ingest.json").read_text())
    for one in report["files"]:
        assert one["read"] == one["accepted"] + one["repaired"] + one["rejected"], one["file"]
    assert report["totals"]["read"] > 10_000


def test_the_metrics_have_the_agreed_names(project):
    metrics = json.loads((project / "reports" / "metrics.json").read_text())
    assert set(metrics) == {"any", "knee"}
    for models in metrics.values():
        assert COMPARATORS | {"risk"} <= set(models)
        assert set(models["risk"]) >= METRICS
        assert set(models["risk"]["auroc"]) == {"value", "low", "high"}
        oracle = models["oracle"]["share_of_oracle"]["value"]
        assert oracle == pytest.approx(1.0)


def test_the_headline_is_what_the_table_says(project):
    metrics = json.loads((project / "reports" / "metrics.json").read_text())
    headline = json.loads((project / "reports" / "headline.json").read_text())
    assert set(headline) == set(metrics)
    for outcome, figures in headline.items():
        assert {"auroc", "ipa", "share_of_oracle"} <= set(figures)  # a slope needs more injuries
        for name, value in figures.items():
            assert value == metrics[outcome]["risk"][name]["value"]


@pytest.mark.parametrize(("name", "models"), [("standings", "model"), ("comparison", "against")])
def test_every_row_of_a_table_of_models_states_its_columns(project, name, models):
    folder = project / "reports" / "evaluation" / "any"
    table = pd.read_csv(folder / f"{name}.csv", keep_default_na=False).set_index(models)
    assert (table["columns"] != "").all()
    assert table.loc["base_rate", "columns"] == "none"
    assert table.loc["acwr_above_1_5", "columns"] == "acwr_uncoupled"
    fitted = json.loads((project / "artifacts/models/demo/any/model.json").read_text())["features"]
    assert table.loc["logistic", "columns"] == f"the {len(fitted)} of the model"


def test_the_page_states_the_columns_and_says_first_whether_it_is_calibrated(project):
    page = (project / "reports" / "forecast.html").read_text()
    assert "columns read: " in page
    assert "reads no column" in page
    assert "calibrated" in page[page.index("Verification: any injury") :][:600].lower()


PLOTS = [
    one for plot in yaml.safe_load((ROOT / "dvc.yaml").read_text())["plots"] for one in plot.items()
]


@pytest.mark.parametrize(("name", "plot"), PLOTS, ids=[name for name, _ in PLOTS])
def test_a_plot_has_title_units_and_columns_that_exist(project, name, plot):
    assert {"title", "x_label", "y_label"} <= set(plot)
    for path, columns in plot["y"].items():
        table = pd.read_csv(project / path)
        drawn = [columns] if isinstance(columns, str) else columns
        assert {plot["x"], *drawn} <= set(table.columns)
        assert len(table)


def test_test_athletes_were_never_trained_on(project):
    split = pd.read_parquet(project / "artifacts" / "models" / "demo" / "any" / "split.parquet")
    train, test = (split[split["part"] == part] for part in ("train", "test"))
    assert not set(train["athlete"]) & set(test["athlete"])
    assert train["date"].max() + pd.Timedelta(days=7) <= test["date"].min()


def test_the_ablation_adds_blocks_in_order_and_says_what_each_is_worth(project):
    done = run(project, "pipelines.ablate", "--outcome", "any")
    table = pd.read_csv(project / "reports" / "ablation" / "any" / "ablation.csv")
    blocks = ["load", "recovery", "history", "strength", "gait", "equipment"]
    assert table.groupby("model", sort=False)["added"].agg(list).to_dict() == {
        "risk": blocks,
        "additive": blocks,
    }
    assert table.groupby("model")["features"].apply(lambda n: n.is_monotonic_increasing).all()
    told = json.loads((project / "reports" / "ablation" / "any" / "ablation.json").read_text())
    verdicts = table.loc[table["model"] == "risk", "verdict"].dropna()
    assert len(told["sentences"]["risk"]) == len(verdicts) == 5
    for sentence, verdict in zip(told["sentences"]["risk"], verdicts, strict=True):
        assert f": {verdict}; AUROC" in sentence
        assert sentence in done.stdout
    plot = pd.read_csv(project / "reports" / "ablation" / "any" / "plot_auroc.csv")
    assert plot["blocks"].tolist() == [1, 2, 3, 4, 5, 6]


def test_contributions_and_the_tracked_run_exist(project):
    blocks = pd.read_csv(project / "reports" / "explanation" / "any" / "blocks.csv")
    assert blocks["block"].tolist() == list(BLOCKS)
    again = run(project, "pipelines.track", "--outcome", "any")
    assert "was logged before" in again.stdout


def test_nothing_personal_reaches_the_tracking_store(project):
    ids = pd.read_csv(project / "data" / "raw" / "demo" / "roster.csv")["athlete"]
    names = pd.read_parquet(project / "data" / "tables" / "demo" / "athletes.parquet")["athlete"]
    stored = [path for path in (project / "mlartifacts").rglob("*") if path.is_file()]
    # The page of simulated runners is the one file that may name them, by pseudonym.
    stored = [path for path in stored if path.name != "forecast.html"]
    assert {"model_card.md", "model_card.html", "metrics.json"} <= {path.name for path in stored}
    for path in [*stored, project / "mlflow.db"]:
        content = path.read_bytes()
        for person in [*ids, *names]:
            assert person.encode() not in content, path


def test_the_coach_gets_a_page_and_a_list_that_say_the_same(project):
    scores = pd.read_parquet(project / "artifacts" / "scores" / "demo" / "scores.parquet")
    day = str(scores["as_of"].iloc[0].date())
    done = run(
        project, "pipelines.cli", "score",
        "--data", "data/raw/demo", "--as-of", day, "--out", "out",
    )  # fmt: skip
    again = pd.read_parquet(project / "out" / "scores.parquet")
    pd.testing.assert_frame_equal(again, scores)
    page = (project / "out" / "forecast.html").read_text()
    assert scores["athlete"].iloc[0] in page
    assert "associated with" in page
    listed = pd.read_csv(project / "out" / "scores.csv")
    assert len(listed) == len(scores)
    assert "forecast.html" in done.stderr


def test_a_model_of_simulated_runners_refuses_real_ones(project):
    club = project / "club"
    shutil.copytree(project / "data" / "raw" / "demo", club)
    settings = yaml.safe_load((club / "dataset.yaml").read_text())
    (club / "dataset.yaml").write_text(yaml.safe_dump(settings | {"simulated": False}))
    done = run(project, "pipelines.cli", "score", "--data", "club", "--out", "o", code=1)
    assert done.stderr.strip().splitlines()[-1].startswith("stridecast: ")
    assert "simulated" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_team_without_a_model_gets_the_evidence_model_labelled(project, tmp_path):
    run(
        project, "pipelines.cli", "score",
        "--data", "data/raw/demo", "--out", str(tmp_path), "--project", str(tmp_path),
    )  # fmt: skip
    scores = pd.read_parquet(tmp_path / "scores.parquet")
    assert scores["model"].str.contains("published evidence").all()
    page = (tmp_path / "forecast.html").read_text()
    assert "Published evidence, updated by your own weeks and injuries." in page


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["score", "--data", "nowhere"], 1, "nowhere: no such folder"),
        (["score", "--data", "empty"], 1, "empty: no data files"),
        (["score", "--data", "data/raw/demo", "--as-of", "1999-01-01"], 1, "under observation"),
        (["score", "--data", "data/raw/demo", "--as-of", "yesterday"], 2, "is no day"),
        (["score"], 2, "name the team's folder"),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line(project, arguments, code, told):
    (project / "empty").mkdir(exist_ok=True)
    done = run(project, "pipelines.cli", *arguments, code=code)
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_parameter_stops_a_stage_with_one_line(project, tmp_path):
    (tmp_path / "params.yaml").write_text("dataset: demo\noutcomes: [any]\nriks: {}\n")
    done = run(tmp_path, "pipelines.featurize", code=1)
    assert done.stderr.strip() == (
        "stridecast: params.yaml: unknown key 'riks'; did you mean 'risk'?"
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(project, path, monkeypatch):
    if "rbds" in path.stem and not (shared_folder(ROOT) / "data" / "rbds").is_dir():
        pytest.skip("RBDS is not here")
    monkeypatch.setenv("STRIDECAST_PROJECT", str(project))
    monkeypatch.setenv("STRIDECAST_SHARED", str(shared_folder(ROOT)))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MPLBACKEND", "agg")
    book = execute(path)
    assert any(cell.get("outputs") for cell in book.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path):
    cells = [c for c in json.loads(path.read_text())["cells"] if c["cell_type"] == "code"]
    assert cells
    assert all(not c["outputs"] and c["execution_count"] is None for c in cells)
