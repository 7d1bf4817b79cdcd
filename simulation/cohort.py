"""The whole cohort: lived, observed, and known in truth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from common.arrays import Floats
from simulation.lives import live
from simulation.observed.answers import Answers, answers_by_pain, draw_answers
from simulation.observed.device import Recordings, record
from simulation.observed.register import Register, keep_register, leave_when_hurt
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
from simulation.people.roster import Traits
from simulation.settings.cohort import SimulationSettings, with_effects
from simulation.streams import streams
from simulation.training.paths import Paths
from simulation.training.written import WrittenPlans, draw_coached, written_plans
from simulation.truth.oracle import Progress, Seen
from simulation.truth.table import truth_frame


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """Everything about a cohort; :func:`simulation.write_cohort` writes what a club would have.

    ``reported_answers`` are those that the club has: athletes without pain may have left theirs
    out. ``register`` has the injuries as they were written down. Without label errors both are the
    whole truth.
    """

    settings: SimulationSettings
    traits: Traits
    baseline: Floats
    paths: Paths
    presence: Presence
    answers: Answers
    reported_answers: Answers
    register: Register
    plans: WrittenPlans
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
    settings = with_effects(settings)
    tree = streams(settings.seed)
    lives = live(settings, tree)
    traits, paths = lives.traits, lives.paths
    presence = draw_presence(settings, np.random.default_rng(tree.presence))
    # One stream for all label errors: a cohort without them has the same lives as one with them.
    clerk = np.random.default_rng(tree.register)
    presence = leave_when_hurt(presence, paths.injuries, settings, clerk)
    answers = draw_answers(
        traits, paths, lives.strain, presence, settings, np.random.default_rng(tree.answers)
    )
    reported_answers = answers_by_pain(answers, settings.errors.answers_follow_pain, clerk)
    device = np.random.default_rng(tree.devices)
    tests = np.random.default_rng(tree.clinic)
    # Before the oracle: whose week is written down can be observed, so it has to know it.
    coached = draw_coached(settings, np.random.default_rng(tree.coaches))
    # Sessions and recordings share a stream: this order is a part of what a seed means.
    sessions = draw_sessions(traits, paths, presence, answers, settings, device)
    observable = lives.oracle(Seen(paths=paths, answers=answers, coached=coached), progress)
    return Cohort(
        settings=settings,
        traits=traits,
        baseline=lives.baseline,
        paths=paths,
        presence=presence,
        answers=answers,
        reported_answers=reported_answers,
        plans=written_plans(traits, paths, presence, coached, settings),
        register=keep_register(paths.injuries, presence, settings, clerk),
        sessions=sessions,
        recordings=record(traits, sessions, settings, device),
        strength=draw_strength(traits, paths, presence, settings, tests),
        gait=draw_gait(traits, presence, settings, tests),
        weighings=draw_weighings(traits, presence, settings, tests),
        exercises=draw_exercises(sessions, tests),
        truth=truth_frame(paths, presence, observable, settings),
    )
