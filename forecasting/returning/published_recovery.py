"""Where an injured athlete stands: days since onset beside published recoveries, never a date."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Recovery:
    """A published distribution of the days to recovery."""

    who: str
    median_days: int
    spread: str
    source: str


OVERDUE: Final = 2
"""Times the published median after which nobody is merely slow to come back (convention)."""

PFPS: Final = Recovery(
    "runners with patellofemoral pain", 49, "the middle half lies 63 days apart", "RUN CLEVER"
)
NOVICE: Final = Recovery(
    "injured novices", 71, "single ones took 9 to 617 days", "published cohorts"
)
ANY: Final = Recovery("injured runners", 56, "with a wide spread", "RUN CLEVER")


def published_recovery(diagnosis: str, level: str) -> Recovery:
    """Return the recovery that fits best: of the diagnosis, of novices, or of any injury.

    Parameters
    ----------
    diagnosis, level : str
        As in the tables; empty where unknown.
    """
    if diagnosis == "pfps":
        return PFPS
    return NOVICE if level == "novice" else ANY


def return_note(days: int, recovery: Recovery) -> str:
    """Say how long an injury lasts so far and how long others took.

    Parameters
    ----------
    days : int
        Days since the onset.
    recovery : Recovery
        What was published. After more than :data:`OVERDUE` times its median an injury is called
        long overdue. The return date is asked for beside it
        (:func:`forecasting.status.open_injuries.open_note`).

    Examples
    --------
    >>> return_note(20, PFPS)  # doctest: +ELLIPSIS
    'day 20 since onset; half of runners with patellofemoral pain are back within 49 days, ...'
    >>> return_note(203, PFPS).split(":")[0]
    'day 203 since onset, long overdue'
    """
    if days > OVERDUE * recovery.median_days:
        return (
            f"day {days} since onset, long overdue: half of {recovery.who} are back within "
            f"{recovery.median_days} days ({recovery.source}); if it still hurts, have it looked "
            "at again"
        )
    return (
        f"day {days} since onset; half of {recovery.who} are back within {recovery.median_days} "
        f"days, {recovery.spread} ({recovery.source}): a distribution, not a date"
    )
