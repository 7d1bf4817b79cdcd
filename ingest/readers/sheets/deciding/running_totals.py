"""Columns of running totals: the kilometres of a season up to each day, not those of a session."""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from common.arrays import Floats
from ingest.readers.sheets.words.folding import plain

_CUMULATIVE: Final = re.compile(
    r"\b(?:cumul\w*|kumul\w*|acumul\w*|running (?:sum|total)|(?:season|year)(?: km)? total|"
    r"total (?:season|year|km season|to date|so far)|ytd|to date|so far|saison\w*|jahres\w*|"
    r"gesamt\w*|bisher\w*|season|progressiv\w*|ackumul\w*|akkumul\w*|opgeteld|lopend totaal|"
    r"hittills|hittil|hidtil|totals?|totale?|totalt|totaal|depuis le debut)\b"
)
_FEWEST: Final = 3
_FEWEST_UNTOLD: Final = 6
_LEAST_STEP_KM: Final = 3.0
"""Between two sums lies a session, which is hardly shorter."""
_NEARLY_ALL: Final = 0.9


def are_running_totals(heading: str, values: Floats, people: Sequence[str], most: float) -> bool:
    """Say whether values rise from row to row as sums do.

    Parameters
    ----------
    heading : str
        Of the column; without a word for sums in it the values have to rise beyond `most`.
    values : array of float
        Kilometres, NaN where there are none.
    people : sequence of str
        Whose each value is.
    most : float
        Kilometres that no single session, or week, has.

    Examples
    --------
    >>> are_running_totals("Season km", pd.array([8.0, 20, 31, 45]), ["a"] * 4, 100)
    True
    >>> are_running_totals("Km", pd.array([8.0, 10, 12, 14, 16, 18]), ["a"] * 6, 100)
    False
    """
    known = pd.DataFrame({"who": people, "km": values}).dropna()
    steps = known.groupby("who")["km"].diff().dropna()
    is_told = _CUMULATIVE.search(plain(heading)) is not None
    if len(steps) + 1 < (_FEWEST if is_told else _FEWEST_UNTOLD):
        return False
    if not is_told and known["km"].max() <= most:
        return False
    if not _LEAST_STEP_KM <= float(steps.abs().median()) <= most:
        return False  # runs that grow longer by a kilometre each, or metres
    rises, falls = float((steps >= 0).mean()), float((steps <= 0).mean())
    # Newest first, they fall.
    return max(rises, falls) >= _NEARLY_ALL
