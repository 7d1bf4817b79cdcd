"""`roster.csv`: who belongs to the dataset, from when to when."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.text.spreadsheet import unguarded
from ingest.people.roster_file import ALIASES
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import is_layout, open_club_csv
from ingest.records.examination import FREE_TEXT, NEEDED_TEXT, OPTIONAL_DAY, Columns, Sheet
from ingest.records.rules import rule_of

_NUMBERS: Final = ("birth_year", "height_cm", "running_since")


class RosterReader(Reader):
    """The club's list of athletes; blank `joined` and `left` mean the whole observation."""

    kind = "club_roster"
    version = 4
    description = "`roster.csv`: the athletes, when they joined and left"
    lists_athletes = True

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return is_layout("roster", path, head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the athletes; see :class:`ingest.readers.base.Reader`."""
        sheet = open_club_csv(path, context, self.kind, ("athlete",))
        # A name that a spreadsheet would calculate stands in the file behind an apostrophe.
        sheet.put("athlete", sheet.text("athlete").map(unguarded, na_action="ignore"))
        ids = sheet.words("athlete", NEEDED_TEXT)
        twice = (ids.duplicated() & ids.notna()).to_numpy()
        sheet.reject(
            twice, "duplicate_athlete", lambda _: "this athlete is listed further up already"
        )
        columns: Columns = {"athlete": ids, "team": sheet.words("team", FREE_TEXT)}
        sheet.put("sex", sheet.text("sex").map(_sex, na_action="ignore"))
        sheet.put("height_cm", sheet.text("height_cm").map(_height_cm, na_action="ignore"))
        columns["sex"] = sheet.choice("sex", rule_of("athletes", "sex"))
        columns["level"] = sheet.choice("level", rule_of("athletes", "level"))
        columns |= {name: sheet.number(name, rule_of("athletes", name)) for name in _NUMBERS}
        columns |= {ALIASES: sheet.words(ALIASES, FREE_TEXT)} | _observation(sheet, context)
        frame, account = sheet.finish(columns)
        return Parsed(account, {"athletes": frame})


_SEXES: Final = {
    "female": ("f", "w", "fem", "woman", "women", "girl", "weiblich", "frau", "femme", "mujer",
               "donna", "vrouw", "kvinna", "kvinne", "kvinde", "mulher"),
    "male": ("m", "man", "men", "boy", "männlich", "mann", "homme", "hombre", "uomo", "homem"),
    "other": ("d", "x", "divers", "diverse", "nonbinary", "non-binary"),
}  # fmt: skip
"""What clubs write; in a column of sexes `m` is male and `d` is the German *divers*."""

_TALLEST_M: Final = 3
"""Nobody is so tall in metres, nor so small in centimetres."""
_SEX_OF: Final = {word: sex for sex, words in _SEXES.items() for word in words}
_HEIGHT: Final = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(cm|m)?\s*$", re.IGNORECASE)


def _sex(word: object) -> object:
    """Return the vocabulary's word for what a club writes; what is not known as it is."""
    return _SEX_OF.get(word.strip().casefold(), word) if isinstance(word, str) else word


def _height_cm(cell: object) -> object:
    """Return a height as centimetres: with its unit in the cell, or bare and of a few metres."""
    match = _HEIGHT.match(cell) if isinstance(cell, str) else None
    if match is None:
        return cell
    value, unit = float(match[1].replace(",", ".")), (match[2] or "").lower()
    in_metres = unit == "m" or (not unit and value < _TALLEST_M)
    return f"{value * (100 if in_metres else 1):g}"


def _observation(sheet: Sheet, context: ReadContext) -> Columns:
    """Return observed_from and observed_to: administrative, inside the dataset's own span."""
    # People may join or leave on a day to come; three days less, because the check adds two.
    far = pd.Timestamp.max.normalize() - pd.Timedelta(days=3)
    joined = sheet.day("joined", OPTIONAL_DAY, far)
    left = sheet.day("left", OPTIONAL_DAY, far)
    start = joined.fillna(pd.Timestamp(context.config.observed_from))
    end = left.where(left <= context.last_day, context.last_day)
    sheet.reject(
        np.asarray(left < joined),
        "left_before_joined",
        lambda row: f"left {row['left']} is before joined {row['joined']}",
    )
    sheet.reject(
        np.asarray(end < start),
        "never_observed",
        lambda _: f"no day between joining and {context.last_day.date()}, the end of the data",
    )
    return {"observed_from": start, "observed_to": end}
