"""What runners call their sessions: "DL locker", "6x1000", "Long run", "rodaje", "fractionné"."""

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


@lru_cache(maxsize=10_000)
def is_running_session(text: str) -> bool:
    """Say whether a text that names no sport is what runners call a session.

    Examples
    --------
    >>> [is_running_session(one) for one in ("DL locker", "6x1000 m", "Rad Intervalle", "yoga")]
    [True, True, False, False]
    """
    return not activity(text).known and _WORDS.search(plain(text)) is not None
