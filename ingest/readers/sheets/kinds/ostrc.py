"""The weekly OSTRC questionnaire on health problems: four answers, a sum of 0 to 100.

Clarsen et al. 2013: question 1 (participation) and 4 (symptoms) count 0, 8, 17 or 25; questions 2
(volume) and 3 (performance) 0, 6, 13, 19 or 25. The edition of 2020 (OSTRC-H2) has four options
for every question, which count 0, 8, 17 or 25. A problem is substantial if training or performance
is at least moderately reduced, or participation impossible (question 2 or 3 at 13, in the new
edition 17, or more; any answer of 25).
"""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.deciding.kind import OSTRC
from ingest.readers.sheets.synonyms.ostrc_levels import LEVELS
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.phrases import Phrases
from ingest.records.examination import Columns

OSTRC_COLUMNS: Final = (
    *OSTRC, "ostrc_score", "ostrc_substantial", "ostrc_region", "ostrc_side", "ostrc_place_text",
)  # fmt: skip
_FOUR: Final = (0.0, 8.0, 17.0, 25.0)
_FIVE: Final = (0.0, 6.0, 13.0, 19.0, 25.0)
# Of the first edition; that of 2020 has nothing between 8 and 17, so that one border serves both.
_MODERATE: Final = 13.0
_WORST: Final = 25.0
_MODIFIED: Final = ("modif", "angepasst", "verandert", "aangepast", "anpass", "tilpass")
_LEVELS: Final = Phrases(LEVELS)


def ostrc_of(table: Table) -> Columns:
    """Return the four answers, their sum and whether the problem is substantial.

    The sum needs the first answer; the questionnaire skips the others where it is 0.
    """
    index = table.sheet.cells.index
    asked = [name for name in OSTRC if name in table.columns]
    if len(asked) < 2 and "ostrc_score" not in table.columns:  # one word is no questionnaire
        none = np.full(len(table), np.nan)
        text = pd.Series(None, index=index, dtype="str")
        return {
            name: text if name.endswith(("region", "side", "text")) else none
            for name in OSTRC_COLUMNS
        }
    answers = {name: _answers(table, name) for name in OSTRC}
    first = answers["ostrc_participation"]
    filled = {
        name: np.where((first == 0) & np.isnan(points), 0.0, points)
        for name, points in answers.items()
    }
    for name in ("ostrc_volume", "ostrc_performance"):
        # Whoever cannot take part is not asked how much less; nothing trained is the most.
        filled[name] = np.where((first == _WORST) & np.isnan(filled[name]), _WORST, filled[name])
    score = np.sum(list(filled.values()), axis=0)
    if "ostrc_score" in table.columns:
        stated = table.numbers("ostrc_score").numeric
        score = np.where(
            np.isnan(score) & (stated >= 0) & (stated <= 100), stated, score
        )  # its range
    reduced = np.fmax(filled["ostrc_volume"], filled["ostrc_performance"])
    worst = np.fmax.reduce(list(filled.values()))
    substantial = (reduced >= _MODERATE) | (worst >= _WORST)
    places = [
        place or other
        for place, other in zip(table.texts("pain_place"), table.texts("region"), strict=True)
    ]
    injury_texts = [read_injury_text(place, table.context.config.injury_words) for place in places]
    columns: Columns = dict(filled)
    return columns | {
        "ostrc_score": score,
        "ostrc_substantial": np.where(np.isnan(score), np.nan, substantial.astype(float)),
        "ostrc_region": pd.Series(
            [injury_text.region for injury_text in injury_texts], index=index, dtype="str"
        ),
        "ostrc_side": pd.Series(
            [injury_text.side for injury_text in injury_texts], index=index, dtype="str"
        ),
        "ostrc_place_text": pd.Series(
            [place or None for place in places], index=index, dtype="str"
        ),
    }


def _answers(table: Table, name: str) -> Floats:
    """Return the answers to one question as points, from points, ranks or words."""
    if name not in table.columns:
        return np.full(len(table), np.nan)
    texts = table.texts(name)
    numbers = [_leading_number(text) for text in texts]
    known = [number for number in numbers if number is not None]
    options = _options(table, name)
    # The fewest points of an answer are 6, more than any questionnaire has options.
    ranks = bool(known) and max(known) <= len(options)
    from_one = ranks and min(known) >= 1
    points = [
        _points(text, number, options, asked=name, ranks=ranks, from_one=from_one)
        for text, number in zip(texts, numbers, strict=True)
    ]
    bad = np.array(
        [bool(text) and point is None for text, point in zip(texts, points, strict=True)],
        dtype=bool,
    )
    table.sheet.repair(bad, f"bad_{name}_set_null")
    return np.array([np.nan if point is None else point for point in points], dtype=float)


def _leading_number(text: str) -> float | None:
    head = plain(text).split(" ")[0] if text else ""
    return float(head) if head.replace(".", "", 1).isdigit() else None


def _options(table: Table, name: str) -> tuple[float, ...]:
    """Return the points of the options: five where the first edition's show in the answers."""
    if name in {"ostrc_participation", "ostrc_symptoms"}:
        return _FOUR
    texts = [plain(text) for text in table.texts(name) if text]
    levels = {_LEVELS.best(text) for text in texts}
    numbers = {number for text in texts if (number := _leading_number(text)) is not None}
    if "cannot" in levels or numbers & {6.0, 13.0, 19.0, 5.0}:
        return _FIVE
    return _FIVE if "major" in levels and not _is_of_2020(table) else _FOUR


def _is_of_2020(table: Table) -> bool:
    """Return whether the form asks how training was modified: the first edition said reduced."""
    if "ostrc_volume" not in table.columns:
        return False
    texts = [table.columns["ostrc_volume"].column.heading, *table.texts("ostrc_volume")]
    return any(word in plain(text) for text in texts if text for word in _MODIFIED)


def _points(
    text: str,
    number: float | None,
    options: tuple[float, ...],
    *,
    asked: str,
    ranks: bool,
    from_one: bool,
) -> float | None:
    if number is not None and not ranks:
        return number if number in {*_FOUR, *_FIVE} else None
    if number is not None:
        place = int(number) - (1 if from_one else 0)
        return options[place] if number % 1 == 0 and 0 <= place < len(options) else None
    level = _LEVELS.best(text)
    if not level:
        return None
    most = len(options) - 1
    # To take a reduced part is the third of four answers; severe symptoms are the last.
    major = most - 1 if len(options) == len(_FIVE) or asked == "ostrc_participation" else most
    places = {"none": 0, "minor": 1, "moderate": 2, "major": major, "cannot": most}
    return options[places[level]]
