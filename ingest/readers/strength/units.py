"""Units of hand-held dynamometers and tape measures in the club's `strength.csv`."""

from collections.abc import Mapping
from typing import Final

from ingest.readers.text.numerals import as_text
from ingest.records.examination import Sheet, to_number

_CONVERSIONS: Final[Mapping[str, tuple[str, float]]] = {
    **dict.fromkeys(("lb", "lbs", "lbf"), ("kg", 0.45359237)),
    **dict.fromkeys(("kgf", "kp"), ("kg", 1.0)),
    "mm": ("cm", 0.1),
    "in": ("cm", 2.54),
    "min": ("s", 60.0),
}
"""Written unit -> unit of the table, factor. N, Nm and kg stay as they were measured."""


def convert_units(sheet: Sheet) -> None:
    """Rewrite values whose unit has a fixed factor to one of the table, as a named repair."""
    units = sheet.text("unit").str.lower()
    target_units = units.map({unit: ours for unit, (ours, _) in _CONVERSIONS.items()})
    known = target_units.notna().to_numpy()
    if not known.any():
        return
    factors = units.map({unit: factor for unit, (_, factor) in _CONVERSIONS.items()})
    numbers = to_number(sheet.arrow("value")) * factors.to_numpy(dtype=float)
    sheet.put("value", as_text(numbers, sheet.text("value")))
    sheet.put("unit", target_units.astype("str").fillna(sheet.text("unit")))
    sheet.repair(known, "unit_converted")
