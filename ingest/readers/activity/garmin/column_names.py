"""What Garmin Connect calls its columns, by account language and year of the export."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from ingest.readers.activity.sport_names import fold
from ingest.readers.text.tabular import Row

_NAMES: Final = {
    "Activity Type": (
        "Activity Type|Aktivitätstyp|Aktivitetstype|Aktivitetstyp|Tipo de actividad"
        "|Typ aktywności|Tipo de atividade|Type d'activité|Tipo di attività|Activiteittype"
        "|Type activiteit|Activiteitstype|活动类型|活動類型|アクティビティタイプ"
    ),
    "Date": ("Date|Start|Datum|Dato|Fecha|Data|Päivämäärä|Startzeit|日期|日付|Inicio|Début|Inizio"),
    "Favorite": (
        "Favorite|Favorit|Favorito|Ulubiony|Favori|Preferita|Preferito|Favoriet|我的最爱"
        "|我的最愛|お気に入り"
    ),
    "Title": "Title|Titel|Tittel|Título|Tytuł|Titre|Titolo|标题|標題|タイトル|Activity Name",
    "Distance": (
        "Distance|Distanz|Distancia|Dystans|Distância|Distanza|Afstand|Distans|Distanse|距离|距離"
    ),
    "Calories": (
        "Calories|Kalorien|Kalorier|Calorías|Kalorie|Calorias|Calorie|Calorieën|热量消耗"
        "|卡路里|カロリー"
    ),
    "Time": ("Time|Activity Time|Zeit|Tid|Tiempo|Czas|Tempo|Durée|Temps|Tijd|时间|時間|タイム"),
    "Avg HR": (
        "Avg HR|Ø HF|Ø Herzfrequenz|Gennemsnitlig puls|Frecuencia cardiaca media"
        "|Średnie tętno|FC Média|FC Media|Fréquence cardiaque moyenne|Gem. HS|Gemiddelde HS"
        "|平均心率|平均心拍数"
    ),
    "Max HR": (
        "Max HR|Max. HF|Maximale Herzfrequenz|Maks. puls|FC máxima|Maksymalne tętno|FC max"
        "|Fréquence cardiaque maximale|Max. HS|最大心率|最大心拍数"
    ),
    "Aerobic TE": (
        "Aerobic TE|Aerober TE|TE aeróbico|Aerobowy TE|Training Effect Aeróbico|TE aérobie"
        "|TE attività aerobica|Aeroob TE|有氧效果"
    ),
    "Avg Run Cadence": (
        "Avg Run Cadence|Ø Schrittfrequenz (Laufen)|Gennemsnit kadence løb"
        "|Cadencia de carrera media|Średni rytm biegu|Cadência de corrida média"
        "|Cadence de course moyenne|Cadenza di corsa media|Gemiddelde loopcadans|平均步频"
        "|平均ピッチ"
    ),
    "Total Ascent": (
        "Total Ascent|Elev Gain|Positiver Höhenunterschied|Anstieg gesamt|Højdeforøgelse"
        "|Ascenso total|Całkowity wznios|Subida total|Ascension totale|Ascesa totale"
        "|Totale stijging|累计爬升|総上昇量|Elevation Gain"
    ),
    "Total Descent": (
        "Total Descent|Elev Loss|Negativer Höhenunterschied|Abstieg gesamt|Højdereduktion"
        "|Descenso total|Całkowity spadek|Descida total|Descente totale|Discesa totale"
        "|Totale daling|累计下降|総下降量|Elevation Loss"
    ),
    "Avg Stride Length": (
        "Avg Stride Length|Ø Schrittlänge|Gennemsnitlig skridtlængde"
        "|Longitud media de zancada|Średnia długość kroku|Comprimento médio da passada"
        "|Longueur moyenne des foulées|Lunghezza media passo|Gem. staplengte|平均步长|平均歩幅"
    ),
    "Avg Vertical Ratio": (
        "Avg Vertical Ratio|Durchschnittliches vertikales Verhältnis"
        "|Ø vertikales Verhältnis|Gennemsnitligt vertikalt forhold"
        "|Średnie odchylenie do długości|Proporção de média vertical|Relación vertical media"
        "|Rapport vertical moyen|Rapporto verticale medio|Gemiddelde verticale ratio"
        "|平均垂直步幅比|平均上下動比"
    ),
    "Avg Vertical Oscillation": (
        "Avg Vertical Oscillation|Ø vertikale Bewegung|Gennemsnitligt vertikalt udsving"
        "|Średnie odchylenie pionowe|Oscilação vertical média|Oscilación vertical media"
        "|Oscillation verticale moyenne|Oscillazione verticale media"
        "|Gem. verticale oscillatie|平均垂直摆动|平均上下動"
    ),
    "Avg Ground Contact Time": (
        "Avg Ground Contact Time|Ø Bodenkontaktzeit|Tempo médio de contato com o solo"
        "|Tiempo medio de contacto con el suelo|Temps de contact moyen avec le sol"
        "|Tempo medio di contatto con il suolo|Gem. grondcontacttijd|平均触地时间"
        "|平均接地時間"
    ),
    "Avg GCT Balance": (
        "Avg GCT Balance|Durchschnittliche Balance der Bodenkontaktzeit"
        "|Equilíbrio de GCT médio|Media bilanciamento TCS"
    ),
    "Avg Power": (
        "Avg Power|Ø Leistung|Potencia media|Potência média|Puissance moyenne|Potenza media"
        "|Gem. vermogen|平均功率"
    ),
    "Moving Time": (
        "Moving Time|Zeit in Bewegung|Tiempo en movimiento|Czas ruchu|Tempo em movimento"
        "|Temps de déplacement|Tempo in movimento|Tijd bewogen|移动时间|移動時間"
    ),
    "Elapsed Time": (
        "Elapsed Time|Verstrichene Zeit|Tiempo transcurrido|Upłynęło czasu|Temps écoulé"
        "|Tempo trascorso|Verstreken tijd|Duração|全程耗时|経過時間"
    ),
}
_CANONICAL: Final = {
    fold(word): name for name, words in _NAMES.items() for word in words.split("|")
}
_BY_PLACE: Final = (
    "Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR",
    "Max HR",
)  # fmt: skip
_NEEDED: Final = frozenset({"Activity Type", "Date", "Distance", "Time"})
# The four needed names stand in a club's own list of runs as well.
_ENOUGH_KNOWN: Final = 6
_MARKER: Final = "training stress score"
"""Garmin leaves this name of a column untranslated in every language seen."""
_LEAST_COLUMNS: Final = 20


def is_garmin_list(header: Row) -> bool:
    """Say whether a row is the header of an activity list of Garmin Connect."""
    known = set(_named(header))
    by_name = known >= _NEEDED and len(known) >= _ENOUGH_KNOWN
    return by_name or (len(header) >= _LEAST_COLUMNS and _has_marker(header))


def positions(header: Row) -> Mapping[str, int]:
    """Return where each English column stands.

    In a language that is not known here, the first nine columns are taken by their place, which
    is the same in all languages; the running dynamics of such a file are not read.
    """
    places = _named(header)
    if set(places) >= _NEEDED:
        return places
    return {name: at for at, name in enumerate(_BY_PLACE)}


def is_known_language(header: Row) -> bool:
    """Say whether the columns of a header were found by their names."""
    return set(_named(header)) >= _NEEDED


@lru_cache(maxsize=64)
def _named(header: Row) -> Mapping[str, int]:
    """Return where each English column stands; the lists of a club mostly have one header."""
    places: dict[str, int] = {}
    for at, cell in enumerate(header):
        name = _CANONICAL.get(fold(cell))
        if name is not None:
            places.setdefault(name, at)
    return places


def _has_marker(header: Row) -> bool:
    return any(fold(cell).startswith(_MARKER) for cell in header)
