"""What a day's answers and measures tell of the hidden tissue state."""

from collections.abc import Iterator

import numpy as np

from common.arrays import Floats
from simulation.harm.tissue import TissueChain
from simulation.observed.answers import (
    HIGHEST,
    LOWEST,
    MOST_PAIN,
    Answers,
    answer_likelihood,
    pain_mean,
    soreness_mean,
)
from simulation.observed.morning import LOG_HRV_SD, SLEEP_H_SD
from simulation.people.roster import DAYS
from simulation.people.state import ELSEWHERE
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import Paths


def likelihoods(
    paths: Paths, answers: Answers, chain: TissueChain, settings: SimulationSettings
) -> Iterator[Floats | None]:
    """Yield each day's probability of the answers given the tissue states; None in the burn-in.

    Yields
    ------
    array, runners x (knee, elsewhere) x states
    """
    # Nothing was asked before the observation; injuries and runs of that time still count.
    for _ in range(settings.burn_in_weeks * DAYS):
        yield None
    strain = np.broadcast_to(chain.values, (1, 2, len(chain.values)))
    for day in range(settings.weeks * DAYS):
        yield day_likelihood(paths, answers, day, strain, settings)


def day_likelihood(
    paths: Paths, answers: Answers, day: int, strain: Floats, settings: SimulationSettings
) -> Floats:
    """Return the probability of a day's answers given each strain.

    Parameters
    ----------
    day : int
        Counted from the start date.
    strain : array, runners (or 1) x (knee, elsewhere) x states
        In standard deviations.

    Returns
    -------
    array, runners x (knee, elsewhere) x states
    """
    seen = settings.observation
    spike = paths.spike[:, settings.burn_in_weeks * DAYS + day, None, None]
    pain = pain_mean(strain, spike, seen)
    likelihood = answer_likelihood(
        answers.pain[:, day, :, None], pain, seen.pain_error_sd, 0, MOST_PAIN
    )
    elsewhere = strain[:, ELSEWHERE]
    sore = soreness_mean(elsewhere, answers.fatigue_z[:, day, None], seen)
    likelihood[:, ELSEWHERE] *= answer_likelihood(
        answers.items["soreness"][:, day, None], sore, seen.soreness_error_sd, LOWEST, HIGHEST
    )
    night = _night_likelihood(answers, day, elsewhere, settings)
    if night is not None:
        likelihood[:, ELSEWHERE] *= night
    return likelihood


def _night_likelihood(
    answers: Answers, day: int, strain: Floats, settings: SimulationSettings
) -> Floats | None:
    """Return the density of sleep and HRV given each strain; None where they tell nothing.

    The measures are normal round the runner's usual ones less what the strain takes; that a few
    are cut off at the ends of the scale is left out.
    """
    seen, morning = settings.observation, answers.morning
    if not seen.sleep_h_per_tissue_sd and not seen.log_hrv_per_tissue_sd:
        return None
    hours = morning.sleep_h[:, day] - morning.usual_sleep_h[:, day]
    log_hrv = np.log(morning.hrv[:, day]) - morning.usual_log_hrv[:, day]
    return _density(hours, seen.sleep_h_per_tissue_sd * strain, SLEEP_H_SD) * _density(
        log_hrv, seen.log_hrv_per_tissue_sd * strain, LOG_HRV_SD
    )


def _density(above: Floats, lost: Floats, sd: float) -> Floats:
    """Return the normal density but for its constant, 1 where nothing was measured."""
    distance = (above[:, None] + lost) / sd
    return np.asarray(np.where(np.isnan(distance), 1.0, np.exp(-(distance**2) / 2)))
