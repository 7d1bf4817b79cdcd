import numpy as np
import pytest

from common.vocabulary import DIAGNOSES, REGIONS
from simulation.harm.diagnosis import (
    AREAS,
    ELSEWHERE_INJURIES,
    KNEE_DIAGNOSES,
    Former,
    area_shares,
    diagnose,
    elsewhere_shares,
    knee_shares,
)
from simulation.settings.cohort import SimulationSettings

SETTINGS = SimulationSettings()


def former(n, area=-1, weight=1.0, side=-1):
    return Former(area=np.full(n, area), weight=np.full(n, weight), side=np.full(n, side))


def test_words_are_those_of_the_vocabulary():
    assert set(KNEE_DIAGNOSES) <= set(DIAGNOSES)
    assert {d for _, d, _, _ in ELSEWHERE_INJURIES} <= set(DIAGNOSES)
    assert set(AREAS) <= set(REGIONS) - {"knee"}


def test_knee_diagnoses_have_tauntons_shares_of_all_injuries():
    # Taunton's shares are of all injuries, of which the knee has 40 %.
    shares = 0.4 * knee_shares(SETTINGS.diagnoses, 0.4)
    assert shares == pytest.approx([0.165, 0.084, 0.048, 0.006, 0.097])


def test_shares_sum_to_one():
    assert elsewhere_shares(SETTINGS.diagnoses).sum() == pytest.approx(1)
    assert area_shares(SETTINGS.diagnoses).sum() == pytest.approx(1)


def test_drawn_injuries_follow_the_shares_and_recovery_the_medians():
    n = 60_000
    at_knee = np.repeat([1, 0], n // 2)
    drawn = diagnose(at_knee, former(n), SETTINGS, np.random.default_rng(1))
    knee = drawn.kind[at_knee == 1]
    assert np.bincount(knee, minlength=5) / len(knee) == pytest.approx(
        knee_shares(SETTINGS.diagnoses, 0.4), abs=0.01
    )
    pfps = drawn.days[(at_knee == 1) & (drawn.kind == 0)]
    # RUN CLEVER: a median of 49 days and a middle half of 63.
    assert np.median(pfps) == pytest.approx(49, abs=2)
    assert np.subtract(*np.percentile(pfps, [75, 25])) == pytest.approx(63, abs=4)
    assert np.median(drawn.days[at_knee == 0]) == pytest.approx(58.5, abs=2)
    assert (drawn.days.min(), drawn.days.max()) == (7, 617)


def test_a_barred_area_is_not_drawn():
    n = 4000
    barred = former(n, AREAS.index("lower_leg"), 0.0)
    drawn = diagnose(np.zeros(n, dtype=np.int64), barred, SETTINGS, np.random.default_rng(1))
    assert AREAS.index("lower_leg") not in drawn.area
    assert set(drawn.area) == set(range(len(AREAS))) - {AREAS.index("lower_leg")}


def test_a_recurrence_is_likelier_at_the_former_place_and_of_the_same_side():
    n, area = 40_000, AREAS.index("achilles")
    share = area_shares(SETTINGS.diagnoses)[area]
    drawn = diagnose(
        np.zeros(n, dtype=np.int64), former(n, area, 3.0, 1), SETTINGS, np.random.default_rng(1)
    )
    # Weight 3 on one area: 3 s of 3 s + (1 - s).
    assert (drawn.area == area).mean() == pytest.approx(3 * share / (1 + 2 * share), abs=0.01)
    assert (drawn.side[drawn.area == area] == 1).all()
    assert drawn.side[drawn.area != area].mean() == pytest.approx(0.5, abs=0.01)
