"""What else stands in lists of sessions and tests."""

from collections.abc import Mapping
from typing import Final

DETAILS: Final[Mapping[str, Mapping[str, str]]] = {
    # "Tempo" is the pace in German and the time in Italian: the cells tell which.
    "pace": {
        "en": "pace|avg pace|average pace|min/km|speed of run",
        "de": "tempo|pace",
        "fr": "allure",
        "es": "ritmo",
        "it": "passo|andatura",
        "nl": "tempo",
        "pt": "ritmo",
        "sv": "tempo|fart",
        "no": "tempo",
        "da": "tempo",
    },
    "hr_mean": {
        "en": "heart rate|avg hr|average heart rate|mean hr|hr avg|hr|avg heart rate",
        "de": "herzfrequenz|puls|mittlere herzfrequenz|durchschnittspuls|hf",
        "fr": "frequence cardiaque|fc moyenne|fc moy|fc",
        "es": "frecuencia cardiaca|fc media|pulso medio|fc",
        "it": "frequenza cardiaca|fc media|battito medio",
        "nl": "hartslag|gemiddelde hartslag|hf gem",
        "pt": "frequencia cardiaca|fc media",
        "sv": "puls|medelpuls",
        "no": "puls|snittpuls",
        "da": "puls|gennemsnitspuls",
    },
    "hr_max": {
        "en": "max hr|maximum heart rate|hr max|max heart rate",
        "de": "maximalpuls|max puls|max hf",
        "fr": "fc max",
        "es": "fc max|pulso maximo",
        "it": "fc max",
        "nl": "max hartslag",
        "pt": "fc max",
        "sv": "maxpuls",
        "no": "makspuls",
        "da": "makspuls",
    },
    "ascent_m": {
        "en": "ascent|elevation|elevation gain|climb|elev gain|vert|vertical gain|gain",
        "de": "hohenmeter|hm|anstieg|aufstieg|hohengewinn",
        "fr": "denivele|denivele positif|deniv|dplus",
        "es": "desnivel|desnivel positivo|desnivel acumulado",
        "it": "dislivello|dislivello positivo",
        "nl": "hoogtemeters",
        "pt": "desnivel|acumulado",
        "sv": "hojdmeter|stigning",
        "no": "hoydemeter|stigning",
        "da": "hojdemeter",
    },
    "shoe": {
        "en": "shoe|shoes",
        "de": "schuh|schuhe",
        "fr": "chaussure|chaussures",
        "es": "zapatillas",
        "it": "scarpe",
        "nl": "schoenen|schoen",
        "pt": "tenis|sapatilhas",
        "sv": "skor",
        "no": "sko",
        "da": "sko",
    },
    "surface": {
        "en": "surface|terrain",
        "de": "untergrund|gelande",
        "fr": "surface|terrain",
        "es": "superficie|terreno",
        "it": "superficie|terreno",
        "nl": "ondergrond",
        "pt": "superficie|piso",
        "sv": "underlag",
        "no": "underlag",
        "da": "underlag",
    },
    "mass_kg": {
        "en": "weight|body weight|bodyweight|body mass|mass|weight kg|bw",
        "de": "gewicht|korpergewicht|korpermasse",
        "fr": "poids|poids de corps|masse|masse corporelle",
        "es": "peso|peso corporal",
        "it": "peso|peso corporeo",
        "nl": "gewicht|lichaamsgewicht",
        "pt": "peso|peso corporal|massa corporal",
        "sv": "vikt|kroppsvikt",
        "no": "vekt|kroppsvekt",
        "da": "vaegt|kropsvaegt",
    },
    "limb_length_cm": {
        "en": "limb length|lever arm|leg length|lever length|shank length|thigh length",
        "de": "hebelarm|beinlange|hebel",
        "fr": "bras de levier|longueur de jambe",
        "es": "brazo de palanca|longitud de pierna",
        "it": "braccio di leva|lunghezza gamba",
        "nl": "hefboom|beenlengte",
        "pt": "braco de alavanca|comprimento da perna",
        "sv": "havarm|benlangd",
        "no": "vektarm|benlengde",
        "da": "vaegtstangsarm|benlaengde",
    },
    "comment": {
        "en": (
            "comment|comments|situation|notes|note|remarks|remark|anything else*|other|feedback|"
            "details|"
            "treatment|management|advice|action taken"
        ),
        "de": (
            "bemerkung|bemerkungen|kommentar*|notiz|notizen|anmerkung*|sonstiges|hinweis*|details|"
            "massnahme*|behandlung|therapie|verlauf"
        ),
        "fr": (
            "commentaire*|remarque*|situation|note|notes|observation*|autre|details|"
            "conduite a tenir|"
            "traitement|prise en charge|conseil*|evolution|suivi"
        ),
        "es": (
            "comentario*|observacion*|situacion|situacion actual|nota|notas|otro|otros|detalle*|"
            "tratamiento|evolucion|"
            "seguimiento"
        ),
        "it": (
            "commento|commenti|nota|note|osservazion*|altro|dettagli|trattamento|terapia|"
            "decorso|evoluzione"
        ),
        "nl": "opmerking*|commentaar|notitie*|overig|toelichting|behandeling|advies|verloop",
        "pt": (
            "comentario*|observacao|observacoes|nota|notas|outro|obs|detalhes|tratamento|evolucao"
        ),
        "sv": "kommentar*|anteckning*|anmarkning*|ovrigt|behandling|atgard*|forlopp",
        "no": "kommentar*|merknad*|notat*|annet|behandling|tiltak|forlop",
        "da": "kommentar*|bemaerkning*|note|noter|andet|behandling|forlob",
    },
}
