"""The evidence model: forecasts by hand, sums, directions, ranges and learning."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.evidence.columns import Columns
from models.evidence.figures import packaged
from models.evidence.model import EvidenceModel
from models.evidence.terms import KNEE_TERMS, TERMS, spike_log_ratio, time_since_return

FEATURES = [
    "level_code", "hours_7d", "hours_28d", "usual_hours_week", "injuries_on_record",
    "weeks_at_risk_on_record", "hours_week_on_record", "longest_run_spike", "days_since_return",
    "injuries_12m", "sleep_quality_own", "sleep_quality_7d", "pain_max_7d", "knee_extension_n_kg",
    "lab_peak_hip_adduction_deg", "cadence_28d_spm", "shoes_in_rotation_28d", "body_mass_index",
    "sex_code", "knee_pain_max_7d", "knee_injuries_12m", "years_running",
]  # fmt: skip
WEEK = 7


def rows(*given_rows):
    return pd.DataFrame([{name: one.get(name, np.nan) for name in FEATURES} for one in given_rows])


def chance(outcome="any", **values):
    return float(EvidenceModel.published(outcome).predict_proba(rows(values))[0, 1])


def test_nothing_known_is_the_published_rate_of_a_recreational_runner():
    # 7.7 per 1,000 h x 2.5 h a week
    assert chance() == pytest.approx(-np.expm1(-0.0077 * 2.5))


def test_hours_enter_with_their_exponent():
    # 10.25 against 2.5 hours (0.25 is added to every one of the three), exponent 0.5
    hours = {"hours_7d": 10.0, "hours_28d": 40.0, "usual_hours_week": 10.0}
    hazard = 0.0077 * 2.5 * (10.25 / 2.5) ** 0.5
    assert chance(**hours) == pytest.approx(-np.expm1(-hazard))


def test_unknown_hours_leave_their_weight_to_the_others():
    assert chance(hours_7d=10.0) == pytest.approx(chance(usual_hours_week=10.0))


def test_a_novice_has_more_injuries_an_hour_and_an_elite_runner_fewer():
    hazard = -np.log1p(-chance(level_code=0.0))
    assert hazard == pytest.approx(0.0178 * 1.5)
    per_hour = [chance(level_code=code, hours_28d=16.0, hours_7d=4.0) for code in (0.0, 1.0, 3.0)]
    assert per_hour == sorted(per_hour, reverse=True)


def test_own_injuries_are_counted_against_those_expected():
    # k = 1 / 0.7^2; expected in 104 weeks of the level's hours: 104 x 0.0077 x 2.5
    record = {"weeks_at_risk_on_record": 104.0, "hours_week_on_record": 2.25}
    weight, expected = 1 / 0.49, 104 * 0.0077 * 2.5
    ratio = (5 + weight) / (expected + weight)
    found = -np.log1p(-chance(injuries_on_record=5.0, **record))
    assert found == pytest.approx(0.0077 * 2.5 * ratio)
    assert (
        chance(injuries_on_record=0.0, **record)
        < chance()
        < chance(injuries_on_record=5.0, **record)
    )


def test_a_record_is_held_against_what_a_runner_of_the_same_strength_would_have_had():
    # One N/kg below the centre of 4.5 is 1 / 0.9 of a unit; it lasts, so that more was expected.
    record = {"weeks_at_risk_on_record": 104.0, "hours_week_on_record": 2.25}
    effect = EvidenceModel.published().hazard
    b = effect.mean[effect.names.index("knee_extension")]
    weaker = np.exp(b / 0.9)
    weight, usual = 1 / 0.49, 0.0077 * 2.5
    hazard = usual * weaker * (1 + weight) / (104 * usual * weaker + weight)
    found = chance(injuries_on_record=1.0, knee_extension_n_kg=3.5, **record)
    assert found == pytest.approx(-np.expm1(-hazard))


def test_a_long_record_leaves_less_to_strength_and_all_to_the_week():
    def rise(record, **values):
        return np.log(chance(**record, **values) / chance(**record))

    long = {"weeks_at_risk_on_record": 500.0, "injuries_on_record": 10.0}
    assert 0 < rise(long, knee_extension_n_kg=3.5) < rise({}, knee_extension_n_kg=3.5) / 2
    spike = {"longest_run_spike": 2.5}
    assert rise(long, **spike) == pytest.approx(rise({}, **spike), rel=0.02)


def test_what_is_unknown_opens_less_where_a_record_tells_of_it():
    model, long = EvidenceModel.published(), {"weeks_at_risk_on_record": 500.0}
    table = rows({}, {}, *2 * [long | {"injuries_on_record": 10.0}])
    table.loc[[1, 3], "body_mass_index"] = 23.0
    unknown, known, told, both = model.standard_error(table) ** 2
    assert told - both < (unknown - known) / 4


def test_whose_injuries_nobody_wrote_down_has_the_rate_of_everybody():
    assert chance(weeks_at_risk_on_record=300.0) == pytest.approx(chance())


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"longest_run_spike": 2.5}, {"longest_run_spike": 1.0}),
        ({"sleep_quality_own": 0.3}, {"sleep_quality_own": 0.9}),
        ({"pain_max_7d": 6.0}, {"pain_max_7d": 0.0}),
        ({"knee_extension_n_kg": 3.0}, {"knee_extension_n_kg": 6.0}),
        ({"lab_peak_hip_adduction_deg": 20.0}, {"lab_peak_hip_adduction_deg": 8.0}),
        ({"shoes_in_rotation_28d": 1.0}, {"shoes_in_rotation_28d": 3.0}),
        (
            {"days_since_return": 5.0, "injuries_12m": 1.0},
            {"days_since_return": 360.0, "injuries_12m": 1.0},
        ),
    ],
)
@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_published_directions(outcome, worse, better):
    assert chance(outcome, **worse) > chance(outcome, **better)


def test_the_knee_is_a_share_of_all_injuries():
    share = packaged().knee_share.value
    assert -np.log1p(-chance("knee")) == pytest.approx(-np.log1p(-chance()) * share)


def test_unknown_is_neither_the_best_nor_the_worst_value():
    between = chance("knee")
    assert chance("knee", knee_extension_n_kg=7.0) < between
    assert chance("knee", knee_extension_n_kg=2.0) > between


values = st.fixed_dictionaries(
    {},
    optional={
        "level_code": st.sampled_from([0.0, 1.0, 2.0, 3.0]),
        "hours_7d": st.floats(0, 40),
        "hours_28d": st.floats(0, 160),
        "usual_hours_week": st.floats(0, 40),
        "injuries_on_record": st.integers(0, 30).map(float),
        "weeks_at_risk_on_record": st.floats(1, 500),
        "longest_run_spike": st.floats(0, 50),
        "days_since_return": st.floats(0, 5000),
        "injuries_12m": st.integers(0, 9).map(float),
        "sleep_quality_7d": st.floats(0, 1),
        "pain_max_7d": st.floats(0, 10),
        "knee_pain_max_7d": st.floats(0, 10),
        "knee_extension_n_kg": st.floats(0, 30),
        "cadence_28d_spm": st.floats(120, 240),
        "sex_code": st.sampled_from([0.0, 0.5, 1.0]),
    },
)


@given(
    given_rows=st.lists(values, min_size=1, max_size=5), outcome=st.sampled_from(["any", "knee"])
)
@settings(max_examples=40, deadline=None)
def test_contributions_add_up_and_ranges_hold_the_forecast(given_rows, outcome):
    model, table = EvidenceModel.published(outcome), rows(*given_rows)
    base = np.log(np.expm1(np.exp(model.reference_log_hazard)))
    total = base + model.contributions(table).sum(axis=1).to_numpy()
    assert np.allclose(total, model.log_odds(table), atol=1e-9)
    p = model.predict_proba(table)[:, 1]
    low, high = model.range_(table)
    assert (low < p).all()
    assert (p < high).all()
    assert (high < 1).all()


def test_what_the_rows_do_not_hold_is_not_told():
    told = EvidenceModel.published().contributions(rows({}).drop(columns="pain_max_7d"))
    assert "pain_max_7d" not in told.columns
    assert "complaints_7d" not in told.columns


def test_less_known_is_a_wider_range():
    model = EvidenceModel.published()
    both = model.standard_error(rows({"body_mass_index": 23.0}, {}))
    assert both[0] < both[1]


def test_a_usual_week_has_no_spike_and_the_hours_of_the_half_year():
    model = EvidenceModel.published()
    week = {"usual_hours_week": 4.0, "hours_7d": 12.0, "hours_28d": 30.0, "longest_run_spike": 3.0}
    calm = {"usual_hours_week": 4.0, "hours_7d": 4.0, "hours_28d": 16.0}
    assert model.usual_log_odds(rows(week)) == pytest.approx(model.log_odds(rows(calm)))
    assert model.log_odds(rows(week)) > model.usual_log_odds(rows(week))


def test_time_since_return_tells_never_injured_from_not_known():
    table = rows({"injuries_12m": 0.0}, {}, {"days_since_return": 365 / 2, "injuries_12m": 1.0})
    found = time_since_return(Columns(table))
    assert found[0] == 0
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(0.5)


def test_a_rise_of_exactly_ten_percent_is_reference_also_as_float32():
    ratios = np.array([1.1], dtype=np.float32).astype(np.float64)
    assert ratios[0] > 1.1
    assert spike_log_ratio(ratios)[0] == 0


def test_no_term_is_named_twice():
    for terms in (TERMS, KNEE_TERMS):
        assert len({term.name for term in terms}) == len(terms)


def test_an_outcome_without_published_figures_is_refused():
    with pytest.raises(ValueError, match="no published incidence"):
        EvidenceModel.published("calf")
