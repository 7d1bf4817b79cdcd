"""The sport that a heading, a title, a tab or a file's name names for a whole table."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.readers.activity.sport_names import activity, fold

_RUN: Final = "run"
_OTHER: Final = "other"
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_SPORTS: Final = re.compile(
    r"\b(?:bikes?|biking|bicycle|cycling|rides?|riding|swim(?:s|ming)?|walk(?:s|ing)?|hik(?:es?|ing)"
    r"|rad|rennrad|fahrrad|rad(?:fahren|training|km|touren?)|schwimm(?:en|training)|spaziergange?"
    r"|gehen|wandern|wanderung(?:en)?|krafttraining|velo|natation|randonnees?|musculation"
    r"|bici(?:cleta)?|ciclismo|natacion|caminatas?|senderismo|nuoto|camminat[ae]|escursion[ie]"
    r"|natacao|caminhadas?|fiets(?:en)?|wielrennen|zwemmen|wandelen|krachttraining|cykel|cykling"
    r"|simning|sykkel|sykling|svomning|styrketrening|styrketraning|styrketraening|strength|weights"
    r"|fuerza|forza)\b"
)
"""Whole words: a person's name may hold a part of one (Brad, Konrad, Nagel, Walker), and a
macrocycle is no bicycle."""
# A longer title is a sentence, in which a sport may be mentioned by the way.
_MOST_WORDS: Final = 4
_GROUPS: Final = re.compile(
    r"club|verein|team|group|gruppe|squad|kader|tri\b|triath|duath|multi", re.IGNORECASE
)
"""A triathlon club, or a cycling club's runners, are no sport of their sheet."""


def other_sport_of(texts: Sequence[str]) -> str:
    """Return the text that names a sport other than running; empty where one names running.

    Examples
    --------
    >>> other_sport_of(["Bike minutes"]), other_sport_of(["Swim", "Runs and swims 2025"])
    ('Bike minutes', '')
    >>> other_sport_of(["Velo Club Laufgruppe"]), other_sport_of(["Weekly km"])
    ('', '')
    >>> other_sport_of(["Brad Walker"]), other_sport_of(["Macrocycle 2025"])
    ('', '')
    """
    named = [(text, activity(text)) for text in texts if text]
    # A sheet that names running as well holds runs: nothing is taken away from it.
    if any(
        activity_named.sport == _RUN or re.search(r"(?i)\brun|\bjog|lauf", text)
        for text, activity_named in named
    ):
        return ""
    return next(
        (
            text
            for text, activity_named in named
            if activity_named.known
            and activity_named.sport != _OTHER
            and _SPORTS.search(fold(text))
            and len(_WORDS.findall(text)) <= _MOST_WORDS
            and not _GROUPS.search(text)
        ),
        "",
    )
