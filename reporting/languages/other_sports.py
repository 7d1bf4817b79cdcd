"""How much of a team's training is no running, told where the team is set up and scored."""

from typing import Final

import pandas as pd

from common.language import message

WORTH_TELLING: Final = 0.25
"""Share of the team's minutes from which on somebody should decide what counts as running load."""


def other_sports_line(record: pd.DataFrame) -> str:
    """Return one sentence for the terminal, empty where the team mainly runs.

    Parameters
    ----------
    record : pandas.DataFrame
        From :func:`forecasting.status.running_record.running_record`.
    """
    # Of the whole team: `load_sports` is one setting for all of it.
    running, other = float(record["minutes_28d"].sum()), float(record["other_minutes_28d"].sum())
    share = other / (running + other) if running + other else 0.0
    if share < WORTH_TELLING:
        return ""
    return message(
        "{percent} % of the team's training minutes of the past 28 days are not running, and the"
        " running figures leave them out; `load_sports` in dataset.yaml says what counts",
        percent=f"{100 * share:.0f}",
    )
