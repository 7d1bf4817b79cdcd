"""The unit of Garmin's Distance column, which the file does not name.

An account counts in kilometres or miles; swims are in metres (yards), short track sessions may be
in metres. Steps times their length give the metres of a run whatever the account's unit, so the
runs that have both settle the file.
"""

from typing import Final

import numpy as np

from common.arrays import Bools, Floats
from ingest.readers.activity.session_list import FASTEST_M_S, among
from ingest.readers.text.numerals import as_cells
from ingest.records.examination import Columns, Sheet, to_number

KM_PER_MILE: Final = 1.609344
KM_PER_YARD: Final = 0.0009144
METRES_PER_FOOT: Final = 0.3048
_MILE: Final = (1450.0, 1770.0)
"""Metres by steps per unit of distance that are a mile: 1609 less or more a tenth."""
_SWIM_METRES_FROM: Final = 30.0


def to_kilometres(sheet: Sheet, columns: Columns) -> None:
    """Rewrite the cells of Distance in kilometres, and in a mile account those of ascent in metres.

    Parameters
    ----------
    sheet : Sheet
        Cells with plain numbers; Distance, Total Ascent and Total Descent are rewritten.
    columns : dict
        Columns sport, duration_min and moving_min.
    """
    distance = to_number(sheet.arrow("Distance"))
    run, swim = among(columns, ("run",)), among(columns, ("swim",))
    moving = np.asarray(columns["moving_min"], dtype=float)
    is_mile = _counts_miles(sheet, distance, moving, run)
    short = _short_unit(run, swim, distance, moving)
    sheet.repair(short, "yards_to_km" if is_mile else "metres_to_km")
    factor = np.where(short, KM_PER_YARD if is_mile else 0.001, KM_PER_MILE if is_mile else 1.0)
    _scale(sheet, "Distance", factor)
    if is_mile:
        sheet.repair(~short & ~np.isnan(distance), "miles_to_km")
        for name in ("Total Ascent", "Total Descent"):
            _scale(sheet, name, np.full(len(sheet), METRES_PER_FOOT))


def _counts_miles(sheet: Sheet, distance: Floats, moving: Floats, run: Bools) -> bool:
    cadence = to_number(sheet.arrow("Avg Run Cadence"))
    step = to_number(sheet.arrow("Avg Stride Length"))
    usable = run & (distance > 0) & (cadence > 0) & (step > 0) & (moving > 0)
    if not usable.any():
        return False
    metres = float(np.median((cadence * step * moving)[usable] / distance[usable]))
    return _MILE[0] < metres < _MILE[1]


def _short_unit(run: Bools, swim: Bools, distance: Floats, moving: Floats) -> Bools:
    """Tell distances that stand in metres or yards: long swims, runs too fast for kilometres."""
    long_swim = swim & (distance >= _SWIM_METRES_FROM)
    too_fast = distance * 1000 > FASTEST_M_S * moving * 60
    possible = distance <= FASTEST_M_S * moving * 60
    # Lists show metres as whole numbers; 7.5 is kilometres, however fast that seems.
    fast_run = run & too_fast & possible & (np.round(distance) == distance)
    return np.asarray(long_swim | fast_run, dtype=bool)


def _scale(sheet: Sheet, name: str, factor: Floats) -> None:
    if (factor == 1).all():
        return
    cells = sheet.arrow(name)
    values = np.where(factor == 1, np.nan, to_number(cells) * factor)
    sheet.put_text((name,), as_cells(values, cells))
