"""Tuning: inside the training part, resumable, and not taken in by luck."""

import numpy as np
import pandas as pd
import pytest

from models.estimators.booster_calibration import Calibration
from models.estimators.tuning import Judge, tune
from models.settings.risk import RiskSettings
from models.settings.tuning import TuneSettings

START = RiskSettings(trees=100, min_data_in_leaf=50, learning_rate=0.02)


@pytest.fixture(scope="module")
def judge():
    rng = np.random.default_rng(3)
    rows = pd.DataFrame(
        {
            "athlete": np.repeat([f"a{i:02d}" for i in range(40)], 30),
            "date": np.tile(pd.date_range("2024-01-07", periods=30, freq="7D"), 40),
        }
    )
    x = pd.DataFrame(rng.normal(size=(1200, 4)).astype(np.float32), columns=list("abcd"))
    y = (rng.random(1200) < 1 / (1 + np.exp(2 - x["a"]))).astype(float).to_numpy()
    return Judge(x, y, y, rows, {"a": 1}, 7, TuneSettings(athlete_folds=3))


def test_a_stored_study_is_continued_and_its_first_trial_is_the_present(judge, tmp_path):
    told: list[int] = []
    study = tmp_path / "studies.db"
    first = tune(judge, START, study, "s", 2, 0, lambda number, _: told.append(number))
    again = tune(judge, START, study, "s", 1, 0, lambda number, _: told.append(number))
    assert told == [0, 1, 2]
    assert (first["trials"], again["trials"]) == (2, 3)
    assert first["start_loss"] == again["start_loss"] == pytest.approx(judge.loss(START))
    assert again["best_loss"] <= again["start_loss"]


def test_the_error_of_a_gain_is_that_of_sums_over_athletes(judge):
    other = START.model_copy(update={"trees": 150})
    gain, error = judge.gain(START, other)
    saved = judge.losses(START) - judge.losses(other)
    who = np.concatenate([judge._athletes[outside] for _, outside in judge.splits])
    # Rows of one athlete rise and fall together: the error is that of athletes.
    sums = pd.Series(saved - saved.mean()).groupby(who).sum()
    assert gain == pytest.approx(judge.loss(START) - judge.loss(other))
    assert error == pytest.approx(np.sqrt((sums**2).sum()) / len(saved))


@pytest.mark.parametrize(("gain", "kept"), [(0.5, "best"), (2.0, "best"), (-0.5, "present")])
def test_a_gain_within_one_standard_error_changes_nothing(judge, tmp_path, monkeypatch, gain, kept):
    # Large or small, a gain has to exceed its own error.
    error = 0.4 if gain != 2.0 else 1.9
    monkeypatch.setattr(judge, "gain", lambda *_: (gain, error))
    found = tune(judge, START, tmp_path / "studies.db", "s", 2, 0)
    present = {name: getattr(START, name) for name in found["best"]}
    assert found["keep"] == (found["best"] if kept == "best" else present)


def test_settings_stay_where_no_trial_has_a_loss(tmp_path):
    """Of a handful of rows no loss can be told: the present settings are no fault."""

    class Silent:
        def loss(self, settings):
            return float("nan")

    result = tune(Silent(), RiskSettings(), tmp_path / "study.db", "silent", 2, 0)
    assert result["keep"]["num_leaves"] == RiskSettings().num_leaves
    assert result["trials"] == 0


def test_other_fixed_settings_begin_another_study(judge, tmp_path):
    """With fewer bins the losses are others: they are no trials of the same study."""
    study = tmp_path / "studies.db"
    first = tune(judge, START, study, "s", 2, 0)
    coarse = START.model_copy(update={"max_bin": 3})
    other = tune(judge, coarse, study, "s", 1, 0)
    assert other["study"] != first["study"]
    assert (first["trials"], other["trials"]) == (2, 1)
    assert other["start_loss"] == pytest.approx(judge.loss(coarse))


def test_other_present_settings_are_tried_in_the_same_study(judge, tmp_path):
    study = tmp_path / "studies.db"
    first = tune(judge, START, study, "s", 1, 0)
    moved = START.model_copy(update={"trees": 300})
    again = tune(judge, moved, study, "s", 1, 0)
    assert (again["study"], again["trials"]) == (first["study"], 2)
    assert again["start_loss"] == pytest.approx(judge.loss(moved))
    assert first["start_loss"] != pytest.approx(again["start_loss"])


def test_a_probability_that_rounds_to_one_has_a_finite_loss(judge, monkeypatch):
    monkeypatch.setattr("models.estimators.tuning.fit_calibration", lambda *_: Calibration(800.0))
    losses = judge.losses(START)
    assert np.isfinite(losses).all()
    # Computed from log-odds, the loss is about 800; from the rounded probability it is infinite.
    assert losses.max() > 700
