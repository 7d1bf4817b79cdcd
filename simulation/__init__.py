"""A demo cohort of runners whose hazard is known, written as real devices write."""

from simulation.cohort import Cohort, simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

__all__ = ["Cohort", "SimulationSettings", "simulate", "write_cohort"]
