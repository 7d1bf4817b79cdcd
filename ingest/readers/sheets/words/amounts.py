"""Numbers as people type them into a cell, and the words they type instead.

"c. 30", "about 7", "7h", "6,5", "40-45", "INJ", "ill", "?" and "-" all mean something; what none
of the rules knows is not understood, and is told.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from ingest.readers.sheets.words.folding import without_accents

_ABOUT: Final = re.compile(
    r"^(?:c\.?a?\.?|circa|cirka|about|approx(?:imately|\.)?|around|roughly|maybe|~|≈|±|\+/-|etwa|"
    r"ungefahr|ungef\.?|rund|knapp|gut|env(?:iron|\.)?|vers|aprox\.?|unos|unas|cerca de|"
    r"mais ou menos|mas o menos|quasi|ongeveer|ong\.?|ungefar|ung\.?|omtrent|omkring|>=?|<=?|"
    r"min\.?|max\.?)(?=[\s\d.,~])\s*"
)
_TAIL: Final = re.compile(r"\s*(?:\+|!+|\?|\*+|ish|oder so|or so|\(?c\.?a\.?\)?|\(\?\))\s*$")
_NUMBER: Final = r"(?:\d{1,3}(?:[ '.,]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)"
_UNIT: Final = (
    r"(?:km|k|kms|kilomet\w*|mi|mil|miles?|h|hr|hrs|hours?|std\.?|stunden?|heures?|horas?|ore|ora|"
    r"uren|uur|u|timmar|timer|tim|t|min|mins|minutes?|minuten|minuti|minutos|minuter|minutter|m|'|"
    r"kgs?|kilos?|kilogram\w*|lbs?|pounds?|n|newtons?|nm|n\*m|n·m|%|cm|mm|ms|s|sek|sec|°|deg|"
    r"bpm|spm|/\s?\d{1,3}|out of \d+|von \d+|sur \d+|de \d+)"
)
_ONE: Final = re.compile(
    rf"(-?{_NUMBER})\s*({_UNIT})?\.?(?:\s*\(.*\)|\s*[-\u2013=,;:]?\s+[a-z].*)?"
)
_WITH_MORE: Final = re.compile(
    rf"({_NUMBER})\s*(km|kms|k|mi|miles?)\.?(?:\s*[-\u2013=,;:@/]\s*|\s+)(?:in|en|i)?\s*"
    r"\d{1,3}(?:[:.'][0-5]\d(?::[0-5]\d)?|\s*(?:h|min))\b.*"
)
"""A distance and the time it took, or its pace: "5k 27:10", "6 mi, 50 min", "10 km @ 5:30/km"."""
_SPAN: Final = re.compile(
    rf"({_NUMBER})\s*(?:-|\u2013|to|bis|a|tot|till|til)\s*({_NUMBER})\s*({_UNIT})?"
)
_SUM: Final = re.compile(rf"({_NUMBER})(?:\s*\+\s*({_NUMBER}))+\s*({_UNIT})?")
_INTERVALS: Final = re.compile(r"\d{1,3}\s*[x\u00d7*]\s*[\d(]")
"""Intervals: "6x1000", "5 x 3 min", "3x(4x400)"; neither number is the whole distance."""
_WHOLE: Final = re.compile(
    rf"(?<![x\u00d7*\d.,])(?<![x\u00d7*] )({_NUMBER})\s*(km|kms|mi|miles?)\b"
)
_HALVES: Final = re.compile(r"(\d*)\s*([½¼¾])")
_HALF: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_CLOCK: Final = re.compile(
    r"(\d{1,3})\s*(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|ore|uur|u|t|timmar|timer|:)\s*"
    r"(\d{1,2})\s*(?:m|min|mins|minutes?|minuten|')?(?:[:\s]?(\d{2})(?:\.\d+)?s?)?"
)
_DOTTED_CLOCK: Final = re.compile(r"(\d{1,2})\.([0-5]\d)\.([0-5]\d)")
_THOUSANDS: Final = {
    ".": re.compile(r"\d{1,3}(?:[ ',]\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"\d{1,3}(?:[ '.]\d{3})+(?:,\d+)?"),
}
# A longer cell is a remark, whatever numbers stand in it.
_LONGEST: Final = 60

WORDS: Final[Mapping[str, str]] = {
    "injured": (
        "inj|injured|injury|verletzt|verl|verletzung|blesse|blessee|blessure|lesionado|lesionada|"
        "lesion|infortunato|infortunata|infortunio|inf|geblesseerd|blessuregeblesseerd|lesao|"
        "machucado|machucada|skadad|skada|skadet|skade|les|bless|v|gebl|injured again|hurt|"
        "lesione|lesionata|lesionato|lesionados|blessures|verletzte|knie|knee|achilles|shin|"
        "schiene|physio|reha|rehab|kine|fisio|fysio"
    ),
    "ill": (
        "ill|sick|illness|krank|krankheit|malade|mal|enfermo|enferma|malato|malata|malattia|ziek|"
        "doente|sjuk|syg|syk|covid|corona|flu|grippe|gripe|cold|erkaltet|erkaltung|fever|fieber|"
        "influenza|febbre|febre|fiebre|fievre|rhume|gastro|angine|raffreddore|raffreddato|"
        "raffreddata|constipado|constipada|resfriado|resfriada|resfriado|koorts|griep|verkouden|"
        "feber|forkyld|forkjolet|forkolet|influensa|covid 19|infekt|magen darm|magen-darm|"
        "virus|ko|unwell|vomiting|sjukdom|sykdom|sygdom|ziekte|maladie|enfermedad|doenca|"
        "krankgeschrieben|k.o."
    ),
    "rest": (
        "rest|rest day|off|day off|frei|ruhetag|ruhe|pause|repos|descanso|riposo|rust|rustdag|"
        "vila|vilodag|hvile|hviledag|recovery|taper|rest week|ruhewoche|regeneration|vilovecka|"
        "hvileuge|hvileuke|rustweek|semaine de repos|semana de descanso|riposo totale|"
        "descanso total|libre|libero|fri|fridag|ledig|vrij|conge"
    ),
    "away": (
        "away|holiday|holidays|vacation|hols|urlaub|ferien|vacances|vacaciones|vacanza|ferie|"
        "vakantie|ferias|semester|viagem|viaje|viaggio|voyage|reizen|rejse|resa|resor|bortrest|"
        "bortreist|bortrejst|afwezig|ausente|assente|skiing|ski|skiurlaub|exams|prufung|klausur|"
        "lager|trainingslager|work|arbeit|stage|congress|wedding|hochzeit|travel|reise|travelling|camp|dns|abs|absent|abwesend|entsch"
    ),
    "unknown": (
        "?|??|???|n/a|na|n.a.|k.a.|k. a.|ka|nd|n.d.|nk|unknown|unbekannt|inconnu|tbc|tba|missing|"
        "fehlt|nvt|n.v.t.|s/d|nc|#n/a|#ref!|#value!|#div/0!|#name?|nan|null|none given|x?"
    ),
    "none": (
        "-|--|---|\u2013|\u2014|/|.|none|keine|kein|nothing|nix|nichts|nil|ninguno|ninguna|nada|nessuno|"
        "geen|nenhum|nenhuma|ingen|inga|aucun|aucune|rien|no|nein|non|nee|nej|nei|nao|"
        "ras|r.a.s.|r.a.s|nihil|sin novedad"
    ),
}
"""What a word in place of a number says -> how it is written in ten languages."""
_BY_WORD: Final = {
    spelling: word
    # Backwards, so that a spelling of two meanings keeps the first one.
    for word, spellings in reversed(list(WORDS.items()))
    for spelling in spellings.split("|")
}


class Amount(NamedTuple):
    """What a cell says.

    Parameters
    ----------
    value : float or None
        The number; hours for a length of time such as `7h30`.
    about : bool
        Whether it is rounded, a span or a bound.
    word : str
        A key of :data:`WORDS` where a word stands in place of a number, else empty.
    unit : str
        Unit as written behind the number, `h` for a length of time.
    clock : tuple of int
        The parts of `7:30` or `1:02:03`, for the column to say what they are.
    """

    value: float | None = None
    about: bool = False
    word: str = ""
    unit: str = ""
    clock: tuple[int, ...] = ()


@lru_cache(maxsize=200_000)
def read_amount(text: str, mark: str = ".") -> Amount | None:
    """Return what a cell says, None where it is not understood.

    Parameters
    ----------
    text : str
        One cell.
    mark : {".", ","}
        Decimal mark of the file; it decides only about "1,234" and "1.234".

    Examples
    --------
    >>> read_amount("c. 30"), read_amount("6,5").value, read_amount("INJ").word
    (Amount(value=30.0, about=True, word='', unit='', clock=()), 6.5, 'injured')
    >>> read_amount("40-45").value, read_amount("7h30").value, read_amount("felt ok") is None
    (42.5, 7.5, True)
    >>> read_amount("5k 27:10").value
    5.0
    >>> read_amount("6x1000"), read_amount("6 x 1 km"), read_amount("6x1000 (12 km)").value
    (None, None, 12.0)
    """
    bare = without_accents(_with_halves(text))
    if len(bare) > _LONGEST:
        return None
    # Also without marks around it: "(INJ)", "ill!".
    word = _BY_WORD.get(bare) or _BY_WORD.get(bare.strip(" .!*()"))
    if word:
        return Amount(word=word)
    if _INTERVALS.match(bare):
        return _whole_of_intervals(bare)
    if clock := _CLOCK.fullmatch(bare):
        return _length(clock, bare)
    start = _ABOUT.sub("", bare)
    end = _TAIL.sub("", start)
    if end != bare and (clock := _CLOCK.fullmatch(end)):
        return _length(clock, end)._replace(about=True)
    amount = _span(end, mark) or _sum(end, mark) or _single(end, mark)
    return amount._replace(about=amount.about or end != bare) if amount else None


def read_length(text: str, mark: str = ".") -> Amount | None:
    """Return a length of time; where it is one, dots may part hours, minutes and seconds.

    Elsewhere three numbers with dots are a date.

    Examples
    --------
    >>> read_length("1.02.33").clock, read_amount("1.02.33")
    ((1, 2, 33), None)
    """
    dotted = _DOTTED_CLOCK.fullmatch(text.strip())
    return Amount(clock=tuple(map(int, dotted.groups()))) if dotted else read_amount(text, mark)


def _whole_of_intervals(text: str) -> Amount | None:
    """Return the whole distance that stands beside intervals: "6x1000 (12 km)"."""
    wholes = _WHOLE.findall(text)
    if len(wholes) != 1:
        return None
    number, unit = wholes[0]
    return Amount(value=number_of(number, "."), unit=unit)


def _length(clock: re.Match[str], text: str) -> Amount:
    parts = tuple(int(group) for group in clock.groups() if group is not None)
    if ":" in text and not re.search(r"[a-z]", text):
        return Amount(clock=parts)
    hours, minutes, seconds = (*parts, 0)[:3]
    return Amount(value=hours + minutes / 60 + seconds / 3600, unit="h")


def _span(text: str, mark: str) -> Amount | None:
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    low, high = number_of(match[1], mark), number_of(match[2], mark)
    # "12-10" is no span; it may be a day.
    if not low < high:
        return None
    return Amount(value=(low + high) / 2, about=True, unit=match[3] or "")


def _sum(text: str, mark: str) -> Amount | None:
    match = _SUM.fullmatch(text)
    if not match:
        return None
    parts = re.findall(_NUMBER, text)
    return Amount(value=sum(number_of(part, mark) for part in parts), unit=match[3] or "")


def _with_halves(text: str) -> str:
    """Return "7½" as "7.5": folding would make "71/2" of it."""
    return _HALVES.sub(lambda match: f"{float(match[1] or 0) + _HALF[match[2]]:g}", text)


def _single(text: str, mark: str) -> Amount | None:
    match = _WITH_MORE.fullmatch(text) or _ONE.fullmatch(text)
    if not match:
        return None
    unit = (match[2] or "").rstrip(".")
    return Amount(value=number_of(match[1], mark), unit=unit)


def number_of(text: str, mark: str) -> float:
    """Return digits as a number; where a mark could part thousands, the file's mark decides.

    Examples
    --------
    >>> number_of("1,234", "."), number_of("1,234", ","), number_of("6,5", ".")
    (1234.0, 1.234, 6.5)
    """
    sign, digits = (-1.0, text[1:]) if text.startswith("-") else (1.0, text)
    if _THOUSANDS[mark].fullmatch(digits):
        other = "," if mark == "." else "."
        digits = digits.replace(other, "")
    bare = digits.replace(" ", "").replace("'", "")
    last = max(bare.rfind("."), bare.rfind(","))
    # Any mark that parts no thousands is a decimal one, whatever mark the file has elsewhere.
    if last >= 0:
        whole = bare[:last].replace(".", "").replace(",", "")
        bare = f"{whole or 0}.{bare[last + 1 :]}"
    return sign * float(bare)
