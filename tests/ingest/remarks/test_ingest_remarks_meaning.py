"""What remarks of diaries tell, in ten languages: complaints, injuries, unclear ones, nothing."""

import pytest

from ingest.readers.sheets.remarks.meaning import Place, meaning_of

COMPLAINTS = {
    "left knee sore after 8 km": ("knee", "left"),
    "Achilles tight, stopped": ("achilles", None),
    "knee hurt a bit on the downhills, otherwise fine": ("knee", None),
    "did not run because of knee pain": ("knee", None),
    "not without knee pain": ("knee", None),
    "bit of knee pain, not injured": ("knee", None),
    "back sore all day": ("lumbar", None),
    "rolled ankle at km 3": ("ankle", None),
    # "Tore it up" is praise of a run.
    "tore it up, calf sore": ("lower_leg", None),
    "No running today, knee sore": ("knee", None),
    "Knee was hurting so I stopped running after 3 km": ("knee", None),
    "some pain at the end": (None, None),
    "Knie links zwickt": ("knee", "left"), "Knie tat weh": ("knee", None),
    "Knieschmerzen ab km 5": ("knee", None), "Wade verhärtet": ("lower_leg", None),
    "douleur au genou gauche": ("knee", "left"), "mal au mollet droit": ("lower_leg", "right"),
    "tendon d'Achille raide": ("achilles", None), "cheville douloureuse": ("ankle", None),
    "molestias en el gemelo izq": ("lower_leg", "left"), "me duele la rodilla": ("knee", None),
    "gemelo cargado": ("lower_leg", None), "mi fa male il ginocchio": ("knee", None),
    "fastidio al polpaccio": ("lower_leg", None), "dolore al ginocchio": ("knee", None),
    "kniepijn links": ("knee", "left"), "kuit voelt stijf": ("lower_leg", None),
    "dor no joelho": ("knee", None), "joelho doeu": ("knee", None),
    "ont i knät": ("knee", None), "ont i vaden": ("lower_leg", None),
    "vondt i kneet": ("knee", None), "smerter i ankel": ("ankle", None),
    "ondt i knæet": ("knee", None), "my left achilles is giving me trouble": ("achilles", "left"),
    "knee is not good": ("knee", None), "had to walk, calf seized": ("lower_leg", None),
    "lower back stiff after flight": ("lumbar", None), "tendine infiammato": (None, None),
    "Knie macht Probleme": ("knee", None), "Wade macht zu": ("lower_leg", None),
    "le genou tire": ("knee", None), "polpaccio duro": ("lower_leg", None),
    "last van mijn knie": ("knee", None), "känning i vaden": ("lower_leg", None),
    "kneet verker": ("knee", None), "knæet driller": ("knee", None), "overtråkk": (None, None),
}  # fmt: skip
INJURIES = (
    "stress fracture confirmed, no running 6 weeks", "torn calf", "hamstring tear, out 4 weeks",
    "knee injured, can't run", "knee surgery on Friday", "calf strain, no running for 3 weeks",
    "physio says no running for 2 weeks", "Muskelfaserriss Wade, 4 Wochen Pause", "Knie-OP",
    "Ermüdungsbruch", "Achillessehne verletzt", "fracture de fatigue du tibia",
    "lésion mollet, arrêt 3 semaines", "fractura de estrés", "rotura fibrilar gemelo",
    "strappo al polpaccio", "frattura da stress", "stressfractuur scheenbeen",
    "kan niet lopen door knie", "fratura de stress na tíbia", "tretthetsbrudd i leggen",
    "stressfraktur", "muskelbristning i vaden",
)  # fmt: skip
UNCLEAR = (
    "left knee", "knee again", "Knie?", "physio for the left calf", "MRI knee tomorrow",
    "iced the knee", "genou gauche encore", "Wade links", "injured", "verletzt", "blessé",
    "lesionado", "infortunato", "geblesseerd", "skadet", "no running 6 weeks", "can't run",
    "2 semanas de baja", "arrêt 3 semaines", "2 Wochen Laufverbot",
)  # fmt: skip
NOTHING = (
    "felt great", "no pain", "no knee pain at all", "knee fine again", "pain free", "not sore",
    "knee pain-free", "knee didn't hurt", "no soreness or tightness", "zero issues with the knee",
    "knee held up well", "no injury", "not injured", "torn calf, fine again", "fracture healed",
    "no fracture, MRI clear", "first run after stress fracture, all good",
    "knee lift drills", "hill reps", "hamstring stretches", "shin guards", "calf raises",
    "hip mobility", "core and hip strength", "foam rolling quads", "10 x 200 m with high knees",
    "foot of the hill repeats", "tight turns on the track", "head wind", "wet feet",
    "Yoga for runners, hips", "estiramientos de isquios", "watch problems, knee drive drills",
    "Back-to-back long runs", "Turn left at the church, then right", "Rückenwind", "mal dormi",
    "Kopf müde", "por la costa", "wind in de rug", "a piedi al lavoro", "motvind", "Halsweh",
    # "Broken 1000s" are intervals.
    "legs tired", "muscle soreness", "broken 1000s: 5x", "tore my shorts", "headache",
    "stomach pain", "blister on heel", "rest day, no running", "season break, 2 weeks off",
    "injury free month!", "keine Schmerzen", "Knie schmerzfrei", "Knie ohne Probleme",
    "tut nicht weh", "Knie tut nicht mehr weh", "Muskelkater", "Kopfschmerzen", "Kniehebelauf",
    "Dehnen Waden", "zu Fuß zur Arbeit", "Kraft Rumpf und Hüfte", "pas de douleur",
    "aucune douleur au genou", "genou: plus de douleur", "le genou ne fait plus mal",
    # "Pas mal de" means many.
    "pas mal de côtes", "mal à la tête", "étirements ischios", "tête de course", "sin dolor",
    "sin molestias en la rodilla", "la rodilla ya no duele", "dolor de cabeza",
    "fortalecimiento glúteo", "nessun dolore", "ginocchio a posto", "stretching polpacci",
    "geen pijn", "knie geen klachten", "kuiten rekken", "sem dores no joelho",
    "alongamento gémeos", "ingen smärta", "knät bra igen", "styrketräning höft",
    "ingen smerter", "kneet bra", "uden smerter",
)  # fmt: skip


@pytest.mark.parametrize(("text", "place"), COMPLAINTS.items())
def test_pain_of_a_body_part_is_a_complaint(text, place):
    told = meaning_of(text, {})
    assert (told.kind, told.places) == ("complaint", (Place(*place),))


@pytest.mark.parametrize("text", INJURIES)
def test_grave_words_tell_an_injury(text):
    assert meaning_of(text, {}).kind == "injury"


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_body_part_or_an_absence_that_says_no_more_is_unclear(text):
    assert meaning_of(text, {}).kind == "unclear"


@pytest.mark.parametrize("text", NOTHING)
def test_denials_exercises_and_other_pains_tell_nothing(text):
    assert meaning_of(text, {}).kind == ""


def test_two_body_parts_are_two_complaints():
    told = meaning_of("left knee sore, right hip tight", {})
    assert told.places == (Place("knee", "left"), Place("hip", "right"))


# An everyday word of one language may be a word of harm in another.
EVERYDAY = (
    "les mollets ont bien répondu", "mes genoux ont tenu", "les jambes ont bien tourné",
    "petit déjeuner pain et confiture", "mal aux jambes", "smart run calf", "foam rolled calves",
    "Murrayfield ankle weights", "left foot pod broken", "my wife has back pain", "chest pain",
    "shoulder pain", "dolor de regla", "dolor muscular", "pain 0/10", "knee pain: none",
    "Schmerzen: keine", "shin splints gone", "Achilles is holding up well", "no sign of calf pain",
    "keine nennenswerten Schmerzen", "off crutches", "left watch in the boot",
    "worked the calves hard", "Knie problemlos",
    "a pé", "vondt vær",
    "trail boot for mud",
    "séance dure pour les mollets", "je n'ai plus mal au genou", "zonder enige pijn",
)  # fmt: skip
VANISHED = {
    "lief gut trotz Schmerzen": (None, None), "regelmäßig Schmerzen am Knie": ("knee", None),
    "Schmerzen auf Kopfsteinpflaster": (None, None), "Knöchel verstaucht": ("ankle", None),
    "Wade macht zu": ("lower_leg", None), "umgeknickt": (None, None),
    "ik heb last van mijn knie": ("knee", None), "heb runners knee": ("knee", None),
    "pijn in de kuit op het einde": ("lower_leg", None), "bit of a niggle": (None, None),
    "no speed today knee sore": ("knee", None), "no idea why knee hurts": ("knee", None),
    "no improvement knee painful": ("knee", None), "old injury flared up": (None, None),
    "genou plus douloureux qu'hier": ("knee", None), "plus de douleur qu'hier": (None, None),
    "no final dor no joelho": ("knee", None), "calf popped": ("lower_leg", None),
    "knee pain 0,5": ("knee", None),
    "knee still not right": ("knee", None),
    "Knie meckert": ("knee", None),
    "Wadenprobleme": ("lower_leg", None), "leggene er stive": ("lower_leg", None),
    "limping": (None, None),
    "ont i höften": ("hip", None), "ryggont": (None, None), "kuit verkrampt": ("lower_leg", None),
    "mollet contracté": ("lower_leg", None), "polpaccio contratto": ("lower_leg", None),
    "Rücken blockiert": ("lumbar", None), "strekk i baklåret": ("thigh", None),
    "hälsenan öm": ("achilles", None), "har ont i knät": ("knee", None),
}  # fmt: skip


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_of_another_language_tell_nothing(text):
    assert meaning_of(text, {}).kind == ""


@pytest.mark.parametrize(("text", "place"), VANISHED.items())
def test_everyday_words_hide_no_complaint(text, place):
    told = meaning_of(text, {})
    assert (told.kind, told.places) == ("complaint", (Place(*place),))


@pytest.mark.parametrize(
    "text",
    ["history of stress fracture", "stress fracture last year", "Stressfraktur vor 2 Jahren"],
)
def test_an_injury_of_long_ago_does_not_begin_today(text):
    assert meaning_of(text, {}).kind == "unclear"


def test_an_old_thing_beside_a_new_injury_leaves_it_one():
    assert meaning_of("old shoes, stress fracture confirmed", {}).kind == "injury"


@pytest.mark.parametrize(
    "text",
    [
        "Abbruch wegen Wade",
        "bröt pga vaden",
        "on crutches",
        "Gips",
        "in a boot",
        "INJ",
        "lésion au mollet",
        "hamstring not happy",
    ],
)
def test_an_injury_that_says_no_more_is_unclear(text):
    assert meaning_of(text, {}).kind == "unclear"
