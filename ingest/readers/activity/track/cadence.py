"""Steps per minute: devices count one foot, or both, and rarely say which."""

from typing import Final

RUN_PER_FOOT_BELOW: Final = 120.0
"""Nobody runs below 120 steps a minute, nobody strides above 120 a minute with one foot."""
WALK_PER_FOOT_BELOW: Final = 80.0
"""The same border for walking and hiking."""
FOOT_SPORTS: Final = ("run", "walk", "hike")


def steps_per_minute(cadence: float, sport: str) -> float:
    """Return steps per minute of both feet from a typical cadence of a file.

    Parameters
    ----------
    cadence : float
        Median of the record stream, or the device's mean, in whatever the device counts.
    sport : str
        Sport of the vocabulary; for sports without steps the answer is NaN.

    Examples
    --------
    >>> steps_per_minute(82.5, "run"), steps_per_minute(165.0, "run")
    (165.0, 165.0)
    """
    if sport not in FOOT_SPORTS or not cadence > 0:
        return float("nan")
    # Walkers take fewer steps, so that their border lies lower.
    border = RUN_PER_FOOT_BELOW if sport == "run" else WALK_PER_FOOT_BELOW
    return float(cadence * 2 if cadence < border else cadence)
