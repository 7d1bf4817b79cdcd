"""Sentences that tell the end of a problem, not one: "knee fine again", "no more pain"."""

import re
from typing import Final

from ingest.injuries.severity_words import says
from ingest.injuries.text import plain_words, read_injury_text

_AGAIN: Final = (
    "again|now|today|already|at last|finally|completely|totally|since then|wieder|jetzt|nun|heute|"
    "inzwischen|mittlerweile|endlich|maintenant|de nouveau|enfin|aujourd'hui|de nuevo|otra vez|"
    "ahora|hoy|ya|ora|adesso|di nuovo|oggi|weer|nu|nou|inmiddels|eindelijk|vandaag|agora|de novo|"
    "outra vez|hoje|ja|igen|idag|i dag|igjen|na|naa"
)
_FINE: Final = (
    "fine|ok|okay|o k|all good|all ok|good|all clear|gone|healed|healed up|resolved|is over|"
    "it's over|all over|recovered|"
    "fully recovered|back to normal|as good as new|pain free|pain-free|painfree|"
    "gut|alles gut|alles ok|in ordnung|weg|vorbei|verheilt|ausgeheilt|geheilt|abgeheilt|auskuriert|"
    "beschwerdefrei|schmerzfrei|va bien|tout va bien|c'est bon|guerie?|passee?|termine|fini|"
    "sans douleur|plus mal|plus rien|"
    "bien|todo bien|mejor ya|curado|curada|recuperado|recuperada|superado|superada|sin dolor|"
    "sin molestias|va bene|tutto bene|tutto ok|a posto|passato|passata|guarito|guarita|risolto|"
    "senza dolore|niente dolore|goed|alles goed|in orde|is over|genezen|hersteld|weg|pijnvrij|"
    "geen pijn meer|geen last meer|tudo bem|curado|passou|sem dor|sem dores|resolvido|"
    "bra|helt bra|allt bra|borta|laekt|lakt|aterstalld|smartfri|ingen smarta langre|"
    "bra igen|fin|helt fin|alt bra|alt godt|borte|leget|smertefri|ingen smerter lenger|"
    "god|helt god|vaek|helet|smertefri|ingen smerter laengere"
)
_DENIED: Final = (
    "no more (?:pain|problems?|trouble|symptoms|issues)(?: with .*)?|"
    "no longer (?:any )?(?:pain\\w*|"
    "sore|hurts?|hurting|a problem)|(?:does not|doesn't|do not|don't) hurt any ?more|"
    "no (?:\\w+ )?(?:pain|problems?|soreness|trouble) any ?more|not sore any ?more|"
    "keine? (?:\\w+ )?(?:schmerz\\w*|beschwerden|probleme?) mehr|tut nicht mehr weh|"
    "plus aucune douleur(?: .*)?|(?:ne |n' ?)?(?:fait|a) plus mal|"
    "ya no (?:me )?duele|no (?:me )?duele mas|non fa piu male|"
    "doet (?:geen|niet) (?:pijn )?meer(?: pijn| zeer)?|ja nao doi|nao doi mais|"
    "gor inte ont langre|gjor ikke vondt lenger|gor ikke ondt mere"
)
_CLAUSES: Final = re.compile(
    r"[,;]|\.\s+|\s[-\u2013]\s|\b(?:but|aber|mais|pero|ma|maar|mas|men)\b", re.IGNORECASE
)
_END: Final = re.compile(
    rf"(?:^|\b)(?:{_FINE}|{_DENIED})(?: (?:{_AGAIN}))*$|^(?:{_AGAIN}) (?:{_FINE})$"
)
_AFTER: Final = re.compile(
    rf"^(?:(?:{_AGAIN}) )*(?:{_FINE})(?: (?:{_AGAIN}))* (?:after|following|nach|apres|despues de|"
    r"dopo|na|depois d[aeo]|efter|etter) (?P<what>\D+)$"
)
"""Before the problem that is over: "fine again after her hip"."""
_NOT: Final = re.compile(
    r"\b(?:not|n't|never|almost|nearly|isn't|hasn't|nicht|noch|fast|pas|presque|no esta|casi|non e|"
    r"quasi|niet|bijna|nao esta|quase|inte|nastan|ikke|nesten|naesten|if|wenn|until|bis|when|once|"
    r"should be|soll)\b"
)


def is_recovered(text: str) -> bool:
    """Say whether a text tells the end of a problem, and no other one.

    Every clause has to end with words of being well: "knee ok when walking" and "knee not ok" do
    not, and neither does "knee fine, calf tight".

    Examples
    --------
    >>> is_recovered("knee fine again"), is_recovered("Knie wieder in Ordnung")
    (True, True)
    >>> is_recovered("knee not ok"), is_recovered("left knee"), is_recovered("ok, calf tight")
    (False, False, False)
    """
    clauses = [words for clause in _CLAUSES.split(text) if (words := plain_words(clause))]
    return bool(clauses) and all(map(_is_well, clauses))


def _is_well(words: str) -> bool:
    after = _AFTER.search(words)
    if after is not None and read_injury_text(after["what"], {}).region is not None:
        return True
    found = _END.search(words)
    if found is None or says(words, "open"):
        return False
    return not _NOT.search(words[: found.start()])


def names_nothing(text: str) -> bool:
    """Say whether a text tells that all is well and not what was wrong: "all good", "fine now".

    Examples
    --------
    >>> names_nothing("All good!"), names_nothing("fine, ok again"), names_nothing("knee fine")
    (True, True, False)
    """
    clauses = [words for clause in _CLAUSES.split(text) if (words := plain_words(clause))]
    return bool(clauses) and all(_ALONE.match(words) for words in clauses)


_ALONE: Final = re.compile(rf"^(?:(?:{_AGAIN}) )*(?:{_FINE})(?: (?:{_AGAIN}))*$")
