import pytest

from simulation.cohort import simulate
from simulation.settings.cohort import SimulationSettings
from simulation.settings.observation import OracleSettings, PilotSettings


@pytest.fixture(scope="session")
def small_settings():
    return SimulationSettings(
        athletes=40,
        weeks=20,
        seed=3,
        burn_in_weeks=20,
        oracle=OracleSettings(draws=4, frailty_points=4),
        pilot=PilotSettings(athletes=80, weeks=20, rounds=1),
    )


@pytest.fixture(scope="session")
def small_cohort(small_settings):
    return simulate(small_settings)


@pytest.fixture(scope="session")
def big_settings():
    return SimulationSettings(
        athletes=600,
        weeks=104,
        seed=11,
        oracle=OracleSettings(draws=16, frailty_points=8),
    )


@pytest.fixture(scope="session")
def big_cohort(big_settings):
    return simulate(big_settings)
