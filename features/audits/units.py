"""The unit audit: an athlete, device or source whose scale jumps by a unit's factor.

A watch set to miles, a dynamometer that begins to write kilograms, a file with seconds for minutes:
each makes a series jump by a constant that is known. A series is flagged if its level jumps by such
a factor and by far more than it varies otherwise.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats, Ints
from features.audits.result import Audit
from features.audits.series_levels import MAD_TO_SD, Level, SeriesLevels
from features.audits.unit_series import UnitSeries, unit_series
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
_LOGS: Final = np.log(list(FACTORS))
"""Logarithms of the factors."""


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
    jumps = [jump for own in series for jump in _of_measure(own, settings)]
    table = pd.DataFrame(jumps, columns=COLUMNS)
    return Audit(table.empty, _sentence(table, sum(len(own.owners) for own in series)), table)


def _of_measure(series: UnitSeries, settings: UnitSettings) -> Iterator[tuple[object, ...]]:
    levels = SeriesLevels.of(series.logs, series.starts, settings.least_values)
    near = _distances(levels.jumps).min(axis=1) <= settings.tolerance
    for i in np.flatnonzero(near).tolist():
        place = series.measure, *series.owners[i], "its own past"
        yield from _jump(place, *levels.parts(i), settings)
    enough = np.flatnonzero(np.diff(series.starts) >= settings.least_values)
    yield from _between_sources(series, levels, enough, settings)
    yield from _against_cohort(series, levels.middles, enough, settings)


def _between_sources(
    series: UnitSeries, levels: SeriesLevels, enough: Ints, settings: UnitSettings
) -> Iterator[tuple[object, ...]]:
    reference: dict[str, int] = {}
    for i in enough.tolist():
        athlete, source = series.owners[i]
        first = reference.setdefault(athlete, i)
        if first != i:
            place = series.measure, athlete, source, f"source {series.owners[first][1]}"
            yield from _jump(place, levels.level(first), levels.level(i), settings)


def _jump(
    place: tuple[str, str, str, str], before: Level, after: Level, settings: UnitSettings
) -> Iterator[tuple[object, ...]]:
    jump = after.middle - before.middle
    factor, distance = _nearest(jump)
    spread = max(before.spread, after.spread)
    if distance <= settings.tolerance and abs(jump) > settings.times_spread * spread:
        yield *place, float(np.exp(jump)), factor, FACTORS[factor]


def _against_cohort(
    series: UnitSeries, middles: Floats, enough: Ints, settings: UnitSettings
) -> Iterator[tuple[object, ...]]:
    if len(enough) < settings.least_values:
        return
    usual = float(np.median(middles[enough]))
    spread = MAD_TO_SD * float(np.median(np.abs(middles[enough] - usual)))
    jumps = middles - usual
    # Athletes differ from each other, so a factor is met less exactly here than in one series.
    near = _distances(jumps).min(axis=1) <= 2 * spread + settings.tolerance
    far = np.abs(jumps) > max(settings.times_cohort * spread, settings.tolerance)
    for i in enough[(near & far)[enough]].tolist():
        factor, _ = _nearest(jumps[i])
        jump_figures = float(np.exp(jumps[i])), factor, FACTORS[factor]
        yield series.measure, *series.owners[i], "the other athletes", *jump_figures


def _distances(jumps: Floats) -> Floats:
    """Return how far each jump lies from each factor, in logarithms, shape (n, factors)."""
    return np.asarray(np.abs(np.abs(jumps)[:, None] - _LOGS))


def _nearest(jump: float) -> tuple[float, float]:
    """Return the factor that a jump is nearest to, and how far from it."""
    (distances,) = _distances(np.array([jump]))
    nearest = int(distances.argmin())
    return list(FACTORS)[nearest], float(distances[nearest])


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
