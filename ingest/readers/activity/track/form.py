"""Form decay: how ground contact grows from the first third of a run to the last, at like speed."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from common.arrays import Floats
from ingest.readers.activity.track.effort import LONGEST_STEP_S
from ingest.readers.activity.track.motion import speed_of, steps_seconds
from ingest.readers.activity.track.series import Mask, Track

RUNNING_M_S: Final = 1.8
"""Slower than this is walking for most; contact times of walking say nothing about form."""
SPEED_BIN_M_S: Final = 0.25
"""Speeds within one bin are alike."""
LEAST_IN_BIN_S: Final = 30.0
"""A bin counts if both thirds spent this long in it."""
LEAST_ALIKE_S: Final = 120.0
"""Both thirds must share this much time at like speeds."""
LEAST_RUNNING_S: Final = 900.0
"""A run shorter than a quarter of an hour does not show fatigue."""


def form_decay_pct(track: Track, contact_ms: Floats) -> float:
    """Return the change of ground contact time from the first to the last third, in per cent.

    Within each speed bin the mean contact times of both thirds are compared; the bins are
    weighted by the shorter of the two stays::

        100 * (sum_b w_b * last_b / sum_b w_b * first_b - 1),   w_b = min(seconds first, last)

    so that a fast finish is not mistaken for good form, nor a slow one for bad.

    Parameters
    ----------
    track : Track
        Records.
    contact_ms : array of shape (n,)
        Ground contact times of one source, NaN where unknown.

    Returns
    -------
    float
        Per cent, positive if contact grew; NaN if the run is too short or the thirds share no
        speed.
    """
    speed = speed_of(track)
    seconds = np.minimum(steps_seconds(track), LONGEST_STEP_S)
    running: Mask = (speed >= RUNNING_M_S) & ~np.isnan(contact_ms)
    # Thirds of the running alone: a walk to the start would shift them.
    run = np.cumsum(np.where(running, seconds, 0.0))
    if not len(run) or run[-1] < LEAST_RUNNING_S:
        return float("nan")
    bins = np.where(running, speed / SPEED_BIN_M_S, 0.0).astype(np.int64)
    first_s, first_ms = _by_bin(running & (run <= run[-1] / 3), bins, seconds, contact_ms)
    last_s, last_ms = _by_bin(running & (run > run[-1] * 2 / 3), bins, seconds, contact_ms)
    weight = np.minimum(first_s, last_s)
    weight[weight < LEAST_IN_BIN_S] = 0.0
    alike = weight > 0
    if weight.sum() < LEAST_ALIKE_S:
        return float("nan")
    last, first = (weight[alike] * last_ms[alike]).sum(), (weight[alike] * first_ms[alike]).sum()
    return float(100 * (last / first - 1))


def _by_bin(
    part: Mask, bins: NDArray[np.int64], seconds: Floats, values: Floats
) -> tuple[Floats, Floats]:
    """Return seconds and time-weighted mean value per bin, over the records of a part."""
    size = int(bins.max()) + 1
    stay: Floats = np.bincount(bins[part], seconds[part], size).astype(np.float64)
    total = np.bincount(bins[part], (seconds * values)[part], size)
    return stay, np.divide(total, stay, out=np.full(size, np.nan), where=stay > 0)
