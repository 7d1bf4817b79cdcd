"""What pilots tell is kept by settings and seed, and is what it would be anew."""

import numpy as np
import pytest

from simulation.harm.tissue import tissue_chain
from simulation.pilots import kept_multipliers, kept_tissue
from simulation.settings.cohort import SimulationSettings
from simulation.training.baseline import mean_multipliers
from simulation.training.thresholds import pilot_tissue


def settings(**changes):
    plain = SimulationSettings(athletes=5, weeks=4)
    pilot = plain.pilot.model_copy(update={"athletes": 20, "weeks": 4, "rounds": 1})
    return plain.model_copy(update={"pilot": pilot} | changes)


def seed(entropy):
    return np.random.SeedSequence(entropy).spawn(2)[1]


def test_multipliers_are_those_of_a_pilot_made_anew():
    one = settings()
    anew = mean_multipliers(one, tissue_chain(one.tissue), seed(3))
    assert kept_multipliers(one, seed(3)).tolist() == anew.tolist()
    assert kept_multipliers(one, seed(3)) is kept_multipliers(one, seed(3))


def test_another_seed_or_another_setting_is_another_pilot():
    one = settings()
    hazard = one.hazard.model_copy(update={"hours_exponent": 0.5})
    kept = kept_multipliers(one, seed(3))
    assert kept_multipliers(one, seed(4)).tolist() != kept.tolist()
    assert kept_multipliers(settings(hazard=hazard), seed(3)).tolist() != kept.tolist()


def test_tissue_is_that_of_a_pilot_made_anew():
    anew, kept = pilot_tissue(settings(), seed(3)), kept_tissue(settings(), seed(3))
    assert repr(kept) == repr(anew)


def test_what_is_kept_cannot_be_written_to_and_a_used_seed_is_refused():
    with pytest.raises(ValueError, match="read-only"):
        kept_multipliers(settings(), seed(3))[0] = 2.0
    used = seed(3)
    # The next child of a used seed is another: what is kept by seed would be of another pilot.
    used.spawn(1)
    with pytest.raises(ValueError, match="nothing was spawned of"):
        kept_multipliers(settings(), used)
