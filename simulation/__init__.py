"""A demo cohort of runners whose hazard is known, written as real devices write."""

from simulation.cohort import Cohort, simulate
from simulation.export import write_cohort
from simulation.settings import SimulationSettings

__all__ = ["Cohort", "SimulationSettings", "simulate", "write_cohort"]
