"""Subgroups and the spread over athletes, against scikit-learn and pairs counted one by one."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from models.evaluation.athlete_groups import athlete_groups
from models.metrics.athlete_spread import athlete_aurocs, athlete_spread
from models.metrics.resampling import Resampling
from models.metrics.subgroups import few_events, subgroups
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=60)


def test_groups_are_named_and_the_unknown_stay_visible():
    rows = pd.DataFrame(
        {
            "date": pd.to_datetime(["2024-06-02"] * 4),
            "sex": ["female", "male", None, "male"],
            "birth_year": [1995, 1994, np.nan, 1960],
            "level": ["novice", "elite", None, "elite"],
            "injuries_12m": [0.0, 2.0, np.nan, 1.0],
        }
    )
    groups = athlete_groups(rows)
    assert groups["sex"].tolist() == ["female", "male", "unknown", "male"]
    # By year: in 2024 those born in 1995 are 29 and those born in 1994 are 30.
    assert groups["age"].tolist() == ["under 30", "30-39", "unknown", "50 and over"]
    assert groups["history"].tolist()[1:3] == ["injured in the last 12 months", "unknown"]
    assert "history" not in athlete_groups(rows.drop(columns="injuries_12m"))


def test_each_group_is_measured_on_its_own_rows(cohort):
    groups = pd.DataFrame({"team": np.where(cohort.athletes < "a040", "x", "y")})
    table = subgroups(cohort.y, cohort.truth, cohort.athletes, groups, FEW)
    for name in ("x", "y"):
        inside = groups["team"].to_numpy() == name
        found = table[table["group"] == name].set_index("metric")
        expected = roc_auc_score(cohort.y[inside], cohort.truth[inside])
        assert found.loc["auroc", "value"] == pytest.approx(expected)
        assert found.loc["auroc", "low"] < expected < found.loc["auroc", "high"]
        assert found["events"].iloc[0] == cohort.y[inside].sum()
    assert table.set_index("group").loc["x", "athletes"].iloc[0] == 40
    widths = table[table["metric"] == "auroc"].assign(width=lambda t: t["high"] - t["low"])
    # Fewer athletes must give a wider interval, or rows instead of athletes were drawn.
    assert widths.set_index("group")["width"]["x"] > widths.set_index("group")["width"]["y"]


@pytest.mark.parametrize(
    ("events", "said"),
    # 100 events are the least for a validation (Collins 2016).
    [(0, "next to nothing"), (9, "next to nothing"), (99, "imprecise"), (100, "")],
)
def test_few_events_are_said(events, said):
    assert said in few_events(events)
    assert bool(few_events(events)) == bool(said)


def pairs_one_by_one(y, p, who):
    """Concordance of every pair of an event and a non-event, same athlete and not."""
    same, other = [], []
    for i, j in product(np.flatnonzero(y == 1), np.flatnonzero(y == 0)):
        score = float(p[i] > p[j]) + 0.5 * float(p[i] == p[j])
        (same if who[i] == who[j] else other).append(score)
    return np.mean(same), np.mean(other)


def test_pairs_within_and_between_athletes_are_counted_apart(new_cohort):
    cohort = new_cohort(athletes=12, weeks=20, seed=5)
    # Rounded, so that there are ties, which count half.
    p = np.round(cohort.truth, 2)
    table = athlete_spread(cohort.y, p, cohort.athletes, FEW).set_index("measure")
    within, between = pairs_one_by_one(cohort.y, p, cohort.athletes)
    assert table.loc["within", "value"] == pytest.approx(within)
    assert table.loc["between", "value"] == pytest.approx(between)
    one = athlete_aurocs(cohort.y, p, cohort.athletes)
    for athlete, row in one.iterrows():
        inside = cohort.athletes == athlete
        assert row["auroc"] == pytest.approx(roc_auc_score(cohort.y[inside], p[inside]))
    assert table.loc["athletes", "value"] == len(one)
    assert table.loc["q50", "value"] == pytest.approx(one["auroc"].median())
    assert table.loc["sd", "value"] == pytest.approx(one["auroc"].std())


def test_draws_of_pairs_between_are_those_of_rows_really_repeated(new_cohort):
    """Copies of one athlete count as the same athlete."""
    cohort = new_cohort(athletes=8, weeks=15, seed=6)
    settings = IntervalSettings(replicates=3)
    draws = Resampling.of(cohort.y, cohort.athletes, settings)
    expected = []
    for count in draws.counts.astype(int):
        rows = np.repeat(np.arange(len(cohort.y)), count[draws.codes])
        one = pairs_one_by_one(cohort.y[rows], cohort.truth[rows], cohort.athletes[rows])
        expected.append(one[1])
    tails = [(1 - draws.level) / 2, (1 + draws.level) / 2]
    table = athlete_spread(cohort.y, cohort.truth, cohort.athletes, settings).set_index("measure")
    np.testing.assert_allclose(table.loc["between", ["low", "high"]], np.quantile(expected, tails))


def test_equal_athletes_differ_by_chance_alone_and_unequal_ones_do_not():
    rng = np.random.default_rng(0)
    who = np.repeat(np.arange(150), 60)
    y = (rng.random(len(who)) < 0.1).astype(float)
    same = y + rng.normal(size=len(y))
    # For every second athlete the forecast is upside down.
    mixed = np.where(who % 2, 1, -1) * y + rng.normal(size=len(y))
    spread = {
        name: athlete_spread(y, p, who, FEW).set_index("measure")["value"]["sd_beyond_chance"]
        for name, p in {"same": same, "mixed": mixed}.items()
    }
    assert spread["same"] < 0.05
    assert spread["mixed"] > 0.15


def test_without_events_nothing_is_claimed():
    found = athlete_spread(np.zeros(6), np.linspace(0, 1, 6), list("aabbcc"), FEW)
    assert found.set_index("measure")["value"].drop("athletes").isna().all()
