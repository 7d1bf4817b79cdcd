"""Words for injuries in several languages -> the closed vocabulary (body areas after OSIICS).

Every entry is a decision that was made here once. Words are lower case without accents; a phrase
matches whole words, longer phrases first. A bare area gives the region; a diagnosis gives both.
"""

from typing import Final, NamedTuple


class Meaning(NamedTuple):
    """What a word stands for; null where the word does not say it."""

    region: str | None = None
    diagnosis: str | None = None


# Diagnosis -> (region, phrases). The four knee diagnoses first.
_DIAGNOSES: Final = {
    "pfps": (
        "knee",
        "patellofemoral pain syndrome|patellofemoral pain|patellofemoral|patello-femoral|pfps|pfp|"
        "anterior knee pain|runner's knee|runners knee|chondromalacia patellae|chondromalacia|"
        "femoropatellar|femoro-patellar|retropatellar|retropatellarer schmerz|"
        "patellofemorales schmerzsyndrom|femoropatellares schmerzsyndrom|vorderer knieschmerz|"
        "syndrome femoro-patellaire|syndrome femoropatellaire|syndrome rotulien|"
        "femoro-patellaire|femoropatellaire|condromalacia rotuliana|condromalacia|"
        "sindrome femoropatelar|dolor femoropatelar|sindrome femororotuleo|femoropatelar|"
        "sindrome patellofemorale|dor femoropatelar|patellofemoraal pijnsyndroom",
    ),
    "itbs": (
        "knee",
        "iliotibial band syndrome|iliotibial band|it band syndrome|itb syndrome|it band|itbs|itb|"
        "iliotibial friction syndrome|tractus-iliotibialis-syndrom|iliotibiales bandsyndrom|"
        "lauferknie|syndrome de l'essuie-glace|essuie-glace|bandelette ilio-tibiale|"
        "sindrome de la cintilla iliotibial|cintilla iliotibial|banda iliotibial|"
        "bandelletta ileotibiale|bandelletta|bendelletta|bendelletta ileotibiale|benderella|"
        "sindrome da trato iliotibial|trato iliotibial|syndrome du tfl|"
        "lopersknie|loparkna|løberknæ|løperkne|syndrome de la bandelette|bandelette",
    ),
    "patellar_tendinopathy": (
        "knee",
        "patellar tendinopathy|patellar tendinitis|patellar tendonitis|patella tendonitis|"
        "patella tendinopathy|jumper's knee|jumpers knee|patellaspitzensyndrom|"
        "patellarsehnenentzundung|patellasehnenentzundung|patellasehnenreizung|"
        "patellarsehnenreizung|"
        "patellasehnentendinopathie|patellarsehnentendinopathie|springerknie|tendinite rotulienne|"
        "tendinopathie rotulienne|tendinitis rotuliana|tendinopatia rotuliana|"
        "tendinite patelar|tendinopatia rotulea|springersknie|hopparkna|hopperkne|springerknæ|"
        "tendinite rotulea|tendinitis rotulea",
    ),
    "quadriceps_tendinopathy": (
        "knee",
        "quadriceps tendinopathy|quadriceps tendinitis|quadriceps tendonitis|quad tendonitis|"
        "quad tendinopathy|quadrizepssehnenentzundung|quadrizepssehnenreizung|"
        "tendinite quadricipitale|tendinite du quadriceps|tendinitis cuadricipital|"
        "tendinopatia del cuadriceps|tendinopatia quadricipitale",
    ),
    "other_knee": (
        "knee",
        "meniscal tear medial|meniscal tear lateral|meniscal tear|meniscus tear|meniscus|"
        "menisque|menisco|meniskusriss|meniskus|pes anserine bursitis|acl tear|mcl sprain|"
        "ligament tear/rupture mcl|ligament tear/rupture acl|acl|mcl|lcl|pcl|cruciate ligament|"
        "cruciate|kreuzband|kreuzbandriss|ligament croise|ligaments croises|ligamento cruzado|"
        "legamento crociato|kruisband|baker's cyst|bakers cyst|baker cyst|bakerzyste|"
        "pes anserinus|"
        "popliteus|hoffa|pes anserine|goose foot|hoffa's fat pad|osgood-schlatter|"
        "osgood schlatter|plica",
    ),
    "mtss": (
        "lower_leg",
        "medial tibial stress syndrome|mtss|shin splints|shin splint|shinsplints|"
        "schienbeinkantensyndrom|periostite tibiale|periostite|periostitis tibial|periostitis|"
        "canelite|scheenbeenvliesontsteking|"
    "beinhinnebetennelse|benhinnebetennelse|benhinneinflammation|periostite tibial|"
    "sindrome da canela",
    ),
    "achilles_tendinopathy": (
        "achilles",
        "achilles tendinopathy|achilles tendinitis|achilles tendonitis|aquilles tendinitis|"
        "achillessehnenentzundung|achillessehnenreizung|achillodynie|tendinite d'achille|"
        "tendinopathie d'achille|tendinitis aquilea|tendinopatia aquilea|tendinitis de aquiles|"
        "tendinopatia achillea|tendinite achillea|tendinite do calcaneo|"
        "achillespees tendinopathie|"
        "tendinite achilleenne|tendinopathie achilleenne|tendinosi achillea|tendinitis aquileana",
    ),
    "plantar_fasciitis": (
        "foot",
        "plantar fasciitis|plantar fascitis|plantar fasc|plantar fascitt|epine calcaneenne|"
        "epine de lenoir|spina calcaneare|espolon calcaneo|esporao do calcaneo|esporao|"
        "plantar faciitis|plantar fasciopathy|"
        "plantarfasziitis|fersensporn|"
        "aponevrosite plantaire|fasciite plantaire|fascitis plantar|fascite plantar|"
        "fascite plantare|hielspoor|"
    "plantar fascia|plantarfaszie|fascia plantar|fascia plantare|"
    "aponevrose plantaire|peesplaat|plantarfascia|plantar fasciit|plantarfasciit|"
    "plantarfasciitt|halsporre|hælspore",
    ),
}  # fmt: skip

# Diagnosis that does not tell the area by itself -> phrases.
_ANYWHERE: Final = {
    "bone_stress": "stress fracture|stress fx|stress reaction|bone stress|ermudungsbruch|"
    "stressfraktur|"
    "stressreaktion|fracture de fatigue|fractura por estres|frattura da stress|"
    "fratura por estresse|fratura de esforco|fratura de stress|fractura de estres|bony edema|"
    "bone edema|tretthetsbrudd|trethetsbrudd|træthedsbrud|trethedsbrud|stressfraktura|"
    "stressbrudd|stressfractuur|vermoeidheidsbreuk|marschfraktur|ermudungsfraktur|"
    "utmattningsbrott|"
    "osteopatia da stress",
    "muscle_strain": "muscle strain|strain|strained|muskelfaserriss|zerrung|muskelzerrung|"
    "claquage|elongation|desgarro|rotura fibrilar|distension muscular|stiramento|estiramento|"
    "faserriss|verrekking|strekk|bristning|fibersprængning|fiberspraengning|muskelbristning|"
    "contracture|contrattura|contractura|contratura|rotura muscular|strappo|spierscheuring",
    "sprain": "sprain|sprained|verstauchung|distorsion|bandriss|banderriss|umgeknickt|entorse|"
    "esguince|distorsione|verstuiking|"
    "overtrakk|overtråkk|stukning|stukat|stukad|forstuvning|forstuvet|forstuet|verzwikt|verstuikt|"
    "umgeknickt|umknicken|misstep|rolled|twisted|foulure|torcedura|torcido|torcida|"
    "storta|entorse|vrikket|vrickad|vrickning|torcao",
}

_REGIONS: Final = {
    "head_neck": "head|neck|concussion|kopf|nacken|hals|tete|cou|nuque|cabeza|cuello|testa|collo|"
    "halsen|cabeca|nacke|nakke|nakken",
    "shoulder": "shoulder|schulter|epaule|hombro|spalla|ombro|epaules|hombros|ombros|spalle|"
    "schouder",
    "arm": "brazos|braco|bracos|munecas|fingers|fingern|arm|elbow|wrist|hand|finger|ellenbogen|"
    "handgelenk|coude|poignet|bras|codo|muneca|brazo",
    "trunk": "bryst|brost|rippen|costillas|rib|ribs|chest|abdomen|abdominal|rippe|brust|"
    "costilla|pecho|trunk",
    "lumbar": "ruecken|ryggskott|hekseskudd|hekseskud|mal au dos|lændesmerter|"
    "lændehold|spit in de rug|lws|hernie discale|hernia discal|hernia lumbar|bandscheibe|"
    "bandscheibenvorfall|ischias|"
    "sciatica|sciatique|ciatica|sciatica|lumbal|lumbale|lombalgia|onderin de rug|mal di schiena|"
    "dolor de espalda|dor nas costas|lage rug|lande|lænd|lænderyg|nedre rygg|"
    "low back|lower back|lumbar spine|lumbar|low back pain|lendenwirbel|"
    "unterer rucken|mal de dos|lombaire|lombalgie|espalda baja|lumbago|lumbalgia|schiena|lombar|"
    "back pain|backache|back ache|sore back|stiff back|back spasm|rucken|"
    "kreuzschmerz|kreuzschmerzen|hexenschuss|bas du dos|zona lumbar|espalda|costas|"
    "rug|onderrug|korsrygg|korsryggen|rygg|ryggen|ryg|ryggen|lænden",
    "pelvis_groin": "sij|sacroiliac pain|sports hernia|sportsman's hernia|athletic pubalgia|"
    "hernia deportiva|"
    "lyskestrekk|lyskeskade|lyskesmerter|leistenschmerzen|leistenbruch|schambein|"
    "schambeinentzundung|liesblessure|"
    "liesklachten|"
    "pube|pubis|pubalgie|symphyse|isg|iliosakralgelenk|sacroiliaca|sacroiliaco|si gelenk|bekken|"
    "sacrum|sacral|kreuzbein|pubalgie|pubalgia|osteitis pubis|leisten|groin|"
    "groins|pelvis|sacroiliac joint|sacroiliac|adductor|adductors|si joint|leiste|"
    "becken|adduktoren|aine|adducteur|adducteurs|ingle|aductor|pubis|inguine|virilha|"
    "lies|lyske|lysken|ljumske|ljumsken|adduttore|adduttori|aductores|adutor|"
    "adutores",
    "hip": "borsite trocanterica|bursitis trocanterea|bursite trocanteriana|trocantere|trocanter|"
    "trochanterite|trocanterite|huftbeuger|flexor de cadera|flechisseur de hanche|hip flexor|"
    "hip flexors|"
    "psoas|iliopsoas|"
    "trochanter|gluteos|gluteus medius|gluteus maximus|pyramidal|piramidal|hoftboyer|hoftbojare|"
    "hofteboyer|hofteboejer|baller|rumpa|bilspier|"
    "femoral neck|neck of femur|schenkelhals|col du femur|col femoral|cuello femoral|"
    "cuello del femur|collo del femore|piriformis|hips|huft|hofte|hoft|"
    # Umlauts in two letters, as keyboards without them write.
    "hoften|hofta|huefte|hueften|hueft|hoefte|hoeft|gesaess|hip|hip/pelvis|glute|"
    "glutes|gluteus|gluteal|buttock|hufte|gesass|hanche|fessier|"
    "cadera|gluteo|anca|quadril|heup|caderas|hanches",
    "thigh": "baklar|baklaret|baglår|baglar|baglaret|hammy|hammie|"
    "hammies|hams|isquiotibiais|isquios|isquio|hamstringen|hasemuskel|"
    "hasemuskler|haser|haserne|"
    "baksida larmuskel|bagside lar|forside lar|framsida lar|kvadriceps|oberschenkelmuskel|"
    "ischiocrurale|ischiocrural|vastus|musculo posterior|posteriores da coxa|quadricipite|"
    "cuisses|thighs|isquiotibial|thigh|hamstring|hamstrings|quad|quads|quadriceps|oberschenkel|"
    "quadrizeps|"
    "cuisse|ischio|ischios|ischio-jambiers|muslo|isquiotibiales|cuadriceps|coscia|coxa|bovenbeen|"
    "biceps femoral|bicipite femorale|flessori|quadri|baksida lar|bakside lar|"
    "baglar|lar|laret|posterior da coxa",
    "knee": "knieschmerzen|innenmeniskus|aussenmeniskus|kniebander|kniekehle|knieholte|knehase|"
    "knehasen|knaveck|pata de ganso|zampa d'oca|knieband|"
    "knees|patellar tendon|patella tendon|patellasehne|patellarsehne|patellasehnen|"
    "patellarsehnen|tendon rotulien|tendon rotuliano|tendine rotuleo|tendao patelar|kniepees|"
    "quad tendon|quadriceps tendon|quadrizepssehne|quadrizepssehnen|tendon quadricipital|"
    "kniescheiben|genoux|rodillas|kna|knae|knaet|knaeet|kness|knat|knæ|kne|kneet|knee|patella|patellar|patela|kneecap|"
    "knie|kniescheibe|genou|rotule|rodilla|rotula|"
    "ginocchio|joelho|joelhos|ginocchia|knæet",
    "lower_leg": "tib post|tib ant|peroneals|vadbristning|leggstrekk|skenben|skenbenet|skinneben|"
    "skinnebenet|skinnebensbetændelse|skinnebensbetandelse|skinnebensirritation|tibialis|"
    "tibialis posterior|tibialis anterior|wadbeen|wadenbein|perone|tibia posterior|peroneus|"
    "beinhinner|beinhinnen|benhinna|benhinnor|leggmuskel|vadmuskel|vadmuskeln|lægmuskel|"
    "gastrocnemius|gastroc|gemelo interno|caneleira|scheenbeenderen|schienbeinkante|"
    "lower legs|waden|legg|lower leg|shin|shins|calf|calves|tibia|tibial|fibula|"
    "peroneal|schienbein|wade|"
    "unterschenkel|mollet|jambe|pantorrilla|gemelo|espinilla|polpaccio|panturrilha|canela|kuit|"
    "scheenbeen|soleus|"
    "gemelos|soleo|mollets|soleaire|kuiten|scheen|gemeo|gemeos|skinnben|skinnebein|"
    "leggen|vaden|læg|læggen|laeg|laeggen|leggene|læggene|vaderna|tibiale|tibiali|benhinnor|"
    "benhinnorna|calfs|jambes|polpacci|tibias|hoger vad|vanster vad",
    "achilles": "achilles tendon|achillessehnen|akillessene|halsene|hælsene|hælsenen|halsenan|"
    "halsena|achilles|"
    "achillessehne|tendon d'achille|tendon de aquiles|aquiles|achillespees|"
    "tendine d'achille|tendine di achille|tendao de aquiles|akilles",
    "ankle": "ancle|ancles|"
    "stukad fot|stukat foten|vrickad fot|peroneal tendon|peroneal tendons|fotled|"
    "fotleden|malleol|malleole|malleolus|aussenknochel|innenknochel|aussenband|"
    "aussenbander|enkels|enkelband|enkelbanden|tobillos|ankler|peroneussehne|syndesmose|"
    "ankles|peroneal tendonitis|peroneal tendinitis|peroneal tendinopathy|"
    "posterior tibial tendonitis|posterior tibial tendinopathy|talus|sprunggelenks|ankel|ankle|"
    "sprunggelenk|fussgelenk|knochel|cheville|tobillo|caviglia|tornozelo|enkel",
    "foot": "fuesse|haelen|hælen|"
    "pttd|svangsene|svangsenen|fodsvang|3rd met|2nd met|4th met|5th met|talloniera|"
    "fotsale|fotsåle|fodsal|fodsål|halfot|halfoten|hålfoten|hålfot|fersesporen|fussohle|"
    "fusssohle|vorfuss|mittelfuss|mittelfussknochen|fussgewolbe|grosszehe|voetzool|voetholte|"
    "middenvoet|voorvoet|grote teen|planta del pie|planta do pe|pe|dedo do pe|metatarso|"
    "metatarsos|"
    "metatarsiano|metatarsien|metatarsiens|avant pied|orteils|gros orteil|alluce|avampiede|"
    "metatarso|mellomfot|mellanfot|mellemfod|storetå|storeta|forfod|fersen|"
    "feet|navicular|cuboid|calcaneus|calcaneal|metatarsalgia|metatarsalgie|"
    "morton's neuroma|mortons neuroma|sesamoid|bunion|toenail|fersen|hiel|foot|toe|toes|heel|arch|"
    "metatarsal|metatarsals|midfoot|forefoot|fuss|ferse|zehe|"
    "pied|talon|orteil|pie|talon del pie|dedo del pie|piede|tallone|calcanhar|voet|"
    "fot|foten|fod|foden|hæl|hælen|hak|voute plantaire|pianta del piede",
}  # fmt: skip

SIDE_WORDS: Final = {
    "left": "left|lt|l|links|linke|linker|linkes|linken|gauche|izquierda|izquierdo|sinistra|"
    "sinistro|esquerda|esquerdo|linker|"
    "vanster|venstre|"
    "li|izq|izqda|izqdo|izda|izdo|sx|esq|gche",
    "right": "right|rt|r|rechts|rechte|rechter|rechtes|rechten|droit|droite|derecha|derecho|"
    "destra|destro|direita|direito|rechter|"
    "hoger|høyre|højre|"
    "re|dcha|dcho|dx|dte",
    "both": "both|bilateral|bilaterally|bi-lateral|bileteral|beide|bds|bdsts|beids|"
    "beidseits|beidseitig|"
    "deux|ambos|ambas|entrambi|beiden",
}  # fmt: skip

SIDE_LETTERS_OF_PARTS: Final = {
    ("v", "h"): (
        r"\w*(?:legg|laegg|læg|kne|knæ|knä|kna|hofte|hoft|lar|lår|laar|fot|fod|ankel|hael|hæl"
        r"|akilles"
        r"|akillessene|akillesseni|halsene|lyske|ljumske|ljumsk|vad|vaden|leggen|kneet|foten"
        r"|foden|"
        r"ankelen|ankeln|halen|tå|ta|skulder|axel|arm|fotled|skinneben|leddbånd)"
    ),
    ("g", "d"): (
        r"genou|mollet|cheville|cuisse|hanche|pied|tibia|talon|ischios?|ischio-jambiers?|achille"
        r"|tendon d'achille|aine|adducteurs?|quadriceps|fessier|epaule|jambe|orteil|dos"
    ),
    ("i", "d"): (
        r"rodilla|gemelo|tobillo|muslo|cadera|pie|tibia|talon|isquios?|isquiotibial|aquiles"
        r"|aductor|cuadriceps|gluteo|soleo|pierna|hombro"
    ),
    ("e", "d"): (
        r"joelho|gemeo|panturrilha|tornozelo|coxa|anca|pe|canela|tibia|calcanhar|isquiotibial"
        r"|adutor|quadriceps|gluteo|perna|virilha"
    ),
    ("s", "d"): (
        r"ginocchio|polpaccio|caviglia|coscia|anca|piede|tibia|tallone|achilleo|adduttore"
        r"|quadricipite|gluteo|gamba|inguine"
    ),
}
"""Letters for left and right -> the body parts of the language that they stand beside."""
NO_INJURY: Final = (
    "no injury|none|no injuries|keine|keine verletzung|aucune|aucune blessure|ninguna|ras|"
    "rien a signaler|r a s|sin novedad|nihil|niente da segnalare|nada a assinalar|"
    "intet at bemaerke"
)


NEGATIONS: Final = frozenset(
    {
        "no", "not", "without", "kein", "keine", "keinen", "ohne", "nicht", "sans", "pas", "sin",
        "senza", "non", "sem", "nao", "geen", "zonder",
    }
)  # fmt: skip
"""Words that may turn a text round; such a text is left to the user."""

IN_PORTUGUESE: Final = frozenset(
    {
        "dor", "dores", "lesao", "incomodo", "problema", "fratura", "entorse", "estiramento",
        "tendinite", "pancada",
    }
)  # fmt: skip
"""Words after which "no" is Portuguese for "in the"."""


def _table() -> dict[str, Meaning]:
    table = {word: Meaning(area) for area, words in _REGIONS.items() for word in words.split("|")}
    for diagnosis, words in _ANYWHERE.items():
        table |= {word: Meaning(None, diagnosis) for word in words.split("|")}
    # Last, so that a phrase which is an area, too, keeps the meaning that says more.
    for diagnosis, (area, words) in _DIAGNOSES.items():
        table |= {word: Meaning(area, diagnosis) for word in words.split("|")}
    return table


WORDS: Final = _table()
"""Phrase -> what it stands for."""
SIDES: Final = {word: side for side, words in SIDE_WORDS.items() for word in words.split("|")}
"""Word -> side."""
AWAY: Final = (
    "holiday|holidays|on holiday|vacation|on leave|exam|exams|school trip|work|work trip|"
    "travelling|travel|wedding|family|personal|private|army|study|studies|urlaub|ferien|"
    "im urlaub|klassenfahrt|prufung|prufungen|klausur|klausuren|arbeit|dienstreise|reise|"
    "hochzeit|privat|schule|vacances|en vacances|examen|examens|travail|voyage|conges|"
    "mariage|vacaciones|de vacaciones|examenes|trabajo|viaje|boda|vacanza|vacanze|"
    "in vacanza|ferie|esame|esami|lavoro|viaggio|vakantie|op vakantie|werk|reis|bruiloft|"
    "ferias|de ferias|exames|trabalho|viagem|casamento|semester|tenta|tentor|jobb|resa|"
    "brollop|eksamen|eksamener|bryllup|pa ferie|arbejde|rejse"
)
"""Why somebody is away who is not hurt, where a list of absences says no more."""
NOT_INJURED: Final = frozenset(f"{NO_INJURY}|{AWAY}".split("|"))
"""Whole texts that say there was no injury."""
