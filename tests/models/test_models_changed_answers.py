"""Answers rewritten after an injury: steps by hand, honest signs that grow, and what is too few."""

import numpy as np
import pandas as pd
import pytest

from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED
from models.audits.answers import Answers
from models.audits.changed_answers import Steps, audit_changed_answers
from models.audits.gains import Scored

START = pd.Timestamp("2023-01-02")
DAYS = 200
ATHLETES = 60
NAMES = [f"a{i:02d}" for i in range(ATHLETES)]
ONSETS = {name: 120 + i % 7 for i, name in enumerate(NAMES)}


def day(number):
    return START + pd.Timedelta(days=int(number))


def cohort(sign, *, seed=0, answered=0.8, share=1.0):
    """Daily answers; `sign(days before the onset)` is added to the freshness of a share of them."""
    rng = np.random.default_rng(seed)
    every = pd.DataFrame([(name, d) for name in NAMES for d in range(ONSETS[name])])
    every.columns = ["athlete", "day"]
    kept = every[rng.random(len(every)) < answered]
    ahead = kept["athlete"].map(ONSETS) - kept["day"]
    added = ahead.map(sign).where(kept["athlete"].isin(NAMES[: int(share * ATHLETES)]), 0.0)
    wellness = pd.DataFrame(
        {
            "athlete": kept["athlete"],
            "date": START + pd.to_timedelta(kept["day"], unit="D"),
            "fatigue": 0.6 + rng.normal(0, 0.15, len(kept)) + added,
        }
    )
    injuries = pd.DataFrame(
        [(name, day(on), day(on + 20), "knee") for name, on in ONSETS.items()],
        columns=["athlete", "onset_date", "return_date", "region"],
    )
    people = pd.DataFrame({"athlete": NAMES, "observed_from": START, "observed_to": day(DAYS - 1)})
    return {"wellness": wellness, "injuries": injuries, "athletes": people}


def rewritten(ahead):
    return -0.3 if 1 <= ahead <= 6 else 0.0


def growing(ahead):
    """A strain with a memory of 0.8 a day, as far away as it still shows."""
    return -0.4 * 0.8**ahead


def straight(ahead):
    return -0.4 * max(0.0, 1 - ahead / 8)


def scored(*, sees, share=1.0):
    """Weekly rows; the score knows `sees` of a share of the events."""
    rng = np.random.default_rng(1)
    rows = pd.DataFrame(
        [(name, day(d)) for name in NAMES for d in range(6, DAYS - 7, 7)],
        columns=["athlete", "date"],
    )
    onset = rows["athlete"].map({name: day(on) for name, on in ONSETS.items()})
    event = (rows["date"] < onset) & (onset <= rows["date"] + pd.Timedelta(days=7))
    rows = rows.assign(event=event.astype(float), onset_date=onset.where(event))
    seen = event & rows["athlete"].isin(NAMES[: int(share * ATHLETES)])
    return Scored(rows, rng.normal(0, 1, len(rows)) + sees * 4 * seen.to_numpy())


def audited(sign, *, sees=0.0, share=1.0, **kind):
    told = scored(sees=sees, share=share)
    world = cohort(sign, share=share, **kind)
    return audit_changed_answers(world, world["injuries"], told)


def test_step_and_rise_by_hand():
    #          eve          | first half   | before it
    answers = [4.0, 2.0, np.nan, 1.0, 3.0, 2.0, 9.0, 5.0, 7.0, np.nan, 5.0]
    found = Steps.of(np.array([answers]), 6)
    # first half: days 6 to 4 (2, 3, 1); before: days 7 to 11 (9, 5, 7, -, 5); second: 2, 4
    assert found.step[0] == pytest.approx(2.0 - 6.5)
    assert found.rise[0] == pytest.approx(3.0 - 2.0)


def test_a_step_of_one_answer_is_not_known():
    answers = np.full((1, 11), np.nan)
    answers[0, [0, 4, 7, 8]] = 1.0
    assert np.isnan(Steps.of(answers, 6).step[0])


def test_answers_are_by_days_before_and_less_the_own_mean():
    records = pd.DataFrame(
        {
            "athlete": ["a", "a", "b"],
            "date": [day(9), day(7), day(9)],
            "mood": [1.0, 0.0, 0.3],
        }
    )
    days = pd.DataFrame({"athlete": ["a", "b"], "date": [day(10), day(10)]})
    answers = Answers(records)
    found = answers.at(answers.places(days, 19), "mood")
    assert found[:, :3].tolist() == pytest.approx(
        [
            pytest.approx([0.5, np.nan, -0.5], nan_ok=True),
            pytest.approx([0, np.nan, np.nan], nan_ok=True),
        ]
    )


@pytest.mark.parametrize("sign", [lambda _: 0.0, growing, straight])
@pytest.mark.parametrize("seed", range(3))
def test_honest_answers_pass_also_if_they_grow_worse_towards_the_injury(sign, seed):
    assert audited(sign, sees=1.0, seed=seed).verdict == PASSED


@pytest.mark.parametrize(("sees", "status"), [(0.0, WARNED), (1.0, STOPPED)])
def test_a_rewritten_week_stops_where_forecasts_live_on_it_and_warns_elsewhere(sees, status):
    found = audited(rewritten, sees=sees, share=0.6)
    assert found.verdict == status
    assert found.passed is (status == WARNED)
    assert found.table.loc[0, ["item", "days", "injuries"]].tolist()[:2] == ["fatigue", 6]
    assert found.table.loc[0, "step"] == pytest.approx(-0.18, abs=0.05)
    assert "6 days before" in found.sentence


def test_answers_made_better_afterwards_are_seen_as_well():
    assert audited(lambda ahead: -rewritten(ahead), sees=1.0, share=0.6).verdict == STOPPED


def test_answers_before_too_few_injuries_are_not_judged():
    few = cohort(rewritten)
    few["injuries"] = few["injuries"].head(15)
    found = audit_changed_answers(few, few["injuries"], scored(sees=1.0))
    assert found.verdict == NOT_JUDGED
    assert audited(rewritten, answered=0.1).verdict == NOT_JUDGED


def test_without_answers_there_is_nothing_to_give_away():
    none = cohort(rewritten)
    none["wellness"] = none["wellness"].assign(fatigue=np.nan)
    assert audit_changed_answers(none, none["injuries"], scored(sees=0)).verdict == PASSED
    none["wellness"] = none["wellness"].head(0)
    assert audit_changed_answers(none, none["injuries"], scored(sees=0)).verdict == PASSED
