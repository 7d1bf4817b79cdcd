"""The unit audit: an athlete, device or source whose scale jumps by a unit's factor.

A watch set to miles, a dynamometer that begins to write kilograms, a file with seconds for minutes:
each makes a series jump by a constant that is known. A series is flagged if its level jumps by such
a factor and by far more than it varies otherwise.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.audits.result import Audit
from features.audits.unit_series import unit_series
from features.catalogue.audit_settings import UnitSettings

FACTORS: Final = {
    1000.0: "thousands (m and km, s and ms, g and kg)",
    100.0: "hundreds (m and cm)",
    60.0: "sixties (hours, minutes, seconds)",
    57.29578: "radians and degrees",
    10.0: "tens (cm and mm)",
    9.80665: "kilograms-force and newtons",
    3.6: "m/s and km/h",
    3.28084: "metres and feet",
    2.54: "inches and centimetres",
    2.20462: "kilograms and pounds",
    1.609344: "kilometres and miles",
}
COLUMNS: Final = ["measure", "athlete", "source", "against", "jump", "factor", "meaning"]
# 1 / 0.6745: of a normal distribution this makes the median absolute deviation its sd.
_MAD_TO_SD: Final = 1.4826


def audit_units(tables: Mapping[str, pd.DataFrame], settings: UnitSettings | None = None) -> Audit:
    """Look for unit factors in time, between the sources of an athlete, and against the cohort.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    settings : UnitSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        The table holds one row per jump.
    """
    settings = settings or UnitSettings()
    series = unit_series(tables)
    jumps = [jump for _, rows in series.groupby("measure") for jump in _of_measure(rows, settings)]
    table = pd.DataFrame(jumps, columns=COLUMNS)
    count = series.groupby(["measure", "athlete", "source"]).ngroups
    return Audit(table.empty, _sentence(table, count), table)


def _of_measure(rows: pd.DataFrame, settings: UnitSettings) -> Iterator[tuple[object, ...]]:
    levels: dict[tuple[str, str], Floats] = {}
    measure = str(rows["measure"].iloc[0])
    for athlete, source, logs in _own(rows):
        if len(logs) >= settings.least_values:
            levels[athlete, source] = logs
        # Enough on both sides of a cut, wherever it lies.
        if len(logs) >= 2 * settings.least_values:
            before, after = _split(logs, settings.least_values)
            yield from _jump((measure, athlete, source, "its own past"), before, after, settings)
    yield from _between_sources(measure, levels, settings)
    yield from _against_cohort(measure, levels, settings)


def _own(rows: pd.DataFrame) -> Iterator[tuple[str, str, Floats]]:
    """Yield athlete, source and logarithms of each series; rows are in their order already."""
    athlete, source = (rows[name].to_numpy(dtype=object) for name in ("athlete", "source"))
    logs = np.log(rows["value"].to_numpy(dtype=np.float64))
    cuts = np.flatnonzero((athlete[1:] != athlete[:-1]) | (source[1:] != source[:-1])) + 1
    for first, last in zip([0, *cuts], [*cuts, len(logs)], strict=True):
        yield str(athlete[first]), str(source[first]), logs[first:last]


def _median(values: Floats) -> float:
    """Return the median, as NumPy's; for a hundred values in a tenth of its time."""
    ordered, half = np.sort(values), len(values) // 2
    if len(values) % 2:
        return float(ordered[half])
    return float((ordered[half - 1] + ordered[half]) / 2)


def _split(logs: Floats, least: int) -> tuple[Floats, Floats]:
    """Cut where the means on the two sides differ most, weighted by how many they rest on."""
    n = len(logs)
    before = np.arange(1, n)
    total = np.cumsum(logs)
    gap = total[:-1] / before - (total[-1] - total[:-1]) / (n - before)
    # What a cut takes off the sum of squares: without the weights a single odd value at an end
    # wins.
    gain = before * (n - before) * gap**2
    gain[: least - 1], gain[n - least :] = -1.0, -1.0
    cut = int(np.argmax(gain)) + 1
    return logs[:cut], logs[cut:]


def _between_sources(
    measure: str, levels: Mapping[tuple[str, str], Floats], settings: UnitSettings
) -> Iterator[tuple[object, ...]]:
    reference: dict[str, tuple[str, Floats]] = {}
    for (athlete, source), logs in levels.items():
        name, first = reference.setdefault(athlete, (source, logs))
        if name != source:
            yield from _jump((measure, athlete, source, f"source {name}"), first, logs, settings)


def _jump(
    place: tuple[str, str, str, str], before: Floats, after: Floats, settings: UnitSettings
) -> Iterator[tuple[object, ...]]:
    # Medians and MAD: a few values of another unit would drag means and standard deviations along.
    middles = _median(before), _median(after)
    jump = middles[1] - middles[0]
    factor = _nearest(jump)
    if abs(abs(jump) - np.log(factor)) > settings.tolerance:
        return
    spread = _MAD_TO_SD * max(
        _median(np.abs(part - middle))
        for part, middle in zip((before, after), middles, strict=True)
    )
    if abs(jump) > settings.times_spread * spread:
        yield *place, float(np.exp(jump)), factor, FACTORS[factor]


def _against_cohort(
    measure: str, levels: Mapping[tuple[str, str], Floats], settings: UnitSettings
) -> Iterator[tuple[object, ...]]:
    middles = {place: _median(logs) for place, logs in levels.items()}
    if len(middles) < settings.least_values:
        return
    everyone = np.array(list(middles.values()))
    usual = float(np.median(everyone))
    spread = _MAD_TO_SD * float(np.median(np.abs(everyone - usual)))
    for (athlete, source), middle in middles.items():
        jump = middle - usual
        factor = _nearest(jump)
        # Athletes differ from each other, so a factor is met less exactly here than in one series.
        is_near = abs(abs(jump) - np.log(factor)) <= 2 * spread + settings.tolerance
        if is_near and abs(jump) > max(settings.times_cohort * spread, settings.tolerance):
            jump_figures = float(np.exp(jump)), factor, FACTORS[factor]
            yield measure, athlete, source, "the other athletes", *jump_figures


def _nearest(jump: float) -> float:
    return min(FACTORS, key=lambda factor: abs(abs(jump) - math.log(factor)))


def _sentence(table: pd.DataFrame, count: int) -> str:
    if table.empty:
        return f"no unit jumps in {count} series of athletes and sources."
    row = table.iloc[0]
    source = f" from {row['source']}" if row["source"] else ""
    return (
        f"{len(table)} series jump by a unit's factor: {row['measure']} of athlete "
        f"{row['athlete']}{source} is {row['jump']:.3g} times {row['against']}, as "
        f"{row['meaning']} would make it. Correct the unit in the file or state it in dataset.yaml."
    )
