"""Running dynamics of a session, all of one source: series of two devices are never spliced."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.fit.content import Message, number
from ingest.readers.activity.fit.stream import MM
from ingest.readers.activity.track import Track
from ingest.readers.activity.track.dynamics import DYNAMICS, mean_dynamics, plausible
from ingest.readers.activity.track.effort import time_mean
from ingest.readers.activity.track.form import form_decay_pct

MEASURED: Final = ("ground_contact_ms", "vertical_oscillation_mm")
"""Only a sensor gives these; step length alone also follows from speed and cadence."""
POWER: Final = "power_w"

_SESSION_FIELDS: Final = {
    "vertical_oscillation_mm": ("avg_vertical_oscillation", 1.0),
    "ground_contact_ms": ("avg_stance_time", 1.0),
    "balance_left_pct": ("avg_stance_time_balance", 1.0),
    "step_length_m": ("avg_step_length", 1.0 / MM),
    "vertical_ratio_pct": ("avg_vertical_ratio", 1.0),
    "power_w": ("avg_power", 1.0),
}


class Dynamics(NamedTuple):
    """Dynamics by contract column, and who measured them."""

    values: dict[str, float]
    source: str


def dynamics_of(track: Track, session: Message, maker: str) -> Dynamics:
    """Return running dynamics and power of the one source that measured most.

    The device's own come first; an application (Stryd, RunScribe) only counts where the device
    measured less. The device's session means are taken where it gives them, else the means of the
    records. A 0 is no value: COROS and Suunto write it for what they did not measure.

    Parameters
    ----------
    track : Track
        Records of a run.
    session : mapping
        The session message; may be empty.
    maker : str
        Tag of the device's own dynamics.
    """
    native = {name: track.get(name) for name in (*DYNAMICS, POWER) if track.knows(name)}
    candidates = [(_means(track, native, session), maker, native)]
    for tag, series in _applications(track).items():
        candidates.append((_means(track, series, {}), tag, series))
    # `max` keeps the first of equals, and that is the device's own.
    means, source, series = max(candidates, key=lambda candidate: _richness(candidate[0]))
    if not means:
        return Dynamics({}, "")
    contact = series.get("ground_contact_ms")
    if contact is not None:
        means["form_decay_pct"] = form_decay_pct(track, plausible("ground_contact_ms", contact))
    return Dynamics(means, source)


def _means(track: Track, series: Mapping[str, Floats], session: Message) -> dict[str, float]:
    means = mean_dynamics(track, {name: series[name] for name in DYNAMICS if name in series})
    if POWER in series:
        watts = series[POWER]
        # 0 W is written while standing; with it the mean would fall at each traffic light.
        means[POWER] = time_mean(track, np.where(watts > 0, watts, np.nan))
    for name, (field, factor) in _SESSION_FIELDS.items():
        value = number(session, field) * factor
        # COROS and Suunto write 0 for what they did not measure.
        if value > 0:
            means[name] = value
    return {name: value for name, value in means.items() if not np.isnan(value)}


def _applications(track: Track) -> dict[str, dict[str, Floats]]:
    sources: dict[str, dict[str, Floats]] = {}
    for name, values in track.channels.items():
        tag, dot, channel = name.partition(".")
        if dot and channel in (*DYNAMICS, POWER):
            sources.setdefault(tag, {})[channel] = values
    return sources


def _richness(means: Mapping[str, float]) -> tuple[int, int]:
    # The second number lets power alone count where nobody measured contact or oscillation.
    return sum(name in means for name in MEASURED), int(bool(means))
