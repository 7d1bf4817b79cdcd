"""Splits: athletes apart, time forward, the gap kept."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

from common.errors import StridecastError
from models.sampling.folds import AthleteFolds, AthleteTimeFolds
from models.sampling.folds import summary as fold_summary
from models.sampling.splits import holdout, summary
from models.settings.evaluation import SplitSettings


def panel(athletes, weeks):
    names = np.repeat([f"a{i:04d}" for i in range(athletes)], weeks)
    days = np.tile(np.arange(weeks) * 7, athletes)
    return pd.DataFrame(
        {"athlete": names, "date": pd.Timestamp("2023-01-01") + pd.to_timedelta(days, unit="D")}
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(8, 40),
    st.integers(12, 60),
    st.floats(0.1, 0.5),
    st.floats(0.2, 0.6),
    st.integers(7, 28),
    st.integers(0, 5),
)
def test_holdout_keeps_athletes_and_outcome_windows_apart(athletes, weeks, share, late, gap, seed):
    rows = panel(athletes, weeks)
    split = SplitSettings(test_athletes=share, test_weeks=late, gap_days=gap, seed=seed)
    part = holdout(rows, split, reach_days=7)
    train, test = rows[part == "train"], rows[part == "test"]
    known = rows[part == "known_later"]
    assert not set(train["athlete"]) & set(test["athlete"])
    assert set(known["athlete"]) == set(train["athlete"])
    assert train["date"].max() + pd.Timedelta(days=gap) < test["date"].min()
    assert train["date"].max() + pd.Timedelta(days=gap) < known["date"].min()
    assert test["athlete"].nunique() == max(1, round(athletes * share))


def test_holdout_by_hand():
    rows = panel(4, 10)
    part = holdout(rows, SplitSettings(test_athletes=0.25, test_weeks=0.4), reach_days=7)
    table = summary(part, rows, np.ones(len(rows))).set_index("part")
    # weeks 0-9: the test is weeks 6-9, the gap takes week 5, training is weeks 0-4
    assert table["rows"].to_dict() == {"train": 15, "test": 4, "known_later": 12, "unused": 9}
    assert table.loc["train", "last_date"] == pd.Timestamp("2023-01-29")
    assert table.loc["test", "first_date"] == pd.Timestamp("2023-02-12")
    assert table["events"].sum() == len(rows)


def test_the_draw_depends_on_name_and_seed_and_hardly_on_the_others():
    def drawn(athletes, seed):
        rows = panel(athletes, 12)
        part = holdout(rows, SplitSettings(seed=seed), reach_days=7)
        return set(rows.loc[part == "test", "athlete"])

    assert drawn(100, 0) == drawn(100, 0)
    assert drawn(100, 0) != drawn(100, 1)
    assert len(drawn(100, 0) - drawn(101, 0)) <= 1


def test_a_gap_shorter_than_the_outcome_window_becomes_as_long():
    rows = panel(8, 20)
    short = holdout(rows, SplitSettings(gap_days=7), reach_days=14)
    long = holdout(rows, SplitSettings(gap_days=14), reach_days=14)
    pd.testing.assert_series_equal(short, long)
    train, test = rows[short == "train"]["date"], rows[short == "test"]["date"]
    assert train.max() + pd.Timedelta(days=14) < test.min()


def test_an_empty_part_is_refused():
    with pytest.raises(StridecastError, match="no rows for the train part"):
        holdout(panel(8, 3), SplitSettings(gap_days=28), reach_days=7)
    with pytest.raises(StridecastError, match="no rows for the test part"):
        holdout(panel(8, 2), SplitSettings(gap_days=7), reach_days=7)


@pytest.mark.parametrize("forward", [False, True])
def test_folds_are_athlete_disjoint_and_test_each_athlete_once(forward):
    rows = panel(23, 30)
    y = np.random.default_rng(0).random(len(rows)) < 0.1
    splits = (
        AthleteTimeFolds(5, 1, gap_days=14).split(None, y, rows)
        if forward
        else AthleteFolds(5).split(None, y, rows["athlete"])
    )
    tested = []
    for inside, outside in splits:
        assert not set(rows["athlete"].iloc[inside]) & set(rows["athlete"].iloc[outside])
        tested += list(rows["athlete"].iloc[outside].unique())
        if forward:
            gap = rows["date"].iloc[outside].min() - rows["date"].iloc[inside].max()
            assert gap > pd.Timedelta(days=14)
    assert sorted(tested) == sorted(rows["athlete"].unique())
    table = fold_summary(splits, rows, y)
    assert list(table["part"]) == ["train", "test"] * 5
    assert (table.loc[table["part"] == "test", "athletes"] >= 4).all()


def test_time_cuts_move_forward_and_test_weeks_do_not_overlap():
    rows = panel(12, 40)
    folds = AthleteTimeFolds(athlete_folds=3, time_cuts=3, gap_days=7)
    splits = folds.split(None, None, rows)
    assert len(splits) == folds.get_n_splits() == 9
    tested = np.concatenate([outside for _, outside in splits])
    assert len(np.unique(tested)) == len(tested) == 12 * 30


def test_events_are_dealt_evenly():
    rows = panel(50, 40)
    y = (np.arange(len(rows)) < 400).astype(float)  # all events with ten athletes
    fold = AthleteFolds(5).assign(rows["athlete"], y)
    assert np.bincount(fold, weights=y).tolist() == [80.0] * 5


def test_scikit_learn_accepts_the_splitter():
    rows = panel(20, 30)
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(len(rows), 2)), rng.integers(0, 2, len(rows))
    found = cross_val_score(LogisticRegression(), x, y, groups=rows, cv=AthleteTimeFolds(4))
    assert found.shape == (4,)


def test_folds_need_athletes():
    with pytest.raises(ValueError, match="pass groups="):
        AthleteFolds(5).split(None, None, None)
    with pytest.raises(StridecastError, match="5 athlete-disjoint folds need as many athletes"):
        AthleteFolds(5).assign(["a", "b"])


def test_one_cut_of_athletes_and_time_halves_the_days():
    rows = panel(20, 30)
    folds = AthleteTimeFolds(2, 1, gap_days=7).split(rows, groups=rows)
    assert len(folds) == 2
    days = np.sort(rows["date"].unique())
    for learnt, judged in folds:
        assert set(rows.iloc[judged]["date"]) == set(days[15:])
        assert set(rows.iloc[learnt]["date"]) == set(days[:14])


def test_a_part_without_rows_has_no_line():
    rows = panel(2, 1)
    table = summary(pd.Series(["train", "test"]), rows, [0, 1])
    assert sorted(table["part"]) == ["test", "train"]


def test_as_many_athletes_as_folds_are_enough():
    assert sorted(AthleteFolds(3).assign(["a", "b", "c"])) == [0, 1, 2]
    with pytest.raises(StridecastError, match="there are 2"):
        AthleteFolds(3).assign(["a", "b"])
