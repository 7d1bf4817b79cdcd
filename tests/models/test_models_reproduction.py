"""Reproduced is the same rows and forecasts within a tolerance, by hand."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.evaluation.reproduction import largest_differences


@pytest.fixture
def run():
    return pd.DataFrame(
        {
            "athlete": ["a", "a", "b"],
            "date": pd.to_datetime(["2024-01-07", "2024-01-14", "2024-01-07"]),
            "event": [0.0, 1.0, 0.0],
            "risk": [0.02, 0.04, 0.01],
            "logistic": [0.03, np.nan, 0.02],
            "true_probability": [0.02, 0.03, 0.01],
        }
    )


def test_the_same_run_differs_nowhere_whatever_the_order_of_its_rows(run):
    found = largest_differences(run, run.iloc[::-1])
    assert found["model"].tolist() == ["logistic", "risk"]
    assert found["largest"].tolist() == [0.0, 0.0]
    assert found["differing"].tolist() == [0, 0]


def test_the_largest_difference_of_each_model_is_told_largest_first(run):
    other = run.assign(risk=[0.02, 0.04 + 3e-9, 0.01 - 1e-9])
    found = largest_differences(run, other).set_index("model")
    assert found.index[0] == "risk"
    assert found.loc["risk", "largest"] == pytest.approx(3e-9)
    assert found.loc["risk", "differing"] == 2


def test_a_model_or_a_forecast_that_one_run_lacks_is_no_small_difference(run):
    found = largest_differences(run, run.drop(columns="risk").assign(mine=0.1))
    assert found.set_index("model")["largest"].to_dict() == {
        "mine": np.inf, "risk": np.inf, "logistic": 0.0,
    }  # fmt: skip
    known = run.assign(logistic=[0.03, 0.5, 0.02])
    assert largest_differences(run, known)["largest"][0] == np.inf


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.head(2), "3 and 2 test rows, of which 2 are the same"),
        (lambda t: t.assign(event=1.0), "the outcomes of the test rows differ"),
    ],
)
def test_other_rows_or_outcomes_are_not_reproduced(run, change, told):
    with pytest.raises(StridecastError, match=told):
        largest_differences(run, change(run))
