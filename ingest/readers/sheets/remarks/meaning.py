"""What a remark of a diary tells: a complaint, an injury, something unclear, or nothing."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from common.vocabulary import RUNNING_REGIONS
from ingest.dataset.settings import InjuryMeaning
from ingest.injuries.compounds import apart, side_apart
from ingest.injuries.languages.homographs import without_idioms
from ingest.injuries.recovered import is_recovered
from ingest.injuries.spelling import corrected
from ingest.injuries.text import InjuryText, plain_words, read_injury_text, without_body_parts
from ingest.readers.sheets.remarks.denials import without_denials
from ingest.readers.sheets.remarks.not_now import LONG_AGO, OF_OTHERS
from ingest.readers.sheets.remarks.pain_words import (
    BONE_OR_TEAR,
    CLINIC,
    EXERCISE,
    INJURED,
    MUSCLE_SORE,
    NO_RUNNING_WEEKS,
    ONE_DAY,
    OTHER_BODY,
    PAIN,
    PAIN_NOUN,
    SURGERY,
    SUSPICIOUS,
    TIGHT,
    TISSUE,
    WEEKS_OUT,
    WELL,
)
from ingest.readers.sheets.words.grave_answers import is_grave

NOTHING: Final = ""
COMPLAINT: Final = "complaint"
INJURY: Final = "injury"
UNCLEAR: Final = "unclear"
"""A problem may be told; whose it is must not be called healthy."""
_CLAUSES: Final = re.compile(
    r",(?!\d)|[;!?()\n]|\.(?:\s|$)|\s[-\u2013/]\s|\b(?:but|though|although|aber|jedoch|mais|pero|"
    r"ma|maar|mas"
    r"|men|then|dann|puis|luego|poi)\b",
    re.IGNORECASE,
)
_AND: Final = re.compile(r" (?:and|und|et|y|e|en|och|og|plus|u) |\s?[&+]\s?")
_BACK: Final = re.compile(
    r"\bback (?:(?:is|was|felt|feels|a bit|bit|very|really|still|slightly) )*"
    r"(?:sore|stiff|tight|hurt\w*|painful|aching|ached)\b"
)
_ON_FOOT: Final = re.compile(
    r"(?<!mal )(?<!male )(?<!douleur )(?<!douleurs )(?<!dolor )(?<!dolore )(?<!dor )(?<!gene )"
    r"(?<!blesse )(?<!blessure )(?<!fracture )(?<!molestia )(?<!molestias )(?<!lesion )(?<!golpe )"
    r"\b(?:zu|[a\u00e0]|te|til|on|by|per|au|al|ao|foot of|pied de|pie de) (?:fuss|fots?|voet|pied|"
    r"pieds|"
    r"piedi|pie|p[e\u00e9]|foot)\b|\bvondt v\u00e6r\b|\bondt i viljen\b|\bpain (?:cave|au|aux|et|"
    r"complet|beurre|perdu|de campagne)\b|"
    r"\b(?:du|le|un) pain\b|\b(?:les |des |aux |mes )?jambes\b|\bfoot ?pods?\b|"
    r"\bpas mal\b(?! (?:a|au|aux|dans)\b)"
)
_ANATOMY: Final = frozenset({"itbs", "other_knee", "plantar_fasciitis", "muscle_strain"})
"""Diagnoses whose names are those of structures or like stretching, which exercises are."""
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_LONGEST: Final = 2000
_CANNOT: Final = re.compile(
    r"\b(?:can ?'?t run|cannot run|can not run|unable to run|kann nicht laufen|(?:ne )?peux pas"
    r" courir|no puedo correr|non posso correre|kan niet lopen|nao consigo correr|kan inte springa|"
    r"kan ikke lope|kan ikke lobe|inj|injured|verletzt|blessee?|lesionad[oa]|infortunat[oa]|"
    r"geblesseerd|skadad|skadet)\b"
)
_CRUTCHES: Final = re.compile(
    r"(?<!off )(?<!without )(?<!no more )(?<!no )(?<!ohne )(?<!keine )(?<!sans )(?<!sin )"
    r"(?<!senza )"
    r"(?<!zonder )(?<!sem )(?<!utan )(?<!uten )(?<!uden )\b(?:crutch(?:es)?|krucken|bequilles?|"
    r"muletas?|stampelle|krukken|krykker|kryckor|gips(?:bein)?|(?:in a|plaster) cast|platre|"
    r"escayola|"
    r"gesso|ingessat[oa]|(?:in a|walking|moon) ?boot|boot for (?:\d|two|three|four|six)|aircast|"
    r"gipsad|gehgips)\b"
)
"""Whoever walks with them does not run."""
_BY_ORDER: Final = re.compile(r"\b(?:baja|arret|sidelined|\w*verbot|loopverbod|lopforbud)\b")
_IS_OUT: Final = re.compile(r"\brun|lauf|cour|corr|lop|spring|lob|injured|verletzt|bless|lesion")
_STOPPED_AFTER: Final = re.compile(r"\bstopped running (?:after|at)\b")


class Place(NamedTuple):
    """Where it hurts; nulls where that is not told."""

    region: str | None
    side: str | None


class Meaning(NamedTuple):
    """What a remark tells.

    Parameters
    ----------
    kind : str
        :data:`NOTHING`, :data:`COMPLAINT`, :data:`INJURY` or :data:`UNCLEAR`.
    places : tuple of Place
        Where; a complaint has at least one.
    """

    kind: str = NOTHING
    places: tuple[Place, ...] = ()


def meaning_of(text: str, own: Mapping[str, InjuryMeaning]) -> Meaning:
    """Return what a remark tells of its writer's body.

    Parameters
    ----------
    text : str
        As written, in any of the languages of :mod:`ingest.readers.sheets.remarks.pain_words`.
    own : mapping of str to InjuryMeaning
        The club's own words.

    Examples
    --------
    >>> meaning_of("left knee sore after 8 km", {})
    Meaning(kind='complaint', places=(Place(region='knee', side='left'),))
    >>> meaning_of("stress fracture confirmed, no running 6 weeks", {}).kind
    'injury'
    >>> meaning_of("physio for the left calf", {}).kind, meaning_of("injured", {}).kind
    ('unclear', 'unclear')
    >>> [meaning_of(text, {}).kind for text in ("no knee pain", "knee fine again", "calf raises")]
    ['', '', '']
    """
    if not _may_tell(text[:_LONGEST]) and not own:
        return Meaning()
    written = without_idioms(_ON_FOOT.sub(" ", plain_for_clauses(text[:_LONGEST])))
    parts = [_open_part(part) for part in _CLAUSES.split(written)]
    clauses = [part.words for part in parts if part.words]
    if not clauses:
        return Meaning()
    places = _places(clauses, own)
    hurting = [clause for clause in clauses if _hurts(clause)]
    is_over = _ends_well(written)
    grave = NOTHING if is_over else _grave(clauses, own, is_placed=bool(places or hurting))
    recent = [clause for clause in clauses if not LONG_AGO.search(clause)]
    if grave == INJURY and _grave(recent, own, is_placed=bool(places or hurting)) != INJURY:
        grave = UNCLEAR
    if grave != NOTHING:
        return Meaning(grave, places)
    complaints = _complaints(hurting, places, own)
    complaints += [p for clause in clauses if clause not in hurting for p in _named(clause, own)]
    if complaints:
        return Meaning(COMPLAINT, tuple(dict.fromkeys(complaints)))
    asking = [part.words for part in parts if part.words and not part.denies]
    is_exercise = EXERCISE.search(" , ".join(clauses)) is not None
    is_unclear = any(
        _is_suspicious(clause, own, asks="?" in text, beside_exercises=is_exercise)
        for clause in asking
    )
    return Meaning(UNCLEAR, places) if is_unclear and not is_over else Meaning()


@lru_cache(maxsize=50_000)
def _may_tell(text: str) -> bool:
    """Say whether a text names a body part, pain or harm at all: most remarks do not."""
    if not _LETTERS.search(text):
        return False
    words = apart(corrected(side_apart(plain_words(text))))
    return without_body_parts(words) != words or any(
        pattern.search(words)
        for pattern in (
            PAIN,
            TIGHT,
            BONE_OR_TEAR,
            SURGERY,
            _CANNOT,
            _CRUTCHES,
            NO_RUNNING_WEEKS,
            WEEKS_OUT,
        )
    )


def plain_for_clauses(text: str) -> str:
    """Return a text with its marks and "back" as body part, for it to be cut into clauses."""
    bare = text.replace("\u2019", "'")
    return _BACK.sub("back pain", bare.lower()) if "back" in bare.lower() else bare.lower()


class _Clause(NamedTuple):
    words: str
    denies: bool


def _open_part(clause: str) -> _Clause:
    """Return the plain words of a clause without what it denies; nothing of one that ends well."""
    words = OF_OTHERS.sub(" ", plain_words(clause)).strip()
    if is_recovered(clause):
        return _Clause("", denies=True)
    rest = without_denials(words)
    return _Clause(rest, denies=rest != words)


def _ends_well(text: str) -> bool:
    last = [clause for clause in _CLAUSES.split(text) if plain_words(clause)]
    return bool(last) and (is_recovered(last[-1]) or is_recovered(text))


def _hurts(clause: str) -> bool:
    """Say whether a clause tells pain of what running may hurt."""
    if OTHER_BODY.search(clause) and not _regions(clause, {}):
        return False
    bare = MUSCLE_SORE.sub(" ", clause)
    parts = _compounds(bare)
    return bool(PAIN.search(parts) or TIGHT.search(parts))


def _complaints(
    hurting: Sequence[str], places: tuple[Place, ...], own: Mapping[str, InjuryMeaning]
) -> list[Place]:
    """Return where it hurts; pain of which no place is told is one somewhere."""
    complaints: list[Place] = []
    for clause in hurting:
        here = _places([clause], own)
        if not here and _read(clause, own).region is not None:
            continue  # a shoulder hurts, which running does not injure
        if not here and len(places) == 1 and PAIN.search(clause):  # "Knee. Sore after 8 km"
            here = places
        side = read_injury_text(f"knee {clause}", {}).side
        is_somewhere = side or TISSUE.search(clause)
        if not here and (_is_named(clause) or (is_somewhere and PAIN.search(clause))):
            here = (Place(None, side),)
        complaints += here
    return complaints


def _is_named(clause: str) -> bool:
    return PAIN_NOUN.search(clause) is not None or INJURED.search(clause) is not None


def _named(clause: str, own: Mapping[str, InjuryMeaning]) -> list[Place]:
    """Return the place of a diagnosis, which tells a problem without a word of pain."""
    read = _read(clause, own)
    is_exercise = read.diagnosis in _ANATOMY and EXERCISE.search(clause)
    if read.diagnosis is None or is_exercise or read.region not in RUNNING_REGIONS:
        return []
    return [Place(read.region, read.side)]


def _is_suspicious(
    clause: str, own: Mapping[str, InjuryMeaning], *, asks: bool, beside_exercises: bool
) -> bool:
    """Say whether a clause names a body part in a way that no exercise is named."""
    if not _regions(clause, own) or EXERCISE.search(clause):
        return False
    is_told = SUSPICIOUS.search(clause) is not None or INJURED.search(apart(clause)) is not None
    if WELL.search(clause) and not is_told:
        return False
    rest = re.findall(r"[^\W\d_]{2,}", without_body_parts(clause))
    side = _read(clause, own).side is not None
    is_alone = not rest and not beside_exercises
    return asks or side or is_alone or is_told


def _grave(clauses: Sequence[str], own: Mapping[str, InjuryMeaning], *, is_placed: bool) -> str:
    """Return whether clauses tell an injury; unclear where they may."""
    whole = " , ".join(clauses)
    if BONE_OR_TEAR.search(whole):
        return INJURY
    cannot = (_CANNOT.search(whole) or _CRUTCHES.search(whole)) is not None
    is_of_a_day = ONE_DAY.search(whole) or _STOPPED_AFTER.search(whole)
    # "Torn" and "broken" may be shorts and 1000s, where no body part stands beside them.
    grave = any(
        is_grave(clause) and (_regions(clause, own) or _IS_OUT.search(clause)) for clause in clauses
    )
    if is_placed and ((grave and (cannot or not is_of_a_day)) or SURGERY.search(whole)):
        return INJURY
    is_told = is_placed or INJURED.search(whole) or CLINIC.search(whole)
    weeks = NO_RUNNING_WEEKS.search(whole)
    is_out = WEEKS_OUT.search(whole) is not None
    if (weeks or is_out) and is_told:
        return INJURY
    # "Two weeks off" may be a holiday, "2 semanas de baja" is none.
    is_unclear = cannot or weeks or (is_out and _BY_ORDER.search(whole))
    return UNCLEAR if is_unclear else NOTHING


def _places(clauses: Sequence[str], own: Mapping[str, InjuryMeaning]) -> tuple[Place, ...]:
    """Return the places that clauses name and running can injure, each once."""
    places = [place for clause in clauses for place in _places_of(clause, own)]
    named = {place.region for place in places if place.side}
    return tuple(
        dict.fromkeys(place for place in places if place.side or place.region not in named)
    )


def _places_of(clause: str, own: Mapping[str, InjuryMeaning]) -> list[Place]:
    read = _read(clause, own)
    parts = [read] if read.region else [_read(part, own) for part in _AND.split(clause)]
    return [Place(part.region, part.side) for part in parts if part.region in RUNNING_REGIONS]


def _regions(clause: str, own: Mapping[str, InjuryMeaning]) -> set[str | None]:
    return {place.region for place in _places_of(clause, own)}


@cache
def _cached(clause: str) -> InjuryText:
    return read_injury_text(clause, {})


def _read(clause: str, own: Mapping[str, InjuryMeaning]) -> InjuryText:
    """Read a clause whose denials are gone: what is left of them denies something else."""
    bare = without_negations(clause)
    return read_injury_text(bare, own) if own else _cached(bare)


def without_negations(clause: str) -> str:
    """Return a clause without words that deny: "did not run, knee sore" tells a knee."""
    return _NEGATIONS.sub(" ", clause)


_NEGATIONS: Final = re.compile(
    # "Not right" is no side.
    r"\b(?:not (?:\w+ )?right(?= (?:and|yet|today|since)\b|$)|no|not|without|kein\w*|ohne|nicht|"
    r"sans|pas|sin|senza|non|sem|nao|geen|"
    r"zonder|niet|inte|ikke|ingen|inga)\b"
)


def _compounds(clause: str) -> str:
    """Return a clause with its compounds taken apart: "Knieschmerzen" holds pain."""
    return apart(clause)
