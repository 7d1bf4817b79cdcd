"""What a week along the uninjured path consists of."""

from dataclasses import dataclass

from common.arrays import Bools, Floats, Ints


@dataclass(frozen=True, kw_only=True)
class WeekPath:
    """Rows x 7 (Monday first); ``hazard`` is rows x 7 x (knee, elsewhere).

    The hazard leaves frailty and tissue out. ``ratio`` is the run against the longest run of the 30
    days before it (NaN without a run or a reference); ``healthy`` marks days that are not injured.
    """

    km: Floats
    kind: Ints
    hours: Floats
    ratio: Floats
    spike: Floats
    sleep: Floats
    stress: Floats
    ill: Bools
    healthy: Bools
    hazard: Floats
