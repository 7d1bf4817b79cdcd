"""A small team's season replayed: nothing later moves a forecast, and the files agree."""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from common.errors import StridecastError
from features.audits.lookahead import cut_tables
from ingest.dataset.settings import load_config
from ingest.run import ingest
from models.comparators.rules import RULES
from models.metrics.measures import auroc, brier
from pipelines.cli import main
from pipelines.runtime.params import Params
from pipelines.studies.backtest import BacktestRequest, replay_season, replay_tables
from pipelines.studies.backtest_tables import season_tables
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings
from tests.pipelines.fork_server import run_module

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PARAMS = {
    "dataset": "demo",
    "outcomes": ["any", "knee"],
    "train": {"min_events": 10},
    "risk": {"trees": 20, "min_data_in_leaf": 30, "calibration_folds": 2},
    "additive": {"calibration_folds": 2},
    "evaluation": {"replicates": 30},
    "features": {"blocks": ["load", "recovery", "history"]},
}
WEEKS, EVERY = 16, 6


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("season")
    cohort = simulate(SimulationSettings(athletes=40, weeks=36, seed=5))
    write_cohort(cohort, folder / "raw", folder / "truth")
    (folder / "params.yaml").write_text(yaml.safe_dump(PARAMS))
    return folder


@pytest.fixture(scope="module")
def tables(project):
    return ingest(project / "raw").tables


def request(**changes):
    given = {
        "data": None, "dataset": "demo", "outcome": "any", "model": "risk", "weeks": WEEKS,
        "retrain_every": EVERY, "per_team": 2, "project": Path(),
    }  # fmt: skip
    return BacktestRequest(**(given | changes))


def replayed(project, tables, **changes):
    params, config = Params.model_validate(PARAMS), load_config(project / "raw")
    return replay_tables(tables, config, params, request(**changes), lambda *_: None)


@pytest.fixture(scope="module")
def season(project, tables):
    return replayed(project, tables)


def altered(tables, day):
    """The same up to a day; afterwards other runs, other answers, other injuries."""
    rng = np.random.default_rng(0)
    cut = cut_tables(tables, day)
    later = {}
    for name, column in {"sessions": "local_date", "wellness": "date", "pain": "date"}.items():
        rows = tables[name][tables[name][column] > day].copy()
        for value in rows.select_dtypes("float"):
            rows[value] = rng.permutation(rows[value].to_numpy())
        later[name] = pd.concat([cut[name], rows.sample(frac=0.7, random_state=0)])
    who = tables["athletes"]["athlete"].to_numpy()
    invented = (
        tables["injuries"]
        .iloc[: len(who)]
        .assign(
            athlete=rng.permutation(who)[: len(tables["injuries"].iloc[: len(who)])],
            onset_date=day + pd.Timedelta(days=1),
            return_date=pd.NaT,
            region="knee",
        )
    )
    later["injuries"] = pd.concat([cut["injuries"], invented.astype(cut["injuries"].dtypes)])
    return cut | later


def test_altering_everything_after_a_week_changes_no_forecast_up_to_it(project, tables, season):
    days = np.sort(season.rows["date"].unique())
    day = pd.Timestamp(days[EVERY])  # the day of a training
    other = replayed(project, altered(tables, day))
    known = ["athlete", "team", "date", "status", "trained_on", *season.models]
    before, after = (
        one.rows.loc[one.rows["date"] <= day, known].reset_index(drop=True)
        for one in (season, other)
    )
    assert before["risk"].notna().sum() > 100
    pd.testing.assert_frame_equal(before, after)
    # The test can fail: what comes later differs.
    last = pd.Timestamp(days[-1])
    pair = [one.rows.loc[one.rows["date"] == last, "risk"].sum() for one in (season, other)]
    assert pair[0] != pytest.approx(pair[1])


def test_who_was_hurt_on_the_day_has_no_forecast(season):
    scored = season.rows["status"] == "running"
    assert season.rows.loc[scored, list(season.models)].notna().all().all()
    assert season.rows.loc[~scored, list(season.models)].isna().all().all()
    assert set(season.models) >= {
        "risk",
        "additive",
        "evidence_model",
        "published_evidence",
        "base_rate",
    }
    assert {r.name for r in RULES} >= {m.removesuffix("_score") for m in season.models[2:5]}
    assert season.rows["trained_on"].nunique() == 3


def command(project, *arguments):
    bare = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
    done = run_module(project, "pipelines.cli", "backtest", *arguments, environment=bare)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_a_clubs_folder_gives_page_tables_and_summary_that_agree(project, season):
    done = command(
        project,
        "--data",
        "raw",
        "--weeks",
        str(WEEKS),
        "--retrain-every",
        str(EVERY),
        "--flags",
        "2",
        "--out",
        "out",
    )
    assert done.stderr.strip().endswith("backtest.html")
    told = json.loads((project / "out" / "backtest.json").read_text())
    rows = pd.read_csv(project / "out" / "forecasts.csv")
    np.testing.assert_allclose(rows["risk"], season.rows["risk"], rtol=1e-5)  # six digits
    seen = season.rows[(season.rows["status"] == "running") & season.rows["event"].notna()]
    assert told["verified"] == len(seen)
    assert told["events"] == seen["event"].sum()
    measured = {
        metric["metric"]: metric["value"] for metric in told["metrics"] if metric["model"] == "risk"
    }
    assert measured["auroc"] == pytest.approx(auroc(seen["event"], seen["risk"]), rel=1e-6)
    assert measured["brier"] == pytest.approx(brier(seen["event"], seen["risk"]), rel=1e-6)
    made = pd.read_csv(project / "out" / "flags.csv")
    kinds = told["flags"]
    assert len(made) == kinds["made"]
    assert kinds["made"] == kinds["led"] + kinds["late"] + kinds["nothing"] + kinds["unknown"]
    hurt = told["injuries"]
    parts = ("unscored", "flagged", "earlier", "missed")
    assert hurt["new"] == sum(hurt[part] for part in parts)
    weeks = pd.read_csv(project / "out" / "weeks.csv")
    assert weeks["injuries"].sum() == hurt["new"]
    assert weeks["flags"].sum() == kinds["made"]
    page = (project / "out" / "backtest.html").read_text()
    assert "Demo: simulated athletes" in page
    assert f"{kinds['led']} were followed by an injury within 7 days" in page
    assert "http" not in page.replace("http-equiv", "")
    text = (project / "out" / "backtest.md").read_text()
    assert "## Alert budget" in text
    assert not set(seen["athlete"]) & set(text.replace("|", " ").split())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"weeks": 33}, r"injuries \(any\) were known on"),
        ({"weeks": 99}, "99 weeks are to be replayed"),
        ({"weeks": 1}, "nothing can be said about them"),
    ],
)
def test_what_cannot_be_replayed_is_refused_with_its_number(project, tables, changes, told):
    with pytest.raises(StridecastError, match=told):
        season_tables(replayed(project, tables, **changes), request(**changes))


def test_data_that_are_not_there_are_refused_in_one_line(project, monkeypatch, capsys):
    asked = request(dataset="northside", project=project)
    with pytest.raises(StridecastError, match="no tables of 'northside' here"):
        replay_season(asked, lambda _: None, lambda *_: None)
    out = project / "refused"
    monkeypatch.setattr(
        sys, "argv", ["stridecast", "backtest", "--data", "nowhere", "--out", str(out)]
    )
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("stridecast: nowhere: no such folder")
    assert not out.exists()
