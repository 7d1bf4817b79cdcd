"""Forms that run against their scales are noticed from the values."""

import numpy as np
import pandas as pd

from ingest.quality.opposite_scales import Opposite, opposite_items
from pipelines.weekly.to_do import opposite_forms


def form(source, turned=(), seed=0, athletes=4, days=40):
    """Answers that follow one hidden state of the day; turned items run the other way."""
    # The same state for every form: two forms of one day have to agree.
    state = np.random.default_rng(7).normal(size=(athletes, days))
    noise = np.random.default_rng(seed)
    rows = []
    for who in range(athletes):
        for at in range(days):
            answers = {
                item: float(np.clip(0.5 + 0.2 * state[who, at] + noise.normal(0, 0.1), 0, 1))
                for item in ("sleep_quality", "fatigue", "stress")
            }
            rows.append(
                {
                    "athlete": f"a{who}",
                    "date": pd.Timestamp("2025-01-01") + pd.Timedelta(days=at),
                    "source": source,
                    **{k: 1 - v if k in turned else v for k, v in answers.items()},
                }
            )
    return pd.DataFrame(rows)


def test_forms_that_agree_are_left_alone():
    assert opposite_items(pd.concat([form("a.csv"), form("b.csv", seed=1)])) == []
    assert opposite_items(form("a.csv").iloc[:0]) == []


def test_an_item_that_runs_against_its_own_form():
    wellness = form("a.csv", turned=("fatigue",))
    assert opposite_items(wellness) == [Opposite("fatigue", ("a.csv",))]
    (to_do,) = opposite_forms(wellness)
    assert (to_do.kind, to_do.athlete) == ("opposite_scale", "")
    assert "a.csv" in to_do.text


def test_two_forms_of_the_same_days_that_run_opposite_ways():
    turned = form("b.csv", turned=("sleep_quality", "fatigue", "stress"), seed=1)
    found = opposite_items(pd.concat([form("a.csv"), turned]))
    assert {one.item for one in found} == {"sleep_quality", "fatigue", "stress"}
    assert {one.files for one in found} == {("a.csv", "b.csv")}


def test_answers_without_any_pattern_prove_nothing():
    wellness = form("a.csv")
    shuffled = wellness["fatigue"].sample(frac=1, random_state=1).to_numpy()
    assert opposite_items(wellness.assign(fatigue=shuffled)) == []
