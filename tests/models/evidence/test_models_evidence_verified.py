"""A forecast that the team's own weeks show to be worse than the base rate steps back."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from forecasting.evidence.team_forecaster import BASE_RATE, evidence_forecaster
from models.evidence.model import EvidenceModel
from models.evidence.team import TeamEvidence, published_evidence
from models.evidence.verified import LEAST_EVENTS, Verified, verified_gain
from models.settings.outcomes import OutcomeSettings

WEEK = OutcomeSettings()


def weeks(slope, athletes=60, number=80, rate=-3.4, seed=0):
    """Weeks of a team in which the published effect of sleep holds `slope` times (may be < 0)."""
    rng = np.random.default_rng(seed)
    quality = np.repeat(rng.uniform(0.05, 0.95, athletes), number)
    hazard = np.exp(rate + slope * (2.4 - 4 * quality))
    event = (rng.random(len(quality)) < -np.expm1(-hazard)).astype(float)
    return pd.DataFrame(
        {
            "athlete": np.repeat(np.arange(athletes), number).astype(str),
            "date": np.tile(pd.date_range("2023-01-01", periods=number, freq="7D"), athletes),
            "hours_28d": 10.0,
            "sleep_quality_own": quality,
            "event_any": event,
            "event_knee": event * (rng.random(len(quality)) < 0.34),
        }
    )


def test_forecasts_that_hold_beat_the_base_rate():
    found = verified_gain(weeks(slope=0.8), "any", WEEK)
    assert found.events >= LEAST_EVENTS
    assert found.gain > 0
    assert found.low < found.gain < found.high
    assert found.beats_base_rate
    assert not found.steps_back


def test_the_first_quarter_is_never_forecast():
    rows = weeks(slope=0.5)
    found = verified_gain(rows, "any", WEEK)
    # A quarter is 13 weeks; before its end there is nothing to learn from.
    late = rows[rows["date"] > rows["date"].min() + pd.Timedelta(weeks=13)]
    assert found.rows == len(late)
    assert found.events == int(late["event_any"].sum())


def test_a_forecast_knows_nothing_of_its_own_quarter():
    rows = weeks(slope=0.5)
    cut = rows["date"].min() + pd.Timedelta(weeks=26)
    short = verified_gain(rows[rows["date"] <= cut], "any", WEEK)
    changed = rows.copy()
    # Everybody hurt after the cut: what was forecast before it must not move.
    changed.loc[changed["date"] > cut, "event_any"] = 1.0
    part = changed[changed["date"] <= cut]
    assert verified_gain(part, "any", WEEK) == short


@pytest.mark.parametrize("lead_days", [0, 14])
def test_outcomes_that_were_open_when_a_quarter_began_teach_it_nothing(lead_days):
    rows = weeks(slope=0.5, number=26)
    window = OutcomeSettings(lead_days=lead_days)
    begin = rows["date"].min() + pd.Timedelta(weeks=13)

    def gain(days):
        """The gain where all weeks later than so many days before the quarter had an injury."""
        changed = rows.copy()
        late = (changed["date"] > begin - pd.Timedelta(days=days)) & (changed["date"] <= begin)
        changed.loc[late, "event_any"] = 1.0
        return verified_gain(changed, "any", window).gain

    as_it_was = verified_gain(rows, "any", window).gain
    assert gain(window.reach_days) == as_it_was
    # A week further back was known by then: without this the test would pass on no data.
    assert gain(window.reach_days + 7) != as_it_was


def test_too_short_a_record_decides_nothing():
    found = verified_gain(weeks(slope=0.5, number=10), "any", WEEK)
    assert (found.rows, found.events) == (0, 0)
    assert not found.steps_back
    assert not found.beats_base_rate


def team(verified):
    plain = published_evidence(7)
    return TeamEvidence(plain.models, pd.DataFrame(), {"any": verified})


def test_who_steps_back_gives_everyone_the_base_rate_and_says_so():
    worse = Verified(900, 25, -0.01, -0.02, 0.001, 0.03)
    forecaster = evidence_forecaster(team(worse), "any")
    rows = weeks(slope=0.0, athletes=3, number=2)
    assert forecaster.probability(rows) == pytest.approx(0.03)
    assert forecaster.label == BASE_RATE
    assert forecaster.base_rate == 0.03
    assert (forecaster.contributions(rows) == 0).all(axis=None)
    assert "25 injuries of 900 athlete-weeks" in forecaster.origin


@pytest.mark.parametrize(
    "verified",
    [Verified(900, 25, 0.01, -0.01, 0.02, 0.03), Verified(200, 5, -0.05, -0.1, -0.01, 0.03)],
)
def test_better_or_too_little_to_tell_keeps_the_evidence(verified):
    forecaster = evidence_forecaster(team(verified), "any")
    assert forecaster.label == "published evidence"
    rows = weeks(slope=0.0, athletes=3, number=2)
    expected = EvidenceModel.published().predict_proba(rows)[:, 1]
    assert forecaster.probability(rows) == pytest.approx(expected)


def test_an_outcome_without_published_figures_is_refused():
    with pytest.raises(StridecastError, match="no published incidence"):
        evidence_forecaster(published_evidence(7), "below_the_knee")


@pytest.mark.parametrize(
    ("verified", "told"),
    [
        (Verified(200, 5, 0.1, 0.05, 0.2, 0.03), "hold 5 injuries. At least 20 are needed to tell"),
        (Verified(900, 25, 0.01, 0.002, 0.02, 0.03), "25 injuries of 900 athlete-weeks the "
         "forecasts did better"),
        (Verified(900, 25, 0.01, -0.01, 0.02, 0.03), "it cannot be told whether the "
         "forecasts are better or worse"),
    ],
)  # fmt: skip
def test_the_origin_says_whether_the_forecasts_beat_the_base_rate(verified, told):
    team = published_evidence(7)
    found = evidence_forecaster(TeamEvidence(team.models, team.recent, {"any": verified}), "any")
    assert told in found.origin
    assert found.origin.startswith("The forecasts rest on published studies alone")
