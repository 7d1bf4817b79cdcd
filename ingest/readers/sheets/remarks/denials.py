"""What a remark denies: "no pain", "schmerzfrei", "le genou ne fait plus mal"."""

import re
from typing import Final

from ingest.injuries.body_part_words import SIDES, WORDS
from ingest.readers.sheets.remarks.pain_words import (
    BONE_OR_TEAR,
    INJURED,
    MUSCLE_SORE,
    PAIN,
    SURGERY,
    TIGHT,
)

_NONE_OF: Final = (
    r"no(?! (?:final|fim|inicio|meio|km|treino|dia|ultimo|primeiro|aquecimento|joelho|pe|tendao|"
    r"tornozelo|gemeo|quadril)\b)|without|zero|free of|frei von|kein\w*|ohne|sans|aucune?|pas de|"
    r"pas d|plus d(?:e|es|u)?(?!.* qu\b)(?!.* qu')|sin|ningun\w*|nada de|cero|senza|nessun\w*|"
    r"niente|geen|zonder|sem|nenhum\w*|ingen|inga|inget|utan|uten|uden|intet|neither|nor|"
    r"hardly any"
)
"""Before a noun: "no knee pain at all"."""
_NOT: Final = (
    r"not|never|isn't|wasn't|didn't|doesn't|don't|does not|did not|nicht|nie|pas|no|ya no|non|"
    r"non e|niet|nao|nem|inte|ej|ikke|ikkje|"
    # "Plus douloureux" alone is more painful.
    r"n'(?:est|etait|a) plus|ne (?:\w+ ){1,2}plus|plus(?= mal\b(?!.* qu\b)(?!.* qu'))"
)
"""Before a verb or an adjective: "knee did not hurt"."""
_PROBLEM: Final = (
    r"problem\w*|issues?|trouble|complaints?|symptoms?|anything|soucis?|alertes?|reactions?|"
    r"reaktion\w*|last|besvar|vaivas|gener"
)
_BETWEEN: Final = (
    r"more|any|real|really|at all|a|an|the|my|in|of|from|with|sign|signs|hint|trace|longer|so|that|"
    r"too|even|very|mehr|die|der|das|dem|den|im|am|mein\w*|mit|von|de|du|des|la|le|les|au|aux|mon|"
    r"ma|mes|me|el|los|las|mi|del|en|il|lo|un|una|al|alla|nel|het|een|mijn|aan|o|os|as|no|na|meu|"
    r"minha|mas|mais|mer|lenger|langre|i|det|den|min|mit|gor|gj\u00f8r|fait|fa|sono|ist|is|are|was|"
    r"tut|tat|hat|plus|piu|meer"
)
_TURNS: Final = (
    r"because|due|with|wegen|weil|mit|cause|car|por|porque|perche|per|causa|door|omdat|vanwege|pga|"
    r"grund|fordi|after|nach|apres|despues|dopo|na|depois|efter|etter|and|und|et|y|e|och|og|just|"
    r"only"
)
"""A word behind which something else is told: "no run because of knee pain"."""
_NO_ADJECTIVE: Final = (
    r"improvement|better|change|idea|clue|doubt|wonder|surprise|luck|speed|energy|power|fun|"
    r"besserung|ahnung|wunder|zweifel|spass|lust|amelioration|doute|envie|mejora|duda|ganas|"
    r"miglioramento|dubbio|voglia|verbetering|twijfel|zin|melhora|duvida|vontade|tvivel|"
    r"forbattring|bedring"
)
"""Nouns that "no" denies by themselves: "no improvement, knee painful"."""
_ACTIVE: Final = (
    r"run\w*|ran|jog\w*|train\w*|sleep|session|laufen|lauf|training|cour\w*|entrain\w*|corr\w*|"
    r"entren\w*|allen\w*|trein\w*|hardlo\w*|lopen|tran\w*|tren\w*|spring\w*|lop\w*|l\u00f8\w*"
)


def _term() -> str:
    patterns = (PAIN, TIGHT, MUSCLE_SORE, BONE_OR_TEAR, INJURED, SURGERY)
    inner = [
        pattern.pattern.removeprefix(r"(?<![\w'])").removesuffix(r"(?![\w'])")
        for pattern in patterns
    ]
    # "Knieschmerzen" and "kuitpijn" are one word.
    compounds = (
        r"\w*(?:schmerz\w*|beschwerden|probleme|pijn|klachten|smart\w*|smert\w*|verletzung\w*)"
    )
    return rf"(?:{'|'.join(inner)}|{_PROBLEM}|{compounds})"


_TERM: Final = _term()
_BODY: Final = "|".join(
    re.escape(word)
    # The longest first: a pattern takes the first alternative that fits.
    for word in sorted({*WORDS, *SIDES}, key=lambda word: (-len(word), word))
    if len(word) > 1
)
_MORE: Final = (
    rf"(?: (?:or|nor|and|oder|und|ou|et|ni|o|y|e|of|en|eller|og|och|nem) (?:\w+ )?{_TERM})*"
)
_DENIALS: Final = (
    re.compile(
        rf"(?<![\w'])(?:{_NONE_OF})(?: (?:{_BETWEEN}|{_BODY})){{0,3}}?"
        # One more word, an adjective most likely; what follows a whole sentence is not denied.
        rf"(?: (?!(?:{_TURNS}|{_ACTIVE}|{_NO_ADJECTIVE})\b)[\w'-]+)?"
        rf"(?: (?:{_BETWEEN}|{_BODY})){{0,3}}? {_TERM}{_MORE}"
        r"(?![\w'])"
    ),
    re.compile(rf"(?<![\w'])(?:{_NOT})(?: (?:{_BETWEEN}|{_BODY})){{0,4}} {_TERM}{_MORE}(?![\w'])"),
    re.compile(
        rf"(?<![\w'])(?:{_BODY})?(?:pain|injury|symptom|niggle)s?[ -]?free\b|\bpainless\b|"
        r"\w*(?:schmerz|beschwerde|verletzungs?|symptom)\w*frei\w*|pijnvrij\w*|"
        r"(?:smert|smart)\w*fri\w*|"
        r"\bindolore\w*|(?:ne )?(?:fait|a) (?:plus|pas) (?:du tout )?mal\b|"
        rf"{_TERM} (?:(?:is|has|was|ist|est|e|er|ar) )?(?:fully |now |completely )?"
        r"(?:healed|verheilt|ausgeheilt|abgeheilt|gueri\w*|curad[oa]|soldad[oa]|guarit[oa]|"
        r"genezen|lakt|helet|leget)\b|"
        rf"(?<![\w'])(?:{_BODY})?{_TERM} (?:(?:level|scale|score|vas|nrs|skala|is|was|ist|at|"
        rf"bei) )*"
        r"(?:0(?:/10)?(?! \d)(?!\w)|(?:none|nil|no|nein|keine?|null|aucune?|non|nada|ningun[oa]|"
        r"nessun[oa]|geen|nee|nao|nenhuma?|ingen|nej|nei)$)|"
        r"\binjury prevention\b|\bverletzungspr\w+|\bprevention des blessures\b|"
        r"\bprevencion de lesiones\b"
    ),
)
_DOUBLE: Final = re.compile(
    r"(?<![\w'])(?:not|nicht|pas|no|non|niet|nao|inte|ikke|can't|cannot|kann|never) (?:\w+ )?"
    r"(?:without|ohne|sans|sin|senza|zonder|sem|utan|uten|uden)\b"
)
"""What is not without pain hurts."""
_PAST: Final = re.compile(
    r"(?<![\w'])(?:(?:first|back (?:in|to|at|from|running|training)|return\w*|erste\w*|wieder|"
    r"premiere?|reprise|primer\w*|vuelta|prim[oa]|"
    r"rientro|eerste|terug|primeir[oa]|forsta|f\u00f8rste|forste|tillbaka|tilbake|tilbage)\b.*)"
    r"(?:since|after|following|nach|seit|apres|depuis|despues de|desde|dopo|na|sinds|depois d[aeo]|"
    r"sedan|efter|siden|etter|from)\b.*"
)
"""A first run after an injury tells its end."""


def without_denials(plain: str) -> str:
    """Return plain words of a clause without what it denies.

    Examples
    --------
    >>> without_denials("felt good no knee pain"), without_denials("knie schmerzfrei")
    ('felt good', 'knie')
    >>> without_denials("not without pain"), without_denials("no run because of knee pain")
    ('pain', 'no run because of knee pain')
    """
    # Before the denials: "not without pain" holds "without pain".
    text = _PAST.sub(" ", _DOUBLE.sub(" ", plain))
    for pattern in _DENIALS:
        text = pattern.sub(" ", text)
    return " ".join(text.split())
