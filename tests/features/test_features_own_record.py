"""What is on record of an athlete: injuries against the weeks in which they were written down."""

import numpy as np
import pandas as pd
import pytest

from common.contracts import conform
from tests.features.timelines import day, features_on, runs

LAST = 139
EVERY_DAY = runs([10.0] * (LAST + 1))


def injuries(*spells):
    return pd.DataFrame(
        [
            {"athlete": "a", "onset_date": day(on), "return_date": day(back), "region": "knee",
             "side": "left", "source": "hand"}
            for on, back in spells
        ]
    )  # fmt: skip


def spans(start):
    return conform(
        "injury_spans",
        pd.DataFrame(
            {"athlete": ["a"], "known_from": [day(start)], "known_to": [pd.NaT],
             "source": ["register"]}
        ),
    )  # fmt: skip


def test_days_injured_are_no_weeks_at_risk():
    kept = spans(0)
    healthy = features_on(LAST, sessions=EVERY_DAY, injury_spans=kept)
    spell = injuries((20, 55))
    hurt = features_on(LAST, sessions=EVERY_DAY, injuries=spell, injury_spans=kept)
    # Injured from day 20 to the day before the return on day 55: 35 days.
    apart = healthy["weeks_at_risk_on_record"] - hurt["weeks_at_risk_on_record"]
    assert apart == pytest.approx(5)
    assert hurt["injuries_on_record"] == 1


def test_the_day_of_entry_counts_once():
    kept = spans(0)
    healthy = features_on(LAST, sessions=EVERY_DAY, injury_spans=kept)
    hurt = features_on(LAST, sessions=EVERY_DAY, injuries=injuries((0, 14)), injury_spans=kept)
    apart = healthy["weeks_at_risk_on_record"] - hurt["weeks_at_risk_on_record"]
    # From day 0 to the day before the return on day 14: 14 days, the first of them counted once.
    assert apart == pytest.approx(2)


def test_who_returns_on_the_day_of_entry_was_injured_before_it():
    kept = spans(-400)
    healthy = features_on(LAST, sessions=EVERY_DAY, injury_spans=kept)
    hurt = features_on(LAST, sessions=EVERY_DAY, injuries=injuries((-14, 0)), injury_spans=kept)
    apart = healthy["weeks_at_risk_on_record"] - hurt["weeks_at_risk_on_record"]
    assert apart == pytest.approx(2)


def test_the_hours_of_the_day_of_return_are_hours_at_risk():
    spell, long = injuries((20, 55)), day(55)
    week = [run | {"duration_min": 700.0 if run["local_date"] == long else 60.0}
            for run in EVERY_DAY if not day(20) <= run["local_date"] < long]  # fmt: skip
    found = features_on(LAST, sessions=week, injuries=spell)
    # 104 days of an hour and the long one, in 105 days.
    assert found["hours_week_on_record"] == pytest.approx((104 * 60 + 700) / 105 * 7 / 60)


def test_weeks_begin_where_injuries_were_written_down():
    found = features_on(LAST, sessions=EVERY_DAY, injury_spans=spans(70))
    assert found["weeks_at_risk_on_record"] == pytest.approx(10)


def test_who_is_in_no_span_has_no_record():
    other = spans(0).assign(athlete="somebody else")
    found = features_on(LAST, sessions=EVERY_DAY, injury_spans=other)
    assert np.isnan(found["weeks_at_risk_on_record"])


def test_years_before_the_first_record_are_no_years_of_health():
    late = [one for one in EVERY_DAY if one["local_date"] >= day(70)]
    # A list that was begun a year before anybody's first record.
    kept = spans(-400)
    early = features_on(LAST, sessions=EVERY_DAY, injury_spans=kept)["weeks_at_risk_on_record"]
    found = features_on(LAST, sessions=late, injury_spans=kept)["weeks_at_risk_on_record"]
    assert early - found == pytest.approx(10)


def test_hours_are_those_of_days_without_an_injury():
    spell = injuries((20, 55))
    rested = [one for one in EVERY_DAY if not day(20) <= one["local_date"] < day(56)]
    found = features_on(LAST, sessions=rested, injuries=spell)
    assert found["hours_week_on_record"] == pytest.approx(7.0, abs=0.1)
