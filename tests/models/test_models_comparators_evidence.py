"""The evidence model beside a trained one: what it learns from, and where it has nothing to say."""

import numpy as np
import pandas as pd
import pytest

from models.comparators.evidence import evidence_probabilities
from models.comparators.names import EVIDENCE_MODEL, PUBLISHED_EVIDENCE


def weeks(rate, knee_share=0.4, athletes=40, number=50, seed=0):
    """Athlete-weeks of recreational runners at usual hours with injuries at a rate."""
    rng = np.random.default_rng(seed)
    n = athletes * number
    related = (rng.random(n) < rate).astype(float)
    return pd.DataFrame(
        {
            "athlete": np.repeat(np.arange(athletes), number),
            "hours_28d": 10.0,
            "level_code": 1.0,
            "related": related,
            "event": related * (rng.random(n) < knee_share),
        }
    )


def test_an_average_recreational_runner_has_the_published_rate():
    found = evidence_probabilities("any", 7, weeks(0.0).head(1))
    assert set(found) == {PUBLISHED_EVIDENCE}
    hours = 2.5 * (2.75 / 2.5) ** 0.5  # a quarter of an hour is added to every week's hours
    assert found[PUBLISHED_EVIDENCE] == pytest.approx(1 - np.exp(-7.7 / 1000 * hours), rel=1e-6)


def test_training_rows_move_the_level_and_the_published_figures_stay():
    train = weeks(0.08).assign(event=lambda t: t["related"])
    found = evidence_probabilities("any", 7, train.head(1), train)
    alone = evidence_probabilities("any", 7, train.head(1))
    assert found[PUBLISHED_EVIDENCE] == pytest.approx(alone[PUBLISHED_EVIDENCE])
    assert found[EVIDENCE_MODEL][0] == pytest.approx(0.08, rel=0.15)


def test_the_knee_learns_from_injuries_of_any_region_and_its_own_share():
    train = weeks(0.08, knee_share=0.8)
    found = evidence_probabilities("knee", 7, train.head(1), train)
    assert 0.04 < found[EVIDENCE_MODEL][0] < 0.08


def test_an_outcome_without_published_figures_has_no_evidence():
    assert evidence_probabilities("hip", 7, weeks(0.1), weeks(0.1)) == {}
