"""Which recordings are one and the same session: groups of recordings that overlap by half.

Two recordings of an athlete belong together if they share at least half of the shorter one and
their sports can be the same: they are alike (walk and hike, run and trail), or one side could not
name its sport. Nobody runs and rides at once, and one device does not record a session twice one
after the other: such recordings never come into one group, whatever a third one covers.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Ints
from ingest.records.sports import ANY_SPORT, BITS, masks
from ingest.sessions.day_only import can_meet
from ingest.sessions.overlaps import LEAST_OVERLAP, Overlaps, overlaps


def same_session(sessions: pd.DataFrame) -> Ints:
    """Return a number per recording; recordings of one session have the same number.

    Pairs that agree best (shared time over the longer of the two) go together first.

    Parameters
    ----------
    sessions : pandas.DataFrame
        Columns athlete, start, local_date, duration_min, sport, source and `day_only`, with an
        index 0 ... n-1.
    """
    pairs = overlaps(sessions)
    pairs = pairs.where(can_meet(sessions, pairs.first, pairs.second))
    fits = open_masks(sessions["sport"])
    pairs = pairs.where(is_half(pairs) & ((fits[pairs.first] & fits[pairs.second]) != 0))
    groups = _Groups(sessions, fits, pairs)
    agreement = np.divide(
        pairs.shared_s, pairs.longer_s, out=np.ones(len(pairs.first)), where=pairs.longer_s > 0
    )
    # Ties go by position: the order of the files in a folder must not change the groups.
    for at in np.lexsort((pairs.second, pairs.first, -agreement)):
        groups.join(int(pairs.first[at]), int(pairs.second[at]))
    return groups.numbers()


def is_half(pairs: Overlaps) -> NDArray[np.bool_]:
    """Return which pairs share half of the shorter one; one without length must lie inside."""
    shared = (pairs.shared_s > 0) & (pairs.shared_s >= LEAST_OVERLAP * pairs.shorter_s)
    moment = (pairs.shorter_s == 0) & (pairs.shared_s == 0)
    both: NDArray[np.bool_] = shared | moment
    return both


def open_masks(sport: pd.Series) -> Ints:
    """Return the sports a recording may be; one that names none may be any."""
    named = masks(sport)
    return np.where(named == BITS["other"], ANY_SPORT, named)


class _Groups:
    """Recordings joined one pair at a time; see the rules of this module."""

    def __init__(self, sessions: pd.DataFrame, fits: Ints, pairs: Overlaps) -> None:
        self._group = np.arange(len(sessions), dtype=np.int64)
        self._members: dict[int, list[int]] = {}
        self._fits = fits.copy()
        self._source = np.asarray(pd.factorize(sessions["source"])[0], dtype=np.int64)
        self._meet = set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))

    def join(self, recording: int, other: int) -> None:
        """Join the groups of two recordings unless a rule forbids it."""
        left, right = int(self._group[recording]), int(self._group[other])
        if left == right or not self._fits[left] & self._fits[right]:
            return
        here, there = self._members.get(left, [left]), self._members.get(right, [right])
        if any(self._follow_each_other(a, b) for a in here for b in there):
            return
        # A recording without a sport fits a run and a ride; once it
        # joined one, it must not bring the other.
        self._fits[left] &= self._fits[right]
        self._group[there] = left
        self._members[left] = here + there

    def numbers(self) -> Ints:
        """Return the group of each recording."""
        return self._group

    def _follow_each_other(self, recording: int, other: int) -> bool:
        """Say whether one device recorded the two one after the other."""
        # Pairs are kept with the earlier start first, and the caller knows no order.
        pair = (recording, other) if (recording, other) in self._meet else (other, recording)
        return bool(self._source[recording] == self._source[other]) and pair not in self._meet
