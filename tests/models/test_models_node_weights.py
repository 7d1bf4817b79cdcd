"""Sums at nodes are those over the rows, and lines fitted there those of the rows."""

import numpy as np
import pytest
from scipy.special import expit

from models.metrics import calibration_draws
from models.metrics.calibration_draws import drawn_intercepts, drawn_slopes
from models.numeric.node_weights import STEEPEST, node_weights
from models.numeric.quantile_kernel import weighted_quantiles


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(3)
    x = np.sort(rng.normal(-3.5, 1.2, 3000))
    x[100:400] = x[100]  # a tie, and values on the edge of an interval and on a node
    x = np.sort(np.append(x, [-3.0, -4.0, -3.5]))
    return x, rng.integers(0, 40, len(x)), rng


@pytest.mark.parametrize("slope", [0.0, 1.0, -1.5, STEEPEST])
def test_smooth_sums_by_athlete_are_those_of_the_rows(rows, slope):
    x, codes, _ = rows
    nodes, weights = node_weights(x, codes, 40)
    assert len(nodes) < len(x) / 2
    for function in (lambda v: expit(0.7 + slope * v), lambda v: v * expit(slope * v) ** 2):
        expected = np.bincount(codes, function(x), 40)
        np.testing.assert_allclose(weights @ function(nodes), expected, rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("highest", [-1e-17, 1.9999999999999987])
def test_a_value_just_below_a_whole_number_stays_in_the_last_interval(highest):
    """Its distance from the lowest one rounds up; 2 - 1e-15 is the log-odds of expit(2)."""
    x = np.append(np.linspace(-27.5, highest - 0.5, 2000), highest)
    nodes, weights = node_weights(x, np.zeros(len(x), np.int64), 1)
    assert weights.sum() == pytest.approx(len(x), rel=1e-12)
    np.testing.assert_allclose(weights[0] @ np.exp(nodes), np.exp(x).sum(), rtol=1e-12)


def test_few_rows_need_no_nodes(rows):
    x, codes, _ = rows
    assert node_weights(x[::100], codes[::100], 40) is None
    assert node_weights(x[:0], codes[:0], 40) is None


@pytest.mark.parametrize("stretch", [1.0, 0.5, 3.0])
@pytest.mark.parametrize("fraction", [False, True])
def test_lines_at_nodes_are_those_of_the_rows(rows, stretch, fraction, monkeypatch):
    """Also where forecasts are so timid that the slope is beyond what nodes are dense enough for.

    A draw of athletes without an event has no line either way.
    """
    x, codes, rng = rows
    truth = np.where(codes < 4, 0.0, expit(x))
    y = truth if fraction else (rng.random(len(x)) < truth).astype(float)
    p = expit(x / stretch)
    counts = rng.multinomial(40, np.full(40, 1 / 40), size=30).astype(float)
    counts[0] = np.where(np.arange(40) < 4, 10.0, 0.0)
    at_nodes = [of(y, p, codes, counts) for of in (drawn_intercepts, drawn_slopes)]
    monkeypatch.setattr(calibration_draws, "node_weights", lambda *_: None)
    of_rows = [of(y, p, codes, counts) for of in (drawn_intercepts, drawn_slopes)]
    assert np.isnan(of_rows[1][0])
    assert np.isfinite(of_rows[1][1:]).all()
    for nodes, expected in zip(at_nodes, of_rows, strict=True):
        np.testing.assert_allclose(nodes, expected, rtol=1e-11, atol=1e-11)
    assert (of_rows[1][1:] > STEEPEST).all() == (stretch > STEEPEST)


def test_two_quantiles_are_those_of_repeated_values():
    rng = np.random.default_rng(0)
    for size in (1, 2, 7, 300):
        values, weights = rng.integers(0, 40, size) / 8, rng.integers(1, 4, size).astype(float)
        repeated = np.sort(np.repeat(values, weights.astype(int)))
        out, targets = np.empty(2), np.array([0.5, 0.9]) * len(repeated)
        weighted_quantiles(values, weights, targets, out)
        np.testing.assert_array_equal(out, repeated[np.ceil(targets).astype(int) - 1])
