"""Misspelt injury words: "Muskelfasserris", "Achilessehne", "Wadenzerung".

A word is corrected only if it is long, unknown, and near exactly one known word that begins with
the same letter. Short words are left alone: too many of them are near each other, and near
everyday words ("waren" is no calf, "tests" no head); so are long everyday words.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest.injuries.body_part_words import SIDES, WORDS
from ingest.injuries.compounds import COMPOUNDS

_SHORTEST: Final = 7
_LONG: Final = 12
"""From so many letters on two slips of the pen are corrected, below it one."""
_NEAR_AN_INJURY: Final = (
    "aqueles aussenhandel aussenwand autores cabeleira castilla chenille concession craquage "
    "cruciale contracultura contractuele contractueel cistica directa directo direkta diretta "
    "diretto distortion endorse envelop espalha esporas esquerra forleden forstået forstaet "
    "gastric halften halfopen hallene halsade halsema haterne haverne hopperne knochen "
    "leistet lombare loparna løperne lungebetændelse misstap padella pagella patilla poignee "
    "rechnen rechner rechutes rechtse reichten richten richter rodillo schalter schiene "
    "schienen schuler schulte schuster schutter siniestra siniestro skinnen solaire stained "
    "storsta strainer stunning tallene talloze thisted tomillo torbida torrida torrido "
    "torbido twister vansker verstikt verstrikt verzwakt vinster voordoet desecha desecho"
)
_EVERYDAY: Final = frozenset(_NEAR_AN_INJURY.split())
"""Frequent words of the ten languages that are one slip away from an injury word."""


def corrected(plain: str) -> str:
    """Return a plain text with its misspelt injury words put right.

    Parameters
    ----------
    plain : str
        Plain words, see :func:`ingest.injuries.text.plain_words`.

    Examples
    --------
    >>> corrected("muskelfasserris oberschenkel hinten links")
    'muskelfaserriss oberschenkel hinten links'
    >>> corrected("laufen wir weiter")
    'laufen wir weiter'
    """
    return " ".join(_corrected(word) for word in plain.split())


@cache
def _corrected(word: str) -> str:
    """Return the only nearest known word, counting swapped letters as one slip (OSA distance)."""
    known = _known().get(word[0], frozenset())
    if len(word) < _SHORTEST or word in known | _EVERYDAY or not word.isalpha():
        return word
    slips = 1 if len(word) < _LONG else 2
    # All of the nearest: two words that are equally near leave it as it is written.
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=None)
    nearest = min((distance for _, distance, _ in near), default=None)
    nearest_words = {match for match, distance, _ in near if distance == nearest}
    return nearest_words.pop() if len(nearest_words) == 1 else word


@cache
def _known() -> Mapping[str, frozenset[str]]:
    """Return the long known words by their first letter."""
    words = {part for phrase in (*WORDS, *SIDES) for part in phrase.split()} | COMPOUNDS
    by_letter: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        if len(word) >= _SHORTEST and word.isalpha():
            by_letter[word[0]].add(word)
    return {letter: frozenset(group) for letter, group in by_letter.items()}
