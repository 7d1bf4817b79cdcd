"""The truth table: what the risk really was after each Sunday. It never goes into the raw files.

``p_any_full`` and ``p_knee_full`` are 1 - exp(-H) along the planned, uninjured path of the next
`horizon_days` days, with the runner's own frailty and tissue state. For the knee, H is the knee's
hazard alone: an injury elsewhere earlier in the same week does not end the horizon. The
observable columns are explained in :mod:`simulation.truth.oracle`.
"""

import numpy as np
import pandas as pd

from common.arrays import Floats, Texts
from simulation.people.presence import Presence
from simulation.people.roster import DAYS
from simulation.settings.cohort import SimulationSettings
from simulation.training.paths import Paths
from simulation.truth.oracle import is_at_risk

PROBABILITIES = ("p_any_full", "p_knee_full", "p_any_observable", "p_knee_observable")


def athlete_ids(athletes: int) -> Texts:
    """Return the raw roster ids, ``R0001`` and so on."""
    return np.array([f"R{number:04d}" for number in range(1, athletes + 1)], dtype=object)


def truth_frame(
    paths: Paths, presence: Presence, observable: Floats, settings: SimulationSettings
) -> pd.DataFrame:
    """Return one row per athlete and observed Sunday.

    Returns
    -------
    pandas.DataFrame
        athlete, date, at_risk and the four probabilities, null where the athlete is injured.
    """
    # A state belongs to the eve of its week: the Sunday of the first observed week is the next
    # one's.
    first = settings.burn_in_weeks + 1
    at_risk = np.stack([is_at_risk(state) for state in paths.sundays[first:]], axis=1)
    full = np.where(at_risk[:, :, None], paths.planned_risk[:, first:], np.nan)
    sunday = np.arange(settings.weeks) * DAYS + DAYS - 1
    present = (sunday >= presence.joined[:, None]) & (sunday <= presence.left[:, None])
    runner, week = np.nonzero(present)
    values = np.concatenate([full, observable], axis=2)[runner, week]
    frame = pd.DataFrame(
        {
            "athlete": athlete_ids(settings.athletes)[runner],
            "date": pd.Timestamp(settings.start) + pd.to_timedelta(sunday[week], unit="D"),
            "at_risk": at_risk[runner, week],
        }
    ).astype({"athlete": "str", "date": "datetime64[ns]"})
    return frame.assign(**{name: values[:, i] for i, name in enumerate(PROBABILITIES)})
