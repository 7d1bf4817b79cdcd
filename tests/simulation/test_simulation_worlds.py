"""Worlds that are not the demo's: another power of the hours, effects absent or twice as strong."""

import numpy as np
import pytest

from simulation.cohort import simulate
from simulation.settings.cohort import SimulationSettings, with_effects
from simulation.settings.harm import RATIOS

DAYS = 7


def world(small_settings, **changes):
    return small_settings.model_copy(update={"athletes": 200, **changes})


def hazard_of(settings, **changes):
    return settings.hazard.model_copy(update=changes)


@pytest.mark.parametrize("times", [0.0, 1.0, 2.0])
def test_effects_are_powers_of_every_ratio(times):
    before = SimulationSettings()
    after = with_effects(before.model_copy(update={"effects": times}))
    for name in RATIOS:
        assert getattr(after.hazard, name) == pytest.approx(getattr(before.hazard, name) ** times)
    assert after.tissue.hazard_per_sd == pytest.approx(1.35**times)
    assert after.hazard.frailty_variance == before.hazard.frailty_variance
    assert after.hazard.hours_exponent == before.hazard.hours_exponent


def test_without_effects_hours_and_frailty_are_all_that_counts(small_settings):
    cohort = simulate(world(small_settings, effects=0.0))
    paths, traits = cohort.paths, cohort.traits
    hours = np.where(paths.healthy, paths.hours, 0.0)
    share = paths.hazard.sum(axis=2)[hours > 0] / hours[hours > 0]
    per_level = traits.incidence_per_h[:, None] * np.ones(hours.shape)
    # within recurrence_days of a return, part of the hazard is no new injury's
    assert np.median(share / per_level[hours > 0]) == pytest.approx(1, abs=0.1)
    assert cohort.traits.frailty.std() > 0.4


@pytest.mark.parametrize("exponent", [0.5, 1.0])
def test_the_hazard_of_a_steady_week_grows_with_a_power_of_its_hours(small_settings, exponent):
    hazard = hazard_of(small_settings, hours_exponent=exponent, recurrence_days=0)
    cohort = simulate(world(small_settings, effects=0.0, hazard=hazard))
    paths, traits = cohort.paths, cohort.traits
    weeks = paths.hours.shape[1] // DAYS
    hours = paths.hours.reshape(-1, weeks, DAYS).sum(axis=2)[:, 8:]
    risk = paths.hazard.sum(axis=2).reshape(-1, weeks, DAYS).sum(axis=2)[:, 8:]
    well = paths.healthy.reshape(-1, weeks, DAYS).all(axis=2)[:, 8:] & (hours > 0.5)
    level = np.broadcast_to(traits.level[:, None], hours.shape)[well]
    x, y = np.log(hours[well]), np.log(risk[well])
    for code in range(4):
        # Within a level alone: levels differ in hours and in incidence, which is another slope.
        x[level == code] -= x[level == code].mean()
        y[level == code] -= y[level == code].mean()
    assert (x @ y) / (x @ x) == pytest.approx(exponent, abs=0.08)


def test_the_incidence_holds_whatever_the_world(small_settings):
    for changes in ({"effects": 0.0}, {"effects": 2.0}):
        cohort = simulate(world(small_settings, **changes))
        paths = cohort.paths
        expected = (cohort.traits.incidence_per_h[:, None] * paths.hours * paths.healthy).sum()
        assert len(paths.injuries.onset) == pytest.approx(expected, rel=0.35)


def test_recurrences_come_soon_after_a_return_and_at_the_same_place(small_settings):
    hazard = hazard_of(small_settings, recurrence=12.0, recurrence_days=0)
    found = {}
    for name, one in {"often": hazard, "never": small_settings.hazard}.items():
        cohort = simulate(world(small_settings, hazard=one, weeks=60))
        injuries = cohort.paths.injuries
        order = np.lexsort((injuries.onset, injuries.runner))
        region, area, side = (getattr(injuries, k)[order] for k in ("region", "area", "side"))
        same = np.diff(injuries.runner[order]) == 0
        since = injuries.onset[order][1:] - injuries.back[order][:-1]
        again = same & (region[1:] == region[:-1]) & (area[1:] == area[:-1])
        found[name] = again & (since <= 21)
        assert (side[1:] == side[:-1])[again & (since < 90)].all() or name == "never"
    assert found["often"].mean() > 0.1
    assert not found["never"].any()
