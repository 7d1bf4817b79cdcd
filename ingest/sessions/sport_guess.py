"""A sport that no file named: the motion decides if no other recording of the session names it."""

from typing import Final

import pandas as pd

LIKELY_SPORT: Final = "likely_sport"
"""Working column of the readers: the foot sport by speed and cadence; null if a file names one."""


def with_likely_sport(sessions: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Series[bool]"]:
    """Return sessions whose unnamed sport is replaced by the likely one, and which they are.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Joined sessions with `sport` and :data:`LIKELY_SPORT`.
    """
    # After joining: another recording of the session may have named its sport.
    guessed = (sessions["sport"] == "other") & sessions[LIKELY_SPORT].notna()
    sport = sessions["sport"].mask(guessed, sessions[LIKELY_SPORT])
    return sessions.assign(sport=sport), guessed
