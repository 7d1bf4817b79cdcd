"""What runners call their sessions, and what is no run: "DL locker", "6x1000", "30 bike"."""

import re
from functools import lru_cache
from typing import Final

from ingest.readers.activity.sport_names import activity
from ingest.readers.sheets.words.folding import plain

_WORDS: Final = re.compile(
    r"\b(?:[tlg]?dl ?\d?|dauerlauf\w*|fahrtspiel|intervall?\w*|tempolauf\w*|tempo|tempodauerlauf"
    r"|schwelle\w*|steigerung\w*|bergsprint\w*|hugellauf|einlaufen|auslaufen|ga ?1|ga ?2|reko"
    r"|regenerationslauf|wettkampf|easy|long|lsd|recovery|threshold|fartlek|strides|hills?|reps"
    r"|track|parkrun|race|half marathon|marathon|5k|10k|footing|sortie longue|fractionne\w*|vma"
    r"|seuil|cotes|endurance fondamentale|rodaje|series|tirada larga|cuestas|cambios de ritmo"
    r"|lungo|lento|ripetute|corto veloce|fondo|salite|duurloop\w*|wisselduurloop|heuveltraining"
    r"|wedstrijd|langpass|distanspass|distans|troskel\w*|terskel\w*|langtur|rolig langkjoring"
    r"|bakkelop|backtraning|lang tur|tempolob|bakker|longo|rodagem|tiros|intervalado|subidas"
    r"|\d{1,2} ?x ?\d{2,5} ?m?)\b"
)
_LONGER_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_UNITS: Final = frozenset({"min", "mins", "minutes", "minuten", "std", "hours", "hrs", "kms"})
_BESIDES: Final = re.compile(
    r"[+&/]|\b(?:and|und|et|y|e|og|och|en|ed|with|mit|avec|con|com|med|met|then|plus|incl\w*|"
    r"inkl\w*|breaks?|\w*pausen?|pauses?|pausas?)\b",
    re.IGNORECASE,
)
"""Signs and words for what belongs to a run: "10 + core" and "7 with walk breaks" are runs."""
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")
_ON_THE_SPOT: Final = "strength"
_RUN: Final = "run"


@lru_cache(maxsize=10_000)
def is_running_session(text: str) -> bool:
    """Say whether a text that names no sport is what runners call a session.

    Examples
    --------
    >>> [is_running_session(one) for one in ("DL locker", "6x1000 m", "Rad Intervalle", "yoga")]
    [True, True, False, False]
    """
    return not activity(text).known and _WORDS.search(plain(text)) is not None


def other_sport_in(text: str, *, of_distance: bool) -> str:
    """Return the words for a sport that is no run; empty where a run is meant, with or without.

    Parameters
    ----------
    text : str
        What stands beside an amount.
    of_distance : bool
        Whether the amount is one of kilometres.

    Examples
    --------
    >>> other_sport_in("30 bike", of_distance=False), other_sport_in("7 + core", of_distance=True)
    ('bike', '')
    """
    alone = _IN_BRACKETS.sub(" ", text)
    words = " ".join(word for word in _LONGER_WORDS.findall(alone) if word.lower() not in _UNITS)
    # "10 + core" is a run with something after it, not a hard hour in the gym.
    if not words or _BESIDES.search(alone) or not activity(words).known:
        return ""
    # Nobody covers kilometres in a gym: "8 km, strength" is a run.
    here = {_RUN, _ON_THE_SPOT} if of_distance else {_RUN}
    return "" if activity(words).sport in here else words
