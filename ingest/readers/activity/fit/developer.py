"""Developer fields of running applications, mapped by name and units.

The `native_field_num` that applications declare is not looked at: it says millimetres where the
values are centimetres, or the share of ground contact where they are milliseconds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from common.arrays import Floats
from ingest.readers.activity.fit.content import DeveloperSeries

_MS: Final = {"ms": 1.0, "millisecond": 1.0, "milliseconds": 1.0}
_WATTS: Final = {"w": 1.0, "watt": 1.0, "watts": 1.0}
_LENGTH: Final = {
    "mm": 1.0, "millimeters": 1.0, "millimetres": 1.0,
    "cm": 10.0, "centimeters": 10.0, "centimetres": 10.0,
}  # fmt: skip
# Stryd says rpm and counts one foot; its application of 2016 said spm and counted both.
_STEPS: Final = {"rpm": 2.0, "spm": 1.0}

_FIELDS: Final[dict[str, tuple[str, dict[str, float]]]] = {
    "ground time": ("ground_contact_ms", _MS),
    "vertical oscillation": ("vertical_oscillation_mm", _LENGTH),
    "power": ("power_w", _WATTS),
    "cadence": ("cadence", _STEPS),
    "rs_contacttime_l": ("contact_left_ms", _MS),
    "rs_contacttime_r": ("contact_right_ms", _MS),
    "rs_power_avg": ("power_w", _WATTS),
    "rp_power": ("power_w", _WATTS),
}
"""Field name -> channel and the factor of each unit it may come in; other units are not read."""

_SIGNATURES: Final = {
    "form power": "stryd",
    "leg spring stiffness": "stryd",
    "air power": "stryd",
    "ground time": "stryd",
    "rs_contacttime_l": "runscribe",
    "rs_contacttime_r": "runscribe",
    "rs_power_avg": "runscribe",
    "rp_power": "garmin_running_power",
}
"""A field that only one application writes gives away whose the other fields are."""


def developer_sources(series: Sequence[DeveloperSeries]) -> dict[str, dict[str, Floats]]:
    """Return channels per known application; fields of unknown applications are not read.

    An application that was restarted declares its fields twice; what it wrote is one series.

    Parameters
    ----------
    series : sequence of DeveloperSeries
        Developer fields of the records.

    Returns
    -------
    dict of str to dict of str to array of shape (n,)
        Source name -> channel -> values in the channel's unit.
    """
    by_application: dict[str, list[DeveloperSeries]] = defaultdict(list)
    for developer_field in series:
        # By application: two of them may use one field name in different units.
        by_application[developer_field.application].append(developer_field)
    sources: dict[str, dict[str, Floats]] = {}
    for fields in by_application.values():
        names = {field.name.strip().lower() for field in fields}
        tag = next((tag for name, tag in _SIGNATURES.items() if name in names), None)
        if tag is not None:
            channels = _with_both_feet(_channels(fields))
            sources[tag] = _filled(sources.get(tag, {}), channels)
    return sources


def _channels(fields: Sequence[DeveloperSeries]) -> dict[str, Floats]:
    channels: dict[str, Floats] = {}
    for field in fields:
        channel, factors = _FIELDS.get(field.name.strip().lower(), ("", {}))
        # A unit that is not known leaves the field unread: a wrong factor would go unnoticed.
        factor = factors.get(field.units.strip().lower())
        if factor is not None:
            channels = _filled(channels, {channel: field.values * factor})
    return channels


def _with_both_feet(channels: dict[str, Floats]) -> dict[str, Floats]:
    """Turn contact times per foot into their mean and the share of the left."""
    if "contact_left_ms" not in channels or "contact_right_ms" not in channels:
        return channels
    left, right = channels.pop("contact_left_ms"), channels.pop("contact_right_ms")
    # A foot that wrote 0 was not measured; with it the balance would be 0 or 100 %.
    both = np.where((left > 0) & (right > 0), left + right, np.nan)
    return {**channels, "ground_contact_ms": both / 2, "balance_left_pct": 100 * left / both}


def _filled(old: Mapping[str, Floats], new: Mapping[str, Floats]) -> dict[str, Floats]:
    """Join series of one application: where the first says nothing the second speaks."""
    joined = dict(old)
    for name, values in new.items():
        joined[name] = (
            np.where(np.isnan(joined[name]), values, joined[name]) if name in joined else values
        )
    return joined
