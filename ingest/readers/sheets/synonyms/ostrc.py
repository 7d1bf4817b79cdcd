"""The four questions of the OSTRC questionnaire on health problems."""

from collections.abc import Mapping
from typing import Final

OSTRC: Final[Mapping[str, Mapping[str, str]]] = {
    "ostrc_participation": {
        "en": (
            "difficulties participating*|participation|any difficulties participating*|ostrc 1|"
            "ostrc q1|difficulty participating*|have you had any difficulties*|"
            "participation in training*|problems participating*"
        ),
        "de": (
            "schwierigkeiten am training*|teilnahme|teilnahme am training*|"
            "probleme bei der teilnahme*|schwierigkeiten bei der teilnahme*|"
            "schwierigkeiten beim training*|am training teilnehmen|ostrc 1"
        ),
        "fr": "difficultes a participer*|participation|difficulte a participer*|ostrc 1",
        "es": "dificultades para participar*|participacion|dificultad para participar*|ostrc 1",
        "it": (
            "difficolta a partecipare*|partecipazione|difficolta nel partecipare*|"
            "difficolta di partecipazione|ostrc 1"
        ),
        "nl": (
            "problemen met deelname*|deelname|moeite met deelnemen*|problemen bij deelname*|"
            "deelnemen|ostrc 1"
        ),
        "pt": "dificuldades em participar*|participacao|dificuldade em participar*|ostrc 1",
        "sv": "svarigheter att delta*|deltagande|problem att delta*|delta i traning*|ostrc 1",
        "no": (
            "vansker med a delta*|deltakelse|problemer med a delta*|delta i trening*|"
            "vanskeligheter med a delta*|ostrc 1"
        ),
        "da": (
            "besvaer med at deltage*|deltagelse|problemer med at deltage*|deltage i traening*|"
            "vanskeligheder ved at deltage*|ostrc 1"
        ),
    },
    "ostrc_volume": {
        "en": (
            "reduced your training volume*|training volume|modified training|"
            "modified your training*|reduced training|to what extent have you reduced*|"
            "to what extent have you modified*|ostrc 2|ostrc q2|training modification|"
            "volume reduction|reduced volume|modify your training*|modify training*|"
            "did you modify*|have you modified*|adapted your training*|adapt your training*"
        ),
        "de": (
            "trainingsumfang|umfang reduziert*|training reduziert*|training angepasst*|"
            "trainingsumfang reduziert*|training verandert*|in welchem ausmass*training*|ostrc 2"
        ),
        "fr": (
            "reduit votre volume*|volume d entrainement|reduction du volume*|reduit ton volume*|"
            "modifie l entrainement*|modifie votre entrainement*|ostrc 2"
        ),
        "es": (
            "reducido su volumen*|reducido tu volumen*|volumen de entrenamiento|"
            "modificado el entrenamiento*|reducido el entrenamiento*|ostrc 2"
        ),
        "it": (
            "ridotto il volume*|volume di allenamento|modificato l allenamento*|"
            "ridotto l allenamento*|ostrc 2"
        ),
        "nl": (
            "trainingsvolume|trainingsomvang|training verminderd*|training aangepast*|"
            "omvang verminderd*|ostrc 2"
        ),
        "pt": "reduziu o volume*|volume de treino|reduziu o treino*|modificou o treino*|ostrc 2",
        "sv": (
            "traningsvolym|traningsmangd|minskat din traning*|minskat traningen*|"
            "anpassat traningen*|andrat traningen*|ostrc 2"
        ),
        "no": (
            "treningsmengde|redusert treningen*|redusert treningsmengden*|tilpasset treningen*|"
            "endret treningen*|ostrc 2"
        ),
        "da": (
            "traeningsmaengde|reduceret traeningen*|reduceret din traening*|tilpasset traeningen*|"
            "aendret traeningen*|ostrc 2"
        ),
    },
    "ostrc_performance": {
        "en": (
            "affected your performance*|performance|to what extent has * affected*|ostrc 3|"
            "ostrc q3|performance affected"
        ),
        "de": (
            "leistung|leistung beeintrachtigt*|leistungsfahigkeit|einfluss auf die leistung*|"
            "ostrc 3"
        ),
        "fr": "affecte votre performance*|performance|performances|affecte ta performance*|ostrc 3",
        "es": "afectado su rendimiento*|afectado tu rendimiento*|rendimiento|ostrc 3",
        "it": "influito sulla prestazione*|prestazione|prestazioni|rendimento|ostrc 3",
        "nl": "prestatie|prestaties|invloed op je prestaties*|prestaties beinvloed*|ostrc 3",
        "pt": "afetou o desempenho*|desempenho|rendimento|afetou o rendimento*|ostrc 3",
        "sv": "prestation|paverkat din prestation*|prestationsformaga|ostrc 3",
        "no": "prestasjon|pavirket prestasjonen*|prestasjonsevne|ostrc 3",
        "da": "praestation|pavirket din praestation*|praestationsevne|ostrc 3",
    },
    "ostrc_symptoms": {
        "en": (
            "experienced symptoms*|symptoms|to what extent have you experienced*|"
            "symptoms health complaints|ostrc 4|ostrc q4|symptoms/health complaints|"
            "experienced pain*|have you experienced*"
        ),
        "de": (
            "symptome|beschwerden und symptome|symptome oder beschwerden|symptome beschwerden|"
            "in welchem ausmass hattest du*|ostrc 4"
        ),
        "fr": "symptomes|ressenti des symptomes*|symptomes plaintes*|ostrc 4",
        "es": "sintomas|experimentado sintomas*|ha tenido sintomas*|ostrc 4",
        "it": "sintomi|avuto sintomi*|ostrc 4",
        "nl": "symptomen|symptomen ervaren*|klachten ervaren*|ostrc 4",
        "pt": "sintomas|sentiu sintomas*|teve sintomas*|ostrc 4",
        "sv": "symtom|upplevt symtom*|symptom|ostrc 4",
        "no": "symptomer|opplevd symptomer*|ostrc 4",
        "da": "symptomer|oplevet symptomer*|ostrc 4",
    },
    "ostrc_score": {
        "en": "severity score|ostrc score|ostrc|ostrc h2|ostrc total",
        "de": "schweregrad score|ostrc punkte",
        "fr": "score de severite|score ostrc",
        "es": "puntuacion de gravedad",
        "it": "punteggio di gravita",
        "nl": "ernstscore",
        "pt": "pontuacao de gravidade",
        "sv": "allvarlighetspoang",
        "no": "alvorlighetsgrad score",
        "da": "alvorlighedsscore",
    },
}
