"""A week scored by parts of athletes is the week in one piece, bit for bit, under every engine."""

import os
import signal
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from common.frame_files import read_frame, write_frame
from common.table_files import write_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from forecasting.settings import ScoreSettings, StatusSettings
from models.estimators.risk import RiskModel
from models.sampling.feature_cap import capped
from models.settings.risk import RiskSettings
from models.store.artifact import Provenance, save
from pipelines.runtime.dataset import write_unclear
from pipelines.runtime.engine import Place
from pipelines.runtime.kept_parts import remove_kept
from pipelines.week_parts import score_parts
from pipelines.week_parts.score_join import _join_objects, _places
from pipelines.week_parts.score_part import score_part
from pipelines.week_parts.score_parts import last_day, write_week
from pipelines.week_parts.score_reading import WeekRequest
from pipelines.weekly.models_in_use import ModelInUse
from tests.features.cohort import make_tables

SETTINGS = FeatureSettings()
ATHLETES = 16
TEAMS = ("a", "a", "b", None, "a", "b", "b", "a", "b", "a", "c", "b", None, "a", "a", "b")
"""Two teams that stand in several parts, one of one athlete, and two athletes of no team."""

LEFT = (4, 14, 15)
"""Athletes who are listed no more; the last part of seven and of two holds nobody else."""


def cohort():
    """Return tables with teams, plans, and athletes of whom no pace is known."""
    tables = make_tables(4, ATHLETES, days=(150, 160))
    people = tables["athletes"].assign(team=pd.Series(TEAMS, dtype="str"))
    names, end = people["athlete"], people["observed_to"].min()
    left = end - pd.Timedelta(days=40)
    people = people.assign(observed_to=end).assign(
        observed_to=lambda table: table["observed_to"].mask(table.index.isin(LEFT), left)
    )
    sessions = tables["sessions"]
    nameless = sessions["athlete"].isin(names.iloc[[2, 7]])
    sessions = sessions.assign(distance_km=sessions["distance_km"].mask(nameless))
    day = end - pd.Timedelta(days=(end.weekday() + 1) % 7)
    days = [day + pd.Timedelta(days=n) for n in (1, 3, 6)]
    plans = pd.DataFrame(
        [(name, on, 60.0 + 5 * at) for at, name in enumerate(names.iloc[::2]) for on in days],
        columns=["athlete", "date", "planned_duration_min"],
    ).assign(sport="run", planned_distance_km=np.nan, intensity=None, known_since=day, source="p")
    plans = pd.concat(
        [plans, plans[:3].assign(athlete=names.iloc[7], planned_distance_km=12.0)],
        ignore_index=True,
    )
    return tables | {"athletes": people, "sessions": sessions, "plans": plans}


def save_trained(rows, folder):
    """Write a model with trees and a range, of made-up outcomes of these rows."""
    entries = tuple(capped(catalogue(), 20))
    x = rows[[entry.name for entry in entries]]
    y = (np.random.default_rng(0).random(len(x)) < 0.2).astype(float)
    settings = RiskSettings(trees=30, min_data_in_leaf=10, range_replicates=3, calibration_folds=3)
    model = RiskModel.of_catalogue(entries, settings)
    model.fit(x, y, rows["athlete"]).fit_range(x, y, rows["athlete"])
    facts = Provenance(
        outcome="any", dataset="made", simulated=True, horizon_days=7, lead_days=0, rows=len(x),
        events=int(y.sum()), athletes=ATHLETES, trained_from="2023-01-08", trained_to="2023-06-04",
    )  # fmt: skip
    save(model, facts, folder)


@pytest.fixture(scope="module")
def request_of(tmp_path_factory):
    """Return a function: a request with parts of so many athletes; knees have no trained model."""
    folder = tmp_path_factory.mktemp("cohort")
    tables = cohort()
    write_tables(folder / "tables", tables)
    write_unclear(folder / "tables", {tables["athletes"]["athlete"][8]: "row 4 is unclear"})
    write_frame(folder / "features.parquet", feature_matrix(tables, SETTINGS))
    save_trained(read_frame(folder / "features.parquet"), folder / "models" / "any")
    models = {
        "any": ModelInUse("any", "trained", folder / "models" / "any", SETTINGS),
        "knee": ModelInUse("knee", "evidence", folder / "models" / "knee", SETTINGS),
    }

    def made(athletes):
        return WeekRequest(
            tables=folder / "tables",
            features=folder / "features.parquet",
            as_of=last_day(folder / "features.parquet"),
            horizon_days=7,
            models=models,
            own_features=SETTINGS,
            score=ScoreSettings(chunk_athletes=athletes),
            status=StatusSettings(),
            is_simulated=True,
        )

    return made


@pytest.fixture(scope="module")
def whole(request_of, tmp_path_factory):
    root = tmp_path_factory.mktemp("whole")
    write_week(request_of(1000), root / "scores", Place(), root)
    return root / "scores"


def assert_same(found, whole):
    names = {path.name for path in whole.iterdir()}
    assert {path.name for path in found.iterdir()} == names
    assert len(names) == 15
    for name in sorted(names):
        if name.endswith(".parquet"):
            one, other = read_frame(found / name), read_frame(whole / name)
            pd.testing.assert_frame_equal(one, other, check_exact=True, obj=name)
        else:
            assert (found / name).read_text() == (whole / name).read_text(), name


def test_the_cohort_asks_for_all_that_athletes_have_in_common(whole):
    scores = read_frame(whole / "scores.parquet")
    scored = scores[scores["probability"].notna()]
    assert set(scored["outcome"]) == {"any", "knee"}
    assert set(scored["week_ahead"]) >= {"plan", "usual"}
    assert len(scored["team"].dropna().unique()) > 1
    assert scored.loc[scored["outcome"] == "any", "probability_low"].notna().all()
    assert (scores["rank"].dropna().to_numpy()[:3] == [1, 2, 3]).all()
    reasons = read_frame(whole / "reasons.parquet")
    assert "planned_week" in set(reasons["feature"])
    apart = reasons["contribution_log_odds"] != reasons["beyond_team_log_odds"]
    assert apart.any()
    assert (whole / "way_back.json").stat().st_size > 100
    unclear = scores[scores["status"] == "unclear"]
    assert unclear["athlete"].tolist() == ["a0008", "a0008"]
    assert unclear["probability"].isna().all()


@pytest.fixture(scope="module")
def by_sevens(request_of, tmp_path_factory):
    """Return the week by parts of seven athletes and of two, computed here."""
    root = tmp_path_factory.mktemp("sevens")
    write_week(request_of(7), root / "scores", Place(), root)
    assert not list((root / ".stridecast-cache").rglob("*.parquet"))
    return root / "scores"


def test_parts_change_no_bit(by_sevens, whole):
    assert_same(by_sevens, whole)


def dies_once(part):
    """Kill the process of the second part before its end, the first time."""
    mark = part.out.parent / "died"
    if part.out.name.endswith("1") and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        # As the system does when memory is short: nothing is cleaned up.
        os.kill(os.getpid(), signal.SIGKILL)
    score_part(part)


@contextmanager
def standing_cluster():
    """Yield the place of a Dask cluster that is there already: a week asks it three times."""
    distributed = pytest.importorskip("distributed", reason="the `cluster` extra is not installed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield Place("dask", scheduler=cluster.scheduler_address)


@contextmanager
def forked_processes():
    """Yield the place of a process that is forked off one in which the libraries are loaded."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.runtime.engine.get_context", lambda _: context)
        yield Place("processes", 1)


@pytest.mark.parametrize(
    ("place", "work"), [(forked_processes, dies_once), (standing_cluster, score_part)]
)
def test_no_engine_and_no_killed_worker_changes_a_byte(
    request_of, by_sevens, tmp_path, monkeypatch, place, work
):
    monkeypatch.setattr(score_parts, "score_part", work)
    with place() as engine:
        write_week(request_of(7), tmp_path / "scores", engine, tmp_path)
    for path in by_sevens.iterdir():
        assert path.read_bytes() == (tmp_path / "scores" / path.name).read_bytes(), path.name


def test_a_part_that_fails_is_named_and_a_rerun_computes_it_alone(
    request_of, whole, tmp_path, monkeypatch, capsys
):
    asked = []

    def work(part):
        asked.append(part.name)
        if len(asked) == 2:
            raise OSError("the disk is full")
        score_part(part)

    monkeypatch.setattr(score_parts, "score_part", work)
    out = tmp_path / "scores"
    with pytest.raises(StridecastError, match=r"1 of 2 parts have no forecasts.*disk is full") as e:
        write_week(request_of(8), out, Place(), tmp_path)
    assert asked[1] in str(e.value)
    assert not out.exists()
    write_week(request_of(8), out, Place(), tmp_path)
    # Both parts were tried; the rerun takes up the one that failed and no other.
    assert asked[2:] == [asked[1]]
    assert "1 of 2 parts are kept from a run that broke off" in capsys.readouterr().out
    assert_same(out, whole)


def test_a_week_that_could_not_be_joined_is_written_by_the_next_run(
    request_of, whole, tmp_path, monkeypatch
):
    def full(*_paths):
        raise OSError(28, "the disk is full")

    asked, out = request_of(1000), tmp_path / "scores"
    with monkeypatch.context() as patched:
        patched.setattr(score_parts, "join_week", full)
        with pytest.raises(OSError, match="disk is full"):
            write_week(asked, out, Place(), tmp_path)
    write_week(asked, out, Place(), tmp_path)
    assert_same(out, whole)


def test_no_part_is_sent_the_rows_that_everybody_was_learnt_from(request_of):
    evidence = score_parts._learnt(request_of(7))[0].evidence
    assert evidence.models["knee"].counts.rows > 0
    assert evidence.recent.empty


def test_parts_that_were_half_removed_are_not_taken_for_whole_ones(tmp_path, monkeypatch):
    kept = tmp_path / "scores"
    for name in ("scores", "reasons"):
        write_frame(kept / "week" / "parts" / f"{name}.parquet", pd.DataFrame({"athlete": ["a"]}))

    def killed(folder, **_):
        for path in folder.rglob("scores.parquet"):
            path.unlink()
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            remove_kept(kept)
    assert not kept.exists()
    kept.mkdir()
    remove_kept(kept)
    assert not list(tmp_path.iterdir())


def test_parts_of_another_day_or_model_are_not_taken(request_of):
    asked = request_of(7)
    earlier = replace(asked, as_of=asked.as_of - pd.Timedelta(days=7))
    fewer = replace(asked, models={"any": asked.models["any"]})
    names = {score_parts._name(one, Path.cwd()) for one in (asked, earlier, fewer)}
    assert len(names) == 3
    assert score_parts._name(request_of(7), Path.cwd()) in names


def test_objects_are_joined_as_they_would_be_written(tmp_path):
    # An empty part, and a bracket within a text, which must not end the object.
    parts = ["{}\n", '{\n  "a": {\n    "x": "}"\n  }\n}\n', '{\n  "b": 1,\n  "c": []\n}\n']
    for number, text in enumerate(parts):
        (tmp_path / f"{number}").write_text(text)
    _join_objects([tmp_path / f"{n}" for n in range(3)], tmp_path / "all")
    whole = '{\n  "a": {\n    "x": "}"\n  },\n  "b": 1,\n  "c": []\n}\n'
    assert (tmp_path / "all").read_text() == whole
    _join_objects([tmp_path / "0"], tmp_path / "none")
    assert (tmp_path / "none").read_text() == "{}\n"


def test_nobody_has_no_last_day(tmp_path):
    write_frame(tmp_path / "f.parquet", feature_matrix(make_tables(0, 1), SETTINGS).iloc[:0])
    with pytest.raises(StridecastError, match="no weekly row"):
        last_day(tmp_path / "f.parquet")


def test_ranks_of_parts_are_those_of_all_scores_in_one(tmp_path):
    rng, parts = np.random.default_rng(1), []
    for number in range(4):
        names = [f"a{number}{at}" for at in range(9)]
        # Few values, so that equal forecasts stand in several parts; some have none.
        chances = rng.choice([0.1, 0.2, np.nan], (2, 9))
        outcomes = zip(("any", "knee"), chances, strict=True)
        part = pd.concat(
            [pd.DataFrame({"outcome": o, "probability": p, "athlete": names}) for o, p in outcomes]
        )
        order = ["outcome", "probability", "athlete"]
        parts.append(part.sort_values(order, ascending=[True, False, True]))
        write_frame(tmp_path / f"{number}.parquet", parts[-1])
    whole = pd.concat(parts, ignore_index=True)
    whole = whole.sort_values(["outcome", "probability", "athlete"], ascending=[True, False, True])
    place, rank = _places(sorted(tmp_path.iterdir()))
    assert np.argsort(place).tolist() == whole.index.tolist()
    assert rank[:36].tolist()[:3] == [1, 2, 3]
    unknown = whole["probability"].isna().tolist()
    assert rank.isna().tolist() == unknown
    known = [int(r) for r in rank[:36] if not pd.isna(r)]
    assert known == list(range(1, len(known) + 1))
