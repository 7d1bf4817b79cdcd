"""Which sports can be one and the same session, as bit masks so that millions compare at once."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.vocabulary import SPORTS

BITS: Final = {sport: 1 << place for place, sport in enumerate(SPORTS)}
ANY_SPORT: Final = (1 << len(SPORTS)) - 1

# A device may call a hike a walk; `other` is a session whose sport the source could not name.
_ALIKE: Final = {"walk": ("walk", "hike"), "hike": ("walk", "hike")}


def mask_of(sports: Iterable[str]) -> int:
    """Return the bit mask of a set of sports."""
    # A set: a sport named twice must not add its bit twice.
    return sum({BITS[sport] for sport in sports})


_MASKS: Final = {name: mask_of(_ALIKE.get(name, (name,))) for name in SPORTS}


def masks(sport: pd.Series) -> NDArray[np.int64]:
    """Return for each session the mask of sports it may be; null may be any.

    Examples
    --------
    >>> masks(pd.Series(["run", "hike", None], dtype="str")).tolist()
    [1, 6, 127]
    """
    which, names = pd.factorize(sport)
    # Null is -1 there, and so the last one here.
    table = [*(_MASKS.get(name, ANY_SPORT) for name in names), ANY_SPORT]
    return np.array(table, dtype=np.int64)[which]
