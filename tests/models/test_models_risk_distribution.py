"""Risk distributions, calibration over time and the smooth curve: counted by hand or by numpy."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from models.metrics.calibration_measures import SMOOTHER, calibration_errors, ici
from models.metrics.calibration_over_time import calibration_over_time
from models.metrics.risk_distribution import risk_histogram, risk_quantiles
from models.metrics.smooth_calibration import smooth_calibration
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=60)


def test_quantiles_of_each_class_are_those_of_its_rows(cohort):
    table = risk_quantiles(cohort.y, {"m": cohort.truth}, cohort.athletes, FEW)
    for row, kind in zip(table.itertuples(), (0, 1), strict=True):
        inside = cohort.truth[cohort.y == kind]
        assert row.rows == len(inside)
        assert row.mean == pytest.approx(inside.mean())
        assert row.mean_low < row.mean < row.mean_high
        assert row.q50 == pytest.approx(np.median(inside))
        assert row.q90 == pytest.approx(np.quantile(inside, 0.9))


def test_a_class_without_rows_is_empty_and_no_error(cohort):
    table = risk_quantiles(np.zeros(len(cohort.y)), {"m": cohort.truth}, cohort.athletes, FEW)
    assert table["rows"].tolist() == [len(cohort.y), 0]
    assert np.isnan(table["q50"].iloc[1])


def test_the_histogram_counts_every_row_once(cohort):
    base = cohort.y.mean()
    table = risk_histogram(cohort.y, cohort.truth, cohort.athletes, FEW, base)
    assert table.groupby("outcome")["share"].sum().to_numpy() == pytest.approx(1)
    injured = table[table["outcome"] == "injury"].reset_index(drop=True)
    middle = injured[1:-1]
    edges = [*middle["risk_from"], middle["risk_to"].iloc[-1]]
    counted = np.histogram(cohort.truth[cohort.y == 1], edges)[0] / cohort.y.sum()
    np.testing.assert_allclose(middle["share"], counted)
    assert np.isclose(injured["risk_from"], base).any()
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()


def test_months_are_counted_by_hand():
    dates = pd.Series(pd.to_datetime(["2024-01-07", "2024-01-14", "2024-02-04", "2024-02-11"] * 2))
    athletes = np.repeat(["a", "b"], 4)
    y = np.array([1, 0, 0, 0, 0, 0, 1, 1.0])
    p = np.array([0.2, 0.2, 0.1, 0.1, 0.3, 0.3, 0.2, 0.4])
    table = calibration_over_time(y, p, dates, athletes, FEW)
    assert table["period"].tolist() == list(pd.to_datetime(["2024-01-01", "2024-02-01"]))
    assert table["rows"].tolist() == [4, 4]
    assert table["events"].tolist() == [1, 2]
    assert table["forecast"].to_numpy() == pytest.approx([0.25, 0.2])
    assert table["observed"].to_numpy() == pytest.approx([0.25, 0.5])
    # Expected are 0.2 + 0.2 + 0.3 + 0.3 and 0.1 + 0.1 + 0.2 + 0.4.
    assert table["observed_expected"].to_numpy() == pytest.approx([1 / 1.0, 2 / 0.8])
    assert table["note"].str.contains("fewer than 10 events").all()
    quarter = calibration_over_time(y, p, dates, athletes, FEW, "Q")
    assert quarter["observed_expected"].to_numpy() == pytest.approx([3 / 1.8])


def test_the_smooth_curve_follows_a_known_bend_and_its_band_holds_it(new_cohort):
    cohort = new_cohort(athletes=300, seed=3)
    settings = IntervalSettings(replicates=80)
    odds = np.log(cohort.truth / (1 - cohort.truth))
    forecast = 1 / (1 + np.exp(-(0.4 + 1.5 * odds)))  # too extreme: the curve is a line in log-odds
    table = smooth_calibration(cohort.y, forecast, cohort.athletes, settings)
    assert (table["smoother"] == SMOOTHER).all()
    told = np.log(table["predicted"] / (1 - table["predicted"]))
    true = 1 / (1 + np.exp(-((told - 0.4) / 1.5)))
    inside = (table["low"] <= true) & (true <= table["high"])
    assert inside.mean() > 0.8
    assert ((table["low"] <= table["observed"]) & (table["observed"] <= table["high"])).all()
    assert not ((table["low"] <= table["predicted"]) & (table["predicted"] <= table["high"])).all()


def test_errors_of_one_fit_agree_with_a_lowess_of_statsmodels(new_cohort):
    """Austin & Steyerberg smooth by loess: another smoother, nearly the same ICI."""
    cohort = new_cohort(athletes=300, seed=4)
    forecast = cohort.truth**1.3
    order = np.argsort(forecast)
    curve = sm.nonparametric.lowess(
        cohort.y[order], forecast[order], frac=0.75, it=0, delta=0.002, return_sorted=False
    )
    mean, median, high = calibration_errors(cohort.y, forecast)
    assert mean == pytest.approx(ici(cohort.y, forecast))
    assert mean == pytest.approx(np.abs(curve - forecast[order]).mean(), abs=0.006)
    assert median <= high


def test_a_constant_forecast_has_one_point(cohort):
    table = smooth_calibration(cohort.y, np.full(len(cohort.y), 0.1), cohort.athletes, FEW)
    assert len(table) == 1
    assert table["observed"].iloc[0] == pytest.approx(cohort.y.mean())
