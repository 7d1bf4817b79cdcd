"""What the words of a plan tell: the kind of session, its distance and its length."""

import re
from typing import Final

import pandas as pd

from common.text.folding import folded

PLANNED_AHEAD: Final = pd.Timedelta(days=400)
"""How far ahead plans are read; a later day is a slip of the pen or a repeating event."""
KM_PER_MILE: Final = 1.609344

_RACE: Final = (
    r"races?|wettkampf\w*|rennen|carrera|competici\w*|course|gara|wedstrijd|prova|tavling\w*"
    r"|konkurren[cs]e\w*|konkurranse\w*|(?:half |halb|halv|semi[- ]?|media )?maratona?|(?:half "
    r"|halb"
    r"|halve |semi[- ]?)?marathon|[25]k|10 ?km?|21k|hm|mp|mara|goal|target|parkrun"
)
_AT_PACE: Final = re.compile(
    rf"\b(?:{_RACE})[- ]?(?:pace|effort|speed|intensity|feel|fart|tempo)\b"
    rf"|\b(?:allure|vitesse|ritmo|rythme|passo|andatura|tempo|fart|pace)(?: (?:de|do|da|di|du|von"
    rf"|of|a))?(?: la)? (?:{_RACE})\b"
    r"|(?:marathon|maraton|wettkampf|renn|wedstrijd|tavlings|konkurranse|konkurrence)(?:fart"
    r"|tempo)\b"
)
"""How fast, told by a race: training at that pace, and no race."""
_OF_A_RACE: Final = re.compile(
    rf"\b(?:{_RACE})[- ]?(?:shoes?|flats?|kit|gear|spikes|plan\w*|prep\w*|simulation|training|block"
    r"|build\w*|week|nutrition|fuel\w*|schuhe?n?|vorbereitung|woche|block|schoenen|skor?|sko)\b"
    rf"|\b(?:chaussures|zapatillas|scarpe|tenis|sapatilhas|preparation|preparacion|preparazione"
    rf"|preparacao|semaine|semana|settimana)(?: (?:de|da|do|di|du))?(?: la)? (?:{_RACE})\b"
    rf"|\b(?:before|after|nach|vor|avant|apres|antes|despues|depois|prima|dopo|efter|etter|innan|voor"
    rf"|for|na|fore)(?: (?:the|a|my|de|del|della|da|do|di|dem|der|den|das|la|le|el|il|het))*"
    rf" (?:{_RACE})\b"
    r"|\bcourse(?= (?:a pied|lente|facile|longue|douce|souple|de recup))|\bof course|\bgolf course"
    r"|\bcarrera(?= (?:continua|suave|larga|lenta|facil|a pie|progresiv|regenerat))"
    r"|\bracing (?:flats?|shoes?)"
    # Dutch "rennen" is running.
    r"|\b(?:rustig|lekker|ontspannen) rennen\b|\brennen(?=.*\b(?:rustig|lekker|ontspannen)\b)"
)
"""What belongs to a race, comes before or after one, or is a run in the words for one."""
_PAUSE: Final = re.compile(
    r"\b\d+ ?(?:'+|\"|s|sec|seg|min\w*|m)? ?(?:de |di |of )?(?:descanso|repos|riposo|folga)\b"
    r"|\b(?:descanso|repos|riposo|folga):? ?(?:de |di )?\d"
)
"""A rest between repeats is no day of rest."""
_KINDS: Final = (
    ("rest", r"rest day|^\W*(?:rest|off|ruhe|pause|libre|libero|rust|vila|hvile)\W*$|day off"
     r"|ruhetag|\b(?:trainings|lauf)?frei\b(?! nach)|\bdescanso|\brepos\b|\briposo|rustdag"
     r"|\bfolga\b|vilodag|hviledag"),
    ("race", r"\brac(?:es?|ing)\b|wettkampf|\brennen\b|\bcarrera\b|competi[ct]i|\bcourse\b|\bgara\b"
     r"|wedstrijd|\bprova\b|tavling|konkurrence|konkurranse|marathon\b|maratona?\b|parkrun"),
    ("hard", r"\bhard\b|interval|tempo(?!r)|threshold|schwelle|\bseries\b|fartlek|fractionn"
     r"|\bseuil|ripetute|\bsoglia|\bharte?[rsn]?\b|\bfuerte\b"
     r"|drempel|\blimiar|hill rep|bergsprint|\bspeed|vo2|\d+ ?x ?\d+"),
    ("long", r"\blong(?:er?|est|run|ue)?\b|\blang(?:er|e|lauf)?\b|\blarg[oa]\b|tirada|\blungo\b"
     r"|duurloop|\blongao|\blangpass|\blangtur"),
    ("easy", r"\beasy|recovery|\blocker|regenerat|\bsuave|\bfacile?\b|footing|\blent[oae]\b"
     r"|\b(?:douce|souple|recup)|\brustig|\bleve\b|\brolig|\blatt"),
)  # fmt: skip
_DISTANCE: Final = re.compile(r"(\d+(?:[.,]\d+)?) ?(km|k|mi|miles?|meilen|millas)\b")
_REPEATS: Final = re.compile(r"\d+ ?x ?\d+(?:[.,]\d+)? ?(?:km|m|mins?|minuten|sec|s|')?(?![a-z])")
_LONGEST_PAUSE_MIN: Final = 15.0
_LENGTH: Final = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(h\b|hrs?\b|hours?\b|std\b|stunden\b|mins?\b|minuten\b|')"
)


def kind_of(text: str) -> str | None:
    """Return the kind of session that words tell, or None.

    Examples
    --------
    >>> [kind_of(words) for words in ("Long run 18 km", "6 x 800 m", "Lockerer Lauf", "Lauf")]
    ['long', 'hard', 'easy', None]
    >>> [kind_of(words) for words in ("10 km at marathon pace", "18 km easy, marathon shoes")]
    ['hard', 'easy']
    """
    plain = _AT_PACE.sub(" tempo ", _OF_A_RACE.sub(" ", _PAUSE.sub(" ", folded(text))))
    return next((kind for kind, words in _KINDS if re.search(words, plain)), None)


def distance_of(text: str) -> float | None:
    """Return kilometres that words tell, or None; several are no one distance.

    Examples
    --------
    >>> [distance_of(words) for words in ("18 km", "7,5 km easy", "5 mi", "6 x 1 km", "run")]
    [18.0, 7.5, 8.04672, None, None]
    """
    distances = _DISTANCE.findall(text.lower())
    # "6 x 1 km" is a session of repeats and no run of one kilometre.
    if len(distances) != 1 or re.search(r"\d ?x ?\d", text.lower()):
        return None
    number, unit = distances[0]
    return float(number.replace(",", ".")) * (KM_PER_MILE if unit.startswith("mi") else 1.0)


def minutes_of(text: str) -> float | None:
    """Return minutes that words tell, or None.

    Examples
    --------
    >>> [minutes_of(words) for words in ("45 min", "1,5 h", "run", "10 hard")]
    [45.0, 90.0, None, None]
    >>> [minutes_of(words) for words in ("3 x 10 min", "6x800, rest 2 min", "6x800, 50 min")]
    [None, None, 50.0]
    """
    bare = _REPEATS.sub(" ", text.lower())
    lengths = _LENGTH.findall(bare)
    if len(lengths) != 1:
        return None
    number, unit = lengths[0]
    minutes = float(number.replace(",", ".")) * (60.0 if unit.startswith(("h", "s")) else 1.0)
    # Beside repeats a short time is that of their pauses.
    return minutes if bare == text.lower() or minutes > _LONGEST_PAUSE_MIN else None
