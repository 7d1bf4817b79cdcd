"""The scale that a heading states: "(1 = very badly, 5 = very well)" is worst 1, best 5."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from ingest.readers.sheets.words.folding import without_accents
from ingest.readers.sheets.words.phrases import Phrases

BURDENS: Final = frozenset({"fatigue", "soreness", "stress", "pain", "rpe"})
"""Items whose word names the bad end."""
_NUMBER: Final = r"(-?\d{1,3}(?:[.,]\d)?)"
_END: Final = re.compile(
    rf"(?<![\w.,]){_NUMBER}\s*(?:=|:|-(?!\s*-?\d)|\u2013(?!\s*-?\d)|\(|is\b|means\b|ist\b|bedeutet\b|est\b|es\b|e\b|ar\b|er\b|betyder\b|betekent\b)\s*"
    r"([^\d=()]{2,60}?)(?=[,;/)|.]|\s-|\s\u2013|\s\d|\s(?:to|bis|a|und|and|et|y|och|og|en)\s+-?\d|\s*$)"
)
_REVERSED: Final = re.compile(
    rf"([^\d=(),;/|]{{3,40}}?)\s*(?:=|\()\s*{_NUMBER}(?=\s*(?:[,;/)|.]|$|\s(?:to|bis|\u2013|-)))"
)
_BARE: Final = re.compile(rf"(?<![\w.,]){_NUMBER} ([a-z][^\d=]{{2,40}}?)\s*(?=[,;)/|\u2013-]|$)")
_RANGE: Final = re.compile(
    rf"(?<![\w.,]){_NUMBER}\s*(?:-|\u2013|/|to|bis|a|al|tot|till|til|\.\.\.?|\u2026|>|→)\s*{_NUMBER}(?![\w])"
)
_OUT_OF: Final = re.compile(r"(?:out of|von|sur|su|de|op|av|/)\s*(5|7|10|100)\b")
_ENDS: Final[Mapping[str, str]] = {
    "none": (
        "none|no|not at all|not|nothing|zero|never|keine*|kein|gar nicht|uberhaupt nicht|nicht|"
        "aucun*|pas du tout|pas|nul|rien|ningun*|nada|sin|nessun*|per niente|per nulla|niente|"
        "geen|helemaal niet|niet|nenhum*|sem|inga|ingen|inte alls|ikke i det hele tatt|slet ikke|"
        "ikke|inte|minimal|very low|low|niedrig|gering|faible|bajo|basso|laag|baixo|lag|lav|calm|"
        "very calm|ruhig|calme|tranquil*|rustig|calmo|lugn|rolig"
    ),
    "good": (
        "good|well|great|excellent|best|fresh|very fresh|rested|relaxed|well rested|very well|"
        "perfect|fine|happy|super|energetic|full of energy|fully recovered|recovered|ready|"
        "motivated|very motivated|gut|sehr gut|bestens|frisch|ausgeruht|entspannt|erholt|fit|bien|"
        "tres bien|excellent*|repose*|detendu*|en forme|frais|muy bien|buen*|excelente|descansad*|"
        "relajad*|fresc*|bene|molto bene|ottim*|riposat*|rilassat*|eccellente|goed|heel goed|"
        "uitstekend|uitgerust|ontspannen|fris|bem|muito bem|otim*|relaxad*|bra|mycket bra|utmarkt|"
        "utvilad|pigg|avslappnad|godt|veldig godt|meget godt|veldig bra|utmerket|uthvilt|"
        "avslappet|meget god|fremragende|udhvilet|afslappet|top|always|bueno|buena|buenos|buenas|"
        "muy bueno|muy buena|bom|boa|muito bom|muito boa|otimo|buono|buona|molto buono|"
        "molto buona|bon|bonne|tres bon|tres bonne|tip top|frisk|mycket bra|bra|god|godt|"
        "veldig god|meget godt|toppform|erfrischt|munter|wach|locker|hellwach|super|prima|"
        "fantastic|brilliant|amazing|awesome|strong|energised|energized|no pain|pain free|"
        "schmerzfrei|sans douleur|sin dolor|senza dolore|zonder pijn|sem dor|smartfri|"
        "smertefri|energico|enerjico|con energia|com energia|energique|tres en forme|"
        "plein d'energie|vol energie|topfit|uitstekend|zeer goed|erg goed|dormi bien|optimal|"
        "optimaal|optimo|hoog herstel|recuperado|recuperada|recupere|hersteld|aterhamtad|"
        "restituert|restitueret|redo|klar|pronto|listo|pret|bereit|gelassen|ausgeglichen|"
        "zufrieden|glucklich|heureux|heureuse|feliz|felice|blij|gelukkig|glad|lycklig|lykkelig"
    ),
    "bad": (
        "bad|badly|poor|poorly|terrible|awful|worst|horrible|exhausted|very tired|tired|sore|"
        "very sore|stressed|very stressed|extreme*|severe*|maximal|maximum|unbearable|"
        "worst imaginable|worst possible|very high|high|insomnia|a lot|lots|very much|sad|"
        "depressed|schlecht|sehr schlecht|miserabel|erschopft|vollig erschopft|mude|sehr mude|"
        "stark*|sehr stark*|extrem*|gestresst|unertraglich|hoch|viel|mal|tres mal|mauvais*|"
        "epuise*|fatigue*|stresse*|insupportable|fort|forte|eleve|beaucoup|muy mal|malo|mala|"
        "fatal|pesim*|agotad*|cansad*|estresad*|insoportable|mucho|alto|male|molto male|pessim*|"
        "esaust*|stanc*|stressat*|insopportabile|molto|slecht|heel slecht|uitgeput|moe|gestrest|"
        "ondraaglijk|veel|hoog|muito mal|ruim|exaust*|insuportavel|muito|daligt|mycket daligt|"
        "dalig|utmattad|trott|stressad|outhardlig|mycket|hog|darlig|veldig darlig|meget darlig|"
        "meget|udmattet|utmattet|sliten|stresset|uutholdelig|uudholdelig|veldig|hoy|hoj|mau|ma|"
        "muito mau|muito ma|maus|muy mala|muy malo|malos|malas|cattivo|cattiva|molto cattivo|"
        "pesante|dalligt|daligt|darligt|meget darligt|veldig darligt|mycket dalig|ont|"
        "mycket ont|mucho dolor|molto dolore|muita dor|veel pijn|vond|omt|om|meget om|sar|"
        "veldig sar|mud|trotte|trett|traet|meget traet|veldig trett|utslitt|helt slut|kaputt|"
        "platt|fertig|am ende|schwer|ausgelaugt|ausgepowert|angespannt|uberlastet|knackered|"
        "wrecked|trashed|smashed|shattered|battered|dead legs|jelly|"
        "dead|drained|destroyed|heavy|knallhart|rotten|miserable|deprime*|trist*|"
        "triste|somber|verdrietig|ledsen|ked af det|lei meg|nedstemt|traurig|unglucklich|"
        "malheureu*|infeliz|infelice|angry|down|gespannen|overbelast|tendu*|tens*|nervos*|"
        "ansios*|anxious|anxieu*|duro|dura|hart|hard|zwaar|tung|tungt|lourd*|pesad*|dolorid*|"
        "indolenzit*|dolorant*|courbature*|schmerz*|pijnlijk|smertefull*|slechtst*|worst ever"
    ),
}


class Stated(NamedTuple):
    """What a heading states about its scale.

    Parameters
    ----------
    low, high : float or None
        Its ends.
    worst, best : float or None
        Which end is which, where words say so.
    """

    low: float | None = None
    high: float | None = None
    worst: float | None = None
    best: float | None = None

    @property
    def has_direction(self) -> bool:
        """Whether both ends are named."""
        return self.worst is not None and self.best is not None


def stated_scale(heading: str, item: str) -> Stated:
    """Return the scale that a heading states.

    Parameters
    ----------
    heading : str
        As written.
    item : str
        The concept; "none" and "not at all" are good of a burden and bad of anything else.

    Examples
    --------
    >>> stated_scale("How tired are you? (1 = not at all, 5 = exhausted)", "fatigue")
    Stated(low=1.0, high=5.0, worst=5.0, best=1.0)
    >>> stated_scale("Stress (1-5)", "stress")
    Stated(low=1.0, high=5.0, worst=None, best=None)
    """
    text = without_accents(heading)
    words = _words_of_ends(text)
    ends = _ends(text, words)
    if ends is None:
        return Stated()
    low, high = ends
    signs = {end: _sign(word, item) for end, word in words.items() if end in ends}
    # Two ends of one sign, or none at all: which is the good one stays open.
    if signs.get(high, 0) == signs.get(low, 0):
        return Stated(low, high)
    best_is_high = signs.get(high, 0) > signs.get(low, 0)
    return Stated(low, high, low if best_is_high else high, high if best_is_high else low)


def _words_of_ends(text: str) -> dict[float, str]:
    """Return number -> words: "1 = bad ... 5 = good", or "bad (1) ... good (5)"."""
    ends = {_number(number): words for number, words in _END.findall(text)}
    # One end with words is too little: the other form of writing may name both.
    if len(ends) > 1:
        return ends
    turned = {_number(number): words for words, number in _REVERSED.findall(text)}
    bare = {_number(number): words for number, words in _BARE.findall(text)}
    return next((candidate for candidate in (turned, bare) if len(candidate) > 1), ends)


def _ends(text: str, words: dict[float, str]) -> tuple[float, float] | None:
    if len(words) > 1:
        return min(words), max(words)
    for low, high in ((_number(a), _number(b)) for a, b in _RANGE.findall(text)):
        if low != high and max(abs(low), abs(high)) <= 100:  # no scale goes further
            return min(low, high), max(low, high)
    if match := _OUT_OF.search(text):
        # "Out of 5" or 7 begins at 1 on forms in use, "out of 10" or 100 at 0.
        return (0.0 if float(match[1]) > 7 else 1.0), float(match[1])  # 10, 100
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _sign(words: str, item: str) -> int:
    """Return 1 for a good end, -1 for a bad one, 0 where the words do not tell."""
    direction = _phrases().best(words)
    if direction in {"good", "bad"} and _negated(words):
        return 1 if direction == "bad" else -1
    return {"good": 1, "bad": -1, "none": 1 if item in BURDENS else -1, "": 0}[direction]


def _negated(words: str) -> bool:
    return bool(
        re.match(
            r"\s*(?:not|no|nicht|kein\w*|pas|non|niet|geen|nao|inte|ikke|nada|nenhum\w*|sin|sem)\b",
            words,
        )
    )


@cache
def _phrases() -> Phrases:
    return Phrases(_ENDS)
