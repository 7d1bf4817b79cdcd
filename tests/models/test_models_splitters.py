"""Splitters: what is tested was not learnt from, and each prints itself."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.sampling.splitters import BUILT_IN, RollingOrigin, checked_folds, splitters


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    who = [f"a{i:02d}" for i in range(24)]
    dates = pd.date_range("2024-01-07", periods=30, freq="7D")
    table = pd.DataFrame([(a, d) for a in who for d in dates], columns=["athlete", "date"])
    team = table["athlete"].str[-1].astype(int) % 3
    return table.assign(team=team.astype("str"), event=(rng.random(len(table)) < 0.1).astype(float))


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_built_in_splitter_tests_what_it_learns(rows, name):
    folds = BUILT_IN[name].split(rows, gap_days=7)
    checked = checked_folds(folds, rows, 7)
    assert len(checked) == len(folds) > 1
    for (learnt, judged), (given_learnt, given_judged) in zip(checked, folds, strict=True):
        assert len(judged)
        assert not set(learnt) & set(judged)
        # The check refuses leaks; it drops no row on its own.
        assert sorted(learnt) == sorted(given_learnt)
        assert sorted(judged) == sorted(given_judged)


@pytest.mark.parametrize("name", ["unseen_athletes", "leave_team_out"])
def test_every_row_is_tested_once(rows, name):
    tested = np.concatenate([judged for _, judged in BUILT_IN[name].split(rows, gap_days=7)])
    # A row tested twice would count double in every measure.
    assert sorted(tested) == list(range(len(rows)))


def test_teams_and_athletes_are_apart(rows):
    for learnt, judged in BUILT_IN["leave_team_out"].split(rows, gap_days=7):
        assert len(set(rows.iloc[judged]["team"])) == 1
        assert not set(rows.iloc[learnt]["team"]) & set(rows.iloc[judged]["team"])
    for learnt, judged in BUILT_IN["unseen_athletes"].split(rows, gap_days=7):
        assert not set(rows.iloc[learnt]["athlete"]) & set(rows.iloc[judged]["athlete"])


@pytest.mark.parametrize("gap", [7, 14, 28])
def test_a_rolling_origin_moves_forward_and_keeps_the_gap(rows, gap):
    folds = RollingOrigin(cuts=3).split(rows, gap_days=gap)
    assert len(folds) == 3
    ends = []
    for learnt, judged in folds:
        last, first = rows.iloc[learnt]["date"].max(), rows.iloc[judged]["date"].min()
        assert first - last > pd.Timedelta(days=gap)
        ends.append(last)
    assert ends == sorted(ends)


def test_a_splitter_that_tests_what_it_learnt_is_refused(rows):
    every = np.arange(len(rows))
    with pytest.raises(StridecastError, match="learnt from and tested"):
        checked_folds([(every, every[:5])], rows, 7)


def test_an_outcome_that_reaches_into_the_test_is_refused(rows):
    early = np.flatnonzero(rows["date"] < "2024-05-01")
    late = np.flatnonzero(rows["date"] >= "2024-05-01")
    assert len(checked_folds([(early, late)], rows, 7)) == 1
    with pytest.raises(StridecastError, match="fold 0: outcomes of training rows"):
        # Rows are 7 days apart: an outcome of 14 days begins in training and ends in the test.
        checked_folds([(early, late)], rows, 14)


def test_a_splitter_prints_itself():
    assert [repr(splitter) for splitter in splitters().values()][-1] == "RollingOrigin(cuts=4)"


def test_one_cut_halves_the_days(rows):
    ((learnt, judged),) = RollingOrigin(cuts=1).split(rows, gap_days=7)
    days = np.sort(rows["date"].unique())
    assert set(rows.iloc[judged]["date"]) == set(days[15:])
    # Day 14 is the gap: it is neither learnt from nor tested.
    assert set(rows.iloc[learnt]["date"]) == set(days[:14])


def test_a_fold_without_rows_to_learn_from_or_to_judge_is_left_out(rows):
    late, nothing = np.flatnonzero(rows["date"] >= "2024-05-01"), np.array([], dtype=np.int64)
    assert checked_folds([(nothing, late), (late, nothing)], rows, 7) == []
