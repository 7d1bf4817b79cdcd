"""Names of features that every library takes: letters, digits and underlines, each once.

LightGBM refuses names with brackets, colons or quotation marks, XGBoost those with brackets or
`<`, formulas of statsmodels and R all but words, and a Python attribute is no keyword.
"""

import re
from collections.abc import Sequence
from keyword import iskeyword
from typing import Final

from common.errors import StridecastError
from features.catalogue.entry import Feature

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
KEYS: Final = frozenset({"athlete", "date", "event"})
"""Columns that stand beside the features."""
_R_WORDS: Final = frozenset({"function", "repeat", "next", "null", "na", "inf", "nan"})


def checked_names(entries: Sequence[Feature]) -> tuple[Feature, ...]:
    """Return the entries.

    Raises
    ------
    StridecastError
        If a name is one that a library would not take, or stands twice; windows that are set to
        one length make two features one.
    """
    seen: set[str] = set()
    for entry in entries:
        if not is_safe(entry.name):
            raise StridecastError(
                f"feature {entry.name!r}: not a name that every library takes",
                "use lower-case letters, digits and underlines, a letter first, and no word of"
                " Python or R",
            )
        if entry.name in seen:
            raise StridecastError(
                f"feature {entry.name!r} stands twice in the catalogue", "give one another name"
            )
        seen.add(entry.name)
    return tuple(entries)


def is_safe(name: str) -> bool:
    """Say whether every library takes a name.

    Examples
    --------
    >>> [is_safe(one) for one in ("distance_7d_km", "HSR (m)", "7d", "lambda", "athlete")]
    [True, False, False, False, False]
    """
    # fullmatch, because match is content with a valid beginning.
    word = bool(_NAME.fullmatch(name)) and "__" not in name
    return word and not iskeyword(name) and name not in KEYS | _R_WORDS
