"""Ground contacts from the vertical ground reaction force."""

from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.gait.signals import Mask, low_pass, runs, sampling_rate
from ingest.gait.trial import Contact, Force

ON_N: Final = 50.0
OFF_N: Final = 20.0
# No runner's contact is shorter; it is a step on the edge of the plate, or noise.
SHORTEST_CONTACT_S: Final = 0.08
FORCE_CUT_OFF_HZ: Final = 50.0


def contacts_from_force(force: Force) -> list[Contact]:
    """Return the contacts whose beginning and end were both recorded.

    A contact is a stretch above :data:`OFF_N` that also rises above :data:`ON_N`: two thresholds
    keep a noisy plate from stuttering. Both lie in the range of 10 to 50 N in common use. Events
    are the crossings of the lower one, interpolated between samples.

    A contact cut off by the edge of the recording is left out: its start or end is unknown.
    """
    vertical = low_pass(force.vertical, sampling_rate(force.time), FORCE_CUT_OFF_HZ)
    above: Mask = vertical > OFF_N
    contacts = []
    for start, stop in runs(above):
        cut_off = start == 0 or stop == len(vertical)
        if cut_off or vertical[start:stop].max() <= ON_N:
            continue
        begin = _crossing(force.time, vertical, start)
        end = _crossing(force.time, vertical, stop)
        if end - begin >= SHORTEST_CONTACT_S:
            contacts.append(Contact(force.side, begin, end))
    return contacts


def _crossing(time: Floats, values: Floats, after: int) -> float:
    """Return when the line from the sample before `after` crosses the lower threshold."""
    low, high = values[after - 1], values[after]
    share = (OFF_N - low) / (high - low)
    return float(time[after - 1] + np.clip(share, 0, 1) * (time[after] - time[after - 1]))
