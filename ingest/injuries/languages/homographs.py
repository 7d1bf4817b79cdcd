"""Body parts and sides of one language that are everyday words of another, and idioms.

Portuguese `pé` without its accent is a lesson in sports, Dutch `lies` (groin) an English verb, and
Dutch `heel` means very. Such a word counts only where the words beside it are of its language.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

_EVIDENCE: Final[Mapping[str, str]] = {
    "en": (
        "a an the of on at to for from with when after before during since my his her your she he "
        "it was has and is are hurt hurts hurting pain painful sore soreness tight tightness ache "
        "aches aching injury injured sprain sprained strain strained swollen stiff bruise bruised "
        "broken blister spur fracture left right"
    ),
    "de": (
        "der die das dem den ein eine einen einer ich ist hat nach beim bei im am vom zum zur seit "
        "nicht noch wieder und mit weh schmerz schmerzen schmerzt tut zwickt zieht hart fest zu "
        "verletzt verletzung zerrung gezerrt verhartet entzundet geschwollen gereizt uberlastet "
        "links rechts linke rechte linker rechter linken rechten beide waren lange"
    ),
    "nl": (
        "de en het een na bij van voor zijn haar hij zij ze ik heeft met niet nog wel weer naar "
        "aan was sinds tijdens pijn pijnlijk last blessure gekneusd stijf zeurt zeurend verrekt "
        "geblesseerd klachten goed moe veel erg zwaar lekker gelopen training links rechts linker "
        "rechter"
    ),
    "fr": (
        "de en le la les du des au aux un une dans avec apres avant et est son sa ses mon ma il "
        "elle depuis pendant mal douleur douleurs blessure blesse blessee gene tendinite raide "
        "casse gauche droit droite"
    ),
    "es": (
        "de en el los las un una del al con por y su sus mi se le desde despues antes dolor duele "
        "dolores molestia molestias lesion lesionado golpe esguince izquierda izquierdo derecha "
        "derecho"
    ),
    "pt": (
        "de o os um uma do dos na nas ao com apos depois antes seu sua ele ela dor dores lesao "
        "incomodo fratura entorse torceu machucou inchado doi esquerda esquerdo direita direito"
    ),
    "it": (
        "il lo gli nel nella della dello del al alla con dopo prima una mi ha male dolore dolori "
        "fastidio infortunio sinistra sinistro destra destro"
    ),
    "north": (
        "och og att det den ett et pa av af med efter etter vid ved ont ondt vondt smarta smerte "
        "smerter smertor skada skade skadad skadet stel stiv har inte ikke sitt sin jeg jag "
        "vanster venstre høyre højre vrickat vrickad stukat stukad strackt fot "
        "foten ankel kna knæ kne knæet vred vrickade stukade slog skadade skadede skadde brot "
        "brøt forstuvede efter dagens"
    ),
}
"""Language -> small words and words of pain; the Scandinavian languages share theirs."""
_SURE: Final[Mapping[str, str]] = {
    "pe": "pt", "pie": "es", "bras": "fr", "rug": "nl", "lies": "nl", "aine": "fr",
    "hoger": "north", "lande": "north",
}  # fmt: skip
"""Word -> its language; it counts where that language shows more than any other."""
_LIKELY: Final[Mapping[str, str]] = {
    "heel": "en", "toe": "en", "wade": "de", "lar": "north", "testa": "it", "costas": "pt",
    "leggen": "north", "storta": "it", "hak": "nl", "canela": "pt", "baller": "north",
    "re": "de", "li": "de", "sin": "es", "pas": "fr",
}  # fmt: skip
"""Word -> its language; it counts unless another language shows more."""
_IDIOMS: Final = (
    # English.
    r"head (?:coach|cold|wind|start|race|of|to head|physio)|(?:on )?the other hand|hip hop"
    r"|quad bike"
    r"|hand(?:ed|s)? (?:in|out|over)|hand timed|(?:gave|give|lend|lent) (?:him|her|them|us"
    r"|me)? ?a hand"
    r"|toe the line|neck and neck|(?:arm|leg) warmers?|foot of the|cold feet|(?:wet|cold|dry) feet"
    r"|feet (?:wet|cold|dry)|chest (?:strap|infection|cold)|shoulder (?:season|of the road)"
    r"|(?<=foam )rolled"
    r"|broken sleep|(?:broke|broken) (?:(?:the|his|her|my|a) )?(?:pb|record|watch)"
    r"|(?:torn|broken) (?:shoe\w*|laces?|shorts|kit)|tear in (?:his|her|my|the) (?:shorts|shirt"
    r"|shoes?)"
    # German and Dutch.
    r"|hals- und beinbruch|kopf hoch|auf der hand|fuss vom gas|wind(?: von hinten)? im rucken"
    r"|(?:zu|ich|er|sie|nicht|mehr|viel|etwas) leisten?|(?:im|zu|auf dem) lande"
    r"|(?:rekord|bestzeit) gebrochen|kette gerissen|record gebroken|de rug toe|wind in de rug"
    r"|op de rug van|naar (?:\w+ )?toe|af en toe|tot nu toe|hand in hand|voet van het gas"
    r"|hak op de tak|hij lies"
    # French, Spanish, Italian and Portuguese.
    r"|au pied d[eu]|coup de main|main dans la main|bras droit d[eu]|en tete|(?:pris|prend) la tete"
    r"|record casse|cabeza de carrera|codo con codo|a pie(?: de)?|de pie (?:en|durante|tod[oa]"
    r"|much\w*)"
    r"|(?:record|marca) rot[oa]|testa a testa|testa della|collo di bottiglia|record rotto"
    r"|strappo (?:in salita|finale|decisivo)|cabeca d[ao] (?:corrida|prova)|ombro a ombro"
    # Swedish, Norwegian, Danish.
    r"|hand i hand|nacke mot nacke|hals over hode|(?:fot|fod) for (?:fot|fod)|legg (?:deg|merke"
    r"|inn|til)"
    r"|læg (?:mærke|dig|ind|til)"
)
"""Figures of speech that name a body part or a break."""
_NOT_A_SIDE: Final = (
    r"right (?:after|now|away|before|when|at|from|as|on|up|back|through|out|then|there|until|where"
    r"|the|direction|track)|all right|(?:not|just|quite|feels?|felt|feel|feeling|isn't|doing) right"
    r"(?= (?:and|but|yet|so|today|since|in)\b|$)|(?:i|he|she|they|we|who) left"
    r"|left (?:out|early|for|at|after|before|training|practice|session|the|him|her|me|it|home"
    r"|school|work|off|in (?:the|this))|(?:km|k|min|mins|minutes|m|weeks?|days?|reps?|laps?"
    r"|miles?) left"
    r"(?= (?:and|but|when|to|of|in|i|he|she)\b|$)"
    r"|both (?:days|sessions|runs|weeks|times|workouts|races|mornings)"
    r"|beiden? (?:tage|einheiten|laufe|wochen|male|letzten|trainings?)"
    r"|beide (?:dagen|keren|trainingen|weken)"
    r"|(?:ambos|ambas) (?:dias|entrenos|treinos|sesiones|semanas|veces|vezes|carreras)"
    r"|(?<!les )(?<!des )(?<!aux )deux(?! (?:genoux?|jambes|mollets|chevilles|pieds|cuisses|hanches"
    r"|tibias|tendons|talons|cotes|ischios))"
    r"|deux (?:dernier|premier|prochain)\w*|todo derecho|(?:nao|treinou|dormiu|comeu|correu"
    r"|anda|andar|pisa|pisar|correr) direito|(?:tout|marcher|courir) droit|droit devant"
)
"""Words for a side that tell when, how, what is over or how many days."""


def is_meant(word: str, plain: str, *, alone: bool) -> bool:
    """Return whether a word is meant in the language that it is listed for.

    Parameters
    ----------
    word : str
        A phrase found in the text.
    plain : str
        The text as plain words, see :func:`ingest.injuries.text.plain_words`.
    alone : bool
        Whether the text is nothing but body parts and sides, as a cell of a region is.

    Examples
    --------
    >>> is_meant("pe", "dor no pe esquerdo", alone=False), is_meant("knee", "knee", alone=True)
    (True, True)
    >>> is_meant("pe", "hurt it in pe", alone=False), is_meant("pe", "pe", alone=True)
    (False, True)
    >>> is_meant("heel", "heel moe na de training", alone=False)
    False
    """
    if alone or (word not in _SURE and word not in _LIKELY):
        return True
    beside = [other for other in plain.split() if other != word]
    shown = {
        language: sum(other in words for other in beside) for language, words in _words().items()
    }
    own = shown.pop(_SURE.get(word) or _LIKELY[word])
    return own > max(shown.values()) or (word in _LIKELY and own == max(shown.values()))


def without_idioms(plain: str) -> str:
    """Return plain words without figures of speech that name a body part.

    Examples
    --------
    >>> without_idioms("head cold since monday").split()
    ['since', 'monday']
    """
    return _idioms().sub(" ", plain)


def without_other_senses(plain: str) -> str:
    """Return plain words without words for a side that tell no side.

    Examples
    --------
    >>> without_other_senses("pain in the right knee right after the run").split()
    ['pain', 'in', 'the', 'right', 'knee', 'the', 'run']
    """
    return _not_a_side().sub(" ", plain)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _EVIDENCE.items()}


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{_IDIOMS})(?![\w'])")


@cache
def _not_a_side() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{_NOT_A_SIDE})(?![\w'])")
