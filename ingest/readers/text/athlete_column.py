"""Whose record it is, in exports that name several athletes.

A record's name is looked up among the ids of the roster and in `athletes:` of `dataset.yaml`,
whatever its case and blanks. No sentence ever quotes a name.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ingest.dataset.file_names import plain_name
from ingest.readers.base import Anyone, FileRefused, ReadContext
from ingest.records.examination import Sheet


def named_athlete(sheet: Sheet, column: str, context: ReadContext) -> pd.Series:
    """Return the raw ids of the athletes a column names; a record of a stranger is refused.

    Examples
    --------
    With `athletes: {"Doe, Jane": r1}` in `dataset.yaml`, " doe,  JANE" is r1.
    """
    names = sheet.text(column)
    known = known_names(context)
    ids = names.map({name: _id_of(name, known, context) for name in names.dropna().unique()})
    sheet.reject(
        names.isna().to_numpy(),
        f"missing_{_code(column)}",
        lambda _: f"{column.strip()} is empty; it is needed",
    )
    sheet.reject(
        (names.notna() & ids.isna()).to_numpy(),
        "unknown_athlete",
        lambda _: (
            f"{column.strip()} is no id of the roster and not listed under athletes: in"
            " dataset.yaml; add a line `name in the export: id of the roster` there"
        ),
    )
    return ids.astype("str")


def folder_or_named_athlete(
    sheet: Sheet, column: str | None, path: Path, context: ReadContext
) -> pd.Series | str:
    """Return the athlete whose folder the file lies in, else those that the column names.

    Raises
    ------
    FileRefused
        If the file has no such column and lies in no athlete's folder.
    """
    # While files are parsed nobody is known yet: the names of the column are looked up later.
    if column is not None and isinstance(context.athletes, Anyone):
        return named_athlete(sheet, column, context)
    try:
        return context.athlete_of(path)
    except FileRefused:
        if column is None:
            raise
    return named_athlete(sheet, column, context)


def known_names(context: ReadContext) -> dict[str, str]:
    """Return plain spelling -> id: the roster's ids and the names of `dataset.yaml`.

    An alias for an id that the roster does not hold is none; an id beats an alias.
    """
    aliases = {plain_name(name): athlete for name, athlete in context.config.athletes.items()}
    known = {name: athlete for name, athlete in aliases.items() if athlete in context.athletes}
    # Sorted, so that two ids of one plain spelling give the same answer in every run.
    return known | {plain_name(athlete): athlete for athlete in sorted(context.athletes)}


def _id_of(name: str, known: Mapping[str, str], context: ReadContext) -> str | None:
    """Return an id as it is spelt, else whom the plain spelling names."""
    everyone = isinstance(context.athletes, Anyone)
    # Whom a name means is decided when all files are read.
    if everyone or name in context.athletes:
        return name
    return known.get(plain_name(name))


def _code(column: str) -> str:
    return column.strip().lower().replace(" ", "_")
