"""Words that clubs write in their sheets, by language; chosen without a look at the synonym tables."""

# ruff: noqa: E501 - lists of words read best as lines

from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "no", "da")

NAME: Final = {
    "en": ("Name", "Athlete", "Runner", "Your name", "Full name"),
    "de": ("Name", "Athlet", "Läufer/in", "Sportler", "Vor- und Nachname"),
    "fr": ("Nom", "Athlète", "Coureur", "Nom et prénom", "Prénom et nom"),
    "es": ("Nombre", "Atleta", "Corredor/a", "Nombre y apellidos"),
    "it": ("Nome", "Atleta", "Nome e cognome", "Corridore"),
    "nl": ("Naam", "Atleet", "Loper", "Naam atleet"),
    "pt": ("Nome", "Atleta", "Nome completo"),
    "sv": ("Namn", "Löpare", "Idrottare"),
    "no": ("Navn", "Løper", "Utøver"),
    "da": ("Navn", "Løber", "Atlet"),
}
DATE: Final = {
    "en": ("Date", "Day", "Date of entry"), "de": ("Datum", "Tag"), "fr": ("Date", "Jour"),
    "es": ("Fecha", "Día"), "it": ("Data", "Giorno"), "nl": ("Datum", "Dag"), "pt": ("Data", "Dia"),
    "sv": ("Datum", "Dag"), "no": ("Dato", "Dag"), "da": ("Dato", "Dag"),
}  # fmt: skip
WEEK: Final = {
    "en": ("Week", "Week of", "Week starting", "w/c"), "de": ("Woche", "KW", "Woche ab", "Woche vom"),
    "fr": ("Semaine", "Semaine du", "Sem."), "es": ("Semana", "Semana del"),
    "it": ("Settimana", "Settimana dal"), "nl": ("Week", "Week van"), "pt": ("Semana", "Semana de"),
    "sv": ("Vecka", "Vecka från"), "no": ("Uke", "Uke fra"), "da": ("Uge", "Uge fra"),
}  # fmt: skip
KM: Final = {
    "en": ("km", "Distance (km)", "Weekly km"), "de": ("km", "Kilometer", "Wochenkilometer"),
    "fr": ("km", "Kilomètres", "Distance (km)"), "es": ("km", "Kilómetros", "Distancia (km)"),
    "it": ("km", "Chilometri", "Km settimanali"), "nl": ("km", "Kilometers", "Afstand (km)"),
    "pt": ("km", "Quilómetros", "Distância (km)"), "sv": ("km", "Kilometer", "Sträcka (km)"),
    "no": ("km", "Kilometer", "Distanse (km)"), "da": ("km", "Kilometer", "Distance (km)"),
}  # fmt: skip
INJURED: Final = {
    "en": ("INJ", "injured", "inj."), "de": ("verletzt", "VERL", "verl."), "fr": ("blessé", "blessée"),
    "es": ("lesionado", "lesión"), "it": ("infortunato", "infortunio"), "nl": ("geblesseerd", "blessure"),
    "pt": ("lesionado", "lesão"), "sv": ("skadad", "skada"), "no": ("skadet", "skade"), "da": ("skadet", "skade"),
}  # fmt: skip
ILL: Final = {
    "en": ("ill", "sick", "flu"), "de": ("krank", "Grippe"), "fr": ("malade",), "es": ("enfermo", "enferma"),
    "it": ("malato", "influenza"), "nl": ("ziek",), "pt": ("doente",), "sv": ("sjuk",), "no": ("syk",), "da": ("syg",),
}  # fmt: skip
AWAY: Final = {
    "en": ("holiday", "rest"), "de": ("Urlaub", "Pause"), "fr": ("vacances", "repos"),
    "es": ("vacaciones", "descanso"), "it": ("vacanza", "riposo"), "nl": ("vakantie", "rust"),
    "pt": ("férias", "descanso"), "sv": ("semester", "vila"), "no": ("ferie", "hvile"), "da": ("ferie", "hvile"),
}  # fmt: skip
ABOUT: Final = {
    "en": "about {}", "de": "ca. {}", "fr": "env. {}", "es": "aprox. {}", "it": "circa {}", "nl": "ong. {}",
    "pt": "cerca de {}", "sv": "ca {}", "no": "ca. {}", "da": "ca. {}",
}  # fmt: skip
TOTAL: Final = {
    "en": "Total", "de": "Summe", "fr": "Total", "es": "Total", "it": "Totale", "nl": "Totaal", "pt": "Total",
    "sv": "Summa", "no": "Sum", "da": "I alt",
}  # fmt: skip
AVERAGE: Final = {
    "en": "Average", "de": "Durchschnitt", "fr": "Moyenne", "es": "Media", "it": "Media", "nl": "Gemiddelde",
    "pt": "Média", "sv": "Medel", "no": "Snitt", "da": "Gennemsnit",
}  # fmt: skip
MILEAGE_TITLE: Final = {
    "en": "Weekly mileage 2025", "de": "Wochenkilometer Wintersaison", "fr": "Kilométrage hebdomadaire",
    "es": "Kilometraje semanal", "it": "Chilometraggio settimanale", "nl": "Kilometers per week",
    "pt": "Quilometragem semanal", "sv": "Kilometer per vecka", "no": "Kilometer per uke", "da": "Kilometer pr. uge",
}  # fmt: skip

ITEMS: Final = ("sleep_quality", "fatigue", "soreness", "stress", "mood")
ITEM: Final = {
    "en": ("Sleep quality", "Fatigue", "Muscle soreness", "Stress", "Mood"),
    "de": ("Schlafqualität", "Müdigkeit", "Muskelkater", "Stress", "Stimmung"),
    "fr": ("Qualité du sommeil", "Fatigue", "Courbatures", "Stress", "Humeur"),
    "es": ("Calidad del sueño", "Cansancio", "Dolor muscular", "Estrés", "Estado de ánimo"),
    "it": ("Qualità del sonno", "Stanchezza", "Dolori muscolari", "Stress", "Umore"),
    "nl": ("Slaapkwaliteit", "Vermoeidheid", "Spierpijn", "Stress", "Stemming"),
    "pt": ("Qualidade do sono", "Fadiga", "Dores musculares", "Stress", "Humor"),
    "sv": ("Sömnkvalitet", "Trötthet", "Träningsvärk", "Stress", "Humör"),
    "no": ("Søvnkvalitet", "Tretthet", "Sårhet i muskler", "Stress", "Humør"),
    "da": ("Søvnkvalitet", "Træthed", "Muskelømhed", "Stress", "Humør"),
}
ENDS: Final = {
    "en": (("very bad", "very good"), ("exhausted", "fresh"), ("very sore", "not sore"), ("very stressed", "relaxed"), ("bad", "very good")),
    "de": (("sehr schlecht", "sehr gut"), ("erschöpft", "frisch"), ("sehr stark", "gar nicht"), ("sehr hoch", "keiner"), ("schlecht", "sehr gut")),
    "fr": (("très mauvaise", "très bonne"), ("épuisé", "en forme"), ("très fortes", "aucune"), ("très stressé", "pas stressé"), ("mauvaise", "excellente")),
    "es": (("muy mala", "muy buena"), ("agotado", "nada cansado"), ("muy fuerte", "ninguno"), ("muy alto", "nada"), ("muy malo", "muy bueno")),
    "it": (("pessima", "ottima"), ("esausto", "riposato"), ("molto forti", "nessuno"), ("molto alto", "nessuno"), ("pessimo", "ottimo")),
    "nl": (("heel slecht", "heel goed"), ("uitgeput", "fit"), ("heel veel", "geen"), ("heel hoog", "geen"), ("slecht", "heel goed")),
    "pt": (("muito má", "muito boa"), ("exausto", "nada cansado"), ("muito fortes", "nenhuma"), ("muito alto", "nenhum"), ("muito mau", "muito bom")),
    "sv": (("mycket dålig", "mycket bra"), ("utmattad", "pigg"), ("mycket ont", "ingen"), ("mycket stressad", "lugn"), ("dåligt", "mycket bra")),
    "no": (("veldig dårlig", "veldig bra"), ("utslitt", "uthvilt"), ("veldig sår", "ingen"), ("veldig stresset", "rolig"), ("dårlig", "veldig bra")),
    "da": (("meget dårlig", "meget god"), ("udmattet", "frisk"), ("meget øm", "ingen"), ("meget stresset", "rolig"), ("dårligt", "meget godt")),
}  # fmt: skip
"""(worst, best) of each item."""

ONSET: Final = {
    "en": ("Injury date", "Date injured", "Date"), "de": ("Datum", "Verletzt am", "seit"), "fr": ("Date", "Date de blessure", "Blessé le"),
    "es": ("Fecha", "Fecha de lesión"), "it": ("Data", "Data infortunio"), "nl": ("Datum", "Datum blessure"),
    "pt": ("Data", "Data da lesão"), "sv": ("Datum", "Skadedatum"), "no": ("Dato", "Skadedato"), "da": ("Dato", "Skadedato"),
}  # fmt: skip
WHAT: Final = {
    "en": ("Injury", "What", "Body part / injury"), "de": ("Verletzung", "Was", "Diagnose"), "fr": ("Blessure", "Quoi", "Diagnostic"),
    "es": ("Lesión", "Diagnóstico"), "it": ("Infortunio", "Diagnosi"), "nl": ("Blessure", "Wat", "Diagnose"),
    "pt": ("Lesão", "Diagnóstico"), "sv": ("Skada", "Diagnos"), "no": ("Skade", "Diagnose"), "da": ("Skade", "Diagnose"),
}  # fmt: skip
RETURN: Final = {
    "en": ("Return", "RTP date", "Back on", "Date recovered"), "de": ("wieder fit", "Rückkehr", "zurück am"),
    "fr": ("Retour", "Reprise", "Date de reprise"), "es": ("Vuelta", "Fecha de alta", "Regreso"),
    "it": ("Rientro", "Ritorno"), "nl": ("Hersteld op", "Terug", "Weer fit"), "pt": ("Regresso", "Retorno"),
    "sv": ("Tillbaka", "Frisk igen"), "no": ("Tilbake", "Friskmeldt"), "da": ("Tilbage", "Raskmeldt"),
}  # fmt: skip
PLACES: Final = {
    "knee": {"en": "left knee pain", "de": "Knie links", "fr": "genou gauche", "es": "rodilla izquierda", "it": "ginocchio sinistro",
             "nl": "linkerknie", "pt": "joelho esquerdo", "sv": "vänster knä", "no": "venstre kne", "da": "venstre knæ"},
    "achilles": {"en": "Achilles tendinopathy R", "de": "Achillessehne rechts", "fr": "tendon d'Achille droit", "es": "tendón de Aquiles derecho",
                 "it": "tendine d'Achille destro", "nl": "achillespees rechts", "pt": "tendão de Aquiles direito", "sv": "hälsena höger",
                 "no": "akillessene høyre", "da": "akillessene højre"},
    "lower_leg": {"en": "shin splints", "de": "Schienbein", "fr": "périostite tibiale", "es": "periostitis tibial", "it": "periostite tibiale",
                  "nl": "scheenbeen", "pt": "canelite", "sv": "benhinneinflammation", "no": "beinhinnebetennelse", "da": "skinnebensbetændelse"},
    "thigh": {"en": "hamstring strain", "de": "Oberschenkel hinten gezerrt", "fr": "ischio-jambiers", "es": "isquiotibiales", "it": "bicipite femorale",
              "nl": "hamstring", "pt": "isquiotibiais", "sv": "hamstring bristning", "no": "hamstring strekk", "da": "hasemuskel"},
    "foot": {"en": "plantar fasciitis", "de": "Fußsohle / Plantarfaszie", "fr": "aponévrosite plantaire", "es": "fascitis plantar",
             "it": "fascite plantare", "nl": "hielspoor", "pt": "fascite plantar", "sv": "hålfoten", "no": "fotsåle", "da": "fodsål"},
    "ankle": {"en": "rolled ankle", "de": "Sprunggelenk umgeknickt", "fr": "entorse de la cheville", "es": "esguince de tobillo",
              "it": "distorsione alla caviglia", "nl": "enkel verzwikt", "pt": "entorse do tornozelo", "sv": "stukad fotled",
              "no": "overtråkk ankel", "da": "forstuvet ankel"},
}  # fmt: skip
DAYS_LOST: Final = {
    "en": "Days lost", "de": "Ausfalltage", "fr": "Jours d'arrêt", "es": "Días de baja", "it": "Giorni persi", "nl": "Dagen uit",
    "pt": "Dias parado", "sv": "Dagar borta", "no": "Dager borte", "da": "Dage ude",
}  # fmt: skip
OPEN: Final = {
    "en": ("open", "ongoing", ""), "de": ("offen", "noch nicht", ""), "fr": ("en cours", ""), "es": ("en curso", ""), "it": ("in corso", ""),
    "nl": ("nog niet", ""), "pt": ("em curso", ""), "sv": ("pågår", ""), "no": ("pågår", ""), "da": ("i gang", ""),
}  # fmt: skip

TESTS: Final = {
    "hip_abduction": {"en": "Hip abduction", "de": "Hüftabduktion", "fr": "Abduction hanche", "es": "Abducción cadera", "it": "Abduzione anca",
                      "nl": "Heupabductie", "pt": "Abdução anca", "sv": "Höftabduktion", "no": "Hofteabduksjon", "da": "Hofteabduktion"},
    "knee_extension": {"en": "Knee extension", "de": "Knieextension", "fr": "Extension genou", "es": "Extensión rodilla", "it": "Estensione ginocchio",
                       "nl": "Knie-extensie", "pt": "Extensão joelho", "sv": "Knäextension", "no": "Kneekstensjon", "da": "Knæekstension"},
}  # fmt: skip
SIDES: Final = {
    "en": ("left", "right"), "de": ("links", "rechts"), "fr": ("gauche", "droite"), "es": ("izquierda", "derecha"), "it": ("sinistra", "destra"),
    "nl": ("links", "rechts"), "pt": ("esquerda", "direita"), "sv": ("vänster", "höger"), "no": ("venstre", "høyre"), "da": ("venstre", "højre"),
}  # fmt: skip
