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
    r"bisher\w*|season|progressiv\w*|ackumul\w*|akkumul\w*|opgeteld|lopend totaal|"
    r"hittills|hittil|hidtil|depuis le debut)\b"
)
_TOTAL: Final = re.compile(r"\b(?:gesamt\w*|totals?|totale?|totalt|totaal)\b")
"""Of a season, or of one session or week: only the size of the values tells which."""
_FEWEST: Final = 3
_FEWEST_UNTOLD: Final = 6
_LEAST_STEP_KM: Final = 3.0
"""Between two sums lies a session, which is hardly shorter."""
_NEARLY_ALL: Final = 0.9
_LIKE_THE_FIRST: Final = 0.75
_MANY_TIMES: Final = 2.5
"""A sum grows by sessions as large as its first, or to many times it; a build-up does not."""


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
    >>> are_running_totals("Total km", pd.array([20.0, 25, 30]), ["a"] * 3, 300)
    False
    >>> are_running_totals("Km", pd.array([8.0, 10, 12, 14, 16, 18]), ["a"] * 6, 100)
    False
    """
    known = pd.DataFrame({"who": people, "km": values}).dropna()
    steps = known.groupby("who")["km"].diff().dropna()
    words = plain(heading)
    is_total = _TOTAL.search(words) is not None and not _CUMULATIVE.search(words)
    is_told = is_total or _CUMULATIVE.search(words) is not None
    if len(steps) + 1 < (_FEWEST if is_told else _FEWEST_UNTOLD):
        return False
    if not is_told and known["km"].max() <= most:
        return False
    if not _LEAST_STEP_KM <= float(steps.abs().median()) <= most:
        return False  # runs that grow longer by a kilometre each, or metres
    if is_total and known["km"].max() <= most and _is_build_up(known["km"], steps):
        return False
    rises, falls = float((steps >= 0).mean()), float((steps <= 0).mean())
    # Newest first, they fall.
    return max(rises, falls) >= _NEARLY_ALL


def _is_build_up(km: pd.Series, steps: pd.Series) -> bool:
    """Say whether weeks or runs that grow could rise like that without being sums."""
    like_the_first = float(steps.abs().median()) >= _LIKE_THE_FIRST * float(km.min())
    many_times = len(km) >= _FEWEST_UNTOLD and float(km.max()) >= _MANY_TIMES * float(km.min())
    return not (like_the_first or many_times)
