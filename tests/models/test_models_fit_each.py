"""A comparator that fails is a reason; the others are fitted."""

import threading

import numpy as np
import pandas as pd
import pytest

from models.comparators.fit_each import TRIAL_ROWS, fit_each


class Constant:
    """Says the base rate; counts the rows it was fitted on."""

    def __init__(self, seen=None):
        self.seen = [] if seen is None else seen

    def fit(self, x, y, groups=None, *, folds=None):
        self.seen.append(len(x))
        self.rate = float(np.mean(y))
        return self

    def predict_proba(self, x):
        return np.column_stack([np.full(len(x), 1 - self.rate), np.full(len(x), self.rate)])


class Fails(Constant):
    def fit(self, x, y, groups=None, *, folds=None):
        # Messages of libraries have several lines; a table has room for one.
        raise TypeError("cannot read\nthe columns")


class FailsLater(Constant):
    def fit(self, x, y, groups=None, *, folds=None):
        if len(x) > TRIAL_ROWS:
            raise MemoryError("too many rows")
        return super().fit(x, y)


class OneColumn(Constant):
    def predict_proba(self, x):
        return np.full(len(x), 0.5)


class LogOdds(Constant):
    def predict_proba(self, x):
        return np.full((len(x), 2), -3.0)


class Meets(Constant):
    """Ends once another one is being fitted at the same time."""

    def __init__(self, barrier):
        super().__init__()
        self.barrier = barrier

    def fit(self, x, y, groups=None, *, folds=None):
        # One after the other, the first would wait here in vain.
        self.barrier.wait(20)
        return super().fit(x, y)


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    n = 5000
    event = (rng.random(n) < 0.02).astype(float)
    return pd.DataFrame(
        {
            "km": rng.random(n),
            "event": event,
            "athlete": [f"a{i % 50}" for i in range(n)],
            "fold": np.arange(n) % 5,
        }
    )


@pytest.mark.parametrize(
    ("broken", "reason"),
    [(Fails(), "TypeError: cannot read"), (OneColumn(), "shape"), (LogOdds(), "no probabilities")],
)
def test_one_that_fails_is_a_reason_in_one_line(rows, broken, reason):
    fitted = fit_each({"mine": broken, "rate": Constant()}, rows, rows, ["km"], {"mine"})
    assert list(fitted.probabilities) == ["rate"]
    assert reason in fitted.failed["mine"]
    assert "\n" not in fitted.failed["mine"]
    np.testing.assert_allclose(fitted.probabilities["rate"], rows["event"].mean())


def test_own_estimators_are_tried_on_few_rows_before_anything_long(rows):
    order = []
    known = {"rate": Constant(order), "mine": Constant(order)}
    fit_each(known, rows, rows, ["km"], {"mine"})
    # The trial comes before the first long fit: a typo must not cost an hour.
    assert order == [TRIAL_ROWS, len(rows), len(rows)]


def test_the_trial_has_the_events(rows):
    one = Constant()
    fit_each({"mine": one}, rows.head(300), rows, ["km"], {"mine"})
    assert one.seen == [300, 300]


def test_one_that_fails_only_on_all_rows_leaves_the_others(rows):
    fitted = fit_each({"mine": FailsLater(), "rate": Constant()}, rows, rows, ["km"], {"mine"})
    assert "MemoryError" in fitted.failed["mine"]
    assert list(fitted.probabilities) == ["rate"]


def test_built_in_ones_are_fitted_side_by_side_in_the_order_of_their_names(rows):
    barrier = threading.Barrier(2)
    known = {"b": Meets(barrier), "a": Meets(barrier)}
    fitted = fit_each(known, rows, rows, ["km"], threads=2)
    assert list(fitted.probabilities) == ["b", "a"]
