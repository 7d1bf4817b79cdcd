"""`stridecast plan` on a small team: plans read, typed, rewritten and bad."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from common.errors import StridecastError
from common.language import speaking
from forecasting.planning.outlook import LONGER_RUN, LONGER_WEEK
from ingest.dataset.settings import load_config
from pipelines.cli import app
from pipelines.weekly.plan_folder import PlanRequest, chosen_band, plan_folder
from pipelines.weekly.score_folder import names_of, score_folder
from pipelines.weekly.scored import ScoreRequest
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings
from simulation.worlds import world

pytestmark = pytest.mark.slow
DAY = pd.Timestamp("2023-05-21")


@pytest.fixture(autouse=True, scope="module")
def parses(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECAST_CACHE", str(tmp_path_factory.mktemp("parses")))
        yield


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    settings = world("with_plans", SimulationSettings(athletes=12, weeks=22, seed=3))
    write_cohort(simulate(settings), folder / "raw", folder / "truth")
    return folder / "raw"


@pytest.fixture(scope="module")
def out(raw, tmp_path_factory):
    folder = tmp_path_factory.mktemp("forecast")
    score_folder(ScoreRequest(raw, folder, DAY, folder / "none"), quiet)
    return folder


def quiet(_):
    pass


@pytest.fixture(autouse=True, scope="module")
def scored_once():
    """Score a folder once for whatever is asked of its week: no test changes a folder."""
    by_request = {}

    def remembered(request, say):
        if request not in by_request:
            by_request[request] = score_folder(request, say)
        return by_request[request]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.weekly.plan_folder.score_folder", remembered)
        yield


def ahead(raw, out, **changes):
    return plan_folder(PlanRequest(raw, out, out / "none", DAY, **changes), quiet)


@pytest.fixture(scope="module")
def weighed(raw, out):
    """Return the one object that the command prints; it writes nothing."""
    before = sorted(out.rglob("*"))
    words = ["plan", str(raw), "--out", str(out), "--project", str(out / "none"), "--json"]
    done = CliRunner().invoke(app, [*words, "--as-of", str(DAY.date())])
    assert done.exit_code == 0
    assert sorted(out.rglob("*")) == before
    return json.loads(done.stdout)


def test_every_plan_of_the_folder_is_weighed(weighed):
    content = weighed
    assert content["as_of"] == str(DAY.date())
    planned = [athlete for athlete in content["athletes"] if athlete["source"] == "plan"]
    assert len(planned) > len(content["athletes"]) / 2
    for one in planned:
        together = 1.0
        for day in one["days"]:
            # No injury in the week is none on any of its days.
            together *= 1 - day["risk"]
        assert 1 - together == pytest.approx(one["risk"], abs=1e-4)
        assert one["low"] <= one["risk"] <= one["high"]
        assert one["as_planned"] in {"yes", "no", "unknown"}
        assert [day["date"] for day in one["days"]][-1] == content["until"]
        beyond = {LONGER_RUN, LONGER_WEEK} & {*one["warnings"]}
        for week in one["by_km"]:
            if beyond and week["km"] >= one["km"]:
                assert not week["is_seen"]
            if not beyond and week["km"] <= one["km"]:
                assert week["is_seen"]
    assert {week["is_seen"] for one in planned for week in one["by_km"]} == {True, False}


def test_the_page_ranks_by_the_week_as_planned(out, weighed):
    """`score` and `plan` say one number, and what it was without the plan stands beside it."""
    document = json.loads((out / "scores.json").read_text(encoding="utf-8"))
    listed = {athlete["athlete"]: athlete["forecasts"][0] for athlete in document["athletes"]}
    ranked = sorted((one["rank"], one["probability"]) for one in listed.values() if one["rank"])
    assert [p for _, p in ranked] == sorted((p for _, p in ranked), reverse=True)
    moved = 0
    for athlete in weighed["athletes"]:
        forecast = listed[athlete["athlete"]]
        assert forecast["week_ahead"] == athlete["source"]
        if athlete["source"] == "plan":
            assert forecast["probability"] == pytest.approx(athlete["risk"], abs=1e-6)
            without = forecast["probability_without_plan"]
            assert without == pytest.approx(athlete["risk_without"], abs=1e-6)
            moved += abs(np.log(forecast["probability"] / without)) > 0.05
        else:
            assert forecast["probability"] == pytest.approx(athlete["risk_without"], abs=1e-6)
            assert forecast["probability_without_plan"] is None
    assert moved
    page = (out / "forecast.html").read_text(encoding="utf-8")
    assert "This is for the week as planned; without the plan it would be" in page


def test_a_plan_rewritten_after_the_week_changes_nothing(raw, out, tmp_path):
    """The day is over: what the plans say now is not what was known, were it dated back or not."""
    folder = tmp_path / "raw"
    shutil.copytree(raw, folder)
    plans = pd.read_csv(raw / "plans.csv")
    after = plans["date"] > str(DAY.date())
    plans.loc[after, "planned_distance_km"] *= 3
    plans.loc[after, "planned_duration_min"] *= 3
    plans.loc[after, "known_since"] = None
    plans.to_csv(folder / "plans.csv", index=False)
    usual = ahead(folder, tmp_path / "nowhere").content["athletes"]
    assert {one["source"] for one in usual} <= {"usual", "none"}


def test_a_typed_plan_is_weighed_beside_the_usual_week(raw, out, weighed):
    code = next(one["athlete"] for one in weighed["athletes"] if one["source"] == "plan")
    (short,) = ahead(raw, out, athlete=code, typed="Tue 5, Sun 6").content["athletes"]
    (long,) = ahead(raw, out, athlete=code, typed="Tue 5, Sun 120 long").content["athletes"]
    assert (short["km"], long["longest_km"]) == (11, 120)
    assert long["risk"] > short["risk"]
    assert long["risk_without"] == short["risk_without"]
    assert "longer_run_than_on_record" in long["warnings"]


def test_what_a_run_in_time_saw_of_the_days_to_come_is_kept(raw, tmp_path):
    done = score_folder(ScoreRequest(raw, tmp_path, None, tmp_path / "none"), quiet)
    (path,) = tmp_path.glob("history/*/plans/*.parquet")
    kept = pd.read_parquet(path)
    assert path.stem == str(done.week.as_of.date())
    assert len(kept)
    assert kept["date"].min() > done.week.as_of


def test_bad_requests_are_one_clear_line(raw, out):
    name = next(iter(names_of(raw, load_config(raw)).values()))
    for changes, said in (
        ({"typed": "Sun 18"}, "needs its athlete"),
        ({"athlete": "Nobody"}, "nobody in"),
        ({"athlete": name, "typed": "soon 18"}, "no day of the week|has no forecast"),
    ):
        with pytest.raises(StridecastError, match=said):
            ahead(raw, out, **changes)
    with pytest.raises(StridecastError, match="no band 'low' to cross"):
        chosen_band("low")


@pytest.mark.parametrize(
    ("word", "band"),
    [("high", "high"), (" Very-High", "very high"), ("hoch", "high"), ("Erhöht", "raised"),
     ("erhoht", "raised"), ("sehr hoch", "very high"), ("MUY_ALTO", "very high"),
     ("elevado", "raised")],
)  # fmt: skip
def test_a_band_is_called_as_in_any_of_the_languages(word, band):
    assert chosen_band(word) == band
    with pytest.raises(StridecastError, match="there is no band"):
        chosen_band(f"{word} x")


def test_what_can_be_chosen_is_said_in_the_language_spoken():
    with speaking("de"), pytest.raises(StridecastError) as told:
        chosen_band("niedrig")
    assert told.value.remedy.endswith("erhöht, hoch, sehr hoch")
