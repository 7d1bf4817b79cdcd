"""Titles and names of files that speak of injuries."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.readers.sheets.words.folding import plain

_WORDS: Final = re.compile(
    r"injur|verletz|blessur|lesion|infortun|lesao|lesoes|skade|skador|skada\b|skadad|geblesseerd|osiics"
    r"|physio|fysio|fisio|kine\b|kinesi|sjukgymn|medical|medisch|medico|niggle|reha\b|rehab"
)


def speaks_of_injuries(around: Sequence[str]) -> bool:
    """Say whether names or titles speak of injuries.

    Examples
    --------
    >>> speaks_of_injuries(["Verletztenliste"]), speaks_of_injuries(["Kader 2025"])
    (True, False)
    """
    # Parts of words are enough, because languages put such words together: Verletztenliste.
    return any(_WORDS.search(plain(text)) for text in around)
