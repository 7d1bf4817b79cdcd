"""The Monday commands on a small team's folder: repeated, tried, acted upon, monitored."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from common.errors import StridecastError
from common.text.plain_words import plain_date
from features.catalogue.settings import FeatureSettings
from ingest.dataset.settings import load_config
from ingest.reading import parallel
from pipelines.runtime.lock import only_writer
from pipelines.weekly.act import ActRequest, act_on, list_actions, undo
from pipelines.weekly.monitor_folder import MonitorRequest, monitor_folder
from pipelines.weekly.score_folder import names_of, score_folder
from pipelines.weekly.scored import ScoreRequest
from pipelines.weekly.week import forecaster_for
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

pytestmark = pytest.mark.slow
MONDAYS = tuple(pd.to_datetime(["2023-05-14", "2023-05-21", "2023-05-28"]))


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    cohort = simulate(SimulationSettings(athletes=12, weeks=22, seed=3))
    write_cohort(cohort, folder / "raw", folder / "truth")
    return folder / "raw"


TODAY = date(2023, 6, 30)


def request(raw, out, day, **changes):
    return ScoreRequest(data=raw, out=out, as_of=day, project=out / "none", **changes)


def quiet(_):
    pass


@pytest.fixture(autouse=True, scope="module")
def parses(tmp_path_factory):
    """Keep what is parsed out of the folders that the tests compare."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("parses")
        patch.setenv("STRIDECAST_CACHE", str(folder))
        yield folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def out(raw, tmp_path_factory):
    folder = tmp_path_factory.mktemp("forecast")
    for day in MONDAYS:
        score_folder(request(raw, folder, day), quiet)
    return folder


def test_scoring_again_changes_no_byte_and_parses_only_the_roster(raw, out, monkeypatch):
    before, parsed = contents(out), []
    original = parallel.read_item

    def count(item, reader, context):
        if item.account is None:
            parsed.append(item.source)
        return original(item, reader, context)

    monkeypatch.setattr(parallel, "read_item", count)
    score_folder(request(raw, out, MONDAYS[-1]), quiet)
    # The roster decides who everybody is: it alone is read each time.
    assert parsed == ["roster.csv"]
    assert contents(out) == before
    assert len(list(out.glob("history/demo/forecasts/*.parquet"))) == 3


def test_a_dry_run_obeys_params_yaml_and_writes_nothing(raw, tmp_path, monkeypatch):
    """Bands that begin at a thousandth of the base rate leave nobody in the lowest one."""
    monkeypatch.setenv("STRIDECAST_CACHE", str(tmp_path / "cache"))
    project = tmp_path / "project"
    project.mkdir()
    bands = {"raised": 0.001, "high": 500.0, "very_high": 900.0}
    settings = {"dataset": "demo", "outcomes": ["any"], "score": {"bands": bands}}
    (project / "params.yaml").write_text(yaml.safe_dump(settings))
    asked = ScoreRequest(
        data=raw, out=tmp_path / "out", as_of=MONDAYS[0], project=project, dry_run=True
    )
    scores = score_folder(asked, quiet).week.scores
    # 12 athletes and two outcomes.
    assert len(scores) == 24
    assert set(scores.loc[scores["probability"].notna(), "band"]) == {"raised"}
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "cache").exists()
    assert [path.name for path in project.iterdir()] == ["params.yaml"]


def test_a_second_run_at_once_is_told(raw, out):
    with (
        only_writer(out),
        pytest.raises(StridecastError, match="another stridecast run is writing here"),
    ):
        score_folder(request(raw, out, MONDAYS[-1]), quiet)


def test_json_and_parquet_say_the_same(out):
    document = json.loads((out / "scores.json").read_text())
    scores = pd.read_parquet(out / "scores.parquet")
    assert document["as_of"] == "2023-05-28"
    told = {
        (person["athlete"], forecast["outcome"]): forecast["probability"]
        for person in document["athletes"]
        for forecast in person["forecasts"]
    }
    assert len(told) == len(scores)
    for row in scores.to_dict("records"):
        value = told[row["athlete"], row["outcome"]]
        assert (value is None) == pd.isna(row["probability"])
        assert value is None or value == row["probability"]
    reasons = [forecast["reasons"] for p in document["athletes"] for forecast in p["forecasts"]]
    assert any(reason["sentence"] for several in reasons for reason in several)
    changes = [forecast["change"] for p in document["athletes"] for forecast in p["forecasts"]]
    assert any(change is not None for change in changes)


def test_acted_and_monitored(raw, out):
    athlete = (
        pd.read_parquet(out / "scores.parquet").query("probability.notna()")["athlete"].iloc[0]
    )
    ask = ActRequest(athlete, "rest", out, MONDAYS[1].date() + pd.Timedelta(days=1), None, None)
    assert act_on(ask, TODAY).added == 1
    again = act_on(ask, TODAY)
    assert again.added == 0
    assert again.lines == (f"{athlete}, Mon 22 May 2023: rest (forecast of 21 May 2023)",)
    report = monitor_folder(MonitorRequest(raw, out, MONDAYS[-1], out / "none"), quiet)
    assert report == json.loads((out / "monitor.json").read_text())
    # The last week's horizon has not passed.
    scored = pd.concat(
        pd.read_parquet(out / "history" / "demo" / "forecasts" / f"{day.date()}.parquet")
        for day in MONDAYS[:2]
    )
    counts = {o["group"]: o["forecasts"] for o in report["outcomes"] if o["outcome"] == "any"}
    assert counts["all"] == (scored["probability"].notna() & (scored["outcome"] == "any")).sum()
    assert counts["acted"] == 1
    # All three Mondays lie before the end of the data, so that they were computed afterwards.
    assert report["hindcasts"] == 3
    score_folder(request(raw, out, MONDAYS[-1]), quiet)
    page = (out / "forecast.html").read_text()
    assert "Last check of the forecasts" in page
    assert "What was done" in page


def test_a_day_is_told_where_it_belongs_and_can_be_taken_back(raw, out):
    code = pd.read_parquet(out / "scores.parquet")["athlete"].iloc[0]
    name = names_of(raw, load_config(raw))[code]
    before = list_actions(out, raw)

    def ask(who, day):
        return act_on(ActRequest(who, "swim", out, day, None, raw), TODAY)

    with pytest.raises(StridecastError, match="no forecast covers this day") as late:
        ask(name, date(2023, 6, 20))
    assert f"{name} --did swim --date 2023-05-29" in str(late.value)
    with pytest.raises(StridecastError, match="--date 2023-05-15"):
        ask(code, date(2023, 5, 1))
    assert list_actions(out, raw) == before
    anyway = ActRequest(name, "swim", out, date(2023, 6, 20), None, raw, anyway=True)
    assert act_on(anyway, TODAY).lines == (f"{name}, Tue 20 Jun 2023: swim (no forecast)",)
    assert ask(code, date(2023, 5, 22)).is_covered
    assert list_actions(out, raw)[-1] == f"{name}, Mon 22 May 2023: swim"
    assert undo(out, raw) == f"taken back: {name}, Mon 22 May 2023: swim"
    assert undo(out, raw) == f"taken back: {name}, Tue 20 Jun 2023: swim"
    assert list_actions(out, raw) == before
    with pytest.raises(StridecastError, match="in the future"):
        ask(code, date(2023, 7, 1))
    with pytest.raises(StridecastError, match="did you mean") as told:
        ask(f"{name}x".upper(), date(2023, 5, 22))
    assert name in str(told.value)


def test_a_week_without_records_cannot_be_judged(raw, tmp_path):
    last = score_folder(request(raw, tmp_path, None), quiet).week.as_of
    over = last + pd.Timedelta(days=7)
    report = monitor_folder(MonitorRequest(raw, tmp_path, over, tmp_path / "none"), quiet)
    assert report["verdict"] == "too early to tell"
    assert f"no record after {plain_date(last)}: the week after" in report["sentence"]
    assert (report["last_record"], report["last_list"]) == (str(last.date()), None)


@pytest.mark.parametrize(
    ("athlete", "did", "told"),
    [("stranger", "rest", "no forecast of this athlete"), (None, "rest", "--did are needed"),
     ("stranger", " ", "--did are needed")],
)  # fmt: skip
def test_an_action_needs_a_known_athlete_and_a_deed(out, athlete, did, told):
    with pytest.raises(StridecastError, match=told):
        act_on(ActRequest(athlete, did, out, MONDAYS[0].date(), None, None), TODAY)


def test_before_the_first_forecast_there_is_nothing_to_act_on_or_monitor(raw, tmp_path):
    with pytest.raises(StridecastError, match="no forecasts here yet"):
        act_on(ActRequest("a", "rest", tmp_path, MONDAYS[0].date(), None, None), TODAY)
    with pytest.raises(StridecastError, match="no forecasts of demo here yet"):
        monitor_folder(MonitorRequest(raw, tmp_path, None, tmp_path), quiet)


def test_half_a_model_is_refused_and_none_gives_the_evidence_model(tmp_path):
    assert "published evidence" in forecaster_for(tmp_path, "any", 7, FeatureSettings()).label
    (tmp_path / "model.txt").write_text("tree")
    with pytest.raises(StridecastError, match=r"model\.json: not found"):
        forecaster_for(tmp_path, "any", 7, FeatureSettings())
