"""The whole cohort: lived, observed, and known in truth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.answers import Answers, draw_answers
from simulation.arrays import Floats
from simulation.baseline import mean_multipliers, nominal_hazard
from simulation.clinic import (
    Exercises,
    Tests,
    Trials,
    Weighings,
    draw_exercises,
    draw_gait,
    draw_strength,
    draw_weighings,
)
from simulation.device import Recordings, record
from simulation.oracle import observable_risk
from simulation.paths import Paths, Progress, walk
from simulation.presence import Presence, draw_presence
from simulation.roster import Traits, draw_traits
from simulation.sessions import Sessions, draw_sessions
from simulation.settings import SimulationSettings
from simulation.tissue import tissue_chain
from simulation.truth import truth_frame


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
    pilot, trait, lives, asked, worn, told, oracle = np.random.SeedSequence(settings.seed).spawn(7)
    chain = tissue_chain(settings.tissue)
    traits = draw_traits(settings, settings.athletes, np.random.default_rng(trait))
    means = mean_multipliers(settings, chain, pilot)
    baseline = nominal_hazard(traits, settings) / means[traits.level]
    # one week more than is observed: the risk after the last Sunday
    weeks = settings.burn_in_weeks + settings.weeks + 1
    paths = walk(traits, baseline, chain, settings, lives, weeks)
    presence = draw_presence(settings, np.random.default_rng(asked))
    answers = draw_answers(traits, paths, presence, chain, settings, np.random.default_rng(told))
    device, tests = (np.random.default_rng(s) for s in worn.spawn(2))
    sessions = draw_sessions(traits, paths, presence, answers, settings, device)
    observable = observable_risk(
        traits, baseline, chain, paths, answers, settings, oracle, progress
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
