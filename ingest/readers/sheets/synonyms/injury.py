"""What an injury register has columns for."""

from collections.abc import Mapping
from typing import Final

INJURY: Final[Mapping[str, Mapping[str, str]]] = {
    # "Baja" is the first day out and the days lost: cells that count days are the latter. The day
    # of a visit counts only where no column tells the onset better.
    "onset": {
        "en": (
            "onset date|onset|injury date|date of injury|date injured|injured on|injured|"
            "date of onset|start of injury|injured since|out since|since|first day|date reported|"
            "date started|when did it start*|started|date of problem|seen on|date seen|first seen"
        ),
        "de": (
            "verletzungsdatum|verletzung seit|verletzung am|verletzt am|verletzt seit|seit|"
            "beginn der verletzung|datum der verletzung|beginn|ausfall ab|ausfall seit|"
            "verletzungsbeginn|von|verletzt|gesehen am|vorgestellt am|"
            "datum verletzung|wann passiert|wann ist es passiert"
        ),
        "fr": (
            "date de blessure|blessure depuis|date blessure|date de la blessure|blesse le|"
            "blesse depuis|depuis|debut|date de debut|arret depuis|date d arret|"
            "blessee le|blessee depuis|date d apparition|apparition|vu le|vue le|consultation du"
        ),
        "es": (
            "fecha de lesion|fecha de la lesion|lesionado desde|desde|inicio|fecha de inicio|"
            "fecha lesion|baja|fecha de baja|lesionado el|lesionada el|lesionada desde|"
            "fecha de inicio de la lesion|visto el|vista el|fecha de consulta"
        ),
        "it": (
            "data infortunio|data dell infortunio|infortunato dal|dal|inizio|data inizio|"
            "data di infortunio|infortunato il|infortunata il|infortunata dal|infortunio del|"
            "visto il|vista il|data visita"
        ),
        "nl": (
            "blessuredatum|datum blessure|geblesseerd sinds|sinds|begin|begindatum|"
            "gezien op|datum consult|datum van blessure|start blessure|"
            "geblesseerd op|geblesseerd vanaf|geblesseerd"
        ),
        "pt": (
            "data da lesao|lesionado desde|desde|inicio|data de inicio|data lesao|lesionado em|"
            "lesionada desde|lesionada em|visto em|data da consulta"
        ),
        "sv": (
            "skadedatum|skadad sedan|sedan|skadedag|datum for skada|borjan|startdatum|skadad den|"
            "skadades|skadades den|skadad|nar skadades du|nar hande det"
        ),
        "no": (
            "skadedato|skadet siden|siden|dato for skade|skadedag|startdato|begynte|skadet den|"
            "skadet|nar skjedde det"
        ),
        "da": (
            "skadesdato|skadet siden|siden|dato for skade|skadedato|startdato|begyndte|skadet den|"
            "skadet|hvornar skete det"
        ),
    },
    "return": {
        "en": (
            "return date|return|date of return|back in training|rtp|rtp date|return to play|"
            "returned|return to running|return to training|date recovered|recovered|back|"
            "date back|back on|fit again|fit|end date|resolved|until|rts|rtr|cleared|recovered on|"
            "date cleared|expected return|back running|ended|finished|over on|last day out|"
            "last day off|last day missed|last day injured"
        ),
        "de": (
            "ruckkehr|wieder fit|wieder fit ab|wieder dabei|wieder im training|zuruck|zuruck am|"
            "bis|ende|wieder da|gesund ab|gesund|ruckkehrdatum|wieder laufen|fit ab|ausfall bis|"
            "genesen|letzter ausfalltag|letzter fehltag|letzter tag ausfall"
        ),
        "fr": (
            "retour|date de retour|reprise|date de reprise|fin|jusqu au|retour a l entrainement|"
            "gueri|gueri le|reprise le|dernier jour d arret"
        ),
        "es": (
            "regreso|alta|fecha de alta|vuelta|fecha de regreso|vuelta a entrenar|hasta|fin|"
            "retorno|recuperado|fecha de vuelta|recuperacion fecha|ultimo dia de baja"
        ),
        "it": (
            "rientro|data rientro|data di rientro|ritorno|guarito|fine|al|fino al|ripresa|data fine"
        ),
        "nl": (
            "terug|terugkeer|datum terug|hersteld op|weer fit|tot|einde|terug in training|"
            "hervatting|weer trainen|einddatum|datum herstel"
        ),
        "pt": "retorno|regresso|data de retorno|alta|volta|ate|fim|data de regresso|recuperado",
        "sv": (
            "ater|tillbaka|aterkomst|tillbaka datum|ater i traning|frisk|till|slut|friskskriven|"
            "slutdatum|tillbaka i traning"
        ),
        "no": "tilbake|tilbake dato|friskmeldt|retur|til|slutt|tilbake i trening|frisk|sluttdato",
        "da": "tilbage|tilbage dato|raskmeldt|retur|til|slut|tilbage i traening|rask|slutdato",
    },
    "days_lost": {
        "en": (
            "time out|time off|time missed|out for|how long out|days lost|"
            "days missed|time loss|days out|days off|time loss days|days absent|"
            "time lost|weeks out|weeks lost|days of absence|layoff|layoff days"
        ),
        "de": (
            "ausfalltage|tage ausfall|fehltage|ausfallzeit|verletzungstage|ausfalldauer|pause|"
            "ausfall tage|wochen ausfall|ausfall wochen|ausfall in wochen|ausfall in tagen|ausfall"
        ),
        "fr": (
            "jours manques|jours sans entrainement|nombre de jours d arret|"
            "jours hors|jours perdus|jours d arret|jours d absence|duree d arret|"
            "arret"
        ),
        "es": (
            "dias sin entrenar|dias parado|dias lesionado|dias perdidos|dias de baja|"
            "dias fuera|tiempo de baja"
        ),
        "it": (
            "tempo di stop|durata stop|giorni fuori|giorni fermo|fermo|fermo gg|gg fermo|"
            "gg di stop|"
            "giorni di fermo|giorni di riposo|"
            "giorni persi|giorni di stop|"
            "giorni di assenza|stop"
        ),
        "nl": (
            "verloren dagen|gemiste dagen|dagen gemist|dagen rust|dagen verloren|"
            "verzuimdagen|dagen afwezig|dagen uit|aantal dagen"
        ),
        "pt": (
            "tempo de paragem|tempo parado|tempo de baixa|dias sem treinar|dias de baixa|"
            "dias fora|dias perdidos|dias de paragem|"
            "dias parado|dias de ausencia"
        ),
        "sv": (
            "dagar ute|dagar missade|missade dagar|dagar utan traning|dagar borta|"
            "franvarodagar|dagar forlorade|antal dagar|franvaro dagar|franvaro|dagars franvaro|"
            "franvaro i dagar|vilodagar"
        ),
        "no": (
            "dager ute|dager tapt|dager uten trening|dager borte|fravaersdager|"
            "tapte dager|antall dager|fravaer dager|fravaer|dager fravaer|fravaer i dager"
        ),
        "da": (
            "dage ude|dage tabt|dage uden traening|dage vaek|fravaersdage|tabte dage|antal dage|"
            "fravaer dage|fravaer|dages fravaer|fravaer i dage"
        ),
    },
    "injury": {
        "en": (
            "injury|injuries|any injur*|description|injury description|complaint|what happened|"
            "what|problem|diagnosis|"
            "injury type|injury details|nature of injury|health problem|condition|what is wrong|"
            "details of injury|type of injury|mechanism|injury/illness|issue"
        ),
        "de": (
            "verletzung|beschreibung|beschwerde|was|diagnose|was ist passiert|problem|"
            "verletzungsart|art der verletzung|befund|was war los|verletzungen"
        ),
        "fr": (
            "blessure|blessures|description|diagnostic|quoi|lesion|probleme|type de blessure|"
            "nature de la blessure|que s est il passe"
        ),
        "es": "lesion|lesiones|descripcion|diagnostico|que|que paso|problema|tipo de lesion",
        "it": (
            "infortunio|infortuni|descrizione|diagnosi|lesione|cosa|problema|tipo di infortunio|"
            "che cosa"
        ),
        "nl": (
            "blessure|blessures|omschrijving|beschrijving|diagnose|wat|letsel|probleem|klacht|"
            "soort blessure"
        ),
        "pt": "lesao|lesoes|descricao|diagnostico|o que|problema|tipo de lesao|o que aconteceu",
        "sv": "skada|skador|beskrivning|diagnos|vad|problem|typ av skada|vad hande",
        "no": "skade|skader|beskrivelse|diagnose|hva|problem|type skade|hva skjedde",
        "da": "skade|skader|beskrivelse|diagnose|hvad|problem|type skade|hvad skete der",
    },
    "region": {
        "en": (
            "body part|region|body region|injured area|injury location|anatomical location|area|"
            "location of injury|body site|injury site|bodypart|joint"
        ),
        "de": "korperteil|korperregion|region|verletzte stelle|bereich|lokalisation der verletzung",
        "fr": "partie du corps|region|zone du corps|localisation de la blessure|zone blessee",
        "es": (
            "parte del cuerpo|region|zona del cuerpo|zona lesionada|localizacion de la lesion|"
            "zona corporal"
        ),
        "it": (
            "parte del corpo|regione|zona del corpo|distretto|sede dell infortunio|sede infortunio"
        ),
        "nl": "lichaamsdeel|regio|lichaamsregio|plaats van de blessure|lichaamsgebied",
        "pt": "parte do corpo|regiao|zona do corpo|regiao do corpo|local da lesao|regiao corporal",
        "sv": "kroppsdel|region|skadad kroppsdel|kroppsregion",
        "no": "kroppsdel|region|skadested|kroppsregion",
        "da": "kropsdel|region|skadested|kropsregion|legemsdel",
    },
    "side": {
        "en": "side|left/right|l/r|laterality|left or right|body side",
        "de": "seite|links/rechts|li/re|l/r|korperseite",
        "fr": "cote|gauche/droite|g/d",
        "es": "lado|izquierda/derecha|izq/der|lateralidad",
        "it": "lato|sx/dx|destra/sinistra",
        "nl": "zijde|kant|links/rechts|l/r",
        "pt": "lado|esq/dir|esquerda/direita",
        "sv": "sida|v/h|hoger/vanster",
        "no": "side|v/h|hoyre/venstre",
        "da": "side|v/h|hojre/venstre",
    },
    "code": {
        "en": (
            "osiics|osics|code|osiics code|osics code|injury code|icd|icd 10|icd10|diagnosis code"
        ),
        "de": "osiics code|verletzungscode|diagnosecode|icd code",
        "fr": "code osiics|code blessure",
        "es": "codigo|codigo osiics",
        "it": "codice|codice osiics",
        "nl": "osiics code|blessurecode",
        "pt": "codigo|codigo osiics",
        "sv": "kod|diagnoskod",
        "no": "kode|diagnosekode",
        "da": "kode|diagnosekode",
    },
    "severity": {
        "en": (
            "severity|grade|how severe|severity of injury|seriousness|impact|injury severity|"
            "status|traffic light|health|health status"
        ),
        "de": "schwere|schweregrad|grad|status|ampel|zustand|gesundheitszustand|gesundheit",
        "fr": "gravite|severite|grade|statut|etat|etat de sante|sante|feu tricolore",
        "es": "gravedad|severidad|grado|estado|estado de salud|salud|semaforo",
        "it": "gravita|severita|grado|stato|stato di salute|salute|semaforo",
        "nl": "ernst|graad|status|gezondheid|stoplicht",
        "pt": "gravidade|severidade|grau|estado|estado de saude|saude|semaforo",
        "sv": "allvarlighetsgrad|grad|status|halsa|trafikljus",
        "no": "alvorlighet|alvorlighetsgrad|grad|status|helse|trafikklys",
        "da": "alvorlighed|svaerhedsgrad|grad|status|helbred|trafiklys",
    },
    "reported": {
        "en": "reported on|date of report|entered on|reported|entry date|date entered|recorded on",
        "de": "gemeldet am|erfasst am|eingetragen am",
        "fr": "signale le|declare le|saisi le",
        "es": "notificado el|fecha de registro|registrado el",
        "it": "segnalato il|registrato il",
        "nl": "gemeld op|ingevoerd op",
        "pt": "comunicado em|registado em|registrado em",
        "sv": "rapporterad|rapporterat|anmald",
        "no": "rapportert|meldt",
        "da": "rapporteret|meldt",
    },
}
