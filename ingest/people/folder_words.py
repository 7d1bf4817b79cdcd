"""What the name of a folder or file can be besides a person: a source, a day, a group, a number."""

import re
from functools import cache
from typing import Final

from common.text.folding import folded


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SOURCES: Final = _listed(
    """
    fitbit garmin strava polar suunto coros wahoo whoop oura apple health samsung google huawei
    xiaomi amazfit withings stryd runscribe zwift komoot runkeeper runtastic adidas nike mapmyrun
    endomondo sportstracker tapiriik runalyze smashrun trainingpeaks trainerroad intervals
    icu finalsurge vald nordbord forceframe forcedecks dynamo hawkin biodex cybex
    opencap vicon qualisys theia opensim pmsys pmdata googledocs googlefit hrv elitehrv
    hrv4training kubios garminconnect di connect fitness uploaded files wellness user aggregator
    metrics customer takeout global export exports exported site archive archives bulk portability
    coach coaches coaching trainer trainerin trainers staff entraineur entraineurs entrenador
    entrenadora entrenadores allenatore allenatori treinador treinadores tranare trener traener
    betreuer physio physios fysio medical medisch
    account accounts history physical activity activities aktivitaeten aktivitaten aktivitat
    actividades activites activite attivita atividades aktiviteter aktiviteiten sleep schlaf stress
    score scores heart rate weight body nutrition biometrics routes route workout workouts
    training trainings trainingsdaten entrenamientos entrainements allenamenti treinos traening
    trening session sessions einheiten run runs running lauf laufe laufen laeufe course courses
    carrera carreras corse corsa corrida lopen lob lop ride rides bike cycling swim swims swimming
    walk walks hike morning lunch afternoon evening night long easy tempo interval recovery track
    trail race races marathon half ultra parkrun wettkampf watch watches uhr uhren montre montres
    horloge horloges klok klokken ur ure klocka klockor relogio relogios relojes orologi
    reloj orologio klokke klokker phone handy device devices app apps sensor sensors pod chest strap
    data daten donnees datos dati dados gegevens database raw rohdaten csv json xml fit tcx gpx zip
    xlsx xls ods txt file files datei dateien fichiers archivos arquivos bestanden filer folder
    ordner download downloads upload uploads backup backups sicherung kopie copy copies copia old
    alt alte older new neu neue neuer latest current aktuell misc sonstiges divers various other
    others andere unsorted inbox eingang temp tmp import imports sheet sheets tabelle tabellen forms
    form formular responses response answers antworten questionnaire fragebogen survey umfrage
    check wellnesscheck monday mondays weekly woche wochen week weeks monthly month months day days
    tag tage daily montag strength kraft kraftdaten test tests testing gait lab labor analysis
    analyse motion capture mocap video videos physio medical medizin injuries injury verletzungen
    verletzte verletztenliste blessures lesiones lista list liste lists log logs logbook diary
    tagebuch plan plans report reports bericht berichte summary summarized summaries overview
    uebersicht results ergebnisse personal profile settings full all alle everyone everything
    complete komplett final part teil the of and und et y e for from fuer von my mein meine our
    in to with mit extras extra exercise exercises userexercises physiological cycles cycle sleeps
    carnet carnets entrainement cahier suivi charge charges laufplan laufplane trainingsplan
    trainingstagebuch lauftagebuch dagbok traningsdagbok treningsdagbok traeningsdagbog dagbog
    diari diarios dagboeken logboek logboeken logbok logg loggen loggbok loggboker dagbocker
    dagboker dagboger loopdagboek hardloopdagboek tagebucher tagebuecher laufbuch lauftagebucher
    journaux quaderni
    cuadernos registri registros scheda schede ficha fichas planilha planilhas uitslagen
    trainingslog traningslogg treningslogg treningsdagboker traningsdagbocker geblesseerd
    geblesseerden infortuni infortunati lesionados skadade skadede skadet absences absenzen
    dagboek trainingsdagboek diario quaderno cuaderno registro diaries logbooks
    vecka veckor uke uker uge uger settimana semaines kilometer kilometrage km kms mileage volume
    tabellenblatt feuil feuille hoja foglio blad ark formularantworten formulaire reponses
    respuestas risposte antwoorden svar formularsvar formulario respostas formularz
    calendar calendrier kalender calendario
    journal entries com shealth shealthdata samsunghealth tracks points point gps myactivities
    athlete user konto ubung ubungen allenamento entrenamiento seance seances sortie sorties
    polarflow flow garminexport stravaexport healthdata healthexport exportar esportazione
    eksport
    indoor outdoor indoors outdoors treadmill treadmills laufband tapis roulant lopband lopbaand
    loopband lopeband lobeband cinta esteira tredemolle virtual crosstraining crosstrainer
    elliptical ergometer rowing
    hiking trekking wandern wanderung randonnee senderismo escursionismo skiing langlauf ski aqua
    aquajogging yoga pilates crossfit gym fitnessstudio stretching mobility spinning triathlon
    duathlon altitude altitud hohe hoehe quota
    orienteering trailrunning jogging joggen footing hardlopen lopning loping lob nordic bryton
    lezyne decathlon sigma tomtom nokia pebble jawbone misfit hammerhead karoo rouvy wattbike
    concept2 peloton bkool mywhoosh kinomap technogym runna forerunner fenix vivoactive vivosmart
    ambit vantage sportstracks strive runzi relive workoutdoors healthfit rungap fitfile igpsport
    magene xoss cateye geonaute pulsar amazfitzepp zepp mapmyride bikemap outdooractive ridewithgps
    """
)
_CAMPS: Final = _listed(
    """
    trainingslager trainingscamp trainingskamp laufcamp lauflager hohentrainingslager traningslager
    treningsleir treningssamling traeningslejr traningsresa trainingcamp concentracion
    concentraciones estagio estagios ritiro ritiri kaderlehrgang lehrgang hoogtestage
    """
)
"""A camp of a team, wherever it is: "Trainingslager Mallorca"."""
_CAMP_OF: Final = re.compile(
    r"(?:winter|summer|sommer|vinter|spring|easter|oster|pfingst|herbst|fruhjahrs|lauf|running|trail"
    r"|hohen|hoehen|train\w*|tranings|trenings|traenings)(?:camp|lager|leir|lejr|kamp|laeger)s?"
)
_CAMPS_BESIDE: Final = _listed("camp camps stage stages lager samling leir lejr kamp")
"""The same beside words of training or times, or before a place; alone somebody's last name."""
_GROUPS: Final = _listed(
    """
    team teams mannschaft mannschaften equipe equipo squadra equipa ploeg lag hold club verein
    squad squads kader group groups gruppe gruppen groupe grupo gruppo groep gruppa trainingsgruppe
    section sektion abteilung women men woman man girls boys frauen herren damen maenner manner
    maedchen madchen jungen femmes hommes filles garcons mujeres hombres donne uomini mulheres
    homens vrouwen mannen kvinder maend kvinnor kvinner menn
    juniors junior juniorinnen junioren seniors
    senior senioren seniorinnen masters youth jugend jeunes juvenil kids kinder schueler elite
    development beginners beginner anfaenger advanced fortgeschrittene sprinters sprint sprinter
    middle distance distances mittelstrecke langstrecke jumpers athletes athleten runners
    laeufer laeuferinnen coureurs corredores corridori atleti atletas players members
    mitglieder people personen subjects participants teilnehmer probanden patients
    roster season saison season seasons temporada stagione saeson sasong
    """
)
_SEASONS: Final = _listed("season saison seasons temporada stagione saeson sasong")
"""Of these one person has many, and is in one at a time."""
_EXPORTS: Final = _listed(
    """
    fitbit garmin strava polar suunto coros wahoo whoop zwift komoot runkeeper runtastic
    trainingpeaks hrv4training elitehrv garminconnect takeout export exports exported archive zip
    backup download downloads portability data daten donnees datos dati user account csv json xml
    fit tcx gpx xlsx activities aktivitaeten aktivitaten actividades activites attivita atividades
    aktiviteter aktiviteiten health apple export1 samsung eksport esportazione exportar kopie copy
    copie copia polarflow healthdata healthexport stravaexport garminexport
    """
)
"""Words of downloads that nobody is called by."""
PARTICLES: Final = _listed(
    "von van vom zu zum zur der den de del della di da do dos das du la le les el al ter ten y e"
)
"""Small words of family names; "of" and "from" in front of a name are none of it."""
_MONTHS: Final = _listed(
    """
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december januar februar maerz marz mai juni juli oktober
    dezember okt dez janvier fevrier mars avril juin juillet aout septembre octobre novembre
    decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
    diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro
    fevereiro marco maio junho julho setembro outubro novembro dezembro januari februari maart mei
    augustus december kw q sommer winter summer spring autumn fall herbst fruehjahr
    janv fevr avr juil ene abr ago dic gen mag giu lug set ott mrt maj desember oktober
    augusti setembro novembre printemps automne hiver ete otono invierno verano primavera autunno
    inverno estate hosten varen vinter vinteren host
    """
)
# Age groups of clubs: u6 to u23 of the young, five-year classes such as w35 or m60 of the masters.
_AGE_GROUP: Final = re.compile(r"(?:[mw]?u(?:1\d|2[0-3]|[6-9])[mwfb]?|[mwfhd](?:[3-9][05]))")
_NUMBERED: Final = re.compile(
    r"(?:kw|w|wk|week|woche|semaine|semana|uge|vecka|v|q|day|tag|no|nr)?\d+"
)
# Identifiers that programs put into names of downloads; a word without a digit may be a name.
_HEXADECIMAL: Final = re.compile(r"(?=.*\d)[0-9a-f]{8,}|(?=.*\d)(?=.*[a-z])[0-9a-z]{16,}")
_UNIQUE: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UNIQUE_INSIDE: Final = re.compile(
    r"(?i)[_-]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
_TIME: Final = re.compile(r"\d{6,8}t\d{4,6}z?|\d{4,8}[apt]m?|\d+(?:st|nd|rd|th|h|km|k|min)")
_DAY_PATTERN: Final = re.compile(r"\d{1,4}[-_. /]\d{1,2}(?:[-_. /]\d{1,4})?")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z]{2})(?=\d)|(?<=\d)(?=[A-Z][a-z])")
_SPLIT: Final = re.compile(r"[\W_]+")


@cache
def words_of(name: str) -> tuple[str, ...]:
    """Return the plain words of a folder's or file's name, numbers apart.

    Examples
    --------
    >>> words_of("DI-Connect-Fitness"), words_of("AnnLee_2020-02")
    (('di', 'connect', 'fitness'), ('ann', 'lee', '2020', '02'))
    """
    words: list[str] = []
    for part in _SPLIT.split(name):
        whole = folded(part)
        if not whole:
            continue
        # Known words stay whole: "GarminConnect" would fall apart at its capital.
        is_one = whole in _SOURCES or whole in _GROUPS or _is_number(whole)
        words += [whole] if is_one else [folded(piece) for piece in _CAMEL.split(part) if piece]
    return tuple(words)


@cache
def is_nobody(name: str) -> bool:
    """Return whether a folder's or file's name can be no person's.

    True for sources and their parts, days and weeks, groups, and numbers. A month alone may be a
    name (April, Jan, Mai), beside a number it is a date.

    Examples
    --------
    >>> [is_nobody(one) for one in ("apple_health_export", "U18", "2020-02-10", "Jan 2020")]
    [True, True, True, True]
    >>> [is_nobody(one) for one in ("Ann Lee", "Jan", "r1", "Jack Long")]
    [False, False, False, False]
    """
    words = words_of(name)
    if not words or _UNIQUE.match(name.strip().lower()):
        return True
    if any(word in _GROUPS or _AGE_GROUP.fullmatch(word) for word in words):
        return True
    if _is_camp(words):
        return True
    numbered = any(_is_number(word) for word in words)
    return all(_is_neutral(word, is_dated=numbered) for word in words)


def _is_camp(words: tuple[str, ...]) -> bool:
    """Return whether words name a camp: "Camp Font-Romeu", "Summer camp", no "Tom Camp"."""
    return any(map(_is_camp_word, words)) or _begins_as_camp(words)


def _begins_as_camp(words: tuple[str, ...]) -> bool:
    """Return whether no person's name stands before the word for a camp; a place may follow."""
    is_camp = [word in _CAMPS_BESIDE or _is_camp_word(word) for word in words]
    place = is_camp.index(True) if any(is_camp) else len(words)
    return place < len(words) and all(_is_neutral(word, is_dated=True) for word in words[:place])


def _is_camp_word(word: str) -> bool:
    return word in _CAMPS or _CAMP_OF.fullmatch(word) is not None


@cache
def is_group(name: str) -> bool:
    """Return whether a folder around people is a group of them: by its words, or by no source.

    Examples
    --------
    >>> [is_group(one) for one in ("U18", "Women", "Tigers", "Garmin", "2020-02-10", "Saison 2025")]
    [True, True, True, False, False, False]
    """
    words = [word for word in words_of(name) if word not in _SEASONS]
    if any(word in _GROUPS or _AGE_GROUP.fullmatch(word) for word in words):
        return True
    return not is_nobody(name)


@cache
def is_period(name: str) -> bool:
    """Return whether a name is that of a month, a season or a time: a diary's sheet has it.

    Examples
    --------
    >>> [is_period(one) for one in ("Novembre", "Sept. 26", "KW 12", "Ann", "April Lee")]
    [True, True, True, False, False]
    """
    words = words_of(name)
    return bool(words) and all(word in _MONTHS or _is_number(word) for word in words)


@cache
def without_export_words(name: str) -> str:
    """Return a name without what a download adds to it; the name itself where nothing is left.

    Words that people are called by too (Long, Hill, Race) stay.

    Examples
    --------
    >>> without_export_words("Chidi Okafor export_884422"), without_export_words("export Jan Long")
    ('Chidi Okafor', 'Jan Long')
    >>> without_export_words("Athlete 7"), without_export_words("Smith-Jones, Al (U17)")
    ('Athlete 7', 'Smith-Jones, Al (U17)')
    """
    parts = [part for part in re.split(r"[\s_]+", _UNIQUE_INSIDE.sub(" ", name)) if part]
    added = [part for part in parts if _is_of_an_export(part)]
    rest = " ".join(part for part in parts if part not in added).strip(" -_.")
    # A number alone is no word of a download: "Athlete 7" is told by it.
    tells = _UNIQUE_INSIDE.search(name) or any(not folded(part).isdigit() for part in added)
    return rest if tells and rest else name


def _is_of_an_export(part: str) -> bool:
    words = words_of(part)
    return bool(words) and all(_is_export_word(word) or _is_number(word) for word in words)


def _is_export_word(word: str) -> bool:
    """Return whether a word is one of downloads, or two of them in one: "samsunghealth"."""
    return word in _EXPORTS or any(
        word[:at] in _EXPORTS and word[at:] in _EXPORTS for at in range(3, len(word) - 2)
    )


def telling_part(stem: str) -> str:
    """Return a file's name without the words, days and numbers that belong to no person.

    Examples
    --------
    >>> telling_part("Activities_Ann Lee_2020-02-10"), telling_part("export_123 (2)")
    ('Ann Lee', '')
    """
    parts = [
        piece
        for piece in re.split(r"[\s_,;()\[\]]+|(?<=\w)-(?=\w)|(?<=\w\w)\.(?=\w\w)", stem)
        if piece
    ]
    if _begins_as_camp(words_of(stem)):
        return ""
    numbered = any(_is_number(folded(part)) for part in parts)
    telling: list[str] = []
    for at, part in enumerate(parts):
        neutral = _is_part_of_nobody(part, is_dated=numbered)
        if not neutral or _is_particle(parts, at, is_first=at == 0 or bool(telling)):
            telling.append(part)
    while telling and folded(telling[-1]) in PARTICLES:
        telling.pop()
    return " ".join(telling).strip(" -_.")


def _is_particle(parts: list[str], at: int, *, is_first: bool) -> bool:
    """Return whether a small word belongs to the name behind it: "von Hagen", not "Daten von"."""
    follows = at + 1 < len(parts) and not _is_part_of_nobody(parts[at + 1], is_dated=True)
    return is_first and follows and folded(parts[at]) in PARTICLES


def _is_part_of_nobody(part: str, *, is_dated: bool) -> bool:
    words = words_of(part)
    return all(
        _is_neutral(word, is_dated=is_dated)
        or word in _GROUPS
        or _is_camp_word(word)
        or _AGE_GROUP.fullmatch(word) is not None
        for word in words
    )


def _is_neutral(word: str, *, is_dated: bool) -> bool:
    return word in _SOURCES or _is_number(word) or (is_dated and word in _MONTHS)


def _is_number(word: str) -> bool:
    return any(
        pattern.fullmatch(word) for pattern in (_NUMBERED, _HEXADECIMAL, _TIME, _DAY_PATTERN)
    )
