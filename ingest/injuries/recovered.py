"""Sentences that tell the end of a problem, not one: "knee fine again", "no more pain"."""

import re
from typing import Final, NamedTuple

from ingest.injuries.body_part_words import IN_PORTUGUESE, NEGATIONS
from ingest.injuries.severity_words import says
from ingest.injuries.text import plain_words, read_injury_text, without_body_parts

_AGAIN: Final = (
    "again|now|today|already|at last|finally|completely|totally|since then|wieder|jetzt|nun|heute|"
    "inzwischen|mittlerweile|endlich|maintenant|de nouveau|enfin|aujourd'hui|de nuevo|otra vez|"
    "ahora|hoy|ya|ora|adesso|di nuovo|oggi|weer|nu|nou|inmiddels|eindelijk|vandaag|agora|de novo|"
    "outra vez|hoje|ja|igen|idag|i dag|igjen|na|naa"
)
_FINE: Final = (
    "fine|fit|fully fit|ok|okay|o k|all good|all ok|good|all clear|gone|healed|healed up|resolved|"
    "is over|it's over|recovered|"
    "fully recovered|back to normal|back to full training|good to go|cleared|fully cleared|"
    "cleared to run|back running|running again|training again|as good as new|pain free|pain-free|"
    "painfree|voll belastbar|voll dabei|darf alles|kann alles|alles frei|reprise complete|"
    "reprise totale|reprise ok|apte a reprendre|ya recuperad[oa]|alta medica|ripresa completa|"
    "mag alles|kan alles|volledig hersteld|volledig fit|traint weer volledig|"
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
    "no more (?:pain|problems?|trouble|symptoms|issues)(?: (?:with|in) (?P<rest>.*))?|"
    "no longer (?:any )?(?:pain\\w*|"
    "sore|hurts?|hurting|injured|out|a problem)|(?:does not|doesn't|do not|don't) hurt any ?more|"
    "no (?:\\w+ )?(?:pain|problems?|soreness|trouble) any ?more|not sore any ?more|"
    "keine? (?:\\w+ )?(?:schmerz\\w*|beschwerden|probleme?) mehr|tut nicht mehr weh|"
    "plus aucune douleur(?: (?P<reste>.*))?|(?:ne |n' ?)?(?:fait|a) plus mal|"
    "ya no (?:me )?duele|no (?:me )?duele mas|non fa piu male|"
    "doet (?:geen|niet) (?:pijn )?meer(?: pijn| zeer)?|ja nao doi|nao doi mais|"
    "gor inte ont langre|gjor ikke vondt lenger|gor ikke ondt mere"
)
_CLAUSES: Final = re.compile(
    r"[,;]|\.\s+|\s[-\u2013]\s|\b(?:but|aber|mais|pero|ma|maar|mas|men)\b", re.IGNORECASE
)
_AGAIN_ANYWHERE: Final = re.compile(rf"\b(?:{_AGAIN})\b")
_END: Final = re.compile(
    rf"(?:^|\b)(?:{_FINE}|{_DENIED})(?: (?:{_AGAIN}))*$|^(?:{_AGAIN}) (?:{_FINE})$"
)
_AFTER: Final = re.compile(
    rf"^(?:(?:is|has|ist|hat|est|{_AGAIN}) )*(?:(?:{_FINE})(?: (?:{_AGAIN}))* (?:after|"
    r"following|from|nach|von|apres|despues de|dopo|na|depois d[aeo]|efter|etter)|"
    r"back from) (?P<what>\D+)$"
)
"""Before the problem that is over: "fine again after her hip", "is recovered from her knee"."""
_GLUE_WORDS: Final = (
    "the a an my his her their our your is are was has have had been feels feeling felt and all it "
    "it's this of in from on up pain pains painful ache aches aching sore soreness tightness "
    "niggle niggles injury injuries problem problems issue issues trouble symptoms swelling "
    "fully absolutely totally completely s t das die der den dem des mein meine meiner sein "
    "seine ihr ihre ist sind war hat fuhlt sich im am und alles vollig komplett voll "
    "vollstandig geht schmerz schmerzen beschwerden probleme verletzung schwellung le la les "
    "l mon ma mes son sa ses est sont ont douleur douleurs blessure gene du de au aux et tout "
    "toute ca completement totalement va el los las mi mis su sus es esta estan ha han dolor "
    "dolores molestia molestias lesion problema problemas del en y todo se totalmente "
    "completamente il lo i gli mio mia suo sua e sta stanno dolore dolori infortunio fastidio "
    "della al alla nel nella nell dell ed tutto het een mijn haar zijn voelt voelen pijn "
    "pijntje klachten probleem problemen aan van last helemaal met gaat o os as meu minha seu ja "
    "foi dor dores lesao na da do tudo det min mitt mina sin sitt er ar kanns foles smarta "
    "smartan smerte smerter smerten vondt ondt skada skadan skade skaden og och alt allt helt "
    "pa"
)
_GLUE: Final = frozenset(_GLUE_WORDS.split())
"""Words beside a body part that turn nothing round: "the pain in my knee is gone"."""
_COMPLAINT: Final = re.compile(
    r"pain|ache|sore|tight|niggl|injur|problem|issue|trouble|symptom|swell|schmerz|beschwerd"
    r"|verletz|schwell|zerrung|douleur|bless|gene|dolor|molest|lesi|infort|fastid|pijn|klacht"
    r"|dor|smart|smert|vondt|ont|ondt|skad|itis|opath|entzund|reiz"
)
_ONLY_ALONE: Final = re.compile(r"^(?:running|training|back running)\b")
_ONLY_OF_COMPLAINTS: Final = re.compile(r"^(?:gone|weg|borta|borte|vaek|passou)\b")
"""A pain that is gone is over; a calf that is "gone again" is not."""
_OF_TRAINING: Final = re.compile(r"^(?:back to full training|voll dabei)\b")
"""A knee that is back to full training is over; pain may have come back with the training."""
_WITHOUT: Final = re.compile(r"\bsin$")
"""Before an end: "his" in Norwegian is "without" in Spanish, as in "sin alta médica"."""


def is_recovered(text: str) -> bool:
    """Say whether a text tells the end of a problem, and no other one.

    Every clause has to end with words of being well, and to tell nothing else than of what: "knee
    fine, calf tight", "knee no good", "bike ok" and "season is over" do not.

    Examples
    --------
    >>> is_recovered("knee fine again"), is_recovered("Knie wieder in Ordnung")
    (True, True)
    >>> is_recovered("knee not ok"), is_recovered("left knee"), is_recovered("ok, calf tight")
    (False, False, False)
    """
    clauses = [words for clause in _CLAUSES.split(text) if (words := plain_words(clause))]
    # A question mark makes a doubt of the end.
    return bool(clauses) and "?" not in text and all(map(_is_well, clauses))


def _is_well(words: str) -> bool:
    after = _AFTER.search(words)
    if after is not None and _is_of_problem(after["what"], needed=True):
        return True
    ending = _END.search(words)
    if ending is None or says(words, "open"):
        return False
    problem = " ".join([words[: ending.start()], ending["rest"] or ending["reste"] or ""])
    if (_ONLY_ALONE.search(ending[0]) and problem.strip()) or _WITHOUT.search(problem.rstrip()):
        return False
    is_complaint = _COMPLAINT.search(problem) is not None
    if _ONLY_OF_COMPLAINTS.search(ending[0]) and not (
        is_complaint or read_injury_text(problem, {}).diagnosis
    ):
        return False
    if _OF_TRAINING.search(ending[0]) and is_complaint:
        return False
    return _is_of_problem(problem)


def _is_of_problem(words: str, *, needed: bool = False) -> bool:
    """Say whether words name a body part and a complaint at most; whether one, where needed.

    Any other word may turn the sentence round, in languages that nobody thought of as well.
    """
    if needed and read_injury_text(words, {}).region is None:
        return False
    rest = _AGAIN_ANYWHERE.sub(" ", without_body_parts(words))
    return all(
        word in _GLUE or _is_portuguese(words, word) or _names_place(word)
        for word in re.findall(r"[^\W_]+", rest)
    )


def _names_place(word: str) -> bool:
    read = read_injury_text(word, {})
    return read.region is not None or read.diagnosis is not None


def _is_portuguese(words: str, word: str) -> bool:
    """Say whether "no" is Portuguese for "in the": "dor no joelho passou"."""
    before = re.findall(r"(\w+) no\b", words)
    return word == "no" and bool(before) and set(before) <= IN_PORTUGUESE


def may_be_recovered(text: str) -> bool:
    """Say whether a text tells the end of a problem, and more that nobody understands.

    "Calf ok again, full on Thursday": another body part, a complaint or a rest in what is left, or
    a doubt, make it a problem that goes on.

    Examples
    --------
    >>> may_be_recovered("calf ok again, Thursday full"), may_be_recovered("calf ok, knee sore")
    (True, False)
    >>> may_be_recovered("left calf, MRI on Friday"), may_be_recovered("calf ok, still no running")
    (False, False)
    """
    clauses = [words for clause in _CLAUSES.split(text) if (words := plain_words(clause))]
    rest = [words for words in clauses if not _is_well(words)]
    is_end = 0 < len(rest) < len(clauses) and "?" not in text
    return is_end and not any(map(_tells_harm, rest))


def _tells_harm(words: str) -> bool:
    kinds = ("open", "restricted", "clinician", "niggle", "illness")
    if _COMPLAINT.search(words) or any(says(words, kind) for kind in kinds):
        return True
    return bool(NEGATIONS & {*words.split()}) or read_injury_text(words, {}).region is not None


class Ended(NamedTuple):
    """Where a problem was that a text tells the end of; nulls where it does not say."""

    region: str | None = None
    side: str | None = None


def ended_place(text: str) -> Ended:
    """Return the body part whose problem is over by a text, nulls where it tells no end.

    Examples
    --------
    >>> ended_place("left knee fine again"), ended_place("no more pain in the knee").region
    (Ended(region='knee', side='left'), 'knee')
    >>> ended_place("left knee"), ended_place("all good")
    (Ended(region=None, side=None), Ended(region=None, side=None))
    """
    if not is_recovered(text):
        return Ended()
    # With "no more" in it "no more pain in the knee" would count as denied and tell no place.
    words = [word for word in plain_words(text).split() if word not in NEGATIONS]
    read = read_injury_text(" ".join(words), {})
    return Ended(read.region, read.side)


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
