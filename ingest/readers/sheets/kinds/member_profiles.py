"""Sex and year of birth that a list of members tells, for athletes whose roster tells none."""

import re
from typing import Final

import numpy as np
import pandas as pd

from ingest.readers.sheets.deciding.assigned import AssignedColumn
from ingest.readers.sheets.deciding.sexes import sex_column
from ingest.readers.sheets.opening.cells import text_of
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.written_dates import dates_in
from ingest.records.rules import rule_of

_BORN: Final = re.compile(
    r"birth|born|\bdob\b|^geb|jahrgang|naiss|^nee? |naci?m|^f nac|nasc|nato|fodd|fodel|fodsel|fodt"
    r"|geboorte|geboren"
)
_WORDS: Final = {
    "female": "female|fem|woman|women|girl|weiblich|frau|femme|mujer|mujeres|donna|femmina|vrouw"
    "|kvinna|kvinne|kvinde|mulher|femenino|feminino",
    "male": "male|man|men|boy|mannlich|mann|homme|hombre|hombres|uomo|maschio|homem|masculino",
}
_SEX_OF: Final = {word: sex for sex, words in _WORDS.items() for word in words.split("|")}
_LETTERS: Final = {
    frozenset("mf"): {"m": "male", "f": "female"},
    frozenset("mw"): {"m": "male", "w": "female"},
    frozenset("mv"): {"m": "male", "v": "female"},
    frozenset("mk"): {"m": "male", "k": "female"},
    frozenset("hf"): {"h": "male", "f": "female"},
    frozenset("hm"): {"h": "male", "m": "female"},
    frozenset("f"): {"f": "female"},
    frozenset("w"): {"w": "female"},
}
"""Letters of a column -> what they mean: Spanish `m` is a woman beside `h`, and alone it may be."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def profiles_of(table: Table) -> dict[str, pd.Series]:
    """Return sex and year of birth of each row, null where the list does not tell them."""
    index = table.sheet.cells.index
    column = sex_column(table.assigned)
    sexes = [None] * len(table) if column is None else _sexes(column)
    return {
        "sex": pd.Series(sexes, index=index, dtype="str"),
        "birth_year": pd.Series(_years(table), index=index, dtype="float64"),
    }


def _sexes(column: AssignedColumn) -> list[str | None]:
    texts = [plain(text_of(cell)) for cell in column.column.cells]
    # The letters of the whole column: `m` alone may be a man or a woman.
    letters = _LETTERS.get(frozenset(text for text in texts if len(text) == 1), {})
    return [letters.get(text) or _SEX_OF.get(text) for text in texts]


def _years(table: Table) -> np.ndarray:
    """Return years of birth: a date's or a year's alone; an age and a day of joining are none."""
    born = [
        column.column
        for column in table.assigned
        if column.concept == "birth" and _BORN.search(plain(column.column.heading))
    ]
    if not born:
        return np.full(len(table), np.nan)
    rule = rule_of("athletes", "birth_year")
    years = np.array([_year(text_of(cell)) for cell in born[0].cells], dtype=float)
    return np.where((years >= rule.low) & (years <= rule.high), years, np.nan)


def _year(text: str) -> float:
    dated = [written.year for written in dates_in(text) if written.year]
    match = _YEAR.search(text)
    return float(dated[0]) if dated else float(match[0]) if match else np.nan
