"""What hurts, where and when."""

from collections.abc import Mapping
from typing import Final

PAIN: Final[Mapping[str, Mapping[str, str]]] = {
    "pain": {
        "en": (
            "pain|any pain*|pain level|pain score|vas|nrs|pain nrs|pain vas|niggle|niggles|"
            "discomfort|do you have any pain*|how much does it hurt*|hurt|how bad is the pain*|"
            "worst pain*|how much does it bother you*|how bad is it*|how much pain*"
        ),
        "de": (
            "schmerz|schmerzen|schmerzstarke|schmerzskala|hast du schmerzen*|beschwerden|"
            "wie stark*|nrs|wie sehr stort*|wie weh*"
        ),
        "fr": (
            "douleur|douleurs|niveau de douleur|as tu mal*|avez vous mal*|eva|gene|"
            "intensite de la douleur|a quel point as tu mal*|combien as tu mal*"
        ),
        "es": (
            "dolor|dolores|nivel de dolor|tienes dolor*|molestias|eva|molestia|"
            "intensidad del dolor|cuanto te molesta*|cuanto te duele*|cuanto duele*|cuanto dolor*"
        ),
        "it": (
            "dolore|dolori|livello di dolore|hai dolore*|fastidio|fastidi|vas|intensita del dolore|"
            "quanto ti fa male*|quanto fa male*"
        ),
        "nl": (
            "pijn|pijnscore|heb je pijn*|pijntjes|klachten|mate van pijn|hoeveel pijn*|"
            "hoeveel last*"
        ),
        "pt": (
            "dor|dores|nivel de dor|tem dor*|tens dor*|desconforto|eva|intensidade da dor|"
            "quanto doi*|quanto te doi*|quanto incomoda*"
        ),
        "sv": "smarta|vark|ont|har du ont*|smartniva|besvar|hur ont*|smartskala",
        "no": "smerte|smerter|vondt|har du vondt*|smerteniva|plager|hvor vondt*|smerteskala",
        "da": "smerte|smerter|ondt|har du ondt*|smerteniveau|gener|hvor ondt*|smerteskala",
    },
    "pain_place": {
        "en": (
            "where|where does it hurt*|pain location|location of pain|where is the pain*|"
            "pain area|location|body area|where is the problem*|area of pain|pain site|site|"
            "which body part*|which part of the body*|part of the body|which area*"
        ),
        "de": (
            "wo|wo tut es weh*|wo hast du schmerzen*|schmerzort|ort|lokalisation|korperstelle|"
            "stelle|wo genau*|wo sind die beschwerden*"
        ),
        "fr": (
            "ou|ou as tu mal*|ou avez vous mal*|localisation|zone|zone douloureuse|"
            "lieu de la douleur|localisation de la douleur"
        ),
        "es": (
            "donde|donde te duele*|donde duele*|localizacion|zona|zona de dolor|"
            "localizacion del dolor"
        ),
        "it": (
            "dove|dove fa male*|dove ti fa male*|localizzazione|zona|sede|sede del dolore|"
            "zona del dolore"
        ),
        "nl": "waar|waar doet het pijn*|waar heb je pijn*|pijnlocatie|locatie|plaats|plek",
        "pt": "onde|onde doi*|local da dor|localizacao|zona|local|regiao da dor",
        "sv": (
            "var|var gor det ont*|var har du ont*|plats|lokalisation|smartans plats|"
            "kroppsdel med smarta"
        ),
        "no": "hvor|hvor gjor det vondt*|hvor har du vondt*|sted|lokalisasjon|plassering",
        "da": "hvor|hvor gor det ondt*|hvor har du ondt*|sted|lokalisation|placering",
    },
    "pain_when": {
        "en": "when does it hurt*|when is the pain*|pain during|during or after*",
        "de": "wann tut es weh*|wann treten die schmerzen*",
        "fr": "quand as tu mal*|moment de la douleur",
        "es": "cuando te duele*|cuando duele*",
        "it": "quando fa male*",
        "nl": "wanneer heb je pijn*",
        "pt": "quando doi*",
        "sv": "nar gor det ont*",
        "no": "nar gjor det vondt*",
        "da": "hvornar gor det ondt*",
    },
}
