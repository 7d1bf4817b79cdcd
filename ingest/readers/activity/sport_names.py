"""What an activity is called, in the languages of exporters' accounts, and which sport it is.

Names are compared in lower case without accents. A short word counts only as a word of its own:
`Distanzlauf` is no `Tanz`, and `górski` no `Ski`. Words that hold another sport's word (German
`Skilanglauf` is no `Lauf`) stand first: the first rule that fits decides.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple


class Activity(NamedTuple):
    """A sport of the vocabulary, the surface its name tells, and whether any rule knew it."""

    sport: str
    surface: str | None = None
    known: bool = True


_OTHER: Final = Activity("other")
_RULES: Final[tuple[tuple[str, Activity], ...]] = (
    (
        (
            r"\bski(?:s|er|ing|en)?\b|skiing|\bski(?:tour|tur|lauf|fahr|akning|skyting|skytte"
            r"|lop|lob"
            r"|roll|alpin|tren|tran|traen|marathon|gym|erg|berg)|\bskid(?:or|ak|tur|gang|tran"
            r"|lopp|sky)"
            r"|skilang|langlauf|\beislauf|schlittschuh|skate|skating|skojte"
            r"|\b(?:alpin|country|nordic|roller?|roll|rulle|touren|langrenns|hjul|downhill"
            r"|telemark"
            r"|vann|wasser|water|snow)e?-?ski(?:s|er|en)?\b|skoyte|\bpatin(?!a\b)"
            r"|snowboard|\besqui(?:s|ar|ando|ador)?\b|rollschuh|laengdakning|langdakning"
            r"|langrenn|langrend|langdskid|\blangd\b|inline ?ska|inliner|rullskid|skilauf"
            r"|eisschnell|kunstlauf|skeeler|kajak|\broing\b|romaskin"
            r"|(?<!in a )\brow\b"
            r"|\brodd\b|aqua ?(jog|lauf|loop|run|gym|fit)|wasser(gym|jog|lauf)|deep ?water"
            r"|innebandy|floorball|handball|handboll|handbold|balonmano|badminton|squash|hockey|rugby"
            r"|netball"
            r"|bieganie na nartach|narty|narciar|wheelchair|rollstuhl|canoe|kayak"
            r"|paddl|\bruder(?:n|ergo)|\b(?:indoor)?rowing\b|aviron|\bremo\b|canottaggio|\broei"
            r"|indoorroei"
            r"|\btransition\b(?! run| phase| week)|multisport|triathlon|duathlon|ellipti|eliptica"
            r"|crosstrainer|\bstair(?!case)|stepper|treppe(?!l)|yoga|pilates|tennis|\bpadel\b"
            r"|\b(?:mini|dis[ck])?golf(?!o|e\b|in)|climbing|^climb\b|\b(?:rock|wall|ice) ?climb"
            r"|klettern"
            r"|(?<!course de l.)escalad|arrampicata|hiit|cardio|kardio|meditation"
            r"|breathwork|soccer|fussball|football|futbol|basket|volley|boxing|boxen"
            r"|\bdanc(?:e|es|ing)\b|\btanz(?!an)|(?:volks|schafts|bauch|line|stepp|jazz"
            r"|kreis)-?tanz"
            r"|equitation|horseback|\b(?:aus)?reiten\b|surf(?!ac|eit)|\bsail(?:s|ing|boat)?\b"
            r"|segeln"
            r"|有氧|椭圆机|瑜伽|ヨガ"
        ),
        _OTHER,
    ),
    (
        (
            r"treadmill|laufband|\btapis|\bcinta\b|\besteira|passadeira"
            r"|bieznia mechaniczna|na biezni|loopband|lopband|lobeband|lopeband"
            r"|tredemolle|juoksumatto|indoor ?run|virtual ?run|virtuellaufen"
            r"|virtueller lauf|course virtuelle|carrera virtual|corrida virtual"
            r"|corsa virtuale|virtuel lob|indoorlauf|беговая дорожка|跑步机|トレッドミル"
            r"|러닝머신|트레드밀"
        ),
        Activity("run", "treadmill"),
    ),
    (
        (
            r"orienteer|orientierungs|orientering"
            r"|\bol[- ]?(trening|traning|traening|pass|lopp|lop)\b"
            r"|suunnist"
            r"|course d.orientation|orientacion|orientamento|orientacao|orientatieloop"
            r"|na orientacj"
            r"|fell ?run|skyrun|trail ?run|trail ?lauf|trail ?lob|trail ?lop|^trail$|ultra ?trail"
            r"|gelandelauf|berglauf|terrenglop|terranglop"
            r"|bieg\w* (gorsk|przelaj|terenow)|corrida (em|de) trilha|corsa trail"
            r"|carrera (de|por) montana|course (de|en) (sentier|montagne|trail)"
            r"|polkujuoksu|veldloop|obstacle rac|hindernislauf|тре[ий]л|越野跑"
            r"|トレイルラン|트레일"
        ),
        Activity("run", "trail"),
    ),
    (
        (
            r"track run|bahnlauf|laufen auf der bahn|lauf auf der bahn|banelob"
            r"|banlopning|baneloping|course sur piste|corsa su pista"
            r"|carrera en pista|corrida (em|de|na) pista|bieg\w* (na|po) stadion"
            r"|atletiekbaan|田径|操场跑步|トラックラン"
        ),
        Activity("run", "track"),
    ),
    (r"street run|strassenlauf", Activity("run", "road")),
    (
        (
            r"\bhik(?:es?|ing)\b|(?<!zu)(?<!ein)(?<!aus)wander(?:n|ung|ungen|tour)\b|wandertag"
            r"|randonnee|senderismo"
            r"|caminhada na natureza|trilha"
            r"|escursion|turystyka piesza|wandelen in de|fjelltur|\b(?:fot|fjell|fjall)?vandring"
            r"|vaellus"
            r"|bergsteigen|mountaineer|snowshoe|schneeschuh|wedrowk|поход|徒步|ハイキング|登山|하이킹"
        ),
        Activity("hike"),
    ),
    (
        (
            r"\b(?:power|nordic|race|speed|dog|treadmill|indoor)?-?walk(?:s|ed|en|ing\w*)?\b"
            r"(?! ?breaks?)|(?<!laufen )(?<!joggen )(?<!schwimmen )(?<!klettern )\bgehen\b"
            r"|spazier|\bmarche\b|caminar|caminata|caminhada|\bpasseio\b(?! de b)"
            r"|passeggiata(?! in b)|camminata|wandelen|gaatur|\bgatur"
            r"|promenad(?:er)?\b|^promenades?\b|^ga$|^gang$|\b(?:po)?chod"
            r"|\bspacer|kavely|chuze|gyaloglas|yuruyus|ходьба|\brucking\b|步行|健走|ウォーキング|걷기"
        ),
        Activity("walk"),
    ),
    (
        (
            r"\b(?:virtual|indoor|gravel|mountain ?bike|e-?bike|mtb|road|bike|group|e)?-?"
            r"rid(?:es?|ing)\b|(?<!re)cycling|cyclis|bicycl|handcycl|\bcyclo(?!n)"
            r"|(?<!training )(?<!menstrual )\bcycle\b(?! ?\d)|"
            r"bik(?:e|es|er|ing|en)\b(?! (?:path|lane))|\bbike(?=[a-z])|mountainbik|ebik"
            r"|\b(?:renn|mountain|indoor|e-?)?velo(?!c|z|d|u|so)"
            r"|\b(?:fahr|renn|ein|lieg|liege|berg|elektro)?(?<!i )(?<!pa )rad(?:fahr|tour"
            r"|fahrt)?(?![a-z])|radfahr"
            r"|\brad(?:tour|training|einheit|runde|ausfahrt|rolle|ergo)|fahrrad(?!weg)|rennrad"
            r"|ciclism|\bciclo(?:turis|ergo|cros| ?indoor)|\bbici(?!p)|\b(?:vtt|mtb|bmx)\b"
            r"|pedalada|fiets(?!pad)|wielren|cykl(?!us|on)"
            r"|(?<!o)(?<!trenings)(?<!tranings)cykel(?!sti|vag)"
            r"|sykkel(?!vei|sti)|sykling|\brower|kolarst|pyoraily|kerekpar|bisiklet"
            r"|велосипед|велозаезд|spinning|骑行|騎行|サイクリング|バイク|ライド|자전거|사이클"
        ),
        Activity("ride"),
    ),
    (
        (
            r"swim|schwimm|natation|\bnage[rs]?\b|natacion|natacao|\bnado\b|\bnuot|zwem|\bsvom"
            r"|svomning"
            r"|simning|\bsimma|plywan|(?<!q)uinti|plavani|\buszas|yuzme|плавание|泳|スイム|수영"
        ),
        Activity("swim"),
    ),
    (
        (
            r"strength|\bweights?\b|weight ?(?:lift|train)|bodyweight"
            r"|(?<!be)kraft(?!ig|voll|los|wagen|werk)|musculation|renforcement|\bfuerza"
            r"|\bpesas\b|musculacao|\bpesos?\b|\bforcas?\b|\bpesi\b"
            r"|\bforza\b|r(?:af|in)forz|(?<!ver)kracht(?!ig)|styrke|styrka|silow|\bsila\b"
            r"|voimaharj|posilovani|силов|力量|ウェイト|筋トレ|筋力|웨이트|근력"
        ),
        Activity("strength"),
    ),
    (
        (
            r"\brun(s|ning)?\b|running|\bjog(?:s|g\w*)?\b"
            r"|\blauf(en|training|interval\w*|einheit\w*|treff|abc|runde|gruppe)?\b"
            # Compounds of -lauf and -loop are runs, but for those of other verbs: "Verlauf".
            r"|\b(?!(?:ab|an|aus|be|durch|ein|kreis|lebens|strom|um|unter|uber|ver|zu)lauf)[a-z-]+"
            r"(?<!ab)(?<!kreis)(?<!ver)(?<!zielein)(?<!probedurch)lauf(?:en|s|e)?\b"
            r"|\b(?!(?:aan|af|be|door|in|na|om|op|uit|voor)loop)[a-z-]{2,}(?<!ver)loop\b"
            r"|(?<!of )(?<!golf )\bcourses?\b|\bcourir"
            r"|\blop(interval\w*|pass|tur|trening|traning)\b|\blobe(interval\w*|tur|traening)\b"
            r"|\b(?!(?:af|be|til|ud|ut|av|ind|inn|om|op|kreds|krets|vand|vol|anti)lo[bp])"
            r"[a-z-]{2,}(?<!for)(?:lob|lop)(?:et)?\b"
            r"(?<!llop)(?<!llopet)(?<!velop)(?<!galop)"
            r"|\bloop(training|interval\w*)\b|\blopen\b"
            r"|\bcarreras?\b|\bcorrer\b|\bcorridas?\b|\bcorsa\b|hardlop|hardloop|\blob\b|lopning"
            r"|loping\b(?<!veloping)"
            r"|lopetur|\blop\b|\blopp(?:et|en)?\b"
            r"|\b(?!(?:av|ga|in|ut|sim|skridsko|krets)lopp)[a-z]{2,}(?<!for)(?<!krets)(?<!vecklings)"
            r"lopp(?:et|en)?\b|\bbieg(?!en\b|sam|ung)|juoks|^beh(?:y|u|em|ani|at)?\b|futas"
            r"|\bkosu(?!ke)|\bfut[ao]s|alergare"
            r"|begim|пробежка|забег|^бег$|跑|ランニング|ラン$|달리기|러닝"  # noqa: RUF001 - Russian
        ),
        Activity("run"),
    ),
    (
        (
            r"^(other|workout|training|sonstige|andere|autre|otro|outro|altro|annet|andet|overig|inne|entrainement|entrenamiento|treino|allenamento|sport|exercise|其他|その他)\b"
        ),
        _OTHER,
    ),
)
_BESIDE: Final = re.compile(
    r"\((?![^)]*(?:ski|langl|roll|aqua|wasser|pool|water|bik|rad|velo|ellip|cross))[^)]*\)"
    r"|\b(?:before|after|nach|vor|avant|apres|antes de|despues de|prima di|dopo|efter|etter"
    r"|innan|foer|fore|for|off) .*"
)
"""What a run came before or after, and what a bracket says of it."""
_COMPILED: Final = tuple((re.compile(pattern), activity) for pattern, activity in _RULES)
_UNKNOWN: Final = Activity("other", known=False)
_JOINED: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
"""Between the words of a program's name: `AlpineSki`."""
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_LETTERS: Final = str.maketrans({"ø": "o", "ł": "l", "æ": "ae", "ß": "ss", "đ": "d", "_": " "})


@lru_cache(maxsize=2048)
def activity(name: str) -> Activity:
    """Return what sport a name stands for; a name that no rule knows is `other`, unknown.

    Examples
    --------
    >>> activity("Course à pied").sport, activity("Laufbandtraining").surface
    ('run', 'treadmill')
    >>> activity("Skilanglauf").sport
    'other'
    >>> activity("Quidditch").known
    False
    >>> activity("Run (rugby warm-up)").sport, activity("Training (run)").sport
    ('run', 'run')
    >>> activity("Lauf nach Handball").sport, activity("Laufen (Skiroller)").sport
    ('run', 'other')
    >>> activity("Distanzlauf").sport, activity("Mountainbiketour").sport
    ('run', 'ride')
    """
    bare = fold(_JOINED.sub(" ", name))
    whole, head = _of_words(bare), _of_words(_BESIDE.sub(" ", bare))
    # A bracket or "after handball" must not turn a run into the other sport.
    is_run = head.sport == "run" and whole.sport != "run"
    return head if is_run else whole


def _of_words(bare: str) -> Activity:
    return next((sport for pattern, sport in _COMPILED if pattern.search(bare)), _UNKNOWN)


def fold(text: str) -> str:
    """Return a text in lower case, without accents, marks of trade and doubled blanks."""
    lower = text.lower().translate(_LETTERS)
    # Taken apart and put together again, for Korean letters fall apart in the first step.
    split = unicodedata.normalize("NFKD", lower)
    bare = _ACCENTS.sub("", split)
    return " ".join(unicodedata.normalize("NFC", bare).split())
