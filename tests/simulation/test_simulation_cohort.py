"""What went in must come out: incidence, ratios, shares, and a null cohort without effects."""

import numpy as np
import pytest

from simulation.cohort import simulate
from simulation.settings.cohort import SimulationSettings, null_cohort
from simulation.settings.observation import OracleSettings, PilotSettings

DAYS = 7


@pytest.fixture(scope="module")
def observed(big_cohort):
    """The observed days of the big cohort: at-risk hours, events and expected events."""
    settings, paths = big_cohort.settings, big_cohort.paths
    first = settings.burn_in_weeks * DAYS
    window = slice(first, first + settings.weeks * DAYS)
    event = np.zeros((*paths.km.shape, 2))
    event[paths.injuries.runner, paths.injuries.onset, paths.injuries.region] = 1
    ratio = np.exp(np.log(settings.tissue.hazard_per_sd) * tissue_values(big_cohort))
    force = big_cohort.traits.frailty[:, None, None] * ratio * paths.hazard
    return {
        "window": window,
        "hours": np.where(paths.healthy, paths.hours, 0.0)[:, window],
        "event": event[:, window],
        "expected": force[:, window],
    }


def tissue_values(cohort):
    states = cohort.settings.tissue.states
    return np.linspace(-1, 1, states)[cohort.paths.tissue] * np.sqrt(states - 1)


def incidence(observed, who):
    events = observed["event"][who].sum()
    rate = events / observed["hours"][who].sum() * 1000
    return rate, rate / np.sqrt(events)


def test_incidence_is_near_the_published_per_1000_hours(big_cohort, observed):
    level = big_cohort.traits.level
    overall, _ = incidence(observed, level >= 0)
    assert overall == pytest.approx(7.7, rel=0.12)
    wanted = big_cohort.settings.levels.incidence_per_1000_h.array()
    for code in (0, 1):
        found, error = incidence(observed, level == code)
        # Poisson error and the luck of the frailties that were drawn
        assert abs(found - wanted[code]) < 3 * np.hypot(error, 0.05 * wanted[code])


def test_a_held_out_quarter_in_the_later_weeks_has_about_130_events(observed):
    later = observed["event"][:, int(0.6 * observed["event"].shape[1]) :]
    assert 90 < later.sum() / 4 < 170


def test_two_fifths_of_the_injuries_are_of_the_knee(observed):
    share = observed["event"][:, :, 0].sum() / observed["event"].sum()
    assert share == pytest.approx(0.40, abs=0.04)


def test_events_are_as_many_as_the_hazard_says(observed):
    for region in range(2):
        events, expected = (
            observed["event"][..., region].sum(),
            observed["expected"][..., region].sum(),
        )
        assert abs(events - expected) < 3 * np.sqrt(expected)


def test_frandsens_ratios_are_found_again(big_cohort, observed):
    """Observed over expected-without-the-spike on days whose own session is the strongest spike."""
    settings, paths, window = big_cohort.settings, big_cohort.paths, observed["window"]
    published = {(1.1, 1.3): 1.64, (1.3, 2.0): 1.52, (2.0, np.inf): 2.28}
    own = np.zeros(paths.km.shape)
    for (low, high), ratio in published.items():
        own[(paths.ratio > low) & (paths.ratio <= high)] = np.log(ratio)
    acting = own.copy()
    for lag in range(1, DAYS):
        faded = own[:, :-lag] * np.exp(-lag / settings.hazard.spike_decay_days)
        acting[:, lag:] = np.maximum(acting[:, lag:], faded)
    without = observed["expected"].sum(axis=2) / np.exp(acting[:, window])
    assert (acting > own).any()
    for (low, high), ratio in published.items():
        spiked = ((paths.ratio > low) & (paths.ratio <= high) & (acting == own))[:, window]
        events, base = observed["event"].sum(axis=2)[spiked].sum(), without[spiked].sum()
        assert events > 15
        assert abs(events / base - ratio) < 2.5 * ratio / np.sqrt(events)


def test_acwr_has_no_effect_of_its_own(big_cohort, observed):
    km = big_cohort.paths.km
    summed = np.cumsum(np.pad(km, ((0, 0), (1, 0))), axis=1)

    def mean_of(first, last):
        """Mean km of the days `last`..`first` before, for day 28 onwards."""
        return (
            summed[:, 28 - first : km.shape[1] - first]
            - summed[:, 27 - last : km.shape[1] - last - 1]
        ) / (last - first + 1)

    chronic = mean_of(7, 27)
    acwr = np.full(km.shape, np.nan)
    acwr[:, 28:] = np.divide(
        mean_of(0, 6), chronic, out=np.full(chronic.shape, np.nan), where=chronic > 0
    )
    acwr = acwr[:, observed["window"]]
    runs = observed["hours"] > 0
    cuts = np.nanquantile(acwr[runs], [0.25, 0.5, 0.75])
    quarter = np.searchsorted(cuts, acwr)
    for which in range(4):
        here = runs & (quarter == which) & np.isfinite(acwr)
        events, expected = (
            observed["event"].sum(axis=2)[here].sum(),
            observed["expected"].sum(axis=2)[here].sum(),
        )
        assert abs(events - expected) < 3 * np.sqrt(expected)


def test_nobody_is_hurt_while_hurt_and_the_hurt_hardly_run(big_cohort):
    paths, injuries = big_cohort.paths, big_cohort.paths.injuries
    order = np.lexsort((injuries.onset, injuries.runner))
    same = np.diff(injuries.runner[order]) == 0
    gap = injuries.onset[order][1:] - injuries.back[order][:-1]
    assert (gap[same] >= 0).all()
    assert paths.km[~paths.healthy].mean() < 0.1 * paths.km[paths.healthy].mean()
    assert (paths.hazard[~paths.healthy] == 0).all()


def test_a_runner_is_hurt_from_the_day_after_onset_until_the_return(big_cohort):
    paths, injuries = big_cohort.paths, big_cohort.paths.injuries
    last = paths.km.shape[1]
    for runner, onset, back in zip(injuries.runner, injuries.onset, injuries.back, strict=True):
        assert not paths.healthy[runner, onset + 1 : back].any()
        assert paths.healthy[runner, onset]
        assert back >= last or paths.healthy[runner, back]


def test_running_comes_back_in_steps(big_cohort):
    """Mean daily distance in weeks 1-2, 3-4 and 9-10 after a return without a further injury."""
    paths, injuries = big_cohort.paths, big_cohort.paths.injuries
    kept = [
        paths.km[runner, back : back + 70]
        for runner, back in zip(injuries.runner, injuries.back, strict=True)
        if paths.healthy[runner, back : back + 70].sum() == 70
    ]
    assert len(kept) > 300
    fortnight = np.array(kept).reshape(len(kept), 5, 14).mean(axis=(0, 2))
    assert fortnight[0] < 0.65 * fortnight[4]
    assert fortnight[0] < fortnight[1] < fortnight[4]


def test_a_new_injury_is_never_a_recurrence(big_cohort):
    injuries, gap = big_cohort.paths.injuries, big_cohort.settings.hazard.recurrence_days
    order = np.lexsort((injuries.onset, injuries.runner))
    runner, area = injuries.runner[order], injuries.area[order]
    same_place = (runner[1:] == runner[:-1]) & (area[1:] == area[:-1])
    since = injuries.onset[order][1:] - injuries.back[order][:-1]
    assert (since[same_place] > gap).all()
    assert (since[same_place] < 10 * gap).any()


def test_spikes_happen_in_many_weeks_but_not_in_most_sessions(big_cohort, observed):
    paths, window = big_cohort.paths, observed["window"]
    spiked = paths.ratio[:, window] > 1.1
    runs = paths.km[:, window] > 0
    assert 0.04 < spiked[runs].mean() < 0.15
    assert 0.12 < spiked.reshape(len(spiked), -1, DAYS).any(axis=2).mean() < 0.30


def test_a_null_cohort_has_a_constant_hazard_per_hour():
    settings = null_cohort(
        SimulationSettings(
            athletes=60,
            weeks=16,
            burn_in_weeks=8,
            seed=5,
            oracle=OracleSettings(draws=200, frailty_points=3),
            pilot=PilotSettings(athletes=40, weeks=8, rounds=1),
        )
    )
    cohort = simulate(settings)
    paths, traits = cohort.paths, cohort.traits
    per_hour = traits.incidence_per_h[:, None] * [0.4, 0.6]
    hours = np.where(paths.healthy, paths.hours, 0.0)
    assert paths.hazard == pytest.approx(hours[:, :, None] * per_hour[:, None, :], rel=1e-9)
    # so the truth is 1 - exp(-rate x hours) of the planned week
    week = settings.burn_in_weeks + 3
    days = slice(week * DAYS, (week + 1) * DAYS)
    well = paths.healthy[:, days].all(axis=1)
    expected = 1 - np.exp(-traits.incidence_per_h * paths.hours[:, days].sum(axis=1))
    assert well.sum() > 20
    assert paths.planned_risk[well, week, 0] == pytest.approx(expected[well], rel=1e-9)
