"""From decoded FIT records to a track: one channel per quantity and source; auto-pauses too."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.fit.content import Content, code, number
from ingest.readers.activity.fit.developer import developer_sources
from ingest.readers.activity.fit.profile import TIMER_EVENT, TIMER_START, TIMER_STOPS
from ingest.readers.activity.track import Pause, Track, make_track
from ingest.readers.activity.track.series import Mask

_CHANNELS: Final = {
    "distance_m": ("distance",),
    "speed_m_s": ("speed", "enhanced_speed"),
    "altitude_m": ("altitude", "enhanced_altitude"),
    "heart_rate": ("heart_rate",),
    "power_w": ("power",),
    "latitude": ("position_lat",),
    "longitude": ("position_long",),
    "vertical_oscillation_mm": ("vertical_oscillation",),
    "ground_contact_ms": ("stance_time",),
    "balance_left_pct": ("stance_time_balance",),
    "vertical_ratio_pct": ("vertical_ratio",),
}
"""Channel -> fields of the profile, the first that speaks counts."""
MM: Final = 1000
OUT_OF_TIME: Final = "records_out_of_time_dropped"
FARTHEST_S: Final = 2 * 86400.0
"""Records farther than this from the middle of a file are junk, not an activity of four days."""


def track_of(content: Content) -> Track:
    """Return the records of a FIT file; channels of applications are named `source.channel`."""
    records = content.records
    if "timestamp" not in records:
        return make_track(np.zeros(0), {})
    channels = {
        channel: _first_known([records[name] for name in names if name in records])
        for channel, names in _CHANNELS.items()
        if any(name in records for name in names)
    }
    channels |= _scaled(records)
    for source, series in developer_sources(content.developer).items():
        channels |= {f"{source}.{channel}": values for channel, values in series.items()}
    time = records["timestamp"]
    keep = ~_far(time)
    near = {name: values[keep] for name, values in channels.items()}
    track = make_track(time[keep], near, pauses_of(content))
    # One record of another year would make the session last for years.
    return track if keep.all() else replace(track, repairs=(*track.repairs, OUT_OF_TIME))


def pauses_of(content: Content) -> list[Pause]:
    """Return the stretches between a stop of the timer and its next start."""
    pauses: list[Pause] = []
    stopped: float | None = None
    events = [event for event in content.all("event") if code(event, "event") == TIMER_EVENT]
    timed = [(number(event, "timestamp"), code(event, "event_type")) for event in events]
    known = [timed_event for timed_event in timed if not np.isnan(timed_event[0])]
    for moment, event_type in sorted(known, key=lambda timed_event: timed_event[0]):
        # Devices may write several stops before a start; the first one began the pause.
        if event_type in TIMER_STOPS and stopped is None:
            stopped = moment
        elif event_type == TIMER_START and stopped is not None:
            pauses.append(Pause(stopped, moment))
            stopped = None
    return pauses


def _far(time: Floats) -> Mask:
    """Tell records that cannot belong to the activity: junk after a break decodes to anything."""
    known = time[~np.isnan(time)]
    # The median, because junk of any size cannot move it.
    middle = float(np.median(known)) if len(known) else 0.0
    return np.asarray(np.abs(time - middle) > FARTHEST_S)


def _scaled(records: Mapping[str, Floats]) -> dict[str, Floats]:
    channels: dict[str, Floats] = {}
    if "step_length" in records:
        channels["step_length_m"] = records["step_length"] / MM
    if "cadence" in records:
        fraction = records.get("fractional_cadence", np.zeros(1))
        # The whole number drops the half: at 85.5 strides it would be off by one step a minute.
        channels["cadence"] = records["cadence"] + np.nan_to_num(fraction)
    return channels


def _first_known(columns: list[Floats]) -> Floats:
    joined = columns[0]
    for column in columns[1:]:
        joined = np.where(np.isnan(joined), column, joined)
    return joined
