"""WHO and WHEN: by hand, and on forecasts whose slopes are known."""

import numpy as np
import pandas as pd
import pytest

from models.evaluation.when_figures import among_metrics, when_table
from models.metrics.who_when import MEASURES, who_when
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=20)


def figures(y, p, athletes, dates):
    return who_when(y, p, athletes, dates, FEW).set_index("measure")


def cohort(who, when, athletes=300, weeks=40):
    """True probabilities, and forecasts whose between and within parts are stretched."""
    rng = np.random.default_rng(5)
    own = np.repeat(rng.normal(-3, 0.7, athletes), weeks)
    week = rng.normal(0, 0.6, athletes * weeks)
    truth = 1 / (1 + np.exp(-(own + week)))
    # Stretched by 1 / slope, so that the slope to be found is the one put in.
    told = -3 + (own + 3) / who + week / when
    name = np.repeat(np.arange(athletes), weeks)
    return truth, 1 / (1 + np.exp(-told)), name, np.tile(np.arange(weeks), athletes)


def test_the_concordance_of_one_athlete_by_hand():
    """Of the weeks after the first: 0.4, 0.2, 0.3 with an event in the first; one pair of two."""
    p = np.array([0.1, 0.3, 0.2, 0.4])
    found = figures([0, 1, 0, 0], p, list("aaaa"), [0, 1, 2, 3])
    assert found.loc["concordance_within", "value"] == pytest.approx(0.5)


def test_pairs_of_two_athletes_do_not_count():
    y, p = [0, 1, 0, 0, 0, 0], np.array([0.1, 0.3, 0.2, 0.5, 0.6, 0.9])
    found = figures(y, p, list("aaabbb"), [0, 1, 2, 0, 1, 2])
    assert found.loc["concordance_within", "value"] == 1


@pytest.mark.parametrize(("who", "when"), [(1.0, 1.0), (1.0, 0.5), (0.7, 1.0)])
def test_the_slopes_are_those_that_were_put_in(who, when):
    found = figures(*cohort(who, when))
    assert found.loc["when_slope", "value"] == pytest.approx(when, abs=0.06)
    # The own past mean is itself a forecast of the week with error: a little attenuated.
    assert found.loc["who_slope", "value"] == pytest.approx(who, abs=0.12)
    assert found.loc["when_spread", "value"] == pytest.approx(0.6 / when, rel=0.1)


def test_the_order_of_the_rows_does_not_matter():
    y, p, who, when = cohort(1.0, 1.0, athletes=20)
    order = np.random.default_rng(0).permutation(len(y))
    one, other = (figures(y, p, who, when), figures(y[order], p[order], who[order], when[order]))
    pd.testing.assert_frame_equal(one, other)


def test_a_constant_forecast_has_no_slopes():
    found = figures([0, 1, 0, 1], np.full(4, 0.2), list("aabb"), [0, 1, 0, 1])
    assert found["value"][["who_slope", "when_slope"]].isna().all()
    nothing = figures([0, 1], np.array([0.1, 0.2]), ["a", "b"], [0, 0])
    assert nothing["value"].isna().all()
    assert tuple(nothing.index) == MEASURES


def test_the_figures_stand_among_the_metrics_of_the_model_and_the_oracle():
    truth, p, who, when = cohort(1.0, 1.0, athletes=15)
    event = (np.random.default_rng(1).random(len(truth)) < truth).astype(float)
    rows = pd.DataFrame({"athlete": who, "date": when, "event": event})
    table = when_table(rows, {"risk": p, "oracle": truth, "other": p}, "risk", truth, FEW)
    assert set(table["model"]) == {"risk", "oracle"}
    metrics = among_metrics({"risk": {"auroc": {"value": 0.7, "low": None, "high": None}}}, table)
    assert {"auroc", "when_slope", "when_slope_true"} <= set(metrics["risk"])
    assert metrics["oracle"]["concordance_within_true"]["value"] > 0.5
    real = when_table(rows, {"risk": p}, "risk", None, FEW)
    assert set(real["label"]) == {"drawn"}
