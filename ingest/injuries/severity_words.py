"""Words of injury registers that say how bad it is, in eight languages.

Lower case without accents, as :func:`ingest.injuries.text.plain_words` gives them; a phrase matches
whole words. German, Spanish, French, Italian, Dutch, Portuguese, Scandinavian, English.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

PHRASES: Final[Mapping[str, str]] = {
    # A problem that comes and goes while nothing is said of missed running.
    "niggle": "niggle|niggles|niggly|niggling|twinge|twinges|tight|tightness|stiff|stiffness|"
    "on and off|now and then|from time to time|comes and goes|occasionally|"
    "immer mal wieder|immer wieder mal|ab und zu|hin und wieder|gelegentlich|zwickt|zwicken|"
    "verspannt|verspannung|verspannungen|muskelkater|"
    "gene|gene legere|raideur|courbatures|de temps en temps|parfois|par moments|"
    "molestia leve|molestias leves|agujetas|sobrecarga|de vez en cuando|a veces|a ratos|"
    "fastidio|indolenzito|indolenzimento|ogni tanto|a volte|dolorino|"
    "spierpijn|stijf|stijfheid|af en toe|soms|"
    "incomodo|moinha|de vez em quando|as vezes|"
    "stivhet|stolhet|av og til|innimellom|stel|stelhet|ibland|da och da|af og til|"
    "en gang imellem",
    # Nothing was missed.
    "unrestricted": "no time lost|no days lost|no training missed|trains normally|"
    "training normally|full training throughout|trainiert normal|voll im training|"
    "ohne pause|keine pause|kein ausfall|s'entraine normalement|aucun arret|entrena normal|"
    "entrena con normalidad|"
    "sin parar|si allena normalmente|nessuno stop|traint normaal|geen uitval|treina normalmente|"
    "sem paragem|trener normalt|tranar normalt|tranar som vanligt|traener normalt",
    # Running was stopped or reduced.
    "restricted": "out|off running|no running|not running|cannot run|can't run|stopped running|"
    "no hills|no speed|no speedwork|no intervals|no sprints|no jumping|no track|no impact|"
    "keine sprints|keine berge|keine intervalle|"
    "no training|not training|cannot train|can't train|kein training|kein laufen|keine laufe|"
    "kein lauftraining|darf nicht laufen|nicht laufen|"
    "stopped|missed|sidelined|rest|resting|modified|reduced|reduced running|easy only|walking only|"
    "cross training only|pause|pausiert|laufpause|laufverbot|sportverbot|ausgefallen|kann nicht "
    "laufen|lauft nicht|verletzt|dosiert|dosiert laufen|reduziert|weniger umfang|"
    "arret|a l'arret|repos|ne court pas|reduit|allege|de baja|baja|parado|parada|reposo|"
    "no corre|no puede correr|carga reducida|fermo|ferma|stop|riposo|non corre|carico ridotto|"
    "rust|loopverbod|kan niet lopen|uitgevallen|aangepast|parou|repouso|nao corre|reduzido|"
    "hvile|loper ikke|kan ikke lope|redusert|vila|springer inte|kan inte springa|reducerad|"
    "hviler|lober ikke|reduceret|inj|injured|blesse|blessee|lesionado|lesionada|infortunato|"
    "infortunata|geblesseerd|skadet|skadad|blesses|blessees|lesionados|lesionadas|infortunati|"
    "infortunate|machucado|machucada|machucados|machucadas|skadade|skadde|skadede|out injured",
    # A clinician was asked.
    "clinician": "physio|physiotherapist|physiotherapy|physical therapist|doctor|dr|gp|osteopath|"
    "podiatrist|surgeon|surgery|mri|x-ray|xray|ultrasound|hospital|a&e|clinic|"
    "arzt|arztin|orthopade|orthopadin|mrt|rontgen|ultraschall|physiotherapie|krankenhaus|klinik|"
    "kine|kinesitherapeute|medecin|irm|radio|echographie|hopital|chirurgien|"
    "fisio|fisioterapeuta|medico|medica|traumatologo|resonancia|radiografia|ecografia|hospital|"
    "fisioterapista|fisioterapia|risonanza|ortopedico|ospedale|"
    "fysio|fysiotherapeut|huisarts|arts|echo|ziekenhuis|"
    "ressonancia|ortopedista|fysioterapeut|naprapat|lege|legevakt|lakare|laege|sjukhus|sykehus",
    # Another cause than running; see OTHER_CAUSE as well.
    "other_cause": "car accident|road accident|bike crash|bike accident|bicycle accident|fell off "
    "bike|fell off his bike|fell off her bike|fell off the bike|cycling accident|skiing accident|"
    "ski accident|playing football|at football|playing soccer|at soccer|playing rugby|at rugby|"
    "playing basketball|at basketball|work accident|accident at work|"
    "fahrradsturz|radsturz|fahrradunfall|radunfall|autounfall|skiunfall|arbeitsunfall|"
    "beim fussball|beim handball|beim skifahren|vom rad gesturzt|vom fahrrad gesturzt|"
    "accident de voiture|accident de velo|chute a velo|chute de velo|accident de ski|au foot|"
    "en jouant au foot|accident du travail|"
    "accidente de coche|accidente de bici|caida en bici|caida de la bici|jugando al futbol|"
    "accidente laboral|incidente in auto|incidente stradale|caduta in bici|giocando a calcio|"
    "caduta con gli sci|auto-ongeluk|fietsongeluk|van de fiets gevallen|bij voetbal|"
    "tijdens voetbal|ski-ongeluk|acidente de carro|acidente de bicicleta|queda de bicicleta|"
    "a jogar futebol|jogando futebol|sykkelvelt|sykkelulykke|bilulykke|pa fotball|cykelolycka|"
    "bilolycka|pa fotboll|cykelstyrt|bilulykke|til fodbold",
    # An illness is no injury.
    "illness": "ill|illness|sick|sickness|flu|covid|covid-19|corona|fever|virus|viral|infection|"
    "stomach bug|chest infection|mono|mononucleosis|glandular fever|epstein-barr|tonsillitis|"
    "sinusitis|strep|strep throat|food poisoning|migraine|common cold|a cold|bad cold|head cold|"
    "pneumonia|bronchitis|pfeiffersches drusenfieber|drusenfieber|angina|mandelentzundung|"
    "angine|bronchite|mononucleose|mononucleosis|bronquitis|anginas|mononucleosi|tonsillite|"
    "forkylning|halsfluss|kyssesyke|halsont|"
    "krank|grippe|fieber|erkaltung|erkaltet|magen-darm|"
    "malade|rhume|gastro|fievre|enfermo|enferma|gripe|fiebre|resfriado|catarro|"
    "malato|malata|influenza|febbre|raffreddore|ziek|griep|koorts|verkouden|"
    "doente|febre|constipado|syk|forkjolet|feber|influensa|sjuk|forkyld|syg|forkolet",
    "open": "open|ongoing|unresolved|tbc|tba|not yet|still out|offen|laufend|noch nicht|andauernd|"
    "en cours|abierto|abierta|en curso|in corso|aperto|lopend|nog niet|em aberto|em curso|"
    "pagaende|pa gaende|igangvaerende|unknown|unbekannt|inconnu|desconocido|sconosciuto|onbekend",
}  # fmt: skip
"""What it says -> phrases."""

_OTHER_SENSES: Final[Mapping[str, str]] = {
    "illness": (
        r"a cold (?:day|morning|night|evening|wind|water|shower|bath|plunge|spell|snap|front)"
        r"|(?:flu|covid) (?:jab|shot|vaccin\w*|booster)|went viral|sick of|corona de|la corona"
        r"|virus inform\w*|influenza (?:positiv\w*|negativ\w*)"
    ),
    "restricted": (
        r"(?:go|goes|going|get|set|work\w*|figur\w*|find|found|turn\w*|stretch\w*|tried|try"
        r"|check\w*"
        r"|start\w*|sort\w*|ran|runs?|come|came|eat|ate) out|went out (?!injured|hurt|with)\w+"
        r"|out and back|out of (?:breath|bed|town|the (?:house|door|saddle|blocks|bend)|sight"
        r"|energy)"
        r"|out for (?:a|an|the|his|her|my|our) (?:(?:easy|long|short|steady|nice|quick|usual) )?"
        r"(?:run|jog|walk|spin|ride|swim|session|hike|meal)|out for (?:dinner|lunch)"
        r"|rest of the (?:week|run|race|session|field|group|team)|beat the rest"
        r"|missed (?:(?:the|his|her|my) )?(?:bus|train|podium|cut|pb|record)|(?:bus|pit|aid"
        r"|non) stop"
        r"|stopped (?:at the (?:lights?|traffic|shop|toilet|crossing)|the (?:watch|clock))"
        r"|pause \d+ ?(?:min\w*|sek\w*|sec\w*|s|')|\d+ ?(?:min\w*|sek\w*|sec\w*|s|') pause"
        r"|repos (?:entre|de \d+ ?(?:min\w*|sec\w*|s|'))|\d+ ?(?:min\w*|sec\w*|s|') (?:de )?repos"
        r"|arret (?:au feu|aux feux|de bus|du bus)|(?:intensidad|presion|velocidad|cadencia"
        r"|muy) baja"
        r"|baja (?:intensidad|presion|velocidad|cadencia)|(?:primera|ultima|proxima) parada"
        r"|ferma (?:al|allo) (?:semaforo|stop)|rust (?:genomen )?tussen|(?:shake"
        r"|shook) off the rust"
        r"|(?:ausgefallen|uitgevallen) (?:wegen|door) (?:gewitter|onweer|unwetter|sturm|storm|regen"
        r"|schnee|sneeuw|hitze|hitte)"
    ),
    "clinician": (
        r"(?:running|technique|coaching|hurdles|sprints?|throws) clinic|(?:on|to) the radio"
        r"|radio (?:show|station|encendida|accesa|ligad[oa])|(?:martial|liberal|fine) arts"
        r"|arts (?:and|class|school|festival)|lege (?:maag|benen|tank|batterij\w*|accu)|gp (?:de"
        r"|von)"
        r"|(?:works?|working|job) (?:at|in) (?:a|the) (?:hospital|clinic)"
    ),
    "open": (
        r"(?:us|european|swiss|german|national|dutch|british) open"
        r"|open (?:air|race|water|doors?|champ\w*|track|meet\w*|window)"
    ),
}
"""Key of :data:`PHRASES` -> what holds one of its phrases and says something else."""

SEVERITY_CELLS: Final[Mapping[str, str]] = {
    "minor": "minor|slight|minimal|mild|light|low|leicht|gering|leger|legere|mineur|leve|lieve|"
    "licht|ligeira|ligeiro|lett|latt|let|niggle",
    "moderate": "moderate|medium|mittel|mittelschwer|modere|moderee|moyen|moderado|moderada|medio|"
    "media|moderato|moderata|matig|moderat|mattlig|middels",
    "major": "major|severe|serious|high|schwer|grave|severe|serieux|grave|severo|severa|ernstig|"
    "zwaar|alvorlig|svar|svaer",
}
"""Severity -> what a cell of its own says."""

_SEVERITY: Final = {w: name for name, words in SEVERITY_CELLS.items() for w in words.split("|")}


def says(plain: str, key: str) -> bool:
    """Return whether a plain text holds a phrase of a key of :data:`PHRASES`.

    Examples
    --------
    >>> says("rucken immer mal wieder", "niggle"), says("knie", "niggle")
    (True, False)
    >>> says("went out on a cold day", "restricted"), says("went out on a cold day", "illness")
    (False, False)
    """
    return bool(_pattern(key).search(_without_other_senses(plain, key)))


def without(plain: str, key: str) -> str:
    """Return a plain text without the phrases of a key of :data:`PHRASES`.

    Examples
    --------
    >>> without("heel left no running", "restricted")
    'heel left'
    """
    return " ".join(_pattern(key).sub(" ", plain).split())


def severity_of(plain: str) -> str:
    """Return the severity of a cell; `unknown` where it tells none.

    Examples
    --------
    >>> severity_of("mittel"), severity_of("2")
    ('moderate', 'unknown')
    """
    return _SEVERITY.get(plain, "unknown")


def _without_other_senses(plain: str, key: str) -> str:
    if key not in _OTHER_SENSES:
        return plain
    return _other_senses(key).sub(" ", plain)


@cache
def _other_senses(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_OTHER_SENSES[key]})(?![\w'-])")


@cache
def _pattern(key: str) -> re.Pattern[str]:
    # Longer phrases first, so that `without` takes "no running" out as a whole.
    words = sorted(set(PHRASES[key].split("|")), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w'-])")
