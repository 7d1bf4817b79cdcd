"""Which days with words such as "until", "back" and "again" end an absence, and which do not."""

import re
from typing import Final

from ingest.injuries.day_words import UNTIL
from ingest.injuries.severity_words import says
from ingest.injuries.text import without_body_parts

_UNTIL: Final = re.compile(rf"(?<![\w-])(?:{UNTIL})(?![\w-])")
_OUT: Final = re.compile(
    r"(?<![\w-])(?:off|absent|dns|break|unavailable|restricted|limited|away|light|no sport"
    r"|krank\w*|sportfrei|trainingsfrei|setzt aus|fallt aus|ausfall|sperre|gesperrt|schont|schonung"
    r"|pausieren|eingeschrankt|indisponible|forfait|absente?|arretee?|dispense\w*|limitee?"
    r"|no disponible|limitad[oa]|assente|indisponibile|limitat[oa]|afwezig|beperkt|ausente"
    r"|indisponivel|sjukskriven|franvarande|begransad|sykmeldt|begrenset|sygemeldt|ude|ute|borta"
    r"|borte)(?![\w-])"
)
_NO: Final = (
    r"(?:no|not|n't|cannot|without|kein\w*|nicht|ohne|pas|plus|sans|sin|non|senza|sem|nao|geen"
    r"|niet|zonder|inte|ej|ingen|inga|ikke|ikkje)"
)
_NO_RUNNING: Final = re.compile(
    rf"(?<!\w){_NO}(?: \w+){{0,2}} (?:run|jog|train|sport|rac|lauf|cour|entrain|corr|carrer|entren"
    r"|alle|corsa|lop|hardlo|spring|loping|tran|tren|treino|corrid|lob)\w*"
)
_ACTIVE: Final = re.compile(
    r"(?<!\w)(?:ran|runs?|running|jog|train|trained|trains|training|rac\w+|lauft|lief|trainiert\w*"
    r"|cour\w*|entrain\w*|corr\w*|entren\w*|allen\w*|traint|trent\w*|tranat?|treina\w*)(?!\w)"
)
_TREATED: Final = re.compile(
    r"(?<![\w-])(?:(?:moon ?|walking ?|air ?)?boot|cast|plaster|crutch\w*|brace|splint|tape[ds]?"
    r"|taping|insoles?|orthotics|orthoses?|antibiotics?|painkillers?|ibuprofen\w*|nsaids?|medication"
    r"|pills|gips\w*|schiene|orthese|krucken|stiefel|walker|einlagen|antibiotik\w*|schmerzmittel|tabletten"
    r"|platre|attelle|bequilles?|botte|semelles|antibiotiques|yeso|escayola\w*|ferula|muletas|bota"
    r"|plantillas|antibioticos?|gesso|tutore|stampelle|plantari|antibiotico|krukken|spalk|zooltjes"
    r"|gesso|muletas|palmilhas|krykker|kryckor|skinne|skena|salar|innleggssaler|sutures?|stitches"
    r"|faden|fils|puntos|punti)(?![\w-])"
)
_HURT_AGAIN: Final = re.compile(
    r"(?<![\w-])(?:worse\w*|worsened|relapse\w*|re-?injur\w*|recurr\w*|flar\w*|aggravat\w*|twist\w*"
    r"|pulled|tore|torn|hurts?|hurting|sore|stopp\w*|swollen|pain|pains|symptoms|went|seized"
    r"|schlimm\w*|schlecht\w*|verschlimm\w*|verschlecht\w*|ruckfall|verdreht|umgeknickt|gezwickt"
    r"|zwickt|gezerrt|gerissen|verletzt|schmerz\w*|abgebrochen|pire|empir\w*|aggrav\w*|rechute\w*"
    r"|douleurs?|mal|peor|empeor\w*|recaid\w*|dolor\w*|peggio\w*|ricadut\w*|dolor[ei]|doler|duele|doi|doer|erger|terugval"
    r"|pijn|pior\w*|dor|dores|verre|tilbakefall|smert\w*|vondt|varre|samre|aterfall|smart\w*|ont"
    r"|tilbagefald|vaerre|ondt)(?![\w-])"
)
_FREE: Final = re.compile(
    rf"(?<!\w)(?:{_NO}|free of|frei von)(?: (?:more|any|much|mehr|plus|de|di|mas|mais))? "
    r"(?:pains?|symptoms|schmerz\w*|douleurs?|dolor\w*|pijn|dor|dores|smert\w*|smart\w*)"
    r"|(?:pain|symptom)s?[- ]?free|(?:schmerz|beschwerde)\w*frei|(?:smert\w*|smart)fri"
)
_TO_CLINICIAN: Final = re.compile(
    r"(?:\b(?:to|at|with|resumed|resumes|started|starts|bei|beim|zum|zur|chez|al|alla|dal|naar|bij|ao|hos|till?|en|au)"
    r"(?: (?:the|my|his|her|der|dem|le|la|el|il|de|o))?) (.+)"
)
_NO_RUN: Final = re.compile(
    r"(?<![\w-])(?:cycl\w*|bik(?:e|ing)|swim\w*|pool|gym|walk|walking|aqua\w*|cross[ -]?train\w*"
    r"|rehab|elliptical|fahrrad|rad|radfahren|schwimm\w*|kraft\w*|spazier\w*|gehen|reha"
    r"|aufbautraining|velo|natation|nager|marche|marcher|piscine|musculation|bici\w*|nadar|natacion"
    r"|piscina|gimnasio|andar|caminar|nuot\w*|palestra|camminare|fiets\w*|zwem\w*|wandel\w*"
    r"|natacao|ginasio|caminhar|cykl\w*|cykel|simm\w*|sykl\w*|sykkel|svom\w*)(?![\w-])"
)
_RUN: Final = re.compile(
    r"(?<!\w)(?:run\w*|jog\w*|training|races?|racing|lauf\w*|cour(?:se|ir|t)|entrainement|correr"
    r"|carrera|entren\w*|corsa|correre|allen\w*|hardlo\w*|lopen|corrida|trein\w*|lop\w*|traning"
    r"|trening|traening)(?!\w)"
)
# The earliest possible day of a return is not the return.
_AT_LEAST: Final = re.compile(
    r"\b(?:at least|minimum|not before|earliest|mindestens|fruhestens|au moins|al menos"
    r"|por lo menos|minimo|almeno|minstens|pelo menos|minst|tidigst|tidligst|mindst)\b"
)


def is_no_return(plain: str) -> bool:
    """Say whether plain words beside a day tell harm, treatment or another sport, and no return.

    Examples
    --------
    >>> is_no_return("back to physio"), is_no_return("knie wieder verdreht")
    (True, True)
    >>> is_no_return("training until")
    True
    >>> is_no_return("cleared by physio"), is_no_return("back without pain")
    (False, False)
    """
    # "Without pain" must not count as pain.
    rest = _FREE.sub(" ", plain)
    visit = _TO_CLINICIAN.search(rest)
    if visit is not None and says(visit[1], "clinician"):
        return True
    if _UNTIL.search(plain) and _ACTIVE.search(plain) and not ends_absence(plain):
        return True
    if _NO_RUN.search(rest) and not _RUN.search(rest):
        return True
    return bool(_HURT_AGAIN.search(rest) or _TREATED.search(rest))


def ends_absence(plain: str) -> bool:
    """Say whether plain words with "until" tell an absence, not training or a treatment.

    Examples
    --------
    >>> ends_absence("out until"), ends_absence("kein laufen bis"), ends_absence("left calf until")
    (True, True, True)
    >>> ends_absence("ran until"), ends_absence("boot until"), ends_absence("out until at least")
    (False, False, False)
    """
    if not _UNTIL.search(plain) or says(plain, "clinician") or _AT_LEAST.search(plain):
        return False
    if _TREATED.search(plain):
        return False
    if _tells_absence(plain):
        return True
    # Nothing but a body part before "until": a line such as "left calf until 20 March".
    before = _UNTIL.split(plain)[0]
    return not re.findall(r"[^\W\d_]+", without_body_parts(before))


def has_no_length(plain: str) -> bool:
    """Say whether a length of time in plain words is of pain, a treatment or a clinician alone.

    Examples
    --------
    >>> has_no_length("pain 2 weeks now"), has_no_length("physio in 2 weeks")
    (True, True)
    >>> has_no_length("2 weeks off with pain"), has_no_length("2 weeks")
    (False, False)
    """
    is_other = is_no_return(plain) or says(plain, "clinician")
    return is_other and not _tells_absence(plain)


def _tells_absence(plain: str) -> bool:
    is_out = says(plain, "restricted") or _OUT.search(plain) is not None
    return is_out or _NO_RUNNING.search(plain) is not None
