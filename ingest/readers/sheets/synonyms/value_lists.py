"""Headings of a list of test values, a row per value."""

from collections.abc import Mapping
from typing import Final

TESTS: Final[Mapping[str, Mapping[str, str]]] = {
    "test": {
        "en": "test|exercise|test name|movement|muscle group|muscle|test type",
        "de": "test|ubung|bewegung|muskelgruppe|muskel",
        "fr": "test|exercice|mouvement|groupe musculaire",
        "es": "test|prueba|ejercicio|movimiento|grupo muscular",
        "it": "test|esercizio|movimento|gruppo muscolare",
        "nl": "test|oefening|beweging|spiergroep",
        "pt": "teste|exercicio|movimento|grupo muscular",
        "sv": "test|ovning|rorelse|muskelgrupp",
        "no": "test|ovelse|bevegelse|muskelgruppe",
        "da": "test|ovelse|bevaegelse|muskelgruppe",
    },
    "value": {
        "en": "value|result|force|peak force|torque|max force|measurement|score",
        "de": "wert|ergebnis|kraft|maximalkraft|drehmoment|messwert",
        "fr": "valeur|resultat|force|force max|couple",
        "es": "valor|resultado|fuerza|fuerza maxima|momento",
        "it": "valore|risultato|forza|forza massima|coppia",
        "nl": "waarde|resultaat|kracht|maximale kracht",
        "pt": "valor|resultado|forca|forca maxima|torque",
        "sv": "varde|resultat|kraft|maxkraft",
        "no": "verdi|resultat|kraft|makskraft",
        "da": "vaerdi|resultat|kraft|makskraft",
    },
    # German "Einheit" is a unit and a session: the cells tell which.
    "unit": {
        "en": "unit|units",
        "de": "einheit|masseinheit",
        "fr": "unite",
        "es": "unidad",
        "it": "unita",
        "nl": "eenheid",
        "pt": "unidade",
        "sv": "enhet",
        "no": "enhet",
        "da": "enhed",
    },
    "metric": {
        "en": "metric|variable|parameter|measure",
        "de": "messgrosse|parameter|variable|kennwert",
        "fr": "variable|mesure|parametre",
        "es": "variable|parametro|metrica",
        "it": "variabile|parametro|metrica",
        "nl": "variabele|parameter",
        "pt": "variavel|parametro|metrica",
        "sv": "variabel|parameter|matt",
        "no": "variabel|parameter|mal",
        "da": "variabel|parameter",
    },
}
