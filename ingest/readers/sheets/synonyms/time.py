"""Of which day or week a row is, and rows and columns of totals."""

from collections.abc import Mapping
from typing import Final

TIME: Final[Mapping[str, Mapping[str, str]]] = {
    # The moment of typing: a column that asks for the day of the answer goes before it.
    "stamp": {
        "en": (
            "timestamp|time stamp|submitted|submitted at|submission date|date submitted|"
            "completion time|start time|end date|submission time|created|created at|recorded at|"
            "submit date utc|submitted on|response date"
        ),
        "de": (
            "zeitstempel|abgeschickt|eingereicht|eingegangen|fertigstellungszeit|startzeit|"
            "erstellt am|ausgefullt am"
        ),
        "fr": "horodateur|horodatage|date de soumission|heure de fin|heure de debut|soumis le",
        "es": (
            "marca temporal|marca de tiempo|hora de finalizacion|hora de inicio|enviado|"
            "fecha de envio"
        ),
        "it": (
            "informazioni cronologiche|data e ora|ora di completamento|ora di inizio|inviato il|"
            "timestamp"
        ),
        "nl": "tijdstempel|tijd van voltooiing|begintijd|ingevuld op|ingezonden op|verzonden op",
        "pt": (
            "carimbo de data/hora|carimbo de data hora|hora de conclusao|hora de inicio|"
            "enviado em|data de envio"
        ),
        "sv": "tidsstampel|tidstampel|slutforandetid|inskickat|starttid",
        "no": "tidsmerke|tidsstempel|innsendt|fullforingstidspunkt|starttidspunkt",
        "da": "tidsstempel|tidsstempling|indsendt|fuldforelsestidspunkt|starttidspunkt",
    },
    "date": {
        "en": (
            "date|day|test date|date of test|tested|tested on|session date|training date|"
            "measured on|which day*|what day*|date of session|today's date|for which day|when"
        ),
        "de": (
            "datum|tag|testdatum|trainingstag|trainingsdatum|messdatum|getestet am|gemessen am|am|"
            "fur welchen tag*|welcher tag*|wann|dat"
        ),
        "fr": (
            "date|jour|date du test|date de la seance|date de la mesure|teste le|pour quel jour*|"
            "quand|le"
        ),
        "es": (
            "fecha|dia|fecha del test|fecha de la prueba|fecha de sesion|para que dia*|cuando|"
            "fecha de entrenamiento"
        ),
        "it": (
            "data|giorno|data del test|data della prova|data della seduta|per quale giorno*|"
            "quando|data allenamento"
        ),
        "nl": "datum|dag|testdatum|meetdatum|trainingsdatum|datum training|voor welke dag*|wanneer",
        "pt": "data|dia|data do teste|data do treino|data da sessao|para que dia*|quando",
        "sv": "datum|dag|testdatum|traningsdag|traningsdatum|for vilken dag|nar",
        "no": "dato|dag|testdato|treningsdag|treningsdato|for hvilken dag|nar",
        "da": "dato|dag|testdato|traeningsdag|traeningsdato|for hvilken dag|hvornar",
    },
    "week": {
        "en": (
            "week commencing|week starting|week beginning|week of|week start|w/c|wc|week|"
            "week from|w/b|monday|commencing|wk commencing|weeks|week ending|week end|w/e|week to"
        ),
        "de": (
            "woche ab|woche vom|woche|wochenbeginn|wochenstart|montag|kalenderwoche|kw|woche bis|"
            "wochenende am"
        ),
        "fr": "semaine du|semaine|debut de semaine|sem|semaine commencant|semaine au|lundi",
        "es": "semana del|semana|inicio de semana|semana que empieza|sem|lunes|semana al",
        "it": "settimana dal|settimana del|settimana|inizio settimana|sett|lunedi|settimana al",
        "nl": "week vanaf|week van|weekbegin|week|maandag|weeknummer|week nr|wk",
        "pt": "semana de|semana a partir de|semana|inicio da semana|sem|segunda feira",
        "sv": "vecka fran|veckostart|vecka|v|vecka nr|mandag",
        "no": "uke fra|ukestart|uke|uke nr|mandag",
        "da": "uge fra|ugestart|uge|uge nr|mandag",
    },
    "year": {
        "en": "year",
        "de": "jahr",
        "fr": "annee|an",
        "es": "ano",
        "it": "anno",
        "nl": "jaar",
        "pt": "ano",
        "sv": "ar",
        "no": "ar",
        "da": "ar",
    },
    "time": {
        "en": "time of day|start|start clock|clock|at",
        "de": "uhrzeit|beginn|start",
        "fr": "heure",
        "es": "hora",
        "it": "ora",
        "nl": "tijdstip|starttijd",
        "pt": "hora",
        "sv": "klockslag",
        "no": "klokkeslett",
        "da": "klokkeslaet",
    },
    # Columns of sums and means are no measure of anybody.
    "total": {
        "en": (
            "total|totals|sum|average|avg|mean|team average|team total|median|sd|stdev|"
            "count|std dev|grand total"
        ),
        "de": "gesamt|summe|durchschnitt|mittelwert|mittel|schnitt|insgesamt|anzahl|teamschnitt",
        "fr": "total|somme|moyenne|moy|ecart type|nombre",
        "es": "total|suma|promedio|media|prom",
        "it": "totale|somma|media|numero",
        "nl": "totaal|som|gemiddelde|gemiddeld|gem|aantal",
        "pt": "total|soma|media|numero",
        "sv": "totalt|summa|medel|medelvarde|snitt|antal",
        "no": "totalt|sum|gjennomsnitt|snitt|antall",
        "da": "total|i alt|sum|gennemsnit|snit|antal",
    },
}
