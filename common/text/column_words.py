"""Columns of the tables as a reader calls them."""

from typing import Final

from common.language import N_, message

_COLUMNS: Final = frozenset(
    (
        N_("distance km"),
        N_("duration min"),
        N_("sleep h"),
        N_("height cm"),
        N_("mass kg"),
        N_("resting hr bpm"),
        N_("sleep quality"),
        N_("fatigue"),
        N_("soreness"),
        N_("stress"),
        N_("mood"),
        N_("readiness"),
        N_("pain"),
        N_("onset"),
        N_("return"),
        N_("rpe"),
        N_("date"),
        N_("athlete"),
    )
)


def column_words(column: str) -> str:
    """Return a column in the language spoken; one that is not known as its own words.

    Examples
    --------
    >>> column_words("resting_hr_bpm"), column_words("odd_thing")
    ('resting hr bpm', 'odd thing')
    """
    words = column.replace("_", " ")
    return message(words) if words in _COLUMNS else words
