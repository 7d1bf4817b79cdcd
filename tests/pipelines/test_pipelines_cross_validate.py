"""Every injury of a small cohort is tested once, by models that never saw its athlete."""

import shutil

import pandas as pd
import pytest

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv, write_frame
from common.store import read_json, write_json
from features.injuries.settings import InjuryRules
from models.sampling.outcomes import label
from models.sampling.split_manifest import account, manifest
from models.settings.evaluation import NestedSettings, SplitSettings
from models.settings.outcomes import OutcomeSettings
from pipelines import nested
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.stage_parts.nested_measures import measure_nested
from pipelines.stage_parts.track_nested import nested_runs
from pipelines.studies.cross_validation import CrossValidation, cross_validate
from tests.pipelines.small_cohort import (
    SETTINGS,
    small_tables,
    write_cohort_tables,
    write_params,
)


@pytest.fixture(scope="module")
def request_of(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    tables = small_tables(3, athletes=60, weeks=30)
    workspace = write_cohort_tables(root, "squad", tables)
    # Within what the search may propose.
    write_params(root, "squad", risk=SETTINGS["risk"] | {"trees": 100, "min_data_in_leaf": 50})
    rows = read_frame(workspace.features)
    own = tables["injuries"], tables["athletes"]
    labels = label(rows, *own, "any", OutcomeSettings(), InjuryRules(), tables["sessions"])
    split = manifest(labels.assign(related=labels["event"]), SplitSettings(folds=3), reach_days=7)
    folder = workspace.model("any")
    folder.mkdir(parents=True)
    write_frame(folder / "split.parquet", split)
    write_json(folder / "split.json", account(split, SplitSettings(folds=3)))

    def request(splitter, trials=0):
        return CrossValidation(
            load_params(root / "params.yaml"), workspace, "any", splitter, trials
        )

    return request, split[split["event"].notna()]


def test_each_team_is_tested_and_every_injury_once(request_of):
    request, known = request_of
    lines = []
    table = cross_validate(request("leave_team_out"), lines.append)
    assert lines[0] == "LeaveTeamOut(): 3 folds"
    whole = table[table["variable"] == "all"]
    assert whole["events"].iloc[0] == known["event"].sum()
    auroc = whole.set_index("metric")["value"]["auroc"]
    assert auroc > 0.6  # soreness forecasts the injuries of this cohort
    place = request("x").workspace.reports / "cross_validation" / "squad"
    folds = pd.read_csv(place / "any_leave_team_out_folds.csv")
    assert folds[folds["part"] == "test"]["events"].sum() == known["event"].sum()


def test_settings_are_chosen_inside_the_folds(request_of):
    lines = []
    cross_validate(request_of[0]("leave_team_out", trials=1), lines.append)
    assert sum(line.startswith("  inside:") for line in lines) == 3


def stage_of(request, **nested):
    params = request("x").params
    settings = params.nested.model_copy(update={"folds": 3, "trials": 1} | nested)
    changed = params.model_copy(update={"nested": settings})
    return Stage(changed, request("x").workspace, "any")


@pytest.fixture(scope="module")
def forecasts(request_of, tmp_path_factory):
    """Return the stage below 10,000 injuries, and a folder with what it wrote once."""
    stage = stage_of(request_of[0], below_events=10_000)
    nested.main(stage)
    place = tmp_path_factory.mktemp("nested") / "any"
    return stage, shutil.copytree(stage.workspace.nested("any"), place)


def stage_with(forecasts):
    """Put the forecasts of the stage in their place, whatever another test left there."""
    stage, place = forecasts
    shutil.rmtree(stage.workspace.nested("any"))
    shutil.copytree(place, stage.workspace.nested("any"))
    return stage


def evaluated(stage):
    """The stage `nested`, and what `evaluate` makes of it."""
    nested.main(stage)
    measure_nested(stage)


def test_few_injuries_are_cross_validated_by_default(request_of, forecasts, capsys):
    """Below 150 events, with a fold in MLflow for each fold and its settings."""
    assert NestedSettings().below_events == 150
    _, known = request_of
    stage = stage_with(forecasts)
    measure_nested(stage)
    lines = capsys.readouterr().out.splitlines()
    folder = stage.workspace.evaluation("any")
    told = read_json(folder / "cross_validation.json")
    assert told["done"]
    assert told["events"] == known["event"].sum()
    assert "every injury tested once" in told["sentence"] == lines[-1]
    assert sorted(told["settings_changed"]) == ["0", "1", "2"]
    folds = pd.read_csv(folder / "cross_validation_folds.csv")
    assert folds[folds["part"] == "test"]["events"].sum() == known["event"].sum()
    runs = [run for run in nested_runs(stage, {}, stage.workspace.root) if run.kind == "fold"]
    assert [run.params["fold"] for run in runs] == ["0", "1", "2"]
    assert all(0 < run.metrics["auroc"] < 1 for run in runs)


def test_other_intervals_refit_nothing_and_forecasts_of_other_rows_are_refused(forecasts):
    stage = stage_with(forecasts)
    path = stage.workspace.nested("any") / "predictions.parquet"
    made = read_frame(path)
    bounds = []
    for level in (0.95, 0.5):
        intervals = stage.params.evaluation.model_copy(update={"level": level})
        params = stage.params.model_copy(update={"evaluation": intervals})
        measure_nested(Stage(params, stage.workspace, "any"))
        bounds.append(read_whole(stage)["high"])
    assert bounds[1] < bounds[0]
    pd.testing.assert_frame_equal(made, read_frame(path))
    left = made[made["fold"] != 0]
    write_frame(path, left)
    measure_nested(stage)
    told = read_json(stage.workspace.evaluation("any") / "cross_validation.json")
    assert told["tested"] == left["event"].sum() < told["events"]
    assert f"{told['tested']} of {told['events']} injuries tested once" in told["sentence"]
    write_frame(path, left[left["event"] == 0])
    measure_nested(stage)
    told = read_json(stage.workspace.evaluation("any") / "cross_validation.json")
    assert told["sentence"].endswith("0 injuries, AUROC cannot be told.")
    write_frame(path, made.assign(event=1 - made["event"]))
    with pytest.raises(StridecastError, match="made of other rows than those of the split"):
        measure_nested(stage)


def read_whole(stage):
    table = pd.read_csv(stage.workspace.evaluation("any") / "cross_validation.csv")
    return table[table["variable"] == "all"].set_index("metric").loc["auroc"]


def test_many_injuries_are_not_and_the_reason_is_written(request_of):
    request, known = request_of
    stage = stage_of(request, below_events=int(known["event"].sum()))
    folder = stage.workspace.evaluation("any")
    write_csv(folder / "cross_validation.csv", known.head())  # of a run before
    evaluated(stage)
    told = read_json(stage.workspace.evaluation("any") / "cross_validation.json")
    assert not told["done"]
    assert "one test part" in told["reason"]
    assert not (folder / "cross_validation.csv").exists()
    assert nested_runs(stage, {}, stage.workspace.root) == []


def test_too_few_to_learn_from_is_a_reason_and_no_fault(request_of):
    request, known = request_of
    stage = stage_of(request, below_events=10_000)
    path = stage.workspace.model("any") / "split.parquet"
    split = read_frame(path)
    events = split.index[split["event"] == 1]
    try:
        write_frame(
            path, split.assign(event=split["event"].mask(split.index.isin(events[4:]), 0.0))
        )
        evaluated(stage)
    finally:
        write_frame(path, split)
    told = read_json(stage.workspace.evaluation("any") / "cross_validation.json")
    assert told["events"] == 4
    assert "no fold has 5 injuries" in told["reason"]
    assert len(known) > 0


def test_an_unknown_splitter_is_named(request_of):
    with pytest.raises(StridecastError, match="none of unseen_athletes"):
        cross_validate(request_of[0]("leave_one_out"), print)
