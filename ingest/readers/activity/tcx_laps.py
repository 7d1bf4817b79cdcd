"""Laps of a TCX whose distances cannot be: counted from the start on, mistyped, or left out."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.session_list import FASTEST_M_S, ON_FOOT
from ingest.sessions.pace import too_fast

LAPS_WRONG: Final = "lap_distances_wrong_points_taken"
SHORT_OF: Final = 0.05
"""Laps of which some name no distance are believed if the points go no further than this."""

Lap = dict[str, float]


def are_wrong(laps: Sequence[Lap], points_km: float, sport: str) -> bool:
    """Return whether the points tell the distance better than the laps do.

    Some programs write the distance since the start into every lap, or none into the last one. A
    lap that nobody can run that fast, or laps without a distance while the points go further, give
    it away; a lap's own distance is otherwise the device's and stays.

    Parameters
    ----------
    laps : sequence of dict
        `seconds` and `metres` of each lap, as far as known.
    points_km : float
        Distance of the points, NaN if they tell none.
    sport : str
        Sport of the vocabulary; only on foot is a lap known to be too fast.

    Examples
    --------
    >>> far = [{"seconds": 600, "metres": 2000}, {"seconds": 600, "metres": 14000}]
    >>> are_wrong(far, 4.0, "run"), are_wrong(far, 4.0, "ride"), are_wrong(far, 16.0, "run")
    (True, False, False)
    """
    metres = np.nan_to_num(column(laps, "metres"))
    laps_km = float(metres.sum()) / 1000
    if laps_km == 0 or not points_km > 0:
        return False
    # Points zigzag around the way: a greater distance alone does not make the laps wrong.
    if points_km > laps_km * (1 + SHORT_OF):
        return bool((metres == 0).any())
    return points_km < laps_km and _any_too_fast(metres, column(laps, "seconds"), sport)


def _any_too_fast(metres: Floats, seconds: Floats, sport: str) -> bool:
    timed = (seconds > 0) & (metres > 0)
    km, minutes = metres[timed] / 1000, seconds[timed] / 60
    if sport == "run":
        return bool(too_fast(km, minutes).any())
    return sport in ON_FOOT and bool((km * 1000 > FASTEST_M_S * minutes * 60).any())


def column(laps: Sequence[Lap], name: str) -> Floats:
    """Return a value of each lap, NaN where unknown."""
    return np.array([lap.get(name, np.nan) for lap in laps], dtype=np.float64)
