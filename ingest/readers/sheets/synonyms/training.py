"""Sessions and kilometres a week."""

from collections.abc import Mapping
from typing import Final

TRAINING: Final[Mapping[str, Mapping[str, str]]] = {
    # "Session" may number the sessions of a day, or describe one: the cells tell.
    "sport": {
        "en": (
            "sport|activity|activity type|type|session type|what did you do|training type|"
            "discipline|session|workout|kind of training|training"
        ),
        "de": "sportart|aktivitat|art|trainingsart|einheit|training|was hast du gemacht|disziplin",
        "fr": "sport|activite|type|type d activite|type de seance|seance|discipline",
        "es": "deporte|actividad|tipo|tipo de actividad|tipo de entrenamiento|sesion|disciplina",
        "it": (
            "sport|attivita|tipo|tipo di attivita|tipo di allenamento|allenamento|disciplina|seduta"
        ),
        "nl": "sport|activiteit|soort|soort training|type training|training|onderdeel",
        "pt": "desporto|esporte|modalidade|atividade|tipo|tipo de treino|treino|sessao",
        "sv": "idrott|sport|aktivitet|typ|typ av traning|traning|pass",
        "no": "idrett|sport|aktivitet|type|type trening|trening|okt|oktype",
        "da": "sport|aktivitet|type|idraet|traening|traeningstype|pas",
    },
    "duration_min": {
        "en": (
            "duration|minutes|min|mins|time|session duration|training time|moving time|"
            "how long did you run|how long did you train|how many minutes|length|"
            "duration of session|total time|elapsed time|session length|training duration|"
            "time trained|total minutes|total mins|total min"
        ),
        "de": (
            "dauer|minuten|min|zeit|trainingsdauer|trainingszeit|laufzeit|"
            "wie lange hast du trainiert|wie lange|wie viele minuten|einheitsdauer"
        ),
        "fr": "duree|minutes|temps|duree de la seance|combien de temps|temps de course",
        "es": "duracion|minutos|tiempo|duracion de la sesion|cuanto tiempo|cuantos minutos",
        "it": "durata|minuti|tempo|durata allenamento|quanto tempo|quanti minuti",
        "nl": "duur|minuten|tijd|trainingsduur|tijdsduur|hoe lang|hoeveel minuten",
        "pt": "duracao|minutos|tempo|duracao do treino|quanto tempo|quantos minutos",
        "sv": "tid|minuter|langd tid|varaktighet|traningstid|hur lange|antal minuter|passets langd",
        "no": "varighet|minutter|tid|treningstid|hvor lenge|antall minutter",
        "da": "varighed|minutter|tid|traeningstid|hvor laenge|antal minutter",
    },
    "duration_h": {
        "en": "hours|hrs|training hours|hours trained",
        "de": "stunden|trainingsstunden",
        "fr": "heures|heures d entrainement",
        "es": "horas|horas de entrenamiento",
        "it": "ore|ore di allenamento",
        "nl": "uren|trainingsuren",
        "pt": "horas|horas de treino",
        "sv": "timmar|traningstimmar",
        "no": "timer|treningstimer",
        "da": "timer|traeningstimer",
    },
    "distance_km": {
        "en": (
            "distance|km|kms|kilometres|kilometers|mileage|miles|mi|distance run|how far|"
            "how far did you run|weekly mileage|weekly km|weekly distance|total km|run km|"
            "running km|km this week|km run|how many kilometres|how many km|dist|weekly kilometres|"
            "total dist|total distance"
        ),
        "de": (
            "distanz|strecke|kilometer|km|wochenkilometer|laufkilometer|wie weit|"
            "wie viele kilometer|wie viele km*|laufumfang|umfang|wochenumfang|umfang km"
        ),
        "fr": (
            "distance|kilometres|km|kilometrage|km hebdo|kilometrage hebdomadaire|"
            "combien de kilometres|combien de km*|volume|volume hebdo|volume hebdomadaire|"
            "km par semaine"
        ),
        "es": (
            "distancia|kilometros|km|kilometraje|kms semanales|km semanales|cuantos kilometros|"
            "cuantos km*|volumen|kilometraje semanal|volumen semanal"
        ),
        "it": (
            "distanza|chilometri|km|chilometraggio|km settimanali|chilometri settimanali|"
            "quanti chilometri|quanti km*|volume"
        ),
        "nl": (
            "afstand|kilometers|km|weekkilometers|hoeveel kilometer|hoeveel km*|hoe ver|omvang|"
            "weekomvang"
        ),
        "pt": (
            "distancia|quilometros|km|quilometragem|km semanais|quantos quilometros|quantos km*|"
            "volume|volume semanal|quilometragem semanal"
        ),
        "sv": (
            "distans|stracka|kilometer|km|veckokilometer|hur langt|hur manga kilometer|"
            "hur manga km*|veckomangd"
        ),
        "no": (
            "distanse|kilometer|km|ukeskilometer|hvor langt|hvor mange kilometer|hvor mange km*|"
            "lengde km|ukemengde"
        ),
        "da": (
            "distance|kilometer|km|ugekilometer|hvor langt|hvor mange kilometer|hvor mange km*|"
            "ugentlige km"
        ),
    },
    "rpe": {
        "en": (
            "rpe|srpe|session rpe|perceived exertion|effort|how hard was*|how hard did*|exertion|"
            "intensity|borg|cr10|rating of perceived exertion|perceived effort|how hard"
        ),
        "de": (
            "rpe|anstrengung|belastungsempfinden|wie anstrengend*|wie hart*|intensitat|borg|"
            "subjektive belastung|belastung"
        ),
        "fr": (
            "rpe|effort percu|effort|difficulte|quelle etait l intensite|intensite|"
            "perception de l effort|ressenti de l effort"
        ),
        "es": (
            "rpe|esfuerzo|esfuerzo percibido|intensidad|como de dur*|que tan dur*|"
            "percepcion de esfuerzo|que tan intens*|como de intens*|cuanto te cost*|"
            "cuanto te ha cost*"
        ),
        "it": (
            "rpe|sforzo|sforzo percepito|intensita|quanto e stat* dur*|fatica percepita|"
            "percezione dello sforzo|quanto e stat* faticos*|quanto faticos*|quanto e stat* intens*"
        ),
        "nl": "rpe|inspanning|ervaren inspanning|intensiteit|hoe zwaar*|zwaarte",
        "pt": (
            "rpe|pse|esforco|esforco percebido|percepcao de esforco|intensidade|quao dur*|"
            "quao intens*|quao cansativ*|quao dificil*"
        ),
        "sv": "rpe|anstrangning|upplevd anstrangning|hur jobbigt*|hur hart*|intensitet",
        "no": "rpe|anstrengelse|opplevd anstrengelse|hvor hardt*|hvor hard*|intensitet|belastning",
        "da": "rpe|anstrengelse|oplevet anstrengelse|hvor hardt*|hvor hard*|intensitet",
    },
}
