"""Small cohorts for the trust benchmark: simulated, read back by the project's own readers."""

import tempfile
from pathlib import Path

import pandas as pd

from ingest.run import ingest
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.base import per_level
from simulation.settings.cohort import SimulationSettings, null_cohort
from simulation.worlds import world

NEARLY_NEVER = 1e-6
Tables = dict[str, pd.DataFrame]


def cohort_tables(name: str, athletes: int, weeks: int, seed: int) -> Tables:
    """Return the tables of a cohort of a named world, read back by the project's readers."""
    return _read_back(world(name, SimulationSettings(athletes=athletes, weeks=weeks, seed=seed)))


def uninjured_tables(name: str, athletes: int, weeks: int, seed: int) -> Tables:
    """Return the tables of runners who train as a world's do, and are never hurt."""
    settings = null_cohort(SimulationSettings(athletes=athletes, weeks=weeks, seed=seed))
    settings = world(name, settings)
    never = settings.levels.model_copy(
        update={"incidence_per_1000_h": per_level(*[NEARLY_NEVER] * 4)}
    )
    unseen = settings.observation.model_copy(update={"history_at_entry": False})
    return _read_back(settings.model_copy(update={"levels": never, "observation": unseen}))


def _read_back(settings: SimulationSettings) -> Tables:
    # Nobody asks these cohorts for their oracle, nor for an exact incidence: the slowest parts.
    quick = settings.oracle.model_copy(update={"draws": 1, "frailty_points": 1})
    pilot = settings.pilot.model_copy(update={"athletes": 200, "weeks": 40, "rounds": 1})
    cohort = simulate(settings.model_copy(update={"oracle": quick, "pilot": pilot}))
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        write_cohort(cohort, raw, Path(folder) / "truth")
        return dict(ingest(raw, workers=1).tables)
