"""Sizes of a validation: Riley's published example, statsmodels' errors, and simulation."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit

from models.metrics.intervals import replicate
from models.metrics.measures import auroc, brier
from models.metrics.validation_size import (
    auroc_width,
    needed_for_auroc,
    needed_for_observed_expected,
    needed_for_slope,
    observed_expected_width,
    power,
    power_table,
    slope_width,
    validation_size,
)
from models.numeric.weighted_logistic import logit
from models.settings.evaluation import IntervalSettings


def test_the_example_of_riley_2021():
    """Prevalence 0.018, c = 0.8: 4,252 rows for a width of 0.1; O/E 905 for a width of 1."""
    assert needed_for_auroc(0.018, 0.8, 0.1) == 4252
    assert needed_for_observed_expected(0.018, 1.0) == pytest.approx(905, abs=1)


def test_the_slopes_error_is_that_of_a_logistic_regression():
    rng = np.random.default_rng(0)
    log_odds = rng.normal(-2, 1, 4000)
    p = expit(log_odds) + rng.choice([-1e-6, 1e-6], 4000)  # exact, statsmodels takes for separation
    fit = sm.GLM(p, sm.add_constant(log_odds), family=sm.families.Binomial())
    fit = fit.fit(start_params=[0.1, 0.9], scale=1.0)
    assert slope_width(4000, log_odds) == pytest.approx(2 * 1.95996 * fit.bse[1], rel=1e-4)


def test_the_errors_of_o_e_and_c_are_those_of_simulated_samples():
    rng = np.random.default_rng(1)
    over, area = [], []
    # 600 samples know a standard deviation to 3 %, hence the tolerances of 10 and 15 %.
    for _ in range(600):
        p = expit(rng.normal(-2.5, 1, 1500))
        y = rng.random(1500) < p
        over.append(np.log(y.sum() / (1500 * 0.1105)))
        area.append(auroc(y, p))
    prevalence, c = 0.1105, float(np.mean(area))
    width = observed_expected_width(1500, prevalence)
    assert 2 * np.sinh(1.96 * np.std(over)) == pytest.approx(width, rel=0.1)
    assert 3.92 * np.std(area) == pytest.approx(auroc_width(1500, prevalence, c), rel=0.15)


@pytest.mark.parametrize("width", [0.05, 0.1, 0.4])
def test_needed_rows_reach_the_width_and_no_fewer_do(width):
    rows = needed_for_auroc(0.03, 0.7, width)
    assert auroc_width(rows, 0.03, 0.7) <= width < auroc_width(rows - 1, 0.03, 0.7)
    rows = needed_for_observed_expected(0.03, width)
    assert observed_expected_width(rows, 0.03) <= width < observed_expected_width(rows - 1, 0.03)
    log_odds = np.random.default_rng(2).normal(-3, 1, 500)
    rows = needed_for_slope(log_odds, width)
    assert slope_width(rows, log_odds) <= width < slope_width(rows - 1, log_odds)


def test_the_table_says_what_is_missing():
    found = pd.DataFrame(
        {
            "metric": ["auroc", "calibration_slope", "observed_expected", "brier"],
            "value": [0.7, 1.0, 1.0, 0.02],
            "low": [0.6, 0.7, 0.8, 0.01],
            "high": [0.8, 1.3, 1.2, 0.03],
        }
    )
    log_odds = np.random.default_rng(3).normal(-3.5, 1, 4000)
    # 160 events of 4,000 rows are a prevalence of 0.04.
    table = validation_size(found, log_odds, 160).set_index("measure")
    assert table["needed_rows"]["auroc"] == needed_for_auroc(0.04, 0.7, 0.1)
    assert table["found_width"]["auroc"] == pytest.approx(0.2)
    # Rows of one athlete are alike: the width found, 0.8 - 0.6, against that of independent rows.
    effect = (0.2 / auroc_width(4000, 0.04, 0.7)) ** 2
    assert table["design_effect"]["auroc"] == pytest.approx(effect)
    assert table["needed_rows_athletes"]["auroc"] >= table["needed_rows"]["auroc"]
    assert not table["enough"]["auroc"]
    assert (table["needed_events"] == np.ceil(table["needed_rows"] * 0.04)).all()


def test_a_constant_forecast_needs_no_finite_sample_for_its_slope():
    assert np.isnan(needed_for_slope(np.full(10, -3.0), 0.4))


def test_power_is_that_of_the_normal_test():
    # 1.95996 of the two-sided 5 % and 0.84162 of 80 %.
    assert power(2.8015, 1.0) == pytest.approx(0.8, abs=1e-3)
    assert power(-2.8015, 1.0) == pytest.approx(0.8, abs=1e-3)
    assert np.isnan(power(0.1, 0.0))


def test_power_of_a_paired_difference(cohort):
    measures = {"auroc": (auroc, "drawn"), "brier": (brier, "drawn")}
    noise = np.random.default_rng(0).normal(size=len(cohort.y))
    models = {"a": cohort.truth, "b": expit(logit(cohort.truth) + 0.8 * noise)}
    settings = IntervalSettings(replicates=100)
    found = replicate({"drawn": cohort.y}, models, measures, cohort.athletes, settings)
    (row,) = power_table(found, "a").to_dict("records")
    draws = found.draws[:, 0, 0] - found.draws[:, 1, 0]
    assert row["against"] == "b"
    assert row["standard_error"] == pytest.approx(draws.std(ddof=1))
    assert row["difference"] == pytest.approx(
        auroc(cohort.y, models["a"]) - auroc(cohort.y, models["b"])
    )
    assert power(row["detectable"], row["standard_error"]) == pytest.approx(0.8)
