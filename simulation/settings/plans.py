"""Whether coaches write plans, and into which file."""

from typing import Literal

from common.settings import Settings
from simulation.settings.base import Share


class PlanSettings(Settings):
    """Plans that coaches write on Sunday evening for the week that begins.

    Parameters
    ----------
    written : bool
        Whether there are plans at all.
    coached : float
        Share of the runners who have a coach.
    file : str
        ``sheet`` (one ``plans.csv`` of the club) or ``trainingpeaks`` (a list for each runner, with
        the planned columns only).
    """

    written: bool = False
    coached: Share = 1.0
    file: Literal["sheet", "trainingpeaks"] = "sheet"
