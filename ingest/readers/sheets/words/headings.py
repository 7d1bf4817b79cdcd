"""What a heading says: the concept, its unit, side and trial."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ingest.readers.sheets.synonyms import SYNONYMS
from ingest.readers.sheets.words.folding import plain, without_accents
from ingest.readers.sheets.words.phrases import Found, Phrases

GENERIC: Final = frozenset(
    {"athlete", "first_name", "name_particle", "last_name", "second_last_name", "nickname", "email",
     "member_no", "date", "stamp", "week", "year", "time",
     "total", "sport", "side", "comment", "code", "severity", "surface", "shoe", "region",
     "test", "value", "unit", "metric", "pace"}
)  # fmt: skip
"""Concepts whose words stand in many sentences; in a sentence they need two words of their own."""
_ASKS_WHERE: Final = re.compile(
    r"(?:where|wo|ou|donde|dove|waar|onde|var|hvor)\b"
    r"(?! (?:mange|langt|mye|meget|hard\w*|laenge|lenge|trett|sliten|traet|vondt|ondt|ofte)\b)"
)
_ASKS_HOW: Final = re.compile(
    r"hvor (?!(?:har|er|gor|gjor|kjenner|kender|sitter|sidder|maerker|merker|foler|pa|i|henne)\b)"
)
"""Danish and Norwegian "hvor" is where, and before an adjective how."""
_DAYS_OF_WEEKS: Final = {
    "weeks": "days", "wochen": "tage", "semaines": "jours", "semanas": "dias",
    "settimane": "giorni", "weken": "dagen", "veckor": "dagar", "uker": "dager", "uger": "dage",
    "perse": "persi", "perdues": "perdus", "perdidas": "perdidos", "manquees": "manques",
}  # fmt: skip
_FILLERS: Final = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "des",
        "der",
        "du",
        "d",
        "del",
        "della",
        "di",
        "y",
        "e",
        "et",
        "og",
        "och",
        "und",
        "en",
        "van",
        "dos",
        "da",
        "do",
        "den",
        "het",
        "vom",
        "ab",
        "fran",
        "fra",
        "from",
        "starting",
        "commencing",
        "beginning",
        "dal",
        "dalla",
    ]
)
# From five words on a heading is a question, in which common words say little.
_SENTENCE: Final = 5
_LOADS: Final = frozenset({"distance_km", "duration_min", "duration_h"})
_DURATIONS: Final = frozenset({"duration_h", "duration_min"})
_SLEEP: Final = frozenset({"sleep_h", "sleep_quality"})
_OTHER_HOURS: Final = re.compile(
    r"(?:^|\b(?:at|of|for|in|your|my|the|paid|hours|hrs|h|time)\s+)work(?:ing|ed)?\b|"
    r"\b(?:screen|tv|naps?|napping|commut\w+|travel\w*|driving|bed|job|stud(?:y|ies|ying)|school|"
    r"sitting|bildschirm\w*|arbeit\w*|schule|"
    r"ecran|travail|pantalla|trabajo|schermo|lavoro|scherm\w*|werk|ecra|trabalho|skarm\w*|"
    r"jobb|skjerm\w*|arbejde|skaerm\w*)\b"
)
"""What people spend hours on besides training and sleep; "speed work" is training."""
_OF_TRAINING: Final = re.compile(
    r"\b(?:session|training|run|running|workout|practice|pe|einheit|lauf\w*|entrainement|seance|"
    r"course|entrenamiento|sesion|allenamento|seduta|training\w*|treino|sessao|traning\w*|"
    r"traening\w*|trening\w*)\b"
)
_WEEKS: Final = (
    "week", "woche", "semaine", "seman", "settiman", "weken", "vecko", "uker", "uger",
)  # fmt: skip


_DAYS: Final = ("day", "tage", "tagen", "jour", "dias", "giorn", "dagen", "dagar", "dager", "dage")
_GENDERED: Final = re.compile(
    r"(?<=[a-z]{3})\s?(?:[/:*_-]-?in(?:nen)?|[/·](?:[aoe]s?|ses?|euses?|trice|trici|oras?))\b"
)
"""Names for everybody: "Läufer/in", "Athlet*innen", "Corredor/a", "Coureur·se"."""
_CLIMB: Final = re.compile(r"\bd\s?\+")
_ON_CONDITION: Final = re.compile(
    r"^\s*(?:if (?:yes|so|any)|wenn ja|falls ja|si oui|si es asi|en caso afirmativo|"
    r"en caso de que si|se si|se sim|in caso affermativo|em caso afirmativo|zo ja|indien ja|"
    r"om ja|hvis ja|i sa fall)\b[\s,:;-]*(?=\w)"
)
_SCALE_END: Final = re.compile(r"\d\s*[(\[{]\s*[a-z]")
_BRACKETS: Final = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_UNITS: Final[Mapping[str, str]] = {
    "nm/kg": "nm/kg|nm kg 1",
    "n/kg": "n/kg|n kg 1",
    "nm": "nm|n m|n*m|n·m|newtonmeter|newtonmetre*",
    "n": "n|newton|newtons",
    "kg": "kg|kgs|kgf|kilo|kilos|kilogramm|kilograms",
    "lb": "lb|lbs|lbf|pounds",
    "km/h": "km/h|kmh|kph|km h",
    "m/s": "m/s|m s|mps",
    "mph": "mph",
    "min/km": "min/km",
    "cm": "cm",
    "mm": "mm",
    "ms": "ms|msec|millisec*",
    "s": "s|sec|secs|seconds|sek|sekunden|secondes|segundos|secondi",
    "km": "km|kms|kilometer|kilometres|kilometers",
    "mi": "mi|mile|miles|meilen",
    "min": "min|mins|minutes|minuten|minuter|minutter|minutos|minuti",
    "h": "h|hrs|hours|std|stunden|heures|horas|ore|uren|timmar|timer",
    "deg": "°|deg|degrees|grad|degres|grados|gradi|graden|graus|grader",
    "spm": "spm|steps/min|s/min",
    "reps": "reps|rep|wdh|x|anzahl|repetitions",
    "%": "%",
    "bw": "bw|xbw",
    "bw/s": "bw/s",
    "m": "m|meter|metres|meters",
    "bpm": "bpm|schlage/min|/min",
    "w": "w|watt|watts",
}
_UNIT_OF: Final = {
    spelling: unit for unit, words in _UNITS.items() for spelling in words.split("|")
}


class Meaning(NamedTuple):
    """What a heading stands for.

    Parameters
    ----------
    concept : str
        A key of :data:`ingest.readers.sheets.synonyms.SYNONYMS`; empty where none is known.
    certain : bool
        Whether the spelling is all that the heading says, but for units and scales.
    unit : str
        Unit in the heading, in lower case; empty where none is written.
    """

    concept: str
    certain: bool = False
    unit: str = ""


NOTHING: Final = Meaning("")


def meaning_of(heading: str) -> Meaning:
    """Return what a heading stands for.

    Examples
    --------
    >>> meaning_of("How did you sleep last night? (1 = very badly, 5 = very well)").concept
    'sleep_quality'
    >>> meaning_of("Hours of sleep").concept, meaning_of("Wo tut es weh?").concept
    ('sleep_h', 'pain_place')
    >>> meaning_of("Körpergewicht [kg]")
    Meaning(concept='mass_kg', certain=True, unit='kg')
    """
    candidates = meanings_of(heading)
    return candidates[0] if candidates else NOTHING


@lru_cache(maxsize=20_000)
def meanings_of(heading: str) -> tuple[Meaning, ...]:
    """Return what a heading may stand for, the best first."""
    unit = unit_of(heading)
    main, inner = _parts(heading)
    matches = _matches(main)
    # A grid question of Google Forms names its row in brackets: "How do you feel? [Fatigue]".
    # A word behind a number is the end of a scale: "Tiredness 1 (fit) - 5 (exhausted)".
    inner = [] if _SCALE_END.search(without_accents(heading)) else inner
    rows = [
        match
        for part in inner
        for match in _matches(part)
        if match.whole and match.key not in GENERIC
    ]
    ordered = rows + [match for match in matches if match.key not in {row.key for row in rows}]
    if {match.key for match in ordered} & _LOADS and not any(match.whole for match in ordered):
        # "Km this week" asks for kilometres and names no week.
        ordered = [match for match in ordered if match.key != "week"]
    # "Hvor ondt" asks how much it hurts, not where.
    if _ASKS_HOW.match(main):
        ordered = [match for match in ordered if match.key != "pain_place"]
    if not any(match.whole for match in ordered):
        ordered = _weeks_out(main) or ordered
    ordered = _without_training(ordered, without_accents(heading))
    if _ASKS_WHERE.match(main) and ordered and ordered[0].key in {"pain", "injury", "readiness"}:
        ordered.insert(0, Found("pain_place", len(main), whole=False, words=2))
    return tuple(Meaning(match.key, match.whole, unit) for match in ordered)


def _weeks_out(main: str) -> list[Found]:
    """Return the days lost of a heading that counts them in weeks: "Veckor borta"."""
    in_days = " ".join(_DAYS_OF_WEEKS.get(word, word) for word in main.split())
    if in_days == main:
        return []
    return [match for match in _matches(in_days) if match.key == "days_lost" and match.whole]


def counts_weeks(heading: str) -> bool:
    """Say whether weeks are what a heading counts: "days lost (this week)" are days."""
    firsts = [
        min((at for word in words if (at := heading.find(word)) >= 0), default=len(heading))
        for words in (_WEEKS, _DAYS)
    ]
    return firsts[0] < firsts[1]


def speaks_of_training(text: str) -> bool:
    """Say whether a heading or title names sessions of training, or runs."""
    return _OF_TRAINING.search(without_accents(text)) is not None


def _without_training(matches: list[Found], heading: str) -> list[Found]:
    """Drop the hours of training from what asks for hours of sleep, of work or before a screen."""
    keys = {match.key for match in matches}
    # Hours before a screen are no training; in a question about sessions they may be.
    is_other = _OTHER_HOURS.search(heading) and not speaks_of_training(heading)
    if not keys & _DURATIONS or not (keys & _SLEEP or is_other):
        return matches
    without_durations = [match for match in matches if match.key not in _DURATIONS]
    if "sleep_h" in keys:
        return without_durations
    return [
        match._replace(key="sleep_h") if match.key == "sleep_quality" else match
        for match in without_durations
    ]


def unit_of(heading: str) -> str:
    """Return the unit that a heading names in brackets or at its end, in lower case.

    Examples
    --------
    >>> unit_of("GCT L (ms)"), unit_of("Gewicht in kg"), unit_of("Vert. osc., cm"), unit_of("Name")
    ('ms', 'kg', 'cm', '')
    """
    bare = without_accents(heading)
    inner = [bracket.strip() for bracket in _BRACKETS.findall(bare)]
    for part in inner:
        for word in (part, *re.split(r"[,;]\s*|\s+", part)):
            if word.strip(". ") in _UNIT_OF:
                return _UNIT_OF[word.strip(". ")]
    words = re.split(r"[\s,;_]+", _BRACKETS.sub(" ", bare).strip())
    last = words[-1].strip(".:") if len(words) > 1 else ""
    return _UNIT_OF.get(last, "") if last not in {"x", "m", "s", "w", "h", "n", "rep", "%"} else ""


def _parts(heading: str) -> tuple[str, list[str]]:
    """Return a heading without brackets and units, and what stands in its brackets.

    "If so, where?" asks where, and D+ is how alpine countries write metres of climb.
    """
    heading = _GENDERED.sub("", without_accents(heading))
    heading = _ON_CONDITION.sub("", _CLIMB.sub("ascent", heading))
    inner = [plain(bracket) for bracket in _BRACKETS.findall(heading)]
    main = plain(_BRACKETS.sub(" ", heading)) or " ".join(inner)
    words = main.split()
    while len(words) > 1 and (words[-1] in _UNIT_OF or words[-1] == "in"):
        words.pop()
    without_unit = " ".join(words)
    # "Sleep h" is hours of sleep, which the table knows with its unit.
    return (main if main in _known() else without_unit), inner


def _matches(text: str) -> list[Found]:
    sentence = text.count(" ") + 1 >= _SENTENCE
    matches = _phrases().find(text)
    if not any(match.whole for match in matches):
        matches = [_made_whole(match, text) for match in matches]
    return [
        match
        for match in matches
        if match.whole or not sentence or match.key not in GENERIC or match.words > 1
    ]


def _made_whole(match: Found, text: str) -> Found:
    """Return a concept as all a text says where each of its words is a spelling of it.

    "Naam atleet" and "Name des Läufers" say nothing but who it is.
    """
    words = [word for word in text.split() if word not in _FILLERS]
    own = _words_of(match.key)
    says_more = len(text.split()) > 1
    is_whole = match.key in GENERIC and says_more and words and all(word in own for word in words)
    return match._replace(whole=True) if is_whole else match


@cache
def _words_of(concept: str) -> frozenset[str]:
    spellings = (phrase for words in SYNONYMS[concept].values() for phrase in words.split("|"))
    return frozenset(spelling.rstrip("*") for spelling in spellings if " " not in spelling)


@cache
def _phrases() -> Phrases:
    return Phrases({key: "|".join(words.values()) for key, words in SYNONYMS.items()})


@cache
def _known() -> frozenset[str]:
    return frozenset(
        spelling
        for languages in SYNONYMS.values()
        for words in languages.values()
        for spelling in words.split("|")
    )
