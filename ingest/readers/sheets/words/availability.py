"""Words for who can train, as lists of a squad's state write them: fit, limited, out, ill."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.injuries.text import plain_words

FIT: Final = "fit"
LIMITED: Final = "limited"
OUT: Final = "out"
ILL: Final = "ill"
AWAY: Final = "away"
_WORDS: Final[Mapping[str, str]] = {
    FIT: "fit|available|ok|okay|full|full training|fully fit|healthy|green|ready|gesund|verfugbar|"
    "einsatzbereit|grun|trainiert|apte|disponible|vert|apto|apta|disponibile|idoneo|verde|"
    "beschikbaar|groen|disponivel|tillganglig|frisk|gron|tilgjengelig|gronn|rask|tilgaengelig",
    LIMITED: "modified|modified training|limited|restricted|partial|amber|yellow|orange|doubtful|"
    "doubt|questionable|managed|managing|rehab|reduced|eingeschrankt|angeschlagen|gelb|reha|"
    "aufbau|aufbautraining|wiedereinstieg|returning|rtp|return to play|return to run|reprise|"
    "en reprise|reprise progressive|readaptacion|readaptation|in ripresa|ripresa|opbouw|"
    "aterhamtning|opptrening|genoptraening|limite|amenage|jaune|limitado|limitada|duda|amarillo|ambar|limitato|"
    "in dubbio|giallo|beperkt|twijfel|geel|oranje|condicionado|amarelo|begransad|gul|begrenset|"
    "begraenset",
    OUT: "out|injured|inj|unavailable|not available|red|verletzt|fallt aus|rot|nicht verfugbar|"
    "ausfall|blesse|blessee|indisponible|rouge|forfait|lesionado|lesionada|baja|no disponible|"
    "rojo|infortunato|infortunata|indisponibile|rosso|geblesseerd|niet beschikbaar|rood|"
    "indisponivel|vermelho|skadad|ej tillganglig|rod|skadet|ikke tilgjengelig|ute|ude",
    ILL: "ill|sick|krank|malade|enfermo|enferma|malato|malata|ziek|doente|sjuk|syk|syg|covid|cold|"
    "illness|flu",
    AWAY: "away|holiday|vacation|urlaub|verreist|abwesend|absent|absente|vacances|vacaciones|"
    "ausente|vacanza|assente|vakantie|afwezig|ferias|borta|semester|bortrest|borte|ferie|travel|"
    "travelling|exams|work|school",
}
_STATE: Final = {word: state for state, words in _WORDS.items() for word in words.split("|")}
_WORDS_OF_ANYTHING: Final = (
    "available|ok|okay|full|green|amber|yellow|orange|red|ready|verfugbar|grun|gelb|rot|disponible|"
    "vert|jaune|rouge|disponibile|verde|amarillo|ambar|rojo|giallo|rosso|beschikbaar|groen|geel|"
    "oranje|rood|disponivel|amarelo|vermelho|tillganglig|gron|gul|rod|tilgjengelig|gronn|"
    "tilgaengelig|out|unavailable|not available|indisponible|no disponible|indisponibile|"
    "indisponivel|baja|ute|ude|limited|limite|limitado|limitada|limitato|partial|reduced|doubt|"
    "duda|cold|ferie|work|school|reserve|managed|managing|nicht verfugbar|niet beschikbaar|"
    "ej tillganglig|ikke tilgjengelig|forfait|borta|borte"
)
_OF_ANYTHING: Final = frozenset(_WORDS_OF_ANYTHING.split("|"))
"""Words that kit, boats, fees and rooms have as well."""
_OF_TRAINING: Final = re.compile(
    r"squad|kader|availab|verfugbar|dispon|fitness|lineup|line-up|aufstellung|train|entrain|entren"
    r"|allenament|traning|roster|team ?news|beschikbaar|tillgang|tilgjengelig|tilgaengelig"
    r"|ampel|traffic ?light|feu tricolore|semaforo|stoplicht|health|gesund|sante|salud|salute|halsa"
)
_OF_OTHER: Final = re.compile(
    r"\brac(?:e|ing)|wettk|wettbewerb|\bmeets?\b|\bkits?\b|trikot|maillot|boat|fees?\b|beitrag"
    r"|cotisation|cuota|quota|rooms?\b|zimmer|\bbus|trips?\b|camp|party|feier|volunt|helfer|licen"
    r"|lizenz|passport|\bid\b|equipment|material|course\b|courses\b|carrera|gara\b|locker|shoes?\b"
    r"|schuh|key|schlussel|vest|bib"
)
# Not all: someone always writes a remark among the states.
_NEARLY_ALL: Final = 0.8


def state_of(text: str) -> str:
    """Return what a cell says about somebody's state, nothing where it says something else.

    Examples
    --------
    >>> state_of("Injured"), state_of("Eingeschränkt"), state_of("left knee")
    ('out', 'limited', '')
    """
    return _STATE.get(plain_words(text), "")


def are_states(texts: Sequence[str]) -> bool:
    """Say whether nearly all cells of a column are words of this kind.

    Examples
    --------
    >>> are_states(["Fit", "out", "fit"]), are_states(["minor", "major"]), are_states([])
    (True, False, False)
    """
    known = sum(bool(state_of(text)) for text in texts)
    return bool(texts) and known >= _NEARLY_ALL * len(texts)


def are_of_training(texts: Sequence[str], around: Sequence[str], *, is_alone: bool = False) -> bool:
    """Say whether states are about who can train: one word of them, or a title, says so.

    States alone beside the names are, unless a title says what else they are of.

    Examples
    --------
    >>> are_of_training(["ok", "out"], ["Fees"]), are_of_training(["ok", "injured"], ["Fees"])
    (False, True)
    >>> are_of_training(["ok", "out"], ["Squad 10 March"])
    True
    >>> [are_of_training(["ok", "out"], [name], is_alone=True) for name in ("Fees", "10 March")]
    [False, True]
    """
    # A list of names and states alone is one of people, unless a title speaks of kit or fees.
    if is_alone and not any(_OF_OTHER.search(plain_words(text)) for text in around):
        return True
    # "Holiday" and "work" stand in lists of any kind and prove nothing.
    states = {plain_words(text) for text in texts if state_of(text) not in {"", AWAY}}
    return bool(states - _OF_ANYTHING) or any(
        _OF_TRAINING.search(plain_words(text)) for text in around
    )
