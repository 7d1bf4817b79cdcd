"""What the words of a plan tell: the kind of session, its distance and its length."""

import re
from typing import Final

import pandas as pd

PLANNED_AHEAD: Final = pd.Timedelta(days=400)
"""How far ahead plans are read; a later day is a slip of the pen or a repeating event."""
KM_PER_MILE: Final = 1.609344

_KINDS: Final = (
    ("rest", r"rest day|^\W*(?:rest|off|ruhe|pause|libre)\W*$|day off"
     r"|ruhetag|frei\b|descanso|repos|riposo|rustdag|folga|vilodag|hviledag"),
    ("race", r"race|wettkampf|rennen|carrera\b(?! continua)|competici|course\b(?! a pied)|gara\b"
     r"|wedstrijd|prova\b|tavling|konkurrence|marathon\b|parkrun"),
    ("hard", r"\bhard\b|interval|tempo|threshold|schwelle|series\b|fartlek|fractionn"
     r"|seuil|ripetute|soglia|\bharte?[rsn]?\b|\bfuerte\b"
     r"|drempel|limiar|hill rep|bergsprint|speed|vo2|\d+ ?x ?\d+"),
    ("long", r"long|lang(er|e|lauf)?\b|larg[oa]\b|tirada|sortie longue|lungo|duurloop|longao"
     r"|langpass|langtur"),
    ("easy", r"easy|recovery|locker|regenerat|suave|facile|footing|lento|rustig|leve|rolig|latt"),
)  # fmt: skip
_DISTANCE: Final = re.compile(r"(\d+(?:[.,]\d+)?) ?(km|k|mi|miles?|meilen|millas)\b")
_LENGTH: Final = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(h\b|hrs?\b|hours?\b|std\b|stunden\b|mins?\b|minuten\b|')"
)


def kind_of(text: str) -> str | None:
    """Return the kind of session that words tell, or None.

    Examples
    --------
    >>> [kind_of(words) for words in ("Long run 18 km", "6 x 800 m", "Lockerer Lauf", "Lauf")]
    ['long', 'hard', 'easy', None]
    """
    plain = text.lower()
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
    """
    lengths = _LENGTH.findall(text.lower())
    if len(lengths) != 1:
        return None
    number, unit = lengths[0]
    return float(number.replace(",", ".")) * (60.0 if unit.startswith(("h", "s")) else 1.0)
