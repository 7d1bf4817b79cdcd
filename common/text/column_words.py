"""Columns of the tables as a reader calls them."""

import re
from collections.abc import Mapping
from typing import Final

from common.language import N_, message

_COLUMNS: Final = {
    "distance_km": N_("distance (km)"),
    "duration_min": N_("duration (min)"),
    "sleep_h": N_("sleep (h)"),
    "height_cm": N_("height (cm)"),
    "mass_kg": N_("body mass (kg)"),
    "resting_hr_bpm": N_("resting heart rate"),
    "sleep_quality": N_("sleep quality"),
    "fatigue": N_("fatigue"),
    "soreness": N_("soreness"),
    "stress": N_("stress"),
    "mood": N_("mood"),
    "readiness": N_("readiness"),
    "pain": N_("pain"),
    "onset": N_("onset"),
    "return": N_("return"),
    "rpe": N_("effort (RPE)"),
    "date": N_("date"),
    "athlete": N_("athlete"),
}


def column_words(column: str) -> str:
    """Return a column in the language spoken; one that is not known as its own words.

    Examples
    --------
    >>> column_words("resting_hr_bpm"), column_words("odd_thing")
    ('resting heart rate', 'odd thing')
    """
    known = _COLUMNS.get(column)
    return message(known) if known else column.replace("_", " ")


def code_words(code: str, whole: Mapping[str, str], of_a_column: Mapping[str, str]) -> str:
    """Return a code in the language spoken; one that is not known as its own words.

    Parameters
    ----------
    code : str
        Of a repair or a refusal.
    whole : mapping of str to str
        Code -> message.
    of_a_column : mapping of str to str
        Pattern of codes, with the column as `what` -> message with `{what}`.
    """
    # First as a whole: some codes would also fit a pattern, with another meaning.
    if code in whole:
        return message(whole[code])
    for pattern, template in of_a_column.items():
        if match := re.fullmatch(pattern, code):
            return message(template, what=column_words(match["what"]))
    return code.replace("_", " ")
