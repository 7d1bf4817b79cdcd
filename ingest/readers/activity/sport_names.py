"""What an activity is called, in the languages of exporters' accounts, and which sport it is.

Names are compared in lower case without accents. Words that hold another sport's word (German
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
            r"ski|langlauf|eislauf|schlittschuh|skate|skating|skojte|skoyte|patin"
            r"|snowboard|esqui|rollschuh|laengdakning|langdakning"
            r"|langrenn|langrend|langdskid|\blangd\b|inline ?ska|inliner|kajak|\broing\b|romaskin"
            r"|\brow\b"
            r"|\brodd\b|aqua ?(jog|lauf|run|gym|fit)|wasser(gym|jog|lauf)|deep ?water|innebandy"
            r"|floorball|handball|handboll|handbold|balonmano|badminton|squash|hockey|rugby|netball"
            r"|bieganie na nartach|narty|narciar|wheelchair|rollstuhl|canoe|kayak"
            r"|paddl|rudern|rowing|aviron|remo\b|canottaggio|roei|transition"
            r"|multisport|triathlon|duathlon|elliptical|ellipti|eliptica"
            r"|crosstrainer|stair|stepper|treppe|yoga|pilates|tennis|padel|golf"
            r"|climb|klettern|escalad|arrampicata|hiit|cardio|kardio|meditation"
            r"|breathwork|soccer|fussball|football|futbol|basket|volley|boxing"
            r"|boxen|dance|tanz|equitation|horseback|reiten|surf|sail|segeln|有氧"
            r"|椭圆机|瑜伽|ヨガ"
        ),
        _OTHER,
    ),
    (
        (
            r"treadmill|laufband|tapis|cinta|esteira|passadeira"
            r"|bieznia mechaniczna|na biezni|loopband|lopband|lobeband|lopeband"
            r"|tredemolle|juoksumatto|indoor run|virtual run|virtuellaufen"
            r"|virtueller lauf|course virtuelle|carrera virtual|corrida virtual"
            r"|corsa virtuale|virtuel lob|indoorlauf|беговая дорожка|跑步机|トレッドミル"
            r"|러닝머신|트레드밀"
        ),
        Activity("run", "treadmill"),
    ),
    (
        (
            r"orienteer|orientier|orientering|\bol[- ]?(trening|traning|traening|pass|lopp|lop)\b"
            r"|suunnist"
            r"|course d.orientation|orientacion|orientamento|orientacao|orientatieloop|na orientacj"
            r"|fell ?run|skyrun|trail ?run|trail ?lauf|trail ?lob|trail ?lop|^trail$|ultra ?trail"
            r"|gelandelauf|berglauf|terrenglop|terranglop"
            r"|bieg\w* (gorsk|przelaj|terenow)|corrida (em|de) trilha|corsa trail"
            r"|carrera (de|por) montana|course (de|en) (sentier|montagne|trail)"
            r"|polkujuoksu|veldloop|obstacle racing|hindernislauf|тре[ий]л|越野跑"
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
            r"hik|wander|randonnee|senderismo|caminhada na natureza|trilha"
            r"|escursion|turystyka piesza|wandelen in de|fjelltur|vandring|vaellus"
            r"|bergsteigen|mountaineer|snowshoe|wedrowk|поход|徒步|ハイキング|登山|하이킹"
        ),
        Activity("hike"),
    ),
    (
        (
            r"walk|gehen|spazier|marche|caminar|caminata|caminhada|passeio"
            r"|passeggiata|camminata|wandelen|gaatur|gatur|promenad|^ga$|^gang$"
            r"|chod|spacer|kavely|chuze|gyaloglas|yuruyus|ходьба|rucking|步行|健走"
            r"|ウォーキング|걷기"
        ),
        Activity("walk"),
    ),
    (
        (
            r"rid(e|ing)|cycl|bik|velo|rad(fahr|tour|fahrt)?(?![a-z])|radfahr"
            r"|radtour|fahrrad|rennrad|ciclismo|ciclo|bici|pedalada|fiets|wielren"
            r"|cykl|cykel|sykkel|sykling|rower|kolarst|pyoraily|kerekpar|bisiklet"
            r"|велосипед|велозаезд|spinning|骑行|騎行|サイクリング|バイク|ライド|자전거|사이클"
        ),
        Activity("ride"),
    ),
    (
        (
            r"swim|schwimm|natation|nage|natacion|natacao|nado|nuoto|zwem|svom"
            r"|simning|simma|plywan|uinti|plavani|uszas|yuzme|плавание|泳|スイム|수영"
        ),
        Activity("swim"),
    ),
    (
        (
            r"strength|weight|kraft|musculation|renforcement|fuerza|pesas"
            r"|musculacao|peso|forca|pesi\b|forza|kracht|styrke|styrka|silow|sila"
            r"|voimaharj|posilovani|силов|力量|ウェイト|筋トレ|筋力|웨이트|근력"
        ),
        Activity("strength"),
    ),
    (
        (
            r"\brun(s|ning)?\b|running|\blauf(en|training|interval\w*|einheit|treff|abc)?\b"
            r"|\b(dauer|tempo|lang|crescendo|steigerungs)lauf\b|course|courir"
            r"|\blop(interval\w*|pass|tur|trening|traning)\b|\blobe(interval\w*|tur|traening)\b"
            r"|\bloop(training|interval\w*)\b|\blopen\b"
            r"|carrera|correr|corrida|corsa|hardlop|hardloop|\blob\b|lopning"
            r"|lopetur|\blop\b|lopp|bieg|juoks|^beh|futas|kosu|fut[ao]s|alergare"
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
    r"|innan|foer|fore|for) .*"
)
"""What a run came before or after, and what a bracket says of it."""
_COMPILED: Final = tuple((re.compile(pattern), activity) for pattern, activity in _RULES)
_UNKNOWN: Final = Activity("other", known=False)
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
    """
    bare = fold(name)
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
