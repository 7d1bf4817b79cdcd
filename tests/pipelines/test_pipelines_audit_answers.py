"""What answers a stop: its files, its setting, a reason; and what stages do about it."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from common.store import write_json
from features.audits.identity import audit_identity
from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED, Audit, non_blocking
from features.catalogue.entry import Feature
from models.numeric.telling_values import wilson_low
from models.settings.audits import PuritySettings
from pipelines import train
from pipelines.stage_parts.audit_answers import verdicts_for, with_answers
from pipelines.stage_parts.audits import TELLING, _features_of


def audited(**accept):
    sessions = pd.DataFrame({"source": ["a/Activities.csv", "b/Activities.csv"]})
    tables = {"sessions": sessions, "injuries": pd.DataFrame({"source": ["injuries.csv"] * 3})}
    return SimpleNamespace(
        params=SimpleNamespace(audit=SimpleNamespace(accept=accept)), tables=tables
    )


def report(name):
    return {name: {"passed": False, "status": STOPPED, "sentence": "It leaks."}}


def test_a_stop_names_the_files_and_the_setting_that_answers_it():
    found = with_answers(report("late_onsets_any"), audited())["late_onsets_any"]
    assert not found["passed"]
    assert "Files: injuries.csv, a/Activities.csv, b/Activities.csv." in found["sentence"]
    assert "audit.accept: {late_onsets_any: why}" in found["sentence"]


def test_an_accepted_stop_warns_and_repeats_the_reason():
    accepted = audited(late_onsets_any="the register is kept on Fridays")
    found = with_answers(report("late_onsets_any"), accepted)["late_onsets_any"]
    assert found["passed"]
    assert found["status"] == WARNED
    assert found["sentence"].endswith(
        "Accepted (audit.accept in params.yaml): the register is kept on Fridays."
    )
    other = with_answers(report("late_onsets_knee"), accepted)["late_onsets_knee"]
    assert not other["passed"]


def test_the_status_follows_from_the_verdict_unless_it_is_said():
    table = pd.DataFrame()
    assert Audit(passed=True, sentence="", table=table).verdict == "passed"
    assert Audit(passed=False, sentence="", table=table).verdict == STOPPED
    assert non_blocking("", table, NOT_JUDGED).verdict == NOT_JUDGED
    assert non_blocking("", table, NOT_JUDGED).passed


def feature(name):
    return Feature(
        name=name, block="load", label=name, unit="", formula="", source="", changeable=False
    )


def test_a_measure_taken_once_of_everybody_is_no_name_and_a_column_of_ones_own_is():
    rows = pd.DataFrame(
        {"athlete": np.repeat([f"a{i}" for i in range(40)], 3), "bmi": np.repeat(np.arange(40), 3)}
    )
    entries = [feature("bmi")]
    assert audit_identity(rows, entries, measures={"bmi"}).passed
    assert not audit_identity(rows, entries).passed


# 1 - 0.6^(days / 7), and never less than for seven days.
@pytest.mark.parametrize(("days", "limit"), [(7, 0.4), (3, 0.4), (14, 0.64), (28, 0.8704)])
def test_the_share_that_is_too_much_grows_with_the_horizon(days, limit):
    assert PuritySettings().limit(days) == pytest.approx(limit)


def test_seventeen_rows_do_not_show_a_share_above_two_fifths():
    # Both are shares of 0.59: ten of seventeen are too few to show it.
    assert wilson_low(10.0, 17.0) < 0.4
    assert wilson_low(100.0, 170.0) > 0.4


def test_training_by_hand_heeds_an_audit_that_stopped(tmp_path):
    write_json(tmp_path / "any.json", {"units": {"passed": False, "sentence": "2 jump."}})
    with pytest.raises(StridecastError, match="units stopped the run"):
        train._keep_audits(stage_of(tmp_path))


def test_training_by_hand_passes_no_audits_that_did_not_look_at_its_outcome(tmp_path):
    """An earlier version wrote the whole report alone, and it may have stopped."""
    write_json(tmp_path / "audit.json", {"units": {"passed": False, "sentence": "2 jump."}})
    with pytest.raises(StridecastError, match=r"any\.json is missing"):
        train._keep_audits(stage_of(tmp_path))


def stage_of(folder):
    workspace = SimpleNamespace(audits=lambda outcome: folder / f"{outcome}.json", reports=folder)
    return SimpleNamespace(workspace=workspace, outcome="any")


def test_the_features_of_a_column_are_those_that_change_without_it():
    many = 3 * TELLING
    sessions = pd.DataFrame(
        {
            "athlete": [f"a{i:02d}" for i in range(many)],
            "km": 8.0,
            "rpe": [np.nan, 4.0, 5.0] * TELLING,
        }
    )
    looked_at = []

    def compute(tables, _settings, _as_of):
        own = tables["sessions"]
        looked_at.append(len(own))
        return pd.DataFrame(
            {"km_7d": own["km"], "srpe_7d": own["km"] * own["rpe"], "rated": own["rpe"].notna()}
        )

    names = ("km_7d", "srpe_7d", "rated", "of_my_own")
    world = SimpleNamespace(
        params=SimpleNamespace(features=None),
        tables={"sessions": sessions, "climate": pd.DataFrame({"day": [1]})},
        entries=[SimpleNamespace(name=name) for name in names],
        compute=compute,
    )
    assert _features_of(world, "sessions", "rpe") == {"srpe_7d", "rated"}
    assert looked_at == [TELLING, TELLING]  # of those who tell it
    assert sessions["rpe"].notna().sum() == 2 * TELLING


def test_training_depends_on_verdicts_of_its_outcome_and_on_no_count_that_passed():
    """Another draw of audited days, or one more outcome, leaves the same bytes."""
    plain = {"passed": True, "status": PASSED, "rows": []}
    warned = {"passed": True, "status": WARNED, "sentence": "2 rise."}

    def report(days, *more):
        named = {f"timing_{one}": plain | {"sentence": f"{days} days."} for one in ("knee", *more)}
        return {"units": plain | {"sentence": f"{days} days."}, "ranges": warned} | named

    own = verdicts_for(report(6), "knee", ["knee"])
    simply = {"passed": True, "status": PASSED}
    assert own == {"units": simply, "ranges": warned, "timing_knee": simply}
    assert own == verdicts_for(report(9, "below_the_knee"), "knee", ["knee", "below_the_knee"])
    other = verdicts_for(report(9, "below_the_knee"), "below_the_knee", ["knee", "below_the_knee"])
    assert set(other) == {"units", "ranges", "timing_below_the_knee"}
