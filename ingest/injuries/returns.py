"""The return as it is written in a register: a day, a number of weeks, or nothing yet.

"wieder dabei seit 25.11.", "ca 2 Wo. Pause", "3 weeks", "offen!! MRT am 3.2.": the day of an
appointment is no return, and neither is "for two weeks now".
"""

import math
import re
from typing import Final

import pandas as pd

from ingest.injuries.absences import ends_absence, has_no_length, is_no_return
from ingest.injuries.recovered import is_recovered
from ingest.injuries.text import plain_words

UNITS: Final = {
    1: "days|day|d|tage|tagen|tag|t|jours|jour|j|dias|dia|giorni|giorno|gg|dagen|dag|dager|dagar|"
    "dage",
    7: "weeks|week|wks|wk|w|wochen|woche|wo|semaines|semaine|sem|semanas|semana|settimane|"
    "settimana|sett|weken|uker|uke|veckor|vecka|uger|uge",
    30: "months|month|mths|monate|monaten|monat|mon|mois|meses|mes|mesi|mese|maanden|maand|"
    "maneder|maned|manader|manad",
}
_NUMBERS: Final = {
    1: "a|one|ein|eine|einer|un|une|una|uno|um|uma|een|en|ett|et",
    2: "two|zwei|deux|dos|due|twee|dois|duas|to|tva",
    3: "three|drei|trois|tres|tre|drie",
    4: "four|vier|quatre|cuatro|quattro|quatro|fire|fyra",
    5: "five|funf|cinq|cinco|cinque|vijf|fem",
    6: "six|sechs|seis|sei|zes|seks|sex",
    8: "eight|acht|huit|ocho|otto|oito|atte|atta|otte",
    10: "ten|zehn|dix|diez|dieci|tien|dez|ti|tio",
    12: "twelve|zwolf|douze|doce|dodici|twaalf|doze|tolv",
}
_BACK: Final = (
    "back|return|returned|returns|resumed|fit|full training|recovered|cleared|again|"
    "wieder|zuruck|fit|dabei|retour|reprise|repris|de retour|guerie?|vuelta|vuelve|alta|recuperado|"
    "recuperada|rientro|rientrato|rientrata|ritorno|guarito|terug|hersteld|volta|voltou|regresso|"
    "tilbake|frisk|tillbaka|tilbage"
)
_HEAD: Final = re.compile(
    r"^(?:expected |probably |prob |hopefully |should be |voraussichtlich |ca |circa |env )*(?:"
    r"back(?! (?:pain|ache|sore\w*|spasms?|muscles?|tight\w*|stiff\w*|problems?|injur\w*"
    r"|strain\w*))"
    r"|returns?|returned|rtp|wieder|zuruck|retour|reprise|vuelve|vuelta|regres\w*|rientr\w*|terug"
    r"|volta|tillbaka|tilbake|tilbage)\b"
)
_BRACKETS: Final = re.compile(r"[()]")
_APPOINTMENTS: Final = (
    "mri|mrt|irm|scan|x-ray|rontgen|appointment|check-up|checkup|review|termin|kontrolle|arzt|"
    "rdv|controle|cita|revision|visita|risonanza|afspraak|consulta|kontroll"
)
_NO_SPAN: Final = (
    "since|for|ago|seit|vor|depuis|desde|hace|da|sinds|al|ha|siden|sedan|another|more|noch|encore|"
    "ancora|nog|mais|mas|enda|till|if|falls|maybe|vielleicht"
)
_OFTEN: Final = re.compile(
    r"\b(?:every|each|alle|jede\w*|tous les|toutes les|cada|ogni|elke|om de|hver\w*|var(?:je|annan)"
    r"|todos os|todas as)\s+(?:\S+\s+)?\S+"
    r"|(?:\b(?:once|twice|times|einmal|zweimal|dreimal|\d*\s?mal|fois|una vez|dos veces|veces|volte"
    r"|volta|keer|vezes|vez|ganger|gang|gange)|\d\s?x|\bkm|\bmiles?|\b(?:min|h|hours?))"
    r" (?:a|an|per|par|al|a la|por|pro|die|in der|in de|i|om|la|alla|in|each) \S+"
)
"""How often and not how long: "physio every 2 weeks", "ice 3 times a day"."""
_OF_TRAINING: Final = re.compile(
    r"\b(?:after|following|nach|apres|despues de|tras|dopo|na|depois de|efter|etter) \S+ \S+ "
    r"(?:of|von|mit|de|d'|di|con|van|met|com|av|af|med|with) (?:(?!no\b|not\b|less|reduc|reduz"
    r"|modif|light|easy|restrict|limit|missed|rest\b)[\w'-]+ ){0,3}(?:mileage|training|load|loads"
    r"|running|runs|volume|miles|km|speed\w*|hills?|racing|races|marathon|intervals?|kilometer\w*"
    r"|umfang\w*|belastung\w*|laufen|lauftraining|entrainement|charge|course|carga|entrenamiento"
    r"|correr|allenament\w*|carico|corsa|trainen|belasting|treino|corrida|traning|trening|traening)\b"
)
"""How long somebody trained before it hurt: "after 3 weeks of increased mileage"."""
_DATE: Final = re.compile(
    r"(?<!\d)(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.?(\d{4}|\d{2})?)(?!\d)"
)
_LONGEST_DAYS: Final = 730
_CENTURY: Final = 2000
_LONGEST_YEARS: Final = 6
_CLAUSES: Final = re.compile(r"[;!?]+|,\s|\s[-\u2013]\s")


def read_return(text: str, onset: pd.Timestamp | None) -> pd.Timestamp | None:
    """Return the day of return that words tell; None where they tell none.

    Parameters
    ----------
    text : str
        Remark or return cell, as written.
    onset : pandas.Timestamp or None
        Day of onset: a day without a year is the first such day from it on, weeks count from it.

    Examples
    --------
    >>> onset = pd.Timestamp("2019-12-02")
    >>> read_return("4 Wochen, am 30.12. wieder Training", onset).date().isoformat()
    '2019-12-30'
    >>> read_return("ca 2 Wo. Pause", onset)
    Timestamp('2019-12-16 00:00:00')
    >>> read_return("offen!! MRT am 3.2.", onset) is None
    True
    """
    if onset is None or pd.isna(onset) or not text.strip():
        return None
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    days = [_day(clause, onset, is_alone=len(clauses) == 1) for clause in clauses]
    lengths = [clause for clause in clauses if not has_no_length(plain_words(clause))]
    spans = [days_in_words(clause) for clause in lengths]
    written = [day for day in days if day is not None]
    if written:
        return written[-1]
    known_spans = [span for span in spans if span is not None]
    if known_spans:
        return onset + pd.Timedelta(days=known_spans[-1])
    return None


def _day(clause: str, onset: pd.Timestamp, *, is_alone: bool) -> pd.Timestamp | None:
    """Return the day of a clause that speaks of being back, or is nothing but a day."""
    matches = list(_DATE.finditer(clause))
    rest = plain_words(_DATE.sub(" ", clause))
    # "Back since 25 November" is a return; "since" forbids only a number of weeks.
    speaks_of_return = (
        _tells_back(rest) or ends_absence(rest) or is_recovered(rest) or (is_alone and not rest)
    )
    if not matches or not speaks_of_return or _holds(rest, _APPOINTMENTS):
        return None
    day = _dated(matches[-1], onset)
    return day if day is not None and day >= onset and not is_far(day.year, onset) else None


def _tells_back(plain: str) -> bool:
    return _holds(plain, _BACK) and not is_no_return(plain)


def return_in(text: str) -> str:
    """Return the clause of a sentence about an injury that tells the day of the return.

    Examples
    --------
    >>> return_in("left calf - out until 20 March"), return_in("left knee (back 14 March)")
    ('out until 20 March', 'back 14 March')
    >>> return_in("lower back, MRI on 20 March"), return_in("back pain 3 March")
    ('', '')
    """
    for clause in _CLAUSES.split(_BRACKETS.sub(" ; ", text)):
        plain = plain_words(clause)
        is_head = _HEAD.search(plain) and not is_no_return(plain)
        if (ends_absence(plain) or is_head) and not _holds(plain, _APPOINTMENTS):
            return clause.strip()
    return ""


def may_tell_onset(clause: str) -> bool:
    """Say whether a date in a clause may be that of the onset: of no return and no appointment.

    Examples
    --------
    >>> may_tell_onset("calf strained on 1 April"), may_tell_onset("back on 14 April")
    (True, False)
    """
    plain = plain_words(_DATE.sub(" ", clause))
    return not _holds(plain, _BACK) and not _holds(plain, _APPOINTMENTS)


def is_far(year: int, onset: pd.Timestamp) -> bool:
    """Return whether the year of a return lies so long after the onset that it is mistyped."""
    return year - onset.year > _LONGEST_YEARS


def _dated(match: re.Match[str], onset: pd.Timestamp) -> pd.Timestamp | None:
    year, month, day, day_first, month_second, year_last = match.groups()
    month, day, year = month or month_second, day or day_first, year or year_last
    if year is not None:
        number = int(year)
        return _made(number if number >= 100 else _CENTURY + number, month, day)  # two digits
    this_year = _made(onset.year, month, day)
    if this_year is None or this_year >= onset:
        return this_year
    return _made(onset.year + 1, month, day)


def _made(year: int, month: str, day: str) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year=year, month=int(month), day=int(day))
    except ValueError:
        return None


def days_in_words(clause: str) -> int | None:
    """Return the days of "2 weeks", "2-3 weeks" (the middle) or "zwei Wochen".

    A unit of one letter needs a figure before it: "at" is not "a Tag", one day.

    Examples
    --------
    >>> days_in_words("out 5 d"), days_in_words("pain at night"), days_in_words("a week")
    (5, None, 7)
    """
    # In this order: points end short forms ("2 Wo."), then commas are decimal ("1,5 weeks").
    plain = plain_words(clause.replace(".", " ").replace(",", "."))
    if _holds(plain, f"{_APPOINTMENTS}|{_NO_SPAN}"):
        return None
    plain = _OF_TRAINING.sub(" ", _OFTEN.sub(" ", plain))
    for days, pattern in _SPANS.items():
        match = pattern.search(plain)
        number = _number(match[1] or match[2]) if match else None
        if number is not None and 0 <= number * days <= _LONGEST_DAYS:
            # Half a day out is a day on which nobody ran.
            return math.ceil(number * days)
    return None


def _number(word: str) -> float | None:
    ends = re.fullmatch(r"(\d{1,3})\s?[-/\u2013]\s?(\d{1,3})", word)
    if ends:
        return (int(ends.group(1)) + int(ends.group(2))) / 2
    if re.fullmatch(r"\d{1,3}(\.\d)?", word):
        return float(word)
    return _WORDS.get(word)


_FIGURE: Final = r"\d{1,3}(?:\.\d|\s?[-/]\s?\d{1,3})?"
_WORDS: Final = {word: float(n) for n, words in _NUMBERS.items() for word in words.split("|")}
_SPANS: Final = {
    days: re.compile(
        rf"(?<![\w.])(?:({_FIGURE})\s?(?:{unit})"
        rf"|({'|'.join(_WORDS)}) (?:{'|'.join(word for word in unit.split('|') if len(word) > 1)}))"
        r"(?!\w)"
    )
    for days, unit in UNITS.items()
}


def _holds(plain: str, words: str) -> bool:
    return bool(re.search(rf"(?<![\w-])(?:{words})(?![\w-])", plain))
