"""The second mechanism: damage, capacity, thresholds, coaches, and its oracle."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.harm.damage import failure_hazard, first_wear, wear_week
from simulation.harm.week_path import WeekPath
from simulation.people.state import first_state
from simulation.settings.damage import DamageSettings
from simulation.settings.observation import OracleSettings
from simulation.training.damage_paths import frailty_points, heavy_frailty
from simulation.training.plan import EASY, NO_RUN
from simulation.training.reacting import react_chance

DAYS = 7
DAMAGE = DamageSettings()


@pytest.fixture(scope="module")
def cohort(small_settings):
    return simulate(
        small_settings.model_copy(
            update={
                "mechanism": "damage",
                "athletes": 160,
                "weeks": 40,
                "oracle": OracleSettings(draws=24, frailty_points=9),
            }
        )
    )


@pytest.fixture
def one(small_cohort, small_settings):
    """A runner of the small cohort, three times, on the eve of a first week, strength at 0."""
    fields = type(small_cohort.traits).__dataclass_fields__
    traits = type(small_cohort.traits)(
        **{f: getattr(small_cohort.traits, f)[:1] for f in fields}
    ).repeat(3)
    state = first_state(traits, small_settings, np.random.default_rng(0))
    none = np.zeros(3)
    return traits, replace(state, knee_z=none, hip_z=none, sleep=np.full((3, DAYS), 3.5))


def week(hours):
    hours = np.asarray(hours, dtype=float)
    shape = hours.shape
    return WeekPath(
        km=hours * 10, kind=np.where(hours > 0, EASY, NO_RUN), hours=hours,
        ratio=np.full(shape, np.nan), spike=np.zeros(shape), sleep=np.full(shape, 3.5),
        stress=np.zeros(shape), ill=np.zeros(shape, dtype=bool),
        healthy=np.ones(shape, dtype=bool), hazard=np.zeros((*shape, 2)),
    )  # fmt: skip


def damage_of(one, hours, cross=None, **changes):
    traits, state = one
    cross = np.zeros((3, DAYS, 2)) if cross is None else cross
    wear = first_wear(traits)
    settings = DamageSettings(**changes)
    log_damage, after = wear_week(traits, state, wear, week(hours), cross, settings)
    return np.exp(log_damage), after, wear


def test_damage_of_one_session_as_worked_by_hand(one):
    hours = np.zeros((3, DAYS))
    hours[:, 0] = 1.0
    damage, after, wear = damage_of(one, hours, gait_per_sd=0.0)
    capacity = 0.12 + wear.trained[0]
    first = 1e-3 * np.exp(-1 / 3) + (1 / capacity) ** 2 / 7
    assert damage[0, 0, 1] == pytest.approx(first)
    assert damage[0, 3, 1] == pytest.approx(first * np.exp(-3 / 3))
    assert damage[0, 3, 0] == pytest.approx(
        (1e-3 * np.exp(-1 / 4) + (1 / capacity) ** 2 / 7) * np.exp(-3 / 4)
    )
    trained = wear.trained[0]
    for load in hours[0]:
        trained += (load - trained) / 42
    assert after.trained[0] == pytest.approx(trained)


def test_the_same_hours_in_one_session_do_more_damage_than_in_three(one):
    hours = np.zeros((3, DAYS))
    hours[0, 6] = 1.5
    # The same hour and a half in three sessions, the last on the same day.
    hours[1, [2, 4, 6]] = 0.5
    damage, _, _ = damage_of(one, hours)
    assert (damage[0, 6] > damage[1, 6]).all()
    assert (damage[1, 6] > damage[2, 6]).all()


def test_other_sports_load_the_tissue_less_than_running(one):
    hours = np.zeros((3, DAYS))
    hours[0, 3] = 1.0
    cross = np.zeros((3, DAYS, 2))
    cross[1, 3, 0] = 1.0
    damage, _, _ = damage_of(one, hours, cross)
    assert (damage[0, 3] > 10 * damage[1, 3]).all()
    assert (damage[1, 3] > damage[2, 3]).all()


def test_strength_raises_the_capacity(one):
    traits, state = one
    strong = traits, replace(state, knee_z=np.array([2.0, 0.0, -2.0]))
    hours = np.ones((3, DAYS))
    damage, _, _ = damage_of(strong, hours)
    assert (np.diff(damage[:, -1, 0]) > 0).all()
    # Four standard deviations apart, 0.10 each, and damage grows with the square of load /
    # capacity.
    assert damage[2, -1, 1] / damage[0, -1, 1] == pytest.approx(np.exp(2 * 4 * 0.10), rel=0.01)


def test_a_session_at_the_threshold_fails_every_second_time():
    hazard = failure_hazard(np.array([0.3]), np.array([0.3]), 0.8)
    # Thresholds scatter from session to session, and half of them lie below the damage here.
    assert -np.expm1(-hazard)[0] == pytest.approx(0.5)


def test_the_frailty_grid_has_the_law_of_the_frailties():
    drawn = np.log(heavy_frailty((np.arange(20_000) + 0.5) / 20_000, DAMAGE))
    point, share = frailty_points(DAMAGE, 40)
    assert share.sum() == pytest.approx(1)
    assert share @ point == pytest.approx(drawn.mean(), abs=0.005)
    assert share @ point**2 == pytest.approx((drawn**2).mean(), rel=0.03)


def test_coaches_cut_the_weeks_of_who_looks_strained():
    chance = react_chance(np.array([-1.0, 1.6, 4.0]), DAMAGE)
    assert chance[1] == pytest.approx(0.5)
    assert chance[0] < 0.001
    assert chance[2] > 0.99


def test_incidences_are_those_of_the_levels(cohort):
    paths = cohort.paths
    expected = (cohort.traits.incidence_per_h[:, None] * paths.hours * paths.healthy).sum()
    assert len(paths.injuries.onset) == pytest.approx(expected, rel=0.3)


def test_events_are_as_many_as_the_truth_says(cohort):
    truth = cohort.truth[cohort.truth["at_risk"]]
    first = cohort.settings.burn_in_weeks * DAYS
    injuries = cohort.paths.injuries
    inside = (injuries.onset >= first + DAYS) & (
        injuries.onset < first + cohort.settings.weeks * DAYS
    )
    assert abs(inside.sum() - truth["p_any_full"].sum()) < 3.5 * np.sqrt(inside.sum())


def test_the_oracle_is_calibrated_against_the_truth(cohort):
    truth = cohort.truth[cohort.truth["at_risk"]]
    for which in ("any", "knee"):
        full = truth[f"p_{which}_full"].to_numpy()
        seen = truth[f"p_{which}_observable"].to_numpy()
        assert full.mean() == pytest.approx(seen.mean(), rel=0.06)
        half = seen > np.median(seen)
        assert full[half].mean() == pytest.approx(seen[half].mean(), rel=0.08)
        # A flat oracle would be calibrated too, and useless.
        assert full[half].mean() > 2 * full[~half].mean()


def test_its_files_are_those_of_a_club_with_more_sports(cohort, tmp_path):
    write_cohort(cohort, tmp_path / "raw", tmp_path / "truth")
    text = "".join(p.read_text() for p in (tmp_path / "raw" / "activities").rglob("*.csv"))
    assert text.count("Elliptical,") > 50
    assert text.count("Cycling,") > 50
