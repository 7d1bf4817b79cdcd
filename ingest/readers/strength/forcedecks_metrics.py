"""Metric columns of ForceDecks: names with a unit that the exporter chose, and sometimes a side."""

import re
from collections.abc import Iterable
from typing import Final

from ingest.readers.strength.values import Metric

# Unit in brackets -> what it measures, unit of the strength table, factor.
_UNITS: Final = {
    "cm": ("length", "cm", 1.0),
    "in": ("length", "cm", 2.54),
    "m": ("length", "cm", 100.0),
    "n": ("force", "N", 1.0),
    "kn": ("force", "N", 1000.0),
    "n/kg": ("force", "N/kg", 1.0),
    "w": ("power", "W", 1.0),
    "w/kg": ("power", "W/kg", 1.0),
    "s": ("time", "s", 1.0),
    "ms": ("time", "s", 0.001),
    "m/s": ("speed", "m/s", 1.0),
}
# Name without unit -> metric of the strength table, what it measures.
_NAMES: Final = {
    "jump height (imp-mom)": ("jump_height_impulse", "length"),
    "jump height (flight time)": ("jump_height_flight", "length"),
    "peak power": ("peak_power", "power"),
    "peak power / bm": ("peak_power", "power"),
    "rsi-modified": ("rsi_modified", "speed"),
    "rsi-modified (imp-mom)": ("rsi_modified", "speed"),
    "contraction time": ("contraction_time", "time"),
    "eccentric mean braking force": ("eccentric_braking_force", "force"),
    "peak vertical force": ("peak_force", "force"),
    "peak vertical force / bm": ("peak_force", "force"),
    "net peak vertical force": ("net_peak_force", "force"),
    "force at 50ms": ("force_at_50_ms", "force"),
    "force at 100ms": ("force_at_100_ms", "force"),
    "force at 200ms": ("force_at_200_ms", "force"),
    "start time to peak force": ("time_to_peak_force", "time"),
}
_SIDES: Final = {"l": "left", "r": "right", "left": "left", "right": "right", "": "both"}
_HEADER: Final = re.compile(
    r"^(?P<name>.+?)(?: in [a-z]+)? \[(?P<unit>[^\]]+)\](?: \((?P<side>l|r)\))?$"
)


def metric_of_column(header: str) -> Metric | None:
    """Return what a column of the web CSV holds; asymmetry columns and strangers are None.

    Examples
    --------
    >>> found = metric_of_column("Jump Height (Imp-Mom) in Inches [in] ")
    >>> found.name, found.unit, found.side, found.factor
    ('jump_height_impulse', 'cm', 'both', 2.54)
    >>> metric_of_column("Peak Vertical Force % (Asym) (%)") is None
    True
    """
    match = _HEADER.match(" ".join(header.lower().split()))
    if match is None:
        return None
    return metric_of(match["name"], match["unit"], match["side"] or "", header.strip())


def metric_of(name: str, unit: str, side: str, cell: str) -> Metric | None:
    """Return the metric of a name, a unit and a side, None where the name or unit is unknown."""
    known_metric = _NAMES.get(" ".join(name.lower().split()))
    scale = _UNITS.get(unit.strip().lower())
    place = _SIDES.get(side.lower(), "both" if side.lower() == "both" else None)
    if known_metric is None or scale is None or place is None or scale[0] != known_metric[1]:
        return None
    return Metric(known_metric[0], cell, scale[1], place, scale[2])


def metrics_of_header(header: Iterable[str]) -> tuple[Metric, ...]:
    """Return the metrics of a web CSV's columns, in the order of the columns."""
    metrics = (metric_of_column(name) for name in dict.fromkeys(header))
    return tuple(metric for metric in metrics if metric is not None)
