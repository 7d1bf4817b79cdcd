"""The unit of Garmin's Distance column, which the file does not name.

An account counts in kilometres or miles; swims are in metres (yards), short track sessions may be
in metres. Steps times their length give the metres of a run whatever the account's unit, so the
runs that have both settle the file.
"""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats
from ingest.readers.activity.session_list import FASTEST_M_S
from ingest.readers.text.numerals import as_text
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
    sport = pd.Series(columns["sport"])
    moving = np.asarray(columns["moving_min"], dtype=float)
    is_mile = _counts_miles(sheet, distance, moving, (sport == "run").to_numpy())
    short = _short_unit(sport, distance, moving)
    sheet.repair(short, "yards_to_km" if is_mile else "metres_to_km")
    factor = np.where(short, KM_PER_YARD if is_mile else 0.001, KM_PER_MILE if is_mile else 1.0)
    _scale(sheet, "Distance", factor)
    if is_mile:
        sheet.repair(~short & ~np.isnan(distance), "miles_to_km")
        for name in ("Total Ascent", "Total Descent"):
            _scale(sheet, name, np.full(len(sheet), METRES_PER_FOOT))


def _counts_miles(sheet: Sheet, distance: Floats, moving: Floats, run: NDArray[np.bool_]) -> bool:
    cadence = to_number(sheet.arrow("Avg Run Cadence"))
    step = to_number(sheet.arrow("Avg Stride Length"))
    usable = run & (distance > 0) & (cadence > 0) & (step > 0) & (moving > 0)
    if not usable.any():
        return False
    metres = float(np.median((cadence * step * moving)[usable] / distance[usable]))
    return _MILE[0] < metres < _MILE[1]


def _short_unit(sport: pd.Series, distance: Floats, moving: Floats) -> NDArray[np.bool_]:
    """Tell distances that stand in metres or yards: long swims, runs too fast for kilometres."""
    swim = (sport == "swim").to_numpy() & (distance >= _SWIM_METRES_FROM)
    too_fast = distance * 1000 > FASTEST_M_S * moving * 60
    possible = distance <= FASTEST_M_S * moving * 60
    # Lists show metres as whole numbers; 7.5 is kilometres, however fast that seems.
    run = (sport == "run").to_numpy() & too_fast & possible & (np.round(distance) == distance)
    return np.asarray(swim | run, dtype=bool)


def _scale(sheet: Sheet, name: str, factor: Floats) -> None:
    if (factor == 1).all():
        return
    text = sheet.text(name)
    values = np.where(factor == 1, np.nan, to_number(text) * factor)
    sheet.put(name, as_text(values, text))
