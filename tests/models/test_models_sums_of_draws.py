"""Measures added up by athlete are those of the rows of each draw."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.metrics.intervals import replicate
from models.metrics.measures import brier
from models.metrics.sums_of_draws import ON_DRAWS
from models.settings.evaluation import IntervalSettings

PROBABILITY = st.just(0.0) | st.floats(1e-300, 1.0)
"""0 or a normal number: the ratio of an event to less is above the greatest float."""
ROW = st.tuples(st.sampled_from([0.0, 0.25, 1.0]), PROBABILITY, st.integers(0, 2))
DRAW = st.lists(st.integers(0, 2), min_size=3, max_size=3).filter(any)


@pytest.mark.parametrize("measure", ON_DRAWS, ids=lambda one: one.__name__)
@settings(max_examples=40, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=12), draws=st.lists(DRAW, min_size=1, max_size=4))
def test_each_measure_is_that_of_the_drawn_rows(measure, rows, draws):
    """Whatever is drawn: events or none, one row or many, forecasts of 0 and 1."""
    y, p, who = (np.array(column) for column in zip(*sorted(rows, key=lambda r: r[1]), strict=True))
    # A draw of nobody cannot be measured.
    counts = np.array([draw for draw in draws if np.array(draw)[who].any()], dtype=float)
    counts = counts.reshape(-1, 3)
    # Forecasts of 0 and draws without an event have no finite measure.
    with np.errstate(divide="ignore", invalid="ignore"):
        found = ON_DRAWS[measure](y, p, who, counts)
        drawn = [(count[who], count[who] > 0) for count in counts]
        expected = [measure(y[rows], p[rows], weight[rows]) for weight, rows in drawn]
    expected = np.array(expected).reshape(found.shape)
    defined = np.isfinite(expected)
    np.testing.assert_array_equal(np.isfinite(found), defined)
    np.testing.assert_allclose(found[defined], expected[defined], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("measure", ON_DRAWS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("distinct", [3, 40, 100_000])
def test_each_measure_is_that_of_the_drawn_rows_where_many_are(measure, distinct):
    """Curves on splines, few values, many ties: with enough rows that everything is fitted."""
    rng = np.random.default_rng(distinct)
    p = np.sort(rng.integers(1, distinct + 1, 600) / (distinct + 2))
    who = rng.integers(0, 30, 600)
    counts = rng.multinomial(30, np.full(30, 1 / 30), size=12).astype(float)
    for y in ((rng.random(600) < p).astype(float), np.clip(p + rng.normal(0, 0.1, 600), 0, 1)):
        drawn = [(count[who], count[who] > 0) for count in counts]
        expected = [measure(y[rows], p[rows], weight[rows]) for weight, rows in drawn]
        assert np.isfinite(expected).all()
        np.testing.assert_allclose(ON_DRAWS[measure](y, p, who, counts), expected, rtol=1e-11)


def test_a_measure_of_ones_own_is_taken_draw_by_draw_and_gives_the_same():
    """What the table does not know is measured on the rows of each draw, in the same columns."""
    rng = np.random.default_rng(2)
    y, p, who = rng.integers(0, 2, 80).astype(float), rng.random(80), rng.integers(0, 9, 80)

    def own(event, probability, weight):
        return brier(event, probability, weight)

    measures = {"first": (own, "drawn"), "brier": (brier, "drawn"), "last": (own, "drawn")}
    found = replicate({"drawn": y}, {"m": p}, measures, who, IntervalSettings(replicates=20))
    assert list(found.values.columns) == ["first", "brier", "last"]
    np.testing.assert_array_equal(found.draws[:, :, 0], found.draws[:, :, 2])
    np.testing.assert_allclose(found.draws[:, :, 1], found.draws[:, :, 0], rtol=1e-12)
