"""Words of remarks that tell pain, harm, exercises and well-being, in the languages of clubs.

Plain words, as :func:`ingest.injuries.text.plain_words` gives them; a pattern matches whole words.
English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Norwegian, Danish.
"""

import re
from typing import Final

_PAIN: Final = (
    r"pains?|painful|painfully|hurt(?:s|ing)?|aches?|aching|achy|ached|discomfort|tender(?:ness)?|"
    r"sore(?:ness)?|swollen|swelling|inflamed|inflammation|niggl\w*|twinges?|pulled|strained|"
    r"twisted|rolled|tweaked|irritated|irritation|limp(?:s|ed|ing)?|bothering|flared|flare-up|"
    r"(?:acting|playing|flaring) up|grumbling|grumpy|cramp(?:s|ed|ing)?|spasms?|pinching|gave way|"
    r"schmerz\w*|weh|wehgetan|\w*zwick\w*|stechen|stechend\w*|sticht|ziept|ziehen|zieht|gezerrt|"
    r"\w*zerrung|gereizt\w*|\w*reizung|geschwollen|schwellung|entzund\w*|beschwerden|humpel\w*|"
    r"umgeknickt|verdreht|krampf\w*|verhartung|verhartet|verkrampft|"
    r"douleurs?|douloureu\w*|mal (?:a|a la|au|aux|dans|derriere|sous)|fait mal|genes?|genante?|"
    r"tiraill\w*|contracture|pincement|gonfle\w*|tordue?|enflamme\w*|crampes?|boite|boiter|"
    r"dolor\w*|duele\w*|dolia|dolio|doliendo|molest\w*|pinchazos?|tiron|sobrecarg\w*|contractur\w*|"
    r"hinchad\w*|inflamad\w*|resentid\w*|torcid\w*|calambres?|cojea\w*|"
    r"dolent\w*|fa male|male (?:a|al|alla|allo|all'\w*|ai|alle)|fastidi\w*|indolenzit\w*|"
    r"contrattur\w*|gonfi\w*|infiammat\w*|infiammazione|acciacc\w*|risentiment\w*|fitta|fitte|"
    r"crampi|crampo|zoppic\w*|"
    r"pijn\w*|zeer(?= gedaan$)|doet zeer|klachten|geirriteerd|irritatie|gezwollen|zwelling|"
    r"ontstoken|ontsteking|verrekt|verzwikt|gevoelige?|kramp|mank|"
    r"dor|dores|doi|doeu|doendo|doia|dorid\w*|dolorid\w*|incomod\w*|moinha|desconforto|pontadas?|"
    r"fisgadas?|inchad\w*|caibras?|mancar|"
    r"ont|smart\w*|vark\w*|kanning(?:ar|en)?|svull\w*|stukad|stukat|vrickad|vrickat|inflammerad|haltar|"
    r"vondt|smert\w*|murr\w*|hoven|hovent|betent|irritert|overtrakk|halter|"
    r"\w+itis|tendinit\w*|tendonit\w*|tendinop\w*|\w*algi[aek]\w*|sciatica|ischias|sciatique|ciatica|"
    r"lumbago|hexenschuss|"
    r"ondt|\u00f8m|\u00f8mt|\u00f8mme|h\u00e6vet|h\u00e6velse|irriteret"
)
_TIGHT: Final = (
    r"tight(?:ness)?|stiff(?:ness)?|verspann\w*|steif\w*|raideurs?|raides?|tendue?s?|tension|"
    r"trouble|problem\w*|issues?|seized|seizing|locked up|gave out|"
    r"(?:not|nicht|pas|niet|inte|ikke|nao|non|no) "
    r"(?:(?:so|ganz|tout a fait|helt|helemaal|esta|va) )?"
    r"(?:ok|okay|good|great|right|gut|bien|goed|bra|bem|bene|godt)|"
    r"meldet sich|macht zu|macht dicht|spurbar|gespurt|spure|"
    r"tire|tirait|tira|trekt|trekken|last van|dik(?:ke)?|kanning|verk\w*|driller|stukade?|"
    r"hart|fest|dur[oaie]s?|dure?s?|harda?|hardt|"
    r"rigid\w*|cargad[oa]s?|stijf\w*|stijve|stel\w*|stram\w*|stiv\w*|pres[oa]s?|travad[oa]s?"
)
_MUSCLE_SORE: Final = r"muskelkater|courbatures?|agujetas|spierpijn|traningsvark|doms"
_NOUN: Final = (
    r"pain|pains|schmerz|schmerzen|douleurs?|dolor|dolores|dolore|dolori|pijn|dores|smarta|smartor|"
    r"smerter?|vondt|ondt|\w+itis|tendinit\w*|tendonit\w*|tendinop\w*|overtrakk"
)
_INJURED: Final = (
    r"injur(?:ed|y|ies)|verletzt|verletzung|blessee?s?|blessures?|lesion|lesiones|lesionad[oa]|"
    r"infortuni[oa]?|infortunat[oa]|geblesseerd|lesao|lesoes|machucad[oa]|skadad|skadet|skada|skade"
)
_SURGERY: Final = (
    r"surgery|operated|operation|arthroscop\w*|arthroskop\w*|operiert|op|operee?|operad[oa]|"
    r"operacion|cirugia|operazione|operat[oa]|geopereerd|operatie|cirurgia|operacao|operasjon|"
    r"opererad|operert|opereret|operationen"
)
_BONE_OR_TEAR: Final = (
    r"(?:stress ?|ankle |hip |foot )?fractur\w*|\w*fraktur\w*|\w*fractuur|fratur\w*|frattur\w*|"
    r"(?:knochen|ermudungs|stress|bein|fuss|mittelfuss)bruch|stressbrudd|tretthetsbrudd|"
    r"stressbrott|utmattningsbrott|stressbreuk|vermoeidheidsbreuk|tr\u00e6thedsbrud|"
    r"stress reaction|stressreakt\w*|reaccion de estres|"
    r"(?:muskelfaser|muskel|sehnen|bander|kreuzband|meniskus)riss|rotura fibrilar|dechirure\w*|"
    r"rotura de fibras|desgarro|strappo|spierscheur\w*|fibersprengning|muskelbristning|"
    r"(?:muscle|hamstring|calf|achilles|acl|meniscus|labral|ligament) (?:tear|rupture)"
)
_LENGTH: Final = (
    r"(?:\d+|one|two|three|four|five|six|eight|a few|ein|eine|zwei|drei|vier|sechs|une?|deux|trois|"
    r"quatre|dos|tres|cuatro|due|tre|quattro|twee|drie|vier|duas|quatro|tva|fyra|to|fire)"
    r"(?:\s*-\s*\d+)? (?:weeks?|wks?|months?|wochen?|monate?|semaines?|mois|semanas?|mes|meses|"
    r"settiman\w+|mesi?|weken|week|maanden|veckor|manader|uker|maneder|uger)"
)
_OUT: Final = (
    r"out|off|rest|sidelined|no running|not running|pause|laufpause|laufverbot|sportverbot|arret|"
    r"repos|reposo|baja|stop|riposo|rust|loopverbod|repouso|parado|parada|vila|hvile|lopforbud"
)
_TODAY: Final = (
    r"today|tonight|heute|aujourd'hui|hoy|oggi|vandaag|hoje|idag|i dag|rest day|day off|"
    r"this morning"
)
_CLINIC: Final = (
    r"physio\w*|fysio\w*|fisio\w*|kine|mri|mrt|irm|x-?ray|scan|ultrasound|doctor|arzt|orthopad\w*|"
    r"medecin|medico|dottore|huisarts|lakare|lege|l\u00e6ge|naprapat|osteo\w*|roentgen|rontgen"
)
_SUSPICIOUS: Final = (
    rf"{_CLINIC}|ice|iced|icing|taped?|strapped|strapping|brace|weird|strange|funny|odd|again|"
    r"still|worse|felt|feel|feels|feeling|not right|not great|not good|not ok|careful|worried|"
    r"trouble|problems?|issues?|gekuhlt|eis|tape|getapt|wieder|immer noch|schlimmer|komisch|spure|"
    r"gespurt|spurbar|merkt|gemerkt|problem\w*|glace|encore|pire|bizarre|senti|sentie|probleme|"
    r"hielo|otra vez|todavia|peor|raro|noto|notado|problema\w*|ghiaccio|ancora|peggio|strano|sento|"
    r"sentito|ijs|weer|nog steeds|erger|raar|voel|voelde|gelo|outra vez|ainda|pior|estranho|senti|"
    r"is|igen|fortfarande|varre|konstig|kande|kanns|kjente|kjenner|fortsatt|verre|rar|stadig|"
    r"v\u00e6rre|m\u00e6rker|m\u00e6rkede"
)
_EXERCISE: Final = (
    r"drills?|lifts?|raises?|stretch\w*|mobility|strength\w*|exercis\w*|prehab|guards?|sleeves?|"
    r"roll(?:er|ing)?|foam|massage|press|curls?|lunges?|squats?|bridges?|circles|hops?|hopping|"
    r"jumps?|bends?|swings?|strikes?|hill|hills|reps|work|workout|gym|core|conditioning|activation|"
    r"warm-?up|heb\w*|kniehebelauf|dehn\w*|gedehnt|kraft\w*|krafti\w*|mobilisa\w*|stabi\w*|ubung\w*|"
    r"schoner|bandage|rolle|gerollt|faszien\w*|etir\w*|renfo\w*|renforcement|gainage|montees?|"
    r"talons?-fesses|estir\w*|fortalec\w*|fuerza|elevacion\w*|ejercicio\w*|allungament\w*|"
    r"rinforz\w*|esercizi\w*|forza|skip|skipping|rekken|gerekt|oefening\w*|krachttraining|kracht|"
    r"alongament\w*|fortaleciment\w*|exercicio\w*|forca|styrk\w*|stretch\w*|tanjning|tojning|toyning|"
    r"ovelser?|ovningar|\u00f8velser?|udstr\u00e6k\w*|knelyft|knelof\w*|height|high|hoch|haute?s?|"
    r"yoga|pilates|"
    r"altas?|alte|hoge|hoga|hoye"
)
_OTHER_BODY: Final = (
    r"head ?aches?|stomach\w*|tummy|belly|gut|guts|throat|tooth\w*|teeth|period|side stitch|stitch|"
    r"eyes?|ears?|sunburn|blisters?|kopf\w*|bauch\w*|magen\w*|halsschmerz\w*|hals|zahn\w*|"
    r"seitenstech\w*|blasen?|tete|ventre|gorge|estomac|dents?|point de cote|cabeza|barriga|tripa|"
    r"estomago|garganta|muelas?|flato|testa|pancia|stomaco|gola|denti?|fianco|hoofd\w*|buik\w*|"
    r"maag\w*|keel\w*|cabeca|estomago|dentes?|mage|magen|huvud\w*|halsen|hode\w*|hoved\w*|mave\w*|"
    r"tand\w*|ampoules?|ampollas?|vesciche?|blaren|blasor|gnagsar"
)
_TISSUE: Final = (
    r"tendons?|tendin[ei]|tend\w*es|tendao|sehnen?|pees|pezen|sen[ae]n?|ligaments?|ligamentos?|"
    r"legamenti?|bander|joints?|gelenke?|articula\w*|articolaz\w*|gewricht|plantar"
)
_WELL: Final = (
    r"fine|ok|okay|good|great|better|gut|besser|bien|mieux|mejor|bene|meglio|goed|beter|bem|melhor|"
    r"bra|battre|bedre|godt|solid|held up|healed|strong|stark"
)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(patterns)})(?![\w'])")


PAIN: Final = _words(_PAIN)
"""Pain, swelling and what else is a complaint wherever it is felt."""
TIGHT: Final = _words(_TIGHT)
"""A complaint of a body part; alone it is the legs of everybody after a hard day."""
MUSCLE_SORE: Final = _words(_MUSCLE_SORE)
"""What follows unaccustomed training, and is no complaint."""
PAIN_NOUN: Final = _words(_NOUN)
"""Pain of which no body part is told."""
INJURED: Final = _words(_INJURED)
SURGERY: Final = _words(_SURGERY)
BONE_OR_TEAR: Final = _words(_BONE_OR_TEAR)
"""Injuries by themselves; "torn" and "broken" may be a shoe or a record."""
WEEKS_OUT: Final = re.compile(
    rf"(?<![\w'])(?:(?:{_OUT})(?: (?:for|fur|pour|de|por|di|per|voor|i|af))? (?:the )?(?:next )?"
    rf"{_LENGTH}|{_LENGTH} (?:of |de |di |van )?(?:{_OUT}|keine? (?:laufen|sport)|sans courir|"
    r"sin correr|senza correre|niet lopen|sem correr|kein laufen|laufpause))(?![\w'])"
)
NO_RUNNING_WEEKS: Final = re.compile(
    r"(?<!\w)(?:no|not|kein\w*|nicht|pas|sin|non|senza|sem|nao|geen|niet|ingen|ikke|inte)"
    r"(?: \w+){0,2} (?:run|lauf|cour|corr|cors|lop|hardlo|lob|spring)\w*"
    rf"(?: \w+){{0,2}} {_LENGTH}"
)
ONE_DAY: Final = _words(_TODAY)
CLINIC: Final = _words(_CLINIC)
SUSPICIOUS: Final = _words(_SUSPICIOUS)
"""Words beside a body part that may tell a problem."""
EXERCISE: Final = _words(_EXERCISE)
"""Words beside a body part that make it an exercise or a piece of kit."""
OTHER_BODY: Final = _words(_OTHER_BODY)
"""Pain that no running injury is: of the head, the stomach, a blister."""
TISSUE: Final = _words(_TISSUE)
"""Parts of the body that are in many places."""
WELL: Final = _words(_WELL)
