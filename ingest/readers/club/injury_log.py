"""Injury logs in the club's own words: a day, an athlete and a text.

A text that does not tell one region is a reject that shows its words, for the user to decide in
`injury_words:` of `dataset.yaml`.
"""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.vocabulary import SIDES
from ingest.injuries.text import InjuryText, plain_words, read_injury_text
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.athlete_column import known_names, named_athlete
from ingest.readers.text.delimited import header_of, read_delimited
from ingest.readers.text.written_days import written_day
from ingest.records.examination import NEEDED_TEXT, OPTIONAL_DAY, Columns, Sheet
from ingest.records.rules import rule_of

_WORDS: Final[Mapping[str, str]] = {
    "athlete": "athlete|name|player|runner|athlet|spieler|laufer|joueur|coureur|jugador|corredor",
    "onset_date": "onset date|onset|date|injury date|date of injury|datum|verletzungsdatum|fecha|"
    "date de blessure|data",
    "return_date": "return date|return|date of return|back in training|ruckkehr|retour|regreso|"
    "alta",
    "text": "injury|description|injury description|complaint|what happened|verletzung|"
    "beschreibung|beschwerde|blessure|lesion|lesao|infortunio|text|notes",
    "side": "side|seite|cote|lado|lato",
}
_NAMES: Final = {word: cell for cell, words in _WORDS.items() for word in words.split("|")}
_NEEDED: Final = frozenset({"athlete", "onset_date", "text"})
_SHOWN: Final = 60
_UNMAPPED: Final = re.compile(r"""('.*'|".*") does not tell one region""")


class InjuryLogReader(Reader):
    """One row per injury."""

    kind = "injury_log"
    version = 1
    description = (
        "injury log CSV with free text by athlete and day: mapped to region, side and diagnosis;"
        " what cannot be mapped is listed"
    )

    def sniff(self, path: Path, head: bytes) -> bool:  # noqa: ARG002 - content decides
        """Recognise the log by its columns; one with a `region` is the club's `injuries.csv`."""
        header = header_of(head)
        found = [_cell(name) for name in header]
        return set(found) >= _NEEDED and "region" not in {name.lower() for name in header}

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the injuries; see :class:`ingest.readers.base.Reader`."""
        parsed = read_delimited(path.read_bytes())
        parsed.cells.columns = _renamed(parsed.header)
        sheet = parsed.sheet(context.source(path), self.kind)
        own = context.config.injury_words
        texts = sheet.words("text", NEEDED_TEXT)
        found = [read_injury_text(one, own) if isinstance(one, str) else None for one in texts]
        _refuse_unmapped(sheet, found, context)
        onset = written_day(sheet, "onset_date", context)
        back = written_day(sheet, "return_date", context, OPTIONAL_DAY)
        early = np.asarray(back < onset)
        sheet.repair(early, "return_date_before_onset_date_set_null")
        columns: Columns = {
            "athlete": named_athlete(sheet, "athlete", context),
            "onset_date": onset,
            "return_date": back.mask(early),
            **_meaning(sheet, found),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"injuries": frame})


def _cell(name: str) -> str | None:
    return _NAMES.get(plain_words(name.replace("_", " ")))


def _renamed(header: tuple[str, ...]) -> list[str]:
    names: list[str] = []
    for heading in header:
        cell = _cell(heading)
        names.append(cell if cell and cell not in names else f"unread {heading}")
    return names


def _refuse_unmapped(sheet: Sheet, found: list[InjuryText | None], context: ReadContext) -> None:
    """Refuse texts that tell no injury, or not which; the sentence shows the words, no names."""
    none = np.array([one is not None and not one.injury for one in found], dtype=bool)
    sheet.reject(none, "no_injury", lambda _: "the text says that there was no injury")
    open_ = [one is not None and one.injury and one.region is None for one in found]
    names = sorted(known_names(context), key=len, reverse=True)
    sheet.reject(
        np.array(open_, dtype=bool),
        "unmapped_injury",
        lambda row: (
            f"{_without_names(row['text'], names)!r} does not tell one region; decide in"
            " dataset.yaml, such as injury_words: {'its words': {region: knee, diagnosis: pfps}}"
        ),
    )


def return_heading(head: bytes) -> str:
    """Return what the column of the return date is called, empty if there is none.

    Parameters
    ----------
    head : bytes
        The first bytes of an injury log.
    """
    return next((name for name in header_of(head) if _cell(name) == "return_date"), "")


def unmapped_words(sentence: str) -> str:
    """Return the words that a sentence about an unmapped text shows, empty if it shows none."""
    found = _UNMAPPED.search(sentence)
    return str(ast.literal_eval(found.group(1))) if found else ""


def _without_names(text: str, names: list[str]) -> str:
    plain = plain_words(text)
    for name in names:
        word = plain_words(name)
        plain = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "...", plain) if word else plain
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN].rsplit(" ", 1)[0]


def _meaning(sheet: Sheet, found: list[InjuryText | None]) -> Columns:
    index = sheet.cells.index
    columns: Columns = {
        name: pd.Series([getattr(one, name, None) for one in found], index=index, dtype="str")
        for name in ("region", "diagnosis")
    }
    told = pd.Series([getattr(one, "side", None) for one in found], index=index, dtype="str")
    return columns | {"side": _side(sheet).fillna(told)}


def _side(sheet: Sheet) -> pd.Series:
    """Return the column of sides, in the words of any language."""
    texts = sheet.text("side").map(_one_side, na_action="ignore").astype("str")
    unknown = (sheet.text("side").notna() & texts.isna()).to_numpy()
    sheet.repair(unknown, "bad_side_set_null")
    return texts.where(texts.isin(rule_of("injuries", "side").choices))


def _one_side(text: str) -> str | None:
    plain = plain_words(text)
    return plain if plain in SIDES else read_injury_text(f"knee {plain}", {}).side
