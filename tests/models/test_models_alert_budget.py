"""Alert budgets counted by hand; ties flag nobody by the order of rows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.metrics.alert_budget import alert_budget, flag_shares, tie_places
from models.settings.evaluation import IntervalSettings

SUNDAYS = pd.to_datetime(["2024-03-03", "2024-03-10"])
# Two teams, two weeks; three injuries, on the 2nd, 5th and 7th day.
ROWS = pd.DataFrame(
    {
        "athlete": ["a", "b", "c", "d", "a", "b", "c", "d"],
        "team": ["x", "x", "x", "y", "x", "x", "x", "y"],
        "date": SUNDAYS.repeat(4),
        "event": [1.0, 0, 0, 0, 0, 1, 0, 1],
        "onset_date": pd.to_datetime(
            ["2024-03-05", None, None, None, None, "2024-03-15", None, "2024-03-17"]
        ),
    }
)
P = np.array([0.3, 0.2, 0.1, 0.1, 0.3, 0.2, 0.1, 0.1])


def test_one_flag_a_week_counted_by_hand():
    found = alert_budget(ROWS, {"m": P}, IntervalSettings(replicates=20), (1, 2)).set_index(
        "flags_per_team_week"
    )
    # flagged: a, d, a, d; right: a in the first week (2 days) and d in the second (7 days)
    one = found.loc[1]
    assert one["precision"] == pytest.approx(2 / 4)
    assert one["recall"] == pytest.approx(2 / 3)
    assert one["lead_days"] == pytest.approx((2 + 7) / 2)
    assert one["false_alarms_per_season"] == pytest.approx(52 * 2 / 8)
    assert one["flagged"] == pytest.approx(4 / 8)
    # two: b as well, who is right once (5 days)
    two = found.loc[2]
    assert two["precision"] == pytest.approx(3 / 6)
    assert two["recall"] == pytest.approx(1)
    assert two["lead_days"] == pytest.approx((2 + 7 + 5) / 3)


def test_a_constant_forecast_flags_at_the_base_rate():
    found = alert_budget(ROWS, {"m": np.full(8, 0.1)}, IntervalSettings(replicates=20), (1,))
    # a third of each of team x, and all of y
    assert found["precision"].iloc[0] == pytest.approx((2 / 3 + 1) / 4)


def test_flags_do_not_depend_on_the_order_of_rows_and_intervals_hold_the_value(cohort):
    rows = cohort.rows.assign(
        team=np.where(cohort.rows["athlete"] < "a060", "x", "y"),
        event=cohort.y,
        onset_date=cohort.rows["date"] + pd.to_timedelta(np.where(cohort.y > 0, 3, np.nan), "D"),
    )
    rounded = np.round(cohort.truth, 1)  # many ties
    settings = IntervalSettings(replicates=100)
    found = alert_budget(rows, {"m": rounded}, settings)
    order = np.random.default_rng(0).permutation(len(rows))
    again = alert_budget(rows.iloc[order].reset_index(drop=True), {"m": rounded[order]}, settings)
    pd.testing.assert_frame_equal(found, again)
    for name in ("precision", "recall", "false_alarms_per_season"):
        assert (found[f"{name}_low"] < found[name]).all()
        assert (found[name] < found[f"{name}_high"]).all()
    assert found["lead_days"].to_numpy() == pytest.approx(3)
    assert found["recall"].is_monotonic_increasing
    assert found["precision"].iloc[0] > cohort.y.mean()


@given(
    arrays(float, st.integers(1, 30), elements=st.sampled_from([0.1, 0.2, 0.3])), st.integers(1, 12)
)
def test_every_team_spends_its_budget_and_no_more(p, budget):
    group = np.arange(len(p)) % 3
    share = flag_shares(*tie_places(p, group), budget)
    assert ((share >= 0) & (share <= 1)).all()
    for one in np.unique(group):
        inside = group == one
        assert share[inside].sum() == pytest.approx(min(budget, inside.sum()))
        order = np.argsort(p[inside], kind="stable")
        assert (np.diff(share[inside][order]) >= -1e-12).all()
