"""Censoring weights by hand and in simulation; manifests; the feature cap; longer horizons."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from features.catalogue.core import CORE
from features.injuries.settings import InjuryRules
from features.matrix import catalogue
from models.numeric import row_blocks
from models.sampling.censoring import (
    LARGEST_WEIGHT,
    censoring_table,
    censoring_weights,
    observed_probability,
)
from models.sampling.feature_cap import capped
from models.sampling.outcomes import label
from models.sampling.split_manifest import account, digest, manifest
from models.settings.evaluation import SplitSettings
from models.settings.outcomes import OutcomeSettings

START = pd.Timestamp("2024-01-07")


def test_the_share_still_observed_by_hand():
    # Days 10 and 20 lose one athlete each: 4, then 3, then 2 are left.
    found = observed_probability([10, 20, 40, 40], [False, False, True, True], 7)
    assert found[[0, 3]].tolist() == [1.0, 1.0]
    assert found[[4, 10]] == pytest.approx([0.75, 0.75])  # day 10 lies within the next 7 days
    assert found[11] == pytest.approx(1.0)
    assert found[14] == pytest.approx(2 / 3)
    assert found[[21, 40]] == pytest.approx([1.0, 1.0])


def leaving_cohort(seed=0, athletes=4000, weeks=30):
    """Risk falls over the season and half of the athletes leave on the way."""
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(athletes), weeks)
    week = np.tile(np.arange(weeks), athletes)
    event = (rng.random(len(who)) < np.where(week < 15, 0.10, 0.02)).astype(float)
    leaves = np.where(rng.random(athletes) < 0.5, rng.integers(1, 200, athletes), 7 * weeks)
    complete = 7 * week + 7 <= leaves[who]
    here = 7 * week <= leaves[who]
    names = np.array([f"a{i}" for i in range(athletes)])
    rows = pd.DataFrame(
        {
            "athlete": names[who],
            "date": START + pd.to_timedelta(7 * week, unit="D"),
            "event": np.where(complete, event, np.nan),
            "at_risk": True,
            "complete": complete,
        }
    )[here]
    ends = START + pd.to_timedelta(leaves, unit="D")
    roster = pd.DataFrame({"athlete": names, "observed_to": ends})
    expected = event[here].mean()
    return rows.reset_index(drop=True), roster, expected


def test_weights_make_up_for_the_dropped_rows():
    rows, roster, expected = leaving_cohort()
    weights = censoring_weights(rows, roster, OutcomeSettings())
    known = rows["event"].notna().to_numpy()
    assert (weights[~known] == 0).all()
    # every row whose window was cut off is made up for by those that were like it
    inside = rows["date"] < START + pd.Timedelta(days=7 * 29)
    assert weights[inside].sum() == pytest.approx(inside.sum(), rel=0.02)
    (row,) = censoring_table(rows, roster, OutcomeSettings()).to_dict("records")
    assert row["dropped"] == (~known).sum() > 1000
    assert row["rate_weighted"] == pytest.approx(expected, abs=0.0015)
    assert row["largest_weight"] <= LARGEST_WEIGHT


def test_a_weight_is_at_most_the_largest():
    # Of thirty athletes 29 leave on day 20: a row of day 14, with a window of 7, is 1 of 30.
    ends = [START + pd.Timedelta(days=day) for day in [20] * 29 + [60]]
    roster = pd.DataFrame({"athlete": range(30), "observed_to": ends})
    days = [START, START + pd.Timedelta(days=14)]
    rows = pd.DataFrame({"athlete": 29, "date": days, "event": [0.0, 0.0]})
    first = pd.DataFrame({"athlete": range(29), "date": START, "event": 0.0})
    weights = censoring_weights(pd.concat([rows, first]), roster, OutcomeSettings())
    assert weights[:2].tolist() == [1.0, LARGEST_WEIGHT]


def test_without_leavers_every_weight_is_one():
    rows, roster, _ = leaving_cohort(athletes=50)
    stayed = roster.assign(observed_to=roster["observed_to"].max())
    rows = rows.assign(event=0.0, complete=True)
    assert (censoring_weights(rows, stayed, OutcomeSettings()) == 1).all()


@pytest.fixture(scope="module")
def labels():
    names = np.repeat([f"a{i:02d}" for i in range(24)], 30)
    week = np.tile(np.arange(30), 24)
    return pd.DataFrame(
        {
            "athlete": names,
            "date": START + pd.to_timedelta(7 * week, unit="D"),
            "event": np.where(week % 11 == 0, np.nan, (week % 5 == 0).astype(float)),
        }
    )


def test_a_manifest_has_parts_folds_and_a_digest(labels):
    settings = SplitSettings(folds=3)
    split = manifest(labels, settings, reach_days=7)
    trained = (split["part"] == "train") & split["event"].notna()
    assert (split.loc[trained, "fold"] >= 0).all()
    assert (split.loc[~trained, "fold"] == -1).all()
    assert split[trained].groupby("athlete")["fold"].nunique().max() == 1
    facts = account(split, settings)
    assert facts["digest"] == digest(split) == digest(manifest(labels, settings, reach_days=7))
    assert [row["fold"] for row in facts["folds"]] == [0, 1, 2]
    assert sum(row["rows"] for row in facts["folds"]) == trained.sum()
    other = manifest(labels, SplitSettings(folds=3, seed=1), reach_days=7)
    assert digest(other) != digest(split)
    flipped = split.assign(event=split["event"].mask(split.index == 3, 1 - split["event"]))
    assert digest(flipped) != digest(split)


def test_the_digest_of_a_manifest_is_that_of_its_text_however_it_is_cut(labels, monkeypatch):
    split = manifest(labels, SplitSettings(folds=3), reach_days=7)
    columns = split[["athlete", "date", "event", "part", "fold"]]
    text = columns.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    whole = hashlib.sha256(text.encode()).hexdigest()
    assert digest(split) == whole
    monkeypatch.setattr(row_blocks, "ROWS_AT_ONCE", 7)
    assert digest(split) == whole


@pytest.mark.parametrize(("folds", "dealt"), [(3, 3), (18, 18), (40, 18)])
def test_fewer_athletes_than_folds_are_a_fold_each(labels, folds, dealt):
    split = manifest(labels, SplitSettings(folds=folds), reach_days=7)
    trained = split[(split["part"] == "train") & split["event"].notna()]
    assert trained["athlete"].nunique() == 18
    assert sorted(trained["fold"].unique()) == list(range(dealt))


def test_one_athlete_alone_has_no_fold(labels):
    alone = labels.assign(event=labels["event"].where(labels["athlete"] == "a00"))
    settings = SplitSettings(test_athletes=0.05)
    assert (manifest(alone, settings, reach_days=7)["fold"] == -1).all()


def test_the_cap_takes_the_core_first(new_entry):
    entries = [
        new_entry("spike", "load", monotone=1),
        new_entry("injuries_12m", "history", monotone=1),
        new_entry("hours_7d", "load"),
    ]
    names = {most: [f.name for f in capped(entries, most)] for most in (1, 2, 3)}
    assert names[1] == ["injuries_12m"]
    assert names[2] == ["injuries_12m", "hours_7d"]
    assert names[3] == [f.name for f in entries]


def test_the_core_is_in_the_catalogue():
    assert {f.name for f in catalogue()} >= CORE


def test_the_cap_takes_published_directions_first_then_blocks(new_entry):
    entries = [
        new_entry("km", "load"),
        new_entry("spike", "load", monotone=1),
        new_entry("mood", "recovery"),
        new_entry("injuries", "history", monotone=1),
        new_entry("age", "history"),
    ]
    names = {most: [f.name for f in capped(entries, most)] for most in (1, 3, 4, None)}
    assert names[1] == ["spike"]
    assert names[3] == ["km", "spike", "injuries"]
    assert names[4] == ["km", "spike", "mood", "injuries"]
    assert names[None] == [f.name for f in entries]


@pytest.mark.parametrize(
    ("horizon", "events", "unknown", "incomplete"),
    [(7, [0, 0, 0, 1], 2, 1), (14, [0, 0, 1, 1], 3, 2), (28, [1, 1, 1, 1], 4, 4)],
)
@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_longer_windows_on_a_hand_drawn_time_line(outcome, horizon, events, unknown, incomplete):
    # Sundays 0, 7, ... 49 of an athlete who is observed for 54 days, hurt from day 27 to 34.
    day = pd.to_timedelta(np.arange(0, 50, 7), unit="D")
    rows = pd.DataFrame({"athlete": "a", "date": START + day})
    injuries = pd.DataFrame(
        {
            "athlete": "a",
            "onset_date": [START + pd.Timedelta(days=27)],
            "return_date": [START + pd.Timedelta(days=34)],
            "region": "knee",
            "side": "left",
            "diagnosis": "pfps",
        }
    )
    roster = pd.DataFrame({"athlete": ["a"], "observed_to": [START + pd.Timedelta(days=54)]})
    settings = OutcomeSettings(horizon_days=horizon)
    found = label(rows, injuries, roster, outcome, settings, InjuryRules())
    assert found["event"].iloc[:4].tolist() == events
    assert not found["at_risk"].iloc[4]  # day 28
    # the last rows look past the end of observation: dropped, event or not
    assert (~found["complete"]).sum() == incomplete
    assert found["event"].isna().sum() == unknown
