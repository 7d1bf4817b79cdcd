"""Whether an answer says that there was pain, where it says no number."""

import re
from typing import Final

from ingest.readers.sheets.words.folding import plain

YES: Final = frozenset({"yes", "y", "ja", "oui", "si", "sim"})
_A_FIGURE: Final = re.compile(r"\d")


def says_pain(answer: str) -> bool:
    """Return whether an answer begins with yes and holds no number.

    Examples
    --------
    >>> says_pain("Yes, left knee"), says_pain("S\u00ed"), says_pain("yes 4"), says_pain("no")
    (True, True, False, False)
    """
    words = plain(answer).split()
    return bool(words) and words[0] in YES and not _A_FIGURE.search(answer)
