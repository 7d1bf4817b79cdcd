"""Wellness questionnaires under their own headings: Hooper index, 1-5 and 1-10 forms.

No file says which end of a scale is best, and Hooper's runs the other way from most forms, so
every item needs its scale in `dataset.yaml`; an item without one is not read, and that is counted.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from ingest.dataset.settings import WELLNESS_ITEMS
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import refuse_empty
from ingest.readers.club.wellness import refuse_unscaled, scaled
from ingest.readers.text.athlete_column import folder_or_named_athlete
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.written_days import written_day
from ingest.records.examination import Columns, Sheet, to_number
from ingest.records.rules import rule_of

_WORDS: Final[Mapping[str, str]] = {
    "athlete": "athlete|name|player|runner|athlet|spieler|joueur|jugador|member|id",
    "date": "date|day|timestamp|datum|fecha|data|zeitstempel|jour",
    "sleep_quality": "sleep quality|quality of sleep|sleep|schlaf|schlafqualitat|schlafqualität|"
    "sommeil|sueño|sueno|sonno|hooper sleep",
    "fatigue": "fatigue|tiredness|müdigkeit|mudigkeit|ermüdung|fatiga|cansancio|hooper fatigue",
    "soreness": "soreness|muscle soreness|doms|muskelkater|courbatures|dolor muscular|"
    "hooper soreness",
    "stress": "stress|stress level|estrés|estres|hooper stress",
    "mood": "mood|stimmung|humeur|humor|ánimo",
    "readiness": "readiness|readiness to train|bereitschaft|disponibilidad",
    "sleep_h": "sleep h|sleep hours|hours of sleep|hours slept|sleep duration h|schlafdauer",
    "hooper": "hooper|hooper index|hooper sum|hi",
}
_NAMES: Final = {word: cell for cell, words in _WORDS.items() for word in words.split("|")}
_HOOPER: Final = ("sleep_quality", "fatigue", "stress", "soreness")
_SCALE: Final = re.compile(r"\s*\(\s*\d+\s*[-\u2013]\s*\d+\s*\)|[^\w]+")
_CLUB: Final = frozenset({"athlete", "date", "sleep_h", *WELLNESS_ITEMS})
_FEWEST_ITEMS: Final = 2


class QuestionnaireReader(Reader):
    """One row per answered form."""

    kind = "questionnaire"
    version = 1
    description = (
        "wellness questionnaire CSV (Hooper index, 1-5 or 1-10 forms) by name and date, on the"
        " scales that `dataset.yaml` declares"
    )

    def sniff(self, path: Path, head: bytes) -> bool:  # noqa: ARG002 - content decides
        """Recognise the form by two items; one headed all like `wellness.csv` is left to that."""
        header = header_of(head)
        cells = {_cell(name) for name in header}
        own = {name.lower() for name in header if _cell(name)} - _CLUB
        return (
            bool(own)
            and {"athlete", "date"} <= cells
            and len(cells & set(WELLNESS_ITEMS)) >= _FEWEST_ITEMS
        )

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the answers; see :class:`ingest.readers.base.Reader`."""
        parsed = read_delimited(path.read_bytes())
        parsed.cells.columns = _renamed(parsed.header)
        sheet = parsed.sheet(context.source(path), self.kind)
        _refuse_wrong_sums(sheet)
        columns: Columns = {
            "athlete": folder_or_named_athlete(sheet, "athlete", path, context),
            "date": written_day(sheet, "date", context),
            "sleep_h": sheet.number("sleep_h", rule_of("wellness", "sleep_h")),
        }
        for item in WELLNESS_ITEMS:
            columns[item] = scaled(sheet, item, context.config)
        refuse_unscaled(sheet, columns, ("sleep_h",), context.config)
        refuse_empty(sheet, columns, ("sleep_h", *WELLNESS_ITEMS))
        columns |= {"rank": 0, "at": np.arange(len(sheet))}
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})


def _cell(name: str) -> str | None:
    """Return what a heading stands for: "Muscle soreness (1-7)" is soreness."""
    return _NAMES.get(_SCALE.sub(" ", name.lower().replace("_", " ")).strip())


def _renamed(header: tuple[str, ...]) -> list[str]:
    """Return the cells' names; a heading that stands for a cell already taken keeps its own."""
    names: list[str] = []
    for heading in header:
        cell = _cell(heading)
        names.append(cell if cell and cell not in names else f"unread {heading}")
    return names


def _refuse_wrong_sums(sheet: Sheet) -> None:
    """Refuse rows whose Hooper index is not the sum of its four items: cells are mixed up."""
    items = sum(to_number(sheet.arrow(item)) for item in _HOOPER)
    told = to_number(sheet.arrow("hooper"))
    sheet.reject(
        np.abs(items - told) > 1e-9,  # noqa: PLR2004 - rounding of sums
        "hooper_sum_differs",
        lambda _: "the Hooper index is not the sum of sleep, fatigue, stress and soreness",
    )
