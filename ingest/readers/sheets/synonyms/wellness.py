"""How somebody slept and feels."""

from collections.abc import Mapping
from typing import Final

WELLNESS: Final[Mapping[str, Mapping[str, str]]] = {
    # "Sleep" alone stands here, for most forms rate it; cells
    # that can only be hours make it sleep_h.
    "sleep_quality": {
        "en": (
            "sleep|sleep quality|quality of sleep|slept|how did you sleep*|"
            "how well did you sleep*|sleep last night|rate your sleep|quality of your sleep"
        ),
        "de": (
            "schlaf|schlafqualitat|geschlafen|wie hast du geschlafen*|qualitat des schlafs|"
            "schlafgute"
        ),
        "fr": (
            "sommeil|qualite du sommeil|qualite de sommeil|dormi|comment avez vous dormi*|"
            "comment as tu dormi*|bien dormi"
        ),
        "es": (
            "sueno|calidad del sueno|calidad de sueno|dormido|como dormiste*|has dormido|"
            "descanso nocturno"
        ),
        "it": "sonno|qualita del sonno|dormito|come hai dormito*",
        "nl": "slaap|slaapkwaliteit|geslapen|hoe heb je geslapen*|kwaliteit van je slaap",
        "pt": (
            "sono|qualidade do sono|qualidade de sono|dormiu|como dormiu*|dormiste|como dormiste*"
        ),
        "sv": "somn|somnkvalitet|sovit|hur sov du*|hur har du sovit*|sov",
        "no": "sovn|sovnkvalitet|sovet|hvordan sov du*|hvordan har du sovet*|sov",
        "da": "sovn|sovnkvalitet|sovet|hvordan sov du*|hvordan har du sovet*|sov",
    },
    "sleep_h": {
        "en": (
            "sleep h|sleep hours|hours of sleep|hours slept|hrs slept|sleep duration|hours sleep|"
            "time asleep|how many hours did you sleep*|sleep hrs|how long did you sleep*|"
            "sleep time"
        ),
        "de": (
            "schlafdauer|schlafstunden|stunden schlaf|schlafzeit|wie lange hast du geschlafen*|"
            "wie viele stunden hast du geschlafen*|schlaf h|schlaf std|schlaf stunden"
        ),
        "fr": (
            "heures de sommeil|duree du sommeil|duree de sommeil|nombre d heures de sommeil|"
            "combien d heures avez vous dormi*|combien d heures as tu dormi*|sommeil h|"
            "temps de sommeil"
        ),
        "es": (
            "horas de sueno|horas dormidas|duracion del sueno|cuantas horas dormiste*|"
            "cuantas horas has dormido*|sueno h|horas sueno"
        ),
        "it": "ore di sonno|durata del sonno|ore dormite|quante ore hai dormito*|sonno h|ore sonno",
        "nl": (
            "uren slaap|slaapduur|aantal uren slaap|hoeveel uur heb je geslapen*|slaap uren|"
            "slaapuren"
        ),
        "pt": (
            "horas de sono|duracao do sono|horas dormidas|quantas horas dormiu*|"
            "quantas horas dormiste*|sono h|horas sono"
        ),
        "sv": (
            "somntimmar|timmar somn|somn h|sovtimmar|hur manga timmar sov du*|antal timmar somn|"
            "somnlangd"
        ),
        "no": (
            "sovntimer|timer sovn|timer med sovn|sovn h|hvor mange timer sov du*|"
            "antall timer sovn|sovnlengde"
        ),
        "da": (
            "sovntimer|timers sovn|timer sovn|sovn h|hvor mange timer sov du*|antal timer sovn|"
            "sovnlaengde"
        ),
    },
    "fatigue": {
        "en": (
            "fatigue|tired|tiredness|how tired*|how rested*|energy|energy level|freshness|"
            "how fresh*|"
            "exhaustion|how fatigued*"
        ),
        "de": (
            "mudigkeit|ermudung|mude|wie mude*|erschopfung|frische|wie erschopft*|energie|"
            "wie frisch*"
        ),
        "fr": (
            "fatigue|fatigue generale|niveau de fatigue|fatigue ressentie|energie|fraicheur|"
            "etes vous fatigue*|es tu fatigue*"
        ),
        "es": (
            "fatiga|cansancio|cansado|cansada|nivel de fatiga|energia|que tan cansado*|"
            "como de cansad*"
        ),
        "it": (
            "fatica|stanchezza|stanco|stanca|affaticamento|energia|quanto sei stanc*|"
            "livello di stanchezza"
        ),
        "nl": "vermoeidheid|moe|hoe moe*|hoe vermoeid*|vermoeid|moeheid|energie|fitheid|frisheid",
        "pt": "fadiga|cansaco|cansado|cansada|nivel de fadiga|energia|quao cansad*",
        "sv": "trotthet|trott|hur trott*|hur utvilad*|utvilad|energi|utmattning|pigghet|hur pigg*",
        "no": (
            "tretthet|trott|sliten|hvor sliten*|hvor trett*|hvor uthvilt*|uthvilt|energi|"
            "slitenhet|overskudd|trett"
        ),
        "da": (
            "traethed|traet|hvor traet*|hvor udhvilet*|udhvilet|hvor frisk*|energi|"
            "udmattelse|friskhed|overskud"
        ),
    },
    "soreness": {
        "en": (
            "soreness|muscle soreness|sore|doms|how sore*|muscle pain|muscle stiffness|"
            "general soreness|sore muscles|stiffness|legs|leg feel|leg freshness|"
            "how do your legs feel*|how are your legs*|how did your legs feel*"
        ),
        "de": (
            "muskelkater|muskelschmerz*|muskulare beschwerden|muskelermudung|muskel|muskulatur|"
            "wie schwer sind deine beine*|beine|wie fuhlen sich deine beine*|beingefuhl"
        ),
        "fr": (
            "courbatures|courbature|douleurs musculaires|douleur musculaire|raideurs musculaires|"
            "etat des jambes|sensations dans les jambes|comment sont tes jambes*|jambes"
        ),
        "es": (
            "agujetas|dolor muscular|dolores musculares|molestias musculares|molestia muscular|"
            "piernas|como sientes las piernas*|como tienes las piernas*"
        ),
        "it": (
            "indolenzimento|dolori muscolari|dolore muscolare|doms|indolenzimento muscolare|gambe|"
            "come senti le gambe*"
        ),
        "nl": "spierpijn|spierstijfheid|stijfheid|spieren|hoe voelen je benen*|benen",
        "pt": (
            "dor muscular|dores musculares|desconforto muscular|muscular|como sentes as pernas*|"
            "como estao as pernas*|pernas"
        ),
        "sv": "traningsvark|muskelomhet|muskelsmarta|omhet|muskelvark|hur kanns benen*",
        "no": (
            "hvor sar*|hvor stol*|sarhet|sarhet i muskler|sare muskler|stolhet|stol|muskelomhet|"
            "muskelsmerte*|muskelstolhet|stive muskler|hvordan foles beina*|hvordan kjennes beina*"
        ),
        "da": (
            "muskelomhed|omhed|muskelomme|muskelsmerte*|om i musklerne|muskelstivhed|"
            "hvordan foles benene*|hvor omme*|hvor om er*|omme muskler"
        ),
    },
    "stress": {
        "en": "stress|stress level|stressed|how stressed*|life stress|mental stress",
        "de": "stress|stresslevel|stressniveau|gestresst|wie gestresst*|psychische belastung",
        "fr": "stress|niveau de stress|stresse|es tu stresse*|etes vous stresse*",
        "es": "estres|nivel de estres|estresado|estresada",
        "it": "stress|livello di stress|stressato|stressata",
        "nl": "stress|stressniveau|gestrest|hoe gestrest*|spanning",
        "pt": "stress|estresse|nivel de stress|nivel de estresse|estressado",
        "sv": "stress|stressniva|stressad|hur stressad*",
        "no": "stress|stressniva|stresset|hvor stresset*",
        "da": "stress|stressniveau|stresset|hvor stresset*",
    },
    "mood": {
        "en": (
            "mood|how is your mood|emotional state|happiness|how do you feel today|feeling|"
            "wellbeing|well being"
        ),
        "de": "stimmung|laune|gemutslage|wohlbefinden|befinden|wie fuhlst du dich*",
        "fr": "humeur|moral|bien etre|etat d esprit|comment te sens tu*|comment vous sentez vous*",
        "es": "animo|estado de animo|humor|bienestar|como te sientes*",
        "it": "umore|stato d animo|benessere|come ti senti*",
        "nl": "stemming|humeur|welbevinden|hoe voel je je*",
        "pt": "humor|animo|estado de espirito|disposicao|bem estar|como se sente*|como te sentes*",
        "sv": "humor|sinnesstamning|valmaende|hur mar du*",
        "no": "humor|sinnsstemning|velvaere|hvordan foler du deg*",
        "da": "humor|sindsstemning|velvaere|hvordan har du det*",
    },
    "readiness": {
        "en": (
            "readiness|readiness to train|ready to train|how ready*|recovery|recovered|"
            "how recovered*|recovery status|trqr|motivation"
        ),
        "de": (
            "bereitschaft|trainingsbereitschaft|erholung|erholt|wie erholt*|motivation|tagesform"
        ),
        "fr": (
            "disponibilite|pret a s entrainer|recuperation|motivation|forme|forme du jour|"
            "etat de forme"
        ),
        "es": "disponibilidad|preparacion|recuperacion|listo para entrenar|motivacion",
        "it": "prontezza|disponibilita|recupero|motivazione|pronto ad allenarti",
        "nl": "gereedheid|herstel|hersteld|motivatie|klaar om te trainen|bereidheid|dagvorm",
        "pt": "prontidao|recuperacao|disposicao para treinar|motivacao",
        "sv": "beredskap|aterhamtning|redo att trana|motivation|aterhamtad|dagsform",
        "no": "beredskap|restitusjon|klar til a trene|motivasjon|restituert|dagsform",
        "da": "parathed|restitution|klar til at traene|motivation|restitueret|dagsform",
    },
    "resting_hr_bpm": {
        "en": (
            "resting hr|resting heart rate|rhr|morning hr|morning heart rate|waking hr|"
            "resting pulse"
        ),
        "de": "ruhepuls|morgenpuls|ruheherzfrequenz",
        "fr": "fc repos|fc de repos|frequence cardiaque de repos|pouls au repos",
        "es": "fc en reposo|pulso en reposo|frecuencia cardiaca en reposo|fc reposo",
        "it": "fc a riposo|frequenza cardiaca a riposo|battito a riposo",
        "nl": "rustpols|rusthartslag|hartslag in rust|ochtendpols",
        "pt": "fc repouso|frequencia cardiaca de repouso|fc em repouso",
        "sv": "vilopuls|morgonpuls",
        "no": "hvilepuls|morgenpuls",
        "da": "hvilepuls|morgenpuls",
    },
    "hrv_rmssd_ms": {
        "en": "hrv|rmssd|heart rate variability",
        "de": "hrv|herzratenvariabilitat|hfv",
        "fr": "vfc|hrv",
        "es": "vfc|hrv",
        "it": "hrv|variabilita cardiaca",
        "nl": "hrv|hartslagvariabiliteit",
        "pt": "vfc|hrv",
        "sv": "hrv",
        "no": "hrv",
        "da": "hrv",
    },
    "hooper": {
        "en": "hooper|hooper index|hooper sum|wellness score|total wellness",
        "de": "hooper index|gesamtwert",
        "fr": "indice de hooper",
        "es": "indice de hooper",
        "it": "indice di hooper",
        "nl": "hooper index",
        "pt": "indice de hooper",
        "sv": "hooper index",
        "no": "hooper indeks",
        "da": "hooper indeks",
    },
}
