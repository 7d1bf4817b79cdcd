"""Pain answers of a form: how much, where, when; "yes" alone is pain of unknown size."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.question import Question
from common.vocabulary import REGIONS
from ingest.injuries.recovered import ended_place, is_recovered
from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.remarks.answers import place_of_pain, says_pain
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.answers_of_pain import YES
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.grave_answers import is_grave
from ingest.readers.sheets.words.stated_scale import stated_scale
from ingest.records.examination import Columns

PAIN_COLUMNS: Final = ("pain_region", "pain_side", "pain_0_10", "when")
END_COLUMNS: Final = ("end_region", "end_side")
"""The body part whose problem an answer tells to be over: "knee fine again"."""
FELT: Final = "pain_felt"
"""1 where pain is told and no number of it."""
GRAVE: Final = "injury_told"
"""1 where an answer tells an injury: "torn hamstring, can't run"; it is no mere complaint."""
NO_NUMBER: Final = "pain_without_number_is_complaint"
UNKNOWN_REGION: Final = "unknown" if "unknown" in REGIONS else "other"
_MOST: Final = 10.0
_WHEN: Final = {
    "during": "during|wahrend|pendant|durante|tijdens|under|while|beim",
    "next_morning": "morning|morgen|matin|manana|mattino|ochtend|manha|morgon|next day",
    "after": "after|nach|apres|despues|dopo|na|depois|efter|etter",
}


def pain_of(table: Table) -> tuple[Columns, list[Question]]:
    """Return pain on 0-10 with its place; 0 is an answer, an empty cell is none.

    Where only "yes" is told, :data:`FELT` is 1 and the number null. A form on 0-5, 0-100 or 1-10 is
    brought to 0-10 where its heading states the scale.
    """
    if "pain" not in table.columns:
        empty = pd.Series(None, index=table.sheet.cells.index, dtype="str")
        unknown = np.full(len(table), np.nan)
        nothing: Columns = {"pain_0_10": unknown, FELT: unknown, GRAVE: unknown}
        others = [name for name in (*PAIN_COLUMNS, *END_COLUMNS) if name != "pain_0_10"]
        return nothing | dict.fromkeys(others, empty), []
    column = table.columns["pain"]
    numbers = table.numbers("pain")
    heading = column.column.heading
    answers, own = table.texts("pain"), table.context.config.injury_words
    none = np.array(
        [
            is_recovered(answer) or (amount is not None and amount.word == "none")
            for amount, answer in zip(numbers.amounts, answers, strict=True)
        ],
        dtype=bool,
    )
    # "No" and "fine again" are answers of 0, not missing ones.
    values = np.where(none, 0.0, numbers.numeric)
    low, high = _ends(heading, values)
    scaled = (values - low) / (high - low) * _MOST
    outside = ~np.isnan(values) & ((values < low) | (values > high))
    table.sheet.repair(outside, "bad_pain_set_null")
    places = [
        where or note
        for where, note in zip(table.texts("pain_place"), table.texts("region"), strict=True)
    ]
    places = [
        place or (answer if _names_place(answer) else heading)
        for place, answer in zip(places, answers, strict=True)
    ]
    injury_texts = [read_injury_text(place, own) for place in places]
    index = table.sheet.cells.index
    regions_and_sides = [
        (read.region, read.side) if read.region else place_of_pain(answer)
        for read, answer in zip(injury_texts, answers, strict=True)
    ]
    sides = [
        side or _side(text)
        for (_, side), text in zip(regions_and_sides, table.texts("side"), strict=True)
    ]
    return {
        "pain_region": pd.Series(
            [region or UNKNOWN_REGION for region, _ in regions_and_sides], index=index, dtype="str"
        ),
        "pain_side": pd.Series(sides, index=index, dtype="str"),
        "pain_0_10": np.where(outside, np.nan, scaled),
        FELT: _felt(table, answers),
        GRAVE: _grave(table, answers),
        **_ends_told(table, answers),
        "when": pd.Series(
            [_when(text) for text in table.texts("pain_when")], index=index, dtype="str"
        ),
    }, []


def _ends_told(table: Table, answers: Sequence[str]) -> Columns:
    ended = [ended_place(answer) for answer in answers]
    index = table.sheet.cells.index
    return {
        "end_region": pd.Series([place.region for place in ended], index=index, dtype="str"),
        "end_side": pd.Series([place.side for place in ended], index=index, dtype="str"),
    }


def _names_place(answer: str) -> bool:
    """Say whether an answer tells more than yes: "knee", "yes, at the back of the thigh"."""
    return says_pain(answer) and (" " in answer.strip() or plain(answer) not in YES)


def _felt(table: Table, answers: Sequence[str]) -> Floats:
    """Return 1 where pain is told without a number: "yes", wherever it hurts."""
    felt = np.array([says_pain(text) and not is_grave(text) for text in answers], dtype=bool)
    table.sheet.repair(felt, NO_NUMBER)
    return np.where(felt, 1.0, np.nan)


def _grave(table: Table, answers: Sequence[str]) -> Floats:
    """Return 1 where an answer, or what is written beside a rating, tells an injury."""
    beside = zip(answers, table.texts("pain_place"), table.texts("region"), strict=True)
    graves = [any(is_grave(text) for text in texts) for texts in beside]
    return np.where(graves, 1.0, np.nan)


def _ends(heading: str, values: np.ndarray) -> tuple[float, float]:
    """Return the ends of the scale: as stated, else 0-10, or 0-100 where answers go beyond 10."""
    stated = stated_scale(heading, "pain")
    if stated.low is not None and stated.high is not None:
        low, high = stated.low, stated.high
        # "1 = no pain": a scale that begins at 1 has no 0.
        return low, high
    known = values[~np.isnan(values)]
    return (0.0, 100.0) if len(known) and known.max() > _MOST else (0.0, _MOST)


def _side(text: str) -> str | None:
    # A side is only read beside a body part, and any will do.
    return read_injury_text(f"knee {text}", {}).side if text else None


def _when(text: str) -> str:
    bare = text.lower()
    matches = [
        when for when, words in _WHEN.items() if any(word in bare for word in words.split("|"))
    ]
    return matches[0] if len(matches) == 1 else "unspecified"
