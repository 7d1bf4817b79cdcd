import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import StridecastError
from forecasting.evidence.figures import PACKAGED, load_evidence
from forecasting.evidence.index import FACTORS, EvidenceIndex

NOT_INJURED = 1 / 1.46  # 46 % exposed at hazard ratio 2: the average multiplier is 1.46


def row(**values):
    return pd.DataFrame([{name: values.get(name, np.nan) for name in FACTORS}])


def injury(rows, outcome="any"):
    return EvidenceIndex(outcome).predict_proba(rows)[:, 1]


def logit(p):
    return np.log(p) - np.log1p(-p)


@pytest.mark.parametrize(
    ("values", "hazard"),
    [
        # incidence per hour x hours of the week x hazard ratios, by hand
        ({}, 0.0077 * 1.5),
        ({"level_code": 0}, 0.0178 * 1.5),
        ({"level_code": 3, "hours_28d": 40}, 0.0077 * 10),
        ({"hours_28d": 12}, 0.0077 * 3),
        ({"hours_28d": 0}, 0.0077 * 0.5),
        ({"longest_run_spike": 1.10}, 0.0077 * 1.5),
        ({"longest_run_spike": 1.11}, 0.0077 * 1.5 * 1.64),
        ({"longest_run_spike": 1.30}, 0.0077 * 1.5 * 1.64),
        ({"longest_run_spike": 1.31}, 0.0077 * 1.5 * 1.52),
        ({"longest_run_spike": 2.00}, 0.0077 * 1.5 * 1.52),
        ({"longest_run_spike": 2.01}, 0.0077 * 1.5 * 2.28),
        ({"injuries_12m": 0}, 0.0077 * 1.5 * NOT_INJURED),
        ({"injuries_12m": 3}, 0.0077 * 1.5 * 2 * NOT_INJURED),
        ({"sleep_quality_7d": 0.49}, 0.0077 * 1.5 * 1.36),
        ({"sleep_quality_7d": 0.50}, 0.0077 * 1.5),
        (
            {"level_code": 0, "hours_28d": 8, "longest_run_spike": 2.5, "sleep_quality_7d": 0.1},
            0.0178 * 2 * 2.28 * 1.36,
        ),
    ],
)
def test_probability_is_one_minus_exp_of_the_hand_made_hazard(values, hazard):
    assert injury(row(**values)) == pytest.approx(1 - math.exp(-hazard), rel=1e-12)
    assert injury(row(**values), "knee") == pytest.approx(1 - math.exp(-0.4 * hazard), rel=1e-12)


def test_a_float32_ratio_of_exactly_ten_percent_is_still_reference():
    rows = row(longest_run_spike=1.1).astype("float32")
    assert float(rows["longest_run_spike"].iloc[0]) > 1.1
    assert injury(rows) == pytest.approx(injury(row()))


def test_over_runners_the_previous_injury_factor_averages_one():
    index = EvidenceIndex()
    factor = np.exp(
        [index.log_hazard_ratios(row(injuries_12m=n))["injuries_12m"][0] for n in (0, 1)]
    )
    assert 0.54 * factor[0] + 0.46 * factor[1] == pytest.approx(1)


def test_absent_columns_count_as_unknown_and_are_listed():
    rows = pd.DataFrame({"athlete": ["a"], "hours_28d": [8.0]})
    unknown = EvidenceIndex().unknown(rows)
    assert unknown.iloc[0].to_dict() == {name: name != "hours_28d" for name in FACTORS}
    assert injury(rows) == pytest.approx(1 - math.exp(-0.0077 * 2))


def test_longer_horizons_take_more_hours():
    fortnight = EvidenceIndex(horizon_days=14).predict_proba(row(hours_28d=8))[0, 1]
    assert fortnight == pytest.approx(1 - math.exp(-0.0077 * 4))


maybe = lambda low, high: st.one_of(st.none(), st.floats(low, high))  # noqa: E731 - reads as a word


@given(
    level=st.one_of(st.none(), st.integers(0, 3)),
    hours=maybe(0, 100),
    spike=maybe(0, 5),
    injuries=st.one_of(st.none(), st.integers(0, 5)),
    sleep=maybe(0, 1),
    outcome=st.sampled_from(["any", "knee"]),
)
def test_contributions_sum_to_the_log_odds_above_the_reference_runner(
    level, hours, spike, injuries, sleep, outcome
):
    values = dict(zip(FACTORS, (level, hours, spike, injuries, sleep), strict=True))
    rows = pd.DataFrame([values]).astype("float64")
    index = EvidenceIndex(outcome)
    given_up = index.contributions(rows)
    rise = logit(index.predict_proba(rows)[0, 1]) - logit(index.reference_probability)
    assert given_up.to_numpy().sum() == pytest.approx(rise, abs=1e-7)
    ratios = index.log_hazard_ratios(rows).to_numpy()
    assert (np.sign(given_up.to_numpy()) == np.sign(ratios)).all()
    assert (given_up.to_numpy()[rows.isna().to_numpy()] == 0).all()


def test_every_figure_names_its_source():
    evidence = load_evidence()
    sources = [
        *(figure.source for figure in evidence.incidence_per_1000_h.values()),
        evidence.weekly_hours.source,
        evidence.longest_run_spike.source,
        evidence.previous_injury.source,
        evidence.poor_sleep_quality.source,
        evidence.knee_share.source,
    ]
    assert all(len(source) > 20 for source in sources)
    assert evidence.label == "published evidence, not fitted to your team"


def test_a_wrong_key_in_the_file_is_named(tmp_path):
    changed = tmp_path / "evidence.yaml"
    changed.write_text(PACKAGED.read_text(encoding="utf-8").replace("knee_share:", "knee_part:"))
    with pytest.raises(StridecastError, match="knee_"):
        load_evidence(changed)


def test_the_forecaster_is_labelled_and_never_simulated():
    forecaster = EvidenceIndex("knee").forecaster()
    assert forecaster.label == "published evidence, not fitted to your team"
    assert not forecaster.simulated
    assert forecaster.base_rate == pytest.approx(1 - math.exp(-0.4 * 0.0077 * 1.5))
    assert EvidenceIndex().forecaster(base_rate=0.03).base_rate == 0.03


def test_an_unknown_outcome_is_refused():
    with pytest.raises(StridecastError, match="no published incidence"):
        EvidenceIndex("hip")
