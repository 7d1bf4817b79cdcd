"""The simulator's truth is of seven days: an outcome of another window is not held against it."""

import pytest

from models.settings.outcomes import OutcomeSettings
from pipelines.stage_parts.truth import has_truth_of
from simulation.settings.cohort import SimulationSettings


@pytest.mark.parametrize(
    ("horizon", "lead", "expected"), [(7, 0, True), (7, 1, False), (14, 0, False), (28, 0, False)]
)
def test_only_the_week_after_the_date_has_a_truth(horizon, lead, expected):
    assert has_truth_of(OutcomeSettings(horizon_days=horizon, lead_days=lead)) is expected


def test_the_simulator_writes_the_truth_of_that_window():
    assert has_truth_of(OutcomeSettings(horizon_days=SimulationSettings().horizon_days))
