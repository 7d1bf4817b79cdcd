"""The whole cohort: lived, observed, and known in truth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.arrays import Floats
from simulation.harm.tissue import tissue_chain
from simulation.observed.answers import Answers, draw_answers
from simulation.observed.device import Recordings, record
from simulation.observed.sessions import Sessions, draw_sessions
from simulation.observed.visits import (
    Exercises,
    Tests,
    Trials,
    Weighings,
    draw_exercises,
    draw_gait,
    draw_strength,
    draw_weighings,
)
from simulation.people.presence import Presence, draw_presence
from simulation.people.roster import Traits, draw_traits
from simulation.settings.cohort import SimulationSettings
from simulation.streams import streams
from simulation.training.baseline import mean_multipliers, nominal_hazard
from simulation.training.paths import Paths, walk
from simulation.truth.oracle import Progress, observable_risk
from simulation.truth.table import truth_frame


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Everything about a cohort; :func:`simulation.write_cohort` writes what a club would have."""

    settings: SimulationSettings
    traits: Traits
    baseline: Floats
    paths: Paths
    presence: Presence
    answers: Answers
    sessions: Sessions
    recordings: Recordings
    strength: Tests
    gait: Trials
    weighings: Weighings
    exercises: Exercises
    truth: pd.DataFrame


def simulate(settings: SimulationSettings, progress: Progress | None = None) -> Cohort:
    """Simulate a cohort; the same settings give the same cohort to the last bit.

    Parameters
    ----------
    settings : SimulationSettings
    progress : callable, optional
        Called with the share done (0-1) and a word on what is being done.
    """
    tree = streams(settings.seed)
    chain = tissue_chain(settings.tissue)
    traits = draw_traits(settings, settings.athletes, np.random.default_rng(tree.traits))
    means = mean_multipliers(settings, chain, tree.pilot)
    baseline = nominal_hazard(traits, settings) / means[traits.level]
    # one week more than is observed: the risk after the last Sunday
    weeks = settings.burn_in_weeks + settings.weeks + 1
    paths = walk(traits, baseline, chain, settings, tree.lives, weeks)
    presence = draw_presence(settings, np.random.default_rng(tree.presence))
    answers = draw_answers(
        traits, paths, presence, chain, settings, np.random.default_rng(tree.answers)
    )
    device = np.random.default_rng(tree.devices)
    tests = np.random.default_rng(tree.clinic)
    sessions = draw_sessions(traits, paths, presence, answers, settings, device)
    observable = observable_risk(
        traits, baseline, chain, paths, answers, settings, tree.oracle, progress
    )
    return Cohort(
        settings=settings,
        traits=traits,
        baseline=baseline,
        paths=paths,
        presence=presence,
        answers=answers,
        sessions=sessions,
        recordings=record(traits, sessions, settings, device),
        strength=draw_strength(traits, paths, presence, settings, tests),
        gait=draw_gait(traits, presence, settings, tests),
        weighings=draw_weighings(traits, presence, settings, tests),
        exercises=draw_exercises(sessions, tests),
        truth=truth_frame(paths, presence, observable, settings),
    )
