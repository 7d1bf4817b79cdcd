"""Whether an answer says that there was pain, where it says no number, and where it was."""

import re
from typing import Final

from ingest.injuries.recovered import is_recovered
from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.remarks.meaning import COMPLAINT, Place, meaning_of
from ingest.readers.sheets.words.answers_of_pain import YES
from ingest.readers.sheets.words.folding import plain

_A_FIGURE: Final = re.compile(r"\d")

_NOT_WELL: Final = re.compile(
    r"\b(?:not|no|nicht|pas|non|niet|inte|ej|ikke|nao)(?: (?:yet|so|noch|encore|aun|ancora|helt"
    r"|va|e|esta|ganz|very|muy|tout|all))* (?:ok|okay|good|fine|right"
    r"|gut|bien|bene|goed|bra|godt|bem)\b"
)
"""A denial of being well is no denial of pain."""


def says_pain(answer: str) -> bool:
    """Return whether an answer begins with yes, or names a body part, and holds no number.

    Examples
    --------
    >>> says_pain("Yes, left knee"), says_pain("S\u00ed"), says_pain("yes 4"), says_pain("no")
    (True, True, False, False)
    >>> says_pain("left calf, mild"), says_pain("no knee pain"), says_pain("knee ok again")
    (True, False, False)
    >>> says_pain("Knie nicht gut"), says_pain("knee still not ok")
    (True, True)
    >>> says_pain("bit of knee pain, not injured"), says_pain("not injured")
    (True, False)
    """
    words = plain(answer).split()
    if not words or _A_FIGURE.search(answer) or is_recovered(answer):
        return False
    # "Not ok" would count as a denied complaint, and the body part beside it would be lost.
    if words[0] in YES or meaning_of(answer, {}).kind == COMPLAINT:
        return True
    without_negations = _NOT_WELL.sub(" ", " ".join(words))
    return read_injury_text(without_negations, {}).region is not None


def place_of_pain(answer: str) -> Place:
    """Return where an answer beside denials tells pain: "bit of knee pain, not injured".

    Examples
    --------
    >>> place_of_pain("bit of left knee pain, not injured")
    Place(region='knee', side='left')
    >>> place_of_pain("no pain"), place_of_pain("left knee, right hip sore").region
    (Place(region=None, side=None), 'hip')
    """
    meaning = meaning_of(answer, {})
    is_one = meaning.kind == COMPLAINT and len(meaning.places) == 1
    return meaning.places[0] if is_one else Place(None, None)
