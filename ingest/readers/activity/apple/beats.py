"""rMSSD from the beats that Apple Health lists beside each measurement of SDNN.

SDNN is no rMSSD and is never stored as one. Each beat has a whole number of beats per minute and a
clock time to the hundredth of a second, so an interval is known to about 10 ms.
"""

import math
import re
from typing import Final

_SECONDS: Final = re.compile(r":(\d{2})[.,](\d{1,3})\b")
_SHORTEST_S, _LONGEST_S = 0.3, 2.0
_AGREES: Final = 0.2
_LEAST_PAIRS: Final = 20


class Beats:
    """Beats of one measurement, one after the other."""

    def __init__(self) -> None:
        self._before: float | None = None
        self._interval: float | None = None
        self._squares = 0.0
        self._pairs = 0

    def add(self, bpm: str, time: str) -> None:
        """Add a beat; after a gap, or where rate and clock disagree, a new stretch begins."""
        match = _SECONDS.search(time)
        if match is None:
            return
        at = int(match[1]) + float(f"0.{match[2]}")
        # Only the seconds of the clock are read, so an interval may run over a full minute.
        interval = None if self._before is None else (at - self._before) % 60
        self._before = at
        if interval is None or not _plausible(interval, bpm):
            self._interval = None
            return
        # Differences only of intervals that follow each other: a gap
        # between would count as variability.
        if self._interval is not None:
            self._squares += (interval - self._interval) ** 2
            self._pairs += 1
        self._interval = interval

    def rmssd_ms(self) -> float | None:
        r"""Return the root mean square of successive differences, or None if too few are known.

        .. math:: \mathrm{rMSSD} = \sqrt{\frac{1}{n} \sum_i (RR_{i+1} - RR_i)^2}

        (Task Force of the ESC and NASPE 1996, Circulation 93:1043).
        """
        if self._pairs < _LEAST_PAIRS:
            return None
        return 1000 * math.sqrt(self._squares / self._pairs)


def _plausible(interval: float, bpm: str) -> bool:
    if not _SHORTEST_S <= interval <= _LONGEST_S:
        return False
    try:
        return abs(interval * float(bpm) / 60 - 1) <= _AGREES
    except ValueError:
        return False
