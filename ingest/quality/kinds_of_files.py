"""What a file holds or would hold, by its format and, where that is not known, by its name."""

import re
from typing import Final

from common.question import MATTERS
from ingest.records.account import Account

_START: Final = r"(?<![^\W\d_])"
_END: Final = r"(?![^\W\d_])"
"""No letter before or after: "performance" is no form, "Spain" no pain, "obsession" no session."""
_INJURIES: Final = (
    r"injur|ostrc|verletz|bless(?!ing|ed)|infort|skade|skador|kwets|krank|medical|medisch|availab"
    r"|absen|abwesen|ausf[aä]ll|verf[uü]gbar|(?<!in)dispon|afwezig|frånvaro|fravær|loukka|vamma"
    r"|kontuz|zran[eě]n|s[eé]r[uü]l|po[sš]kod|ozljed|povred|sakatl|acciden|травм|les[oõ]es|les[aã]o"
    r"|(?:physio|fysio|fisio)(?!log)"
    rf"|{_START}(?:lesi|kin[eé]{_END}|sick|[uú]raz|traum(?:a|en|i))"
)
_TESTS: Final = (
    rf"strength|kraft|hawkin|{_START}(?:gait|vald{_END}|force(?!d)|c3d|trc|opensim|runscribe|bmc|hhd)"
    r"|(?:^|\.)(?:mot|sto)$"
)
_WELLNESS: Final = (
    r"wellness|questionnaire|sleep|schlaf|heart_rate|readiness|nights"
    rf"|{_START}(?:hrv|pains?{_END}|form(?:s|ular\w*|ulaire\w*|ulier\w*)?{_END})"
)
_SESSIONS: Final = (
    r"(?:^|\.)fit$|tcx|gpx|activit|mileage|srpe|exercise|strava|garmin|training|kilomet|harjoit"
    r"|trening|tr[eé]nink|edz[eé]s|antrenman|treenip|тренир"
    rf"|{_START}session|{_START}apple{_END}|km{_END}"
)
_TWO_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KINDS: Final = (
    # The first that fits counts: a "training and injury log" matters for its injuries.
    ("injuries", re.compile(_INJURIES)),
    ("tests", re.compile(_TESTS)),
    ("wellness", re.compile(_WELLNESS)),
    ("sessions", re.compile(_SESSIONS)),
)
_OF_ANY_KIND: Final = frozenset({"sheet", "unknown", ""})
_PLAN: Final = re.compile(r"plan(?:s|ung|ning|ificaci\w*)?(?![a-z])|programme?(?![a-z])|schedule")
"""What is planned was not done: nothing of anybody's training is missing. An injury plan is."""
_LOG: Final = re.compile(
    rf"log(?![a-z])|diary|tagebuch|journal|actual|{_START}done{_END}|\bist\b|realis|dagbo"
)


def kind_of(account: Account) -> str:
    """Return what a file holds or would hold: one of :data:`common.question.MATTERS`."""
    name = account.source.rsplit("/", 1)[-1]
    kind = next(filter(None, map(kind_by_words, (account.kind, name))), MATTERS[-1])
    is_plan = _PLAN.search(name.lower()) and not _LOG.search(name.lower())
    is_planned = kind == "sessions" and account.kind in _OF_ANY_KIND and is_plan
    return MATTERS[-1] if is_planned else kind


def kind_by_words(text: str) -> str:
    """Return the kind that a format or a name tells, empty where it tells none.

    Examples
    --------
    >>> [kind_by_words(name) for name in ("Daily form.csv", "performance test.xlsx", "a.fit")]
    ['wellness', '', 'sessions']
    """
    if text == "unknown":
        return ""
    # "PainForm" is two words; "RunScribe" is one.
    apart = _TWO_WORDS.sub(" ", text).lower()
    return next(
        (kind for kind, words in _KINDS if words.search(text.lower()) or words.search(apart)), ""
    )


def names_injuries(source: str) -> bool:
    """Return whether a file's name or folder tells that it is about injuries."""
    return re.search(_INJURIES, source.lower()) is not None
