import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contracts import CONTRACTS, conform
from common.vocabulary import DIAGNOSES, KNEE_DIAGNOSES, REGIONS, SIDES
from ingest.dataset.settings import InjuryMeaning
from ingest.injuries.body_part_words import SIDES as SIDE_WORDS
from ingest.injuries.body_part_words import WORDS
from ingest.injuries.severity_words import says
from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.remarks.meaning import meaning_of
from tests.ingest import strength_files as files


@pytest.mark.parametrize(
    ("text", "region", "side", "diagnosis"),
    [
        ("Runner's knee (L)", "knee", "left", "pfps"),
        ("Läuferknie rechts", "knee", "right", "itbs"),
        ("Syndrome de l'essuie-glace, genou gauche", "knee", "left", "itbs"),
        ("tendinitis rotuliana derecha", "knee", "right", "patellar_tendinopathy"),
        ("Quadriceps tendonitis right knee", "knee", "right", "quadriceps_tendinopathy"),
        ("Achillessehnenreizung links", "achilles", "left", "achilles_tendinopathy"),
        ("tibia stress fracture", "lower_leg", None, "bone_stress"),
        ("Hamstring muscle strain", "thigh", None, "muscle_strain"),
        ("Hüfte, beidseits", "hip", "both", None),
        ("Ankle bileteral", "ankle", "both", None),
        ("calf: Achilles tendonitis", "achilles", None, "achilles_tendinopathy"),
        ("left and right knee", "knee", "both", None),
        ("Knieschmerzen rechts", "knee", "right", None),
        ("Wadenzerrung", "lower_leg", None, "muscle_strain"),
        ("kuitblessure links", "lower_leg", "left", None),
        ("Löparknä höger", "knee", "right", "itbs"),
        ("femoropatellares Schmerzsyndrom", "knee", None, "pfps"),
        ("dor no joelho direito", "knee", "right", None),
        ("rotura fibrilar isquiotibial", "thigh", None, "muscle_strain"),
        ("ACL reconstruction right", "knee", "right", "other_knee"),
        ("femoral neck stress fracture", "hip", None, "bone_stress"),
        ("quad tendon pain above kneecap", "knee", None, None),
        ("Rückenschmerzen", "lumbar", None, None),
        ("tendinite achillea dx", "achilles", "right", "achilles_tendinopathy"),
        ("tendinite achilléenne", "achilles", None, "achilles_tendinopathy"),
        ("borsite trocanterica sx", "hip", "left", None),
        ("espolón calcáneo", "foot", None, "plantar_fasciitis"),
        ("fratura de esforço tíbia", "lower_leg", None, "bone_stress"),
        ("vadbristning höger", "lower_leg", "right", None),
        ("stressfraktur skenben", "lower_leg", None, "bone_stress"),
        ("strekk bakside lår", "thigh", None, "muscle_strain"),
        ("lyskeskade", "pelvis_groin", None, None),
        ("lændesmerter", "lumbar", None, None),
        ("hopperkne", "knee", None, "patellar_tendinopathy"),
        ("stukad fot", "ankle", None, None),
        ("stress reaction 3rd met", "foot", None, "bone_stress"),
        ("blessure met hamstring", "thigh", None, None),
    ],
)
def test_texts_of_several_languages(text, region, side, diagnosis):
    found = read_injury_text(text, {})
    assert (found.region, found.side, found.diagnosis) == (region, side, diagnosis)


@pytest.mark.parametrize(
    "text",
    [
        # Words of one language that are everyday words of another.
        "hurt it in PE", "pain when she lies down", "new bras", "sits on the rug", "ate a pie",
        "heel moe na de training", "hij ging er naar toe", "Áine was ill", "hoger tempo",
        "zu Lande und zu Wasser", "vi ska testa det nya passet",
        # Everyday words that are one slip away from an injury word.
        "die Beine waren schwer", "lange Pause", "tests next week", "it costs a lot",
        "camera broken", "the train was late", "shorts too tight", "spräch mit dem Richter",
        "de vader van hem", "el hombre de casa", "un angelo", "la plaça", "le museo",
        # Figures of speech.
        "head cold", "on the other hand", "hip hop class", "toe the line", "kann viel leisten",
        "neck and neck with Tom", "got cold feet", "Hals- und Beinbruch", "Wind im Rücken",
        "voet van het gas", "heel de week top", "course en tête", "coup de main au club",
        "cabeza de carrera", "codo con codo", "testa a testa", "ombro a ombro",
        "hand i hand över mållinjen", "fot for fot opp bakken", "læg mærke til tempoet",
    ],
)  # fmt: skip
def test_everyday_words_name_no_body_part(text):
    assert read_injury_text(text, {}).region is None


@pytest.mark.parametrize(
    ("text", "region", "side"),
    [
        ("pé", "foot", None), ("dor no pé", "foot", None), ("pé direito", "foot", "right"),
        ("pie izquierdo", "foot", "left"), ("me duele el pie", "foot", None),
        ("mal au bras", "arm", None), ("bras gauche", "arm", "left"), ("rug", "lumbar", None),
        ("last van de rug", "lumbar", None), ("pijn in de lies", "pelvis_groin", None),
        ("lies rechts", "pelvis_groin", "right"), ("left heel", "foot", "left"),
        ("sore toe", "foot", None), ("Wade zwickt", "lower_leg", None),
        ("ont i halsen", "head_neck", None), ("dor na cabeça", "head_neck", None),
        ("Knie re", "knee", "right"), ("li Wade", "lower_leg", "left"),
        ("ont i höger knä", "knee", "right"), ("vred sin ankel", "ankle", None),
        ("skadade sin hälsena", "achilles", None), ("rodilla sin molestias", None, None),
        ("ondt i knæet efter dagens pas", "knee", None), ("pas de douleur au genou", None, None),
        # What names no side although it could.
        ("pain in knee right after the run", "knee", None), ("all right, knee is ok", "knee", None),
        ("knee sore, he left early", "knee", None), ("knee pain with 3 km left", "knee", None),
        ("douleur genou depuis deux jours", "knee", None), ("dolore lì, ginocchio", "knee", None),
        ("dor no joelho, não treinou bem", None, None), ("knee, both days", "knee", None),
        ("douleur aux deux genoux", "knee", "both"), ("les deux genoux", "knee", "both"),
        ("felt right calf tighten", "lower_leg", "right"), ("has left knee pain", "knee", "left"),
    ],
)  # fmt: skip
def test_such_words_count_in_their_own_language(text, region, side):
    injury = read_injury_text(text, {})
    assert (injury.region, injury.side) == (region, side)


@pytest.mark.parametrize(
    "text",
    ["pain", "stress fracture", "knee and hip", "no knee pain", "came back on Tuesday", "ohne Knie",
     "kneeling", "knee pain no", "Knieschmerzen, Wadenzerrung", ""],
)  # fmt: skip
def test_what_is_not_told_is_not_guessed(text):
    found = read_injury_text(text, {})
    assert found.injury
    assert (found.region, found.side, found.diagnosis) == (None, None, None)


def test_the_tables_stay_in_the_vocabulary():
    assert {word.region for word in WORDS.values() if word.region} <= set(REGIONS)
    assert {word.diagnosis for word in WORDS.values() if word.diagnosis} <= set(DIAGNOSES)
    assert set(SIDE_WORDS.values()) <= set(SIDES)
    assert set(KNEE_DIAGNOSES) <= {word.diagnosis for word in WORDS.values()}


@given(st.sampled_from(sorted(WORDS)), st.sampled_from(["", "LEFT ", "rechts: "]))
def test_every_phrase_is_found_whatever_its_case(word, before):
    found = read_injury_text(f"{before}{word.upper()}.", {})
    assert found.region == WORDS[word].region
    if WORDS[word].region:
        assert found.diagnosis == WORDS[word].diagnosis


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(text):
    found = read_injury_text(text, {})
    assert found.region is None or found.region in REGIONS
    assert found.region or not (found.side or found.diagnosis)


def test_own_words_decide_and_the_longest_wins():
    own = {
        "the usual": InjuryMeaning(region="knee", diagnosis="itbs", side="left"),
        "the usual thing": InjuryMeaning(region="foot"),
        "niggle": InjuryMeaning(injury=False),
    }
    assert read_injury_text("The usual, again", own).diagnosis == "itbs"
    assert read_injury_text("the usual thing right", own)[1:] == ("foot", "right", None)
    assert not read_injury_text("a niggle in the knee", own).injury


LOG = "Name,Date,Return,Injury,Side\n"


def test_a_log_maps_what_it_can_and_lists_the_rest_without_names(tmp_path):
    settings = files.SETTINGS + "injury_words:\n  old trouble: {region: hip}\n"
    text = LOG + (
        '"Doe, Jane",2025-03-01,2025-04-01,ITB syndrome,L\n'
        "Jim Roe,2025-03-02,,old trouble,\n"
        "Jim Roe,2025-03-03,,Jim Roe felt odd,\n"
        "Jim Roe,2025-03-04,,no injury,\n"
        "Jim Roe,2025-03-05,2025-03-01,genou droit,\n"
        "Someone Else,2025-03-06,,knee,\n"
    )
    parsed = files.read_text(tmp_path, text, "sheet", settings=settings)
    frame = parsed.records["injuries"]
    columns = [name for name in CONTRACTS["injuries"].columns if name in frame]
    conform("injuries", frame[columns])
    told = frame[["athlete", "region", "side", "diagnosis"]].astype(object)
    assert told.where(told.notna(), None).to_numpy().tolist() == [
        ["r1", "knee", "left", "itbs"],
        ["r2", "hip", None, None],
        ["r2", "unknown", None, None],
        ["r2", "knee", "right", None],
    ]
    assert frame["return_date"].notna().tolist() == [True, False, False, False]
    rejects = parsed.account.rejects
    assert list(rejects["reason"]) == ["no_injury", "unknown_athlete"]
    assert parsed.account.repairs["region_not_told"] == 1
    assert not any("Jim" in one or "Someone" in one for one in rejects["sentence"])
    assert rejects["athlete"].tolist() == ["Jim Roe", "Someone Else"]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Huefte links", "hip"), ("Ruecken", "lumbar"), ("Gesaess", "hip"), ("Fuesse", "foot"),
        ("hoefte", "hip"), ("knaeet", "knee"), ("laeggen", "lower_leg"),
        ("both groins", "pelvis_groin"),
        ("ancle left", "ankle"), ("calfs", "lower_leg"),
    ],
)  # fmt: skip
def test_umlauts_in_two_letters_and_common_slips_of_short_words_are_known(text, region):
    assert read_injury_text(text, {}).region == region


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("felt odd on a cold morning", "illness"), ("had the flu jab", "illness"),
        ("corona de campeon", "illness"), ("influenza positiva sul gruppo", "illness"),
        ("went out for a run", "restricted"), ("out and back along the river", "restricted"),
        ("out of breath", "restricted"), ("missed the bus", "restricted"),
        ("pause 3 minuten zwischen den serien", "restricted"), ("2 min de repos", "restricted"),
        ("intensidad baja", "restricted"), ("ausgefallen wegen gewitter", "restricted"),
        ("on the radio", "clinician"), ("martial arts", "clinician"), ("lege maag", "clinician"),
        ("running clinic", "clinician"), ("us open", "open"),
    ],
)  # fmt: skip
def test_words_of_severity_have_other_senses(text, key):
    assert not says(text, key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a cold and cough", "illness"), ("has a cold", "illness"), ("fiebre de 39", "illness"),
        ("out for 3 weeks", "restricted"), ("out for the season", "restricted"),
        ("went out injured", "restricted"), ("out of training", "restricted"),
        ("missed the start of the season", "restricted"), ("pause 3 wochen", "restricted"),
        ("repos de 3 semaines", "restricted"), ("de baja", "restricted"),
        ("2 rest days", "restricted"), ("una parada de 3 semanas", "restricted"),
        ("radio du pied", "clinician"), ("echo in ziekenhuis", "clinician"),
        ("still open", "open"),
    ],
)  # fmt: skip
def test_words_of_severity_still_count(text, key):
    assert says(text, key)


@pytest.mark.parametrize(
    "text",
    [
        "Fod for fod op ad bakken",
        "Op de rug van de berg",
        "Hals- und Beinbruch",
        "Strappo in salita, bene",
        "op de voorvoet gelopen",
        "op tempo, knie goed",
    ],
)
def test_remarks_in_idioms_tell_nothing(text):
    assert meaning_of(text, {}).kind == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Knie-OP im März", "injury"), ("OP am Meniskus", "injury"),
        ("nach der OP am Knie", "injury"),
        ("Mal au pied droit depuis deux jours", "complaint"), ("dolor al pie", "complaint"),
        ("Mal aux deux tibias", "complaint"), ("Ont i vänster vad", "complaint"),
    ],
)  # fmt: skip
def test_remarks_of_pain_still_tell_it(text, kind):
    assert meaning_of(text, {}).kind == kind
