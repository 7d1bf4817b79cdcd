"""Words of remarks that tell pain, harm, exercises and well-being, in the languages of clubs.

Plain words, as :func:`ingest.injuries.text.plain_words` gives them; a pattern matches whole words.
English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Norwegian, Danish.
"""

import re
from typing import Final

_PAIN: Final = (
    r"pains?|painful|painfully|hurt(?:s|ing)?|aches?|aching|achy|ached|discomfort|tender(?:ness)?|"
    r"sore(?:ness)?|swollen|swelling|inflamed|inflammation|niggl\w*|twinges?|pulled|strained|"
    r"twisted|rolled(?= (?:\w+ ){0,2}(?:ankle|foot))|(?<=ankle )rolled|tweaked|sprained|popped|"
    r"went pop|seized up|locked up|angry|irritated|irritation|limp(?:s|ed|ing)?|bothering|flared|"
    r"flare-up|(?:acting|playing|flaring) up|grumbling|grumpy|cramp(?:s|ed|ing)?|spasms?|pinching|"
    r"gave way|schmerz\w*|meckert|motzt|rebelliert|weh|wehgetan|\w*zwick\w*|stechen|stiche|"
    r"verstaucht\w*|stechend\w*|"
    r"sticht|ziept|ziehen|zieht|gezerrt|\w*zerrung|gereizt\w*|\w*reizung|geschwollen|schwellung|"
    r"entzund\w*|beschwerden|humpel\w*|umgeknickt|verdreht|krampf\w*|verhartung|verhartet|"
    r"verkrampft|douleurs?|douloureu\w*|mal (?:a|a la|au|aux|dans|derriere|sous)|fait mal|"
    r"plus mal(?= qu)|claquage|entorses?|genes?|genante?|tiraill\w*|contract(?:ure|e|ee|es|ees)|"
    r"pointes?|sensibles?|pincement|"
    r"gonfle\w*|tordue?|enflamme\w*|crampes?|boite|boiter|esguinces?|dolor\w*|duele\w*|dolia|"
    r"dolio|doliendo|molest\w*|pinchazos?|tiron|sobrecarg\w*|contractur\w*|hinchad\w*|inflamad\w*|"
    r"resentid\w*|torcid\w*|calambres?|cojea\w*|distorsion[ei]|dolent\w*|fa male|male (?:a|al|"
    r"alla|allo|all'\w*|ai|alle)|fastidi\w*|indolenzit\w*|contratt[oiae]|contrattur\w*|"
    r"mal di (?:schiena|gamba|piede|ginocchio)|gonfi\w*|infiammat\w*|"
    r"infiammazione|acciacc\w*|risentiment\w*|fitta|fitte|crampi|crampo|zoppic\w*|pijn\w*|"
    r"last (?:van|aan)|omgeslagen|zweepslag|verstuikt|zeer(?= gedaan$)|doet zeer|klachten|"
    r"geirriteerd|irritatie|gezwollen|zwelling|ontstoken|ontsteking|verrekt|verkrampt|zeurt|"
    r"zeurend\w*|\w*(?:rug|hiel|knie|kuit|heup|lies|voet|enkel)pijn|verzwikt|gevoelige?|"
    r"kramp|mank|dor|dores|doi|doeu|doendo|doia|dorid\w*|dolorid\w*|incomod\w*|moinha|desconforto|"
    r"pontadas?|fisgadas?|inchad\w*|caibras?|mancar|"
    # French "ont" is "have"; Swedish "varken" and Dutch "varken" are "neither" and a pig.
    r"ont(?= (?:i|pa|under|vid|efter|bak|langs|nar|igen)\b|$)|(?<=gor )ont|(?<=har )ont|smart(?:a|"
    r"an|or|orna|ade|ar|sam\w*)|vark(?!en\b)\w*|strackning|forstrackt|ryggont|omm(?:a|ar|ande)|"
    r"(?<=\w )om$|kanning(?:ar|en)?|svull\w*|"
    r"stuka(?:de?|t)|vricka(?:de?|t)|inflammerad|haltar|vondt|smert\w*|murr(?:er|et|ing|ende|e)|"
    r"besvar|forstr\u00e6kning|\w*bet\u00e6ndelse|\w*betennelse|forstuvet|forstrakt|hoven|hovent|"
    r"betent|irritert|overtrakk|halter|\w+itis|"
    r"tendinit\w*|tendonit\w*|tendinop\w*|(?!nostalg)\w*algi[aek]\w*|sciatica|ischias|sciatique|"
    r"ciatica|lumbago|hexenschuss|ondt|\u00f8m|\u00f8mt|\u00f8mme|h\u00e6vet|h\u00e6velse|"
    r"irriteret"
)
_TIGHT: Final = (
    r"tight(?:ness)?|stiff(?:ness)?|verspann\w*|steif\w*|macht\w* zu|zugemacht|blockiert\w*|dick|"
    r"raideurs?|raides?|"
    r"tendue?s?|tension|trouble|problem(?!los|fri|frei)\w*|issues?|seized|seizing|locked up|"
    r"gave out|(?:not|nicht|"
    r"pas|niet|inte|ikke|nao|non|no) (?:(?:so|ganz|tout a fait|helt|helemaal|esta|va) )?(?:ok|"
    r"okay|good|great|right|gut|bien|goed|bra|bem|bene|godt)|meldet sich|macht dicht|spurbar|"
    r"gespurt|spure|tire|tirait|tira|trekt|trekken|dik(?:ke)?|kanning|verk(?:er|et|ing|te)?|"
    r"driller|stukade?|hart|fest|"
    r"(?<!seance )(?<!seances )(?<!sortie )(?<!cotes )"
    r"(?<!series )(?<!serie )(?<!sesion )dur[oaie]?s?|harda|hardt|(?<=ar )hard|(?<=kanns )hard|"
    r"rigid\w*|cargad[oa]s?|stijf\w*|"
    r"stijve|stel(?:a|t|het\w*|na\w*)?|stram\w*|stiv\w*|pres[oa]s?|travad[oa]s?"
)
_MUSCLE_SORE: Final = (
    r"muskelkater|courbatur\w*|agujetas|dolor(?:es)? muscular(?:es)?|spierpijn|traningsvark|doms|"
    r"muscle soreness"
)
_NOUN: Final = (
    r"pain|pains|niggles?|twinges?|schmerz|schmerzen|douleurs?|dolor|dolores|dolore|dolori|pijn|"
    r"dor|dores|smarta|smartor|"
    r"smerter?|vondt|ondt|\w+itis|tendinit\w*|tendonit\w*|tendinop\w*|overtrakk|"
    # Harm that has a name, though no place: "umgeknickt".
    r"limp(?:s|ed|ing)?|humpel\w*|cojea\w*|zoppic\w*|"
    r"ont(?= i\b)|ryggont|(?:rug|hiel|lies)pijn|sprained|umgeknickt|verstaucht|zerrung|entorse|"
    r"claquage|esguince|distorsione|zweepslag|"
    r"verzwikt"
)
_INJURED: Final = (
    r"injur(?:ed|y|ies)|verletzt|verletzung|blessee?s?|blessures?|lesion|lesiones|lesion[ei]|"
    r"lesionad[oa]|infortuni[oa]?|infortunat[oa]|geblesseerd|lesao|lesoes|machucad[oa]|skadad|"
    r"skadet|skada|skade"
)
_SURGERY: Final = (
    r"surgery|operated|operation|arthroscop\w*|arthroskop\w*|operiert|operee?|operad[oa]|"
    r"operacion|cirugia|operazione|operat[oa]|geopereerd|operatie|cirurgia|operacao|operasjon|"
    r"opererad|operert|opereret|operationen|"
    # "Op" is a preposition in Dutch and Danish.
    r"(?:nach|vor|zur|seit|post|after|since) op|\w*(?:knie|meniskus|kreuzband|huft|fuss|"
    r"sehnen)-?op|(?<=knie )op$|op(?= (?:am|im|war|ist|steht|termin|verlief)\b)"
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
    r"gespurt|spurbar|merkt|gemerkt|problem(?!los|fri|frei)\w*|glace|encore|pire|bizarre|senti|"
    r"sentie|probleme|"
    r"hielo|otra vez|todavia|peor|raro|noto|notado|problema\w*|ghiaccio|ancora|peggio|strano|sento|"
    r"sentito|ijs|weer|nog steeds|erger|raar|voel|voelde|gelo|outra vez|ainda|pior|estranho|senti|"
    r"is (?:pa|mot)|(?<=med )is|not happy|unhappy|wegen|because|due to|vanwege|pga|grund a[fv]|"
    r"a cause|abbruch|abgebrochen|"
    r"stopped|stoppet|stoppede|stoppade|gestopt|fermato|fermata|brot|br\u00f8t|drog|igen|"
    r"fortfarande|varre|konstig|kande|kanns|"
    r"kjente|kjenner|fortsatt|verre|rar|stadig|"
    r"v\u00e6rre|m\u00e6rker|m\u00e6rkede"
)
_EXERCISE: Final = (
    r"drills?|lifts?|raises?|stretch\w*|mobility|strength\w*|exercis\w*|prehab|guards?|sleeves?|"
    r"roll(?:er|ing)?|foam|massage|press|curls?|lunges?|squats?|bridges?|circles|hops?|hopping|"
    r"jumps?|bends?|swings?|strikes?|hill|hills|reps|(?<!at )(?<!after )(?<!to )work|workout|gym|"
    r"core|conditioning|activation|warm-?up|heben|heber|hebung\w*|kniehebelauf|dehn\w*|gedehnt|"
    r"kraft\w*|krafti\w*|mobilisa\w*|stabi\w*|ubung\w*|\w+schoner|bandage|rolle|gerollt|"
    r"faszien\w*|etir\w*|renfo\w*|renforcement|gainage|montees?|talons?-fesses|estir\w*|"
    r"fortalec\w*|fuerza|elevacion\w*|ejercicio\w*|allungament\w*|rinforz\w*|esercizi\w*|forza|"
    r"skip|skipping|rekken|gerekt|oefening\w*|krachttraining|kracht|alongament\w*|"
    r"fortaleciment\w*|exercicio\w*|forca|styrk\w*|stretch\w*|tanjning|tojning|toyning|ovelser?|"
    r"ovningar|\u00f8velser?|udstr\u00e6k\w*|knelyft|knelof\w*|height|high|hoch|haute?s?|yoga|"
    r"pilates|altas?|ginocchia alte|hoge|hoga|hoye"
)
_OTHER_BODY: Final = (
    r"head ?aches?|stomach\w*|tummy|belly|chest|heart|throat|tooth\w*|teeth|gut (?:pains?|aches?|"
    r"issues?|trouble|cramps?)|(?:my|upset|sore) guts?|period (?:pains?|cramps?)|side stitch|"
    r"stitch|eyes?|ears?|sunburn|blisters?|kopf(?!stein)\w*|bauch\w*|magen\w*|halsschmerz\w*|hals|"
    r"zahn\w*|seitenstech\w*|blasen?|tete|ventre|gorge|estomac|dents?|point de cote|cabeza|"
    r"barriga|tripa|estomago|garganta|muelas?|flato|regla|regles|regel(?:schmerz\w*|beschwerden)|"
    r"menstru\w*|mensvark|(?:di|alla|la) testa|pancia|stomaco|gola|denti?|fianco|hoofd(?!zak|stad|"
    r"weg|stuk|veld)\w*|buik\w*|maag\w*|keel\w*|cabeca|estomago|dentes?|mage|magen|"
    r"huvud(?!sak)\w*|halsen|hode\w*|hoved(?!sa|ste|sta|del|vej)\w*|mave\w*|tand(?!is\b)\w*|"
    r"ampoules?|ampollas?|vesciche?|blaren|blasor|gnagsar"
)
_TISSUE: Final = (
    r"fascia|tendons?|tendin[ei]|tend\w*es|tendao|sehnen?|pees|pezen|sen[ae]n?|ligaments?|"
    r"ligamentos?|"
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
