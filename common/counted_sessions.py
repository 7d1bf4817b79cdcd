"""Which sessions count: those to be checked whose minutes nobody knows are left out."""

import pandas as pd

from common.vocabulary import LEFT_OUT_CHECKS


def counted(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return the sessions that count as load.

    Parameters
    ----------
    sessions : pandas.DataFrame
        The `sessions` table; without the column `check` every session counts.
    """
    # Tables from before sessions were checked have no such column.
    if "check" not in sessions:
        return sessions
    return sessions[~sessions["check"].isin(LEFT_OUT_CHECKS)]
