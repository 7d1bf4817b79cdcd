"""Strength tests and gait values: the words that make up their headings."""

from collections.abc import Mapping
from typing import Final

JOINTS: Final[Mapping[str, str]] = {
    "hip": "hip|huft*|hufte|hanche*|cadera|anca|heup*|quadril|hoft*|hofte*|hancha",
    "knee": "knee|knie*|genou|rodilla|ginocchio|joelho|kna|knae|kne|kna*|kne*",
    "ankle": "ankle|sprunggelenk*|cheville|tobillo|caviglia|enkel*|tornozelo|fotled*|ankel*",
}
MOVEMENTS: Final[Mapping[str, str]] = {
    "abduction": "abd|abduct*|*abdukt*|abduc*|abduz*|*abduks*|*abductie",
    "adduction": "add|adduct*|*addukt*|aduc*|adduz*|*adduks*|*adductie|squeeze",
    "extension": "ext|*exten*|estens*|strack*|*streck*|strek*|*ekstens*",
    "flexion": "flex|*flexion*|fless*|*beug*|flexao|*flexie|*fleks*|boj*",
    "external_rotation": (
        "er|ext rot|external rot*|aussenrot*|rotation externe|rotacion externa|rotazione esterna|"
        "exorotatie|rotacao externa|utatrotation|utadrotasjon|udadrotation|lateral rot*|"
        "ext rotation"
    ),
    "internal_rotation": (
        "ir|int rot|internal rot*|innenrot*|rotation interne|rotacion interna|rotazione interna|"
        "endorotatie|rotacao interna|inatrotation|innadrotasjon|indadrotation|medial rot*|"
        "int rotation"
    ),
    "plantar_flexion": "plantar*|pf",
}
WHOLE_TESTS: Final[Mapping[str, str]] = {
    "hip_abduction": (
        "glute med*|gluteus med*|abductors|abduktoren|abducteurs|abductores|abduttori|abductoren|"
        "abdutores|huftabduktion*|huftabduktoren|hoftabduktion|hofteabduksjon|hofteabduktion|"
        "heupabductie"
    ),
    "hip_adduction": (
        "groin squeeze|adductor squeeze|adductors|adduktoren|adducteurs|aductores|adduttori|"
        "adutores|huftadduktion*|huftadduktoren|hoftadduktion|hofteadduksjon|hofteadduktion|"
        "heupadductie|adductor*"
    ),
    "hip_extension": (
        "glute max*|gluteus max*|huftextension|huftstreck*|hoftextension|hofteekstensjon|"
        "heupextensie"
    ),
    "hip_flexion": "huftflexion|huftbeug*|hip flexors|huftbeuger|hoftflexion|heupflexie",
    "hip_external_rotation": "huftaussenrotation",
    "hip_internal_rotation": "huftinnenrotation",
    "knee_extension": (
        "quad|quads|quadriceps|quadrizeps|cuadriceps|quadricipite|knieextension|kniestreck*|"
        "knieextensie|knaextension|kneekstensjon|knaeekstension|extension genou|"
        "estensione ginocchio"
    ),
    "knee_flexion": (
        "ham|hams|hamstring*|ischio*|isquio*|knieflexion|kniebeug*|knieflexie|knaflexion|"
        "beinbeuger|posterior thigh|flessori"
    ),
    "nordic": "nordic*|nordics|nordbord",
    "plantar_flexion": (
        "plantar flexion|plantarflexion|plantarflexie|plantarfleks*|flexion plantaire|"
        "flexion plantar|flessione plantare|flexao plantar|soleus|seated calf"
    ),
    "side_plank": (
        "side plank|side bridge|seitstutz|seitlicher unterarmstutz|planche laterale|"
        "gainage lateral|plancha lateral|plank laterale|zijplank|prancha lateral|sidoplanka|"
        "sideplanke"
    ),
    "calf_raise": (
        "calf raise*|heel raise*|heel rise*|wadenheben|zehenstand|montee* sur pointe*|"
        "elevacion* de talon*|sollevament* polpacci*|calf raises|hielheffen|kuitheffen|"
        "elevac* de calcanhar*|tahavning*|tahev*|tahaevning*|clr"
    ),
    "single_leg_squat": (
        "single leg squat*|sl squat*|einbein* kniebeuge*|squat unipodal|sentadilla a una pierna|"
        "slsq"
    ),
    "cmj": "cmj|countermovement jump|counter movement jump|sprunghohe|detente verticale",
    "imtp": "imtp|mid thigh pull",
    "drop_jump": "drop jump|dj",
}
GAIT: Final[Mapping[str, str]] = {
    "speed": (
        "speed|velocity|treadmill speed|geschwindigkeit|laufgeschwindigkeit|vitesse|velocidad|"
        "velocita|snelheid|velocidade|hastighet|fart|hastighed|band speed|tempo"
    ),
    "cadence_spm": (
        "cadence|step rate|stride rate|schrittfrequenz|kadenz|cadencia|cadenza|cadans|"
        "pasfrequentie|stegfrekvens|kadens|steps per minute|skridtfrekvens|frequence de pas"
    ),
    "step_length_m": (
        "step length|schrittlange|longueur de pas|longitud de paso|lunghezza del passo|paslengte|"
        "comprimento do passo|steglangd|steglengde|skridtlaengde"
    ),
    "contact_ms": (
        "gct|ground contact*|contact time|contact|bodenkontakt*|kontaktzeit|temps de contact*|"
        "tiempo de contacto*|tempo di contatto*|contacttijd|grondcontact*|tempo de contato*|"
        "tempo de contacto*|markkontakt*|kontakttid|bakkekontakt*"
    ),
    "vertical_oscillation_mm": (
        "vert osc|vertical osc*|vertical oscillation|vertikalbewegung|vertikale bewegung|"
        "oscillation verticale|oscilacion vertical|oscillazione verticale|verticale oscillatie|"
        "oscilacao vertical|vertikal oscillation|vo|vertikale oszillation|vertikal rorelse|"
        "vertikal oscillasjon"
    ),
    "peak_hip_adduction_deg": (
        "hip add*|peak hip add*|hip adduction|huftadduktion*|adduction de hanche|"
        "aduccion de cadera|adduzione dell anca|adduzione anca|heupadductie|aducao do quadril|"
        "hoftadduktion|hofteadduksjon|hofteadduktion|adduction hanche"
    ),
    "contralateral_pelvic_drop_deg": (
        "pelvic drop|contralateral pelvic drop|cpd|beckenabsenkung|beckenkippung|chute du bassin|"
        "caida pelvica|caduta pelvica|bekkenval|queda pelvica|backendropp|bekkendropp|baekkendrop|"
        "pelvis drop|hip drop|bascule du bassin"
    ),
    "peak_knee_flexion_deg": (
        "knee flexion|peak knee flex*|knee flex|knieflexion|kniebeugung|flexion du genou|"
        "flexion de rodilla|flessione del ginocchio|flessione ginocchio|knieflexie|"
        "flexao do joelho|knaflexion|knefleksjon|knaefleksion|flexion genou"
    ),
    "knee_valgus_deg": (
        "knee valgus|valgus|knievalgus|valgus du genou|valgo de rodilla|valgo del ginocchio|"
        "knieval|valgo do joelho|fppa"
    ),
    "trunk_lean_deg": (
        "trunk lean|forward lean|oberkorperneigung|rumpfneigung|rumpfvorlage|inclinaison du tronc|"
        "inclinacion del tronco|inclinazione del tronco|romphelling|inclinacao do tronco|"
        "ballutning|overkroppslut|trunk flexion"
    ),
    "foot_strike_angle_deg": (
        "foot strike angle|fsa|fussaufsatzwinkel|angle d attaque du pied|angulo de pisada|"
        "angolo di appoggio|voetlandingshoek|footstrike angle|foot inclination"
    ),
    "vertical_loading_rate_bw_s": (
        "vertical loading rate|loading rate|valr|vilr|vlr|belastungsrate|taux de charge"
    ),
    "peak_braking_force_bw": (
        "braking force|peak braking force|bremskraft|force de freinage|fuerza de frenado"
    ),
}
SIDES: Final[Mapping[str, str]] = {
    "left": (
        "l|left|li|links|lks|linkes|linker|linke|linken|gauche|gche|izq|izquierda|izquierdo|izda"
        "|izqda|"
        "izdo|sx|sin|sinistra|sinistro|esq|esquerda|esquerdo|vanster|va|vens|venstre|lt|lft"
    ),
    "right": (
        "r|right|re|rechts|rts|rechtes|rechter|rechte|rechten|droite|drte|droit|der|derecha"
        "|derecho|dcha|"
        "dcho|dx|dex|destra|destro|dir|direita|direito|hoger|ho|hoyre|hojre|rt|rgt"
    ),
}
SIDES_OF_A_LANGUAGE: Final[Mapping[str, str]] = {
    "der": (
        r"cadera|rodilla|tobillo|\ba[bd]+uccion|gluteo|gemelo|cuadriceps|isquio|pierna|\bizq|talon"
        r"|fuerza"
    ),
    "sin": r"\banca\b|ginocchio|caviglia|a[bd]+uzione|estensione|flessione|polpacci|\bgamba|\bdx\b",
    "dir": r"\banca\b|ginocchio|caviglia|quadril|joelho|tornozelo|\ba[bd]ucao|extensao|\besq\b",
}
"""Short sides that other languages have as words ("der Hüfte", "sin peso") -> words beside them."""
SIDE_LETTERS: Final = (("g", "d"), ("i", "d"), ("v", "h"), ("e", "d"), ("s", "d"))
"""One-letter sides of other languages: only where both letters of a pair head as many columns."""
TRIALS: Final = (
    r"(?:^|\s)(?:t|trial|try|attempt|rep|v|versuch|essai|e|intento|prova|poging|tentativa|forsok|"
    r"forsog|nr|no|#|test)?\s?#?([1-9])(?:$|\s)"
)
AGGREGATES: Final[Mapping[str, str]] = {
    "best": (
        "best|max|peak|maximum|bester|beste|meilleur|mejor|migliore|melhor|basta|bast|maks|"
        "maximal|maxi"
    ),
    "mean": (
        "mean|avg|average|mittel|mittelwert|schnitt|durchschnitt|moyenne|moy|media|promedio|"
        "gemiddelde|gem|medel|snitt|gjennomsnitt|gennemsnit"
    ),
    "asymmetry": (
        "asym*|lsi|diff|difference|differenz|imbalance|ratio|symmetrie|symmetry|deficit|%|index|"
        "verschil|diferencia|h q|h/q"
    ),
}
