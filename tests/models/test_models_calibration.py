"""Calibration measures against statsmodels, patsy's natural splines and exact cases."""

import numpy as np
import patsy
import pytest
import statsmodels.api as sm
from scipy.special import expit

from models.metrics.calibration_measures import (
    calibration_errors,
    calibration_intercept,
    calibration_slope,
    ici,
    observed_expected,
    smoothed,
)
from models.numeric.weighted_logistic import fit_logistic, logit

MEASURES = [observed_expected, calibration_intercept, calibration_slope, ici]


@pytest.fixture(scope="module")
def sample():
    rng = np.random.default_rng(0)
    p = rng.beta(1.5, 30, 4000)
    truth = expit(0.3 + 0.7 * logit(p))
    y = (rng.random(4000) < truth).astype(float)
    bent = expit(logit(truth) + 0.3 * np.sin(3 * logit(p)))  # off the line, or statsmodels warns
    return {
        "p": p,
        "y": y,
        "truth": truth,
        "bent": bent,
        "weight": rng.integers(0, 4, 4000).astype(float),
    }


def glm(y, design, weight, offset=None):
    family = sm.families.Binomial()
    kept = weight > 0  # statsmodels refuses weights of zero
    return sm.GLM(
        y[kept],
        design[kept],
        family=family,
        freq_weights=weight[kept],
        offset=None if offset is None else offset[kept],
    ).fit()


@pytest.mark.parametrize("label", ["y", "bent"])
def test_intercept_and_slope_agree_with_statsmodels(sample, label):
    y, p, weight = sample[label], sample["p"], sample["weight"]
    ones = np.ones((len(y), 1))
    intercept = glm(y, ones, weight, logit(p)).params[0]
    slope = glm(y, np.column_stack([ones[:, 0], logit(p)]), weight).params[1]
    assert calibration_intercept(y, p, weight) == pytest.approx(intercept, abs=1e-7)
    assert calibration_slope(y, p, weight) == pytest.approx(slope, abs=1e-7)


def test_slope_against_the_truth_is_exact(sample):
    assert calibration_slope(sample["truth"], sample["p"]) == pytest.approx(0.7, abs=1e-9)


def test_smoother_agrees_with_a_natural_spline_of_patsy(sample):
    order = np.argsort(sample["p"])
    y, p = sample["y"][order], sample["p"][order]
    x = logit(p)
    at = [x[int(np.ceil(share * len(x))) - 1] for share in (0.05, 0.35, 0.65, 0.95)]
    basis = patsy.dmatrix(
        "cr(x, knots=inner, lower_bound=low, upper_bound=high) - 1",
        {"x": x, "inner": at[1:3], "low": at[0], "high": at[3]},
    )
    # patsy extrapolates linearly outside its bounds, as a restricted cubic spline does
    expected = glm(y, np.asarray(basis), np.ones(len(y))).fittedvalues
    np.testing.assert_allclose(smoothed(y, p, np.ones(len(y))), expected, atol=1e-7)


def test_ici_in_exact_cases():
    p = np.linspace(0.01, 0.2, 500)
    assert ici(p, p) == pytest.approx(0, abs=1e-9)
    shifted = expit(logit(p) + 0.5)
    assert ici(shifted, p) == pytest.approx(np.mean(shifted - p), abs=1e-9)
    assert calibration_errors(shifted, p)[1] == pytest.approx(np.median(shifted - p), abs=1e-3)


def test_few_values_are_compared_group_by_group():
    p = np.array([0.1] * 10 + [0.4] * 10)
    y = np.array([1] * 2 + [0] * 8 + [1] * 3 + [0] * 7)
    assert ici(y, p) == pytest.approx((0.1 + 0.1) / 2)
    assert calibration_errors(y, p)[2] == pytest.approx(0.1)


def test_the_ninth_tenth_of_the_distances_is_not_the_largest():
    forecasts, rates, sizes = (0.1, 0.2, 0.3, 0.4), (0.1, 0.3, 0.5, 0.7), (30, 30, 30, 10)
    p = np.repeat(forecasts, sizes)
    y = np.concatenate(
        [np.arange(n) < round(rate * n) for rate, n in zip(rates, sizes, strict=True)]
    ).astype(float)
    # Distances 0, 0.1, 0.2, 0.3 in 30, 30, 30, 10 rows: half end at 0.1, nine tenths at 0.2.
    assert calibration_errors(y, p) == pytest.approx(((3 + 6 + 3) / 100, 0.1, 0.2))


def test_constant_forecast():
    y, p = np.array([1, 0, 0, 0]), np.full(4, 0.1)
    assert np.isnan(calibration_slope(y, p))
    assert ici(y, p) == pytest.approx(0.15)
    assert observed_expected(y, p) == pytest.approx(2.5)
    assert calibration_intercept(y, p) == pytest.approx(logit(0.25) - logit(0.1))


@pytest.mark.parametrize("measure", MEASURES)
def test_row_order_is_irrelevant_and_weights_are_repetitions(measure, sample):
    y, p, weight = sample["y"], sample["p"], sample["weight"]
    value = measure(y, p, weight)
    order = np.random.default_rng(1).permutation(len(y))
    assert measure(y[order], p[order], weight[order]) == pytest.approx(value, abs=1e-9)
    count = weight.astype(int)
    assert measure(np.repeat(y, count), np.repeat(p, count)) == pytest.approx(value, abs=1e-9)


def test_a_separated_sample_has_no_slope_and_no_warning():
    x = np.linspace(-1, 1, 20)
    y = (x > 0).astype(float)
    assert np.isnan(fit_logistic(np.stack([np.ones(20), x]), y, np.ones(20))).all()
    assert np.isnan(calibration_slope(y, expit(x)))


def test_one_class_has_no_intercept():
    assert np.isnan(calibration_intercept(np.zeros(5), np.full(5, 0.1)))
