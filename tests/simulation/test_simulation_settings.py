import math
from datetime import date

import pytest
from pydantic import ValidationError

from common.vocabulary import LEVELS
from simulation.settings.base import PerLevel
from simulation.settings.cohort import SimulationSettings, null_cohort
from simulation.settings.harm import RATIOS, HazardSettings, RecoverySettings


def test_defaults_are_those_of_the_demo():
    settings = SimulationSettings()
    assert (settings.athletes, settings.weeks, settings.horizon_days) == (600, 104, 7)
    assert settings.start.weekday() == 0
    hazard = settings.hazard
    spikes = (hazard.spike_10_to_30, hazard.spike_30_to_100, hazard.spike_above_100)
    assert spikes == (1.64, 1.52, 2.28)
    assert (hazard.previous_injury, hazard.poor_sleep_per_point, hazard.knee_share) == (
        2,
        1.36,
        0.4,
    )
    assert settings.levels.incidence_per_1000_h.novice == 17.8


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"athlets": 3}, "athlets"),
        ({"hazard": {"spike": 2}}, "hazard.spike"),
        ({"start": date(2023, 1, 3)}, "no Monday"),
        ({"horizon_days": 8}, "horizon_days"),
        (
            {"levels": {"share": {"novice": 1, "recreational": 1, "competitive": 0, "elite": 0}}},
            "sum to 1",
        ),
        ({"levels": {"weekly_km": {"novice": 20}}}, "weekly_km.elite"),
    ],
)
def test_an_impossible_setting_names_itself(change, named):
    with pytest.raises(ValidationError, match=named):
        SimulationSettings(**change)


def test_per_level_keeps_the_order_of_the_vocabulary():
    numbers = PerLevel(novice=0, recreational=1, competitive=2, elite=3)
    assert [getattr(numbers, level) for level in LEVELS] == numbers.array().tolist()


def test_the_null_cohort_switches_every_ratio_off():
    off = null_cohort(SimulationSettings())
    assert {getattr(off.hazard, name) for name in RATIOS} == {1.0}
    assert off.hazard.frailty_variance == 0
    kept = {"spike_decay_days", "previous_injury_days", "worn_from_km", "worn_to_km", "knee_share"}
    kept |= {"recurrence_window_days"}
    assert set(HazardSettings.model_fields) - set(RATIOS) == kept | {
        "frailty_variance",
        "recurrence_days",
        "hours_exponent",
    }


def test_recovery_spread_gives_the_published_interquartile_range():
    recovery = RecoverySettings()
    # The upper quartile of the standard normal distribution.
    quartile = 0.6744897501960817 * recovery.log_sd
    median = recovery.pfps_median_days
    assert median * (math.exp(quartile) - math.exp(-quartile)) == pytest.approx(63.0)
