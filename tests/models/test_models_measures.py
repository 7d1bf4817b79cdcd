"""Measures against hand-computed tables, scikit-learn and brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    d2_brier_score,
    roc_auc_score,
)

from models.metrics.measures import auroc, average_precision, brier, information, ipa

MEASURES = [auroc, average_precision, brier, ipa]


@pytest.mark.parametrize(
    ("y", "p", "expected"),
    [
        ([0, 1], [0.1, 0.9], 1.0),
        ([1, 0], [0.1, 0.9], 0.0),
        ([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], 0.5),
        ([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75),
        ([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8], 0.875),
        ([0, 0], [0.1, 0.2], np.nan),
    ],
)
def test_auroc_by_hand(y, p, expected):
    np.testing.assert_equal(auroc(y, p), expected)


@pytest.mark.parametrize(
    ("y", "p", "expected"),
    [
        # flags in order: hit (P 1/1, R 1/2), miss, hit (P 2/3, R 1)
        ([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.5 * 1 + 0.5 * 2 / 3),
        ([1, 0, 0, 0], [0.3, 0.3, 0.3, 0.3], 0.25),
        ([0, 0], [0.1, 0.2], np.nan),
    ],
)
def test_average_precision_by_hand(y, p, expected):
    np.testing.assert_allclose(average_precision(y, p), expected)


def test_brier_and_ipa_by_hand():
    y, p = [1, 0, 0, 0], [0.7, 0.1, 0.2, 0.0]
    assert brier(y, p) == pytest.approx((0.09 + 0.01 + 0.04) / 4)
    assert ipa(y, p) == pytest.approx(1 - 0.14 / 0.75)
    assert np.isnan(ipa([0, 0], [0.1, 0.1]))


@pytest.fixture(scope="module")
def sample():
    rng = np.random.default_rng(0)
    p = np.round(rng.beta(1, 20, 3000), 3)  # rounding makes ties
    return (rng.random(3000) < p).astype(float), p, rng.integers(0, 4, 3000).astype(float)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (auroc, roc_auc_score),
        (average_precision, average_precision_score),
        (brier, brier_score_loss),
        (ipa, d2_brier_score),
    ],
)
def test_agrees_with_scikit_learn(ours, theirs, sample):
    y, p, weight = sample
    assert ours(y, p) == pytest.approx(theirs(y, p), abs=1e-12)
    assert ours(y, p, weight) == pytest.approx(theirs(y, p, sample_weight=weight), abs=1e-12)


def test_soft_auroc_by_brute_force():
    rng = np.random.default_rng(1)
    q, p = rng.random(40), np.round(rng.random(40), 1)
    higher = (p[:, None] > p) + 0.5 * (p[:, None] == p)
    pairs = q[:, None] * (1 - q)
    assert auroc(q, p) == pytest.approx((pairs * higher).sum() / pairs.sum())


def test_soft_auroc_is_the_mean_over_drawn_outcomes():
    rng = np.random.default_rng(2)
    q = rng.beta(1, 10, 2000)
    p = q * rng.uniform(0.5, 1.5, 2000)
    drawn = [auroc((rng.random(2000) < q).astype(float), p) for _ in range(200)]
    assert auroc(q, p) == pytest.approx(np.mean(drawn), abs=4 * np.std(drawn) / np.sqrt(200))


outcomes = hnp.arrays(np.int8, 30, elements=st.integers(0, 1)).filter(lambda y: 0 < y.sum() < 30)
scores = hnp.arrays(np.int64, 30, elements=st.integers(1, 99)).map(lambda s: s / 100)
counts = hnp.arrays(np.int64, 30, elements=st.integers(1, 3))


@given(outcomes, scores)
def test_auroc_ignores_monotone_transforms(y, p):
    assert auroc(y, p) == pytest.approx(auroc(y, np.log(p / (1 - p)) * 3 - 1))
    assert auroc(y, p) == pytest.approx(1 - auroc(1 - y, p))
    assert auroc(y, p) == pytest.approx(1 - auroc(y, -p))


@settings(max_examples=30)
@given(outcomes, scores, counts, st.randoms(use_true_random=False))
@pytest.mark.parametrize("measure", MEASURES)
def test_row_order_is_irrelevant_and_weights_are_repetitions(measure, y, p, count, random):
    order = random.sample(range(30), 30)
    value = measure(y, p, count)
    assert measure(y[order], p[order], count[order]) == pytest.approx(value)
    assert measure(np.repeat(y, count), np.repeat(p, count)) == pytest.approx(value)


def test_information_is_the_log_score_gained_over_the_rate():
    y, p = np.array([1.0, 0, 0, 0]), np.array([0.4, 0.2, 0.2, 0.2])
    by_hand = (np.log(0.4 / 0.25) + 3 * np.log(0.8 / 0.75)) / 4
    assert information(y, p) == pytest.approx(by_hand)
    assert information(y, np.full(4, 0.25)) == pytest.approx(0)
    # spread beyond what is true costs more than it gains; the order is the same
    wild = np.array([0.9, 0.01, 0.01, 0.01])
    true = np.array([0.31, 0.23, 0.23, 0.23])
    assert information(true, wild) < 0 < information(true, true)
    assert np.isnan(information([1, 1], [0.5, 0.5]))
