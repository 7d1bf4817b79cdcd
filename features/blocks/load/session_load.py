"""The daily sRPE load, with a stated answer to sessions that nobody rated.

RPE is a questionnaire: runs are often rated and rides or gym sessions hardly ever. Were a day with
an unrated session unknown, load would be known in weeks of rest and unknown in weeks of training,
and being null would itself tell of running. So an unrated session counts with the athlete's own
mean RPE of late, as long as enough days were rated.
"""

from typing import Final

import numpy as np

from features.blocks.load.sparse_measures import ROUNDING, expected_days, flag_known
from features.kernels.windows import Daily
from features.panel.days import Days, ratio

USUAL_DAYS: Final = 28


def session_load(days: Days) -> str:
    """Return the name of the daily sRPE load channel: minutes x RPE of every session, any sport.

    Unrated minutes take :func:`usual_rpe` of the day; null where that is null or where a session
    has no minutes. A fully rated day is exactly minutes x RPE (Foster 2001).
    """
    return days.derived("session load", _load)


def usual_rpe(days: Days) -> Daily:
    """Mean RPE of the rated minutes of the past 28 days, the day included.

    Null unless the settings' share of answers holds for the days with a session.
    """
    rated = days.derived("rated days", lambda d: flag_known(d, d.values("rated_min") > 0))
    answers = days.sum_of_known_days(rated, USUAL_DAYS)
    expected = days.sum_of_known_days(expected_days(days, "sessions"), USUAL_DAYS)
    # Load over minutes and not a mean of ratings: long sessions weigh more in the load as well.
    load, minutes = (days.sum_of_known_days(c, USUAL_DAYS) for c in ("rated_load", "rated_min"))
    usual = ratio(load, minutes)
    return np.where(answers >= days.settings.answered_share * expected - ROUNDING, usual, np.nan)


def _load(days: Days) -> Daily:
    rated = days.values("rated_load").astype(np.float64)
    unrated = days.values("session_min").astype(np.float64) - days.values("rated_min")
    # A fully rated day needs no usual effort, so it is known in an athlete's first week too.
    return np.where(unrated == 0, rated, rated + unrated * usual_rpe(days))
